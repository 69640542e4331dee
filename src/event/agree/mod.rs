//! What the claims of one happening agree on: exact beats approximate, explicit beats inherited, a later
//! status beats an earlier one, several sources beat one. What contradicts stays visible.

mod date;
mod party;
mod status;

use super::Claim;
use crate::{
    calendar::Edtf,
    model::{Confidence, Entity, EntityId, Kind, Party, Resolved, SourceId, Status, TopicId},
};
use std::collections::{BTreeMap, BTreeSet};

/// The fields of an event that follow from its claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Agreed {
    pub(super) kind: Kind,
    pub(super) status: Status,
    pub(super) when: Resolved,
    pub(super) previous: Option<Edtf>,
    pub(super) parties: Vec<Party>,
    pub(super) place: Option<Entity>,
    pub(super) themes: Vec<EntityId>,
    pub(super) topics: Vec<TopicId>,
    pub(super) confidence: Confidence,
}

/// What `claims` agree on, whatever their order; `None` when there is nothing to publish: no claims, or
/// claims that it did not happen.
pub(super) fn agree(claims: &[&Claim]) -> Option<Agreed> {
    let status = status::agreed(claims)?;
    let when = date::agreed(claims, status)?;
    let sources: BTreeSet<&SourceId> = claims.iter().map(|claim| &claim.source).collect();
    Some(Agreed {
        kind: kind(claims)?,
        status,
        previous: date::previous(claims, &when),
        parties: party::agreed(claims, sources.len()),
        place: place(claims),
        themes: union(claims, |claim| &claim.mention.themes),
        topics: union(claims, |claim| &claim.topics),
        confidence: confidence(claims, sources.len(), when.conflict),
        when,
    })
}

/// Counts sources, not articles: an agency that repeats itself is one voice.
#[derive(Debug)]
pub(super) struct Votes<'a, K>(BTreeMap<K, BTreeSet<&'a SourceId>>);

impl<'a, K: Ord + Clone> Votes<'a, K> {
    fn new(votes: impl IntoIterator<Item = (K, &'a SourceId)>) -> Self {
        let mut counted: BTreeMap<K, BTreeSet<&SourceId>> = BTreeMap::new();
        for (choice, source) in votes {
            counted.entry(choice).or_default().insert(source);
        }
        Self(counted)
    }

    fn of(&self, choice: &K) -> usize {
        self.0.get(choice).map_or(0, BTreeSet::len)
    }

    /// The choice of most sources; of equals the first.
    fn first(&self) -> Option<K> {
        let best = self.0.values().map(BTreeSet::len).max()?;
        self.0.iter().find(|(_, sources)| sources.len() == best).map(|(choice, _)| choice.clone())
    }
}

fn kind(claims: &[&Claim]) -> Option<Kind> {
    Votes::new(claims.iter().map(|claim| (claim.mention.kind, &claim.source))).first()
}

/// The town that most sources name in the country that most sources name; else that country.
fn place(claims: &[&Claim]) -> Option<Entity> {
    let told =
        || claims.iter().filter_map(|claim| Some((claim.mention.place.as_ref()?, &claim.source)));
    let country = |place: &Entity| place.country.clone().unwrap_or_else(|| place.id.clone());
    let top = Votes::new(told().map(|(place, source)| (country(place), source))).first()?;
    let inside = || told().filter(|(place, _)| country(place) == top);
    let towns = Votes::new(inside().filter(|(place, _)| !place.is_country()));
    towns.first().or_else(|| Votes::new(inside()).first()).cloned()
}

fn union<K: Ord + Clone>(claims: &[&Claim], of: impl Fn(&Claim) -> &Vec<K>) -> Vec<K> {
    let all: BTreeSet<&K> = claims.iter().flat_map(|claim| of(claim)).collect();
    all.into_iter().cloned().collect()
}

/// The surest claim, a little surer with each further source, less sure where sources contradict.
fn confidence(claims: &[&Claim], sources: usize, conflict: bool) -> Confidence {
    const PER_SOURCE: u8 = 3;
    const MOST: u8 = 12;
    const CONFLICT: u8 = 10;
    let surest = claims.iter().map(|claim| claim.mention.confidence.per_cent()).max().unwrap_or(0);
    let further = u8::try_from(sources.saturating_sub(1)).unwrap_or(MOST);
    let raised = surest.saturating_add(further.saturating_mul(PER_SOURCE).min(MOST)).min(99);
    Confidence::new(raised.max(surest).saturating_sub(if conflict { CONFLICT } else { 0 }))
}
