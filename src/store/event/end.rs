//! How an event ends: merged with another, or withdrawn.

use super::key;
use crate::{
    event::Cause,
    model::EventId,
    store::{StoreError, Writing},
};
use chrono::{DateTime, Utc};
use rusqlite::params;

impl Writing<'_> {
    /// Ends an event: it was merged into another, or no article claims it any longer.
    pub(super) fn end(
        &self,
        id: EventId,
        into: Option<EventId>,
        cause: Option<&Cause>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let number = self.event_number(id)?;
        let seq = self.next_sequence();
        let state = if into.is_some() { "merged" } else { "withdrawn" };
        // The event into which it was merged takes over what is its own; the rest of them is let go then.
        let (sql, into_number) = match into {
            Some(into) => {
                ("update event_mention set event = ?2 where event = ?1", self.event_number(into)?)
            }
            None => ("delete from event_mention where event = ?1 and ?2 = 0", 0),
        };
        self.connection().prepare_cached(sql)?.execute([number, into_number])?;
        self.recent().forget_event(number);
        self.recent().forget_event(into_number);
        self.connection()
            .prepare_cached(
                "update event set state = ?2, into_id = ?3, seq = ?4, stamp = ?4 where n = ?1",
            )?
            .execute(params![number, state, into.as_ref().map(EventId::as_bytes), seq])?;
        self.mark_stale(number);
        if into.is_some() {
            self.move_rulings(number, into_number)?;
        }
        let because = cause.filter(|cause| cause.article().is_none()).map(key);
        self.drop_unseen(number, at.timestamp_millis())?;
        self.put_end(seq, number, at.timestamp_millis(), into, because)
    }

    /// Notes that an event is no more from `recorded` on.
    pub(in crate::store) fn put_end(
        &self,
        seq: i64,
        event: i64,
        recorded: i64,
        into: Option<EventId>,
        because: Option<[u8; 16]>,
    ) -> Result<(), StoreError> {
        self.close(event, recorded)?;
        self.connection()
            .prepare_cached(
                "insert into event_end (seq, event, recorded, into_id, because) values (?1,?2,?3,?4,?5)",
            )?
            .execute(params![seq, event, recorded, into.as_ref().map(EventId::as_bytes), because])?;
        Ok(())
    }

    /// Lets go of the state of an event that no revision told and nobody saw, because another begins at the
    /// same instant.
    pub(super) fn drop_unseen(&self, event: i64, recorded: i64) -> Result<(), StoreError> {
        self.touched().take(event);
        let sql = "delete from event_revision
                   where event = ?1 and until is null and minor = 1 and recorded = ?2";
        self.connection().prepare_cached(sql)?.execute([event, recorded])?;
        Ok(())
    }

    /// Ends the validity of what readers saw so far.
    pub(super) fn close(&self, event: i64, recorded: i64) -> Result<(), StoreError> {
        let sql = "update event_revision set until = ?2 where event = ?1 and until is null";
        self.connection().prepare_cached(sql)?.execute([event, recorded])?;
        Ok(())
    }
}
