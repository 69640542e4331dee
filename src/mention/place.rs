//! Where an event happens: the city, else the country; never the town of the agency.

use super::{
    candidate::Candidate,
    name::{How, Name},
    party::may_travel,
    view::{Sentence, View},
};
use crate::{
    lexicon::cues::{Aspect, Mark},
    model::{Entity, EntityId, EntityType, Field, Kind},
    text::Span,
};

/// A place as a sentence tells it: by name, or as the capital of a country.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) at: Span,
    pub(super) entity: Entity,
}

/// The cities and venues of a sentence, without the agency's town.
pub(super) fn cities(view: &View<'_>, sentence: &Sentence<'_>) -> Vec<Spot> {
    let named = view
        .names_of(sentence)
        .filter(|name| {
            name.etype == EntityType::Place && !name.is_country && !is_dateline(sentence, name)
        })
        .map(|name| Spot { at: name.at.span, entity: name.entity.clone() });
    named.chain(capitals(view, sentence)).collect()
}

/// "The Serbian capital": the word beside a country or its people.
fn capitals<'v>(view: &'v View<'_>, sentence: &'v Sentence<'_>) -> impl Iterator<Item = Spot> + 'v {
    sentence.marks(Mark::Capital).filter_map(move |mark| {
        let beside = view
            .names_of(sentence)
            .filter(|name| name.is_country && !matches!(name.via, How::Several))
            .map(|name| (sentence.words_between(mark, name.at.span), name))
            .filter(|(words, _)| *words <= 1)
            .min_by_key(|(words, _)| *words)?;
        let capital = view.lexicons.capital(beside.1.country()?)?;
        Some(Spot { at: mark, entity: capital.clone() })
    })
}

/// The place that a sentence names for a candidate.
pub(super) fn named(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    candidate: &Candidate,
) -> Option<Entity> {
    let trigger = candidate.trigger;
    let (left, cities): (Vec<Spot>, Vec<Spot>) = cities(view, sentence)
        .into_iter()
        .partition(|spot| sentence.before(Mark::From, spot.at, 0));
    let near = |spots: Vec<Spot>| nearest(sentence, trigger, spots);
    match candidate.kind {
        Kind::Call | Kind::Sanction | Kind::Vote => None,
        // A statement is made where it is said to be made: "told reporters in", "in a statement from".
        Kind::Statement => near(
            cities
                .into_iter()
                .chain(left)
                .filter(|spot| {
                    sentence.distance(spot.at, trigger) <= 6
                        && sentence.same_clause(spot.at, trigger)
                })
                .collect(),
        ),
        // The city to which somebody is invited is not where it is done.
        Kind::Invitation => near(
            cities
                .into_iter()
                .filter(|spot| spot.at.end <= trigger.start && is_located(sentence, spot.at))
                .collect(),
        ),
        // A route between two cities is opened in neither.
        Kind::Launch if cities.len() > 1 => None,
        Kind::Visit => {
            let abroad = |spot: &Spot| is_abroad(view, sentence, trigger, &spot.entity);
            let own = cities.clone();
            // Whoever comes back from a place has been there.
            let over = sentence.triggers.iter().any(|(_, trigger)| {
                trigger.kind == Kind::Visit && trigger.aspect == Some(Aspect::End)
            });
            several_cities(view, sentence, trigger, &cities)
                .or_else(|| near(cities.into_iter().filter(abroad).collect()))
                .or_else(|| near(countries(view, sentence).into_iter().filter(abroad).collect()))
                .or_else(|| near(left.into_iter().filter(|spot| over && abroad(spot)).collect()))
                .or_else(|| near(own))
        }
        Kind::Other => left_country(view, sentence).or_else(|| {
            near(cities.into_iter().filter(|spot| is_located(sentence, spot.at)).collect())
        }),
        _ => near(cities.into_iter().filter(|spot| is_located(sentence, spot.at)).collect()),
    }
}

/// A tour of several cities of one country, listed after the trigger, goes to the country.
fn several_cities(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    trigger: Span,
    cities: &[Spot],
) -> Option<Entity> {
    let mut after = cities.iter().filter(|spot| spot.at.start >= trigger.end);
    let (one, other) = (after.next()?, after.next()?);
    let listed = sentence.words_between(one.at, other.at) <= 1
        && sentence.distance(trigger, one.at) <= 4
        && one.entity.id != other.entity.id
        && one.entity.country == other.entity.country;
    let country = one.entity.country.as_ref().filter(|_| listed)?;
    Some(view.lexicons.gazetteer.get(country)?.entity.clone())
}

/// The country that somebody is told to leave.
fn left_country(view: &View<'_>, sentence: &Sentence<'_>) -> Option<Entity> {
    let left = |name: &&Name| {
        name.is_country
            && name.via == How::Alias
            && sentence.marks(Mark::From).any(|from| {
                from.end <= name.at.span.start
                    && sentence.triggers.iter().any(|(span, _)| span.overlaps(from))
                    && sentence.words_between(from, name.at.span) <= 2
            })
    };
    view.names_of(sentence).find(left).map(|name| name.entity.clone())
}

fn nearest(sentence: &Sentence<'_>, trigger: Span, spots: Vec<Spot>) -> Option<Entity> {
    let way = |spot: &Spot| {
        sentence.distance(spot.at, trigger) + if spot.at.end <= trigger.start { 2 } else { 0 }
    };
    spots.into_iter().min_by_key(way).map(|spot| spot.entity)
}

/// Whether a preposition of place stands shortly before a place: a capital without one is often its
/// government.
pub(super) fn is_located(sentence: &Sentence<'_>, place: Span) -> bool {
    sentence.marks(Mark::At).any(|at| {
        at.contains(Span::new(place.start, place.start + 1))
            || at.end <= place.start
                && sentence.words_between(at, place) <= 4
                && sentence.same_clause(at, place)
    })
}

fn countries(view: &View<'_>, sentence: &Sentence<'_>) -> Vec<Spot> {
    view.names_of(sentence)
        .filter(|name| name.is_country && !matches!(name.via, How::Nation | How::Several))
        .filter(|name| !sentence.before(Mark::From, name.at.span, 0))
        .map(|name| Spot { at: name.at.span, entity: name.entity.clone() })
        .collect()
}

/// Whether a place lies in another country than whoever travels.
fn is_abroad(view: &View<'_>, sentence: &Sentence<'_>, trigger: Span, place: &Entity) -> bool {
    traveller(view, sentence, trigger).is_none_or(|name| name.country() != place.country.as_ref())
}

/// Whether a visit goes to the country of whoever travels: then it is a return.
pub(super) fn is_return(view: &View<'_>, sentence: &Sentence<'_>, candidate: &Candidate) -> bool {
    let Some(place) = candidate.place.as_ref().filter(|_| candidate.kind == Kind::Visit) else {
        return false;
    };
    traveller(view, sentence, candidate.trigger)
        .filter(|name| name.etype != EntityType::Place)
        .is_some_and(|name| name.country() == place.country.as_ref())
}

/// Who travels, as far as a sentence tells: the person nearest to the trigger, before it rather than after
/// it, else a nationality, a body, a country.
fn traveller<'a>(view: &View<'a>, sentence: &Sentence<'_>, trigger: Span) -> Option<&'a Name> {
    let way = |name: &&Name| {
        let after = name.at.span.start > trigger.start;
        sentence.distance(name.at.span, trigger) + if after { 3 } else { 0 }
    };
    // Of those of two countries the guest is not whoever is at home where the sentence is set.
    let host = setting(view, sentence).filter(|host| {
        view.names_of(sentence).any(|name| {
            name.etype != EntityType::Place
                && name.via != How::Several
                && name.country().is_some_and(|country| country != *host)
                && may_travel(view, sentence, trigger, name)
        })
    });
    let nearest = |etype: EntityType| {
        view.names_of(sentence)
            .filter(|name| name.etype == etype && name.country().is_some())
            .filter(|name| host.is_none() || name.country() != host)
            .filter(|name| may_travel(view, sentence, trigger, name))
            .min_by_key(way)
    };
    nearest(EntityType::Person)
        .or_else(|| {
            view.names_of(sentence).find(|name| matches!(name.via, How::Nation | How::Title))
        })
        .or_else(|| nearest(EntityType::Organisation))
        .or_else(|| view.names_of(sentence).find(|name| name.is_country))
}

/// The country in which a sentence is set, by the cities that it names, if it is one.
fn setting<'a>(view: &View<'a>, sentence: &Sentence<'_>) -> Option<&'a EntityId> {
    let mut cities = view.names_of(sentence).filter(|name| {
        name.etype == EntityType::Place
            && !name.is_country
            && !is_dateline(sentence, name)
            && is_located(sentence, name.at.span)
            && !sentence.before(Mark::From, name.at.span, 0)
    });
    let country = cities.next()?.country()?;
    cities.all(|other| other.country() == Some(country)).then_some(country)
}

/// The agency's town, where the article begins with one: "TEHRAN, May 7 (ANW) –".
pub(super) fn dateline<'a>(view: &View<'a>) -> Option<&'a Name> {
    let lead = view.sentences.iter().find(|sentence| sentence.field == Field::Text)?;
    view.names_of(lead).find(|name| name.etype == EntityType::Place && is_dateline(lead, name))
}

/// Whether a place stands at the head of an article as the agency's town.
fn is_dateline(sentence: &Sentence<'_>, name: &Name) -> bool {
    let head = name.at.span.start.saturating_sub(sentence.span.start) < 2;
    let after = sentence.words(Span::new(name.at.span.end, sentence.span.end));
    head && sentence.place == 0 && sentence.field == Field::Text && {
        let dash = after.char_indices().take(60).find(|(_, c)| matches!(c, '–' | '—' | '-'));
        dash.is_some_and(|(at, _)| {
            after.get(..at).is_some_and(|skipped| skipped.split_whitespace().count() <= 8)
        })
    }
}
