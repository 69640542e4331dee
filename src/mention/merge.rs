//! One event told in several sentences of an article is one mention.

use super::{
    candidate::{Candidate, is_long},
    party, rules, span,
    times::Told,
    view::View,
};
use crate::{
    calendar::DateRange,
    lexicon::cues::Form,
    model::{Field, Kind, Party, Status},
};

/// Folds each candidate into the first earlier one that tells the same.
pub(super) fn merge(view: &View<'_>, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut merged: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match merged.iter_mut().find(|known| same(view, known, &candidate)) {
            Some(known) => absorb(view, known, candidate),
            None => merged.push(candidate),
        }
    }
    merged
}

/// Leaves out what was planned for the days of something that was put off or called off.
pub(super) fn without_old_days(view: &View<'_>, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let old: Vec<DateRange> = candidates
        .iter()
        .filter(|candidate| moved(candidate))
        .filter_map(|candidate| {
            let own = || candidate.times.any().map(|told| &told.when);
            let gone = candidate.previous.as_ref().or_else(own)?;
            Some(gone.when.range())
        })
        .collect();
    candidates.retain(|candidate| {
        let planned = is_open(candidate.status) && candidate.kind != Kind::Exhibition;
        !planned
            || !range(view, candidate)
                .is_some_and(|days| old.iter().any(|gone| days.within(gone.widen(1))))
    });
    candidates
}

/// Whether two candidates of one article tell the same event.
fn same(view: &View<'_>, one: &Candidate, other: &Candidate) -> bool {
    if is_talk(one.kind) && is_talk(other.kind) && one.kind != other.kind {
        return retold(one, other);
    }
    one.kind == other.kind
        && !(stands_apart(view, one, other) || stands_apart(view, other, one))
        && (moved(one) || moved(other) || dates_meet(view, one, other))
        && parties_meet(one, other)
        && places_meet(one, other)
}

pub(super) const fn is_talk(kind: Kind) -> bool {
    matches!(kind, Kind::Meeting | Kind::Negotiation | Kind::Call)
}

/// Whether talks told by their aim and talks told as a meeting are the same: neighbouring sentences, a
/// party in common, and no dates that tell them apart.
fn retold(one: &Candidate, other: &Candidate) -> bool {
    let undated = one.times.any().is_none() && other.times.any().is_none();
    undated
        && one.sentence.abs_diff(other.sentence) <= 2
        && one.status == other.status
        && shared(one, other) >= 1
        && !one.borrowed
        && !other.borrowed
}

/// Whether one was held on days that are none of those of the other, which was put off or called off: the first
/// round of talks is not the second.
fn stands_apart(view: &View<'_>, held: &Candidate, gone: &Candidate) -> bool {
    let old = gone.previous.as_ref().map(|previous| previous.when.range());
    let days = [old, range(view, gone)];
    held.status == Status::Held
        && moved(gone)
        && days.iter().any(Option::is_some)
        && range(view, held)
            .is_some_and(|held| !days.into_iter().flatten().any(|gone| gone.overlaps(held)))
}

/// Whether a candidate was put off or called off: what is told of its old day belongs to it.
const fn moved(candidate: &Candidate) -> bool {
    matches!(candidate.status, Status::Postponed | Status::Cancelled)
}

fn range(view: &View<'_>, candidate: &Candidate) -> Option<DateRange> {
    span::own(candidate, view.anchor).map(|resolved| {
        let range = resolved.when.range();
        if resolved.when.is_approximate() { range.widen(3) } else { range }
    })
}

fn dates_meet(view: &View<'_>, one: &Candidate, other: &Candidate) -> bool {
    let headline = |candidate: &Candidate| {
        candidate.times.any().is_none()
            && view.sentences.get(candidate.sentence).is_some_and(|s| s.field == Field::Title)
    };
    if headline(one) || headline(other) {
        return true;
    }
    if one.kind == Kind::Visit && is_open(one.status) != is_open(other.status) {
        // "He will end the visit on Friday": the end of the stay that has begun.
        if ends_stay(one, other) || ends_stay(other, one) {
            return true;
        }
        // A tour planned for a day of the stay is not the stay.
        return [one, other]
            .iter()
            .any(|candidate| candidate.form == Form::Noun && range(view, candidate).is_none());
    }
    match (range(view, one), range(view, other)) {
        // What is done on one day of a festival is not the festival.
        (Some(one_days), Some(other_days))
            if one.kind == Kind::Other && one.lasting != other.lasting =>
        {
            one_days == other_days
        }
        (Some(one_days), Some(other_days)) => {
            let slack = if is_long(one.kind) && one.kind != Kind::Exhibition { 3 } else { 0 };
            let goes_on = one.lasting && other.lasting && one.kind != Kind::Visit;
            if goes_on && (ends_stay(one, other) || ends_stay(other, one)) {
                return true;
            }
            one_days.widen(slack).overlaps(other_days)
        }
        (None, None) => true,
        // A plan without a date is not what was held, nor the reverse; what is said of a stay is said of
        // the one that is told.
        _ => {
            is_long(one.kind)
                && one.kind != Kind::Negotiation
                && !(is_past_beside_plan(view, one, other) || is_past_beside_plan(view, other, one))
                || is_open(one.status) == is_open(other.status)
        }
    }
}

/// Whether a verb tells of the past, without a date, and the other is planned for days ahead.
fn is_past_beside_plan(view: &View<'_>, past: &Candidate, plan: &Candidate) -> bool {
    past.status == Status::Held
        && past.form == Form::Told
        && past.times.any().is_none()
        && is_open(plan.status)
        && range(view, plan).is_some_and(|days| view.begins_ahead(days))
}

/// Whether a candidate tells no more than the end of the stay whose beginning another tells.
fn ends_stay(end: &Candidate, stay: &Candidate) -> bool {
    let day = |told: &Option<Told>| told.as_ref().and_then(|told| told.when.when.as_day());
    let only_end = end.times.start.is_none() && end.times.day.is_none();
    let first = day(&stay.times.start).or(day(&stay.times.day));
    day(&end.times.end).zip(first).is_some_and(|(last, first)| {
        only_end && stay.times.end.is_none() && (0..=LONG_STAY).contains(&(last - first).num_days())
    })
}

/// Days within which a stay ends that is told day by day.
const LONG_STAY: i64 = 14;

const fn is_open(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Proposed)
}

fn parties_meet(one: &Candidate, other: &Candidate) -> bool {
    if one.borrowed && other.borrowed || one.parties.is_empty() || other.parties.is_empty() {
        return true;
    }
    // "The two sides discussed": the talks told just before.
    let faceless = |candidate: &Candidate| {
        candidate.times.any().is_none()
            && candidate.parties.iter().all(|party| party.who.is_country())
    };
    if is_talk(one.kind)
        && (faceless(one) || faceless(other))
        && one.sentence.abs_diff(other.sentence) <= 4
    {
        return true;
    }
    let (short, long) =
        if one.parties.len() <= other.parties.len() { (one, other) } else { (other, one) };
    match one.kind {
        Kind::Meeting | Kind::Call | Kind::Negotiation | Kind::Message => {
            let stand = |some: &Candidate, others: &Candidate| {
                some.parties.iter().all(|party| stands_for(party, &others.parties))
            };
            stand(short, long)
                || short.parties.len() == long.parties.len() && stand(long, short)
                || shared(one, other) >= 2
        }
        Kind::Visit | Kind::Statement | Kind::Appointment => {
            shared(one, other) >= 1 || by_country(one, other)
        }
        _ => shared(one, other) >= 1 || by_country(one, other),
    }
}

/// Whether a party is among others, by itself or, for a country or body, by one of its people.
fn stands_for(party: &Party, others: &[Party]) -> bool {
    others.iter().any(|other| other.who.id == party.who.id)
        || !party.who.is_person()
            && others
                .iter()
                .any(|other| other.who.country.is_some() && other.who.country == party.who.country)
}

fn shared(one: &Candidate, other: &Candidate) -> usize {
    one.parties
        .iter()
        .filter(|party| other.parties.iter().any(|known| known.who.id == party.who.id))
        .count()
}

/// Whether one names only countries or bodies where the other names their people.
fn by_country(one: &Candidate, other: &Candidate) -> bool {
    let person =
        |candidate: &Candidate| candidate.parties.iter().any(|party| party.who.is_person());
    if person(one) && person(other) {
        return false;
    }
    let countries = party::countries(&one.parties);
    party::countries(&other.parties).iter().any(|country| countries.contains(country))
}

fn places_meet(one: &Candidate, other: &Candidate) -> bool {
    match (&one.place, &other.place) {
        (Some(one_place), Some(other_place)) if one.kind == Kind::Visit => {
            one_place.id == other_place.id
                || one_place.country == other_place.country
                    && (one.times.any().is_none() || other.times.any().is_none())
                || one_place.is_country() && one_place.country == other_place.country
                || other_place.is_country() && one_place.country == other_place.country
        }
        _ => true,
    }
}

/// Takes over what the later candidate tells better.
fn absorb(view: &View<'_>, known: &mut Candidate, mut later: Candidate) {
    known.told += later.told;
    known.lasting |= later.lasting;
    if later.weak.is_none() {
        known.weak = None;
    }
    if !known.rules.contains(&rules::TOLD_TWICE) {
        known.rules.push(rules::TOLD_TWICE);
    }
    let in_title = |candidate: &Candidate| {
        view.sentences
            .get(candidate.sentence)
            .is_some_and(|sentence| sentence.field == Field::Title)
    };
    let title = in_title(known);
    if title && !known.rules.contains(&rules::HEADLINE) {
        known.rules.push(rules::HEADLINE);
    }
    let dated = |candidate: &Candidate| candidate.times.any().is_some();
    let firmer = dated(&later) && !dated(known)
        || title && (dated(&later) || !dated(known))
        || later.form == Form::Told && known.form == Form::Noun && !dated(known);
    if firmer {
        std::mem::swap(&mut known.sentence, &mut later.sentence);
        std::mem::swap(&mut known.trigger, &mut later.trigger);
        std::mem::swap(&mut known.form, &mut later.form);
        if known.status != Status::Postponed && known.status != Status::Cancelled {
            std::mem::swap(&mut known.status, &mut later.status);
        }
    }
    if moved(&later) && (!moved(known) || title && later.times.any().is_some()) {
        known.status = later.status;
        std::mem::swap(&mut known.times, &mut later.times);
    }
    if known.kind > later.kind {
        known.kind = later.kind;
    }
    if known.status == Status::Postponed && takes_new_day(known, &later) {
        let old = known.times.any().map(|told| told.when.clone());
        known.previous = known.previous.take().or(old);
        known.times = later.times;
    } else if moved(known) {
        known.previous =
            known.previous.take().or_else(|| later.times.any().map(|told| told.when.clone()));
        if known.times.any().is_none() {
            known.times.absorb(later.times);
        }
    } else {
        // "Next week" in the headline is "on Monday" in the lead.
        known.times.refine(&later.times);
        known.times.absorb(later.times);
    }
    known.previous = known.previous.take().or(later.previous);
    match (&known.place, later.place) {
        (None, place) => known.place = place,
        (Some(old), Some(new))
            if old.is_country() && !new.is_country() && old.country == new.country =>
        {
            known.place = Some(new);
        }
        _ => {}
    }
    if known.borrowed && !later.borrowed {
        known.parties = later.parties;
        known.borrowed = false;
    } else if !later.borrowed {
        for party in later.parties {
            let named = known.parties.iter().any(|old| old.who.id == party.who.id);
            let vague = party.who.is_country() && stands_for(&party, &known.parties);
            // "The contract will not affect Serbia" makes no third party to it.
            let third = party.who.is_country() && party::countries(&known.parties).len() > 1;
            if !named && !vague && !third && known.parties.len() < super::Mention::MAX_PARTIES {
                replace_vague(&mut known.parties, &party);
                known.parties.push(party);
            }
        }
    }
    for rule in later.rules {
        if !known.rules.contains(&rule) {
            known.rules.push(rule);
        }
    }
}

/// Whether what was put off is told in a sentence of its own to be planned for a later day: that is the new one.
fn takes_new_day(known: &Candidate, later: &Candidate) -> bool {
    let day = |candidate: &Candidate| {
        candidate.times.any().and_then(|told| told.when.when.range().first())
    };
    let gone = known.previous.as_ref().and_then(|previous| previous.when.range().first());
    let known_new = gone.is_some() && day(known) != gone;
    is_open(later.status)
        && !known_new
        && day(later).zip(day(known)).is_some_and(|(new, old)| new > old)
}

/// A person told by name takes the place of the country for which he or she acts.
fn replace_vague(parties: &mut Vec<Party>, new: &Party) {
    if !new.who.is_country() {
        parties.retain(|old| !(old.who.is_country() && old.who.country == new.who.country));
    }
}
