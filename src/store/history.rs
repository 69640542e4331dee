//! What an id leads to, and what changed when.

use super::{Order, Reading, StoreError, event, mention, row};
use crate::{
    event::{Change, Reported, Revision},
    model::{CorrectionId, EventId},
};
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension as _, Row, params, types::ValueRef};

const TABLE: &str = "event_revision";

/// The fields of [`Change`], so that a field read back is one of ours.
const FIELDS: [&str; 11] = [
    "date",
    "contradictions",
    "previous",
    "kind",
    "status",
    "parties",
    "place",
    "themes",
    "headline",
    "sources",
    "topics",
];

/// The longest chain of merges that is followed; ids are merged once and never back.
const HOPS: usize = 1000;

/// What an id leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// To its event.
    Found(Box<Reported>),
    /// To the event that it turned out to be.
    Merged(EventId),
    /// To an event that no article claims any longer, or that an analyst hid.
    Withdrawn {
        /// Since when.
        since: DateTime<Utc>,
        /// The analyst's reason, where one hid it.
        reason: Option<String>,
    },
    /// To nothing: it was never given out.
    Unknown,
}

/// One step in the history of all events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its number; grows with time.
    pub seq: u64,
    /// The event.
    pub event: EventId,
    /// When it was recorded.
    pub recorded: DateTime<Utc>,
    /// What happened.
    pub step: HistoryStep,
    /// The analyst's reason, where a correction ended the event.
    pub reason: Option<String>,
}

/// What happened to an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryStep {
    /// It is new, came back, or changed.
    Revised(Box<Revision>),
    /// It turned out to be this other event.
    Merged(EventId),
    /// No article claims it any longer, or an analyst hid it.
    Withdrawn,
}

/// Which steps to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Steps recorded at or after this instant only.
    pub since: Option<DateTime<Utc>>,
    /// Steps beyond this number only, in the direction of the order: the [`HistoryEntry::seq`] of the last
    /// one had.
    pub after: Option<u64>,
    /// Oldest or newest first.
    pub order: Order,
    /// How many at most.
    pub limit: u32,
}

impl Reading<'_> {
    /// What `id` leads to; merges are followed to their end.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn event(&self, id: EventId) -> Result<Lookup, StoreError> {
        let mut at = id;
        for _ in 0..HOPS {
            let sql = "select state, into_id, body, n from event where id = ?1";
            let mut statement = self.connection().prepare_cached(sql)?;
            let mut rows = statement.query([at.as_bytes()])?;
            let Some(columns) = rows.next()? else { return Ok(Lookup::Unknown) };
            match mention::text(columns.get_ref(0)?)? {
                "live" if at == id => {
                    let event = event::read(id, mention::text(columns.get_ref(2)?)?)?;
                    return self.report(event).map(|event| Lookup::Found(Box::new(event)));
                }
                "live" => return Ok(Lookup::Merged(at)),
                "merged" => at = EventId::from_bytes(columns.get(1)?),
                _ => return self.ended(columns.get(3)?),
            }
        }
        Err(StoreError::row("event", format!("`{id}` was merged in a circle")))
    }

    fn ended(&self, event: i64) -> Result<Lookup, StoreError> {
        let sql =
            "select recorded, because from event_end where event = ?1 order by seq desc limit 1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let end: Option<(i64, Option<[u8; 16]>)> =
            statement.query_row([event], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (recorded, because) = end.unwrap_or_default();
        let since = row::instant("event_end", recorded)?;
        Ok(Lookup::Withdrawn { since, reason: self.reason_of(because)? })
    }

    fn reason_of(&self, because: Option<[u8; 16]>) -> Result<Option<String>, StoreError> {
        because.map_or(Ok(None), |key| self.reason(CorrectionId::from_bytes(key)))
    }

    /// The revisions of an event, oldest first; none for an id that was never given out.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn revisions(&self, id: EventId) -> Result<Vec<Revision>, StoreError> {
        let sql = "select event.id, event_revision.recorded, because, changes, event_revision.body
                   from event join event_revision on event_revision.event = event.n
                   where event.id = ?1 and minor = 0 order by number";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([id.as_bytes()])?;
        let mut revisions = Vec::new();
        while let Some(columns) = rows.next()? {
            revisions.push(self.revision_in(columns)?);
        }
        Ok(revisions)
    }

    /// What happened to all events, step by step.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn history(&self, query: &HistoryQuery) -> Result<Vec<HistoryEntry>, StoreError> {
        let (beyond, direction) = match query.order {
            Order::Ascending => (">", "asc"),
            Order::Descending => ("<", "desc"),
        };
        let sql = format!(
            "select event.id, step.recorded, because, changes, step.body, step.seq, step.into_id
             from (
               select seq, event, recorded, because, changes, body, null as into_id from event_revision
               where seq {beyond} ?1 and recorded >= ?2 and minor = 0
               union all
               select seq, event, recorded, because, null, null, into_id from event_end
               where seq {beyond} ?1 and recorded >= ?2
             ) as step join event on event.n = step.event
             order by step.seq {direction} limit ?3"
        );
        let start = match query.order {
            Order::Ascending => 0,
            Order::Descending => i64::MAX,
        };
        let after = query.after.map_or(start, |seq| i64::try_from(seq).unwrap_or(i64::MAX));
        let since = query.since.map_or(i64::MIN, |since| since.timestamp_millis());
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params![after, since, query.limit])?;
        let mut entries = Vec::new();
        while let Some(columns) = rows.next()? {
            entries.push(self.entry(columns)?);
        }
        Ok(entries)
    }

    /// The number of the last step, for [`HistoryQuery::after`].
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn last_step(&self) -> Result<u64, StoreError> {
        let sql = "select max(seq) from (select max(seq) as seq from event_revision
                   union all select max(seq) from event_end)";
        let seq: Option<i64> = self
            .connection()
            .prepare_cached(sql)?
            .query_row([], |row| row.get(0))
            .optional()?
            .flatten();
        Ok(seq.unwrap_or_default().unsigned_abs())
    }

    /// Columns: event id, recorded, because, changes, body.
    fn revision_in(&self, columns: &Row<'_>) -> Result<Revision, StoreError> {
        let id = EventId::from_bytes(columns.get(0)?);
        let changes: Vec<(String, String, String)> =
            row::from_json(TABLE, mention::text(columns.get_ref(3)?)?)?;
        Ok(Revision {
            event: event::read(id, mention::text(columns.get_ref(4)?)?)?,
            because: self.cause(columns.get(2)?)?,
            changes: changes
                .into_iter()
                .map(|(field, from, to)| {
                    let name = |name: &str| FIELDS.into_iter().find(|field| *field == name);
                    Ok(Change { field: row::named(TABLE, &field, name)?, from, to })
                })
                .collect::<Result<_, StoreError>>()?,
            recorded: row::instant(TABLE, columns.get(1)?)?,
        })
    }

    /// The columns of a revision, then number and the event merged into. An end has no body.
    fn entry(&self, columns: &Row<'_>) -> Result<HistoryEntry, StoreError> {
        let seq: i64 = columns.get(5)?;
        let into: Option<[u8; 16]> = columns.get(6)?;
        let is_revision = columns.get_ref(4)? != ValueRef::Null;
        let (step, reason) = if is_revision {
            (HistoryStep::Revised(Box::new(self.revision_in(columns)?)), None)
        } else {
            let step = into.map_or(HistoryStep::Withdrawn, |into| {
                HistoryStep::Merged(EventId::from_bytes(into))
            });
            (step, self.reason_of(columns.get(2)?)?)
        };
        Ok(HistoryEntry {
            seq: seq.unsigned_abs(),
            event: EventId::from_bytes(columns.get(0)?),
            recorded: row::instant(TABLE, columns.get(1)?)?,
            step,
            reason,
        })
    }
}
