//! Clauses that no punctuation shows: what somebody says, behind "that", and what is told beside the way of
//! somebody or something, behind "which".

use super::view::Sentence;
use crate::{
    lexicon::cues::{Form, Mark, Trigger},
    model::Kind,
    text::Span,
    timex::Timex,
};

/// The clauses of a sentence that a word begins.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    /// Where what somebody says begins, behind a verb of saying.
    said: Vec<usize>,
    /// Clauses about what is named before them: "which was signed in January".
    relative: Vec<Span>,
}

/// How many words a verb of saying and its "that" may be apart: who says it, and when.
const SPEAKER: usize = 14;

impl Clauses {
    /// Reads the clauses of a sentence whose cues and triggers are known.
    pub(super) fn read(sentence: &Sentence<'_>) -> Self {
        let mut clauses = Self::default();
        // Whoever speaks stands behind the verb, where the verb is not last.
        let speaker = if sentence.verb_final { 0 } else { SPEAKER };
        for that in sentence.marks(Mark::That) {
            // "Said the agreement that was signed": longer than the word alone.
            let which = sentence
                .marks(Mark::Which)
                .any(|which| which.start == that.start && which.len() > that.len());
            let speaks = sentence
                .marks(Mark::Say)
                .any(|say| say.end <= that.start && sentence.words_between(say, that) <= speaker);
            // «كانون» (the month) looks like «ان» with affixes.
            let in_date = sentence.timexes.iter().any(|timex| timex.span.overlaps(that));
            if speaks && !which && !in_date {
                clauses.said.push(that.start);
            }
        }
        clauses.said.extend(
            sentence
                .marks(Mark::Say)
                .map(|say| say.end)
                .filter(|end| sentence.colon(*end) == Some(*end)),
        );
        for which in sentence.marks(Mark::Which) {
            if !clauses.said.contains(&which.start) {
                clauses.relative.push(Span::new(which.start, end(sentence, which)));
            }
        }
        clauses
    }

    /// Whether a span stands before what is said, beside the verb of saying.
    pub(super) fn frames(&self, span: Span) -> bool {
        self.said.iter().any(|from| span.end <= *from)
    }

    /// Whether a clause about somebody or something tells of the first of two spans and not of the second.
    pub(super) fn sets_apart(&self, inside: Span, outside: Span) -> bool {
        self.relative.iter().any(|clause| clause.overlaps(inside) && !clause.overlaps(outside))
    }

    /// Whether a time expression is kept from a trigger by a clause of its own.
    pub(super) fn part(
        &self,
        sentence: &Sentence<'_>,
        trigger: Span,
        kind: Kind,
        timex: Span,
    ) -> bool {
        self.said.iter().any(|from| is_other_speech(sentence, *from, trigger, kind, timex))
            || self.relative.iter().any(|clause| is_beside(sentence, *clause, trigger, kind, timex))
    }
}

/// Whether one of the two stands before what is said and the other in it. The day of saying dates what is told
/// of the past where nothing else does.
fn is_other_speech(
    sentence: &Sentence<'_>,
    from: usize,
    trigger: Span,
    kind: Kind,
    timex: Span,
) -> bool {
    if trigger.end <= from {
        return timex.start >= from;
    }
    if timex.end > from || kind == Kind::Statement {
        return false;
    }
    let dated = sentence.timexes.iter().any(|other| other.span.start >= from);
    let open = [Mark::Future, Mark::Plan, Mark::Hope, Mark::Modal].iter().any(|mark| {
        sentence.marks(*mark).any(|at| {
            at.start >= from
                && (at.end <= trigger.start || sentence.words_between(at, trigger) <= 2)
        })
    });
    dated || open
}

/// Whether only one of the two stands in a clause with a verb of its own, and the trigger is not what the clause
/// is about.
fn is_beside(
    sentence: &Sentence<'_>,
    clause: Span,
    trigger: Span,
    kind: Kind,
    timex: Span,
) -> bool {
    let inside = |span: Span| clause.overlaps(span);
    match (inside(trigger), inside(timex)) {
        (true, true) | (false, false) => false,
        (true, false) => sentence.timexes.iter().any(|other| inside(other.span)),
        (false, true) => {
            let own = || {
                sentence
                    .triggers
                    .iter()
                    .filter(|(span, other)| inside(*span) && other.form != Form::Noun)
            };
            if own().any(|(_, other)| other.kind != kind) {
                return true;
            }
            let told = own().next().is_some()
                || [Mark::Hold, Mark::Begin, Mark::End]
                    .iter()
                    .any(|mark| sentence.marks(*mark).any(inside));
            let about = sentence
                .triggers
                .iter()
                .filter(|(span, _)| span.end <= clause.start)
                .max_by_key(|(span, other)| (span.end, other.form == Form::Noun));
            told && about.is_none_or(|(span, other)| {
                *span != trigger && !(other.kind == kind && other.form == Form::Noun)
                    || other.form != Form::Noun && own().next().is_none() && !sentence.verb_final
            })
        }
    }
}

/// Where a clause ends that a word begins: with its verb where the language puts that last, else at the next
/// comma.
fn end(sentence: &Sentence<'_>, which: Span) -> usize {
    let comma = sentence.border_after(which.end);
    if !sentence.verb_final {
        return comma;
    }
    let marks =
        [Mark::Hold, Mark::Begin, Mark::End].into_iter().flat_map(|mark| sentence.marks(mark));
    let verbs = sentence.triggers.iter().filter(|(_, trigger)| trigger.form != Form::Noun);
    let verb = verbs.map(|(span, _)| *span).chain(marks);
    verb.filter(|span| span.start >= which.end)
        .map(|span| span.end)
        .min()
        .unwrap_or(comma)
        .min(comma)
}

/// Whether a time expression behind a verb is that of the next verb, in a language that puts the verb last.
pub(super) fn is_of_next_verb(
    sentence: &Sentence<'_>,
    verb: Span,
    triggers: &[(Span, Trigger)],
    timex: &Timex,
) -> bool {
    sentence.verb_final
        && triggers.iter().any(|(span, trigger)| *span == verb && trigger.form != Form::Noun)
        && timex.span.start >= verb.end
        && sentence
            .timexes
            .iter()
            .any(|other| other.span.end <= verb.start && sentence.same_clause(other.span, verb))
}
