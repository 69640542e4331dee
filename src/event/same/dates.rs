//! How the dates of two claims stand to each other.

use super::super::{
    block::{POSTPONABLE, WIDEN},
    facts::Facts,
};
use crate::model::Status;

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

pub(super) fn compare(a: &Facts, b: &Facts) -> Dates {
    let (one, two) = (a.words.when, b.words.when);
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
    if let Some(days) = moved(a, b).into_iter().chain(moved(b, a)).min() {
        return Dates::Moved(days);
    }
    if (approximate && gap <= 2 * WIDEN) || may_have_moved(a, b, gap) {
        Dates::Apart
    } else {
        Dates::Exclude
    }
}

/// Whether a third report, of a postponement, could still explain why the two tell other days.
fn may_have_moved(a: &Facts, b: &Facts, gap: i64) -> bool {
    let held = |facts: &Facts| facts.words.status == Status::Held;
    let told = |plan: &Facts, later: &Facts| !held(later) || in_time(plan, later);
    gap <= POSTPONABLE && !(held(a) && held(b)) && told(a, b) && told(b, a)
}

/// Whether `report` tells as a fact what `other` puts, without doubt, after the day of the report.
fn tells_too_early(report: &Facts, other: &Facts) -> bool {
    let when = other.words.when;
    report.words.status == Status::Held
        && !(when.coarse || when.approximate)
        && report.published.is_some_and(|published| published < when.first)
}

/// How far `later` lies from the day that `plan` announced; `None` when it cannot be what came of it.
fn moved(plan: &Facts, later: &Facts) -> Option<i64> {
    let (told, became) = (&plan.words, &later.words);
    let left = became.previous.is_some_and(|left| left.gap(told.when) <= WIDEN);
    if left && told.is_announced() {
        return Some(0);
    }
    let turned = became.is_outcome() && became.status != told.status;
    if !told.is_plan() || !turned || !in_time(plan, later) {
        return None;
    }
    let gap = told.when.gap(became.when);
    let early = became.when.first < told.when.first;
    let limit = if became.status == Status::Held && early { WIDEN } else { told.patience() };
    (gap <= limit).then_some(gap)
}

/// Nobody announces what has already happened: the plan is not younger than what came of it.
fn in_time(plan: &Facts, later: &Facts) -> bool {
    let Some(told) = plan.published else { return true };
    if later.words.status == Status::Held {
        told <= later.words.when.last
    } else {
        later.published.is_none_or(|published| told <= published)
    }
}
