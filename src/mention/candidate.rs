//! Candidates: what the triggers of one sentence tell, before dates and parties are known.

use super::{
    bind::{is_parted, is_said_then, nearest, share_out},
    border,
    name::Name,
    party, rules,
    times::{self, Times},
    view::{Sentence, View},
};
use crate::{
    calendar::Precision,
    lexicon::cues::{Cue, Form, Mark, Trigger},
    model::{Basis, Entity, EntityType, Kind, Party, Resolved, RuleId, Status},
    text::Span,
    timex::Timex,
};

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
    /// Its days are told by beginning, end and length.
    pub(super) lasting: bool,
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
pub(super) struct Group<'a> {
    pub(super) kind: Kind,
    pub(super) triggers: Vec<(Span, Trigger)>,
    pub(super) timexes: Vec<&'a Timex>,
    /// Its days are told by beginning, end and length.
    pub(super) lasting: bool,
}

/// The candidates of a sentence, in reading order, with their times.
pub(super) fn candidates(
    view: &View<'_>,
    number: usize,
    sentence: &Sentence<'_>,
) -> Vec<Candidate> {
    let triggers = told_here(view, sentence);
    let shared_out = share_out(view, sentence, &triggers);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for &(span, trigger) in &triggers {
        let own = shared_out.iter().find(|(verb, _)| *verb == span).map(|(_, timex)| *timex);
        let timex = own.or_else(|| nearest(view, sentence, span, trigger.kind, &triggers));
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
                group.lasting |= lasts(sentence, span, trigger.kind);
            }
            None => groups.push(Group {
                kind: trigger.kind,
                triggers: vec![(span, trigger)],
                timexes: timex.into_iter().collect(),
                lasting: lasts(sentence, span, trigger.kind),
            }),
        }
    }
    for group in groups.iter_mut().filter(|group| group.lasting) {
        let more = sentence.timexes.iter().filter(|timex| {
            usable(view, sentence, timex, group.kind)
                && group.timexes.iter().all(|known| known.span != timex.span)
                && group.triggers.iter().any(|(span, _)| {
                    !is_parted(view, sentence, (*span, group.kind), &group.triggers, timex)
                        && !is_said_then(sentence, *span, timex.span)
                })
                && !is_taken(sentence, &triggers, group.kind, timex.span)
                && (sentence.before(Mark::Until, timex.span, 1)
                    || !group.triggers.iter().any(|(span, _)| {
                        border::is_of_next_verb(sentence, *span, &group.triggers, timex)
                    }))
        });
        let more: Vec<&Timex> = more.copied().collect();
        group.timexes.extend(more);
    }
    groups.iter().filter_map(|group| candidate(view, number, sentence, group)).collect()
}

/// Whether a verb of another kind stands nearer to a time expression than all triggers of `kind`.
pub(super) fn is_taken(
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

/// Whether what a trigger tells lasts: by its kind, or as a course or a festival does.
fn lasts(sentence: &Sentence<'_>, trigger: Span, kind: Kind) -> bool {
    is_long(kind) || kind == Kind::Other && sentence.near(Mark::Lasting, trigger, LASTING)
}

/// Within how many words of its verb it is said what lasts.
const LASTING: usize = 6;

/// The triggers of a sentence; of those kinds that one word may tell together, the first in precedence.
fn told_here(view: &View<'_>, sentence: &Sentence<'_>) -> Vec<(Span, Trigger)> {
    let all = &sentence.triggers;
    let people: Vec<&Name> =
        view.names_of(sentence).filter(|name| name.etype == EntityType::Person).collect();
    let faces = party::covered(&people);
    let tells = |kind: Kind| all.iter().any(|(_, trigger)| trigger.kind == kind);
    // "Received him and asked for a faster pace in the joint commission": a name is no session.
    let in_session = |meeting: Span| {
        all.iter().any(|(span, trigger)| {
            trigger.kind == Kind::Conference
                && (trigger.form != Form::Noun || sentence.distance(*span, meeting) <= BESIDE)
        })
    };
    let talks_to = |span: Span, kind: Kind| -> bool {
        match kind {
            // A talk is told once: by its medium, by its aim, or as a plain meeting.
            Kind::Meeting => {
                tells(Kind::Call)
                    || tells(Kind::Negotiation) && !tells_separately(sentence)
                    || faces < 2 && in_session(span)
            }
            Kind::Negotiation => tells(Kind::Call),
            // A flight or the passage of travellers is no visit of anybody.
            Kind::Visit => (tells(Kind::Launch) || tells(Kind::Other)) && people.is_empty(),
            _ => false,
        }
    };
    // Whoever receives credentials does not thereby meet.
    let credentials = |span: Span, kind: Kind| {
        kind == Kind::Meeting
            && all.iter().any(|(other, trigger)| {
                trigger.kind == Kind::Appointment && sentence.same_clause(span, *other)
            })
    };
    all.iter()
        .filter(|(span, trigger)| {
            !talks_to(*span, trigger.kind)
                && !credentials(*span, trigger.kind)
                && !opens_show(sentence, *span, trigger)
        })
        .copied()
        .collect()
}

/// Whether what a verb of opening opens is a show, which is named nearer to it than any service.
fn opens_show(sentence: &Sentence<'_>, verb: Span, trigger: &Trigger) -> bool {
    if trigger.kind != Kind::Launch || trigger.form == Form::Noun || trigger.needs.is_empty() {
        return false;
    }
    let near = |span: Span| {
        let here = sentence.same_clause(verb, span) && !span.overlaps(verb);
        here.then(|| sentence.words_between(verb, span))
    };
    let shows = sentence.triggers.iter().filter(|(span, other)| {
        let object =
            if sentence.verb_final { span.end <= verb.start } else { span.start >= verb.end };
        let occasion = sentence
            .cues
            .iter()
            .any(|found| matches!(found.cue, Cue::Occasion(_)) && found.span.overlaps(*span));
        object
            && !occasion
            && matches!(other.kind, Kind::Exhibition | Kind::Conference)
            && other.form == Form::Noun
    });
    let show = shows.filter_map(|(span, _)| near(*span)).filter(|way| *way <= BESIDE).min();
    let things = sentence.cues.iter().filter(|found| match found.cue {
        Cue::Thing(things) => things.meets(trigger.needs),
        _ => false,
    });
    let service = things.filter_map(|found| near(found.span)).min();
    show.is_some_and(|show| service.is_none_or(|service| show < service))
}

/// Within how many words a session is told together with a meeting.
const BESIDE: usize = 12;

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

/// Whether a time expression can be the date of an event of a kind.
pub(super) fn usable(view: &View<'_>, sentence: &Sentence<'_>, timex: &Timex, kind: Kind) -> bool {
    let Some(resolved) = &timex.resolved else { return false };
    if timex.dateline || timex.furniture {
        return false;
    }
    let named = view.names_of(sentence).any(|name| name.at.span.contains(timex.span));
    let occasion = sentence
        .cues
        .iter()
        .any(|found| matches!(found.cue, Cue::Occasion(_)) && found.span.overlaps(timex.span));
    // "After eight months of negotiations" tells how long they were.
    let length = resolved.basis == Basis::Relative
        && sentence.marks(Mark::After).any(|after| after.start == timex.span.start)
        && sentence.triggers.iter().any(|(span, trigger)| {
            trigger.form == Form::Noun
                && span.start >= timex.span.end
                && sentence.words_between(timex.span, *span) <= 1
                && sentence.same_clause(timex.span, *span)
        });
    let agreed_for = kind == Kind::Agreement && is_agreed_for(view, sentence, timex);
    if named || occasion || length || agreed_for {
        return false;
    }
    let range = resolved.when.range();
    // A season to come is that of the journey, though it has begun.
    let to_come =
        || range.last().is_some_and(|last| (last - view.anchor.latest()).num_days() > A_MONTH);
    if kind == Kind::Invitation && (view.begins_ahead(range) || to_come()) {
        return false;
    }
    let Some(last) = range.last() else { return true };
    let age = (view.anchor.latest() - last).num_days();
    // A year alone is history unless it lies ahead or the kind is one that is planned by years.
    let coarse = range.days().is_some_and(|days| days > 100);
    age < BACKGROUND_DAYS && !(coarse && age > 400 && kind != Kind::Exhibition)
}

/// Whether a year, not over yet, is the one for which something is agreed: "signed a plan of consultations for 2026
/// and 2027".
pub(super) fn is_agreed_for(view: &View<'_>, sentence: &Sentence<'_>, timex: &Timex) -> bool {
    let year = timex.resolved.as_ref().filter(|when| when.precision == Precision::Year);
    let ends = year.and_then(|when| when.when.range().last());
    ends.is_some_and(|last| last >= view.anchor.latest())
        && sentence.before(Mark::For, timex.span, 2)
        && !sentence.before(Mark::Plan, timex.span, 2)
}

/// Whether a time expression tells, in the clause of a trigger, that it was long ago: an event that is not
/// counted from any nearer day did not happen on the day of its article.
pub(super) fn long_ago(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    trigger: Span,
    kind: Kind,
) -> bool {
    sentence.timexes.iter().any(|timex| {
        let past = timex.resolved.as_ref().and_then(|resolved| resolved.when.range().last());
        past.is_some_and(|last| (view.anchor.latest() - last).num_days() > LONG_AGO)
            && !timex.dateline
            && !usable(view, sentence, timex, kind)
            && sentence.same_clause(trigger, timex.span)
            && sentence.distance(trigger, timex.span) <= NEAR
    })
}

/// Days after which something was long ago, and the words within which a date is that of a verb.
const LONG_AGO: i64 = 300;
const NEAR: usize = 8;

/// Days after which a time that has begun is told for what is still to come in it.
const A_MONTH: i64 = 31;

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
    let times = times::read(view, sentence, group);
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
        lasting: group.lasting,
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
