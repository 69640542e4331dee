//! What consolidation asks while an article is written.

use super::{Reading, StoreError, Writing, event, mention};
use crate::{
    event::{BlockKey, Claim, Event, Ledger, Ruling},
    model::{ArticleId, EventId, MentionId},
};
use rusqlite::{OptionalExtension as _, params};
use std::collections::BTreeSet;

impl Ledger for Writing<'_> {
    type Error = StoreError;

    fn claims_under(&self, keys: &[BlockKey]) -> Result<Vec<Claim>, StoreError> {
        let sql = "select mention from mention_block where key = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut numbers: BTreeSet<i64> = BTreeSet::new();
        for key in keys {
            let mut rows = statement.query([key.0])?;
            while let Some(row) = rows.next()? {
                numbers.insert(row.get(0)?);
            }
        }
        numbers.into_iter().map(|number| self.claim_at(number)).collect()
    }

    fn claims_of(&self, mentions: &[MentionId]) -> Result<Vec<Claim>, StoreError> {
        let numbers: Result<BTreeSet<i64>, StoreError> =
            mentions.iter().filter_map(|id| self.mention_number(*id).transpose()).collect();
        numbers?.into_iter().map(|number| self.claim_at(number)).collect()
    }

    fn events_holding(&self, mentions: &[MentionId]) -> Result<Vec<Event>, StoreError> {
        let mut events = BTreeSet::new();
        for id in mentions {
            if let Some(number) = self.mention_number(*id)? {
                events.extend(self.holder(number)?);
            }
        }
        events.into_iter().map(|number| self.event_at(number)).collect()
    }

    fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        self.in_state(id, "live")
    }

    fn is_taken(&self, id: EventId) -> Result<bool, StoreError> {
        let mut statement =
            self.connection().prepare_cached("select 1 from event where id = ?1")?;
        Ok(statement.exists([id.as_bytes()])?)
    }

    fn withdrawn(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        self.in_state(id, "withdrawn")
    }

    fn rulings(&self, events: &[EventId]) -> Result<Vec<Ruling>, StoreError> {
        self.rulings_on(events)
    }
}

impl Reading<'_> {
    fn in_state(&self, id: EventId, state: &str) -> Result<Option<Event>, StoreError> {
        let sql = "select body from event where id = ?1 and state = ?2";
        let mut statement = self.connection().prepare_cached(sql)?;
        let body: Option<String> =
            statement.query_row(params![id.as_bytes(), state], |row| row.get(0)).optional()?;
        body.map(|body| event::read(id, &body)).transpose()
    }

    fn claim_at(&self, number: i64) -> Result<Claim, StoreError> {
        let sql = "select mention.id, article.id, mention.body
                   from mention join article on article.n = mention.article where mention.n = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([number])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreError::Missing { what: "mention", id: number.to_string() })?;
        let id = MentionId::from_bytes(row.get(0)?);
        let article = ArticleId::from_bytes(row.get(1)?);
        mention::claim(id, article, mention::text(row.get_ref(2)?)?)
    }

    fn event_at(&self, number: i64) -> Result<Event, StoreError> {
        let mut statement =
            self.connection().prepare_cached("select id, body from event where n = ?1")?;
        let mut rows = statement.query([number])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreError::Missing { what: "event", id: number.to_string() })?;
        event::read(EventId::from_bytes(row.get(0)?), mention::text(row.get_ref(1)?)?)
    }

    /// Our number of a mention.
    pub(super) fn mention_number(&self, id: MentionId) -> Result<Option<i64>, StoreError> {
        let mut statement =
            self.connection().prepare_cached("select n from mention where id = ?1")?;
        Ok(statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// Our number of the event that holds a mention.
    pub(super) fn holder(&self, mention: i64) -> Result<Option<i64>, StoreError> {
        let sql = "select event from event_mention where mention = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([mention], |row| row.get(0)).optional()?)
    }
}
