//! Events after many articles were read again: put together once, when all of them say what they say now.
//!
//! Taken article by article, a change of rules would part an event into those of its claims that were read
//! again and those that were not yet, give the parts ids, and merge them again later: ids would be lost that
//! nothing in the end speaks against.

use super::{
    Changes, Claim, Event, Ledger, Options,
    consolidate::{Case, settle},
    identity::successors,
    pins::hidden,
    region::around,
};
use crate::model::{EventId, MentionId};
use chrono::{DateTime, Utc};
use std::{collections::BTreeMap, sync::Arc};

/// Which claims stand for which that their articles made before.
#[derive(Debug, Default)]
pub struct Heirs(BTreeMap<MentionId, MentionId>);

impl Heirs {
    /// Of the claims `before` of an article that was read again, which the claims `now` stand for.
    pub fn add(&mut self, before: &[Claim], now: &[Claim]) {
        self.0.extend(successors(before, now));
    }

    /// The claim that stands for `mention` today: itself, where no other does.
    #[must_use]
    pub fn of(&self, mention: MentionId) -> MentionId {
        self.0.get(&mention).copied().unwrap_or(mention)
    }
}

/// What came of [`resettle`].
#[derive(Debug, Default)]
pub struct Resettled {
    /// What changes.
    pub changes: Changes,
    /// The events, as they were, and the claims on which that has a bearing: they are settled.
    pub events: Vec<EventId>,
    /// The claims.
    pub mentions: Vec<MentionId>,
}

/// Puts together anew what hangs together with `event`, or with `mentions`, after the articles that tell it
/// were read again. The ledger holds the claims as they are now, and the events as they were, those of claims
/// that are no more with their heirs. An event goes on as that in which most of its claims are found again.
/// Reads the ledger and changes nothing itself.
///
/// # Errors
/// When the ledger cannot be read.
pub fn resettle<L: Ledger>(
    ledger: &L,
    event: Option<Arc<Event>>,
    mentions: &[MentionId],
    heirs: &Heirs,
    at: DateTime<Utc>,
    options: &Options,
) -> Result<Resettled, L::Error> {
    let mut start = mentions.to_vec();
    start.extend(event.iter().flat_map(|event| &event.mentions).map(|(_, id)| heirs.of(*id)));
    let mut region = around(ledger, &start, heirs, options)?;
    if let Some(event) = event.filter(|event| !region.ids().contains(&event.id)) {
        region.events.push(event);
    }
    let rulings = ledger.rulings(&region.ids())?;
    let was_hidden = hidden(&rulings);
    let mut case = Case::new(&region, None, at);
    case.succeed(|mention| heirs.of(mention));
    let changes = settle(ledger, &region, case, rulings, &was_hidden)?;
    let mentions = region.facts.keys().copied().collect();
    Ok(Resettled { changes, events: region.ids(), mentions })
}
