//! What a careful editor of the gazetteer wants to be told: names that stand for two things, terms that
//! overlap, names that are ordinary words.

use super::{Gazetteer, Sense};
use crate::{
    model::EntityType,
    text::{Lang, fold::fold},
};
use std::{collections::BTreeMap, fmt};

/// A fault that does not stop the gazetteer from working.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// One name stands for several entries.
    SharedName {
        /// The language.
        lang: Lang,
        /// The name as printed.
        name: String,
        /// The keys of the entries.
        entries: Vec<String>,
    },
    /// A name is also a word that never belongs to a name.
    CommonWord {
        /// The language.
        lang: Lang,
        /// The name as printed.
        name: String,
        /// The key of the entry.
        entry: String,
    },
    /// Two people hold one office for more than a month of change.
    OverlappingTerms {
        /// The key of the office.
        office: String,
        /// The holders.
        holders: (String, String),
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SharedName { lang, name, entries } => write!(
                f,
                "`{name}` ({lang}) stands for `{}`; keep it with one of them or make it longer",
                entries.join("`, `")
            ),
            Self::CommonWord { lang, name, entry } => write!(
                f,
                "`{name}` ({lang}), a name of `{entry}`, is an ordinary word too; make it longer or drop it"
            ),
            Self::OverlappingTerms { office, holders: (one, other) } => {
                write!(f, "`{office}` is held by `{one}` and `{other}` at once; mend their terms")
            }
        }
    }
}

/// The longest time for which two terms may overlap: both are told by the month of the change.
const CHANGE_DAYS: i64 = 31;

/// All faults, sorted.
#[must_use]
pub fn lint(gazetteer: &Gazetteer) -> Vec<Fault> {
    let mut faults = overlaps(gazetteer);
    let mut owners: BTreeMap<(Lang, String), (String, Vec<String>)> = BTreeMap::new();
    for entry in gazetteer.entries() {
        for (lang, name) in &entry.names {
            let key = (*lang, fold(name));
            let common = gazetteer.grammar(*lang).senses(&key.1).contains(&Sense::Stop);
            // A theme is told by ordinary words; they are no less a sign that a name ends.
            if common && entry.entity_type != EntityType::Theme {
                let entry = entry.entity.id.to_string();
                faults.push(Fault::CommonWord { lang: *lang, name: name.clone(), entry });
            }
            let (_, entries) = owners.entry(key).or_insert_with(|| (name.clone(), Vec::new()));
            let id = entry.entity.id.to_string();
            // A person's family name may belong to several; it counts only with an introduction.
            if entry.entity_type != EntityType::Theme
                && !entries.contains(&id)
                && name.contains([' ', '\u{200c}'])
            {
                entries.push(id);
            }
        }
    }
    for ((lang, _), (name, entries)) in owners {
        if entries.len() > 1 {
            faults.push(Fault::SharedName { lang, name, entries });
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn overlaps(gazetteer: &Gazetteer) -> Vec<Fault> {
    let name = |number| {
        gazetteer.entry(number).map_or_else(String::new, |entry| entry.entity.id.to_string())
    };
    let mut faults = Vec::new();
    for office in gazetteer.offices() {
        for (n, one) in office.terms.iter().enumerate() {
            for other in office.terms.iter().skip(n + 1).filter(|other| other.holder != one.holder)
            {
                let latest = one.days.first().max(other.days.first());
                let shared = match (one.days.last(), other.days.last()) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
                let days = latest.zip(shared).map(|(first, last)| (last - first).num_days() + 1);
                if one.days.overlaps(other.days) && days.is_none_or(|days| days > CHANGE_DAYS) {
                    let holders = (name(one.holder), name(other.holder));
                    faults.push(Fault::OverlappingTerms { office: office.id.to_string(), holders });
                }
            }
        }
    }
    faults
}
