//! Where an event happens: the city, else the country; never the town of the agency.

use super::{
    candidate::Candidate,
    name::{How, Name},
    view::{Sentence, View},
};
use crate::{
    lexicon::cues::{Aspect, Mark},
    model::{Entity, EntityType, Kind},
    text::Span,
};

/// The place that a sentence names for a candidate.
pub(super) fn named(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    candidate: &Candidate,
) -> Option<Entity> {
    if matches!(candidate.kind, Kind::Call | Kind::Statement | Kind::Sanction | Kind::Vote) {
        return None;
    }
    let cities = view.names_of(sentence).filter(|name| {
        name.etype == EntityType::Place && !name.is_country && !is_dateline(sentence, name)
    });
    let (left, places): (Vec<&Name>, Vec<&Name>) =
        cities.partition(|name| sentence.before(Mark::From, name.at.span, 0));
    let located = |name: &Name| {
        sentence.marks(Mark::At).any(|at| {
            at.contains(Span::new(name.at.span.start, name.at.span.start + 1))
                || at.end <= name.at.span.start
                    && sentence.between(at, name.at.span).split_whitespace().count() <= 4
                    && sentence.same_clause(at, name.at.span)
        })
    };
    let nearest = |places: &[&Name]| {
        places
            .iter()
            .min_by_key(|name| {
                let before = name.at.span.end <= candidate.trigger.start;
                sentence.distance(name.at.span, candidate.trigger) + if before { 2 } else { 0 }
            })
            .map(|name| name.entity.clone())
    };
    if candidate.kind == Kind::Launch && places.len() > 1 {
        return None;
    }
    if candidate.kind != Kind::Visit {
        let located: Vec<&Name> = places.iter().filter(|name| located(name)).copied().collect();
        return nearest(&located);
    }
    let abroad: Vec<&Name> =
        places.iter().filter(|name| is_abroad(view, sentence, name)).copied().collect();
    if !abroad.is_empty() {
        return nearest(&abroad);
    }
    let countries: Vec<&Name> = view
        .names_of(sentence)
        .filter(|name| {
            name.is_country
                && name.via != How::Nation
                && !sentence.before(Mark::From, name.at.span, 0)
        })
        .filter(|name| is_abroad(view, sentence, name))
        .collect();
    // Whoever comes back from a place has been there.
    let over = sentence
        .triggers
        .iter()
        .any(|(_, trigger)| trigger.kind == Kind::Visit && trigger.aspect == Some(Aspect::End));
    let left: Vec<&Name> =
        left.into_iter().filter(|name| over && is_abroad(view, sentence, name)).collect();
    nearest(&countries).or_else(|| nearest(&left)).or_else(|| nearest(&places))
}

/// Whether a place lies in a country for which nobody named in the sentence travels: the first person, else
/// the first nationality or body, is taken as who travels.
fn is_abroad(view: &View<'_>, sentence: &Sentence<'_>, place: &Name) -> bool {
    let of = |etype: EntityType| {
        view.names_of(sentence).find(|name| name.etype == etype && name.country().is_some())
    };
    let nation = view.names_of(sentence).find(|name| name.via == How::Nation);
    let country = || view.names_of(sentence).find(|name| name.is_country);
    let traveller =
        of(EntityType::Person).or(nation).or_else(|| of(EntityType::Organisation)).or_else(country);
    traveller.is_none_or(|name| name.country() != place.country())
}

/// Whether a place stands at the head of an article as the agency's town: "TEHRAN, May 7 (ANW) –".
fn is_dateline(sentence: &Sentence<'_>, name: &Name) -> bool {
    let head = name.at.span.start.saturating_sub(sentence.span.start) < 2;
    let rest = Span::new(name.at.span.end, sentence.span.end);
    let after = sentence.words(rest);
    head && sentence.place == 0 && {
        let dash = after.char_indices().take(60).find(|(_, c)| matches!(c, '–' | '—' | '-'));
        dash.is_some_and(|(at, _)| {
            after.get(..at).is_some_and(|skipped| skipped.split_whitespace().count() <= 6)
        })
    }
}

/// Whether a visit goes to the country of whoever travels: then it is a return.
pub(super) fn is_return(view: &View<'_>, sentence: &Sentence<'_>, candidate: &Candidate) -> bool {
    let Some(place) = candidate.place.as_ref().filter(|_| candidate.kind == Kind::Visit) else {
        return false;
    };
    let traveller = view.names_of(sentence).find(|name| {
        matches!(name.etype, EntityType::Person | EntityType::Organisation)
            && name.country().is_some()
    });
    traveller.is_some_and(|name| name.country() == place.country.as_ref())
}
