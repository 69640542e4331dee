//! From an arrival to the changes it makes.

use super::{
    Arrival, Cause, Changes, Claim, Event, Ledger, Revision, Ruling,
    agree::{Agreed, agree},
    cluster::cluster,
    correct,
    identity::{Known, Minted, identify, mint, successors},
    pins::{Pins, hidden},
    region::{Region, gather},
    revise,
};
use crate::model::{EventId, MentionId};
use chrono::{DateTime, Utc};
use std::{collections::BTreeSet, sync::Arc};

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
/// The events that come out are a function of the claims and of the corrections in force alone, in whatever
/// order they came; the ids depend on which claim came first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn consolidate<L: Ledger>(
    ledger: &L,
    arrival: &Arrival,
    options: &Options,
) -> Result<Changes, L::Error> {
    let region = gather(ledger, arrival, options)?;
    let rulings = ledger.rulings(&region.ids())?;
    let was_hidden = hidden(&rulings);
    let mut case = Case::new(&region, Some(Cause::Article(arrival.article)), arrival.at);
    let heirs = successors(&arrival.before, &arrival.now);
    case.succeed(|mention| heirs.get(&mention).copied().unwrap_or(mention));
    case.told = Some(arrival.now.iter().map(|claim| claim.mention.id).collect());
    settle(ledger, &region, case, rulings, &was_hidden)
}

/// What is known of a region before it is settled anew, and because of what that is done.
pub(super) struct Case {
    /// `None` where articles were read again: then each event changes because of the first that tells it.
    cause: Option<Cause>,
    at: DateTime<Utc>,
    known: Vec<Known>,
    merged: Vec<(EventId, EventId)>,
    /// The claims that are new or may say something else; `None` where all are to be looked at.
    told: Option<BTreeSet<MentionId>>,
}

impl Case {
    pub(super) fn new(region: &Region, cause: Option<Cause>, at: DateTime<Utc>) -> Self {
        let known = region.events.iter().map(|event| Known {
            event: Arc::clone(event),
            held: event.mentions.iter().map(|(_, mention)| *mention).collect(),
            fresh: false,
        });
        Self { cause, at, known: known.collect(), merged: Vec::new(), told: None }
    }

    /// Takes claims for those that stand for them now.
    pub(super) fn succeed(&mut self, heir: impl Fn(MentionId) -> MentionId) {
        for mention in self.known.iter_mut().flat_map(|known| &mut known.held) {
            *mention = heir(*mention);
        }
    }

    /// Ends `event`: its claims are those of `into`.
    pub(super) fn merge(&mut self, event: EventId, into: EventId) {
        let of = |known: &Known| known.event.id == event;
        let Some(position) = self.known.iter().position(of) else { return };
        let held = self.known.remove(position).held;
        if let Some(stays) = self.known.iter_mut().find(|known| known.event.id == into) {
            stays.held.extend(held);
        }
        self.merged.push((event, into));
    }

    /// Makes of the claims `off` of an event a new one.
    pub(super) fn split(&mut self, event: EventId, into: EventId, off: Vec<MentionId>) {
        let Some(known) = self.known.iter_mut().find(|known| known.event.id == event) else {
            return;
        };
        known.held.retain(|mention| !off.contains(mention));
        let event = Event { id: into, first_seen: self.at, ..Event::clone(&known.event) };
        self.known.push(Known { event: Arc::new(event), held: off, fresh: true });
    }
}

/// Clusters a region anew, and compares with what is known. `was_hidden` are the events that readers did
/// not see before.
pub(super) fn settle<L: Ledger>(
    ledger: &L,
    region: &Region,
    case: Case,
    mut rulings: Vec<Ruling>,
    was_hidden: &BTreeSet<EventId>,
) -> Result<Changes, L::Error> {
    let Case { cause, at, mut known, merged, told } = case;
    known.iter_mut().for_each(|known| known.held.sort_unstable());
    let held = known.iter().map(|known| (known.event.id, known.held.as_slice()));
    let pins = Pins::new(&rulings, held);
    let clusters = cluster(region.facts.values().map(|facts| &**facts), &pins);
    let stays = |cluster: &[MentionId]| {
        told.as_ref().is_some_and(|told| {
            cluster.iter().all(|mention| !told.contains(mention))
                && known.iter().any(|known| !known.fresh && known.held == cluster)
        })
    };
    let (clusters, agreed) = published(region, clusters, stays);
    let identities = identify(&known, &clusters);

    let mut record = Record { cause, at, changes: Changes { merged, ..Changes::default() } };
    let mut given: BTreeSet<EventId> = known.iter().map(|known| known.event.id).collect();
    let mut ids = Vec::with_capacity(clusters.len());
    for ((cluster, agreed), position) in clusters.iter().zip(agreed).zip(&identities.of_cluster) {
        let claims = claims_of(region, cluster);
        let known = position.and_then(|position| known.get(position));
        let (id, before, back) = match known {
            Some(known) => {
                (known.event.id, Some(Arc::clone(&known.event)).filter(|_| !known.fresh), false)
            }
            None => match mint(ledger, &claims, &given)? {
                Some(Minted { id, back }) => {
                    if back.is_some() {
                        rulings.extend(ledger.rulings(&[id])?);
                    }
                    let is_back = back.is_some();
                    (id, back.map(Arc::new), is_back)
                }
                None => continue,
            },
        };
        given.insert(id);
        ids.push(id);
        let Some(agreed) = agreed else { continue };
        let mut after = assemble(id, agreed, &claims, before.as_deref(), at);
        correct::apply(&rulings, &mut after);
        after.headline = headline(&after);
        let hides = hidden(&rulings).contains(&id);
        let hidden = (hides && back) || was_hidden.contains(&id);
        match (hidden, hides) {
            (_, true) => record.hide(before, after, hidden),
            (true, false) => record.show(before, after, true),
            (false, false) => record.show(before, after, back),
        }
    }
    let mut changes = record.changes;
    for (position, cluster) in identities.merged {
        if let (Some(known), Some(id)) = (known.get(position), ids.get(cluster)) {
            changes.merged.push((known.event.id, *id));
        }
    }
    for known in identities.withdrawn.iter().filter_map(|position| known.get(*position)) {
        if was_hidden.contains(&known.event.id) {
            changes.hidden.push(Event { mentions: Vec::new(), ..Event::clone(&known.event) });
        } else if !known.fresh {
            changes.withdrawn.push(known.event.id);
        }
    }
    Ok(changes)
}

/// The clusters that make events, with what they agree on, but for those that stay as they are; what all deny
/// makes no event.
fn published(
    region: &Region,
    clusters: Vec<Vec<MentionId>>,
    stays: impl Fn(&[MentionId]) -> bool,
) -> (Vec<Vec<MentionId>>, Vec<Option<Agreed>>) {
    clusters
        .into_iter()
        .filter_map(|cluster| {
            if stays(&cluster) {
                return Some((cluster, None));
            }
            let agreed = agree(&claims_of(region, &cluster))?;
            Some((cluster, Some(agreed)))
        })
        .unzip()
}

fn claims_of<'a>(region: &'a Region, cluster: &[MentionId]) -> Vec<&'a Claim> {
    cluster.iter().filter_map(|mention| region.claim(*mention)).collect()
}

/// The event that `claims` make, without its headline.
fn assemble(
    id: EventId,
    agreed: Agreed,
    claims: &[&Claim],
    before: Option<&Event>,
    at: DateTime<Utc>,
) -> Event {
    let mut mentions: Vec<_> =
        claims.iter().map(|claim| (claim.article, claim.mention.id)).collect();
    mentions.sort_unstable();
    Event {
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
        first_seen: before.map_or(at, |event| event.first_seen),
        changed: before.map_or(at, |event| event.changed),
    }
}

/// Collects what changes.
struct Record {
    cause: Option<Cause>,
    at: DateTime<Utc>,
    changes: Changes,
}

impl Record {
    /// Files `after` as a revision, as touched, or not at all. `back` when readers did not see it before.
    fn show(&mut self, before: Option<Arc<Event>>, mut after: Event, back: bool) {
        let seen = revise::changes(before.as_deref(), &after);
        if let Some(before) = before {
            if seen.is_empty() && !back {
                if after != *before {
                    self.changes.touched.push(after);
                }
                return;
            }
            after.revision = before.revision.saturating_add(1);
            after.changed = self.at;
        }
        let because = match (&self.cause, after.mentions.first()) {
            (Some(cause), _) => cause.clone(),
            (None, Some((article, _))) => Cause::Article(*article),
            (None, None) => return,
        };
        self.changes.revised.push(Revision {
            event: after,
            because,
            changes: seen,
            recorded: self.at,
        });
    }

    /// Files `after` as hidden from readers. `hidden` when it was so before.
    fn hide(&mut self, before: Option<Arc<Event>>, after: Event, hidden: bool) {
        if before.is_some() && !hidden {
            self.changes.withdrawn.push(after.id);
        }
        if !hidden || before.is_none_or(|before| *before != after) {
            self.changes.hidden.push(after);
        }
    }
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
