//! Events that more sources tell, or tell more surely, and that readers see as before. What is in the news is
//! told by many articles of one commit: such an event is written once, before it, and of the states that it
//! had at one instant the last is kept.

use crate::event::Event;
use chrono::{DateTime, Utc};
use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

/// An event as it is to be written.
#[derive(Debug, Clone)]
pub(super) struct Touch {
    pub(super) event: Arc<Event>,
    /// The number of the change.
    pub(super) stamp: i64,
    pub(super) recorded: DateTime<Utc>,
    /// The key of its cause.
    pub(super) because: [u8; 16],
}

/// Those of a transaction, by the numbers of the events.
#[derive(Debug, Default)]
pub(super) struct Touched {
    pending: RefCell<BTreeMap<i64, Touch>>,
    /// What there was before each change, the last one at the end.
    undo: RefCell<Vec<(i64, Option<Touch>)>>,
}

impl Touched {
    /// The event, if it is to be written.
    pub(super) fn event(&self, number: i64) -> Option<Arc<Event>> {
        self.pending.borrow().get(&number).map(|touch| Arc::clone(&touch.event))
    }

    /// Whether any changed at another instant than `at`.
    pub(super) fn any_before(&self, at: DateTime<Utc>) -> bool {
        self.pending.borrow().values().next().is_some_and(|touch| touch.recorded != at)
    }

    pub(super) fn put(&self, number: i64, touch: Touch) {
        let before = self.pending.borrow_mut().insert(number, touch);
        self.undo.borrow_mut().push((number, before));
    }

    /// Takes an event out, for it is written otherwise.
    pub(super) fn take(&self, number: i64) {
        if let Some(touch) = self.pending.borrow_mut().remove(&number) {
            self.undo.borrow_mut().push((number, Some(touch)));
        }
    }

    /// Takes all out.
    pub(super) fn take_all(&self) -> BTreeMap<i64, Touch> {
        self.undo.take();
        self.pending.take()
    }

    /// Where [`Touched::undo`] goes back to.
    pub(super) fn mark(&self) -> usize {
        self.undo.borrow().len()
    }

    /// Undoes what changed since a mark.
    pub(super) fn undo(&self, mark: usize) {
        let mut pending = self.pending.borrow_mut();
        let mut undo = self.undo.borrow_mut();
        while undo.len() > mark
            && let Some((number, before)) = undo.pop()
        {
            match before {
                Some(touch) => pending.insert(number, touch),
                None => pending.remove(&number),
            };
        }
    }
}
