//! What a careful editor of the gazetteer wants to be told: names that stand for two things, names that are
//! ordinary words, terms of office that cannot be.
//!
//! A term that ends before it begins, or whose holder is in no list, does not get this far: it stops the
//! reading of the files.

use super::{EntryIndex, Gazetteer, Office, Sense, Term};
use crate::{
    model::EntityType,
    text::{Lang, fold::fold},
};
use chrono::NaiveDate;
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
    /// Somebody holds one office twice at once.
    TwiceAtOnce {
        /// The key of the office.
        office: String,
        /// The key of the holder.
        holder: String,
    },
    /// Somebody of one country holds an office of another.
    ForeignHolder {
        /// The key of the office.
        office: String,
        /// The key of the holder.
        holder: String,
        /// The country of the holder, then that of the office.
        countries: (String, String),
    },
    /// Somebody's days in office span more than a working life: a year is mistyped.
    LongCareer {
        /// The key of the holder.
        holder: String,
        /// The first and last day told of all offices.
        days: (NaiveDate, NaiveDate),
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
            Self::TwiceAtOnce { office, holder } => write!(
                f,
                "`{office}` is held by `{holder}` in two terms that share days; make them one or mend their days"
            ),
            Self::ForeignHolder { office, holder, countries: (own, other) } => write!(
                f,
                "`{office}` of `{other}` is held by `{holder}`, who is of `{own}`; mend the holder or a country"
            ),
            Self::LongCareer { holder, days: (first, last) } => {
                write!(f, "`{holder}` is in office from {first} to {last}; mend the years")
            }
        }
    }
}

/// The longest time for which two terms may overlap: both are told by the month of the change.
const CHANGE_DAYS: i64 = 31;

/// The most years from somebody's first day in any office to the last.
const CAREER_YEARS: u32 = 70;

/// All faults, sorted.
#[must_use]
pub fn lint(gazetteer: &Gazetteer) -> Vec<Fault> {
    let mut faults = terms(gazetteer);
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

/// What cannot be of the terms of all offices.
fn terms(gazetteer: &Gazetteer) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut careers: BTreeMap<EntryIndex, Vec<NaiveDate>> = BTreeMap::new();
    for office in gazetteer.offices() {
        for (n, one) in office.terms.iter().enumerate() {
            let told = [one.days.first(), one.days.last()].into_iter().flatten();
            careers.entry(one.holder).or_default().extend(told);
            faults.extend(foreign(gazetteer, office, *one));
            let others = office.terms.iter().skip(n + 1);
            faults.extend(others.filter_map(|other| clash(gazetteer, office, *one, *other)));
        }
    }
    for (holder, days) in careers {
        let Some(days) = days.iter().min().copied().zip(days.iter().max().copied()) else {
            continue;
        };
        if days.1.years_since(days.0).is_some_and(|years| years >= CAREER_YEARS) {
            faults.push(Fault::LongCareer { holder: key(gazetteer, holder), days });
        }
    }
    faults
}

fn foreign(gazetteer: &Gazetteer, office: &Office, term: Term) -> Option<Fault> {
    let own = gazetteer.entry(term.holder)?.entity.country.as_ref()?;
    let other = office.function.country.as_ref()?;
    (own != other).then(|| Fault::ForeignHolder {
        office: office.id.to_string(),
        holder: key(gazetteer, term.holder),
        countries: (own.to_string(), other.to_string()),
    })
}

/// Two terms of one office on the same days.
fn clash(gazetteer: &Gazetteer, office: &Office, one: Term, other: Term) -> Option<Fault> {
    if !one.days.overlaps(other.days) {
        return None;
    }
    let office = office.id.to_string();
    let holder = key(gazetteer, one.holder);
    if one.holder == other.holder {
        return Some(Fault::TwiceAtOnce { office, holder });
    }
    let latest = one.days.first().max(other.days.first());
    let shared = match (one.days.last(), other.days.last()) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    let days = latest.zip(shared).map(|(first, last)| (last - first).num_days() + 1);
    let holders = (holder, key(gazetteer, other.holder));
    days.is_none_or(|days| days > CHANGE_DAYS)
        .then_some(Fault::OverlappingTerms { office, holders })
}

fn key(gazetteer: &Gazetteer, number: EntryIndex) -> String {
    gazetteer.entry(number).map_or_else(String::new, |entry| entry.entity.id.to_string())
}

#[cfg(test)]
mod tests {
    use super::{super::offices::Offices, *};
    use crate::{
        calendar::DateRange,
        lexicon::{Lexicons, gazetteer::OfficeId},
        model::EntityId,
    };

    /// A term as holder, first and last day.
    type Told = (&'static str, &'static str, &'static str);

    /// What is told of the terms of a Serbian office.
    fn told(terms: &[Told]) -> Vec<String> {
        let mut gazetteer = Lexicons::embedded().unwrap().gazetteer;
        let known = gazetteer
            .offices()
            .iter()
            .find(|office| office.id == OfficeId::new("office:president-of-serbia"));
        let mut office = known.unwrap().clone();
        office.terms = terms
            .iter()
            .map(|(who, first, last)| Term {
                holder: gazetteer.number(&EntityId::new(format!("person:{who}"))).unwrap(),
                days: DateRange::new(first.parse().ok(), last.parse().ok()).unwrap(),
            })
            .collect();
        gazetteer.offices = Offices::new(vec![office]);
        lint(&gazetteer).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn terms_that_cannot_be_are_told() {
        let office = "`office:president-of-serbia`";
        let cases: &[(&[Told], &str)] = &[
            (
                &[
                    ("boris-tadic", "2004-07-11", "2012-04-05"),
                    ("tomislav-nikolic", "2011-01-01", ""),
                ],
                "held by `person:boris-tadic` and `person:tomislav-nikolic` at once",
            ),
            (
                &[("boris-tadic", "2004-07-11", "2008-02-15"), ("boris-tadic", "2008-02-15", "")],
                "held by `person:boris-tadic` in two terms that share days",
            ),
            (
                &[("abbas-araghchi", "2024-08-21", "")],
                "of `place:serbia` is held by `person:abbas-araghchi`, who is of `place:iran`",
            ),
            (
                &[("boris-tadic", "1904-07-11", "2012-04-05")],
                "`person:boris-tadic` is in office from 1904-07-11 to 2012-04-05",
            ),
        ];
        for (terms, told_of) in cases {
            let told = told(terms);
            let [fault] = told.as_slice() else { panic!("{terms:?}: {told:?}") };
            assert!(fault.contains(told_of), "{fault}");
            assert!(fault.contains(office) || !told_of.contains("held"), "{fault}");
        }
        // The month of a change is told of both, and somebody may come back.
        let change = [
            ("boris-tadic", "2004-07-11", "2012-05-31"),
            ("tomislav-nikolic", "2012-05-31", "2017-05-30"),
            ("boris-tadic", "2017-05-31", ""),
        ];
        assert_eq!(told(&change), Vec::<String>::new());
    }
}
