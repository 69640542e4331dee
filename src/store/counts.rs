//! How many events there are of each kind, party, place and so on, and in each month.

use super::{
    EventQuery, Reading, Sort, StoreError, event, index, mention,
    select::{Select, Statement},
};
use crate::{event::Reported, model::EventId};
use rusqlite::{params, params_from_iter};
use std::{cmp::Reverse, collections::BTreeMap};

/// How the events that a query asks for are spread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many there are.
    pub total: u64,
    /// How many of each value, by facet and then by number, largest first. An event counts for each of its
    /// values, and for the country in which its place lies.
    pub values: Vec<Count>,
    /// How many are listed under each month `2025-02`, in order.
    pub months: Vec<(String, u64)>,
}

/// How many events have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// `kind`, `status`, `actor`, `place`, `theme`, `topic`, `source` or `lang`.
    pub facet: String,
    /// The value, as a query names it.
    pub value: String,
    /// The name of the party or place; `None` where the value has none besides itself.
    pub name: Option<String>,
    /// How many events.
    pub events: u64,
}

impl Reading<'_> {
    /// How the events that `query` asks for are spread, whatever its sort, limit and cursor. Looks at each of
    /// them: for pages that say so, not for every request.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn counts(&self, query: &EventQuery) -> Result<Counts, StoreError> {
        if let Some(instant) = query.as_of {
            let all =
                EventQuery { limit: u32::MAX, cursor: None, sort: Sort::Event, ..query.clone() };
            return Ok(tally(&self.events_as_of(&all, instant)?.0));
        }
        let found = |columns: &str| Select::new(query).map(|select| select.found(columns));
        let mut counts = Counts::default();
        let Some(Statement { sql, values }) = found("substr(event.day, 1, 7) as month, count(*)")
        else {
            return Ok(counts);
        };
        let sql = format!("{sql} group by month order by month");
        let mut statement = self.connection().prepare_cached(&sql)?;
        let months = statement.query_map(params_from_iter(values), |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })?;
        counts.months = months.collect::<Result<_, _>>()?;
        counts.total = counts.months.iter().map(|(_, events)| events).sum();
        let Some(Statement { sql, values }) = found("event.n as n") else { return Ok(counts) };
        let sql = format!(
            "with found as materialized ({sql})
             select facet, value, count(*) as events
             from event_facet join found on found.n = event_facet.event
             group by facet, value order by facet, events desc, value"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(values), |row| {
            let events = row.get::<_, i64>(2)?.unsigned_abs();
            Ok(Count { facet: row.get(0)?, value: row.get(1)?, name: None, events })
        })?;
        counts.values = found.collect::<Result<_, _>>()?;
        for count in &mut counts.values {
            if matches!(count.facet.as_str(), "actor" | "place") {
                count.name = self.name_of(&count.facet, &count.value)?;
            }
        }
        Ok(counts)
    }

    /// The name that an event gives a party or place.
    fn name_of(&self, facet: &str, value: &str) -> Result<Option<String>, StoreError> {
        let sql =
            "select event.id, event.body from event_facet join event on event.n = event_facet.event
                   where facet = ?1 and value = ?2 limit 8";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query(params![facet, value])?;
        while let Some(columns) = rows.next()? {
            let id = EventId::from_bytes(columns.get(0)?);
            let event = event::read(id, mention::text(columns.get_ref(1)?)?)?;
            let mut entities = event.parties.iter().map(|party| &party.who).chain(&event.place);
            if let Some(entity) = entities.find(|entity| entity.id.as_str() == value) {
                return Ok(Some(entity.name.to_string()));
            }
        }
        Ok(None)
    }
}

/// How some events are spread.
fn tally(events: &[Reported]) -> Counts {
    let mut months: BTreeMap<String, u64> = BTreeMap::new();
    let mut values: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for Reported { event, reports } in events {
        let (_, _, day) = event::days(event);
        let month = day.get(..7).unwrap_or_default().to_owned();
        *months.entry(month).or_default() += 1;
        let mut facets = index::facets_of(event);
        let told = reports.iter().flat_map(|report| {
            [("source", report.source.to_string()), ("lang", report.lang.tag().to_owned())]
        });
        facets.extend(told.map(|(facet, value)| (facet.to_owned(), value)));
        facets.into_iter().for_each(|facet| *values.entry(facet).or_default() += 1);
        let entities = event.parties.iter().map(|party| &party.who).chain(&event.place);
        names.extend(entities.map(|entity| (entity.id.to_string(), entity.name.to_string())));
    }
    let count = |((facet, value), events): ((String, String), u64)| {
        let is_named = matches!(facet.as_str(), "actor" | "place");
        let name = names.get(&value).filter(|_| is_named).cloned();
        Count { facet, value, name, events }
    };
    let mut values: Vec<Count> = values.into_iter().map(count).collect();
    values.sort_by(|a, b| (&a.facet, Reverse(a.events)).cmp(&(&b.facet, Reverse(b.events))));
    Counts { total: events.len() as u64, values, months: months.into_iter().collect() }
}
