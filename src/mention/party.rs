//! Who takes part in what a sentence tells, and as what.

mod sides;

use super::{
    candidate::Candidate,
    clause,
    name::{How, Name},
    view::{Sentence, View},
};
use crate::{
    lexicon::cues::{Form, Mark},
    model::{EntityId, EntityType, Kind, Party, Role},
    text::Span,
};

pub(super) use sides::may_travel;
use sides::{acts, message, one, only_tells, signing_bodies, two_sides, visitors};

/// How parties of a kind are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sides {
    /// Two sides face each other: meeting, call, negotiation, agreement, message.
    Two,
    /// One acts: statement, appointment.
    One,
    /// Bodies and countries act more often than people: launch, decision, exhibition.
    Bodies,
}

const fn sides(kind: Kind) -> Sides {
    match kind {
        Kind::Meeting
        | Kind::Call
        | Kind::Negotiation
        | Kind::Agreement
        | Kind::Message
        | Kind::Invitation => Sides::Two,
        Kind::Statement | Kind::Appointment | Kind::Visit => Sides::One,
        Kind::Conference
        | Kind::Exhibition
        | Kind::Launch
        | Kind::Vote
        | Kind::Sanction
        | Kind::Incident
        | Kind::Other => Sides::Bodies,
    }
}

/// Whether an event of a kind needs parties of two countries.
pub(super) const fn needs_two(kind: Kind) -> bool {
    matches!(sides(kind), Sides::Two)
}

/// Whether in an event of a kind bodies and countries act more often than people.
pub(super) const fn acts_as_body(kind: Kind) -> bool {
    matches!(sides(kind), Sides::Bodies)
}

/// Most parties taken from one sentence.
pub(super) const MOST: usize = 5;

/// The parties that a sentence names for a candidate, nearest rule first: people, else bodies, else
/// countries. `destination` is the country in which a visit takes place.
pub(super) fn named(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    candidate: &Candidate,
    destination: Option<&EntityId>,
) -> Vec<Party> {
    let all: Vec<&Name> = view
        .names_of(sentence)
        .filter(|name| may_act(name) || leads(sentence, name))
        .filter(|name| !name.is_country || !is_left(sentence, name))
        .filter(|name| !belongs_elsewhere(sentence, candidate, name))
        .filter(|name| !is_source(view, sentence, candidate, name))
        .filter(|name| !clause::speaks(view, sentence, candidate.trigger, candidate.kind, name))
        .collect();
    let people: Vec<&Name> =
        all.iter().filter(|name| name.etype == EntityType::Person).copied().collect();
    let bodies: Vec<&Name> =
        all.iter().filter(|name| name.etype == EntityType::Organisation).copied().collect();
    let countries: Vec<&Name> = all.iter().filter(|name| name.is_country).copied().collect();
    let mut chosen: Vec<&Name> = match sides(candidate.kind) {
        Sides::Two if candidate.kind == Kind::Message => {
            message(sentence, &people, &bodies, &countries)
        }
        Sides::Two => signing_bodies(sentence, candidate, &people, &bodies)
            .unwrap_or_else(|| two_sides(sentence, &people, &bodies, &countries)),
        Sides::One if candidate.kind == Kind::Visit => {
            visitors(view, sentence, candidate, &[&people, &bodies, &countries], destination)
        }
        Sides::One => {
            let mut chosen = one(candidate.trigger, sentence, &[&people, &bodies, &countries]);
            // Credentials are handed over to somebody.
            if candidate.kind == Kind::Appointment && covered(&chosen) == 1 {
                let others: Vec<&Name> =
                    people.iter().filter(|name| !covers(&chosen, name)).copied().collect();
                chosen.extend(one(candidate.trigger, sentence, &[&others]));
            }
            chosen
        }
        Sides::Bodies => {
            let subjects: Vec<&Name> = people
                .iter()
                .filter(|name| {
                    clause::is_subject(sentence, candidate.trigger, candidate.form, name)
                        || candidate.times.any().is_some() && leads(sentence, name)
                })
                .copied()
                .collect();
            let mut chosen = subjects.clone();
            // "A course at the university": whoever acts is named besides, and the body is a place.
            let located = |name: &Name| {
                (matches!(candidate.kind, Kind::Conference | Kind::Launch)
                    || candidate.kind == Kind::Other && candidate.form == Form::Noun)
                    && sentence.before(Mark::At, name.at.span, 0)
                    && (!subjects.is_empty() || bodies.len() > 1)
            };
            chosen.extend(bodies.iter().filter(|name| !located(name)));
            if matches!(candidate.kind, Kind::Conference | Kind::Launch | Kind::Other) {
                let acting = people.iter().filter(|name| name.via != How::Title);
                let faces = candidate.kind == Kind::Conference
                    || candidate.kind == Kind::Other && covered(&people) > 1;
                chosen.extend(acting.filter(|_| faces));
            }
            // "The ambassador opened an exhibition at the museum."
            if matches!(candidate.kind, Kind::Exhibition | Kind::Launch) {
                let opener = people.iter().rev().find(|name| acts(sentence, candidate, name));
                chosen.extend(opener.copied());
            }
            if candidate.kind == Kind::Other && chosen.is_empty() {
                let acting = people.iter().rev().find(|name| acts(sentence, candidate, name));
                chosen.extend(acting.or(countries.first()).copied());
            } else if covered(&chosen) < 2 && subjects.is_empty() {
                let more: Vec<&Name> =
                    countries.iter().filter(|country| !covers(&chosen, country)).copied().collect();
                chosen.extend(more);
            }
            if candidate.kind == Kind::Launch && covered(&chosen) < 2 {
                let cities: Vec<&Name> = view
                    .names_of(sentence)
                    .filter(|name| name.etype == EntityType::Place)
                    .collect();
                if chosen.is_empty() && covered(&cities) >= 2 {
                    return of_countries(view, &cities, candidate, destination);
                }
            }
            if chosen.is_empty() {
                return of_countries(view, &people, candidate, destination);
            }
            chosen
        }
    };
    dedup(&mut chosen);
    chosen.truncate(MOST);
    // "Signed by the ministers two years ago": whoever holds the offices now need not have held them then.
    let offices = !chosen.is_empty()
        && chosen.iter().all(|name| name.via == How::Several && name.etype == EntityType::Person);
    if offices && !chosen.iter().all(|name| served_then(view, candidate, name)) {
        return of_countries(view, &chosen, candidate, destination);
    }
    let nation = all.iter().find(|name| name.via == How::Nation && name.country() != destination);
    chosen
        .into_iter()
        .enumerate()
        .map(|(place, name)| {
            let mut party = party(name, candidate.kind, destination);
            if candidate.kind == Kind::Appointment && place > 0 {
                party.role = Role::Host;
            }
            if candidate.kind == Kind::Message && is_sender(sentence, name) {
                party.role = Role::Sender;
            }
            // Who leads a Serbian delegation acts for Serbia.
            if party.who.country.is_none() && leads(sentence, name) {
                party.who.country = nation.and_then(|nation| nation.country().cloned());
            }
            party
        })
        .collect()
}

/// Whether somebody held an office when an event happened; of what happens about now, whoever holds one now.
fn served_then(view: &View<'_>, candidate: &Candidate, name: &Name) -> bool {
    let Some(when) = candidate.times.any().map(|told| told.when.when.range()) else { return true };
    let long_ago = when.last().is_some_and(|last| (view.told_on() - last).num_days() > LONG_AGO);
    let gazetteer = &view.lexicons.gazetteer;
    let served = || {
        let number = gazetteer.number(&name.entity.id);
        let mut held = number.into_iter().flat_map(|number| gazetteer.held_by(number));
        held.any(|(_, term)| term.days.overlaps(when))
    };
    !long_ago || served()
}

/// The days after which offices may have changed hands.
const LONG_AGO: i64 = 120;

/// Whether somebody is named at the end as the source alone: "they have signed an agreement, the ministry said".
/// Of what bodies do, a body is often its own source, unless another is named.
fn is_source(view: &View<'_>, sentence: &Sentence<'_>, candidate: &Candidate, name: &Name) -> bool {
    let trigger = candidate.trigger;
    let other = || {
        view.names_of(sentence).any(|other| {
            (matches!(other.etype, EntityType::Organisation | EntityType::Person)
                || other.via == How::Title
                || other.via == How::Nation && clause::of_group(sentence, trigger).is_some())
                && other.at.span != name.at.span
                && sentence.same_clause(other.at.span, trigger)
        })
    };
    candidate.kind != Kind::Statement
        && name.at.span.start >= trigger.end
        && !sentence.same_clause(name.at.span, trigger)
        && only_tells(view, sentence, trigger, name)
        && (!acts_as_body(candidate.kind) || other())
}

/// Whether a country is named as what somebody leaves: right after a verb of leaving.
fn is_left(sentence: &Sentence<'_>, name: &Name) -> bool {
    sentence.marks(Mark::From).any(|from| {
        let verb = sentence.triggers.iter().any(|(span, _)| span.overlaps(from));
        let after =
            from.end <= name.at.span.start && sentence.words_between(from, name.at.span) <= 2;
        verb && after
    })
}

/// Whether somebody is named for another reason than to take part: as the sender of a letter, or beside
/// the noun of another event ("the visit of X").
fn belongs_elsewhere(sentence: &Sentence<'_>, candidate: &Candidate, name: &Name) -> bool {
    if name.etype != EntityType::Person || candidate.kind == Kind::Message {
        return false;
    }
    let right_after = |span: Span| {
        span.end <= name.at.span.start
            && sentence.words_between(span, name.at.span) <= 1
            && sentence.same_clause(span, name.at.span)
    };
    // "On the second day of the visit X was received": X acts.
    let acts = name.at.span.end <= candidate.trigger.start
        && sentence.words_between(name.at.span, candidate.trigger) == 0;
    // Letters of credence are those of whoever takes up the post.
    candidate.kind != Kind::Appointment && is_sender(sentence, name)
        || sentence.triggers.iter().any(|(span, trigger)| {
            trigger.form == Form::Noun
                && trigger.kind != candidate.kind
                && trigger.kind == Kind::Visit
                && !acts
                && right_after(*span)
        })
}

/// Whether a letter is that of this person: named right after it.
pub(super) fn is_sender(sentence: &Sentence<'_>, name: &Name) -> bool {
    sentence.marks(Mark::Letter).any(|letter| {
        letter.end <= name.at.span.start
            && sentence.words_between(letter, name.at.span) <= 2
            && sentence.same_clause(letter, name.at.span)
    })
}

/// The countries for which people act, as parties.
fn of_countries(
    view: &View<'_>,
    people: &[&Name],
    candidate: &Candidate,
    destination: Option<&EntityId>,
) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for name in people {
        let Some(country) = name.country().and_then(|id| view.lexicons.gazetteer.get(id)) else {
            continue;
        };
        if parties.iter().all(|party| party.who.id != country.entity.id) {
            let role = party(name, candidate.kind, destination).role;
            parties.push(Party { who: country.entity.clone(), role, at: Some(name.at) });
        }
    }
    parties
}

/// Whether somebody is told to lead a delegation: then it is a name, whoever it may be.
pub(super) fn leads(sentence: &Sentence<'_>, name: &Name) -> bool {
    name.etype == EntityType::Person && sentence.before(Mark::Led, name.at.span, 1)
}

fn may_act(name: &Name) -> bool {
    // One word that structure makes a name and that acts for nobody known is more often no name at all.
    if name.via == How::Structure && name.country().is_none() && !name.entity.name.contains(' ') {
        return false;
    }
    match name.etype {
        EntityType::Person | EntityType::Organisation => true,
        EntityType::Place => name.is_country,
        EntityType::Theme => false,
    }
}

/// How many countries the names stand for.
pub(super) fn covered(names: &[&Name]) -> usize {
    let mut countries: Vec<&EntityId> = names.iter().filter_map(|name| name.country()).collect();
    countries.sort_unstable();
    countries.dedup();
    countries.len()
}

fn covers(chosen: &[&Name], name: &Name) -> bool {
    let country = name.country();
    country.is_some() && chosen.iter().any(|other| other.country() == country)
}

fn dedup(names: &mut Vec<&Name>) {
    let mut seen: Vec<&EntityId> = Vec::new();
    names.retain(|name| {
        let new = !seen.contains(&&name.entity.id);
        seen.push(&name.entity.id);
        new
    });
}

/// A name as a party, with the role that its kind of event gives it.
pub(super) fn party(name: &Name, kind: Kind, destination: Option<&EntityId>) -> Party {
    let at_home = name.country().is_some() && name.country() == destination;
    Party { who: name.entity.clone(), role: role(kind, at_home), at: Some(name.at) }
}

/// The part that a party plays in an event of a kind, in its own country or not.
pub(super) const fn role(kind: Kind, at_home: bool) -> Role {
    match kind {
        Kind::Visit if at_home => Role::Host,
        Kind::Visit => Role::Visitor,
        Kind::Agreement => Role::Signatory,
        Kind::Message | Kind::Invitation => Role::Recipient,
        Kind::Meeting | Kind::Conference | Kind::Exhibition if at_home => Role::Host,
        _ => Role::Participant,
    }
}

/// The distinct countries of parties.
pub(super) fn countries(parties: &[Party]) -> Vec<&EntityId> {
    let mut countries: Vec<&EntityId> =
        parties.iter().filter_map(|party| party.who.country.as_ref()).collect();
    countries.sort_unstable();
    countries.dedup();
    countries
}
