//! The cast of the story: parties that a sentence leaves to what was told before.

use super::{
    candidate::Candidate,
    name::{How, Name},
    party::{acts_as_body, countries, is_sender, needs_two, party, role},
    rules,
    view::{Sentence, View},
};
use crate::{
    lexicon::cues::Mark,
    model::{Entity, EntityId, EntityType, Kind, Party, Role},
};

/// Completes a candidate whose sentence leaves one side or both to what was told before: by the parties of
/// the last event of its kind, by the people told last who are of another country, by the countries that
/// the article is about.
pub(super) fn complete(
    view: &View<'_>,
    number: usize,
    candidate: &mut Candidate,
    earlier: &[Candidate],
    destination: Option<&EntityId>,
) {
    let Some(sentence) = view.sentences.get(number) else { return };
    let wanted = if needs_two(candidate.kind) { 2 } else { 1 };
    let people = |party: &&Party| party.who.id.entity_type() == Some(EntityType::Person);
    if candidate.parties.iter().filter(people).count() > 1 && !sentence.has(Mark::Guest) {
        return;
    }
    // The institute and the university sign for themselves, whosever they are.
    let bodies = |party: &&Party| party.who.id.entity_type() == Some(EntityType::Organisation);
    if candidate.kind == Kind::Agreement && candidate.parties.iter().filter(bodies).count() > 1 {
        return;
    }
    if matches!(candidate.kind, Kind::Negotiation | Kind::Conference) {
        let before = earlier
            .iter()
            .rev()
            .find(|other| other.kind == candidate.kind && countries(&other.parties).len() >= 2);
        if let Some(before) = before {
            candidate.borrowed |= candidate.parties.is_empty();
            let more = before.parties.iter().filter(|party| {
                candidate.parties.iter().all(|own| own.who.country != party.who.country)
            });
            let more: Vec<Party> = more.cloned().collect();
            candidate.parties.extend(more);
            return;
        }
    }
    let faceless = candidate.kind == Kind::Launch && candidate.parties.is_empty();
    let wanted = if candidate.kind == Kind::Conference || faceless { 2 } else { wanted };
    if candidate.kind == Kind::Visit && sentence.has(Mark::Guest) {
        name_delegation(view, number, candidate);
    }
    let before = view.sentences.iter().take(number).rev();
    let after = view.sentences.iter().skip(number + 1);
    // Who travels is told at the beginning; who meets whom is told last.
    let whole = view.sentences.iter();
    let order: Vec<&Sentence<'_>> =
        if candidate.kind == Kind::Visit { whole.collect() } else { before.chain(after).collect() };
    for other in order.into_iter().filter(|other| !other.furniture) {
        if acts_as_body(candidate.kind) || countries(&candidate.parties).len() >= wanted {
            break;
        }
        let told: Vec<&Name> = view.names_of(other).collect();
        for name in told.iter().rev() {
            let person = name.etype == EntityType::Person && name.via != How::Title;
            let Some(country) = name.country().filter(|_| person) else { continue };
            let known = countries(&candidate.parties);
            let stays = candidate.kind == Kind::Visit && Some(country) == destination;
            if !known.contains(&country)
                && !stays
                && known.len() < wanted
                && !is_sender_anywhere(view, name)
            {
                candidate.borrowed |= candidate.parties.is_empty();
                candidate.parties.push(party(name, candidate.kind, destination));
            }
        }
    }
    for country in most_told(view) {
        if countries(&candidate.parties).len() >= wanted {
            break;
        }
        let stays = candidate.kind == Kind::Visit && Some(&country.id) == destination;
        if !stays && !countries(&candidate.parties).contains(&&country.id) {
            candidate.borrowed |= candidate.parties.is_empty();
            let role = role(candidate.kind, false);
            candidate.parties.push(Party { who: country, role, at: None });
        }
    }
}

/// What is told further down of the countries alone is told of the two bodies whose story it is: "A joint
/// programme is to start in October" is that of the two universities named before.
pub(super) fn of_bodies(view: &View<'_>, candidate: &mut Candidate, earlier: &[Candidate]) {
    let vague = candidate.parties.iter().all(|party| party.who.is_country());
    let theirs =
        matches!(candidate.kind, Kind::Agreement | Kind::Launch | Kind::Other | Kind::Vote);
    let Some(sentence) = view.sentences.get(candidate.sentence).filter(|_| vague && theirs) else {
        return;
    };
    // "Iran opened an embassy": the country itself.
    let acts = view.names_of(sentence).any(|name| {
        name.is_country
            && name.via == How::Alias
            && name.at.span.end <= candidate.trigger.start
            && sentence.words_between(name.at.span, candidate.trigger) <= 1
    });
    let bodies = earlier.iter().rev().map(bodies).find(|bodies| !bodies.is_empty());
    let Some(bodies) = bodies.filter(|bodies| !acts && countries(bodies).len() > 1) else { return };
    let role = role(candidate.kind, false);
    candidate.parties = bodies.into_iter().map(|party| Party { role, ..party }).collect();
    candidate.borrowed = true;
    candidate.rules.push(rules::TOLD_BEFORE);
}

/// The bodies among the parties of an event.
fn bodies(candidate: &Candidate) -> Vec<Party> {
    let body = |party: &&Party| party.who.id.entity_type() == Some(EntityType::Organisation);
    candidate.parties.iter().filter(body).cloned().collect()
}

/// "The Iranian delegation": whoever was named before and acts for that country leads it.
fn name_delegation(view: &View<'_>, number: usize, candidate: &mut Candidate) {
    let Some(vague) = candidate
        .parties
        .iter()
        .position(|party| party.who.is_country() && party.role == Role::Visitor)
    else {
        return;
    };
    let country = candidate.parties.get(vague).and_then(|party| party.who.country.clone());
    let before = view.sentences.iter().take(number).rev().filter(|other| !other.furniture);
    let leader = before
        .flat_map(|other| view.names_of(other).collect::<Vec<_>>())
        .find(|name| name.etype == EntityType::Person && name.country() == country.as_ref());
    if let (Some(leader), Some(slot)) = (leader, candidate.parties.get_mut(vague)) {
        *slot = Party { who: leader.entity.clone(), role: Role::Visitor, at: Some(leader.at) };
    }
}

/// Whether the article tells of a person as the sender of a letter: such a one is elsewhere.
fn is_sender_anywhere(view: &View<'_>, name: &Name) -> bool {
    view.sentences.iter().any(|sentence| {
        view.names_of(sentence)
            .any(|other| other.entity.id == name.entity.id && is_sender(sentence, other))
    })
}

/// The countries of everybody and everything that the article names, those named most often first.
pub(super) fn most_told(view: &View<'_>) -> Vec<Entity> {
    let mut counted: Vec<(&EntityId, usize)> = Vec::new();
    for country in view.names.iter().filter_map(Name::country) {
        match counted.iter_mut().find(|(known, _)| *known == country) {
            Some((_, count)) => *count += 1,
            None => counted.push((country, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted
        .into_iter()
        .filter_map(|(id, _)| Some(view.lexicons.gazetteer.get(id)?.entity.clone()))
        .collect()
}
