//! What an arrival can touch: the claims that are linked to its claims, directly or through others.

use super::{
    Arrival, BlockKey, Claim, Event, Ledger, Options,
    block::reach,
    facts::Facts,
    same::{Bond, judge},
};
use crate::model::MentionId;
use std::collections::{BTreeMap, BTreeSet};

/// The claims that are to be clustered anew, and the events that hold them so far.
pub(super) struct Region {
    /// As they stand after the arrival.
    pub(super) claims: BTreeMap<MentionId, Claim>,
    /// The events that hold any of them, or any that the article no longer makes.
    pub(super) events: Vec<Event>,
}

/// Follows the links from the claims that the article made and makes to all claims they lead to.
pub(super) fn gather<L: Ledger>(
    ledger: &L,
    arrival: &Arrival,
    options: &Options,
) -> Result<Region, L::Error> {
    let mut search = Search::new(arrival, options);
    let mut frontier: Vec<Claim> = arrival.before.iter().chain(&arrival.now).cloned().collect();
    loop {
        while !frontier.is_empty() {
            frontier = search.step(ledger, &frontier)?;
        }
        let events = ledger.events_holding(&search.touched())?;
        // Under constant rules an event never reaches beyond the links. After a change of rules it may.
        let stray: Vec<MentionId> = events
            .iter()
            .flat_map(|event| &event.mentions)
            .filter(|(article, mention)| {
                *article != arrival.article && !search.region.contains_key(mention)
            })
            .map(|(_, mention)| *mention)
            .collect();
        if stray.is_empty() {
            return Ok(Region { claims: search.region, events });
        }
        let found = ledger.claims_of(&stray)?;
        if found.is_empty() {
            return Ok(Region { claims: search.region, events });
        }
        search.region.extend(found.iter().map(|claim| (claim.mention.id, claim.clone())));
        frontier = found;
    }
}

struct Search<'a> {
    arrival: &'a Arrival,
    limit: usize,
    asked: BTreeSet<BlockKey>,
    /// Claims that were met and are linked to nothing so far.
    pool: BTreeMap<MentionId, Claim>,
    region: BTreeMap<MentionId, Claim>,
}

impl<'a> Search<'a> {
    fn new(arrival: &'a Arrival, options: &Options) -> Self {
        let now = arrival.now.iter().map(|claim| (claim.mention.id, claim.clone()));
        Self {
            arrival,
            limit: options.candidates,
            asked: BTreeSet::new(),
            pool: BTreeMap::new(),
            region: now.collect(),
        }
    }

    /// Adds the claims that are linked to `frontier`, and returns them.
    fn step<L: Ledger>(&mut self, ledger: &L, frontier: &[Claim]) -> Result<Vec<Claim>, L::Error> {
        let frontier: Vec<Facts<'_>> = frontier.iter().map(Facts::new).collect();
        let keys: BTreeSet<BlockKey> = frontier.iter().flat_map(reach).collect();
        let keys: Vec<BlockKey> = keys.difference(&self.asked).copied().collect();
        for claim in ledger.claims_under(&keys)? {
            let id = claim.mention.id;
            if claim.article != self.arrival.article && !self.region.contains_key(&id) {
                self.pool.insert(id, claim);
            }
        }
        self.asked.extend(keys);
        let linked = |claim: &Claim| {
            let facts = Facts::new(claim);
            let one_article = |other: &Facts<'_>| other.claim.article == claim.article;
            frontier.iter().any(|other| judge(other, &facts, one_article(other)).bond == Bond::Same)
        };
        let room = self.limit.saturating_sub(self.region.len());
        let found: Vec<Claim> =
            self.pool.values().filter(|claim| linked(claim)).take(room).cloned().collect();
        for claim in &found {
            self.pool.remove(&claim.mention.id);
            self.region.insert(claim.mention.id, claim.clone());
        }
        Ok(found)
    }

    /// All mentions whose event may change, those that are gone included.
    fn touched(&self) -> Vec<MentionId> {
        let gone = self.arrival.before.iter().map(|claim| claim.mention.id);
        let mut touched: Vec<MentionId> = self.region.keys().copied().chain(gone).collect();
        touched.sort_unstable();
        touched.dedup();
        touched
    }
}
