//! How the dates of two claims stand to each other.

use super::super::{
    block::{POSTPONABLE, WIDEN},
    facts::{Facts, Stretch},
};
use crate::model::{Kind, Status};

/// How two dates stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// The same days.
    Equal,
    /// They share days, and both tell the time finely.
    Overlap,
    /// They share days, and one of them tells only a period.
    Inside,
    /// One of them is approximate, and they lie so many days apart.
    Near(i64),
    /// One was announced and the other is what came of it, so many days away.
    Moved(i64),
    /// Nothing of the kind, but too little apart to speak against it.
    Apart,
    /// They exclude each other.
    Exclude,
}

pub(super) fn compare(a: &Facts<'_>, b: &Facts<'_>) -> Dates {
    let (one, two) = (a.when, b.when);
    let gap = one.gap(two);
    if gap == 0 {
        return if (one.first, one.last) == (two.first, two.last) {
            Dates::Equal
        } else if one.coarse || two.coarse {
            Dates::Inside
        } else {
            Dates::Overlap
        };
    }
    let approximate = one.approximate || two.approximate;
    if approximate && (tells_too_early(a, b) || tells_too_early(b, a)) {
        return Dates::Exclude;
    }
    if approximate && gap <= WIDEN {
        return if one.coarse || two.coarse { Dates::Inside } else { Dates::Near(gap) };
    }
    if let Some(days) = moved(a, b).or_else(|| moved(b, a)) {
        return Dates::Moved(days);
    }
    if approximate && gap <= 2 * WIDEN { Dates::Apart } else { Dates::Exclude }
}

/// Whether `report` tells as a fact what `other` puts, without doubt, after the day of the report.
fn tells_too_early(report: &Facts<'_>, other: &Facts<'_>) -> bool {
    let doubtful = other.when.coarse || other.when.approximate;
    report.status == Status::Held
        && !doubtful
        && report.published.is_some_and(|published| published < other.when.first)
}

/// How far `later` lies from the day that `plan` announced; `None` when it cannot be what came of it.
fn moved(plan: &Facts<'_>, later: &Facts<'_>) -> Option<i64> {
    if let Some(previous) = later.claim.mention.previous {
        let left = Stretch::new(previous, later.claim.mention.when.precision);
        if plan.is_announced() && left.gap(plan.when) <= WIDEN {
            return Some(0);
        }
    }
    let announced = matches!(plan.status, Status::Proposed | Status::Planned | Status::Postponed);
    let became = matches!(later.status, Status::Held | Status::Postponed | Status::Cancelled)
        && later.status != plan.status;
    if !announced || !became || !in_time(plan, later) {
        return None;
    }
    let gap = plan.when.gap(later.when);
    let early = later.when.first < plan.when.first;
    let limit = match (later.status, early) {
        (Status::Held, true) => WIDEN,
        (Status::Held, false) => patience(plan.kind),
        _ => POSTPONABLE,
    };
    (gap <= limit).then_some(gap)
}

/// Nobody announces what has already happened: the plan is not younger than what came of it.
fn in_time(plan: &Facts<'_>, later: &Facts<'_>) -> bool {
    let Some(told) = plan.published else { return true };
    if later.status == Status::Held {
        told <= later.when.last
    } else {
        later.published.is_none_or(|published| told <= published)
    }
}

/// How many days after the announced day a happening of this kind may still be the announced one. People
/// who meet often meet again; a route is opened once.
const fn patience(kind: Kind) -> i64 {
    match kind {
        Kind::Meeting | Kind::Call | Kind::Message | Kind::Statement | Kind::Incident => 7,
        Kind::Negotiation | Kind::Invitation | Kind::Other => 31,
        Kind::Agreement
        | Kind::Vote
        | Kind::Sanction
        | Kind::Exhibition
        | Kind::Conference
        | Kind::Launch
        | Kind::Appointment
        | Kind::Visit => POSTPONABLE,
    }
}
