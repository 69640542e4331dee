//! How else a name is written: whoever looks for Vučić in one script means him in all of them.
//!
//! The names are the gazetteer's. A word names a person by the full name or the family name, a body by each of
//! its names, a country likewise; a city by what sounds like it: what else is listed for a city are its parts,
//! which lie in it and do not mean it.

use super::gazetteer::{Entry, Gazetteer};
use crate::{
    model::EntityType,
    text::{
        Lang,
        fold::fold,
        terms::{Terms, tokens},
        translit,
    },
};
use foldhash::fast::FixedState;
use std::collections::{BTreeSet, HashMap};

/// The most spellings of one name; a bound on the work that one search can ask for.
const MOST: usize = 48;

/// An abbreviation of fewer letters is, in small letters, too often a word: US, WHO.
const ABBREVIATION: usize = 4;

/// All spellings of what has a name.
#[derive(Debug, Default)]
pub struct Spellings {
    groups: Vec<BTreeSet<String>>,
    /// The groups in which a name stands by which one looks for them.
    names: HashMap<String, Vec<u32>, FixedState>,
}

impl Spellings {
    /// The spellings that the gazetteer knows.
    #[must_use]
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut this = Self::default();
        for entry in gazetteer.entries() {
            let all: Vec<Name<'_>> = names_of(entry).collect();
            match entry.entity_type {
                EntityType::Theme => {}
                EntityType::Person => {
                    let family = family_names(&all);
                    this.add(gazetteer, &family, &family);
                    let is_full = |(_, name): &&Name<'_>| tokens(name).len() > 1;
                    let full: Vec<Name<'_>> = all.iter().filter(is_full).copied().collect();
                    this.add(gazetteer, &full, &all);
                }
                EntityType::Place if !entry.is_country => {
                    let own = own_sounds(entry);
                    let is_own = |(_, name): &&Name<'_>| own.contains(&translit::key(name));
                    let own: Vec<Name<'_>> = all.iter().filter(is_own).copied().collect();
                    this.add(gazetteer, &own, &all);
                }
                EntityType::Organisation | EntityType::Place => this.add(gazetteer, &all, &all),
            }
        }
        this
    }

    /// Lets `names` stand for all of `spellings`.
    fn add(&mut self, gazetteer: &Gazetteer, names: &[Name<'_>], spellings: &[Name<'_>]) {
        let number = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        let mut group = BTreeSet::new();
        for (lang, spelling) in spellings.iter().filter(|(_, name)| !is_short_for_more(name)) {
            let spelling = tokens(spelling);
            if let [word] = spelling.as_slice() {
                group.extend(gazetteer.grammar(*lang).declined(word));
            }
            group.insert(spelling.join(" "));
        }
        group.remove("");
        for (_, name) in names {
            let numbers = self.names.entry(tokens(name).join(" ")).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
        self.groups.push(group);
    }

    /// How else that is written which `words` name, folded and parted by blanks, as `words` must be; nothing
    /// where they name nothing.
    #[must_use]
    pub fn of(&self, words: &str) -> Vec<String> {
        let numbers = self.names.get(words).into_iter().flatten();
        let groups = numbers.filter_map(|number| self.groups.get(usize::try_from(*number).ok()?));
        let all: BTreeSet<&String> =
            groups.flatten().filter(|spelling| *spelling != words).collect();
        all.into_iter().take(MOST).cloned().collect()
    }

    /// What is looked for, in all spellings of the names in it.
    #[must_use]
    pub fn widen(&self, terms: Terms) -> Terms {
        terms.widened(|words| self.of(words))
    }
}

/// A name in a language.
type Name<'a> = (Lang, &'a str);

fn names_of(entry: &Entry) -> impl Iterator<Item = Name<'_>> {
    let printed = entry.names.iter().map(|(lang, name)| (*lang, name.as_str()));
    printed.chain([(Lang::En, &*entry.entity.name)])
}

/// The family names out of a person's names: those that stand alone, and the last words of others that sound
/// like one in another script. ("Nasrallah" is two words in Arabic, the last of them no name.)
fn family_names<'a>(names: &[Name<'a>]) -> Vec<Name<'a>> {
    let last = |name: &'a str| name.rsplit(' ').next().unwrap_or(name);
    let mut sounds: HashMap<String, BTreeSet<bool>> = HashMap::new();
    for word in names.iter().map(|(_, name)| last(name)) {
        sounds.entry(translit::key(word)).or_default().insert(translit::is_arabic(word));
    }
    let is_in_both = |word: &str| sounds.get(&translit::key(word)).is_some_and(|of| of.len() > 1);
    let family = |(lang, name): &Name<'a>| {
        let word = last(name);
        (word.len() == name.len() || is_in_both(word)).then_some((*lang, word))
    };
    names.iter().filter_map(family).collect()
}

/// The sounds of the names by which a place is meant: its own, and the first of each language.
fn own_sounds(entry: &Entry) -> BTreeSet<String> {
    let mut langs = BTreeSet::new();
    let first = entry.names.iter().filter(|(lang, _)| langs.insert(lang.tag()));
    let first = first.map(|(_, name)| translit::key(name));
    first.chain([translit::key(&entry.entity.name)]).collect()
}

/// Whether a spelling is an abbreviation that is a word of its own in small letters.
fn is_short_for_more(spelling: &str) -> bool {
    let letters = spelling.chars().filter(|c| c.is_alphabetic());
    let capital = letters.clone().all(char::is_uppercase);
    capital && letters.count() < ABBREVIATION && fold(spelling) != spelling
}
