//! Bodies: those on no list, those that a sort and a country tell, those told before, and two of a sort.

use super::{
    super::{How, Name, body::ONE_EACH, draft::Draft, token::Gap},
    Known, Resolver,
};
use crate::{
    lexicon::gazetteer::{Function, Sense},
    model::{Entity, EntityId, EntityType, Field},
    text::{fold::fold, translit},
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
        let Some(country) = country else {
            return self.same_body(at, draft).or_else(|| {
                let sort = self.embassy_of_ambassador(at, function)?;
                let owner = self.gazetteer.get(sort.country.as_ref()?)?;
                let listed = self.gazetteer.bodies_for(&sort).next();
                let listed = listed.map(|entry| entry.entity.clone());
                body(listed.or_else(|| self.gazetteer.unlisted_body(&sort, &owner.entity))?)
            });
        };
        let sort = Function { country: Some(country), ..function.clone() };
        if let Some(entry) = self.gazetteer.bodies_for(&sort).next() {
            return body(entry.entity.clone());
        }
        let owner = self.gazetteer.get(function.country.as_ref()?)?;
        body(self.gazetteer.unlisted_body(&sort, &owner.entity)?)
    }

    /// "The embassy": that of the ambassador whom the article named last.
    fn embassy_of_ambassador(&self, at: usize, function: &Function) -> Option<Function> {
        if &*function.title != EMBASSY {
            return None;
        }
        let envoys = self.known.iter().filter(|known| {
            let title = known.function.as_ref().map(|function| &*function.title);
            matches!(title, Some("ambassador" | "charge-daffaires"))
        });
        let envoy = envoys.min_by_key(|known| (known.at > at, known.at.abs_diff(at)))?;
        let office = envoy.function.as_ref()?;
        let country = office.country.clone().or_else(|| envoy.entity.country.clone())?;
        let host = self.pair.iter().find(|other| **other != country).cloned();
        Some(Function {
            title: EMBASSY.into(),
            posted: office.posted.clone().or(host),
            country: Some(country),
            ..Function::default()
        })
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
        // "The company" is more often one without a name than a listed one.
        let same = self
            .bodies_before(at, title)
            .find(|known| &**title != COMPANY || known.entry.is_none())?;
        Some(self.finish(draft, same.entity.clone(), EntityType::Organisation, How::Office))
    }

    /// The bodies of a sort that the article has named, the last first.
    fn bodies_before(&self, at: usize, title: &str) -> impl Iterator<Item = &Known> {
        self.known.iter().rev().filter(move |known| {
            let listed = known.entry.and_then(|entry| self.gazetteer.entry(entry)?.sort.as_ref());
            let body = known.entity.is_organisation();
            let told = known.function.as_ref().filter(|_| known.entry.is_none());
            let sort = listed.or(told);
            let same = match sort {
                Some(sort) => &*sort.title == title,
                None => known.entry.is_some() && is_of_sort(&known.entity.name, title),
            };
            known.at < at && body && same
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

const EMBASSY: &str = "embassy";
const COMPANY: &str = "company";
/// What listed bodies are called in English that are no companies.
const SORTS: [&str; 24] = [
    "university",
    "institute",
    "faculty",
    "academy",
    "museum",
    "library",
    "bank",
    "agency",
    "association",
    "federation",
    "organisation",
    "organization",
    "chamber",
    "ministry",
    "embassy",
    "centre",
    "assembly",
    "commission",
    "council",
    "fair",
    "festival",
    "directorate",
    "society",
    "police",
];

/// Whether the English name of a listed body tells that it is of a sort: "University of Niš".
fn is_of_sort(name: &str, title: &str) -> bool {
    let folded = fold(name);
    let word = |sort: &str| folded.split(|c: char| !c.is_alphanumeric()).any(|word| word == sort);
    match title {
        "institution" => !word("parliament") && !word("assembly") && !word("government"),
        COMPANY => !SORTS.iter().any(|sort| word(sort)),
        "organisation" => word("organisation") || word("organization"),
        "association" => word("association") || word("federation"),
        title => word(title),
    }
}
