//! Whether a candidate has happened, as of its article.

use super::{
    candidate::Candidate,
    rules, topic,
    view::{Sentence, View},
};
use crate::{
    lexicon::cues::{Form, Mark},
    model::{Field, Kind, RuleId, Status},
    text::Span,
};

/// The status of a candidate, and the rule that gave it.
///
/// Words that call an event off or put it off come first; then its day, which cannot have been held when
/// it lies ahead; then tense.
pub(super) fn status(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    candidate: &Candidate,
) -> (Status, RuleId) {
    let near = |mark: Mark, words: usize| sentence.near(mark, candidate.trigger, words);
    let put_off = sentence.marks(Mark::Postpone).any(|at| {
        // "After it was put off" tells of the past.
        !sentence.before(Mark::After, at, 1) && governs(sentence, at, candidate, 30)
    });
    if put_off {
        return (Status::Postponed, rules::STATUS_WORD);
    }
    // What a government calls off may be the very step that is told: visas, a waiver.
    let step = |at: Span| {
        sentence.triggers.iter().any(|(span, other)| other.kind == Kind::Other && span.overlaps(at))
    };
    // Where the verb comes last, all that is said of the subject stands between.
    let reach = if sentence.verb_final { 30 } else { 14 };
    let called_off = sentence.marks(Mark::Cancel).any(|at| {
        governs(sentence, at, candidate, reach) && !(candidate.kind == Kind::Other && step(at))
    });
    if called_off {
        return (Status::Cancelled, rules::STATUS_WORD);
    }
    if denied(sentence, candidate) {
        return (Status::Denied, rules::STATUS_WORD);
    }
    let ahead = if sentence.has(Mark::Hope) && hoped(sentence, candidate) {
        Status::Proposed
    } else {
        Status::Planned
    };
    let range = candidate.times.any().map(|told| told.when.when.range());
    let today = view.anchor.latest();
    // "Runs until Friday" has begun, unless its beginning is told to lie ahead.
    let only_end = candidate.times.end.is_some()
        && candidate.times.start.is_none()
        && candidate.times.day.is_none();
    // "Would be strengthened and invited him": a verb of the past has its own tense.
    let will = |words: usize| {
        if candidate.kind == Kind::Invitation && candidate.form == Form::Told {
            sentence.marks(Mark::Future).any(|at| {
                at.end <= candidate.trigger.start
                    && sentence.same_clause(at, candidate.trigger)
                    && sentence.words_between(at, candidate.trigger) <= 1
            })
        } else {
            sentence.before(Mark::Future, candidate.trigger, words)
        }
    };
    let told_ahead = will(12) || sentence.before(Mark::Plan, candidate.trigger, 8);
    let open = told_ahead
        || sentence.before(Mark::Hope, candidate.trigger, 12)
        || topic::is_governed(sentence, candidate);
    // "Will travel later this month" has not begun, though the month has.
    let begun = candidate.times.start.as_ref().is_some_and(|start| {
        let days = start.when.when.range();
        days.first().is_some_and(|first| first <= today)
            && (!open || days.last().is_some_and(|last| last <= today))
    });
    // "Will be held by the end of the year" has not begun either, though "will last until Friday" has.
    let to_be_held = candidate.form == Form::Noun
        && near(Mark::Future, 8)
        && near(Mark::Hold, 8)
        && !near(Mark::Last, 8);
    if candidate.lasting
        && (begun || only_end && candidate.form != Form::Bare && !to_be_held)
        && view.anchor.day().is_some()
    {
        return (Status::Held, rules::STATUS_DATE);
    }
    match range {
        Some(range) if range.first().is_some_and(|first| first > today) => {
            return (ahead, rules::STATUS_DATE);
        }
        Some(range) if range.last().is_some_and(|last| last < view.told_on()) => {
            return (Status::Held, rules::STATUS_DATE);
        }
        _ => {}
    }
    if candidate.kind == Kind::Statement {
        return (Status::Held, rules::trigger(candidate.form));
    }
    // The trigger is a future itself: "potpisaće", "posjetit će".
    let in_itself =
        range.is_some() && sentence.marks(Mark::Future).any(|at| at.overlaps(candidate.trigger));
    let today_told = range.is_some_and(|range| range.first().is_some_and(|first| first <= today));
    let bare = candidate.form == Form::Bare && !in_itself;
    if bare && today_told && !open && sentence.field == Field::Text {
        return (Status::Held, rules::trigger(candidate.form));
    }
    let future = candidate.form == Form::Bare
        || in_itself
        || told_ahead
        || candidate.form == Form::Noun && (near(Mark::Future, 8) || near(Mark::Plan, 8));
    let beside = will(12)
        || sentence.near(Mark::Future, candidate.trigger, 2)
        || sentence.before(Mark::Plan, candidate.trigger, 3);
    if future && (range.is_some() || candidate.form != Form::Told || beside) {
        (ahead, rules::STATUS_WORD)
    } else {
        (Status::Held, rules::trigger(candidate.form))
    }
}

/// Whether a mark within `words` words is said of the candidate: in its clause, or across an insertion in
/// which nothing else is told: "The session, due in May, was put off".
fn governs(sentence: &Sentence<'_>, mark: Span, candidate: &Candidate, words: usize) -> bool {
    let trigger = candidate.trigger;
    if mark.overlaps(trigger) || sentence.same_clause(mark, trigger) {
        return sentence.words_between(mark, trigger) <= words;
    }
    let (from, to) = (mark.start.min(trigger.start), mark.end.max(trigger.end));
    let between = sentence.triggers.iter().any(|(span, other)| {
        other.kind != candidate.kind
            && other.form == Form::Told
            && span.start >= from
            && span.end <= to
    });
    let inserted = sentence.borders(mark, trigger) >= 2;
    !between
        && trigger.end <= mark.start
        && (candidate.form == Form::Noun || inserted)
        && sentence.words_between(mark, trigger) <= words
}

/// Whether a hope or an offer stands before the trigger, or beside it in its clause.
fn hoped(sentence: &Sentence<'_>, candidate: &Candidate) -> bool {
    sentence.before(Mark::Hope, candidate.trigger, 20)
        || sentence.near(Mark::Hope, candidate.trigger, 12)
}

/// Whether a negation stands right before the trigger or, in languages that end on the verb, after it.
fn denied(sentence: &Sentence<'_>, candidate: &Candidate) -> bool {
    sentence.marks(Mark::Deny).any(|at| {
        let between = || sentence.words_between(at, candidate.trigger);
        let before = at.end <= candidate.trigger.start && between() <= 2;
        let after =
            at.start >= candidate.trigger.end && between() == 0 && candidate.form == Form::Noun;
        // «لم توقع»: the mark takes in the verb.
        let within = at.start < candidate.trigger.start && at.overlaps(candidate.trigger);
        (before || after || within) && sentence.same_clause(at, candidate.trigger)
    })
}
