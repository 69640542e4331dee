//! The timeline as it was known at an instant.
//!
//! Snapshots are in no index but that of their days, so they are filtered here, by the same rules as the SQL
//! of [`super::select`] follows: as of this moment both must find the same, and a test holds them to it.

use super::{
    Certainty, Cursor, EventQuery, Match, Order, Reading, Sort, StoreError, cursor::Key, event,
    index, mention, row, search::Words, select::ABOUT,
};
use crate::{
    calendar::{DateRange, Precision},
    event::{Event, Report, Reported},
    model::{EventId, Status},
};
use chrono::{DateTime, Utc};
use rusqlite::params;
use std::collections::BTreeSet;

impl Reading<'_> {
    /// A page of the events as they were known at `instant`, and where the next one begins.
    pub(super) fn events_as_of(
        &self,
        query: &EventQuery,
        instant: DateTime<Utc>,
    ) -> Result<(Vec<Reported>, Option<Cursor>), StoreError> {
        let Some(filter) = Filter::new(query) else { return Ok((Vec::new(), None)) };
        let mut found = self.snapshots(&filter, instant)?;
        found.sort_unstable_by_key(|(key, _)| *key);
        if query.order == Order::Descending {
            found.reverse();
        }
        let after = query.cursor.filter(|cursor| cursor.sort() == query.sort).map(|at| at.0);
        let is_after = |key: &Key| match query.order {
            Order::Ascending => after.is_none_or(|after| *key > after),
            Order::Descending => after.is_none_or(|after| *key < after),
        };
        let mut rest = found.into_iter().filter(|(key, _)| is_after(key));
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let page: Vec<(Key, Event)> = rest.by_ref().take(limit).collect();
        let next = page.last().map(|(key, _)| Cursor(*key)).filter(|_| rest.next().is_some());
        let events =
            page.into_iter().map(|(_, event)| self.report(event)).collect::<Result<_, _>>()?;
        Ok((events, next))
    }

    /// The events that were valid at `instant` and pass `filter`, each with its place in the list.
    fn snapshots(
        &self,
        filter: &Filter<'_>,
        instant: DateTime<Utc>,
    ) -> Result<Vec<(Key, Event)>, StoreError> {
        let sql = "select event.id, event_revision.body,
                     (select max(seen.seq) from event_revision as seen
                      where seen.event = event.n and seen.minor = 0
                        and seen.seq <= event_revision.seq),
                     event_revision.day
                   from event_revision join event on event.n = event_revision.event
                   where event_revision.recorded <= ?1
                     and (event_revision.until is null or event_revision.until > ?1)";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query(params![instant.timestamp_millis()])?;
        let mut found = Vec::new();
        while let Some(columns) = rows.next()? {
            let id = EventId::from_bytes(columns.get(0)?);
            let event = event::read(id, mention::text(columns.get_ref(1)?)?)?;
            if !filter.admits(&event) {
                continue;
            }
            let event = if filter.asks_articles() {
                let reported = self.report(event)?;
                if !filter.admits_articles(&reported) {
                    continue;
                }
                reported.event
            } else {
                event
            };
            let key = match filter.query.sort {
                Sort::Event => {
                    let day = mention::text(columns.get_ref(3)?)?;
                    Key::Event(row::parse("event_revision", day)?, id)
                }
                Sort::Seen => Key::Seen(event.first_seen.timestamp_millis(), id),
                Sort::Changed => Key::Changed(columns.get(2)?),
            };
            found.push((key, event));
        }
        Ok(found)
    }
}

/// A query, asked of one event.
struct Filter<'q> {
    query: &'q EventQuery,
    asked: Option<DateRange>,
}

impl<'q> Filter<'q> {
    /// `None` when nothing can pass: the days asked for run backwards.
    fn new(query: &'q EventQuery) -> Option<Self> {
        let asked = match (query.from, query.to) {
            (None, None) => None,
            (from, to) => Some(DateRange::new(from, to).ok()?),
        };
        Some(Self { query, asked })
    }

    fn admits(&self, event: &Event) -> bool {
        let query = self.query;
        let facets = index::facets_of(event);
        self.asked.is_none_or(|asked| self.lies_in(asked, event))
            && query.min_precision.is_none_or(|coarsest| event.when.precision <= coarsest)
            && (query.kinds.is_empty() || query.kinds.contains(&event.kind))
            && (query.statuses.is_empty() || query.statuses.contains(&event.status))
            && has(&facets, "actor", &query.actors)
            && has(&facets, "place", &query.places)
            && has(&facets, "theme", &query.themes)
            && has(&facets, "topic", &query.topics)
            && query.changed_since.is_none_or(|since| event.changed >= since)
            && query.overdue.is_none_or(|today| {
                event.status == Status::Planned
                    && event.when.when.range().last().is_some_and(|last| last < today)
            })
    }

    fn lies_in(&self, asked: DateRange, event: &Event) -> bool {
        let range = event.when.when.range();
        let matches = match self.query.matching {
            Match::Overlaps => range.overlaps(asked),
            Match::Within => range.within(asked),
            Match::Starts => range.first().is_some_and(|first| DateRange::day(first).within(asked)),
        };
        let approximate = event.when.when.is_approximate();
        let exact = event.when.precision == Precision::Day && !approximate;
        let widened = range.widen(if approximate { ABOUT } else { 0 });
        matches && (self.query.certainty == Certainty::Possible || exact || widened.within(asked))
    }

    /// Whether what articles say must be looked at.
    fn asks_articles(&self) -> bool {
        self.query.text.is_some() || !self.query.sources.is_empty() || !self.query.langs.is_empty()
    }

    fn admits_articles(&self, Reported { event, reports }: &Reported) -> bool {
        let query = self.query;
        let any = |has: &dyn Fn(&Report) -> bool| reports.iter().any(has);
        (query.sources.is_empty() || any(&|report| query.sources.contains(&report.source)))
            && (query.langs.is_empty() || any(&|report| query.langs.contains(&report.lang)))
            && query.text.as_ref().is_none_or(|terms| words(event, reports).hold(terms))
    }
}

/// Whether an event has one of some values of a facet, or none is asked for.
fn has<V: ToString>(facets: &BTreeSet<(String, String)>, facet: &str, values: &[V]) -> bool {
    let found = |value: &V| facets.contains(&(facet.to_owned(), value.to_string()));
    values.is_empty() || values.iter().any(found)
}

/// The words by which an event is found.
fn words(event: &Event, reports: &[Report]) -> Words {
    let mut words = Words::default();
    index::add_names(event, &mut words);
    for report in reports {
        words.add(&report.title);
        words.add(&report.sentence);
    }
    words
}
