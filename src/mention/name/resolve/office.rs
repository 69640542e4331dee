//! Offices to those who hold them.

use super::{
    super::{How, Name, draft::Draft},
    Known, Resolver,
};
use crate::{
    calendar::DateRange,
    lexicon::gazetteer::{EntryIndex, Function},
    model::{Entity, EntityType},
    text::translit,
};
use chrono::NaiveDate;
use std::ops::Range;

impl Resolver<'_> {
    /// Somebody who held the office told beside the name and whose family name sounds like it.
    pub(super) fn holder_by_sound(
        &self,
        draft: &Draft,
        words: &Range<usize>,
    ) -> Option<EntryIndex> {
        let function = draft.function.as_ref().filter(|function| function.country.is_some())?;
        let last = words.end.checked_sub(1)?;
        let key = self.grammar.key(self.printed(draft.field, &(last..words.end)));
        if key.len() < 3 {
            return None;
        }
        let offices = self.gazetteer.offices_for(function);
        offices.flat_map(|office| &office.terms).map(|term| term.holder).find(|person| {
            self.gazetteer.entry(*person).is_some_and(|entry| {
                let names =
                    entry.names.iter().map(|(_, name)| name.as_str()).chain([&*entry.entity.name]);
                names
                    .filter_map(|name| name.rsplit(' ').next())
                    .any(|family| translit::key(family) == key)
            })
        })
    }

    /// Which of the people with one family name is in office on the day, for a country that the article is
    /// about; `None` where it is none or several.
    pub(super) fn in_office(&self, people: &[EntryIndex]) -> Option<EntryIndex> {
        let day = DateRange::day(self.anchor.day()?);
        let serves = |person: &&EntryIndex| {
            let country =
                self.gazetteer.entry(**person).and_then(|entry| entry.entity.country.as_ref());
            country.is_some_and(|country| self.pair.contains(country))
                && self.gazetteer.held_by(**person).any(|(_, term)| day.within(term.days))
        };
        let mut serving = people.iter().filter(serves);
        serving.next().filter(|_| serving.next().is_none()).copied()
    }

    pub(super) fn family(&self, at: usize, draft: &Draft, words: &Range<usize>) -> Option<Name> {
        let text = self.text(draft.field)?;
        let word = text.word(words.start);
        let same = self.known.iter().filter(|known| {
            known.family.as_ref().is_some_and(|family| self.grammar.is_form_of(word, family))
        });
        if let Some(known) = same.min_by_key(|known| known.at.abs_diff(at)) {
            return Some(self.finish(
                draft,
                known.entity.clone(),
                EntityType::Person,
                How::Surname,
            ));
        }
        let entity = self.unlisted(draft, words);
        Some(self.finish(draft, entity, EntityType::Person, How::Structure))
    }

    pub(super) fn holder(
        &mut self,
        at: usize,
        draft: &Draft,
        window: (Option<NaiveDate>, NaiveDate),
    ) -> Option<Name> {
        let function = draft.function.as_ref()?;
        let owned = function.country.is_some() || function.body.is_some();
        let known = self.told_before(at, function);
        let foreign = !owned && known.is_some_and(|known| self.is_foreign(function, known));
        let before = known
            .map(|known| self.finish(draft, known.entity.clone(), EntityType::Person, How::Office));
        if !foreign && before.is_some() {
            return before;
        }
        let home = || self.home().cloned();
        let told =
            if owned { function.clone() } else { Function { country: home(), ..function.clone() } };
        if (told.country.is_some() || told.body.is_some())
            && let Some((entry, office, _)) = self.gazetteer.holder(&told, window.0, window.1)
        {
            let office = office.id.clone();
            let entity = entry.entity.clone();
            let entry = self.gazetteer.number(&entity.id);
            let field = draft.field;
            self.known.push(Known {
                at,
                field,
                entity: entity.clone(),
                entry,
                family: None,
                function: Some(told),
            });
            let name = self.finish(draft, entity, EntityType::Person, How::Office);
            return Some(Name { office: Some(office), ..name });
        }
        if before.is_some() {
            return before;
        }
        if !owned && (&*function.title != "spokesman" || function.portfolios.is_empty()) {
            return None;
        }
        let (entity, etype) = self.behind(&told)?;
        Some(self.finish(draft, entity, etype, How::Title))
    }

    /// The body or country for which the holder of an office acts.
    pub(super) fn behind(&self, function: &Function) -> Option<(Entity, EntityType)> {
        if let Some(body) = function.body.as_ref().and_then(|body| self.gazetteer.get(body)) {
            return Some((body.entity.clone(), EntityType::Organisation));
        }
        // A spokesman speaks for the ministry.
        if matches!(&*function.title, "minister" | "spokesman") && !function.portfolios.is_empty() {
            let sort =
                Function { title: "ministry".into(), rank: None, body: None, ..function.clone() };
            if let Some(entry) = self.gazetteer.bodies_for(&sort).next() {
                return Some((entry.entity.clone(), EntityType::Organisation));
            }
        }
        let country = self.gazetteer.get(function.country.as_ref()?)?;
        Some((country.entity.clone(), EntityType::Place))
    }

    /// Somebody whom the article names with an office that this one repeats in fewer words.
    pub(super) fn told_before(&self, at: usize, function: &Function) -> Option<&Known> {
        let agree = |known: &&Known| {
            known.function.as_ref().is_some_and(|office| {
                let country = office.country.as_ref().or(known.entity.country.as_ref());
                let portfolios = function.portfolios.is_empty()
                    || function
                        .portfolios
                        .iter()
                        .any(|portfolio| office.portfolios.contains(portfolio));
                function.title == office.title
                    && function.rank == office.rank
                    && portfolios
                    && (function.country.is_none() || function.country.as_ref() == country)
                    && function.body == office.body
                    && (function.city.is_none() || function.city == office.city)
            })
        };
        let people = self.known.iter().filter(|known| known.entity.is_person());
        people.filter(agree).min_by_key(|known| {
            (self.is_foreign(function, known), known.at > at, known.at.abs_diff(at))
        })
    }

    /// "The minister of communications", of no country told, is that of the country in which one writes:
    /// whether somebody is of another.
    pub(super) fn is_foreign(&self, function: &Function, known: &Known) -> bool {
        function.country.is_none()
            && !function.portfolios.is_empty()
            && self.home().is_some_and(|home| known.entity.country.as_ref() != Some(home))
    }

    pub(super) fn counterpart(
        &mut self,
        at: usize,
        draft: &Draft,
        window: (Option<NaiveDate>, NaiveDate),
    ) -> Option<Name> {
        let country = draft.function.as_ref()?.country.clone()?;
        let before = self.known.iter().filter(|known| known.at < at && known.field == draft.field);
        let other = before.filter(|known| {
            known.function.is_some() && known.entity.country.as_ref() != Some(&country)
        });
        let function = other.max_by_key(|known| known.at)?.function.clone()?;
        let function = Function { country: Some(country), posted: None, body: None, ..function };
        let draft = Draft { function: Some(function), ..draft.clone() };
        let name = self.holder(at, &draft, window)?;
        Some(Name {
            via: if name.via == How::Title { How::Title } else { How::Counterpart },
            ..name
        })
    }
}
