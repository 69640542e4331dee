//! A ledger in memory: for `dateline timeline`, which keeps nothing, and for tests.

use super::{
    Arrival, Changes, Claim, Corrected, Event, Facts, Fix, Ledger, Revision, Ruling, Slot, Window,
};
use crate::model::{ArticleId, EventId, MentionId};
use chrono::{DateTime, Utc};
use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    sync::Arc,
};

/// What an id leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// To this event, whose id it is.
    Here(Box<Event>),
    /// To the event into which its own was merged.
    Moved(EventId),
    /// To an event that no article claims any longer, or that an analyst hid.
    Gone,
    /// To nothing: it was never given out.
    Unknown,
}

/// One step in the history of the events.
#[derive(Debug, Clone)]
enum Step {
    Revised(Box<Revision>),
    Ended(EventId),
}

/// Claims, events and their history, in memory.
#[derive(Debug, Clone, Default)]
pub struct MemoryLedger {
    claims: BTreeMap<MentionId, Arc<Claim>>,
    index: BTreeMap<Slot, BTreeSet<MentionId>>,
    events: BTreeMap<EventId, Event>,
    holders: BTreeMap<MentionId, EventId>,
    redirects: BTreeMap<EventId, EventId>,
    /// Those that an analyst hid too; these go on holding mentions.
    withdrawn: BTreeMap<EventId, Event>,
    rulings: Vec<Ruling>,
    history: Vec<(DateTime<Utc>, Step)>,
}

impl MemoryLedger {
    /// An empty ledger.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Applies what [`super::consolidate`] answered to `arrival`, with the arrival itself.
    pub fn apply(&mut self, arrival: &Arrival, changes: Changes) {
        for claim in &arrival.before {
            self.forget(claim);
        }
        for claim in &arrival.now {
            self.file(claim);
        }
        self.change(arrival.at, changes);
    }

    /// Applies what [`super::correct`] answered.
    pub fn correct(&mut self, corrected: Corrected) {
        let Corrected { ruling, changes } = corrected;
        self.change(ruling.correction.recorded, changes);
        if let Fix::Undo(undone) = ruling.correction.fix {
            self.rulings.retain(|ruling| ruling.correction.id != undone);
        } else {
            self.rulings.push(ruling);
        }
    }

    fn change(&mut self, at: DateTime<Utc>, changes: Changes) {
        for (event, into) in changes.merged {
            self.end(event);
            self.redirects.insert(event, into);
            self.rulings.iter_mut().for_each(|ruling| ruling.moved(event, into));
            self.history.push((at, Step::Ended(event)));
        }
        for event in changes.withdrawn {
            if let Some(last) = self.end(event) {
                self.withdrawn.insert(event, last);
            }
            self.history.push((at, Step::Ended(event)));
        }
        for event in changes.hidden {
            self.release(event.id);
            self.take(&event);
            self.withdrawn.insert(event.id, event);
        }
        for event in changes.touched {
            self.hold(event);
        }
        for revision in changes.revised {
            self.release(revision.event.id);
            self.withdrawn.remove(&revision.event.id);
            self.hold(revision.event.clone());
            self.history.push((at, Step::Revised(Box::new(revision))));
        }
    }

    /// The claims that `article` made when it was read last, in the order of their keys.
    #[must_use]
    pub fn claims_by(&self, article: ArticleId) -> Vec<Claim> {
        let of = self.claims.values().filter(|claim| claim.article == article);
        of.map(|claim| Claim::clone(claim)).collect()
    }

    /// All events, in the order of their ids.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.values()
    }

    /// The claim behind a mention.
    #[must_use]
    pub fn claim(&self, mention: MentionId) -> Option<&Claim> {
        self.claims.get(&mention).map(|claim| &**claim)
    }

    /// What `id` leads to; redirects are followed to their end.
    #[must_use]
    pub fn find(&self, id: EventId) -> Whereabouts {
        if let Some(event) = self.events.get(&id) {
            return Whereabouts::Here(Box::new(event.clone()));
        }
        let mut at = id;
        while let Some(next) = self.redirects.get(&at) {
            at = *next;
        }
        if at != id && self.events.contains_key(&at) {
            Whereabouts::Moved(at)
        } else if self.withdrawn.contains_key(&at) {
            Whereabouts::Gone
        } else {
            Whereabouts::Unknown
        }
    }

    /// The revisions in the order in which they were recorded.
    pub fn revisions(&self) -> impl Iterator<Item = &Revision> {
        self.history.iter().filter_map(|(_, step)| match step {
            Step::Revised(revision) => Some(&**revision),
            Step::Ended(_) => None,
        })
    }

    /// The events as readers saw them at an instant, in the order of their ids.
    #[must_use]
    pub fn as_of(&self, instant: DateTime<Utc>) -> Vec<Event> {
        let mut events: BTreeMap<EventId, &Event> = BTreeMap::new();
        for (_, step) in self.history.iter().filter(|(at, _)| *at <= instant) {
            match step {
                Step::Revised(revision) => events.insert(revision.event.id, &revision.event),
                Step::Ended(id) => events.remove(id),
            };
        }
        events.into_values().cloned().collect()
    }

    fn file(&mut self, claim: &Claim) {
        for slot in Facts::new(claim).slots() {
            self.index.entry(slot).or_default().insert(claim.mention.id);
        }
        self.claims.insert(claim.mention.id, Arc::new(claim.clone()));
    }

    fn forget(&mut self, claim: &Claim) {
        for slot in Facts::new(claim).slots() {
            if let Some(standing) = self.index.get_mut(&slot) {
                standing.remove(&claim.mention.id);
            }
        }
        self.claims.remove(&claim.mention.id);
    }

    fn hold(&mut self, event: Event) {
        self.end(event.id);
        self.take(&event);
        self.events.insert(event.id, event);
    }

    fn take(&mut self, event: &Event) {
        self.holders.extend(event.mentions.iter().map(|(_, mention)| (*mention, event.id)));
    }

    fn end(&mut self, id: EventId) -> Option<Event> {
        self.release(id);
        self.events.remove(&id)
    }

    /// Lets go of the mentions that an event holds.
    fn release(&mut self, id: EventId) {
        let event = self.events.get(&id).or_else(|| self.withdrawn.get(&id));
        for (_, mention) in event.iter().flat_map(|event| &event.mentions) {
            if self.holders.get(mention) == Some(&id) {
                self.holders.remove(mention);
            }
        }
    }
}

impl Ledger for MemoryLedger {
    type Error = Infallible;

    fn met_in(&self, windows: &[Window]) -> Result<Vec<Arc<Facts>>, Infallible> {
        let days = |window: &Window| {
            let slot = |day| Slot { key: window.key, day };
            slot(window.first)..=slot(window.last)
        };
        let standing = windows.iter().flat_map(|window| self.index.range(days(window)));
        let mentions: BTreeSet<&MentionId> = standing.flat_map(|(_, mentions)| mentions).collect();
        let claims = mentions.into_iter().filter_map(|mention| self.claims.get(mention));
        Ok(claims.map(|claim| Arc::new(Facts::new(claim))).collect())
    }

    fn claims_of(&self, mentions: &[MentionId]) -> Result<Vec<Arc<Claim>>, Infallible> {
        Ok(mentions.iter().filter_map(|mention| self.claims.get(mention)).cloned().collect())
    }

    fn events_holding(&self, mentions: &[MentionId]) -> Result<Vec<Arc<Event>>, Infallible> {
        let ids: BTreeSet<&EventId> =
            mentions.iter().filter_map(|mention| self.holders.get(mention)).collect();
        let held = |id: &EventId| self.events.get(id).or_else(|| self.withdrawn.get(id)).cloned();
        Ok(ids.into_iter().filter_map(held).map(Arc::new).collect())
    }

    fn event(&self, id: EventId) -> Result<Option<Event>, Infallible> {
        Ok(self.events.get(&id).cloned())
    }

    fn is_taken(&self, id: EventId) -> Result<bool, Infallible> {
        Ok(self.find(id) != Whereabouts::Unknown)
    }

    fn withdrawn(&self, id: EventId) -> Result<Option<Event>, Infallible> {
        Ok(self.withdrawn.get(&id).cloned())
    }

    fn rulings(&self, events: &[EventId]) -> Result<Vec<Ruling>, Infallible> {
        let bears = |ruling: &&Ruling| ruling.on.iter().any(|on| events.contains(on));
        Ok(self.rulings.iter().filter(bears).cloned().collect())
    }
}
