//! What consolidation asks while an article is written.

use super::{
    Reading, StoreError, Writing, event,
    known::MENTION,
    mention,
    recent::{Look, Recent},
};
use crate::{
    event::{Claim, Event, Facts, Ledger, Ruling, Window},
    model::{ArticleId, EventId, MentionId},
};
use rusqlite::{OptionalExtension as _, params};
use std::{collections::BTreeSet, sync::Arc};

impl Ledger for Writing<'_> {
    type Error = StoreError;

    fn met_in(&self, windows: &[Window]) -> Result<Vec<Arc<Facts>>, StoreError> {
        let mut numbers: Vec<i64> = Vec::new();
        for window in windows {
            self.look(window, &mut numbers)?;
        }
        numbers.sort_unstable();
        numbers.dedup();
        let facts = |number| match self.recent().facts(number) {
            Some(facts) => Ok(facts),
            None => {
                let facts = Arc::new(self.facts_at(number)?);
                self.recent().keep_facts(number, Arc::clone(&facts));
                Ok(facts)
            }
        };
        numbers.into_iter().map(facts).collect()
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

    fn events_holding(&self, mentions: &[MentionId]) -> Result<Vec<Arc<Event>>, StoreError> {
        let mut events = BTreeSet::new();
        for id in mentions {
            if let Some(event) = self.recent().holder(*id) {
                events.insert(event);
            } else if let Some(number) = self.number_of(*id)?
                && let Some(event) = self.holder(number)?
                && events.insert(event)
                && self.recent().event(event).is_none()
            {
                self.recent().keep_event(event, &self.event_now(event)?);
            }
        }
        let event = |number| match self.recent().event(number) {
            Some(event) => Ok(event),
            None => self.event_now(number),
        };
        events.into_iter().map(event).collect()
    }

    fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        let Some(event) = self.in_state(id, "live")? else { return Ok(None) };
        let touched = self.touched().event(self.event_number(id)?);
        Ok(Some(touched.map_or(event, Arc::unwrap_or_clone)))
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
    /// The mentions that stand in a window.
    fn look(&self, window: &Window, numbers: &mut Vec<i64>) -> Result<(), StoreError> {
        let recent = self.recent();
        let mut answer = recent.look(window, numbers);
        if answer == Look::Unknown {
            let sql = "select day, mention from mention_slot where key = ?1 limit ?2";
            let mut statement = self.connection().prepare_cached(sql)?;
            let rows = statement.query_map(params![window.key, Recent::LONGEST + 1], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            recent.keep_shelf(window.key, rows.collect::<Result<_, _>>()?);
            answer = recent.look(window, numbers);
        }
        if answer == Look::TooMany {
            let sql = "select mention from mention_slot where key = ?1 and day between ?2 and ?3";
            let mut statement = self.connection().prepare_cached(sql)?;
            let mut rows = statement.query(params![window.key, window.first, window.last])?;
            while let Some(row) = rows.next()? {
                numbers.push(row.get(0)?);
            }
        }
        Ok(())
    }

    /// An event as it is now, written or not.
    fn event_now(&self, number: i64) -> Result<Arc<Event>, StoreError> {
        match self.touched().event(number) {
            Some(event) => Ok(event),
            None => self.event_at(number).map(Arc::new),
        }
    }

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
        let sql = format!(
            "select mention.n, article.id, mention.body
             from mention join article on article.n = mention.article where mention.n = {MENTION}"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query([id.as_bytes()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let article = ArticleId::from_bytes(row.get(1)?);
        let claim = mention::claim(id, article, mention::text(row.get_ref(2)?)?)?;
        Ok(Some((row.get(0)?, claim)))
    }

    pub(super) fn event_at(&self, number: i64) -> Result<Event, StoreError> {
        let mut statement =
            self.connection().prepare_cached("select id, body from event where n = ?1")?;
        let mut rows = statement.query([number])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreError::Missing { what: "event", id: number.to_string() })?;
        event::read(EventId::from_bytes(row.get(0)?), mention::text(row.get_ref(1)?)?)
    }

    /// Our number of the event that holds a mention.
    pub(super) fn holder(&self, mention: i64) -> Result<Option<i64>, StoreError> {
        let sql = "select event from event_mention where mention = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row([mention], |row| row.get(0)).optional()?)
    }
}
