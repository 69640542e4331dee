//! What consolidation asks while an article is written.

use super::{Reading, StoreError, Writing, event, mention};
use crate::{
    event::{Claim, Event, Facts, Ledger, Ruling, Window},
    model::{ArticleId, EventId, MentionId},
};
use rusqlite::{OptionalExtension as _, params};
use std::{collections::BTreeSet, sync::Arc};

impl Ledger for Writing<'_> {
    type Error = StoreError;

    fn met_in(&self, windows: &[Window]) -> Result<Vec<Facts>, StoreError> {
        let sql = "select mention from mention_slot where key = ?1 and day between ?2 and ?3";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut numbers: Vec<i64> = Vec::new();
        for window in windows {
            let mut rows = statement.query(params![window.key, window.first, window.last])?;
            while let Some(row) = rows.next()? {
                numbers.push(row.get(0)?);
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| self.facts_at(number)).collect()
    }

    fn claims_of(&self, mentions: &[MentionId]) -> Result<Vec<Arc<Claim>>, StoreError> {
        let recent = self.recent();
        let mut claims = Vec::with_capacity(mentions.len());
        for id in mentions {
            if let Some(claim) = recent.claim(*id) {
                claims.push(claim);
            } else if let Some((number, claim)) = self.claim_with(*id)? {
                let claim = Arc::new(claim);
                recent.keep(number, &claim);
                claims.push(claim);
            }
        }
        Ok(claims)
    }

    fn events_holding(&self, mentions: &[MentionId]) -> Result<Vec<Event>, StoreError> {
        let mut events = BTreeSet::new();
        for id in mentions {
            if let Some(number) = self.number_of(*id)? {
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

impl Writing<'_> {
    /// As [`Reading::mention_number`], sooner for what was met lately.
    pub(super) fn number_of(&self, id: MentionId) -> Result<Option<i64>, StoreError> {
        match self.recent().number(id) {
            Some(number) => Ok(Some(number)),
            None => self.mention_number(id),
        }
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

    fn facts_at(&self, number: i64) -> Result<Facts, StoreError> {
        const TABLE: &str = "mention_facts";
        let sql = "select facts from mention_facts where mention = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([number])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreError::Missing { what: TABLE, id: number.to_string() })?;
        let bytes = row.get_ref(0)?.as_blob().map_err(|error| StoreError::row(TABLE, error))?;
        Facts::from_bytes(bytes)
            .ok_or_else(|| StoreError::row(TABLE, format!("{number} cannot be read")))
    }

    fn claim_with(&self, id: MentionId) -> Result<Option<(i64, Claim)>, StoreError> {
        let sql = "select mention.n, article.id, mention.body
                   from mention join article on article.n = mention.article where mention.id = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([id.as_bytes()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let article = ArticleId::from_bytes(row.get(1)?);
        let claim = mention::claim(id, article, mention::text(row.get_ref(2)?)?)?;
        Ok(Some((row.get(0)?, claim)))
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
