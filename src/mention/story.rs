//! Dates of events whose own words tell none: from the event told before, from the visit inside which they
//! are told, or from publication.

use super::{
    candidate::{Candidate, is_long, usable},
    rules, span,
    view::{Sentence, View},
};
use crate::{
    calendar::{Edtf, Precision},
    lexicon::cues::{Form, Mark},
    model::{Basis, Kind, Party, Resolved, RuleId, Status},
};
use chrono::Days;

/// A candidate with its date.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    pub(super) candidate: Candidate,
    pub(super) when: Resolved,
}

/// Gives every candidate a date; those for which none can be had are handed back with the reason.
pub(super) fn date(
    view: &View<'_>,
    candidates: Vec<Candidate>,
) -> (Vec<Dated>, Vec<(Candidate, &'static str)>) {
    let known: Vec<(Candidate, Option<Resolved>)> = candidates
        .into_iter()
        .map(|candidate| {
            let when = span::own(&candidate, view.anchor);
            (candidate, when)
        })
        .collect();
    let mut dated = Vec::new();
    let mut left = Vec::new();
    for (number, (candidate, own)) in known.iter().enumerate() {
        let mut candidate = candidate.clone();
        let found = match own {
            Some(when) => Some((when.clone(), None)),
            None => inherited(view, &known, number).map(|(when, rule)| (when, Some(rule))),
        };
        match found {
            Some((when, rule)) => {
                candidate.rules.extend(rule);
                dated.push(Dated { candidate, when });
            }
            None => left.push((
                candidate,
                "no date is told, and none can be had from the events around it",
            )),
        }
    }
    (dated, left)
}

/// How many days after a stay it is still the news of the day.
const FRESH: i64 = 3;

fn inherited(
    view: &View<'_>,
    known: &[(Candidate, Option<Resolved>)],
    number: usize,
) -> Option<(Resolved, RuleId)> {
    let (candidate, _) = known.get(number)?;
    let ahead = matches!(candidate.status, Status::Planned | Status::Proposed);
    if matches!(candidate.status, Status::Cancelled | Status::Postponed | Status::Proposed) {
        return None;
    }
    if let Some(when) = day_inside(known, candidate).or_else(|| day_set(view, candidate, ahead)) {
        return Some((when, rules::STORY));
    }
    // What is still to come is not on days that are over, nor what is over on days to come.
    let today = view.anchor.latest();
    let own_news = view.sentences.get(candidate.sentence).is_some_and(Sentence::is_head);
    let visit = visit_around(known, candidate).filter(|when| {
        let days = when.when.range();
        let begins = days.first().is_none_or(|first| first <= today);
        let goes_on = days.last().is_none_or(|last| last >= today);
        // The news of the day is not that of a stay which has been over for days.
        let fresh = days.last().is_none_or(|last| (today - last).num_days() <= FRESH);
        let fits = if ahead { goes_on } else { begins && (fresh || !own_news) };
        view.anchor.day().is_none() || fits
    });
    if ahead {
        let inside = view
            .sentences
            .get(candidate.sentence)
            .is_some_and(|sentence| sentence.has(Mark::Inside));
        if let Some(when) = planned_beside(view, known, number).filter(|_| !inside) {
            return Some((inherit(&when), rules::STORY));
        }
        return visit.map(|when| (inherit(&when), rules::VISIT));
    }
    // What is said is the news of the day, whatever day it is about.
    let said = candidate.kind == Kind::Statement && view.anchor.day().is_some();
    let around = || {
        same_sentence(view, known, number).or_else(|| told_before(view, known, number, own_news))
    };
    if let Some(when) = around().filter(|_| !said) {
        let mut when = inherit(&when);
        if is_long(candidate.kind)
            && let Some(day) = when.when.as_day()
        {
            let about = span::around(&candidate.times, day);
            if about.as_day().is_none() {
                when.when = if when.when.is_approximate() { about } else { span::exactly(about) };
            }
        }
        return Some((when, rules::STORY));
    }
    if let Some(when) = visit.filter(|_| candidate.kind != Kind::Visit && !said) {
        return Some((so_far(view, inherit(&when)), rules::VISIT));
    }
    let today = view.anchor.day()?;
    if !own_news && candidate.form == Form::Noun && candidate.borrowed {
        return None;
    }
    let when = span::around(&candidate.times, today);
    Some((span::taken(when, Precision::Day, Basis::Published), rules::PUBLISHED))
}

/// "On the second day": that day of the lasting event nearest in the text whose beginning and end are told.
fn day_inside(known: &[(Candidate, Option<Resolved>)], candidate: &Candidate) -> Option<Resolved> {
    let nth = candidate.times.nth.filter(|_| !is_long(candidate.kind))?;
    let lasting =
        known.iter().filter(|(other, _)| is_long(other.kind) && other.kind != Kind::Exhibition);
    lasting
        .filter_map(|(other, when)| {
            let when = when.as_ref()?;
            let range = when.when.range();
            let (first, last) = range.first().zip(range.last())?;
            let day = match nth.checked_sub(1) {
                Some(days) => first.checked_add_days(Days::new(u64::from(days)))?,
                None => last,
            };
            // The days of what is told only about are not counted: "late last month".
            let known = when.precision == Precision::Day && !when.when.is_approximate();
            let inside = known && first < last && day <= last && (last - first).num_days() < 35;
            inside.then(|| {
                let resolved =
                    Resolved { when: Edtf::day(day), basis: Basis::Relative, ..when.clone() };
                (other.sentence.abs_diff(candidate.sentence), resolved)
            })
        })
        .min_by_key(|(way, _)| *way)
        .map(|(_, when)| when)
}

/// The day that the sentence before sets without telling an event: "Tomorrow it is the president's turn."
fn day_set(view: &View<'_>, candidate: &Candidate, ahead: bool) -> Option<Resolved> {
    let before = view.sentences.get(candidate.sentence.checked_sub(1)?)?;
    let own = view.sentences.get(candidate.sentence)?;
    let follows = before.field == own.field && before.place + 1 == own.place;
    let [only] = before.timexes.as_slice() else { return None };
    if !follows || !before.triggers.is_empty() || !own.timexes.is_empty() {
        return None;
    }
    let when = only.resolved.as_ref().filter(|_| usable(view, before, only, candidate.kind))?;
    let day = when.when.as_day().filter(|_| !when.when.is_approximate())?;
    let today = view.anchor.day()?;
    let fits = if ahead { day >= today } else { day <= today && (today - day).num_days() < 10 };
    fits.then(|| inherit(when))
}

/// The date of another event as one for an event told inside it.
fn inherit(when: &Resolved) -> Resolved {
    Resolved { basis: Basis::Inherited, others: Vec::new(), ..when.clone() }
}

/// What was done inside a stay: today where it has only just begun; about then where one day of it is known.
fn so_far(view: &View<'_>, when: Resolved) -> Resolved {
    let begins = when.when.range().first();
    let today = view.anchor.day().filter(|today| begins == Some(*today));
    let edtf = match today {
        Some(today) if !when.when.is_approximate() => Edtf::day(today),
        None if when.when.as_day().is_some() => when.when.approximately(),
        _ => when.when,
    };
    Resolved { when: edtf, ..when }
}

/// The date of an event told in the same sentence, nearest first.
fn same_sentence(
    view: &View<'_>,
    known: &[(Candidate, Option<Resolved>)],
    number: usize,
) -> Option<Resolved> {
    let (candidate, _) = known.get(number)?;
    let ahead = |status: Status| matches!(status, Status::Planned | Status::Proposed);
    // "The minister, who arrived yesterday, signed".
    let clauses = view.sentences.get(candidate.sentence).map(|sentence| &sentence.clauses);
    let beside = |other: &Candidate| {
        clauses.is_some_and(|clauses| clauses.sets_apart(other.trigger, candidate.trigger))
    };
    known
        .iter()
        .filter(|(other, when)| {
            other.sentence == candidate.sentence
                && when.is_some()
                && other.kind != Kind::Exhibition
                && ahead(other.status) == ahead(candidate.status)
                && !beside(other)
        })
        .min_by_key(|(other, _)| other.trigger.start.abs_diff(candidate.trigger.start))
        .and_then(|(_, when)| when.clone())
}

/// The day of another plan told in the same sentence, or in the one before when it is referred to.
fn planned_beside(
    view: &View<'_>,
    known: &[(Candidate, Option<Resolved>)],
    number: usize,
) -> Option<Resolved> {
    let (candidate, _) = known.get(number)?;
    let refers =
        view.sentences.get(candidate.sentence).is_some_and(|sentence| sentence.has(Mark::Same));
    known
        .iter()
        .filter(|(other, when)| {
            let near = other.sentence == candidate.sentence
                || refers && other.sentence + 1 == candidate.sentence;
            near && other.kind != Kind::Visit
                && other.kind != Kind::Exhibition
                && matches!(other.status, Status::Planned | Status::Proposed)
                && when.as_ref().is_some_and(|when| when.when.as_day().is_some())
        })
        .min_by_key(|(other, _)| {
            (
                candidate.sentence - other.sentence,
                other.trigger.start.abs_diff(candidate.trigger.start),
            )
        })
        .and_then(|(_, when)| when.clone())
}

/// The day of the held event told last before this one, if it is a recent day.
fn told_before(
    view: &View<'_>,
    known: &[(Candidate, Option<Resolved>)],
    number: usize,
    own_news: bool,
) -> Option<Resolved> {
    let (candidate, _) = known.get(number)?;
    let recent = |when: &Resolved| {
        let range = when.when.range();
        let (Some(days), Some(last)) = (range.days(), range.last()) else { return false };
        let long = if is_long(candidate.kind) { 10 } else { 1 };
        let begun = range.first().is_none_or(|first| first <= view.anchor.latest());
        days <= long
            && begun
            && ((view.anchor.latest() - last).num_days() < 10 || view.anchor.day().is_none())
    };
    // What others do in another country is of another day: "he recalled the protocol that they signed in Tehran".
    let abroad = |other: &Candidate| {
        let country = |candidate: &Candidate| candidate.place.as_ref()?.country.clone();
        let is_there = |party: &Party| other.parties.iter().any(|met| met.who.id == party.who.id);
        country(other).zip(country(candidate)).is_some_and(|(there, here)| there != here)
            && !candidate.parties.iter().any(is_there)
    };
    let usable = |other: &Candidate, when: &Option<Resolved>| {
        other.status == Status::Held
            && other.kind != Kind::Exhibition
            && !abroad(other)
            && when.as_ref().is_some_and(recent)
    };
    let before = known
        .iter()
        .filter(|(other, when)| other.sentence < candidate.sentence && usable(other, when))
        .max_by_key(|(other, when)| {
            let day = when.as_ref().is_some_and(|when| when.when.as_day().is_some());
            (day, other.sentence, other.trigger.start)
        });
    let after = || {
        known
            .iter()
            .filter(|(other, when)| {
                other.sentence > candidate.sentence
                    && usable(other, when)
                    && (view.anchor.day().is_none()
                        || own_news && other.sentence <= candidate.sentence + 1)
            })
            .min_by_key(|(other, _)| other.sentence)
    };
    let (other, when) = before.or_else(after)?;
    let when = when.clone()?;
    // Told right after, it is that day; further on, it is about then.
    let near = other.sentence + 2 >= candidate.sentence && other.sentence <= candidate.sentence;
    let edtf: Edtf = if near { when.when } else { when.when.approximately() };
    Some(Resolved { when: edtf, ..when })
}

/// The date of the visit in which a candidate's people take part.
fn visit_around(
    known: &[(Candidate, Option<Resolved>)],
    candidate: &Candidate,
) -> Option<Resolved> {
    let takes_part = |visit: &Candidate| {
        visit.parties.iter().any(|party| {
            candidate.parties.iter().any(|own| {
                own.who.id == party.who.id
                    || own.who.country.is_some() && own.who.country == party.who.country
            })
        })
    };
    known
        .iter()
        .filter(|(other, when)| {
            other.kind == Kind::Visit
                && when.as_ref().is_some_and(|when| when.precision < Precision::Year)
                && matches!(other.status, Status::Held | Status::Planned)
                && takes_part(other)
        })
        .max_by_key(|(other, _)| other.told)
        .and_then(|(_, when)| when.clone())
}
