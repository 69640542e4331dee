//! Clauses of what somebody says, hopes or asks for, and who acts in them: "the director said that a team
//! of doctors would travel".

use super::{
    name::{How, Name},
    party::acts_as_body,
    view::{Sentence, View},
};
use crate::{
    lexicon::cues::{Form, Mark},
    model::{EntityType, Kind},
    text::Span,
};

/// The most words between a verb of saying and the clause of what is said.
const BEFORE: usize = 14;
/// The most words between a verb and a subject that stands behind it.
const BEHIND: usize = 3;

/// Where the clause of what is said begins in which `span` stands.
pub(super) fn content(sentence: &Sentence<'_>, span: Span) -> Option<usize> {
    let invited = sentence.triggers.iter().filter(|(_, other)| other.kind == Kind::Invitation);
    let tells = [Mark::Say, Mark::Hope, Mark::Plan]
        .into_iter()
        .flat_map(|mark| sentence.marks(mark))
        .chain(invited.map(|(span, _)| *span));
    let borders = |say: Span| {
        let that = sentence.marks(Mark::That).filter(move |that| that.start >= say.end);
        let that = that
            .filter(move |that| sentence.words_between(say, *that) <= BEFORE)
            .map(|that| that.end);
        let colon = sentence
            .colon(say.end)
            .filter(|colon| sentence.words_between(say, Span::new(*colon, *colon + 1)) <= BEFORE);
        // "He proposed a team of experts to come": the people told right behind the verb act.
        let group = sentence.marks(Mark::Group).filter(move |group| group.start >= say.end);
        let group = group
            .filter(move |group| sentence.words_between(say, *group) <= 1)
            .map(|group| group.start);
        that.chain(colon).chain(group).filter(|from| *from <= span.start).min()
    };
    tells.filter(|say| say.end <= span.start).filter_map(borders).max()
}

/// Whether a clause that begins at `from` tells by itself who acts in what a trigger tells.
fn has_subject(view: &View<'_>, sentence: &Sentence<'_>, trigger: Span, from: usize) -> bool {
    let stands = |at: Span| {
        at.start >= from
            && (at.end <= trigger.start && !sentence.verb_between(at, trigger)
                || at.start >= trigger.end
                    && sentence.words_between(trigger, at) <= BEHIND
                    && sentence.same_clause(trigger, at))
    };
    let named = |name: &Name| {
        let at = name.at.span;
        let acts = match name.etype {
            EntityType::Person | EntityType::Organisation => true,
            EntityType::Place if name.via == How::Nation => true,
            // A country acts where the clause begins with it.
            EntityType::Place => {
                let first = Span::new(from, from);
                name.is_country
                    && name.via == How::Alias
                    && at.start >= from
                    && (sentence.words_between(first, at) <= 1
                        || sentence.words_between(trigger, at) == 0)
            }
            EntityType::Theme => false,
        };
        acts && stands(name.at.span)
            && !sentence.before(Mark::At, name.at.span, 0)
            && !sentence.before(Mark::From, name.at.span, 0)
    };
    sentence.marks(Mark::Group).any(stands) || view.names_of(sentence).any(named)
}

/// Whether a person is the subject of a trigger: named where its clause begins, or right behind a verb with
/// which the clause begins.
pub(super) fn is_subject(sentence: &Sentence<'_>, trigger: Span, form: Form, name: &Name) -> bool {
    let at = name.at.span;
    if name.etype != EntityType::Person || name.via == How::Title {
        return false;
    }
    // "X held a lecture": the noun is what the subject holds.
    let held = || {
        [Mark::Hold, Mark::Begin].into_iter().any(|mark| {
            sentence.marks(mark).any(|verb| at.end <= verb.start && verb.end <= trigger.start)
        })
    };
    if form == Form::Noun && !held() {
        return false;
    }
    let told = content(sentence, trigger);
    let from = told.unwrap_or(sentence.span.start);
    let start = Span::new(from, from);
    if at.end <= trigger.start {
        let says = sentence
            .marks(Mark::Say)
            .any(|say| say.start >= from && say.end <= trigger.start && !say.overlaps(at));
        return at.start >= from
            && sentence.words_between(start, at) <= OPENING
            && !says
            && !sentence.verb_between(at, trigger);
    }
    from <= trigger.start
        && sentence.words_between(start, trigger) <= 1
        && at.start >= trigger.end
        && sentence.words_between(trigger, at) < OPENING
        && sentence.same_clause(trigger, at)
}

/// The most words between a verb of leading and those who are led.
const LEADING: usize = 2;
/// The most words before the subject of a clause.
const OPENING: usize = 3;

/// Whether somebody is named only as the one who tells what a trigger tells of others.
pub(super) fn speaks(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    trigger: Span,
    kind: Kind,
    name: &Name,
) -> bool {
    // Talks are told by those who hold them; a statement is its speaker's.
    let own = matches!(kind, Kind::Statement | Kind::Meeting | Kind::Call | Kind::Message)
        || acts_as_body(kind) && name.etype != EntityType::Person;
    if own {
        return false;
    }
    // What is signed, or the next round of talks, is told of others than who tells it alone.
    let others = matches!(kind, Kind::Agreement | Kind::Negotiation | Kind::Conference);
    content(sentence, trigger).is_some_and(|from| {
        let alone = || {
            view.names_of(sentence)
                .all(|other| other.etype != EntityType::Person || other.at.span.end <= from)
        };
        name.at.span.end <= from
            && (has_subject(view, sentence, trigger, from) || others && alone())
    })
}

/// Whether people told by what they are, not by name, are the subject of a trigger: "a group of students
/// will travel".
pub(super) fn of_group(sentence: &Sentence<'_>, trigger: Span) -> Option<Span> {
    let from = content(sentence, trigger).unwrap_or(sentence.span.start);
    // "He is to lead a delegation": he travels.
    let led = |group: &Span| {
        sentence
            .marks(Mark::Led)
            .any(|led| led.end <= group.start && sentence.words_between(led, *group) <= LEADING)
    };
    let before = sentence.marks(Mark::Group).filter(|group| {
        group.start >= from && group.end <= trigger.start && !sentence.verb_between(*group, trigger)
    });
    let behind = sentence.marks(Mark::Group).filter(|group| {
        group.start >= trigger.end
            && sentence.words_between(trigger, *group) <= BEHIND
            && sentence.same_clause(trigger, *group)
    });
    before
        .chain(behind)
        .filter(|group| !led(group))
        .min_by_key(|group| sentence.distance(*group, trigger))
}
