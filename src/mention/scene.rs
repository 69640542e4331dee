//! The scene of a story: where the events happen whose own sentences name no place.

use super::{
    Mention,
    place::{self, is_located},
    rules,
    view::View,
};
use crate::{
    calendar::DateRange,
    lexicon::cues::{Cue, Mark},
    model::{Entity, EntityType, Kind, Status},
};

/// Gives places to the mentions that have none, or only a country.
pub(super) fn settle(view: &View<'_>, mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|mention| mention.kind == Kind::Visit) {
        narrow(view, mention);
    }
    let head = head(view);
    // Twice, so that a meeting that got its place lends it to the message handed over in it.
    for _ in 0..2 {
        let known: Vec<Mention> =
            mentions.iter().filter(|mention| is_city(mention)).cloned().collect();
        for mention in mentions.iter_mut().filter(|mention| takes_scene(view, mention)) {
            let found = stay(&known, mention)
                .or_else(|| at_post(view, mention))
                .or_else(|| beside(&known, mention))
                .or_else(|| head.clone().filter(|_| is_news(view, mention)))
                .or_else(|| dateline(view, &known, mention));
            if let Some(place) = found {
                mention.place = Some(place);
                mention.rules.push(rules::PLACE_STORY);
            }
        }
    }
    for mention in mentions.iter_mut().filter(|mention| mention.kind == Kind::Vote) {
        if mention.place.is_none() {
            mention.place = seat(view, mention);
        }
    }
    for mention in mentions.iter_mut().filter(|mention| mention.kind == Kind::Other) {
        if mention.place.is_none() {
            mention.place = site(view, mention);
        }
    }
    for mention in mentions.iter_mut().filter(|mention| mention.place.is_none()) {
        mention.place = post(view, mention).or_else(|| town(view, mention));
    }
}

/// Whether a mention was held in the days before the article was written.
fn is_news(view: &View<'_>, mention: &Mention) -> bool {
    let days = DateRange::day(view.told_on()).widen(4);
    mention.status == Status::Held && mention.when.when.range().within(days)
}

fn is_city(mention: &Mention) -> bool {
    mention.place.as_ref().is_some_and(|place| !place.is_country())
}

/// A stay in a country of which the article names one city is told of that city.
fn narrow(view: &View<'_>, mention: &mut Mention) {
    let Some(country) = mention.place.as_ref().filter(|place| place.is_country()) else { return };
    let mut cities: Vec<(&Entity, usize)> = Vec::new();
    let inside = view.names.iter().filter(|name| {
        name.etype == EntityType::Place && !name.is_country && name.country() == Some(&country.id)
    });
    for name in inside {
        match cities.iter_mut().find(|(city, _)| city.id == name.entity.id) {
            Some((_, count)) => *count += 1,
            None => cities.push((&name.entity, 1)),
        }
    }
    if let Some((city, _)) =
        cities.iter().max_by_key(|(_, count)| *count).filter(|_| cities.len() == 1)
    {
        mention.place = Some((*city).clone());
        mention.rules.push(rules::PLACE_STORY);
    }
}

/// Whether an event of this kind happens where the story does.
fn takes_scene(view: &View<'_>, mention: &Mention) -> bool {
    let meets = matches!(
        mention.kind,
        Kind::Meeting
            | Kind::Negotiation
            | Kind::Agreement
            | Kind::Message
            | Kind::Conference
            | Kind::Appointment
            | Kind::Invitation
    );
    let by_video = view.sentences.iter().any(|sentence| {
        sentence.field == mention.evidence.sentence.field
            && sentence.span == mention.evidence.sentence.span
            && sentence.has(Mark::Video)
    });
    meets && !by_video && mention.place.as_ref().is_none_or(Entity::is_country)
}

/// The city that somebody who takes part is told to visit in those days.
fn stay(known: &[Mention], mention: &Mention) -> Option<Entity> {
    let days = mention.when.when.range();
    let same = |visit: &&Mention| {
        visit.kind == Kind::Visit
            && visit.when.when.range().overlaps(days)
            && visit.when.when.range().days().is_some_and(|days| days < 35)
            && visit.parties.iter().any(|visitor| {
                visitor.who.is_person()
                    && mention.parties.iter().any(|party| party.who.id == visitor.who.id)
            })
    };
    known.iter().find(same).and_then(|visit| visit.place.clone())
}

/// An ambassador and those of the country to which he is sent meet in its capital.
fn at_post(view: &View<'_>, mention: &Mention) -> Option<Entity> {
    let host = mention.parties.iter().find_map(|party| {
        let named = view.names.iter().filter(|name| name.entity.id == party.who.id);
        named.filter_map(|name| name.posted.as_ref()).next()
    })?;
    let hosted = mention.parties.iter().any(|party| party.who.country.as_ref() == Some(host));
    view.lexicons.capital(host).filter(|_| hosted).cloned()
}

/// The city of the event nearest in the text that lasts over the same days and shares a country.
fn beside(known: &[Mention], mention: &Mention) -> Option<Entity> {
    let days = mention.when.when.range();
    // A message is often sent from afar: it is handed over only where its people are.
    let in_person = mention.kind == Kind::Message;
    let shares = |other: &Mention| {
        other.parties.iter().any(|party| {
            mention.parties.iter().any(|own| {
                own.who.id == party.who.id
                    || !in_person
                        && own.who.country.is_some()
                        && own.who.country == party.who.country
            })
        })
    };
    known
        .iter()
        .filter(|other| !matches!(other.kind, Kind::Exhibition | Kind::Launch | Kind::Other))
        .filter(|other| {
            // What is told of the days around a stay happens there; a season is no stay.
            let slack = if other.kind == Kind::Visit { 3 } else { 0 };
            let range = other.when.when.range();
            let short = |range: DateRange| range.days().is_some_and(|days| days < 35);
            short(range) && short(days) && range.widen(slack).overlaps(days) && shares(other)
        })
        .min_by_key(|other| {
            let at = |mention: &Mention| mention.evidence.sentence.span.start;
            (other.kind != Kind::Visit, at(other).abs_diff(at(mention)))
        })
        .and_then(|other| other.place.clone())
}

/// The city that headline or lead names as where things happen.
fn head(view: &View<'_>) -> Option<Entity> {
    view.sentences
        .iter()
        .filter(|sentence| sentence.is_head())
        .flat_map(|sentence| {
            place::cities(view, sentence).into_iter().filter(|spot| {
                is_located(sentence, spot.at) && !sentence.before(Mark::From, spot.at, 0)
            })
        })
        .map(|spot| spot.entity)
        .next()
}

/// The agency's town, for a meeting that nothing else places, where one of those who meet is at home there
/// or nobody is.
fn dateline(view: &View<'_>, known: &[Mention], mention: &Mention) -> Option<Entity> {
    let elsewhere = known.iter().any(|other| other.kind == Kind::Visit);
    let signed_or_met = matches!(mention.kind, Kind::Meeting | Kind::Agreement);
    if elsewhere || !signed_or_met || mention.status != Status::Held {
        return None;
    }
    place::dateline(view).map(|name| name.entity.clone())
}

/// The town with which a text begins, where it is no capital and so hardly the agency's: what is told as
/// news without another place happened there.
fn town(view: &View<'_>, mention: &Mention) -> Option<Entity> {
    let local = matches!(mention.kind, Kind::Other | Kind::Incident | Kind::Exhibition);
    let town = place::dateline(view).filter(|_| local && is_news(view, mention))?;
    let capital = view.lexicons.capital(town.country()?)?;
    Some(&town.entity).filter(|town| town.id != capital.id).cloned()
}

/// A body of a state votes in the capital.
fn seat(view: &View<'_>, mention: &Mention) -> Option<Entity> {
    let bodies = mention.parties.iter().filter(|party| party.who.is_organisation());
    let country = bodies.filter_map(|party| party.who.country.as_ref()).next()?;
    view.lexicons.capital(country).cloned()
}

/// What an embassy alone does it does where it is.
fn post(view: &View<'_>, mention: &Mention) -> Option<Entity> {
    let own = matches!(mention.kind, Kind::Launch | Kind::Other | Kind::Incident);
    let [only] = mention.parties.as_slice() else { return None };
    let body = view.lexicons.gazetteer.get(&only.who.id).filter(|_| own)?;
    view.lexicons.capital(body.sort.as_ref()?.posted.as_ref()?).cloned()
}

/// What is handed over or built for an occasion is so where the occasion takes place.
fn site(view: &View<'_>, mention: &Mention) -> Option<Entity> {
    let own = view.sentences.iter().find(|sentence| {
        sentence.field == mention.evidence.sentence.field
            && sentence.span == mention.evidence.sentence.span
    })?;
    let trigger = own.triggers.iter().find(|(span, _)| *span == mention.evidence.trigger)?.1;
    if !trigger.sited {
        return None;
    }
    let occasion =
        view.sentences.iter().flat_map(|sentence| &sentence.cues).find_map(
            |found| match found.cue {
                Cue::Occasion(number) => view.lexicons.cues.occasions().get(usize::from(number)),
                _ => None,
            },
        )?;
    view.lexicons.gazetteer.get(&occasion.place).map(|entry| entry.entity.clone())
}
