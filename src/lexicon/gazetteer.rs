//! The gazetteer: people, offices and who held them when, bodies, places, themes, in all their spellings;
//! and, for each language, the words by which names that no list knows are told from their surroundings.
//!
//! Everything comes from `data/gazetteer/*.toml` (the world) and `data/names/*.toml` (the languages).

mod data;
pub(super) mod file;
pub(super) mod grammar;
pub(super) mod inflection;
mod lint;
mod offices;
mod onomasticon;
pub mod phrases;
pub(super) mod sound;
mod unlisted;

pub use data::GazetteerError;
pub use file::EntryIndex;
pub use grammar::{Grammar, Link, Modifier, Rank, Sense};
pub use lint::{Fault, lint};
pub use offices::{Function, Office, OfficeId, Term};

use super::LexiconError;
use crate::{
    model::{Entity, EntityId, EntityType},
    text::Lang,
};
use chrono::NaiveDate;
use foldhash::fast::FixedState;
use offices::{ByFunction, Offices};
use onomasticon::Onomasticon;
use std::collections::{BTreeMap, HashMap};

/// A person, body, place or theme of the gazetteer.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Key, canonical name and country.
    pub entity: Entity,
    /// What it is.
    pub entity_type: EntityType,
    /// Whether it is a country.
    pub is_country: bool,
    /// Whether the names of a country's people are South Slavic, and so printed.
    pub south_slavic: bool,
    /// What a body is: its sort as the title, its portfolios, its country.
    pub sort: Option<Function>,
    /// The countries of a body that several have together.
    pub joins: Vec<EntityId>,
    /// Its names as printed, per language.
    pub names: Vec<(Lang, String)>,
}

/// All that dateline knows of the world by name.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    index: HashMap<EntityId, EntryIndex, FixedState>,
    /// People by the sound of their full names, see [`translit::key`].
    sounds: HashMap<String, Vec<EntryIndex>, FixedState>,
    onomasticon: Onomasticon,
    /// English words for sorts of bodies and portfolios.
    labels: BTreeMap<String, String>,
    offices: Offices,
    /// The entries that are a sort of body.
    bodies: ByFunction,
    grammars: [Grammar; 4],
}

impl Gazetteer {
    /// The gazetteer that comes with dateline, without the other lexicons.
    ///
    /// # Errors
    /// [`LexiconError`] names the file, the entry and the fault.
    pub fn embedded() -> Result<Self, LexiconError> {
        Ok(Self::new(super::compiled()?.gazetteer)?)
    }

    pub(super) fn new(compiled: file::Compiled) -> Result<Self, GazetteerError> {
        data::gazetteer(compiled)
    }

    /// An entry by its number.
    #[must_use]
    pub fn entry(&self, index: EntryIndex) -> Option<&Entry> {
        self.entries.get(usize::from(index))
    }

    /// All entries.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with a key.
    #[must_use]
    pub fn get(&self, id: &EntityId) -> Option<&Entry> {
        self.entry(self.number(id)?)
    }

    /// The number of the entry with a key.
    #[must_use]
    pub fn number(&self, id: &EntityId) -> Option<EntryIndex> {
        self.index.get(id).copied()
    }

    /// The words of a language.
    #[must_use]
    pub fn grammar(&self, lang: Lang) -> &Grammar {
        let [ar, fa, sr, en] = &self.grammars;
        match lang {
            Lang::Ar => ar,
            Lang::Fa => fa,
            Lang::Sr => sr,
            Lang::En => en,
        }
    }

    /// All offices.
    #[must_use]
    pub fn offices(&self) -> &[Office] {
        self.offices.all()
    }

    /// The offices that fit what a text says of a function.
    pub fn offices_for(&self, function: &Function) -> impl Iterator<Item = &Office> {
        self.offices.fitting(function)
    }

    /// The offices that somebody held, with the terms.
    pub fn held_by(&self, person: EntryIndex) -> impl Iterator<Item = (&Office, Term)> {
        self.offices.held_by(person)
    }

    /// The listed bodies that are what a text tells: "the Serbian ministry of science".
    pub fn bodies_for(&self, sort: &Function) -> impl Iterator<Item = &Entry> {
        let known = self.bodies.places(sort).iter().filter_map(|place| self.entries.get(*place));
        known.filter(|entry| entry.sort.as_ref().is_some_and(|known| sort.fits(known)))
    }

    /// Who held the office that a text tells by its function, on all days from `first` to `last` that
    /// anybody held it. `None` where nobody is known, or more than one person.
    #[must_use]
    pub fn holder(
        &self,
        function: &Function,
        first: Option<NaiveDate>,
        last: NaiveDate,
    ) -> Option<(&Entry, &Office, Term)> {
        let mut found: Option<(EntryIndex, &Office, Term)> = None;
        for office in self.offices_for(function) {
            for term in office.terms.iter().filter(|term| term.meets(first, last)) {
                match found {
                    Some((who, _, known)) if who != term.holder => {
                        // In the month of a change both are in office; the later one is meant.
                        if known.begins() == term.begins() || first != Some(last) {
                            return None;
                        }
                        if known.begins() < term.begins() {
                            found = Some((term.holder, office, *term));
                        }
                    }
                    Some(_) => {}
                    None => found = Some((term.holder, office, *term)),
                }
            }
        }
        let (who, office, term) = found?;
        Some((self.entry(who)?, office, term))
    }

    /// The terms for which a person held offices that fit `function`.
    pub fn terms_of(
        &self,
        person: EntryIndex,
        function: &Function,
    ) -> impl Iterator<Item = (&Office, Term)> {
        self.held_by(person).filter(|(office, _)| function.fits(&office.function))
    }

    /// Listed people whose full name sounds like this one.
    #[must_use]
    pub fn sounding_like(&self, key: &str) -> &[EntryIndex] {
        self.sounds.get(key).map_or(&[], Vec::as_slice)
    }

    /// A given name in Latin letters, known by its sound in whatever script it is printed.
    #[must_use]
    pub fn given_name(&self, printed: &str) -> Option<&str> {
        self.onomasticon.given(printed)
    }

    /// Whether a folded word in Arabic letters is a given name.
    #[must_use]
    pub fn is_given(&self, folded: &str) -> bool {
        self.onomasticon.is_given(folded)
    }

    /// Whether a word is a given name from elsewhere, in the letters that `grammar` writes by ear.
    #[must_use]
    pub fn is_given_by_ear(&self, word: &str, grammar: &Grammar) -> bool {
        self.onomasticon.heard(word, true, grammar).is_some()
    }

    /// Whether a folded word in Arabic letters is a family name: one that is listed, or another name with one of
    /// the endings that make family names.
    #[must_use]
    pub fn is_family(&self, folded: &str) -> bool {
        self.onomasticon.is_family(folded)
    }

    /// Whether a folded word on its own goes on with the family name before it: "Soleimani Far".
    #[must_use]
    pub fn goes_on(&self, folded: &str) -> bool {
        self.onomasticon.goes_on(folded)
    }

    /// The country that somebody's name tells: "Farhad Sobhani" is of Iran. `None` where it tells none.
    #[must_use]
    pub fn origin(&self, printed: &str, grammar: &Grammar) -> Option<&EntityId> {
        let slavic = |home: &EntityId| self.get(home).is_some_and(|home| home.south_slavic);
        self.onomasticon.origin(printed, grammar, slavic)
    }
}
