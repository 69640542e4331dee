//! Events: how changes are written, and how an event is read back with what articles say of it.

mod end;
mod report;

use super::{
    Reading, StoreError, Writing, ready,
    row::{self, EventRow},
    select::length_class,
    touched::Touch,
};
use crate::{
    event::{Arrival, Cause, Changes, Claim, Event, Heirs, Revision},
    model::{EventId, MentionId},
};
use chrono::{DateTime, SubsecRound as _, Utc};
use rusqlite::{OptionalExtension as _, params};
use std::{collections::BTreeSet, sync::Arc};

const TABLE: &str = "event";

impl Writing<'_> {
    /// Stores the claims of an arrival in place of those its article made before, and all that
    /// [`crate::event::consolidate`] found it to change. Put the article first.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the article or a mention of an event is not stored; [`StoreError`] when
    /// the database fails or holds what it should not.
    pub fn apply(&self, arrival: &Arrival, changes: &Changes) -> Result<(), StoreError> {
        self.apply_with(arrival, &[], changes)
    }

    /// As [`Writing::apply`], with claims of the article that only repeat ([`Reading::repeats`]): these are
    /// kept with the event that is told in their words.
    ///
    /// # Errors
    /// As [`Writing::apply`].
    pub fn apply_with(
        &self,
        arrival: &Arrival,
        repeats: &[Claim],
        changes: &Changes,
    ) -> Result<(), StoreError> {
        self.replace_claims(arrival.article, &arrival.now, repeats, &Heirs::default())?;
        self.change(changes, Some(&Cause::Article(arrival.article)), arrival.at)?;
        self.settle_repeats(repeats.iter().map(|claim| claim.mention.id))
    }

    /// Stores what [`crate::event::resettle`] found to change.
    ///
    /// # Errors
    /// As [`Writing::apply`].
    pub fn apply_resettled(&self, changes: &Changes, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.change(changes, None, at)
    }

    /// Lets claims that only repeat belong to the events that are told in their words.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn settle_repeats(
        &self,
        repeats: impl Iterator<Item = MentionId>,
    ) -> Result<(), StoreError> {
        let sql = "insert into event_mention (mention, event)
                   select mention.n,
                     (select event from event_mention
                      join mention_facts as told on told.mention = event_mention.mention
                      where told.wording = mention.wording limit 1) as found
                   from mention where mention.n = ?1 and found is not null
                   on conflict (mention) do update set event = excluded.event";
        for mention in repeats {
            let number = self.mention_number(mention)?;
            self.connection().prepare_cached(sql)?.execute([number])?;
        }
        Ok(())
    }

    /// Writes what changes because of `cause`; of the first article that tells it where there is none.
    pub(super) fn change(
        &self,
        changes: &Changes,
        cause: Option<&Cause>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.note_time(at);
        if self.touched().any_before(at) {
            self.write_touched()?;
        }
        for (gone, into) in &changes.merged {
            self.end(*gone, Some(*into), cause, at)?;
        }
        for gone in &changes.withdrawn {
            self.end(*gone, None, cause, at)?;
        }
        for event in &changes.hidden {
            let held = Held::new(event)?;
            let number = self.hold(&held, self.next_sequence(), None)?;
            self.touched().take(number);
            let sql = "update event set state = 'withdrawn' where n = ?1";
            self.connection().prepare_cached(sql)?.execute([number])?;
        }
        for event in &changes.touched {
            let number = self.event_number(event.id)?;
            self.hold_mentions(number, event)?;
            let (event, stamp) = (Arc::new(as_read(event)), self.next_sequence());
            self.recent().keep_event(number, &event);
            let first = || event.mentions.first().map(|(article, _)| *article.as_bytes());
            let because = cause.map(key).or_else(first).unwrap_or_default();
            self.touched().put(number, Touch { event, stamp, recorded: at, because });
        }
        for revision in &changes.revised {
            self.revise(revision)?;
        }
        Ok(())
    }

    fn revise(&self, revision: &Revision) -> Result<(), StoreError> {
        let (held, seq) = (Held::new(&revision.event)?, self.next_sequence());
        let number = self.hold(&held, seq, Some(seq))?;
        let changes: Vec<(&str, &str, &str)> = revision
            .changes
            .iter()
            .map(|change| (change.field, change.from.as_str(), change.to.as_str()))
            .collect();
        let recorded = revision.recorded.timestamp_millis();
        self.drop_unseen(number, recorded)?;
        let because = key(&revision.because);
        self.put_revision(seq, (number, &held), recorded, because, Told::Revision(&changes))
    }

    /// Notes what readers see of an event from `recorded` on.
    pub(super) fn put_revision(
        &self,
        seq: i64,
        (number, held): (i64, &Held<'_>),
        recorded: i64,
        because: [u8; 16],
        told: Told<'_>,
    ) -> Result<(), StoreError> {
        let (minor, changes) = match told {
            Told::Revision(changes) => (false, changes),
            Told::Minor => (true, [].as_slice()),
        };
        self.close(number, recorded)?;
        let (_, _, day) = days(held.event);
        let sql =
            "insert into event_revision (seq, event, number, recorded, because, changes, day, body, minor)
                   values (?1,?2,?3,?4,?5,?6,?7,?8,?9)";
        self.connection().prepare_cached(sql)?.execute(params![
            seq,
            number,
            held.event.revision,
            recorded,
            because,
            row::to_json("event_revision", &changes)?,
            day,
            held.body,
            minor,
        ])?;
        Ok(())
    }

    /// Writes an event as it is now, with its mentions; answers its number.
    pub(super) fn hold(
        &self,
        held: &Held<'_>,
        stamp: i64,
        seq: Option<i64>,
    ) -> Result<i64, StoreError> {
        let number = self.put_event(held, stamp, seq)?;
        self.hold_mentions(number, held.event)?;
        self.recent().keep_event(number, &Arc::new(as_read(held.event)));
        Ok(number)
    }

    /// Writes the row of an event; answers its number.
    pub(super) fn put_event(
        &self,
        held: &Held<'_>,
        stamp: i64,
        seq: Option<i64>,
    ) -> Result<i64, StoreError> {
        let event = held.event;
        let (first, last, day) = days(event);
        let length = length_class(event.when.when.range());
        let sql = "insert into event (id, state, kind, status, first, last, day, length, precision,
                     approximate, first_seen, changed, seq, stamp, body, slot)
                   values (?1,'live',?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,coalesce(?12, ?13),?13,?14,?15)
                   on conflict (id) do update set state = 'live', into_id = null, kind = ?2, status = ?3,
                     first = ?4, last = ?5, day = ?6, length = ?7, precision = ?8, approximate = ?9,
                     first_seen = ?10, changed = ?11, seq = coalesce(?12, seq), stamp = ?13, body = ?14, slot = ?15
                   returning n";
        let number = self.connection().prepare_cached(sql)?.query_row(
            params![
                event.id.as_bytes(),
                event.kind.name(),
                event.status.name(),
                first,
                last,
                day,
                length,
                event.when.precision.name(),
                event.when.when.is_approximate(),
                event.first_seen.timestamp_millis(),
                event.changed.timestamp_millis(),
                seq,
                stamp,
                held.body,
                ready::slot(length, &day, event.id),
            ],
            |row| row.get(0),
        )?;
        self.mark_stale(number);
        Ok(number)
    }

    /// Writes the events that are still to be written.
    pub(super) fn write_touched(&self) -> Result<(), StoreError> {
        self.touched()
            .take_all()
            .into_iter()
            .try_for_each(|(number, touch)| self.touch(number, &touch))
    }

    /// Writes an event that readers see as before, so that it is found as before.
    fn touch(&self, number: i64, touch: &Touch) -> Result<(), StoreError> {
        let Touch { event, stamp, recorded, because } = touch;
        let held = Held::new(event)?;
        let sql = "update event set precision = ?2, stamp = max(stamp, ?3), body = ?4 where n = ?1";
        let of = params![number, event.when.precision.name(), stamp, held.body];
        self.connection().prepare_cached(sql)?.execute(of)?;
        self.mark_stale(number);
        let recorded = recorded.timestamp_millis();
        self.drop_unseen(number, recorded)?;
        self.put_revision(*stamp, (number, &held), recorded, *because, Told::Minor)
    }

    /// Lets an event hold the mentions of `now`, and none else but those that only repeat.
    fn hold_mentions(&self, event: i64, now: &Event) -> Result<(), StoreError> {
        let take = |mention: MentionId| -> Result<i64, StoreError> {
            let missing = || StoreError::Missing { what: "mention", id: mention.to_string() };
            self.number_of(mention)?.ok_or_else(missing)
        };
        let sql = "delete from event_mention where mention = ?1 and event = ?2";
        let mut let_go = self.connection().prepare_cached(sql)?;
        // What is kept lately is all that it holds.
        if let Some(before) = self.recent().event(event) {
            let held = |of: &Event, mention| of.mentions.binary_search(mention).is_ok();
            for mention in now.mentions.iter().filter(|mention| !held(&before, mention)) {
                self.hold_mention(take(mention.1)?, event)?;
            }
            for mention in before.mentions.iter().filter(|mention| !held(now, mention)) {
                if let Some(number) = self.number_of(mention.1)? {
                    let_go.execute([number, event])?;
                }
            }
            return Ok(());
        }
        let sql = "select event_mention.mention from event_mention
                   join mention_facts on mention_facts.mention = event_mention.mention
                   where event_mention.event = ?1";
        let mut gone: BTreeSet<i64> = self
            .connection()
            .prepare_cached(sql)?
            .query_map([event], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for (_, mention) in &now.mentions {
            let number = take(*mention)?;
            if !gone.remove(&number) {
                self.hold_mention(number, event)?;
            }
        }
        gone.into_iter().try_for_each(|mention| let_go.execute([mention, event]).map(drop))?;
        Ok(())
    }

    fn hold_mention(&self, mention: i64, event: i64) -> Result<(), StoreError> {
        // Not as one statement for both: for what it may have to undo, SQLite copies the page first.
        let sql = if self.holder(mention)?.is_some() {
            self.move_repeats(mention, event)?;
            "update event_mention set event = ?2 where mention = ?1"
        } else {
            "insert into event_mention (mention, event) values (?1, ?2)"
        };
        self.connection().prepare_cached(sql)?.execute([mention, event])?;
        Ok(())
    }

    /// Lets what repeats a mention go with it to another event.
    fn move_repeats(&self, mention: i64, event: i64) -> Result<(), StoreError> {
        let sql = "update event_mention set event = ?2 where mention in
                     (select n from mention where repeats = 1
                        and wording = (select wording from mention where n = ?1))";
        self.connection().prepare_cached(sql)?.execute([mention, event])?;
        Ok(())
    }

    /// Notes that an event is shown otherwise from now on, without a revision.
    pub(super) fn restamp(&self, event: i64) -> Result<(), StoreError> {
        let sql = "update event set stamp = ?2 where n = ?1";
        self.connection().prepare_cached(sql)?.execute([event, self.next_sequence()])?;
        self.mark_stale(event);
        Ok(())
    }
}

impl Reading<'_> {
    /// Our number of an event.
    pub(super) fn event_number(&self, id: EventId) -> Result<i64, StoreError> {
        let mut statement =
            self.connection().prepare_cached("select n from event where id = ?1")?;
        let number = statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?;
        number.ok_or_else(|| StoreError::Missing { what: "event", id: id.to_string() })
    }

    /// An event as it is, or was last.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the id was never given out; [`StoreError`] when the database fails or holds
    /// what it should not.
    pub fn last_known(&self, id: EventId) -> Result<Event, StoreError> {
        self.event_at(self.event_number(id)?)
    }
}

/// The key of a cause; articles and corrections share the column.
fn key(cause: &Cause) -> [u8; 16] {
    match cause {
        Cause::Article(id) => *id.as_bytes(),
        Cause::Correction { id, .. } => *id.as_bytes(),
    }
}

/// An event with its row.
#[derive(Debug)]
pub(super) struct Held<'e> {
    event: &'e Event,
    body: String,
}

impl<'e> Held<'e> {
    pub(super) fn new(event: &'e Event) -> Result<Self, StoreError> {
        Ok(Self { event, body: row::to_json(TABLE, &EventRow::of(event))? })
    }
}

/// How a state of an event that readers see is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Told<'a> {
    /// As a revision, with these fields changed: name, value before, value after.
    Revision(&'a [(&'a str, &'a str, &'a str)]),
    /// Not at all: it says the same, by more sources or more surely.
    Minor,
}

/// First and last day of an event, and the day it is listed under.
pub(super) fn days(event: &Event) -> (Option<String>, Option<String>, String) {
    let range = event.when.when.range();
    let (first, last) = (range.first().map(row::iso_day), range.last().map(row::iso_day));
    let day = first.clone().or_else(|| last.clone()).unwrap_or_default();
    (first, last, day)
}

/// An event as [`read`] answers it: the finer part of its instants is not stored.
fn as_read(event: &Event) -> Event {
    const MILLISECONDS: u16 = 3;
    Event {
        first_seen: event.first_seen.trunc_subsecs(MILLISECONDS),
        changed: event.changed.trunc_subsecs(MILLISECONDS),
        ..event.clone()
    }
}

/// The event in a row.
pub(super) fn read(id: EventId, body: &str) -> Result<Event, StoreError> {
    row::from_json::<EventRow>(TABLE, body)?.into_event(id)
}
