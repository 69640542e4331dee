//! Checks what the data files say and builds the [`Gazetteer`].

use super::{
    Entry, EntryIndex, Function, Gazetteer, Office, OfficeId, Term,
    file::{Compiled, OfficeRow, Row},
    offices::{ByFunction, Offices},
    onomasticon::Onomasticon,
};
use crate::{
    calendar::DateRange,
    model::{Entity, EntityId, EntityType},
    text::Lang,
};
use chrono::{Months, NaiveDate};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Why the gazetteer could not be built.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
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

const PEOPLE: &str = "gazetteer/people.toml";
const ORGANISATIONS: &str = "gazetteer/organisations.toml";
const PLACES: &str = "gazetteer/places.toml";
const THEMES: &str = "gazetteer/themes.toml";
const OFFICES: &str = "gazetteer/offices.toml";
const NAMES: &str = "gazetteer/names.toml";

pub(super) fn gazetteer(compiled: Compiled) -> Result<Gazetteer, GazetteerError> {
    let mut builder = Builder::default();
    let lists = [
        (PLACES, EntityType::Place, compiled.countries, true),
        (PLACES, EntityType::Place, compiled.cities, false),
        (THEMES, EntityType::Theme, compiled.themes, false),
        (ORGANISATIONS, EntityType::Organisation, compiled.organisations, false),
        (PEOPLE, EntityType::Person, compiled.people, false),
    ];
    for (file, entity_type, rows, is_country) in lists {
        rows.into_iter().try_for_each(|row| builder.entry(file, entity_type, row, is_country))?;
    }
    let offices = builder.offices(&compiled.offices)?;
    let onomasticon = Onomasticon::new(compiled.names, |key| builder.place(NAMES, "given", key))?;
    let Builder { entries, index } = builder;
    let Compiled { sounds, labels, grammars, .. } = compiled;
    let offices = Offices::new(offices);
    let bodies = ByFunction::new(entries.iter().map(|entry| entry.sort.as_ref()));
    Ok(Gazetteer { entries, index, sounds, onomasticon, labels, offices, bodies, grammars })
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
        row: Row,
        is_country: bool,
    ) -> Result<(), GazetteerError> {
        let id = key(entity_type, &row.id);
        let country = if is_country {
            Some(id.clone())
        } else {
            row.country.as_deref().map(|country| self.place(file, &row.id, country)).transpose()?
        };
        let number =
            EntryIndex::try_from(self.entries.len()).map_err(|_| GazetteerError::TooMany)?;
        if self.index.insert(id.clone(), number).is_some() {
            return Err(GazetteerError::Twice { file, id: row.id });
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
        let joins = row.joins.iter().map(|country| self.place(file, &row.id, country));
        let joins = joins.collect::<Result<_, _>>()?;
        let lists = Lang::ALL.into_iter().zip([row.ar, row.fa, row.sr, row.en]);
        let names = lists.flat_map(|(lang, list)| list.into_iter().map(move |name| (lang, name)));
        self.entries.push(Entry {
            entity: Entity { id, name: row.name.as_str().into(), country },
            entity_type,
            is_country,
            south_slavic: row.south_slavic,
            sort: sort.transpose()?,
            joins,
            names: names.collect(),
        });
        Ok(())
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
    use std::collections::BTreeMap;

    /// What is told of an office with one term, in a gazetteer of one person.
    fn told(term: &str) -> Result<(), String> {
        let mut builder = Builder::default();
        let text = "[[person]]\nid = \"ana\"\nname = \"Ana\"\n";
        let mut people: BTreeMap<String, Vec<Row>> = toml::from_str(text).unwrap();
        for row in people.remove("person").unwrap() {
            builder.entry(PEOPLE, EntityType::Person, row, false).unwrap();
        }
        let text = format!(
            "[[office]]\nid = \"mayor\"\nname = \"Mayor\"\ntitle = \"mayor\"\nterms = [{{ {term} }}]\n"
        );
        let offices: BTreeMap<String, Vec<OfficeRow>> = toml::from_str(&text).unwrap();
        builder.offices(&offices["office"]).map(|_| ()).map_err(|error| error.to_string())
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
