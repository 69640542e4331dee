//! How long something lasts that a sentence of its own tells: "They will stay until Friday", "It lasts three days".

use super::{
    candidate::{self, Candidate},
    name::Name,
    rules,
    times::Told,
    view::{Sentence, View},
};
use crate::{
    lexicon::cues::Mark,
    model::{Entity, EntityType, Kind, Located, Party, Status},
};

/// How many sentences further on it may be told.
const REACH: usize = 3;
/// Within how many words of "lasts" its length or end is told.
const BESIDE: usize = 8;

/// Gives lengths and ends that are told alone to the lasting event told last.
pub(super) fn lengths(view: &View<'_>, candidates: &mut Vec<Candidate>) {
    for (number, sentence) in view.sentences.iter().enumerate().filter(|(_, s)| !s.furniture) {
        // "They will stay until Friday" tells a stay of its own where somebody is named.
        let alone = |own: &Candidate| {
            let person = |party: &Party| party.who.is_person();
            let ends = own.times.day.is_none() && own.times.start.is_none();
            let whose = own.times.end.is_some() && own.parties.iter().any(person) && !own.borrowed;
            own.sentence == number && own.lasting && ends && !whose
        };
        let told = candidates
            .iter()
            .any(|own| own.sentence == number && own.times.any().is_some() && !alone(own));
        if told || !sentence.has(Mark::Last) {
            continue;
        }
        let (days, end) = (length(sentence), end(view, sentence));
        let named: Vec<Kind> = sentence.triggers.iter().map(|(_, trigger)| trigger.kind).collect();
        let about = candidates.iter_mut().rev().find(|event| {
            event.lasting
                && event.sentence < number
                && event.sentence + REACH >= number
                && (named.is_empty() || named.contains(&event.kind))
                && matches!(event.status, Status::Held | Status::Planned)
                && (event.times.day.is_some() || event.times.start.is_some())
                && event.times.end.is_none()
                && event.times.days.is_none()
        });
        let Some(about) = about.filter(|_| days.is_some() || end.is_some()) else { continue };
        // The day on which it was told is that of its beginning.
        if about.times.start.is_none() {
            let day = about.times.day.take_if(|day| day.when.when.as_day().is_some());
            about.times.start = day;
        }
        (about.times.days, about.times.end) = (days, end);
        about.rules.push(rules::STORY);
        candidates.retain(|own| !alone(own));
    }
}

/// Within how many words of the way home its day is told, and within how many days a stay ends.
const HOME: usize = 8;
const LONGEST: i64 = 14;

/// Makes the day on which somebody goes home the end of the stay told before: "They return to Tehran on Friday".
pub(super) fn ways_home(view: &View<'_>, candidates: &mut Vec<Candidate>) {
    for (number, sentence) in view.sentences.iter().enumerate().filter(|(_, s)| !s.furniture) {
        let Some(home) = sentence.marks(Mark::Home).next() else { continue };
        let timexes = sentence.timexes.iter().filter(|timex| {
            timex.resolved.as_ref().is_some_and(|resolved| resolved.when.as_day().is_some())
                && candidate::usable(view, sentence, timex, Kind::Visit)
                && sentence.distance(home, timex.span) <= HOME
        });
        let Some(timex) = timexes.min_by_key(|timex| sentence.distance(home, timex.span)) else {
            continue;
        };
        let Some(when) = timex.resolved.clone() else { continue };
        let Some(day) = when.when.as_day() else { continue };
        let place = view
            .names_of(sentence)
            .filter(|name| name.etype == EntityType::Place && name.country().is_some())
            .filter(|name| sentence.distance(name.at.span, home) <= HOME)
            .min_by_key(|name| sentence.distance(name.at.span, home));
        let stay = candidates.iter_mut().rev().find(|stay| {
            let begun = stay.times.start.as_ref().or(stay.times.day.as_ref());
            let first = begun.and_then(|told| told.when.when.as_day());
            let leaves = sentence.marks(Mark::From).any(|from| from.overlaps(home));
            let theirs = |name: &Name| {
                let here = |place: &Entity| place.country.as_ref() == name.country();
                leaves && stay.place.as_ref().is_some_and(here)
                    || stay.parties.iter().any(|party| party.who.country.as_ref() == name.country())
                        && stay.place.as_ref().is_some_and(|place| !here(place))
            };
            stay.kind == Kind::Visit
                && stay.sentence <= number
                && matches!(stay.status, Status::Held | Status::Planned)
                && stay.times.end.is_none()
                && first.is_some_and(|first| (1..=LONGEST).contains(&(day - first).num_days()))
                && place.is_none_or(theirs)
        });
        let Some(stay) = stay else { continue };
        if stay.times.start.is_none() {
            stay.times.start = stay.times.day.take();
        }
        let at = Located { field: sentence.field, span: timex.span };
        stay.times.end = Some(Told { when, at });
        let (kept, trigger) = (stay.sentence, stay.trigger);
        candidates.retain(|other| {
            let away = other.kind == Kind::Visit
                && other.sentence == number
                && sentence.distance(other.trigger, home) <= 2;
            !away || other.sentence == kept && other.trigger == trigger
        });
    }
}

fn length(sentence: &Sentence<'_>) -> Option<u32> {
    let last = || sentence.marks(Mark::Last);
    sentence
        .durations
        .iter()
        .filter(|length| last().any(|at| sentence.distance(at, length.span) <= BESIDE))
        .map(|length| length.days)
        .find(|days| (2..400).contains(days))
}

fn end(view: &View<'_>, sentence: &Sentence<'_>) -> Option<Told> {
    sentence
        .timexes
        .iter()
        .filter(|timex| sentence.before(Mark::Until, timex.span, 1))
        .filter(|timex| candidate::usable(view, sentence, timex, Kind::Visit))
        .find_map(|timex| {
            let at = Located { field: sentence.field, span: timex.span };
            Some(Told { when: timex.resolved.clone()?, at })
        })
}
