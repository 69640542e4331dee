//! Reads the data files, checks them and builds the [`Gazetteer`].

use super::{
    Entry, EntryIndex, Function, Gazetteer, Office, OfficeId, Sense, Term,
    grammar::{self, Grammar},
    onomasticon::{self, Onomasticon},
};
use crate::{
    calendar::DateRange,
    model::{Entity, EntityId, EntityType},
    text::{Lang, fold::fold, translit},
};
use chrono::{Months, NaiveDate};
use foldhash::fast::FixedState;
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::HashMap;

/// Why the gazetteer could not be built.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// A file does not parse.
    #[error("data/{file}: {source}")]
    Toml {
        /// Which file.
        file: &'static str,
        /// What the parser says, with the line.
        source: Box<toml::de::Error>,
    },
    /// An entry names something that is not there.
    #[error(
        "data/{file}: `{entry}` names `{missing}`, which is not in the gazetteer; add it or mend the spelling"
    )]
    Unknown {
        /// Which file.
        file: &'static str,
        /// The entry.
        entry: String,
        /// What it names.
        missing: String,
    },
    /// A day or month of a term is malformed, or the term runs backwards.
    #[error(
        "data/gazetteer/offices.toml: `{office}` has the term `{from}` to `{until}`; write days as 2025-04-16, months as 2025-04, the earlier first"
    )]
    Term {
        /// The office.
        office: String,
        /// The beginning as written.
        from: String,
        /// The end as written.
        until: String,
    },
    /// Two entries have one key.
    #[error("data/{file}: `{id}` stands there twice; one key, one entry")]
    Twice {
        /// Which file.
        file: &'static str,
        /// The key.
        id: String,
    },
    /// There are more entries than can be numbered.
    #[error("the gazetteer has more than 65535 entries; this is a bug in dateline")]
    TooMany,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    country: Option<String>,
    #[serde(default)]
    ar: Vec<String>,
    #[serde(default)]
    fa: Vec<String>,
    #[serde(default)]
    sr: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    /// One-word names of a person that need no introduction.
    #[serde(default)]
    alone: Vec<String>,
    #[serde(default)]
    nation: Nation,
    /// Whether the names of a country's people are South Slavic.
    #[serde(default)]
    south_slavic: bool,
    /// What sort of body it is, and what it is in charge of.
    body: Option<String>,
    #[serde(default)]
    portfolio: Vec<String>,
    /// The country in which an embassy stands.
    posted: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Nation {
    ar: Vec<String>,
    fa: Vec<String>,
    sr: Vec<String>,
    en: Vec<String>,
}

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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeRow {
    id: String,
    name: String,
    title: String,
    #[serde(default)]
    portfolio: Vec<String>,
    country: Option<String>,
    posted: Option<String>,
    body: Option<String>,
    city: Option<String>,
    rank: Option<String>,
    #[serde(default)]
    ar: Vec<String>,
    #[serde(default)]
    fa: Vec<String>,
    #[serde(default)]
    sr: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    terms: Vec<TermRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermRow {
    who: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

const PEOPLE: &str = "gazetteer/people.toml";
const ORGANISATIONS: &str = "gazetteer/organisations.toml";
const PLACES: &str = "gazetteer/places.toml";
const THEMES: &str = "gazetteer/themes.toml";
const OFFICES: &str = "gazetteer/offices.toml";
const NAMES: &str = "gazetteer/names.toml";

fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, GazetteerError> {
    toml::from_str(text).map_err(|source| GazetteerError::Toml { file, source: Box::new(source) })
}

pub(super) fn embedded() -> Result<Gazetteer, GazetteerError> {
    let places: File = parse(PLACES, include_str!("../../../data/gazetteer/places.toml"))?;
    let themes: File = parse(THEMES, include_str!("../../../data/gazetteer/themes.toml"))?;
    let bodies: File =
        parse(ORGANISATIONS, include_str!("../../../data/gazetteer/organisations.toml"))?;
    let people: File = parse(PEOPLE, include_str!("../../../data/gazetteer/people.toml"))?;
    let offices: File = parse(OFFICES, include_str!("../../../data/gazetteer/offices.toml"))?;
    let names: onomasticon::Row = parse(NAMES, include_str!("../../../data/gazetteer/names.toml"))?;

    let mut builder = Builder::default();
    let lists = [
        (PLACES, EntityType::Place, &places.country, true),
        (PLACES, EntityType::Place, &places.city, false),
        (THEMES, EntityType::Theme, &themes.theme, false),
        (ORGANISATIONS, EntityType::Organisation, &bodies.organisation, false),
        (PEOPLE, EntityType::Person, &people.person, false),
    ];
    let mut numbered = Vec::new();
    for (file, entity_type, rows, is_country) in lists {
        for row in rows {
            numbered.push((builder.entry(file, entity_type, row, is_country)?, entity_type, row));
        }
    }
    let place = |id: &str| builder.index.get(&EntityId::new(format!("place:{id}"))).copied();
    let mut grammars = [
        grammar("names/ar.toml", include_str!("../../../data/names/ar.toml"), place)?,
        grammar("names/fa.toml", include_str!("../../../data/names/fa.toml"), place)?,
        grammar("names/sr.toml", include_str!("../../../data/names/sr.toml"), place)?,
        grammar("names/en.toml", include_str!("../../../data/names/en.toml"), place)?,
    ];
    for (grammar, lang) in grammars.iter_mut().zip(Lang::ALL) {
        for (number, entity_type, row) in &numbered {
            spell(grammar, lang, *number, *entity_type, row);
        }
        for name in names.given().filter(|_| !lang.is_rtl()) {
            grammar.name(name, Sense::Given);
        }
        for (office, number) in offices.office.iter().zip(0..) {
            let names = match lang {
                Lang::Ar => &office.ar,
                Lang::Fa => &office.fa,
                Lang::Sr => &office.sr,
                Lang::En => &office.en,
            };
            names.iter().for_each(|name| grammar.word(name, Sense::Office(number)));
        }
    }
    let offices = builder.offices(&offices.office)?;
    let mut sounds: HashMap<String, Vec<EntryIndex>, FixedState> = HashMap::default();
    for (entry, number) in builder.entries.iter().zip(0..) {
        if entry.entity_type == EntityType::Person {
            let whole = entry.names.iter().filter(|(_, name)| name.contains([' ', '\u{200c}']));
            for key in whole
                .map(|(_, name)| translit::key(name))
                .chain([translit::key(&entry.entity.name)])
            {
                let people = sounds.entry(key).or_default();
                if !people.contains(&number) {
                    people.push(number);
                }
            }
        }
    }
    let onomasticon = Onomasticon::new(&names, |key| builder.place(NAMES, "given", key))?;
    let Builder { entries, index } = builder;
    let labels = names.labels;
    Ok(Gazetteer { entries, index, sounds, onomasticon, labels, offices, grammars })
}

fn grammar(
    file: &'static str,
    text: &str,
    place: impl Fn(&str) -> Option<EntryIndex>,
) -> Result<Grammar, GazetteerError> {
    Ok(Grammar::new(parse::<grammar::Row>(file, text)?, place))
}

#[derive(Debug, Default)]
struct Builder {
    entries: Vec<Entry>,
    index: HashMap<EntityId, EntryIndex, FixedState>,
}

impl Builder {
    fn entry(
        &mut self,
        file: &'static str,
        entity_type: EntityType,
        row: &Row,
        is_country: bool,
    ) -> Result<EntryIndex, GazetteerError> {
        let id = key(entity_type, &row.id);
        let country = if is_country {
            Some(id.clone())
        } else {
            row.country.as_deref().map(|country| self.place(file, &row.id, country)).transpose()?
        };
        let number =
            EntryIndex::try_from(self.entries.len()).map_err(|_| GazetteerError::TooMany)?;
        if self.index.insert(id.clone(), number).is_some() {
            return Err(GazetteerError::Twice { file, id: row.id.clone() });
        }
        let sort = row.body.as_deref().map(|body| {
            let posted = row.posted.as_deref().map(|posted| self.place(file, &row.id, posted));
            Ok(Function {
                title: body.into(),
                portfolios: row
                    .portfolio
                    .iter()
                    .map(|portfolio| portfolio.as_str().into())
                    .collect(),
                country: country.clone(),
                posted: posted.transpose()?,
                ..Function::default()
            })
        });
        let lists = [&row.ar, &row.fa, &row.sr, &row.en];
        let names = Lang::ALL.into_iter().zip(lists);
        self.entries.push(Entry {
            entity: Entity { id, name: row.name.as_str().into(), country },
            entity_type,
            is_country,
            south_slavic: row.south_slavic,
            sort: sort.transpose()?,
            names: names
                .flat_map(|(lang, list)| list.iter().map(move |name| (lang, name.clone())))
                .collect(),
        });
        Ok(number)
    }

    fn place(&self, file: &'static str, entry: &str, id: &str) -> Result<EntityId, GazetteerError> {
        let place = key(EntityType::Place, id);
        if self.index.contains_key(&place) {
            return Ok(place);
        }
        Err(GazetteerError::Unknown { file, entry: entry.to_owned(), missing: id.to_owned() })
    }

    fn offices(&self, rows: &[OfficeRow]) -> Result<Vec<Office>, GazetteerError> {
        rows.iter().map(|row| self.office(row)).collect()
    }

    fn office(&self, row: &OfficeRow) -> Result<Office, GazetteerError> {
        let place = |id: &Option<String>| {
            id.as_deref().map(|id| self.place(OFFICES, &row.id, id)).transpose()
        };
        let find = |entity_type, id: &str| {
            let id = key(entity_type, id);
            self.index.get(&id).copied().ok_or_else(|| GazetteerError::Unknown {
                file: OFFICES,
                entry: row.id.clone(),
                missing: id.to_string(),
            })
        };
        let body = row.body.as_deref().map(|id| find(EntityType::Organisation, id)).transpose()?;
        let terms = row.terms.iter().map(|term| {
            let wrong = || GazetteerError::Term {
                office: row.id.clone(),
                from: term.from.clone(),
                until: term.until.clone(),
            };
            let from = day(&term.from, false).ok_or_else(wrong)?;
            let until = day(&term.until, true).ok_or_else(wrong)?;
            let days = DateRange::new(from, until).map_err(|_| wrong())?;
            Ok(Term { holder: find(EntityType::Person, &term.who)?, days })
        });
        Ok(Office {
            id: OfficeId::new(format!("office:{}", row.id)),
            name: row.name.as_str().into(),
            function: Function {
                title: row.title.as_str().into(),
                portfolios: row
                    .portfolio
                    .iter()
                    .map(|portfolio| portfolio.as_str().into())
                    .collect(),
                country: place(&row.country)?,
                posted: place(&row.posted)?,
                city: place(&row.city)?,
                body: body
                    .and_then(|body| Some(self.entries.get(usize::from(body))?.entity.id.clone())),
                rank: row.rank.as_deref().map(Into::into),
            },
            terms: terms.collect::<Result<_, _>>()?,
        })
    }
}

/// Adds all spellings of an entry that may stand in a text of `lang`.
fn spell(
    grammar: &mut Grammar,
    lang: Lang,
    number: EntryIndex,
    entity_type: EntityType,
    row: &Row,
) {
    // People are also written as the neighbour that shares the script writes them.
    let (names, nations, neighbour) = match lang {
        Lang::Ar => (&row.ar, &row.nation.ar, &row.fa),
        Lang::Fa => (&row.fa, &row.nation.fa, &row.ar),
        Lang::Sr => (&row.sr, &row.nation.sr, &row.en),
        Lang::En => (&row.en, &row.nation.en, &row.sr),
    };
    match entity_type {
        EntityType::Theme => names.iter().for_each(|name| grammar.word(name, Sense::Named(number))),
        EntityType::Person => {
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
        EntityType::Organisation => {
            names.iter().for_each(|name| grammar.name(name, Sense::Named(number)));
            let short = |name: &&String| name.chars().all(|c| c.is_ascii_uppercase());
            row.en.iter().filter(short).for_each(|name| grammar.name(name, Sense::Named(number)));
        }
        EntityType::Place => names.iter().for_each(|name| grammar.name(name, Sense::Named(number))),
    }
    nations.iter().for_each(|name| grammar.word(name, Sense::Nation(number)));
}

fn key(entity_type: EntityType, id: &str) -> EntityId {
    EntityId::new(format!("{}:{id}", entity_type.name()))
}

/// The first or last day of a day, month or year as written; `Some(None)` for an open end.
fn day(text: &str, last: bool) -> Option<Option<NaiveDate>> {
    let from = match text.len() {
        0 => return Some(None),
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let first: NaiveDate = from.parse().ok()?;
    let months = match text.len() {
        4 => 12,
        7 => 1,
        _ => 0,
    };
    if last && months > 0 {
        return Some(first.checked_add_months(Months::new(months))?.pred_opt());
    }
    Some(Some(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of an office with one term, in a gazetteer of one person.
    fn told(term: &str) -> Result<(), String> {
        let mut builder = Builder::default();
        let text = "[[person]]\nid = \"ana\"\nname = \"Ana\"\n";
        let people: File = parse(PEOPLE, text).unwrap();
        for row in &people.person {
            builder.entry(PEOPLE, EntityType::Person, row, false).unwrap();
        }
        let text = format!(
            "[[office]]\nid = \"mayor\"\nname = \"Mayor\"\ntitle = \"mayor\"\nterms = [{{ {term} }}]\n"
        );
        let offices: File = parse(OFFICES, &text).unwrap();
        builder.offices(&offices.office).map(|_| ()).map_err(|error| error.to_string())
    }

    #[test]
    fn terms_are_told_that_run_backwards_or_have_nobody() {
        assert_eq!(told("who = \"ana\", from = \"2020-03\", until = \"2020-03\""), Ok(()));
        for (term, part) in [
            ("who = \"ana\", from = \"2020-03-02\", until = \"2020-03-01\"", "the earlier first"),
            ("who = \"ana\", from = \"2020-13\"", "2025-04-16"),
            ("who = \"eve\", from = \"2020\"", "`person:eve`, which is not in the gazetteer"),
        ] {
            let told = told(term).unwrap_err();
            assert!(told.contains("`mayor`") && told.contains(part), "{term}: {told}");
        }
    }
}
