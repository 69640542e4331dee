//! From an arrival to the changes it makes.

use super::{
    Arrival, Changes, Claim, Event, Ledger, Revision,
    agree::{Agreed, agree},
    cluster::cluster,
    identity::{identify, mint},
    region::{Region, gather},
    revise,
};
use crate::model::{EventId, MentionId};
use std::collections::BTreeSet;

/// How consolidation works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The most claims that are looked at because of one article: a bound on time and memory for stories
    /// that thousands of articles tell.
    pub candidates: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { candidates: 4096 }
    }
}

/// What an arrival changes. Reads the ledger and changes nothing itself.
///
/// The events that come out are a function of the claims alone, in whatever order they came; the ids
/// depend on which claim came first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn consolidate<L: Ledger>(
    ledger: &L,
    arrival: &Arrival,
    options: &Options,
) -> Result<Changes, L::Error> {
    let region = gather(ledger, arrival, options)?;
    let clusters = cluster(region.claims.values().map(|prepared| &prepared.facts));
    let (clusters, agreed) = published(&region, clusters);
    let identities = identify(&region.events, &clusters);

    let mut changes = Changes::default();
    let mut given: BTreeSet<EventId> = region.events.iter().map(|event| event.id).collect();
    let mut ids = Vec::with_capacity(clusters.len());
    for ((cluster, agreed), event) in clusters.iter().zip(agreed).zip(&identities.of_cluster) {
        let claims = claims_of(&region, cluster);
        let known = event.and_then(|position| region.events.get(position));
        let (id, before, back) = match known {
            Some(event) => (event.id, Some(event.clone()), false),
            None => match mint(ledger, &claims, &given)? {
                Some(minted) => (minted.id, minted.back.clone(), minted.back.is_some()),
                None => continue,
            },
        };
        given.insert(id);
        ids.push(id);
        let after = assemble(id, agreed, &claims, before.as_ref(), arrival);
        record(&mut changes, before, after, back, arrival);
    }
    for (position, cluster) in identities.merged {
        if let (Some(event), Some(id)) = (region.events.get(position), ids.get(cluster)) {
            changes.merged.push((event.id, *id));
        }
    }
    let withdrawn = identities.withdrawn.iter().filter_map(|position| region.events.get(*position));
    changes.withdrawn.extend(withdrawn.map(|event| event.id));
    Ok(changes)
}

/// The clusters that make events; what all deny makes none.
fn published(region: &Region, clusters: Vec<Vec<MentionId>>) -> (Vec<Vec<MentionId>>, Vec<Agreed>) {
    clusters
        .into_iter()
        .filter_map(|cluster| {
            let agreed = agree(&claims_of(region, &cluster))?;
            Some((cluster, agreed))
        })
        .unzip()
}

fn claims_of<'a>(region: &'a Region, cluster: &[MentionId]) -> Vec<&'a Claim> {
    let prepared = cluster.iter().filter_map(|mention| region.claims.get(mention));
    prepared.map(|prepared| &prepared.claim).collect()
}

fn assemble(
    id: EventId,
    agreed: Agreed,
    claims: &[&Claim],
    before: Option<&Event>,
    arrival: &Arrival,
) -> Event {
    let mut mentions: Vec<_> =
        claims.iter().map(|claim| (claim.article, claim.mention.id)).collect();
    mentions.sort_unstable();
    let mut event = Event {
        id,
        revision: before.map_or(1, |event| event.revision),
        kind: agreed.kind,
        status: agreed.status,
        when: agreed.when,
        previous: agreed.previous,
        parties: agreed.parties,
        place: agreed.place,
        themes: agreed.themes,
        topics: agreed.topics,
        headline: String::new(),
        mentions,
        confidence: agreed.confidence,
        first_seen: before.map_or(arrival.at, |event| event.first_seen),
        changed: before.map_or(arrival.at, |event| event.changed),
    };
    event.headline = headline(&event);
    event
}

/// Files `after` as a revision, as touched, or not at all.
fn record(
    changes: &mut Changes,
    before: Option<Event>,
    mut after: Event,
    back: bool,
    arrival: &Arrival,
) {
    let seen = revise::changes(before.as_ref(), &after);
    let Some(before) = before else {
        changes.revised.push(Revision {
            event: after,
            because: arrival.article,
            changes: seen,
            recorded: arrival.at,
        });
        return;
    };
    if seen.is_empty() && !back {
        if after != before {
            changes.touched.push(after);
        }
        return;
    }
    after.revision = before.revision.saturating_add(1);
    after.changed = arrival.at;
    changes.revised.push(Revision {
        event: after,
        because: arrival.article,
        changes: seen,
        recorded: arrival.at,
    });
}

/// The headline for the fields that the claims agree on.
fn headline(event: &Event) -> String {
    super::headline::headline(&super::headline::Slots {
        kind: event.kind,
        status: event.status,
        parties: &event.parties,
        place: event.place.as_ref().map(|place| &*place.name),
    })
}
