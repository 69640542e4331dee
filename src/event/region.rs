//! What an arrival can touch: the claims that are linked to its claims, directly or through others.

use super::{
    Arrival, Claim, Event, Heirs, Ledger, Options, Window,
    block::reach,
    facts::{Facts, Words},
    same::{Bond, tie},
};
use crate::model::{ArticleId, EventId, MentionId};
use foldhash::HashSet;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The claims that are to be clustered anew, and the events that hold them so far.
pub(super) struct Region {
    /// As they stand after the arrival.
    pub(super) claims: BTreeMap<MentionId, Arc<Claim>>,
    /// What of them is compared.
    pub(super) facts: BTreeMap<MentionId, Arc<Facts>>,
    /// The events that hold any of them, or any that the article no longer makes.
    pub(super) events: Vec<Arc<Event>>,
}

impl Region {
    /// The ids of its events.
    pub(super) fn ids(&self) -> Vec<EventId> {
        self.events.iter().map(|event| event.id).collect()
    }

    /// One of its claims.
    pub(super) fn claim(&self, mention: MentionId) -> Option<&Claim> {
        self.claims.get(&mention).map(|claim| &**claim)
    }
}

/// Follows the links from the claims that the article made and makes to all claims they lead to.
pub(super) fn gather<L: Ledger>(
    ledger: &L,
    arrival: &Arrival,
    options: &Options,
) -> Result<Region, L::Error> {
    let none = Heirs::default();
    let mut search = Search::new(Some(arrival.article), &none, options);
    let now = arrival.now.iter().map(|claim| (claim.mention.id, Arc::new(claim.clone())));
    search.claims = now.collect();
    search.gone = arrival.before.iter().map(|claim| claim.mention.id).collect();
    let facts = |claim| Arc::new(Facts::new(claim));
    let now: Vec<Arc<Facts>> = arrival.now.iter().map(facts).collect();
    let mut frontier: Vec<Arc<Facts>> = arrival.before.iter().map(facts).collect();
    frontier.extend(now.iter().cloned());
    search.region = now.into_iter().map(|facts| (facts.mention, facts)).collect();
    search.close(ledger, frontier)
}

/// Follows the links from `mentions`, so far as they are stored, to all claims they lead to. `heirs` are the
/// claims that stand for those from which events were made.
pub(super) fn around<L: Ledger>(
    ledger: &L,
    mentions: &[MentionId],
    heirs: &Heirs,
    options: &Options,
) -> Result<Region, L::Error> {
    let mut search = Search::new(None, heirs, options);
    let frontier = search.read(ledger, mentions)?;
    search.close(ledger, frontier)
}

struct Search<'h> {
    heirs: &'h Heirs,
    /// The article whose claims are not taken from the ledger.
    article: Option<ArticleId>,
    limit: usize,
    /// Mentions that the article no longer makes, or makes anew.
    gone: Vec<MentionId>,
    /// What was looked up already.
    asked: HashSet<Window>,
    followed: HashSet<Words>,
    /// What was met and is linked to nothing so far.
    pool: BTreeMap<MentionId, Arc<Facts>>,
    region: BTreeMap<MentionId, Arc<Facts>>,
    /// Those of the region that were read in full.
    claims: BTreeMap<MentionId, Arc<Claim>>,
}

impl<'h> Search<'h> {
    fn new(article: Option<ArticleId>, heirs: &'h Heirs, options: &Options) -> Self {
        Self {
            heirs,
            article,
            limit: options.candidates,
            gone: Vec::new(),
            asked: HashSet::default(),
            followed: HashSet::default(),
            pool: BTreeMap::new(),
            region: BTreeMap::new(),
            claims: BTreeMap::new(),
        }
    }

    /// Goes on from `frontier` until nothing more is found.
    fn close<L: Ledger>(
        mut self,
        ledger: &L,
        mut frontier: Vec<Arc<Facts>>,
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
                .filter(|(article, _)| Some(*article) != self.article)
                .map(|(_, mention)| self.heirs.of(*mention))
                .filter(|mention| !self.region.contains_key(mention))
                .collect();
            frontier = self.read(ledger, &stray)?;
            if frontier.is_empty() {
                let unread = |mention: &&MentionId| !self.claims.contains_key(mention);
                let unread: Vec<MentionId> = self.region.keys().filter(unread).copied().collect();
                self.read(ledger, &unread)?;
                return Ok(Region { claims: self.claims, facts: self.region, events });
            }
        }
    }

    /// Adds what is linked to `frontier`, and returns it.
    fn step<L: Ledger>(
        &mut self,
        ledger: &L,
        frontier: &[Arc<Facts>],
    ) -> Result<Vec<Arc<Facts>>, L::Error> {
        let windows = self.unasked(frontier);
        for facts in ledger.met_in(&windows)? {
            if Some(facts.article) != self.article && !self.region.contains_key(&facts.mention) {
                self.pool.insert(facts.mention, facts);
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
            .filter(|(_, facts)| linked(facts))
            .map(|(mention, _)| *mention)
            .take(room)
            .collect();
        let found: Vec<Arc<Facts>> =
            found.iter().filter_map(|mention| self.pool.remove(mention)).collect();
        self.region.extend(found.iter().map(|facts| (facts.mention, Arc::clone(facts))));
        Ok(found)
    }

    /// The windows of `frontier` that were not looked into before, sorted.
    fn unasked(&mut self, frontier: &[Arc<Facts>]) -> Vec<Window> {
        let mut windows = Vec::new();
        for facts in frontier {
            if !self.followed.contains(&facts.words) {
                windows.extend(reach(&facts.words));
                self.followed.insert(facts.words.clone());
            }
        }
        windows.retain(|window| self.asked.insert(*window));
        windows.sort_unstable();
        windows
    }

    /// Reads claims in full, and takes them into the region where they are not there.
    fn read<L: Ledger>(
        &mut self,
        ledger: &L,
        mentions: &[MentionId],
    ) -> Result<Vec<Arc<Facts>>, L::Error> {
        if mentions.is_empty() {
            return Ok(Vec::new());
        }
        let mut read = Vec::new();
        for claim in ledger.claims_of(mentions)? {
            let id = claim.mention.id;
            let facts = self.region.entry(id).or_insert_with(|| Arc::new(Facts::new(&claim)));
            read.push(Arc::clone(facts));
            self.claims.insert(id, claim);
        }
        Ok(read)
    }

    /// All mentions whose event may change, those that are gone included.
    fn touched(&self) -> Vec<MentionId> {
        let all = self.region.keys().chain(&self.gone).copied();
        all.collect::<BTreeSet<MentionId>>().into_iter().collect()
    }
}
