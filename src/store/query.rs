//! Which events are wanted, and in which order.

use super::{
    Cursor, Reading, StoreError,
    cursor::Key,
    event, mention, row,
    select::{Select, Statement},
};
use crate::{
    calendar::Precision,
    event::Reported,
    model::{EntityId, EventId, Kind, SourceId, Status, TopicId},
    text::{Lang, terms::Terms},
};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::params_from_iter;

/// How an event's days must lie to the days asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Match {
    /// They share a day.
    #[default]
    Overlaps,
    /// All its days are among those asked for.
    Within,
    /// Its first day is among those asked for.
    Starts,
}

/// How sure it must be that an event lies in the days asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// It may: an event of February may lie in any week of February.
    #[default]
    Possible,
    /// It does: its days are told exactly, or all the days that it may lie on are asked for.
    Definite,
}

/// By what a list is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By the day on which it happens: the first one, or the last where the beginning is open.
    #[default]
    Event,
    /// By the instant at which it was first seen.
    Seen,
    /// By its last change.
    Changed,
}

/// In which direction a list runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Earliest first.
    #[default]
    Ascending,
    /// Latest first.
    Descending,
}

/// Which events are wanted. Conditions are joined by "and", the values of one list by "or"; an empty list
/// asks for nothing. The default asks for the first fifty of all events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventQuery {
    /// The first day asked for.
    pub from: Option<NaiveDate>,
    /// The last day asked for, included.
    pub to: Option<NaiveDate>,
    /// How the event's days must lie to these.
    pub matching: Match,
    /// How sure that must be.
    pub certainty: Certainty,
    /// The coarsest precision wanted.
    pub min_precision: Option<Precision>,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Statuses.
    pub statuses: Vec<Status>,
    /// Parties.
    pub actors: Vec<EntityId>,
    /// Places; a country stands for all places in it.
    pub places: Vec<EntityId>,
    /// Themes.
    pub themes: Vec<EntityId>,
    /// Topics of config.toml.
    pub topics: Vec<TopicId>,
    /// Sources that tell of it.
    pub sources: Vec<SourceId>,
    /// Languages in which it is told.
    pub langs: Vec<Lang>,
    /// Words to be found in headline, names and evidence.
    pub text: Option<Terms>,
    /// Announced for a day before this one, and not told to have happened.
    pub overdue: Option<NaiveDate>,
    /// Changed for readers at this instant or later.
    pub changed_since: Option<DateTime<Utc>>,
    /// The events as they were known at this instant; what articles say of them is told as stored now.
    pub as_of: Option<DateTime<Utc>>,
    /// By what to sort.
    pub sort: Sort,
    /// In which direction.
    pub order: Order,
    /// How many at most.
    pub limit: u32,
    /// Only what comes after this place in the list.
    pub cursor: Option<Cursor>,
}

impl Default for EventQuery {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            matching: Match::default(),
            certainty: Certainty::default(),
            min_precision: None,
            kinds: Vec::new(),
            statuses: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            themes: Vec::new(),
            topics: Vec::new(),
            sources: Vec::new(),
            langs: Vec::new(),
            text: None,
            overdue: None,
            changed_since: None,
            as_of: None,
            sort: Sort::default(),
            order: Order::default(),
            limit: 50,
            cursor: None,
        }
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The events, with what articles say of them.
    pub events: Vec<Reported>,
    /// Where the next page begins; `None` when this is the last.
    pub next: Option<Cursor>,
    /// [`Reading::revision`] of the moment of the answer.
    pub revision: u64,
}

impl Reading<'_> {
    /// A page of the events that `query` asks for. A cursor of another sort is taken as none.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn events(&self, query: &EventQuery) -> Result<Page, StoreError> {
        let revision = self.revision()?;
        if let Some(instant) = query.as_of {
            let (events, next) = self.events_as_of(query, instant)?;
            return Ok(Page { events, next, revision });
        }
        let Some(select) = Select::new(query) else {
            return Ok(Page { events: Vec::new(), next: None, revision });
        };
        let Statement { sql, values } = select.list(self, "event.body as body")?;
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let mut events = Vec::new();
        let (mut last, mut next) = (None, None);
        while let Some(columns) = rows.next()? {
            if events.len() >= limit {
                next = last;
                break;
            }
            let id = EventId::from_bytes(columns.get(0)?);
            let event = event::read(id, mention::text(columns.get_ref(2)?)?)?;
            last = Some(Cursor(match query.sort {
                Sort::Event => {
                    Key::Event(row::parse("event", mention::text(columns.get_ref(1)?)?)?, id)
                }
                Sort::Seen => Key::Seen(columns.get(1)?, id),
                Sort::Changed => Key::Changed(columns.get(1)?),
            }));
            events.push(self.report(event)?);
        }
        Ok(Page { events, next, revision })
    }

    /// How many events `query` asks for, whatever its limit and cursor. Looks at each of them: for pages
    /// that say so, not for every request.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn count(&self, query: &EventQuery) -> Result<u64, StoreError> {
        if let Some(instant) = query.as_of {
            let all = EventQuery { limit: u32::MAX, cursor: None, ..query.clone() };
            return Ok(self.events_as_of(&all, instant)?.0.len() as u64);
        }
        let Some(select) = Select::new(query) else { return Ok(0) };
        let Statement { sql, values } = select.count();
        let mut statement = self.connection().prepare_cached(&sql)?;
        let count: i64 = statement.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}
