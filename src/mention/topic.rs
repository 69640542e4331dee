//! What is only talked about, asked for or hoped for: the day of the talk is not its day.

use super::{
    candidate::Candidate,
    view::{Sentence, View},
};
use crate::{
    lexicon::cues::{Form, Mark, Trigger},
    model::Kind,
    text::Span,
    timex::Timex,
};

/// Within how many words of "discussed" or "invited" something is what is discussed or invited to.
const REACH: usize = 9;

/// Whether a time expression is none of what is only talked about or asked for: what is to come has a day of its
/// own, which stands behind it and lies ahead.
pub(super) fn keeps_off(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    trigger: Span,
    triggers: &[(Span, Trigger)],
    timex: &Timex,
) -> bool {
    let Some((_, told)) = triggers.iter().find(|(span, _)| *span == trigger) else { return false };
    let Some(word) = governed(sentence, trigger, *told) else { return false };
    let range = timex.resolved.as_ref().map(|resolved| resolved.when.range());
    let last = range.and_then(|range| range.last());
    let ahead = last.is_some_and(|last| last > view.anchor.latest());
    !(ahead && (timex.span.start >= word.end || sentence.verb_final))
}

/// Whether a candidate is only talked about or asked for.
pub(super) fn is_governed(sentence: &Sentence<'_>, found: &Candidate) -> bool {
    own(sentence, found).is_some_and(|own| governed(sentence, found.trigger, own).is_some())
}

/// Why a candidate is no claim that stands without a day of its own.
pub(super) fn refused(sentence: &Sentence<'_>, found: &Candidate) -> Option<&'static str> {
    if found.times.any().is_none() && is_governed(sentence, found) {
        return Some("it is only talked about or asked for");
    }
    let message = || {
        sentence.triggers.iter().any(|(span, other)| {
            matches!(other.kind, Kind::Message | Kind::Statement)
                && sentence.same_clause(*span, found.trigger)
        })
    };
    if found.kind == Kind::Incident && found.form == Form::Noun && message() {
        return Some("it is the reason of what is said");
    }
    None
}

/// The trigger that tells a candidate.
fn own(sentence: &Sentence<'_>, found: &Candidate) -> Option<Trigger> {
    let own = |(span, other): &&(Span, Trigger)| *span == found.trigger && other.kind == found.kind;
    sentence.triggers.iter().find(own).map(|(_, trigger)| *trigger)
}

/// The word that makes a trigger only a topic or a request: "discussed the opening of an office", "invited him to
/// visit".
fn governed(sentence: &Sentence<'_>, span: Span, trigger: Trigger) -> Option<Span> {
    topic(sentence, span, trigger).or_else(|| invited_to(sentence, span, trigger))
}

fn topic(sentence: &Sentence<'_>, noun: Span, trigger: Trigger) -> Option<Span> {
    let talk = matches!(
        trigger.kind,
        Kind::Meeting
            | Kind::Call
            | Kind::Negotiation
            | Kind::Statement
            | Kind::Message
            | Kind::Invitation
            | Kind::Sanction
    );
    // "Raised the issue during a visit": when, not what.
    let when = || sentence.marks(Mark::Inside).any(|inside| inside.overlaps(noun));
    if talk || trigger.form == Form::Told || when() {
        return None;
    }
    // "Discussed it and will sign".
    let own_verb = |about: Span| {
        trigger.form == Form::Bare
            && [Mark::Future, Mark::Plan]
                .iter()
                .flat_map(|mark| sentence.marks(*mark))
                .any(|at| at.start >= about.end && at.end <= noun.end)
    };
    sentence.marks(Mark::About).find(|about| {
        about.end <= noun.start
            && sentence.same_clause(*about, noun)
            && sentence.words_between(*about, noun) <= REACH
            && !sentence.verb_between(*about, noun)
            && !own_verb(*about)
    })
}

fn invited_to(sentence: &Sentence<'_>, verb: Span, trigger: Trigger) -> Option<Span> {
    if trigger.kind != Kind::Visit || trigger.form != Form::Bare {
        return None;
    }
    let invitations = sentence.triggers.iter().filter(|(_, other)| other.kind == Kind::Invitation);
    invitations.map(|(span, _)| *span).find(|span| {
        span.end <= verb.start
            && sentence.same_clause(*span, verb)
            && sentence.words_between(*span, verb) <= REACH
    })
}
