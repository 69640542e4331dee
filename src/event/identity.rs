//! Which cluster is which event: ids are given out once and never change their meaning.

use super::{
    Claim, Event, Ledger,
    facts::Facts,
    same::{Bond, judge},
};
use crate::model::{EventId, Located, MentionId};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// An event as it was before, with the mentions that it is taken to hold.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) event: Arc<Event>,
    /// Its mentions, with the successors of those that are no more.
    pub(super) held: Vec<MentionId>,
    /// Whether it is made just now, and nobody saw it before.
    pub(super) fresh: bool,
}

/// How alike, by [`judge`], a claim must be to one that an article made before, so that it is taken for the
/// same after an edit or with other rules, though the two contradict each other: the same kind and a party
/// or place, at least.
const ALIKE: u8 = 23;

/// Which claim of an article stands for which that it made before and makes no longer: an edit moves a claim in
/// the text, another rule reads the same words otherwise, and gives it another key. What a sentence tells of the
/// same people on the same day is the same, though it may now be taken for an agreement and was taken for a vote.
pub(super) fn successors(before: &[Claim], now: &[Claim]) -> BTreeMap<MentionId, MentionId> {
    let lacks = |claims: &[Claim], id: MentionId| claims.iter().all(|claim| claim.mention.id != id);
    let facts = |claims: &[Claim], others: &[Claim]| -> Vec<(Facts, Place)> {
        let only = claims.iter().filter(|claim| lacks(others, claim.mention.id));
        only.map(|claim| (Facts::new(claim), Place::of(claim))).collect()
    };
    let (gone, new) = (facts(before, now), facts(now, before));
    let mut pairs = Vec::new();
    for (old, was_at) in &gone {
        for (young, is_at) in &new {
            let judged = judge(old, young, false);
            let same = judged.bond == Bond::Same;
            let (kind, stays) = (old.words.kind == young.words.kind, was_at == is_at);
            let alike = judged.score >= ALIKE;
            let retold = was_at.0 == is_at.0 && judged.is_of_one_day_and_party();
            if same || (kind && (alike || stays)) || (alike && stays) || retold {
                pairs.push((Reverse((stays, same, judged.score)), old.mention, young.mention));
            }
        }
    }
    pairs.sort_unstable();
    let mut successors = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, old, young) in pairs {
        if !successors.contains_key(&old) && taken.insert(young) {
            successors.insert(old, young);
        }
    }
    successors
}

/// The word on which a claim rests: where it stands, and where its sentence does.
#[derive(Debug, PartialEq, Eq)]
struct Place(Located, usize);

impl Place {
    fn of(claim: &Claim) -> Self {
        let evidence = &claim.mention.evidence;
        Self(evidence.sentence, evidence.trigger.start)
    }
}

/// Which event each cluster goes on as, and what becomes of the other events.
#[derive(Debug, Default)]
pub(super) struct Identities {
    /// For each cluster the position of its event; `None` for a new one.
    pub(super) of_cluster: Vec<Option<usize>>,
    /// Events that turned out to be another: the event, and the cluster that has its mentions now.
    pub(super) merged: Vec<(usize, usize)>,
    /// Events whose mentions are all gone.
    pub(super) withdrawn: Vec<usize>,
}

/// Gives the events, the oldest first, each the cluster that has most of its mentions and is still free.
pub(super) fn identify(known: &[Known], clusters: &[Vec<MentionId>]) -> Identities {
    let mut identities =
        Identities { of_cluster: vec![None; clusters.len()], ..Identities::default() };
    let mut oldest: Vec<(usize, &Known)> = known.iter().enumerate().collect();
    oldest.sort_unstable_by_key(|(_, known)| (known.event.first_seen, known.event.id));
    for (position, known) in oldest {
        let shared = |cluster: &[MentionId]| {
            known.held.iter().filter(|mention| cluster.binary_search(mention).is_ok()).count()
        };
        let mut by_share: Vec<(usize, usize)> = clusters
            .iter()
            .enumerate()
            .map(|(index, cluster)| (shared(cluster), index))
            .filter(|(shared, _)| *shared > 0)
            .collect();
        by_share.sort_unstable_by_key(|&(shared, index)| (std::cmp::Reverse(shared), index));
        let is_free = |index: &usize| identities.of_cluster.get(*index) == Some(&None);
        let free = by_share.iter().map(|&(_, index)| index).find(is_free);
        match (free, by_share.first()) {
            (Some(index), _) => {
                if let Some(slot) = identities.of_cluster.get_mut(index) {
                    *slot = Some(position);
                }
            }
            (None, Some(&(_, index))) => identities.merged.push((position, index)),
            (None, None) => identities.withdrawn.push(position),
        }
    }
    identities
}

/// An id for a new event, from its first claim.
pub(super) struct Minted {
    pub(super) id: EventId,
    /// The event as it was when it was withdrawn, where this one brings it back.
    pub(super) back: Option<Event>,
}

/// Mints the id of a new event from the claim that was published first.
///
/// An id that was given out before is taken again only when its event is withdrawn, for then the same
/// claim has come back; otherwise another one is made with a salt.
pub(super) fn mint<L: Ledger>(
    ledger: &L,
    claims: &[&Claim],
    given: &BTreeSet<EventId>,
) -> Result<Option<Minted>, L::Error> {
    let undated = |claim: &Claim| claim.published.is_none();
    let first =
        claims.iter().min_by_key(|claim| (undated(claim), claim.published, claim.mention.id));
    let Some(first) = first else { return Ok(None) };
    for salt in 0..=u32::MAX {
        let id = id_of(first, salt);
        if given.contains(&id) {
            continue;
        }
        let back = ledger.withdrawn(id)?;
        if back.is_some() || !ledger.is_taken(id)? {
            return Ok(Some(Minted { id, back }));
        }
    }
    Ok(None)
}

fn id_of(claim: &Claim, salt: u32) -> EventId {
    let mention = &claim.mention;
    let day = mention.when.when.range().first().map(|day| day.to_string()).unwrap_or_default();
    let mut parties: Vec<&str> =
        mention.parties.iter().map(|party| party.who.id.as_str()).collect();
    parties.sort_unstable();
    let (count, salt) = ((parties.len() as u64).to_le_bytes(), salt.to_le_bytes());
    let mut parts: Vec<&[u8]> = vec![b"event", mention.kind.name().as_bytes(), day.as_bytes()];
    parts.extend(parties.iter().map(|party| party.as_bytes()));
    parts.extend([count.as_slice(), mention.id.as_bytes(), &salt]);
    EventId::of(&parts)
}
