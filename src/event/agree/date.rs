//! When it happens, as all reports together say.

use super::Votes;
use crate::{
    calendar::{Edtf, Precision},
    event::{Claim, block::WIDEN, facts::Stretch},
    model::{Basis, Resolved, Status},
};
use chrono::NaiveDate;
use std::cmp::Reverse;

/// How well a date is told; the better beats any number of worse ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// A month, a season, a year.
    Period,
    /// About a day.
    Approximately,
    /// A day or days, taken from the event inside which it is told.
    Inherited,
    /// A day or days, in so many words.
    Exactly,
}

impl Told {
    fn of(when: &Resolved) -> Self {
        if when.precision >= Precision::Month {
            Self::Period
        } else if when.when.is_approximate() {
            Self::Approximately
        } else if matches!(when.basis, Basis::Inherited | Basis::Published) {
            Self::Inherited
        } else {
            Self::Exactly
        }
    }
}

fn stretch(when: &Resolved) -> Stretch {
    Stretch::new(when.when, when.precision)
}

/// The date that the claims of `status` agree on, with the exact ones that contradict it; `None` without
/// claims.
pub(super) fn agreed(claims: &[&Claim], status: Status) -> Option<Resolved> {
    let speaking = speaking(claims, status);
    let mut chosen = best(&speaking)?.clone();
    let span = stretch(&chosen);
    let mut others: Vec<(i64, String, Edtf)> = speaking
        .iter()
        .map(|claim| &claim.mention.when)
        .filter(|when| Told::of(when) == Told::Exactly)
        .map(|when| (stretch(when).gap(span), when))
        .filter(|(gap, _)| *gap > if chosen.when.is_approximate() { WIDEN } else { 0 })
        .map(|(gap, when)| (gap, when.when.to_string(), when.when))
        .collect();
    others.sort_unstable_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    others.dedup_by(|a, b| a.1 == b.1);
    chosen.conflict = !others.is_empty();
    chosen.others = others.into_iter().map(|(_, _, when)| when).collect();
    Some(chosen)
}

/// The date it had before it was put off, where somebody says that it was.
pub(super) fn previous(claims: &[&Claim], now: &Resolved) -> Option<Edtf> {
    let postponed = || claims.iter().filter(|claim| claim.mention.status == Status::Postponed);
    postponed().next()?;
    let told = Votes::new(
        postponed().filter_map(|claim| Some((claim.mention.previous?.to_string(), &claim.source))),
    );
    let announced: Vec<&Claim> = claims
        .iter()
        .copied()
        .filter(|claim| claim.mention.status == Status::Planned)
        .filter(|claim| stretch(&claim.mention.when).gap(stretch(now)) > 0)
        .collect();
    let told = told.first().and_then(|text| text.parse().ok());
    told.or_else(|| best(&announced).map(|when| when.when)).filter(|previous| *previous != now.when)
}

/// The claims that decide the date of an event of that status.
///
/// What was announced says little once it is known what happened, unless nobody tells the day of that
/// exactly and an announced one fits.
fn speaking<'a>(claims: &[&'a Claim], status: Status) -> Vec<&'a Claim> {
    let of = |wanted: &[Status]| -> Vec<&'a Claim> {
        claims.iter().copied().filter(|claim| wanted.contains(&claim.mention.status)).collect()
    };
    let mut speaking = of(&[status]);
    let vague = speaking.iter().all(|claim| Told::of(&claim.mention.when) < Told::Inherited);
    if vague && matches!(status, Status::Held | Status::Cancelled | Status::Postponed) {
        let spans: Vec<Stretch> =
            speaking.iter().map(|claim| stretch(&claim.mention.when)).collect();
        let fits = |claim: &&Claim| {
            let announced = stretch(&claim.mention.when);
            spans.iter().all(|span| span.gap(announced) <= WIDEN)
        };
        let announced = of(&[Status::Planned, Status::Postponed, Status::Cancelled]);
        speaking.extend(announced.into_iter().filter(fits));
    }
    if status == Status::Planned {
        let left: Vec<Stretch> = claims
            .iter()
            .filter_map(|claim| {
                Some(Stretch::new(claim.mention.previous?, claim.mention.when.precision))
            })
            .collect();
        let stale =
            |claim: &&Claim| left.iter().any(|left| left.gap(stretch(&claim.mention.when)) == 0);
        speaking.retain(|claim| !stale(claim));
    }
    if speaking.is_empty() { claims.to_vec() } else { speaking }
}

/// Tells dates apart without writing them out.
type Key = (Option<NaiveDate>, Option<NaiveDate>, bool, Precision);

fn key(when: &Resolved) -> Key {
    let range = when.when.range();
    (range.first(), range.last(), when.when.is_approximate(), when.precision)
}

/// The best told date; of equally told ones that of most sources, then the one published last.
fn best<'a>(claims: &[&'a Claim]) -> Option<&'a Resolved> {
    let votes = Votes::new(claims.iter().map(|claim| (key(&claim.mention.when), &claim.source)));
    let rank = |claim: &Claim| {
        let when = &claim.mention.when;
        let finest = (Reverse(when.precision), Reverse(when.basis));
        let key = key(when);
        (Told::of(when), votes.of(&key), finest, claim.published, Reverse(key), when.conflict)
    };
    claims.iter().max_by_key(|claim| rank(claim)).map(|claim| &claim.mention.when)
}
