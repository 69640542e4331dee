//! Events written ahead: kept beside each event in the transaction that changes it, and read in the order of
//! a list.
//!
//! What is kept is whatever the program wants to have at hand of an event, in a few forms; the store does not
//! look into it. Rows that are missing, stale or too many for an event are made when they are read, so that
//! nothing depends on their being there.

use super::{
    Cursor, EventQuery, Reading, Sort, Store, StoreError, Writing,
    cursor::Key,
    event, mention, row,
    select::{Select, Statement},
};
use crate::{event::Reported, model::EventId};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

/// What is kept ready of each event.
#[derive(Debug, Clone, Copy)]
pub struct Ready {
    /// Names the way in which it is written; what was written under another name is written anew.
    pub version: &'static str,
    /// Writes an event in its forms, that first which is asked for most.
    pub write: fn(&Reported) -> [Vec<u8>; FORMS],
}

impl PartialEq for Ready {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
    }
}

impl Eq for Ready {}

/// How many forms there are.
pub const FORMS: usize = 4;

/// Where each form stands.
const COLUMNS: [(&str, &str); FORMS] =
    [("ready", "body"), ("ready_more", "body"), ("ready_more", "second"), ("ready_more", "third")];

/// Reports up to which an event is kept ready. One that hundreds of articles tell would be written anew, at
/// length, with each that comes.
const MOST_REPORTS: usize = 32;

/// Events that are written anew in one transaction.
const RENEWED: i64 = 200;

/// The bits of a slot, from the top: class of length, day, beginning of the id.
const LENGTH: u32 = 58;
const DAY: u32 = 36;

/// [`Ready`] in this database: its generation has a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keeper {
    ready: Ready,
    generation: i64,
}

impl Keeper {
    /// Gives the version its number, where it has none yet; writes nothing where it has.
    pub(super) fn new(connection: &Connection, ready: Ready) -> rusqlite::Result<Self> {
        let number = || {
            let sql = "select number from ready_generation where version = ?1";
            connection.query_row(sql, [ready.version], |row| row.get(0)).optional()
        };
        let generation = match number()? {
            Some(generation) => generation,
            None => {
                let sql =
                    "insert into ready_generation (version) values (?1) on conflict do nothing";
                connection.execute(sql, [ready.version])?;
                number()?.unwrap_or_default()
            }
        };
        Ok(Self { ready, generation })
    }
}

/// The place of an event among those written ahead: `day` is the one under which it is listed.
pub(super) fn slot(length: i64, day: &str, id: EventId) -> Option<i64> {
    let day = i64::from(day.parse::<NaiveDate>().ok()?.num_days_from_ce());
    let [a, b, c, d, e, ..] = *id.as_bytes();
    let beginning = i64::from_be_bytes([0, 0, 0, a, b, c, d, e]) >> 4;
    Some(length << LENGTH | day << DAY | beginning)
}

/// Lets go of what is written ahead of event number `n` at a place.
pub(super) fn forget(writing: &Writing<'_>, n: i64, slot: Option<i64>) -> Result<(), StoreError> {
    let Some(slot) = slot else { return Ok(()) };
    for sql in [
        "delete from ready where slot = ?1 and event = ?2",
        "delete from ready_more where slot = ?1 and event = ?2",
    ] {
        writing.connection().prepare_cached(sql)?.execute([slot, n])?;
    }
    Ok(())
}

/// Writes event number `n` ahead, as it is shown now; `None` for one that is in no list any longer.
pub(super) fn write(
    writing: &Writing<'_>,
    n: i64,
    slot: Option<i64>,
    shown: Option<&Reported>,
) -> Result<(), StoreError> {
    let kept = writing.keeper().zip(shown).zip(slot);
    let kept = kept.filter(|((_, shown), _)| shown.reports.len() <= MOST_REPORTS);
    let Some(((keeper, shown), slot)) = kept else { return forget(writing, n, slot) };
    let changed = shown.event.changed.timestamp_millis();
    let [body, first, second, third] = (keeper.ready.write)(shown);
    // Two events of a day whose ids begin alike: the second goes without.
    let sql = "insert into ready (slot, event, generation, changed, body) values (?1,?2,?3,?4,?5)
               on conflict (slot) do update
               set generation = excluded.generation, changed = excluded.changed, body = excluded.body
               where event = excluded.event";
    let mut statement = writing.connection().prepare_cached(sql)?;
    statement.execute(params![slot, n, keeper.generation, changed, body])?;
    let sql = "insert into ready_more (slot, event, generation, changed, body, second, third)
               values (?1,?2,?3,?4,?5,?6,?7)
               on conflict (slot) do update
               set generation = excluded.generation, changed = excluded.changed, body = excluded.body,
                 second = excluded.second, third = excluded.third
               where event = excluded.event";
    let mut statement = writing.connection().prepare_cached(sql)?;
    statement.execute(params![slot, n, keeper.generation, changed, first, second, third])?;
    Ok(())
}

impl Reading<'_> {
    /// Gives `each` what is kept ready in `form` of the events that `query` asks for, in their order, with the
    /// instant at which each changed last; answers where the next page begins. `None` when nothing is kept
    /// ready, or the query is about an instant of the past.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn ready(
        &self,
        query: &EventQuery,
        form: usize,
        each: &mut dyn FnMut(&[u8], DateTime<Utc>),
    ) -> Result<Option<Option<Cursor>>, StoreError> {
        let Some(keeper) = self.keeper().filter(|_| query.as_of.is_none()) else { return Ok(None) };
        let Some(select) = Select::new(query) else { return Ok(Some(None)) };
        let Statement { sql, values } = select.list(self, "event.n as n, event.slot as slot")?;
        // The list is read row by row, each with its piece: a join from left to right keeps its order.
        let Some((table, column)) = COLUMNS.get(form) else { return Ok(None) };
        let sql = format!(
            "select list.id, list.key, list.n, ready.{column}, ready.changed from ({sql}) as list
             left join {table} as ready on ready.slot = list.slot and ready.event = list.n
               and ready.generation = {}",
            keeper.generation
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let (mut count, mut last) = (0, None);
        while let Some(columns) = rows.next()? {
            if count == limit {
                return Ok(Some(last));
            }
            count += 1;
            let id = EventId::from_bytes(columns.get(0)?);
            if count == limit {
                last = Some(Cursor(match query.sort {
                    Sort::Event => {
                        Key::Event(row::parse("event", mention::text(columns.get_ref(1)?)?)?, id)
                    }
                    Sort::Seen => Key::Seen(columns.get(1)?, id),
                    Sort::Changed => Key::Changed(columns.get(1)?),
                }));
            }
            match columns.get_ref(3)?.as_blob_or_null() {
                Ok(Some(body)) => each(body, row::instant("ready", columns.get(4)?)?),
                _ => {
                    let shown = self.shown(id, columns.get(2)?)?;
                    let body = (keeper.ready.write)(&shown).into_iter().nth(form);
                    each(&body.unwrap_or_default(), shown.event.changed);
                }
            }
        }
        Ok(Some(None))
    }

    fn shown(&self, id: EventId, n: i64) -> Result<Reported, StoreError> {
        let mut statement =
            self.connection().prepare_cached("select body from event where n = ?1")?;
        let body: String = statement.query_row([n], |row| row.get(0))?;
        self.report(event::read(id, &body)?)
    }
}

impl Store {
    /// Writes some events ahead that are not yet, or were by another version: those behind the place that the
    /// call before answered. `None` when there are no more.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub async fn renew(&self, after: i64) -> Result<Option<i64>, StoreError> {
        self.write(move |writing| writing.renew(after)).await
    }
}

impl Writing<'_> {
    fn renew(&self, after: i64) -> Result<Option<i64>, StoreError> {
        let Some(keeper) = self.keeper() else { return Ok(None) };
        let sql =
            "select n, id, length, day from event where state = 'live' and slot is null limit ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let unplaced = statement.query_map([RENEWED], |row| {
            let (length, day): (i64, String) = (row.get(2)?, row.get(3)?);
            Ok((row.get::<_, i64>(0)?, slot(length, &day, EventId::from_bytes(row.get(1)?))))
        })?;
        let unplaced: Vec<(i64, Option<i64>)> = unplaced.collect::<Result<_, _>>()?;
        for (n, slot) in &unplaced {
            self.connection()
                .prepare_cached("update event set slot = ?2 where n = ?1")?
                .execute(params![n, slot.unwrap_or_default()])?;
            self.mark_stale(*n);
        }
        if !unplaced.is_empty() {
            return Ok(Some(after));
        }
        let sql = "select slot, event from ready
                   where slot > ?1 and generation <> ?2 order by slot limit ?3";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query(params![after, keeper.generation, RENEWED])?;
        let mut last = None;
        while let Some(columns) = rows.next()? {
            last = Some(columns.get(0)?);
            self.mark_stale(columns.get(1)?);
        }
        Ok(last)
    }
}
