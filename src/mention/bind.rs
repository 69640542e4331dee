//! Which time expression of a sentence belongs to which of its triggers.

use super::{
    border,
    candidate::{is_long, is_taken, usable},
    topic,
    view::{Sentence, View},
};
use crate::{
    calendar::Precision,
    lexicon::cues::{Form, Mark, Trigger},
    model::Kind,
    text::Span,
    timex::Timex,
};

/// The time expression that goes with a trigger: the nearest one, clause borders counting as distance.
pub(super) fn nearest<'a>(
    view: &View<'_>,
    sentence: &Sentence<'a>,
    trigger: Span,
    kind: Kind,
    triggers: &[(Span, Trigger)],
) -> Option<&'a Timex> {
    // Between the only verb and the only date may stand the names of all who take part.
    let verb = triggers.iter().any(|(span, own)| *span == trigger && own.form == Form::Told);
    let alone = verb
        && sentence.timexes.len() == 1
        && triggers.iter().all(|(_, other)| other.kind == kind || other.form == Form::Noun);
    sentence
        .timexes
        .iter()
        .filter(|timex| usable(view, sentence, timex, kind))
        .filter(|timex| !is_said_then(sentence, trigger, timex.span))
        .filter(|timex| !is_kept_from(view, sentence, (trigger, kind), triggers, timex))
        .filter(|timex| kind != Kind::Exhibition || !is_taken(sentence, triggers, kind, timex.span))
        .map(|timex| (cost(sentence, trigger, kind, timex, triggers), *timex))
        .min_by_key(|(cost, timex)| (*cost, timex.span.start))
        .filter(|(cost, _)| *cost < if alone { ALONE } else { FAR })
        .map(|(_, timex)| timex)
}

/// Gives the time expressions of a sentence with several verbs to them in reading order, at the least cost:
/// "arrived on Tuesday and was received on Wednesday". Empty where there is nothing to choose.
pub(super) fn share_out<'a>(
    view: &View<'_>,
    sentence: &Sentence<'a>,
    triggers: &[(Span, Trigger)],
) -> Vec<(Span, &'a Timex)> {
    let mut verbs: Vec<(Span, Kind)> = triggers
        .iter()
        .filter(|(_, trigger)| trigger.kind != Kind::Statement)
        .map(|(span, trigger)| (*span, trigger.kind))
        .collect();
    verbs.sort_by_key(|(span, _)| *span);
    verbs.dedup_by(|next, verb| next.0.start < verb.0.end || next.1 == verb.1);
    let times = &sentence.timexes;
    if verbs.len() < 2 || times.len() < 2 || verbs.len() > MOST || times.len() > MOST {
        return Vec::new();
    }
    // The least cost of all verbs up to one, and what each of them got, by the time expression of the last.
    let mut best: Vec<(usize, Vec<usize>)> = vec![(0, Vec::new()); times.len()];
    for (span, kind) in &verbs {
        let mut next: Vec<(usize, Vec<usize>)> = Vec::with_capacity(times.len());
        for (number, timex) in times.iter().enumerate() {
            if !usable(view, sentence, timex, *kind) || is_said_then(sentence, *span, timex.span) {
                return Vec::new();
            }
            let parted = is_kept_from(view, sentence, (*span, *kind), triggers, timex);
            let way = cost(sentence, *span, *kind, timex, triggers) + if parted { FAR } else { 0 };
            let before = best.iter().take(number + 1).map(|(sum, got)| {
                let again = got.last() == Some(&number);
                (sum + way + if again { SHARED } else { 0 }, got)
            });
            let Some((sum, got)) = before.min_by_key(|(sum, _)| *sum) else { return Vec::new() };
            next.push((sum, got.iter().copied().chain([number]).collect()));
        }
        best = next;
    }
    let least = best.into_iter().min_by_key(|(sum, _)| *sum);
    let got = least.map(|(_, got)| got).unwrap_or_default();
    verbs
        .iter()
        .zip(got)
        .filter_map(|((span, kind), number)| Some((*span, *kind, *times.get(number)?)))
        .filter(|(span, kind, timex)| {
            !is_kept_from(view, sentence, (*span, *kind), triggers, timex)
        })
        .map(|(span, _, timex)| (span, timex))
        .collect()
}

/// Whether a time expression is kept from a trigger, by what parts them or as the time of what is agreed.
fn is_kept_from(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    (trigger, kind): (Span, Kind),
    triggers: &[(Span, Trigger)],
    timex: &Timex,
) -> bool {
    is_parted(view, sentence, (trigger, kind), triggers, timex)
        || is_provided_for(view, sentence, trigger, triggers, timex)
}

/// Whether a time expression is kept from a trigger by a clause, or since what is told is only talked about.
pub(super) fn is_parted(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    (trigger, kind): (Span, Kind),
    triggers: &[(Span, Trigger)],
    timex: &Timex,
) -> bool {
    sentence.clauses.part(sentence, trigger, kind, timex.span)
        || topic::keeps_off(view, sentence, trigger, triggers, timex)
}

/// The most verbs, and the most time expressions, of a sentence that are shared out.
const MOST: usize = 6;
/// What it costs that two verbs are told on one day.
const SHARED: usize = 6;

/// Whether a time expression tells when somebody spoke, not when what is told happened: "have signed an
/// agreement, the ministry said on Friday".
pub(super) fn is_said_then(sentence: &Sentence<'_>, trigger: Span, timex: Span) -> bool {
    // "Said on Friday, after a meeting with him, that": the meeting is of that day too.
    if sentence.clauses.frames(trigger) && sentence.clauses.frames(timex) {
        return false;
    }
    sentence.marks(Mark::Say).any(|say| {
        let beside = if say.end <= timex.start {
            sentence.words_between(say, timex) <= 1
        } else {
            timex.end <= say.start && sentence.words_between(timex, say) == 0
        };
        beside
            && !say.overlaps(trigger)
            && sentence.same_clause(say, timex)
            && sentence.distance(say, timex) < sentence.distance(trigger, timex)
            && !sentence.same_clause(trigger, timex)
    })
}

/// Whether a day ahead is that of what is agreed, not of a verb of the past: "signed a programme until 2027", "signed
/// minutes on a session next year".
fn is_provided_for(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    verb: Span,
    triggers: &[(Span, Trigger)],
    timex: &Timex,
) -> bool {
    let range = timex.resolved.as_ref().map(|resolved| resolved.when.range());
    let ahead = range.is_some_and(|range| view.begins_ahead(range));
    let own = triggers.iter().find(|(span, _)| *span == verb);
    let Some((_, trigger)) = own.filter(|(_, own)| own.form == Form::Told && ahead) else {
        return false;
    };
    let will = [Mark::Future, Mark::Plan]
        .iter()
        .any(|mark| sentence.near(*mark, verb, 4) || sentence.before(*mark, timex.span, 4));
    let between = || {
        triggers.iter().any(|(span, other)| {
            other.kind != trigger.kind && span.start >= verb.end && span.end <= timex.span.start
        })
    };
    let validity = !is_long(trigger.kind) && sentence.before(Mark::Until, timex.span, 1);
    !will && timex.span.start >= verb.end && (validity || between())
}

/// The distance from which on a time expression does not belong to a trigger.
const FAR: usize = 34;
/// The same for the only date of the only verb.
const ALONE: usize = 60;

/// How much farther a time expression seems that stands with another verb.
const OTHERS: usize = 12;

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
    let next = border::is_of_next_verb(sentence, trigger, triggers, timex);
    // "This year's feast will be held on Friday, 20 March".
    let precision = |timex: &Timex| timex.resolved.as_ref().map(|when| when.precision);
    let told_closer = precision(timex) == Some(Precision::Year)
        && sentence.timexes.iter().any(|other| {
            precision(other) == Some(Precision::Day) && sentence.same_clause(timex.span, other.span)
        });
    way + if closer || next || told_closer { OTHERS } else { 0 }
}
