//! The cast of the story: parties that a sentence leaves to what was told before.

use super::{
    candidate::Candidate,
    clause,
    name::{How, Name},
    party::{acts_as_body, countries, covered, is_sender, leads, needs_two, party, role},
    rules,
    view::{Sentence, View},
};
use crate::{
    calendar::DateRange,
    lexicon::cues::{Form, Mark},
    model::{Entity, EntityId, EntityType, Kind, Party, Role, Status},
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
    let people = |party: &&Party| party.who.is_person();
    if candidate.parties.iter().filter(people).count() > 1 && !sentence.has(Mark::Guest) {
        return;
    }
    // The institute and the university sign for themselves, whosever they are.
    let bodies = |party: &&Party| party.who.is_organisation();
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
            // Who opened one session is not who comes to the next.
            let another = is_of_sides(view, candidate, earlier);
            let more = before.parties.iter().filter(|party| {
                candidate.parties.iter().all(|own| own.who.country != party.who.country)
                    && !(another && party.who.is_person())
            });
            let more: Vec<Party> = more.cloned().collect();
            candidate.parties.extend(more);
            if countries(&candidate.parties).len() < 2 {
                add_countries(view, candidate, 2, destination);
            }
            return;
        }
    }
    let faceless = candidate.kind == Kind::Launch && candidate.parties.is_empty();
    let wanted = if candidate.kind == Kind::Conference || faceless { 2 } else { wanted };
    let group =
        clause::of_group(sentence, candidate.trigger).filter(|_| candidate.kind == Kind::Visit);
    if let Some(group) = group {
        name_delegation(view, number, candidate, earlier, destination);
        // "The delegation" is that of the guest; "a delegation" is of people not named.
        let told = sentence.marks(Mark::Guest).any(|guest| guest.contains(group))
            && is_near(view, candidate);
        if !told && candidate.parties.is_empty() {
            candidate.parties.extend(body_of_city(view, sentence, destination));
            add_countries(view, candidate, wanted, destination);
        }
    }
    // Of the stay that is the news itself, the delegation is that of whoever was named.
    let news = group.is_none() || is_news(view, candidate);
    if candidate.kind == Kind::Visit && sentence.has(Mark::Guest) && news {
        name_guest(view, number, candidate);
    }
    if candidate.kind == Kind::Agreement
        && candidate.parties.is_empty()
        && sentence.near(Mark::Twin, candidate.trigger, 12)
    {
        candidate.parties = sister_cities(view);
    }
    let of_sides = is_of_sides(view, candidate, earlier);
    let before = view.sentences.iter().take(number).rev();
    let after = view.sentences.iter().skip(number + 1);
    // Who travels is told at the beginning; who meets whom is told last.
    let whole = view.sentences.iter();
    let order: Vec<&Sentence<'_>> =
        if candidate.kind == Kind::Visit { whole.collect() } else { before.chain(after).collect() };
    for other in order.into_iter().filter(|other| !other.furniture) {
        if acts_as_body(candidate.kind) || of_sides || countries(&candidate.parties).len() >= wanted
        {
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
    add_countries(view, candidate, wanted, destination);
}

/// The countries that the article is about, up to as many as are wanted; of travellers not the one that they
/// visit.
fn add_countries(
    view: &View<'_>,
    candidate: &mut Candidate,
    wanted: usize,
    destination: Option<&EntityId>,
) {
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
    if candidate.kind == Kind::Vote
        && let Some(body) = voting_body(view, candidate.sentence, earlier)
    {
        candidate.parties = vec![body];
        return;
    }
    // "Iran opened an embassy": the country itself.
    let acts = view.names_of(sentence).any(|name| {
        name.is_country
            && name.via == How::Alias
            && name.at.span.end <= candidate.trigger.start
            && sentence.words_between(name.at.span, candidate.trigger) <= 1
    });
    let bodies = |other| bodies(view, other, candidate.kind);
    let told = earlier.iter().rev().find(|other| !bodies(other).is_empty());
    let told = told.filter(|_| !acts).map(|told| (told, bodies(told)));
    let Some((told, bodies)) = told else { return };
    // One body alone acts on where its own undertaking is told: a company and its flights.
    let sides = || {
        let named: Vec<&Name> = view.names_of(sentence).collect();
        named.iter().any(|name| name.is_country) || covered(&named) > 1
    };
    let own = || {
        !countries(&bodies).is_empty()
            && !sides()
            && matches!(told.kind, Kind::Launch | Kind::Agreement | Kind::Other)
            && candidate.kind != Kind::Agreement
            && candidate.kind != Kind::Vote
            && candidate.sentence.abs_diff(told.sentence) <= 3
            && told.parties.iter().all(|party| !party.who.is_person())
    };
    if countries(&bodies).len() < 2 && !own() {
        return;
    }
    let role = role(candidate.kind, false);
    candidate.parties = bodies.into_iter().map(|party| Party { role, ..party }).collect();
    candidate.borrowed = true;
    candidate.rules.push(rules::TOLD_BEFORE);
}

/// The bodies among the parties of an event; of what is signed a parliament or a
/// government is no other than its country.
fn bodies(view: &View<'_>, candidate: &Candidate, kind: Kind) -> Vec<Party> {
    let body = |party: &&Party| {
        let listed = view.lexicons.gazetteer.get(&party.who.id);
        let sort = listed.and_then(|entry| entry.sort.as_ref()).map(|sort| &*sort.title);
        party.who.is_organisation()
            && (matches!(kind, Kind::Launch | Kind::Vote)
                || !matches!(sort, Some("parliament" | "government")))
    };
    candidate.parties.iter().filter(body).cloned().collect()
}

/// "The Iranian delegation": whoever leads it, as told before as a visitor or beside as its head.
fn name_delegation(
    view: &View<'_>,
    number: usize,
    candidate: &mut Candidate,
    earlier: &[Candidate],
    destination: Option<&EntityId>,
) {
    let vague = candidate
        .parties
        .iter()
        .position(|party| party.who.is_country() && party.role == Role::Visitor);
    if vague.is_none() && (!candidate.parties.is_empty() || !is_near(view, candidate)) {
        return;
    }
    let country = vague
        .and_then(|vague| candidate.parties.get(vague))
        .and_then(|party| party.who.country.clone());
    let fits = |of: Option<&EntityId>| match &country {
        Some(country) => of == Some(country),
        None => of.is_none_or(|of| Some(of) != destination),
    };
    let before = earlier.iter().rev().filter(|other| other.kind == Kind::Visit);
    let visitor = before.flat_map(|other| &other.parties).find(|party| {
        party.role == Role::Visitor && party.who.is_person() && fits(party.who.country.as_ref())
    });
    let head = || {
        let beside = view.sentences.iter().enumerate().filter(|(place, other)| {
            !other.furniture && (other.has(Mark::Guest) || place.abs_diff(number) <= 1)
        });
        let told = beside.map(|(_, other)| other).find_map(|other| {
            view.names_of(other).find(|name| leads(other, name) && fits(name.country()))
        })?;
        Some(Party { who: told.entity.clone(), role: Role::Visitor, at: Some(told.at) })
    };
    let Some(leader) = visitor.cloned().or_else(head) else { return };
    match vague.and_then(|vague| candidate.parties.get_mut(vague)) {
        Some(slot) => *slot = leader,
        None => candidate.parties.push(leader),
    }
}

/// The two cities, of two countries, that an article names most.
fn sister_cities(view: &View<'_>) -> Vec<Party> {
    let mut counted: Vec<(&Name, usize)> = Vec::new();
    for city in view.names.iter().filter(|name| name.etype == EntityType::Place && !name.is_country)
    {
        match counted.iter_mut().find(|(known, _)| known.entity.id == city.entity.id) {
            Some((_, count)) => *count += 1,
            None => counted.push((city, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let first = counted.first().map(|(city, _)| *city);
    let other = first.and_then(|first| {
        counted.iter().map(|(city, _)| *city).find(|city| city.country() != first.country())
    });
    let (Some(first), Some(other)) = (first, other) else { return Vec::new() };
    let role = role(Kind::Agreement, false);
    let party = |city: &Name| Party { who: city.entity.clone(), role, at: Some(city.at) };
    vec![party(first), party(other)]
}

/// "A delegation from Isfahan": the body of that city, abroad, that the article names.
fn body_of_city(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    destination: Option<&EntityId>,
) -> Option<Party> {
    let home = view.names_of(sentence).find(|name| {
        name.etype == EntityType::Place
            && !name.is_country
            && destination.is_some()
            && name.country() != destination
            && sentence.before(Mark::From, name.at.span, 0)
    })?;
    let body = view.names.iter().find(|name| {
        name.etype == EntityType::Organisation
            && name.country() == home.country()
            && name.entity.name.contains(&*home.entity.name)
    })?;
    let role = role(Kind::Visit, false);
    Some(Party { who: body.entity.clone(), role, at: Some(body.at) })
}

/// The parliament whose members vote: that of a vote told before, else the one that the article named last.
fn voting_body(view: &View<'_>, number: usize, earlier: &[Candidate]) -> Option<Party> {
    let gazetteer = &view.lexicons.gazetteer;
    let is_parliament = |body: &EntityId| {
        let sort = gazetteer.get(body).and_then(|entry| entry.sort.as_ref());
        sort.is_some_and(|sort| &*sort.title == "parliament")
    };
    let votes = earlier.iter().rev().filter(|other| other.kind == Kind::Vote);
    let voted = votes.flat_map(|other| &other.parties).find(|party| is_parliament(&party.who.id));
    let named = || {
        let before = view.sentences.iter().take(number + 1).rev();
        let name = before
            .flat_map(|other| view.names_of(other))
            .find(|name| name.via != How::Several && is_parliament(&name.entity.id))?;
        Some(Party { who: name.entity.clone(), role: role(Kind::Vote, false), at: Some(name.at) })
    };
    voted.cloned().or_else(named)
}

/// Whether what is signed or negotiated is told of another day than all that people are told to have done,
/// and of nobody: then it is that of their sides, not of those who met today.
fn is_of_sides(view: &View<'_>, candidate: &Candidate, earlier: &[Candidate]) -> bool {
    let signed = matches!(candidate.kind, Kind::Agreement | Kind::Negotiation | Kind::Conference);
    // "The next round was held in Tehran" is of the sides, "they met in Tehran" of those told before.
    let round = candidate.kind == Kind::Meeting
        && view.sentences.get(candidate.sentence).is_some_and(|sentence| {
            candidate.form == Form::Noun || sentence.near(Mark::Hold, candidate.trigger, 2)
        });
    let sentence = view.sentences.get(candidate.sentence);
    let both = sentence.is_some_and(|sentence| sentence.has(Mark::Both));
    if !signed && !round || both || !candidate.parties.is_empty() {
        return false;
    }
    let Some(when) = candidate.times.any().map(|told| told.when.when.range()) else {
        return false;
    };
    let days = DateRange::day(view.told_on()).widen(1);
    let together = earlier.iter().any(|other| {
        let people = |party: &&Party| party.who.is_person();
        let both = other.status == candidate.status || candidate.status == Status::Held;
        both && other.times.any().is_some_and(|told| told.when.when.range().overlaps(when))
            && other.parties.iter().filter(people).count() > 1
    });
    !together && !when.within(days)
}

/// Whether an event is told of the week of publication.
fn is_near(view: &View<'_>, candidate: &Candidate) -> bool {
    let days = DateRange::day(view.told_on()).widen(7);
    candidate.times.any().is_none_or(|told| told.when.when.range().within(days))
}

/// Whether an event is told of the days around publication.
fn is_news(view: &View<'_>, candidate: &Candidate) -> bool {
    let days = DateRange::day(view.told_on()).widen(4);
    let when = candidate.times.any().map(|told| told.when.when.range());
    candidate.status == Status::Held && when.is_none_or(|when| when.overlaps(days))
}

/// "The Iranian guest": whoever was named before and acts for that country.
fn name_guest(view: &View<'_>, number: usize, candidate: &mut Candidate) {
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
