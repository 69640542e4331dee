//! What an arrival can touch: the claims that are linked to its claims, directly or through others.

use super::{
    Arrival, BlockKey, Claim, Event, Ledger, Options,
    block::reach,
    facts::{Facts, Words},
    same::{Bond, tie},
};
use crate::model::{ArticleId, EventId, MentionId};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The claims that are to be clustered anew, and the events that hold them so far.
pub(super) struct Region {
    /// As they stand after the arrival.
    pub(super) claims: BTreeMap<MentionId, Prepared>,
    /// The events that hold any of them, or any that the article no longer makes.
    pub(super) events: Vec<Event>,
}

/// A claim, ready to be compared.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) claim: Claim,
    pub(super) facts: Facts,
}

impl From<Claim> for Prepared {
    fn from(claim: Claim) -> Self {
        Self { facts: Facts::new(&claim), claim }
    }
}

impl Region {
    /// The ids of its events.
    pub(super) fn ids(&self) -> Vec<EventId> {
        self.events.iter().map(|event| event.id).collect()
    }

    /// One of its claims.
    pub(super) fn claim(&self, mention: MentionId) -> Option<&Claim> {
        self.claims.get(&mention).map(|prepared| &prepared.claim)
    }
}

/// Follows the links from the claims that the article made and makes to all claims they lead to.
pub(super) fn gather<L: Ledger>(
    ledger: &L,
    arrival: &Arrival,
    options: &Options,
) -> Result<Region, L::Error> {
    let mut search = Search::new(Some(arrival.article), options);
    let both = || arrival.before.iter().chain(&arrival.now);
    let now = arrival.now.iter().map(|claim| (claim.mention.id, claim.clone().into()));
    search.region = now.collect();
    search.gone = arrival.before.iter().map(|claim| claim.mention.id).collect();
    search.close(ledger, both().map(Facts::new).collect())
}

/// Follows the links from `mentions`, which are stored, to all claims they lead to.
pub(super) fn around<L: Ledger>(
    ledger: &L,
    mentions: &[MentionId],
    options: &Options,
) -> Result<Region, L::Error> {
    let mut search = Search::new(None, options);
    let claims = ledger.claims_of(mentions)?;
    let frontier = claims.into_iter().map(|claim| search.take(claim.into())).collect();
    search.close(ledger, frontier)
}

struct Search {
    /// The article whose claims are not taken from the ledger.
    article: Option<ArticleId>,
    limit: usize,
    /// Mentions that the article no longer makes, or makes anew.
    gone: Vec<MentionId>,
    /// What was looked up already.
    asked: HashSet<BlockKey>,
    followed: HashSet<Words>,
    /// Claims that were met and are linked to nothing so far.
    pool: BTreeMap<MentionId, Prepared>,
    region: BTreeMap<MentionId, Prepared>,
}

impl Search {
    fn new(article: Option<ArticleId>, options: &Options) -> Self {
        Self {
            article,
            limit: options.candidates,
            gone: Vec::new(),
            asked: HashSet::new(),
            followed: HashSet::new(),
            pool: BTreeMap::new(),
            region: BTreeMap::new(),
        }
    }

    /// Goes on from `frontier` until nothing more is found.
    fn close<L: Ledger>(
        mut self,
        ledger: &L,
        mut frontier: Vec<Facts>,
    ) -> Result<Region, L::Error> {
        loop {
            while !frontier.is_empty() {
                frontier = self.step(ledger, &frontier)?;
            }
            let events = ledger.events_holding(&self.touched())?;
            // Under constant rules an event reaches beyond the links only where an analyst merged it. After
            // a change of rules any may.
            let stray: Vec<MentionId> = events
                .iter()
                .flat_map(|event| &event.mentions)
                .filter(|(article, mention)| {
                    Some(*article) != self.article && !self.region.contains_key(mention)
                })
                .map(|(_, mention)| *mention)
                .collect();
            let found = if stray.is_empty() { Vec::new() } else { ledger.claims_of(&stray)? };
            if found.is_empty() {
                return Ok(Region { claims: self.region, events });
            }
            frontier = found.into_iter().map(|claim| self.take(claim.into())).collect();
        }
    }

    /// Adds the claims that are linked to `frontier`, and returns them.
    fn step<L: Ledger>(&mut self, ledger: &L, frontier: &[Facts]) -> Result<Vec<Facts>, L::Error> {
        let keys = self.unasked(frontier);
        for claim in ledger.claims_under(&keys)? {
            let id = claim.mention.id;
            if Some(claim.article) != self.article && !self.region.contains_key(&id) {
                self.pool.insert(id, claim.into());
            }
        }
        let linked = |facts: &Facts| {
            frontier
                .iter()
                .any(|other| tie(other, facts, other.article == facts.article).bond == Bond::Same)
        };
        let room = self.limit.saturating_sub(self.region.len());
        let found: Vec<MentionId> = self
            .pool
            .iter()
            .filter(|(_, prepared)| linked(&prepared.facts))
            .map(|(mention, _)| *mention)
            .take(room)
            .collect();
        let found = found.iter().filter_map(|mention| self.pool.remove(mention));
        let found: Vec<Prepared> = found.collect();
        Ok(found.into_iter().map(|prepared| self.take(prepared)).collect())
    }

    /// The keys of `frontier` that were not looked up before, sorted.
    fn unasked(&mut self, frontier: &[Facts]) -> Vec<BlockKey> {
        let mut keys = Vec::new();
        for facts in frontier {
            if !self.followed.contains(&facts.words) {
                keys.extend(reach(&facts.words));
                self.followed.insert(facts.words.clone());
            }
        }
        keys.retain(|key| self.asked.insert(*key));
        keys.sort_unstable();
        keys
    }

    /// Takes a claim into the region.
    fn take(&mut self, prepared: Prepared) -> Facts {
        let facts = prepared.facts.clone();
        self.region.insert(facts.mention, prepared);
        facts
    }

    /// All mentions whose event may change, those that are gone included.
    fn touched(&self) -> Vec<MentionId> {
        let all = self.region.keys().chain(&self.gone).copied();
        all.collect::<BTreeSet<MentionId>>().into_iter().collect()
    }
}
