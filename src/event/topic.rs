//! Which stories an article belongs to, by the people, bodies, places and themes that it names.

use crate::{
    mention::{Extraction, Mention},
    model::{Entity, EntityId, EntityType, Kind, TopicId},
    text::Span,
};

/// A story to follow, as the operator describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its key.
    pub id: TopicId,
    /// Its name for readers.
    pub title: String,
    /// What an article must name, all of it.
    pub all_of: Vec<EntityId>,
    /// What an article must name, at least one of it; nothing is asked where this is empty.
    pub any_of: Vec<EntityId>,
}

impl Topic {
    /// Whether an article that names `entities` belongs to the story. `entities` is sorted, as in
    /// [`Extraction::entities`](crate::mention::Extraction::entities).
    #[must_use]
    pub fn fits(&self, entities: &[EntityId]) -> bool {
        let named = |id: &EntityId| entities.binary_search(id).is_ok();
        self.all_of.iter().all(named) && (self.any_of.is_empty() || self.any_of.iter().any(named))
    }

    /// Whether a claim of an article that fits belongs to the story: its parties and its place must
    /// between them be, or act for, all of `all_of`. An act of one side, such as an announcement or a
    /// decision, also belongs when its sentence names the others.
    #[must_use]
    pub fn claims(&self, mention: &Mention, extraction: &Extraction) -> bool {
        let sentence = mention.evidence.sentence;
        let beside = || {
            extraction.names.iter().filter(|name| {
                let near = Span::new(sentence.span.start.saturating_sub(BEFORE), sentence.span.end);
                name.at.field == sentence.field && near.contains(name.at.span)
            })
        };
        self.all_of.iter().all(|id| {
            let is = |entity: &Entity| entity.id == *id || entity.country.as_ref() == Some(id);
            mention.parties.iter().any(|party| is(&party.who))
                || mention.place.as_ref().is_some_and(is)
                || mention.themes.contains(id)
                || is_one_sided(mention.kind) && beside().any(|name| is(&name.entity))
                // People and bodies may act far from the sentence that tells of them; countries do not.
                || !matches!(id.entity_type(), Some(EntityType::Place)) && extraction.entities.contains(id)
        })
    }

    /// Whether a claim that does not itself [claim](Self::claims) all sides may belong to the story all
    /// the same, in an article that tells the story elsewhere: it names some of `all_of`, and no country
    /// that is not of the story.
    #[must_use]
    pub fn leans(&self, mention: &Mention, extraction: &Extraction) -> bool {
        let own = |id: &EntityId| self.all_of.contains(id);
        let acting = mention.parties.iter().map(|party| &party.who).chain(&mention.place);
        let mut countries = acting.filter_map(|entity| entity.country.as_ref()).peekable();
        let sentence = mention.evidence.sentence;
        let mut beside = extraction
            .names
            .iter()
            .filter(|name| name.at.field == sentence.field && sentence.span.contains(name.at.span));
        countries.peek().is_some()
            && countries.all(own)
            && beside.all(|name| name.country().is_none_or(own))
    }
}

/// How far before its sentence, in bytes, a one-sided act still has its other side: a sentence or two.
const BEFORE: usize = 400;

/// Whether one side alone can do what an event of this kind is.
const fn is_one_sided(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Statement
            | Kind::Other
            | Kind::Launch
            | Kind::Conference
            | Kind::Appointment
            | Kind::Vote
            | Kind::Sanction
            | Kind::Incident
    )
}

/// The stories among `topics` to which an article that names `entities` belongs, sorted by key. `among`
/// holds the keys that its source may bring; all where it is empty.
#[must_use]
pub fn topics_of(topics: &[Topic], among: &[TopicId], entities: &[EntityId]) -> Vec<TopicId> {
    let mut fitting: Vec<TopicId> = topics
        .iter()
        .filter(|topic| among.is_empty() || among.contains(&topic.id))
        .filter(|topic| topic.fits(entities))
        .map(|topic| topic.id.clone())
        .collect();
    fitting.sort_unstable();
    fitting
}

/// Leaves in `extraction` the mentions that belong to one of the stories whose keys are `fitting`: those that
/// [claim](Topic::claims) all its sides and, where there are any, those that [lean](Topic::leans) on them.
pub fn keep_claimed(topics: &[Topic], fitting: &[TopicId], extraction: &mut Extraction) {
    let mentions = std::mem::take(&mut extraction.mentions);
    let mut kept = vec![false; mentions.len()];
    for topic in topics.iter().filter(|topic| fitting.contains(&topic.id)) {
        let claims: Vec<bool> =
            mentions.iter().map(|mention| topic.claims(mention, extraction)).collect();
        let told = claims.contains(&true);
        for ((kept, claims), mention) in kept.iter_mut().zip(claims).zip(&mentions) {
            *kept |= claims || told && topic.leans(mention, extraction);
        }
    }
    let pairs = mentions.into_iter().zip(kept);
    extraction.mentions = pairs.filter(|(_, kept)| *kept).map(|(mention, _)| mention).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(keys: &[&str]) -> Vec<EntityId> {
        keys.iter().map(|key| EntityId::new(*key)).collect()
    }

    fn topic(id: &str, all_of: &[&str], any_of: &[&str]) -> Topic {
        Topic {
            id: TopicId::new(id).unwrap(),
            title: id.to_owned(),
            all_of: ids(all_of),
            any_of: ids(any_of),
        }
    }

    #[test]
    fn all_of_and_any_of_are_both_asked() {
        let topics = [
            topic("pair", &["place:iran", "place:serbia"], &[]),
            topic("pair-tech", &["place:iran", "place:serbia"], &["theme:ai", "theme:space"]),
            topic("anything", &[], &[]),
        ];
        for (named, fitting) in [
            (&["place:iran", "place:serbia"][..], &["anything", "pair"][..]),
            (&["place:iran", "place:serbia", "theme:space"], &["anything", "pair", "pair-tech"]),
            (&["place:iran", "theme:ai"], &["anything"]),
            (&[], &["anything"]),
        ] {
            let found = topics_of(&topics, &[], &ids(named));
            assert_eq!(found.iter().map(TopicId::as_str).collect::<Vec<_>>(), fitting, "{named:?}");
        }
    }

    #[test]
    fn a_source_brings_only_the_topics_it_is_for() {
        let topics = [topic("a", &[], &[]), topic("b", &[], &[])];
        let among = [TopicId::new("b").unwrap()];
        assert_eq!(topics_of(&topics, &among, &[]), among);
    }
}
