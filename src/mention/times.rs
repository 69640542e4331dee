//! What the sentences tell of the time of an event: its day, its beginning and end, its length.

use super::{
    candidate::{Candidate, Group, usable},
    view::{Sentence, View},
};
use crate::{
    calendar::{Edtf, Precision},
    lexicon::cues::{Aspect, Cue, Form, Mark},
    model::{Basis, EntityType, Kind, Located, Resolved},
    text::Span,
    timex::Timex,
};
use chrono::{Days, NaiveDate};

/// What is told of the time of one event, all sentences about it taken together.
#[derive(Debug, Clone, Default)]
pub(super) struct Times {
    /// When it takes place, without saying whether that is its beginning.
    pub(super) day: Option<Told>,
    /// When it begins.
    pub(super) start: Option<Told>,
    /// When it ends.
    pub(super) end: Option<Told>,
    /// How many days it lasts.
    pub(super) days: Option<u32>,
    /// Which of its days is told or, of a single day, which day of what it is told inside; 0 is the last.
    pub(super) nth: Option<u8>,
    /// Whether it is told to begin or to end, without a day.
    pub(super) turn: Option<Aspect>,
    /// It goes on since its beginning: "has been in Belgrade since Monday".
    pub(super) goes_on: bool,
}

/// A resolved time expression and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) when: Resolved,
    pub(super) at: Located,
}

impl Times {
    /// The first of the told times that there is.
    pub(super) fn any(&self) -> Option<&Told> {
        self.day.as_ref().or(self.start.as_ref()).or(self.end.as_ref())
    }

    /// Leaves out what is told more closely elsewhere: "next week" beside "on Monday".
    pub(super) fn refine(&mut self, closer: &Self) {
        for slot in [&mut self.day, &mut self.start, &mut self.end] {
            let told = [&closer.day, &closer.start, &closer.end];
            slot.take_if(|own| told.into_iter().flatten().any(|fine| is_within(fine, own)));
        }
    }

    /// Takes over what is not known yet.
    pub(super) fn absorb(&mut self, other: Self) {
        self.day = self.day.take().or(other.day);
        self.start = self.start.take().or(other.start);
        self.end = self.end.take().or(other.end);
        self.days = self.days.or(other.days);
        self.nth = self.nth.or(other.nth);
        self.turn = self.turn.or(other.turn);
        self.goes_on |= other.goes_on;
    }
}

/// Whether a told time lies within another that is no more than a week, a month or a season.
fn is_within(fine: &Told, coarse: &Told) -> bool {
    // A range of days is exact, and a year has room for more than one event.
    let vague = !matches!(coarse.when.precision, Precision::Day | Precision::Year);
    vague && is_inside(fine, coarse)
}

/// Whether a told time lies within another and is finer.
fn is_inside(fine: &Told, coarse: &Told) -> bool {
    let (fine, coarse) = (fine.when.when.range(), coarse.when.when.range());
    fine.within(coarse)
        && fine.days().zip(coarse.days()).is_some_and(|(fine, coarse)| fine < coarse)
}

/// By how many words a word that opens or closes is farther from a time on the other side of it than that of its
/// object.
const TURNED: usize = 4;

/// Within how many words a time is told again more closely.
const BESIDE: usize = 3;

/// Sorts the time expressions of a group into beginning, end and plain day.
pub(super) fn read(view: &View<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> Times {
    let mut times = Times::default();
    if group.lasting {
        times.days = sentence
            .durations
            .iter()
            .map(|length| length.days)
            .find(|days| (1..400).contains(days));
    }
    // "On the last day of the workshop a letter will be signed": of the letter.
    let other = group.lasting
        && group.timexes.is_empty()
        && group.triggers.iter().all(|(_, trigger)| trigger.form == Form::Noun)
        && sentence
            .triggers
            .iter()
            .any(|(_, trigger)| trigger.kind != group.kind && trigger.form != Form::Noun);
    times.nth = sentence.cues.iter().find_map(|found| match found.cue {
        Cue::Nth(n) if !other => Some(n),
        _ => None,
    });
    if group.lasting && group.timexes.is_empty() {
        times.turn = turn(view, sentence, group);
    }
    for timex in &group.timexes {
        let Some(mut when) = timex.resolved.clone() else { continue };
        if sentence.before(Mark::Since, timex.span, 0) {
            let ahead = group.triggers.iter().any(|(span, _)| {
                sentence.near(Mark::Future, *span, 6) || sentence.near(Mark::Plan, *span, 6)
            });
            let told = group.triggers.iter().any(|(_, trigger)| trigger.form == Form::Told);
            let gone_on = told || group.lasting && !sentence.verb_final;
            if is_bare_weekday(sentence, timex) && !ahead && gone_on {
                begun(&mut when, view);
            }
            times.goes_on |= matches!(group.kind, Kind::Visit | Kind::Other) && group.lasting;
        }
        // "Has applied since 1 March": that day it began.
        let open = when.precision == Precision::Day && when.when.range().last().is_none();
        if open && let Some(first) = when.when.range().first() {
            when.when = Edtf::day(first);
            times.goes_on |= matches!(group.kind, Kind::Visit | Kind::Other) && group.lasting;
        }
        // "From 20 to 24 April" tells both ends.
        let whole = when.precision == Precision::Day && when.when.as_day().is_none();
        let told = Some(Told { when, at: Located { field: sentence.field, span: timex.span } });
        let end = match (whole, open && group.lasting) {
            (true, _) => None,
            (_, true) => Some(Aspect::Start),
            _ => end_told(view, sentence, group, timex.span),
        };
        let slot = match end {
            Some(Aspect::Start) => &mut times.start,
            Some(Aspect::End) => &mut times.end,
            None => &mut times.day,
        };
        // "This year, from 17 to 23 May".
        let finer = told.as_ref().zip(slot.as_ref()).is_some_and(|(told, old)| {
            let beside = sentence.words_between(told.at.span, old.at.span) <= BESIDE;
            beside && old.when.precision != Precision::Day && is_inside(told, old)
        });
        if slot.is_none() || finer {
            *slot = told;
        }
    }
    // "This summer, from 7 July".
    let finer = [&times.start, &times.end];
    let closer = |day: &mut Told| {
        finer.into_iter().flatten().any(|fine| {
            sentence.words_between(fine.at.span, day.at.span) <= BESIDE && is_inside(fine, day)
        })
    };
    times.day.take_if(closer);
    times
}

/// Whether a time expression is the name of a weekday and no more: "since Tuesday", not "from next Tuesday".
fn is_bare_weekday(sentence: &Sentence<'_>, timex: &Timex) -> bool {
    timex.rule.0 == "timex.weekday" && sentence.words(timex.core).split_whitespace().count() == 1
}

/// "Since Tuesday" of something under way is the Tuesday before.
fn begun(when: &mut Resolved, view: &View<'_>) {
    let ahead = |day: NaiveDate| {
        view.anchor.day().is_some_and(|today| day > today && (day - today).num_days() < 8)
    };
    if when.basis == Basis::Relative
        && let Some(day) = when.when.as_day().filter(|day| ahead(*day))
        && let Some(before) = day.checked_sub_days(Days::new(7))
    {
        when.when = Edtf::day(before);
    }
}

/// Whether a lasting event is told to begin or to end.
fn turn(view: &View<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> Option<Aspect> {
    let (first, _) = group.triggers.first()?;
    let verbs = group.triggers.iter().filter_map(|(span, trigger)| {
        let turned = trigger.aspect == Some(Aspect::Start) && leaves_host(view, sentence, *span);
        trigger.aspect.map(|aspect| if turned { Aspect::End } else { aspect })
    });
    let beside = |mark: Mark, aspect: Aspect| sentence.near(mark, *first, 4).then_some(aspect);
    verbs.chain(beside(Mark::Begin, Aspect::Start)).chain(beside(Mark::End, Aspect::End)).next()
}

/// Which end of a lasting event a time expression tells, if it tells one.
fn end_told(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    group: &Group<'_>,
    timex: Span,
) -> Option<Aspect> {
    if !group.lasting {
        return None;
    }
    if sentence.before(Mark::Until, timex, 1) {
        return Some(Aspect::End);
    }
    if sentence.before(Mark::Since, timex, 1) {
        return Some(Aspect::Start);
    }
    if group.triggers.iter().any(|(span, _)| sentence.before(Mark::After, *span, 2)) {
        return Some(Aspect::End);
    }
    // A word that opens or closes belongs to the time expression nearest to it, rather to one on its side of the
    // verb: "opens its gates on 15 May and shuts them on 15 August".
    let way = |span: Span, timex: Span| {
        let turned =
            if sentence.verb_final { span.end <= timex.start } else { span.start >= timex.end };
        sentence.distance(span, timex) + if turned { TURNED } else { 0 }
    };
    let own = |span: Span| {
        let nearer = |other: &&Timex| way(span, other.span) >= way(span, timex);
        group.timexes.iter().filter(|other| other.span != timex).all(nearer)
    };
    let opening = sentence.marks(Mark::Begin).map(|span| (span, Aspect::Start));
    let closing = sentence.marks(Mark::End).map(|span| (span, Aspect::End));
    let verbs = group.triggers.iter().filter_map(|(span, trigger)| {
        let aspect = trigger.aspect?;
        let turned = aspect == Aspect::Start && leaves_host(view, sentence, *span);
        Some((*span, if turned { Aspect::End } else { aspect }))
    });
    verbs
        .chain(opening)
        .chain(closing)
        .filter(|(span, _)| own(*span))
        .min_by_key(|(span, _)| way(*span, timex))
        .filter(|(span, _)| sentence.distance(*span, timex) < 16)
        .map(|(_, aspect)| aspect)
}

/// Whether a verb of leaving is followed at once by a place abroad and by no other: "left Belgrade".
fn leaves_host(view: &View<'_>, sentence: &Sentence<'_>, verb: Span) -> bool {
    if !sentence.marks(Mark::From).any(|from| from.overlaps(verb)) {
        return false;
    }
    let mut after = view
        .names_of(sentence)
        .filter(|name| name.etype == EntityType::Place && name.at.span.start >= verb.end);
    let Some(left) = after.next() else { return false };
    let next_word = sentence.words_between(verb, left.at.span) == 0;
    let home = view
        .names_of(sentence)
        .any(|name| name.etype == EntityType::Person && name.country() == left.country());
    let elsewhere = after.any(|name| name.country() != left.country());
    next_word && !home && !elsewhere
}

/// Sorts the days that a postponement tells: the latest is the new one; a single day that was planned is
/// the old one, which is kept as about then.
pub(super) fn postpone(view: &View<'_>, sentence: &Sentence<'_>, candidate: &mut Candidate) {
    let mut told: Vec<Told> = sentence
        .timexes
        .iter()
        .filter(|timex| usable(view, sentence, timex, candidate.kind))
        .filter_map(|timex| {
            let at = Located { field: sentence.field, span: timex.span };
            Some((timex.resolved.clone()?, at))
        })
        .flat_map(|(when, at)| from_to(when).map(move |when| Told { when, at }))
        .collect();
    told.sort_by_key(|told| told.when.when.range().last());
    // A day that was planned is the old one, whatever year the other was taken to be in.
    let planned = |told: &Told| {
        sentence.before(Mark::Plan, told.at.span, 6)
            && !sentence.before(Mark::Postpone, told.at.span, 2)
    };
    told.sort_by_key(|told| !planned(told));
    let Some(last) = told.pop() else { return };
    let planned = planned(&last);
    candidate.previous = told.first().map(|told| told.when.clone());
    let when = if candidate.previous.is_none() && planned {
        candidate.previous = Some(last.when.clone());
        Resolved { when: last.when.when.approximately(), ..last.when }
    } else {
        last.when
    };
    candidate.times = Times { day: Some(Told { when, at: last.at }), ..Times::default() };
}

/// "Moved from 15 April to 20 May" tells two days, not the days between them.
fn from_to(when: Resolved) -> impl Iterator<Item = Resolved> {
    let range = when.when.range();
    let ends = range.first().zip(range.last()).filter(|(first, last)| {
        let days = (*last - *first).num_days();
        when.precision == Precision::Day && days > 4
    });
    let moved = ends.map(|(first, last)| {
        [first, last].map(|day| Resolved { when: Edtf::day(day), ..when.clone() })
    });
    let whole = if moved.is_none() { Some(when) } else { None };
    moved.into_iter().flatten().chain(whole)
}

/// Makes a journey out a journey back: what was its beginning is the end of the stay abroad.
pub(super) fn turn_back(candidate: &mut Candidate) {
    let times = &mut candidate.times;
    times.end = times.end.take().or(times.start.take()).or(times.day.take());
    times.turn = Some(Aspect::End);
}
