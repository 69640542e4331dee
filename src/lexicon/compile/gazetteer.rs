//! Compiles `data/gazetteer/*.toml` and `data/names/*.toml`.

use super::{
    CompileError,
    grammar::{self, GrammarRow, Words},
    parse,
};
use crate::{
    lexicon::gazetteer::{
        file::{Compiled, EntryIndex, Known, Names, OfficeRow, Row},
        grammar::{Grammar, Sense},
        sound::stops,
    },
    text::{Lang, fold::fold, translit},
};
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    mem::take,
};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    person: Vec<Row>,
    organisation: Vec<Row>,
    country: Vec<Row>,
    city: Vec<Row>,
    theme: Vec<Row>,
    office: Vec<OfficeRow>,
}

/// `data/gazetteer/names.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesRow {
    /// Given names in Latin letters, by country.
    given: BTreeMap<String, Vec<String>>,
    /// Family names in Latin letters, by country.
    family: BTreeMap<String, Vec<String>>,
    /// Endings that make family names of other names: in Arabic letters, in Latin ones.
    family_endings: Vec<(String, String)>,
    /// Endings of family names by which a country is known, by country.
    family_signs: BTreeMap<String, Vec<String>>,
    /// English words for sorts of bodies and portfolios, where the id is not the word itself.
    labels: BTreeMap<String, String>,
}

/// What sort of entry a row is, as far as its spellings differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Place,
    Theme,
    Organisation,
    Person,
}

/// Compiles the files, which `read` gives by their names under `data`.
pub(super) fn compile<'d>(read: impl Fn(&str) -> &'d str) -> Result<Compiled, CompileError> {
    let file = |name: &str| parse::<File>(name, read(name));
    let File { mut country, city, .. } = file("data/gazetteer/places.toml")?;
    let themes = file("data/gazetteer/themes.toml")?.theme;
    let organisations = file("data/gazetteer/organisations.toml")?.organisation;
    let mut people = file("data/gazetteer/people.toml")?.person;
    let mut offices = file("data/gazetteer/offices.toml")?.office;
    let file = "data/gazetteer/names.toml";
    let mut names: NamesRow = parse(file, read(file))?;
    let labels = take(&mut names.labels);

    let lists = [
        (Sort::Place, &country),
        (Sort::Place, &city),
        (Sort::Theme, &themes),
        (Sort::Organisation, &organisations),
        (Sort::Person, &people),
    ];
    let rows = lists.into_iter().flat_map(|(sort, rows)| rows.iter().map(move |row| (sort, row)));
    let numbered: Vec<(EntryIndex, Sort, &Row)> =
        (0..).zip(rows).map(|(number, (sort, row))| (number, sort, row)).collect();
    let sounds = sounds(&numbered);
    let grammar = |lang: Lang| {
        let file = format!("data/names/{lang}.toml");
        let row: GrammarRow = parse(&file, read(&file))?;
        let home = numbered
            .iter()
            .find(|(_, sort, place)| *sort == Sort::Place && row.home.as_ref() == Some(&place.id));
        let home = home.map(|(number, ..)| *number);
        let grammar = grammar::compile(row, home, |words| {
            for (number, sort, row) in &numbered {
                spell(words, lang, *number, *sort, row);
            }
            for name in names.given.values().flatten().filter(|_| !lang.is_rtl()) {
                words.name(name, Sense::Given);
            }
            for (office, number) in offices.iter().zip(0..) {
                for name in names_of(office, lang) {
                    words.word(name, Sense::Office(number));
                }
            }
        });
        grammar.ok_or_else(|| CompileError::nul(&file))
    };
    let [ar, fa, sr, en] = Lang::ALL;
    let grammars = [grammar(ar)?, grammar(fa)?, grammar(sr)?, grammar(en)?];

    // What stands in the grammars is not needed again.
    for row in people.iter_mut().chain(&mut country) {
        (row.alone, row.nation) = Default::default();
    }
    for row in &mut offices {
        (row.ar, row.fa, row.sr, row.en) = Default::default();
    }
    Ok(Compiled {
        countries: country,
        cities: city,
        themes,
        organisations,
        people,
        offices,
        sounds,
        names: onomasticon(names),
        labels,
        grammars,
    })
}

const fn names_of(office: &OfficeRow, lang: Lang) -> &Vec<String> {
    match lang {
        Lang::Ar => &office.ar,
        Lang::Fa => &office.fa,
        Lang::Sr => &office.sr,
        Lang::En => &office.en,
    }
}

/// Adds all spellings of an entry that may stand in a text of `lang`.
fn spell(grammar: &mut Words, lang: Lang, number: EntryIndex, sort: Sort, row: &Row) {
    // People are also written as the neighbour that shares the script writes them.
    let (names, nations, neighbour) = match lang {
        Lang::Ar => (&row.ar, &row.nation.ar, &row.fa),
        Lang::Fa => (&row.fa, &row.nation.fa, &row.ar),
        Lang::Sr => (&row.sr, &row.nation.sr, &row.en),
        Lang::En => (&row.en, &row.nation.en, &row.sr),
    };
    match sort {
        Sort::Theme => names.iter().for_each(|name| grammar.word(name, Sense::Named(number))),
        Sort::Person => {
            for name in names.iter().chain(neighbour).chain([&row.name]) {
                let whole = Grammar::count(&fold(name)) > 1;
                let sense = if whole { Sense::Named(number) } else { Sense::Surname(number) };
                grammar.name(name, sense);
                if let Some(last) = name.rsplit(' ').next().filter(|_| whole) {
                    grammar.name(last, Sense::Surname(number));
                }
            }
            row.alone.iter().for_each(|name| grammar.name(name, Sense::Named(number)));
        }
        Sort::Organisation => {
            names.iter().for_each(|name| grammar.name(name, Sense::Named(number)));
            let short = |name: &&String| name.chars().all(|c| c.is_ascii_uppercase());
            row.en.iter().filter(short).for_each(|name| grammar.name(name, Sense::Named(number)));
        }
        Sort::Place => names.iter().for_each(|name| grammar.name(name, Sense::Named(number))),
    }
    nations.iter().for_each(|name| grammar.word(name, Sense::Nation(number)));
}

/// People by the sound of their full names.
fn sounds(numbered: &[(EntryIndex, Sort, &Row)]) -> HashMap<String, Vec<EntryIndex>, FixedState> {
    let mut sounds: HashMap<String, Vec<EntryIndex>, FixedState> = HashMap::default();
    for (number, _, row) in numbered.iter().filter(|(_, sort, _)| *sort == Sort::Person) {
        let names = [&row.ar, &row.fa, &row.sr, &row.en].into_iter().flatten();
        let whole = names.filter(|name| name.contains([' ', '\u{200c}']));
        for name in whole.chain([&row.name]) {
            let people = sounds.entry(translit::key(name)).or_default();
            if !people.contains(number) {
                people.push(*number);
            }
        }
    }
    sounds
}

/// The key under which names stand that tell no country.
const ELSEWHERE: &str = "elsewhere";

fn onomasticon(row: NamesRow) -> Names {
    let country = |key: String| (key != ELSEWHERE).then_some(key);
    let known = |lists: BTreeMap<String, Vec<String>>| {
        let known = |names: Vec<String>| names.into_iter().map(known).collect();
        lists.into_iter().map(|(key, names)| (country(key), known(names))).collect()
    };
    let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect();
    let endings = row.family_endings.into_iter();
    let signs = row.family_signs.into_iter();
    Names {
        given: known(row.given),
        family: known(row.family),
        endings: endings.map(|(arabic, latin)| (fold(&arabic), latin)).collect(),
        signs: signs.map(|(key, endings)| (country(key), folded(&endings))).collect(),
    }
}

fn known(name: String) -> Known {
    let folded = fold(&name);
    Known {
        key: translit::key(&name),
        vowels: translit::vowels(&folded),
        stops: stops(&name, false),
        folded,
        name,
    }
}
