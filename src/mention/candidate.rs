//! Candidates: what the triggers of one sentence tell, before dates and parties are known.

use super::{
    name::Name,
    party, rules,
    view::{Sentence, View},
};
use crate::{
    calendar::Edtf,
    lexicon::cues::{Aspect, Cue, Form, Mark, Trigger},
    model::{Basis, Entity, EntityType, Kind, Located, Party, Resolved, RuleId, Status},
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
    /// Which of its days is told; 0 is the last.
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

/// Something that a sentence tells.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The number of its sentence in the view.
    pub(super) sentence: usize,
    pub(super) kind: Kind,
    pub(super) form: Form,
    /// The words that tell it.
    pub(super) trigger: Span,
    pub(super) times: Times,
    pub(super) status: Status,
    pub(super) parties: Vec<Party>,
    pub(super) place: Option<Entity>,
    /// The date that a postponement left.
    pub(super) previous: Option<Resolved>,
    pub(super) rules: Vec<RuleId>,
    /// How many sentences tell it.
    pub(super) told: usize,
    /// The parties come from other sentences alone.
    pub(super) borrowed: bool,
    /// Too little to stand alone: it may add to another candidate, and is left otherwise.
    pub(super) weak: Option<&'static str>,
}

/// Triggers of one kind that tell one event.
struct Group<'a> {
    kind: Kind,
    triggers: Vec<(Span, Trigger)>,
    timexes: Vec<&'a Timex>,
}

/// The candidates of a sentence, in reading order, with their times.
pub(super) fn candidates(
    view: &View<'_>,
    number: usize,
    sentence: &Sentence<'_>,
) -> Vec<Candidate> {
    let triggers = told_here(view, sentence);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for &(span, trigger) in &triggers {
        let timex = nearest(view, sentence, span, trigger.kind, &triggers);
        let spans_days = is_long(trigger.kind);
        let fits = |group: &&mut Group<'_>| {
            group.kind == trigger.kind
                && (spans_days
                    || timex.is_none_or(|timex| {
                        group.timexes.is_empty()
                            || group.timexes.iter().any(|known| known.span == timex.span)
                    })
                    || group.timexes.is_empty())
        };
        match groups.iter_mut().find(fits) {
            Some(group) => {
                group.triggers.push((span, trigger));
                group.timexes.extend(timex);
            }
            None => groups.push(Group {
                kind: trigger.kind,
                triggers: vec![(span, trigger)],
                timexes: timex.into_iter().collect(),
            }),
        }
    }
    for group in groups.iter_mut().filter(|group| is_long(group.kind)) {
        let more = sentence.timexes.iter().filter(|timex| {
            usable(view, sentence, timex, group.kind)
                && group.timexes.iter().all(|known| known.span != timex.span)
                && !is_taken(sentence, &triggers, group.kind, timex.span)
        });
        let more: Vec<&Timex> = more.copied().collect();
        group.timexes.extend(more);
    }
    groups.iter().filter_map(|group| candidate(view, number, sentence, group)).collect()
}

/// Whether a verb of another kind stands nearer to a time expression than all triggers of `kind`.
fn is_taken(
    sentence: &Sentence<'_>,
    triggers: &[(Span, Trigger)],
    kind: Kind,
    timex: Span,
) -> bool {
    let nearest = |own: bool| {
        triggers
            .iter()
            .filter(|(_, trigger)| {
                (trigger.kind == kind) == own && (own || trigger.form != Form::Noun)
            })
            .map(|(span, _)| sentence.distance(*span, timex))
            .min()
    };
    // The end of a stay may be told by a mark of its own, far from the noun.
    let marked = sentence.before(Mark::Until, timex, 1) || sentence.before(Mark::Since, timex, 1);
    match (nearest(true), nearest(false)) {
        (Some(own), Some(other)) => other < own && !marked,
        (own, _) => own.is_none(),
    }
}

/// Whether events of a kind last: their days are told by beginning, end and length.
pub(super) const fn is_long(kind: Kind) -> bool {
    matches!(kind, Kind::Visit | Kind::Conference | Kind::Exhibition | Kind::Negotiation)
}

/// The triggers of a sentence; of those kinds that one word may tell together, the first in precedence.
fn told_here(view: &View<'_>, sentence: &Sentence<'_>) -> Vec<(Span, Trigger)> {
    let all = &sentence.triggers;
    let people: Vec<&Name> =
        view.names_of(sentence).filter(|name| name.etype == EntityType::Person).collect();
    let faces = party::covered(&people);
    let tells = |kind: Kind| all.iter().any(|(_, trigger)| trigger.kind == kind);
    let talks_to = |kind: Kind| -> bool {
        match kind {
            // A talk is told once: by its medium, by its aim, or as a plain meeting.
            Kind::Meeting => {
                tells(Kind::Call)
                    || tells(Kind::Negotiation) && !tells_separately(sentence)
                    || tells(Kind::Conference) && faces < 2
            }
            Kind::Negotiation => tells(Kind::Call),
            // A flight or the passage of travellers is no visit of anybody.
            Kind::Visit => (tells(Kind::Launch) || tells(Kind::Other)) && people.is_empty(),
            _ => false,
        }
    };
    all.iter().filter(|(_, trigger)| !talks_to(trigger.kind)).copied().collect()
}

/// Whether a meeting is told by a verb of its own beside negotiations.
fn tells_separately(sentence: &Sentence<'_>) -> bool {
    let triggers = &sentence.triggers;
    let negotiation = triggers.iter().find(|(_, trigger)| trigger.kind == Kind::Negotiation);
    let meeting = triggers
        .iter()
        .find(|(_, trigger)| trigger.kind == Kind::Meeting && trigger.form != Form::Noun);
    match (negotiation, meeting) {
        (Some((one, _)), Some((other, _))) => !sentence.same_clause(*one, *other),
        _ => false,
    }
}

/// The time expression that goes with a trigger: the nearest one, clause borders counting as distance.
fn nearest<'a>(
    view: &View<'_>,
    sentence: &Sentence<'a>,
    trigger: Span,
    kind: Kind,
    triggers: &[(Span, Trigger)],
) -> Option<&'a Timex> {
    sentence
        .timexes
        .iter()
        .filter(|timex| usable(view, sentence, timex, kind))
        .filter(|timex| kind != Kind::Exhibition || !is_taken(sentence, triggers, kind, timex.span))
        .map(|timex| (cost(sentence, trigger, kind, timex, triggers), *timex))
        .min_by_key(|(cost, timex)| (*cost, timex.span.start))
        .filter(|(cost, _)| *cost < FAR)
        .map(|(_, timex)| timex)
}

/// The distance from which on a time expression does not belong to a trigger.
const FAR: usize = 34;

/// How far a time expression is from a trigger: the way, and more where another event stands between.
fn cost(
    sentence: &Sentence<'_>,
    trigger: Span,
    kind: Kind,
    timex: &Timex,
    triggers: &[(Span, Trigger)],
) -> usize {
    let way = sentence.distance(trigger, timex.span);
    let closer = triggers.iter().any(|(span, other)| {
        other.kind != kind
            && other.form != Form::Noun
            && sentence.same_clause(*span, timex.span)
            && !sentence.same_clause(trigger, timex.span)
    });
    way + if closer { 12 } else { 0 }
}

fn usable(view: &View<'_>, sentence: &Sentence<'_>, timex: &Timex, kind: Kind) -> bool {
    let Some(resolved) = &timex.resolved else { return false };
    if timex.dateline || timex.furniture {
        return false;
    }
    let named = view.names_of(sentence).any(|name| name.at.span.contains(timex.span));
    let occasion = sentence
        .cues
        .iter()
        .any(|found| matches!(found.cue, Cue::Occasion(_)) && found.span.overlaps(timex.span));
    if named || occasion {
        return false;
    }
    let range = resolved.when.range();
    if kind == Kind::Invitation && range.first().is_some_and(|first| first > view.anchor.latest()) {
        return false;
    }
    let Some(last) = range.last() else { return true };
    let age = (view.anchor.latest() - last).num_days();
    // A year alone is history unless it lies ahead or the kind is one that is planned by years.
    let coarse = range.days().is_some_and(|days| days > 100);
    age < BACKGROUND_DAYS && !(coarse && age > 400 && kind != Kind::Exhibition)
}

/// What lies further back than this is background: twenty years.
const BACKGROUND_DAYS: i64 = 20 * 365;

fn candidate(
    view: &View<'_>,
    number: usize,
    sentence: &Sentence<'_>,
    group: &Group<'_>,
) -> Option<Candidate> {
    let best = |form: Form| group.triggers.iter().find(|(_, trigger)| trigger.form == form);
    let (span, lead) =
        best(Form::Told).or_else(|| best(Form::Bare)).or_else(|| best(Form::Noun))?;
    let times = times(view, sentence, group);
    let mut rules = vec![rules::trigger(lead.form)];
    if times.any().is_some() {
        rules.push(rules::SAME_SENTENCE);
    }
    Some(Candidate {
        sentence: number,
        kind: group.kind,
        form: lead.form,
        trigger: *span,
        times,
        status: Status::Held,
        parties: Vec::new(),
        place: None,
        previous: None,
        rules,
        told: 1,
        borrowed: false,
        weak: None,
    })
}

/// Sorts the time expressions of a group into beginning, end and plain day.
fn times(view: &View<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> Times {
    let mut times = Times::default();
    if is_long(group.kind) {
        times.days = sentence
            .durations
            .iter()
            .map(|length| length.days)
            .find(|days| (1..400).contains(days));
        times.nth = sentence.cues.iter().find_map(|found| match found.cue {
            Cue::Nth(n) => Some(n),
            _ => None,
        });
    }
    if is_long(group.kind) && group.timexes.is_empty() {
        times.turn = turn(view, sentence, group);
    }
    for timex in &group.timexes {
        let Some(mut when) = timex.resolved.clone() else { continue };
        if sentence.before(Mark::Since, timex.span, 0) {
            begun(&mut when, view);
            times.goes_on = group.kind == Kind::Visit;
        }
        let told = Some(Told { when, at: Located { field: sentence.field, span: timex.span } });
        let slot = match end_told(view, sentence, group, timex.span) {
            Some(Aspect::Start) => &mut times.start,
            Some(Aspect::End) => &mut times.end,
            None => &mut times.day,
        };
        if slot.is_none() {
            *slot = told;
        }
    }
    times
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
    if !is_long(group.kind) {
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
    // A word that opens or closes belongs to the time expression nearest to it.
    let own = |span: Span| {
        group.timexes.iter().all(|other| {
            other.span == timex
                || sentence.distance(span, other.span) >= sentence.distance(span, timex)
        })
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
        .map(|(span, aspect)| (sentence.distance(span, timex), aspect))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance < 16)
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
    let next_word = sentence.between(verb, left.at.span).trim().is_empty();
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
            Some(Told { when: timex.resolved.clone()?, at })
        })
        .collect();
    told.sort_by_key(|told| told.when.when.range().last());
    // A day that was planned is the old one, whatever year the other was taken to be in.
    let planned = |told: &Told| sentence.before(Mark::Plan, told.at.span, 6);
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

/// Makes a journey out a journey back: what was its beginning is the end of the stay abroad.
pub(super) fn turn_back(candidate: &mut Candidate) {
    let times = &mut candidate.times;
    times.end = times.end.take().or(times.start.take()).or(times.day.take());
    times.turn = Some(Aspect::End);
}
