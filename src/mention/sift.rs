//! What is too little to be a claim, and why.

use super::{
    candidate::{self, Candidate},
    party, topic,
    view::{Sentence, View},
};
use crate::{
    lexicon::cues::{Form, Mark},
    model::{EntityType, Field, Kind, Status},
    text::Span,
};

/// Why a candidate is no claim at all.
pub(super) fn refused(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    found: &Candidate,
) -> Option<&'static str> {
    let dated = found.times.any().is_some();
    if !dated && candidate::long_ago(view, sentence, found.trigger, found.kind) {
        return Some("told of long ago");
    }
    if found.status == Status::Denied {
        return Some("it is said not to have happened");
    }
    if sentence.near(Mark::Background, found.trigger, 6) {
        return Some("background");
    }
    if let Some(why) = topic::refused(sentence, found) {
        return Some(why);
    }
    let headline = sentence.field == Field::Title;
    if !dated && !headline && sentence.quoted(found.trigger) {
        return Some("told in a quotation, without a date");
    }
    // "The hope that the commission can convene next spring" is a proposal.
    let hoped = dated && sentence.before(Mark::Hope, found.trigger, 12);
    if !hoped && sentence.before(Mark::Modal, found.trigger, if dated { 1 } else { 6 }) {
        return Some("only a possibility");
    }
    let lead = sentence.is_head();
    let invited = found.form == Form::Told && (lead || !found.parties.is_empty());
    if found.kind == Kind::Invitation && !(dated || invited) {
        return Some("an invitation beside the news, without a date");
    }
    let shown = is_shown(sentence, found);
    let span_told = found.times.any().is_some_and(|told| told.when.when.as_day().is_none());
    if found.kind == Kind::Exhibition && !(dated && (shown || span_told) || lead && shown) {
        return Some("a show is named, but not when");
    }
    let talks = matches!(found.kind, Kind::Meeting | Kind::Negotiation) && found.form == Form::Noun;
    let agreed_for = |at: Span| {
        let mut own = sentence.timexes.iter().filter(|timex| timex.span == at);
        own.any(|timex| candidate::is_agreed_for(view, sentence, timex))
    };
    if talks && found.times.any().is_some_and(|told| agreed_for(told.at.span)) {
        return Some("the years are told for which talks are agreed, not when they are held");
    }
    if found.kind == Kind::Incident && sentence.before(Mark::After, found.trigger, 2) {
        return Some("the news comes after it");
    }
    let over = found.times.any().is_some_and(|told| {
        told.when.when.range().last().is_some_and(|last| last <= view.anchor.latest())
    });
    let untold = found.form != Form::Told && over;
    if (!dated || untold && sentence.near(Mark::Hope, found.trigger, 5))
        && sentence.before(Mark::Hope, found.trigger, 5)
    {
        return Some("only hoped for or asked for");
    }
    let earlier = sentence
        .marks(Mark::Earlier)
        .any(|at| !sentence.timexes.iter().any(|timex| timex.span.overlaps(at)));
    let own_date =
        found.times.any().is_some_and(|told| sentence.same_clause(told.at.span, found.trigger));
    if earlier && (!dated || found.form == Form::Noun && !own_date) {
        return Some("told of some earlier time, without a date");
    }
    let told_before =
        sentence.has(Mark::Pronoun) || sentence.has(Mark::Guest) || sentence.has(Mark::Both);
    let dated = dated || found.times.nth.is_some();
    if party::needs_two(found.kind) && found.parties.is_empty() && !told_before && !dated {
        return Some("nobody who takes part is named");
    }
    None
}

/// Whether a show is told to open, to be held, to close or to be put off: in the clause of its noun, or in the next
/// one, which is about it.
fn is_shown(sentence: &Sentence<'_>, found: &Candidate) -> bool {
    let marks = [Mark::Hold, Mark::Begin, Mark::End, Mark::Until, Mark::Since];
    let behind = |at: Span| {
        let gap = Span::new(found.trigger.end.min(at.start), at.start);
        at.start >= found.trigger.end
            && sentence.borders(found.trigger, at) == 1
            && sentence.words_between(found.trigger, at) <= 12
            && !sentence.triggers.iter().any(|(span, other)| {
                other.kind != found.kind && other.form != Form::Noun && gap.contains(*span)
            })
    };
    matches!(found.status, Status::Postponed | Status::Cancelled)
        || marks.iter().any(|mark| {
            sentence.near(*mark, found.trigger, 20) || sentence.marks(*mark).any(behind)
        })
}

/// Why a candidate cannot stand alone.
pub(super) fn weak(sentence: &Sentence<'_>, found: &Candidate) -> Option<&'static str> {
    let dated = found.times.any().is_some() || !found.lasting && found.times.nth.is_some();
    let headline = sentence.field == Field::Title;
    let takes_place = [Mark::Begin, Mark::End, Mark::Hold]
        .iter()
        .any(|mark| sentence.near(*mark, found.trigger, 7));
    let counted = found.times.nth.is_some() || found.times.days.is_some();
    let lead = sentence.is_head();
    let holds = takes_place;
    let takes_place = holds
        || lead && [Mark::Begin, Mark::End, Mark::Hold].iter().any(|mark| sentence.has(*mark));
    let same_clause =
        found.times.any().is_some_and(|told| sentence.same_clause(told.at.span, found.trigger));
    let by_type = |etype: EntityType| {
        found.parties.iter().filter(|party| party.who.id.entity_type() == Some(etype)).count()
    };
    let (people, bodies) = (by_type(EntityType::Person), by_type(EntityType::Organisation));
    let told_before =
        sentence.has(Mark::Pronoun) || sentence.has(Mark::Guest) || sentence.has(Mark::Both);
    let both_sides = party::countries(&found.parties).len() >= 2;
    if sentence.refers(found.trigger) && !dated {
        return Some("points back at what was told before");
    }
    if !headline && sentence.quoted(found.trigger) && !party_quoted(sentence, found) {
        return Some("told in a quotation");
    }
    match (found.kind, found.form) {
        (Kind::Conference, _)
            if dated
                && !holds
                && (!same_clause || told_nearer(sentence, found))
                && told_beside(sentence, found) =>
        {
            Some("an occasion is named beside a date of something else")
        }
        (Kind::Visit, _) if !dated && found.place.is_none() && !counted => {
            Some("a visit is named, but not when nor where")
        }
        (Kind::Visit, _) if !dated && !lead && people + bodies == 0 && !told_before => {
            Some("a visit is named, but not whose")
        }
        (Kind::Conference, _) if !dated && !takes_place => {
            Some("an occasion is named, but not that it takes place")
        }
        (Kind::Conference, _) if !dated && !lead && !sentence.has(Mark::Same) && people == 0 => {
            Some("an occasion is named, but not when")
        }
        (Kind::Visit, Form::Noun) if !dated && !headline && !counted => {
            Some("a visit is named, but not when")
        }
        (Kind::Meeting | Kind::Call | Kind::Negotiation | Kind::Agreement, Form::Noun)
            if !headline
                && !both_sides
                && !(dated && (people > 0 || found.kind == Kind::Negotiation)) =>
        {
            Some("talks are named, but not both sides")
        }
        (Kind::Meeting, _) if !dated && !lead && people + bodies < 2 && !told_before => {
            Some("talks are told, but not with whom")
        }
        (Kind::Meeting, _) if !dated && !lead && people == 0 && !told_before => {
            Some("talks are told, but of nobody who meets")
        }
        (Kind::Other, _) if !dated && !lead && people + bodies == 0 => {
            Some("told without a date and without anybody who acts")
        }
        (Kind::Launch | Kind::Incident | Kind::Sanction | Kind::Vote | Kind::Other, Form::Noun)
            if !dated && !headline =>
        {
            Some("it is named, but not when")
        }
        (Kind::Incident | Kind::Sanction | Kind::Vote, _) if !dated && !lead => {
            Some("told beside the news, without a date")
        }
        (Kind::Launch | Kind::Other | Kind::Agreement | Kind::Appointment, _)
            if !dated && !lead && found.parties.is_empty() && !told_before =>
        {
            Some("told without a date and without anybody who acts")
        }
        _ => None,
    }
}

/// Whether a verb of another kind stands in the clause of the date.
fn told_beside(sentence: &Sentence<'_>, found: &Candidate) -> bool {
    let Some(told) = found.times.any() else { return false };
    sentence.triggers.iter().any(|(span, trigger)| {
        trigger.kind != found.kind
            && trigger.form != Form::Noun
            && sentence.same_clause(*span, told.at.span)
    })
}

/// Whether the date stands right beside a verb of another kind and far from a noun: "he stayed there on 14 November
/// and a forum was agreed on".
fn told_nearer(sentence: &Sentence<'_>, found: &Candidate) -> bool {
    let Some(told) = found.times.any().filter(|_| found.form == Form::Noun) else { return false };
    let way = |span| sentence.distance(span, told.at.span);
    way(found.trigger) >= 5
        && sentence.triggers.iter().any(|(span, trigger)| {
            trigger.kind != found.kind && trigger.form == Form::Told && way(*span) <= 3
        })
}

/// Whether a quotation itself names who takes part.
fn party_quoted(sentence: &Sentence<'_>, found: &Candidate) -> bool {
    found.parties.iter().filter_map(|party| party.at).any(|at| sentence.quoted(at.span))
}
