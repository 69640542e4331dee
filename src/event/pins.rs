//! What corrections ask of clustering: which claims stay together, and which stay apart, whatever the rules
//! say.

use super::{Fix, Ruling};
use crate::model::{EventId, MentionId};
use std::collections::{BTreeMap, BTreeSet};

/// The events that an analyst hid.
pub(super) fn hidden(rulings: &[Ruling]) -> BTreeSet<EventId> {
    let hides = rulings.iter().filter(|ruling| ruling.correction.fix == Fix::Hide);
    hides.flat_map(|ruling| ruling.on.iter().copied()).collect()
}

/// Claims that an analyst's decisions hold together or apart. Empty where there are none.
#[derive(Debug, Default)]
pub(super) struct Pins {
    /// Whose claim a mention is, as far as that matters.
    of: BTreeMap<MentionId, EventId>,
    /// The events whose claims stay together.
    whole: BTreeSet<EventId>,
    hidden: BTreeSet<EventId>,
    apart: BTreeSet<(EventId, EventId)>,
}

impl Pins {
    /// `held` are the mentions that each event is taken to hold.
    pub(super) fn new<'a>(
        rulings: &[Ruling],
        held: impl Iterator<Item = (EventId, &'a [MentionId])>,
    ) -> Self {
        let mut pins = Self { hidden: hidden(rulings), ..Self::default() };
        pins.whole.clone_from(&pins.hidden);
        for Ruling { correction, on } in rulings {
            match &correction.fix {
                Fix::Merge(_) => pins.whole.extend(on),
                Fix::Split { .. } => {
                    pins.whole.extend(on);
                    if let [one, two] = on.as_slice() {
                        pins.apart.insert((*one, *two));
                    }
                }
                _ => {}
            }
        }
        // What is hidden stays apart from all others, so it matters whose their claims are.
        for (event, mentions) in held {
            if pins.whole.contains(&event) || !pins.hidden.is_empty() {
                pins.of.extend(mentions.iter().map(|mention| (*mention, event)));
            }
        }
        pins
    }

    /// The event that held `mention`, where that matters.
    pub(super) fn of(&self, mention: MentionId) -> Option<EventId> {
        self.of.get(&mention).copied()
    }

    /// Whether the claims of two events must not be joined: an analyst split the one off the other, or hid
    /// one of them.
    pub(super) fn apart(&self, one: Option<EventId>, two: Option<EventId>) -> bool {
        let (Some(one), Some(two)) = (one, two) else { return false };
        let pair = (one.min(two), one.max(two));
        one != two
            && (self.apart.contains(&pair)
                || self.hidden.contains(&one)
                || self.hidden.contains(&two))
    }

    /// Joins the clusters that hold claims of one pinned event, unless that would join what must stay
    /// apart.
    pub(super) fn join(&self, clusters: Vec<Vec<MentionId>>) -> Vec<Vec<MentionId>> {
        if self.of.is_empty() {
            return clusters;
        }
        let mut joined: Vec<(BTreeSet<EventId>, Vec<MentionId>)> = Vec::new();
        for cluster in clusters {
            let mut of: BTreeSet<EventId> =
                cluster.iter().filter_map(|mention| self.of(*mention)).collect();
            let mut mentions = cluster;
            let mut rest = Vec::new();
            for (events, members) in joined {
                let apart = of
                    .iter()
                    .any(|one| events.iter().any(|two| self.apart(Some(*one), Some(*two))));
                let shared = of.intersection(&events).any(|event| self.whole.contains(event));
                if shared && !apart {
                    of.extend(events);
                    mentions.extend(members);
                } else {
                    rest.push((events, members));
                }
            }
            rest.push((of, mentions));
            joined = rest;
        }
        let mut clusters: Vec<Vec<MentionId>> =
            joined.into_iter().map(|(_, mentions)| mentions).collect();
        clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
        clusters.sort_unstable();
        clusters
    }
}
