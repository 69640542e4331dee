//! Bodies: those on no list, those that a sort and a country tell, those told before, and two of a sort.

use super::{
    super::{How, Name, body::ONE_EACH, draft::Draft, token::Gap},
    Known, Resolver,
};
use crate::{
    lexicon::gazetteer::{Function, Sense},
    model::{Entity, EntityId, EntityType, Field},
    text::translit,
};
use chrono::NaiveDate;
use std::ops::Range;

impl Resolver<'_> {
    /// "The two ministers", "both chambers", "the two countries": one of each of the two countries.
    pub(super) fn several(
        &self,
        at: usize,
        draft: &Draft,
        window: (Option<NaiveDate>, NaiveDate),
    ) -> Vec<Name> {
        let (Some(function), [_, _]) = (&draft.function, self.pair.as_slice()) else {
            return Vec::new();
        };
        if let Some(bodies) = self.last_two(at, &function.title) {
            return bodies
                .map(|known| {
                    self.finish(draft, known.entity.clone(), EntityType::Organisation, How::Several)
                })
                .into();
        }
        let of = |country: &EntityId| -> Option<(Entity, EntityType)> {
            if &*function.title == "country" {
                return Some((self.gazetteer.get(country)?.entity.clone(), EntityType::Place));
            }
            let told = Function { country: Some(country.clone()), ..function.clone() };
            if let Some(known) = self.told_before(at, &told) {
                return Some((known.entity.clone(), EntityType::Person));
            }
            if let Some((entry, ..)) = self.gazetteer.holder(&told, window.0, window.1) {
                return Some((entry.entity.clone(), EntityType::Person));
            }
            let mut sort = told;
            if &*sort.title == "ministry" && sort.portfolios.is_empty() {
                let ministers = self.known.iter().filter_map(|known| known.function.as_ref());
                sort.portfolios =
                    ministers.flat_map(|office| office.portfolios.clone()).take(1).collect();
            }
            let body = self.gazetteer.bodies_for(&sort).next()?;
            Some((body.entity.clone(), EntityType::Organisation))
        };
        let found: Vec<_> = self.pair.iter().filter_map(of).collect();
        if found.len() < 2 {
            return Vec::new();
        }
        found
            .into_iter()
            .map(|(entity, etype)| self.finish(draft, entity, etype, How::Several))
            .collect()
    }

    /// The two bodies of a sort that the article named last: "the two universities".
    fn last_two(&self, at: usize, title: &str) -> Option<[&Known; 2]> {
        let mut bodies = self.bodies_before(at, title);
        let last = bodies.next()?;
        Some([bodies.find(|known| known.entity.id != last.entity.id)?, last])
    }

    pub(super) fn body(
        &self,
        at: usize,
        draft: &Draft,
        words: Option<&Range<usize>>,
    ) -> Option<Name> {
        let function = draft.function.as_ref()?;
        let body =
            |entity| Some(self.finish(draft, entity, EntityType::Organisation, How::Structure));
        if let Some(words) = words {
            return body(self.named_body(draft, words));
        }
        if let Some(city) = &function.city {
            let city = self.gazetteer.get(city)?;
            return body(self.gazetteer.unlisted_body(function, &city.entity)?);
        }
        let one_each = ONE_EACH.contains(&&*function.title);
        if let (Some(country), false) = (&function.country, one_each) {
            // "An Iranian company" names nobody but Iran.
            let country = self.gazetteer.get(country)?;
            return Some(self.finish(
                draft,
                country.entity.clone(),
                EntityType::Place,
                How::Nation,
            ));
        }
        let ministry = || Some(function).filter(|told| !told.portfolios.is_empty());
        let country = function
            .country
            .clone()
            .or_else(|| self.country_of_ministry(ministry()?))
            .or_else(|| ministry().and_then(|_| self.home().cloned()))
            .or_else(|| ministry().and_then(|_| self.country_of_dateline()));
        let Some(country) = country else { return self.same_body(at, draft) };
        let sort = Function { country: Some(country), ..function.clone() };
        if let Some(entry) = self.gazetteer.bodies_for(&sort).next() {
            return body(entry.entity.clone());
        }
        let owner = self.gazetteer.get(function.country.as_ref()?)?;
        body(self.gazetteer.unlisted_body(&sort, &owner.entity)?)
    }

    /// The entity of a body on no list, by the words of its name.
    pub(super) fn named_body(&self, draft: &Draft, words: &Range<usize>) -> Entity {
        let printed = self.printed(draft.field, words);
        let country = draft.function.as_ref().and_then(|function| function.country.clone());
        let arabic = translit::is_arabic(printed);
        let name = match &draft.function {
            Some(function) if arabic => {
                self.gazetteer.body_in_latin(printed, function, self.grammar)
            }
            _ => translit::latin(printed),
        };
        let id = EntityId::new(format!("organisation:~{}", self.grammar.key(&name)));
        Entity { id, name: name.into(), country }
    }

    /// "The ministry", "the chamber", "the company": the body of that sort that the article named last.
    fn same_body(&self, at: usize, draft: &Draft) -> Option<Name> {
        let title = &draft.function.as_ref()?.title;
        let same = self.bodies_before(at, title).next()?;
        Some(self.finish(draft, same.entity.clone(), EntityType::Organisation, How::Office))
    }

    /// The bodies of a sort that the article has named, the last first.
    fn bodies_before(&self, at: usize, title: &str) -> impl Iterator<Item = &Known> {
        self.known.iter().rev().filter(move |known| {
            let listed = known.entry.and_then(|entry| self.gazetteer.entry(entry)?.sort.as_ref());
            let body = known.entity.id.entity_type() == Some(EntityType::Organisation);
            let sort = listed.or(known.function.as_ref());
            known.at < at && body && sort.is_some_and(|sort| &*sort.title == title)
        })
    }

    /// The country of the town with which an agency's text begins: "BELGRADE –".
    fn country_of_dateline(&self) -> Option<EntityId> {
        let text = self.text(Field::Text).filter(|text| text.gap(1) >= Gap::Comma)?;
        let town = text.senses(0).iter().find_map(|sense| match sense {
            Sense::Named(entry) => self.gazetteer.entry(*entry),
            _ => None,
        });
        town.filter(|town| town.entity_type == EntityType::Place)?.entity.country.clone()
    }

    /// The country whose minister of the same portfolio the article names, if it is the only one.
    fn country_of_ministry(&self, function: &Function) -> Option<EntityId> {
        let same = self.known.iter().filter(|known| {
            known.function.as_ref().is_some_and(|office| {
                office.portfolios.iter().any(|portfolio| function.portfolios.contains(portfolio))
            })
        });
        let mut countries: Vec<&EntityId> =
            same.filter_map(|known| known.entity.country.as_ref()).collect();
        countries.sort();
        countries.dedup();
        match countries.as_slice() {
            [country] => Some((*country).clone()),
            _ => None,
        }
    }
}
