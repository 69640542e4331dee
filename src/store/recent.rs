//! What was read lately: what is in the news is told by article after article, and each of them needs the
//! claims and events of all before.

use super::StoreError;
use crate::{
    event::{Claim, Event, Facts, Slot, Window},
    model::MentionId,
};
use foldhash::HashMap;
use rusqlite::Connection;
use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

/// The most claims that are kept; some megabytes.
const CLAIMS: usize = 2048;

/// The most claims of which what is compared is kept; two megabytes.
const FACTS: usize = 8192;

/// The most events that are kept; two megabytes.
const EVENTS: usize = 1024;

/// The most places of claims in the index that are kept, with those looked at that are empty; three megabytes.
const PLACES: usize = 1 << 16;

/// Claims, events and parts of the index as they stand in the database. The writing thread has one, changes in
/// it what it changes, and drops all when a transaction is undone or another program has written.
#[derive(Debug, Default)]
pub(super) struct Recent {
    /// Each with its number.
    claims: RefCell<HashMap<MentionId, (i64, Arc<Claim>)>>,
    /// By the number of the mention.
    facts: RefCell<HashMap<i64, Arc<Facts>>>,
    shelves: RefCell<Shelves>,
    events: RefCell<Events>,
    /// SQLite's number of the state that other connections left.
    version: Cell<i64>,
}

/// What stands under some keys of the index: day and mention, sorted. `None` where that is too much to keep.
#[derive(Debug, Default)]
struct Shelves {
    by_key: HashMap<i64, Option<Vec<(i32, i64)>>>,
    places: usize,
}

#[derive(Debug, Default)]
struct Events {
    by_number: HashMap<i64, Arc<Event>>,
    /// Which of them holds a mention.
    holders: HashMap<MentionId, i64>,
}

/// What is known of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// All that stands in it.
    Done,
    /// Nothing so far.
    Unknown,
    /// That too much stands under its key to be kept.
    TooMany,
}

impl Recent {
    /// The longest list of claims under one key that is kept.
    pub(super) const LONGEST: u32 = 1 << 13;

    /// To be called when a transaction begins.
    pub(super) fn begin(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached("pragma data_version")?;
        let version = statement.query_row([], |row| row.get(0))?;
        if self.version.replace(version) != version {
            self.forget_all();
        }
        Ok(())
    }

    pub(super) fn forget_all(&self) {
        self.claims.borrow_mut().clear();
        self.facts.borrow_mut().clear();
        *self.shelves.borrow_mut() = Shelves::default();
        *self.events.borrow_mut() = Events::default();
    }

    pub(super) fn claim(&self, mention: MentionId) -> Option<Arc<Claim>> {
        self.claims.borrow().get(&mention).map(|(_, claim)| Arc::clone(claim))
    }

    pub(super) fn number(&self, mention: MentionId) -> Option<i64> {
        self.claims.borrow().get(&mention).map(|(number, _)| *number)
    }

    pub(super) fn keep(&self, number: i64, claim: &Arc<Claim>) {
        let mut claims = self.claims.borrow_mut();
        if claims.len() >= CLAIMS {
            claims.clear();
        }
        claims.insert(claim.mention.id, (number, Arc::clone(claim)));
    }

    pub(super) fn forget(&self, mention: MentionId) {
        self.claims.borrow_mut().remove(&mention);
    }

    pub(super) fn facts(&self, mention: i64) -> Option<Arc<Facts>> {
        self.facts.borrow().get(&mention).cloned()
    }

    pub(super) fn keep_facts(&self, mention: i64, of: Arc<Facts>) {
        let mut facts = self.facts.borrow_mut();
        if facts.len() >= FACTS {
            facts.clear();
        }
        facts.insert(mention, of);
    }

    /// Adds the mentions that stand in a window, if what stands under its key is kept.
    pub(super) fn look(&self, window: &Window, mentions: &mut Vec<i64>) -> Look {
        let shelves = self.shelves.borrow();
        let Some(shelf) = shelves.by_key.get(&window.key) else { return Look::Unknown };
        let Some(shelf) = shelf else { return Look::TooMany };
        let from = shelf.partition_point(|(day, _)| *day < window.first);
        let standing = shelf.iter().skip(from).take_while(|(day, _)| *day <= window.last);
        mentions.extend(standing.map(|(_, mention)| *mention));
        Look::Done
    }

    /// Keeps all that stands under a key; `rows` are sorted.
    pub(super) fn keep_shelf(&self, key: i64, rows: Vec<(i32, i64)>) {
        let mut shelves = self.shelves.borrow_mut();
        if shelves.places > PLACES {
            *shelves = Shelves::default();
        }
        // An empty one takes its room too.
        shelves.places += rows.len() + 4;
        let shelf =
            (u32::try_from(rows.len()).is_ok_and(|rows| rows <= Self::LONGEST)).then_some(rows);
        shelves.by_key.insert(key, shelf);
    }

    /// Notes that a mention stands in some slots from now on.
    pub(super) fn shelve(&self, mention: i64, slots: &[Slot]) {
        let mut shelves = self.shelves.borrow_mut();
        for slot in slots {
            if let Some(Some(shelf)) = shelves.by_key.get_mut(&slot.key)
                && let Err(at) = shelf.binary_search(&(slot.day, mention))
            {
                shelf.insert(at, (slot.day, mention));
                shelves.places += 1;
            }
        }
    }

    /// Notes that a mention stands in no slot any longer.
    pub(super) fn unshelve(&self, mention: i64, slots: impl Iterator<Item = Slot>) {
        let mut shelves = self.shelves.borrow_mut();
        for slot in slots {
            if let Some(Some(shelf)) = shelves.by_key.get_mut(&slot.key) {
                shelf.retain(|place| *place != (slot.day, mention));
            }
        }
        self.facts.borrow_mut().remove(&mention);
    }

    pub(super) fn event(&self, number: i64) -> Option<Arc<Event>> {
        self.events.borrow().by_number.get(&number).cloned()
    }

    /// The number of an event that is kept and holds a mention.
    pub(super) fn holder(&self, mention: MentionId) -> Option<i64> {
        self.events.borrow().holders.get(&mention).copied()
    }

    /// Keeps an event that holds its mentions, in place of what was kept of it.
    pub(super) fn keep_event(&self, number: i64, event: &Arc<Event>) {
        self.forget_event(number);
        let mut events = self.events.borrow_mut();
        if events.by_number.len() >= EVENTS {
            *events = Events::default();
        }
        events.holders.extend(event.mentions.iter().map(|(_, mention)| (*mention, number)));
        events.by_number.insert(number, Arc::clone(event));
    }

    pub(super) fn forget_event(&self, number: i64) {
        let mut events = self.events.borrow_mut();
        let Some(event) = events.by_number.remove(&number) else { return };
        for (_, mention) in &event.mentions {
            if events.holders.get(mention) == Some(&number) {
                events.holders.remove(mention);
            }
        }
    }
}
