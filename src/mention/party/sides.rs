//! Who of those whom a sentence names acts on which side: the two who face each other, the one who travels
//! or speaks, the bodies that sign.

use super::{covered, covers, is_sender};
use crate::{
    lexicon::cues::{Form, Mark},
    mention::{
        candidate::Candidate,
        clause,
        name::{How, Name},
        view::{Sentence, View},
    },
    model::{EntityId, EntityType, Kind},
    text::Span,
};

/// Whether somebody is named right before a verb: "the poet X read in Belgrade".
pub(super) fn acts(sentence: &Sentence<'_>, candidate: &Candidate, name: &Name) -> bool {
    candidate.form == Form::Told
        && name.via != How::Title
        && name.at.span.end <= candidate.trigger.start
        && sentence.same_clause(name.at.span, candidate.trigger)
        && sentence.words_between(name.at.span, candidate.trigger) <= 2
}

/// Who sends and who gets a message; whoever hands it over for the sender is neither.
pub(super) fn message<'a>(
    sentence: &Sentence<'_>,
    people: &[&'a Name],
    bodies: &[&'a Name],
    countries: &[&'a Name],
) -> Vec<&'a Name> {
    let Some(sender) = people.iter().find(|name| is_sender(sentence, name)) else {
        return two_sides(sentence, people, bodies, countries);
    };
    let others = people.iter().filter(|name| name.country() != sender.country());
    std::iter::once(sender).chain(others).copied().collect()
}

/// Whether a span stands between two others, which stand in this order.
const fn between(span: Span, from: Span, to: Span) -> bool {
    from.end <= span.start && span.end <= to.start
}

/// "Before X flies home, the institute and the university sign": two bodies named one after the other and
/// nearer to the verb than anybody sign themselves.
pub(super) fn signing_bodies<'a>(
    sentence: &Sentence<'_>,
    candidate: &Candidate,
    people: &[&'a Name],
    bodies: &[&'a Name],
) -> Option<Vec<&'a Name>> {
    if candidate.kind != Kind::Agreement || candidate.form == Form::Noun {
        return None;
    }
    let way = |name: &Name| sentence.distance(name.at.span, candidate.trigger);
    let nearest_person = people.iter().map(|name| way(name)).min().unwrap_or(usize::MAX);
    let pair = bodies.windows(2).find(|pair| {
        let [one, other] = pair else { return false };
        let (from, to) = (one.at.span, other.at.span);
        way(one).min(way(other)) < nearest_person
            && one.entity.id != other.entity.id
            && sentence.same_clause(from, to)
            && sentence.words_between(from, to) <= 5
            && !people.iter().any(|name| between(name.at.span, from, to))
    })?;
    Some(pair.to_vec())
}

pub(super) fn two_sides<'a>(
    sentence: &Sentence<'_>,
    people: &[&'a Name],
    bodies: &[&'a Name],
    countries: &[&'a Name],
) -> Vec<&'a Name> {
    let mut chosen: Vec<&Name> = people.to_vec();
    // Beside people a country is more often a subject than a party, unless its people are meant.
    let acting: Vec<&Name> = countries
        .iter()
        .filter(|name| match name.via {
            How::Alias => chosen.is_empty(),
            // The guest, or he, is somebody told before.
            How::Several | How::Nation => {
                chosen.is_empty() || !(sentence.has(Mark::Guest) || sentence.has(Mark::Pronoun))
            }
            _ => true,
        })
        .copied()
        .collect();
    for more in [bodies, &acting] {
        if covered(&chosen) >= 2 {
            break;
        }
        let missing: Vec<&Name> =
            more.iter().filter(|name| !covers(&chosen, name)).copied().collect();
        if chosen.is_empty() || covered(&chosen) + covered(&missing) >= 2 {
            chosen.extend(missing);
        }
    }
    chosen
}

/// Whether somebody whom a sentence names may be who travels: not whoever is named behind another verb ("he
/// arrived on Tuesday, and today the minister received him"), nor whoever only tells of others ("the director
/// said that the experts would come").
pub(in crate::mention) fn may_travel(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    trigger: Span,
    name: &Name,
) -> bool {
    let at = name.at.span;
    let behind = sentence.triggers.iter().any(|(verb, other)| {
        other.kind != Kind::Visit && other.form != Form::Noun && between(*verb, trigger, at)
    });
    !behind
        && !only_tells(view, sentence, trigger, name)
        && !clause::speaks(view, sentence, trigger, Kind::Visit, name)
}

/// Whether somebody whom a sentence names only tells of others: "the director said that the experts would
/// come", "they have signed an agreement, the ministry reported".
pub(in crate::mention) fn only_tells(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    trigger: Span,
    name: &Name,
) -> bool {
    let at = name.at.span;
    sentence.marks(Mark::Say).any(|say| {
        let beside = !say.overlaps(at)
            && sentence.words_between(say, at) <= 2
            && sentence.same_clause(say, at);
        let apart =
            between(say, at, trigger) || between(at, say, trigger) || at.start >= trigger.end;
        if !beside || !apart || say.overlaps(trigger) {
            return false;
        }
        // Somebody else stands nearer to the verb, on its side of what is said.
        let told = Span::new(say.start.min(at.start), say.end.max(at.end));
        let nearer = |span: Span| {
            if told.end <= trigger.start {
                between(span, told, trigger)
            } else {
                span.end <= told.start && sentence.distance(span, trigger) <= 8
            }
        };
        let named = view.names_of(sentence).any(|other| {
            other.country().is_some() && other.etype != EntityType::Theme && {
                let group = matches!(other.via, How::Nation | How::Title)
                    || other.etype != EntityType::Place
                    || other.is_country && told.start >= trigger.end
                    || sentence
                        .marks(Mark::Guest)
                        .any(|guest| sentence.words_between(guest, other.at.span) <= 2);
                group && nearer(other.at.span)
            }
        });
        named || sentence.marks(Mark::Guest).any(nearer)
    })
}

/// Who travels: whoever is not of the country of destination; hosts too where an invitation is told.
pub(super) fn visitors<'a>(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    candidate: &Candidate,
    sorts: &[&[&'a Name]],
    destination: Option<&EntityId>,
) -> Vec<&'a Name> {
    let inside = |name: &Name| {
        name.etype == EntityType::Organisation && sentence.before(Mark::At, name.at.span, 0)
    };
    let foreign = |name: &Name| {
        name.country().is_none_or(|country| Some(country) != destination) && !inside(name)
    };
    // "The guest, who had landed on Tuesday, held talks with X": the guest is somebody told before.
    let named_before = sorts.iter().flat_map(|sort| sort.iter()).any(|name| {
        name.at.span.end <= candidate.trigger.start
            && sentence.distance(name.at.span, candidate.trigger) < 12
    });
    let told_before = sentence.before(Mark::Guest, candidate.trigger, 4)
        || sentence.before(Mark::Pronoun, candidate.trigger, 2);
    if told_before && !named_before {
        return Vec::new();
    }
    // "The visit" that is pointed back at is that of somebody named, not of any body beside it.
    let vague = candidate.form == Form::Noun && candidate.place.is_none();
    let mut chosen: Vec<&Name> = Vec::new();
    for sort in sorts.iter().take(if vague { 1 } else { sorts.len() }) {
        let travelling: Vec<&Name> = sort
            .iter()
            .filter(|name| foreign(name) && may_travel(view, sentence, candidate.trigger, name))
            .copied()
            .collect();
        let nearest = travelling.iter().min_by_key(|name| {
            let after = name.at.span.start > candidate.trigger.start;
            sentence.distance(name.at.span, candidate.trigger) + if after { 3 } else { 0 }
        });
        if let Some(nearest) = nearest {
            chosen.push(nearest);
            break;
        }
    }
    if let Some(invited) = sentence.marks(Mark::Invite).next() {
        let hosts = sorts.iter().flat_map(|sort| sort.iter()).filter(|name| {
            name.country().is_some_and(|country| Some(country) == destination) && !name.is_country
        });
        chosen.extend(hosts.min_by_key(|name| sentence.distance(name.at.span, invited)));
    }
    chosen
}

/// The one who acts: the first of the best sort before the trigger, else the nearest after it.
pub(super) fn one<'a>(
    trigger: Span,
    sentence: &Sentence<'_>,
    sorts: &[&[&'a Name]],
) -> Vec<&'a Name> {
    for sort in sorts {
        let nearest = sort.iter().min_by_key(|name| sentence.distance(name.at.span, trigger));
        if let Some(name) = nearest {
            return vec![name];
        }
    }
    Vec::new()
}
