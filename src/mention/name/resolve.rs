//! The second step: offices to holders, family names and bare titles to people the article introduced,
//! unknown names to keys.

mod body;
mod office;
mod person;

use super::{
    How, Name,
    draft::{Draft, Who},
    token::Text,
};
use crate::{
    calendar::DateRange,
    lexicon::gazetteer::{EntryIndex, Function, Gazetteer, Grammar, OfficeId},
    model::{Anchor, Entity, EntityId, EntityType, Field, Located},
    text::{Span, fold::fold},
};
use chrono::NaiveDate;
use std::ops::Range;

/// The letters that are left at least of a country's name in the adjective: "serb", «صرب».
const STEM: usize = 3;

/// A person or body that the article has named.
#[derive(Debug, Clone)]
struct Known {
    /// Its place in the list of drafts, for telling what was named before.
    at: usize,
    field: Field,
    entity: Entity,
    entry: Option<EntryIndex>,
    /// The family name of somebody on no list, folded.
    family: Option<String>,
    function: Option<Function>,
}

/// Resolves the drafts of one article.
#[derive(Debug)]
pub(super) struct Resolver<'a> {
    gazetteer: &'a Gazetteer,
    grammar: &'a Grammar,
    texts: &'a [(Field, Text<'a, 'a>)],
    anchor: Anchor,
    known: Vec<Known>,
    /// The two countries that the article names most.
    pair: Vec<EntityId>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(
        gazetteer: &'a Gazetteer,
        grammar: &'a Grammar,
        texts: &'a [(Field, Text<'a, 'a>)],
        anchor: Anchor,
    ) -> Self {
        Self { gazetteer, grammar, texts, anchor, known: Vec::new(), pair: Vec::new() }
    }

    pub(super) fn resolve(mut self, mut drafts: Vec<Draft>) -> Vec<Name> {
        for draft in &mut drafts {
            self.recognise(draft);
        }
        self.pair = self.countries(&drafts);
        for (at, draft) in drafts.iter().enumerate() {
            self.introduce(at, draft);
        }
        let window = self.window();
        let mut names: Vec<Name> = Vec::new();
        for (at, draft) in drafts.iter().enumerate() {
            if draft.who == Who::Several {
                names.extend(self.several(at, draft, window));
            } else {
                names.extend(self.name(at, draft, window));
            }
        }
        self.later(&mut names);
        let joint: Vec<Name> = names.iter().flat_map(|name| self.joined(name)).collect();
        names.extend(joint);
        let order = |name: &Name| {
            let field = self.texts.iter().position(|(field, _)| *field == name.at.field);
            (field, name.at.span.start, name.at.span.end)
        };
        names.sort_by_key(order);
        names
    }

    /// The countries that have a listed body together, each as a name of its own, where the name as printed
    /// tells of one of them: "the joint commission" alone may be that of any two.
    fn joined(&self, name: &Name) -> Vec<Name> {
        let body = self.gazetteer.get(&name.entity.id);
        let joins = body.map_or(&[][..], |body| &body.joins);
        let told = || {
            let text = self.text(name.at.field).map_or("", |text| text.folded.printed());
            let printed = fold(name.core.of(text));
            let stem = |country: &str| {
                let letters: Vec<char> = fold(country).chars().collect();
                let kept = letters.len().saturating_sub(2).max(letters.len().min(STEM));
                letters.into_iter().take(kept).collect::<String>()
            };
            let mut known = joins.iter().filter_map(|id| self.gazetteer.get(id));
            known.any(|entry| entry.names.iter().any(|(_, name)| printed.contains(&stem(name))))
        };
        let countries = joins.iter().filter(|_| told());
        let country = |id| {
            let entity = self.gazetteer.get(id)?.entity.clone();
            Some(Name {
                entity,
                etype: EntityType::Place,
                is_country: true,
                office: None,
                term: None,
                posted: None,
                via: How::Several,
                ..name.clone()
            })
        };
        countries.filter_map(country).collect()
    }

    fn text(&self, field: Field) -> Option<&'a Text<'a, 'a>> {
        self.texts.iter().find(|(known, _)| *known == field).map(|(_, text)| text)
    }

    fn printed(&self, field: Field, words: &Range<usize>) -> &'a str {
        self.text(field).map_or("", |text| text.printed(words).of(text.folded.printed()))
    }

    /// Finds the listed people behind spellings that no list has, and behind family names with an office.
    fn recognise(&self, draft: &mut Draft) {
        match &draft.who {
            Who::Unlisted(words) => {
                let key = self.grammar.key(self.printed(draft.field, words));
                let people = self.gazetteer.sounding_like(&key);
                let country =
                    draft.function.as_ref().and_then(|function| function.country.as_ref());
                let fits = |person: &&EntryIndex| {
                    let entry = self.gazetteer.entry(**person);
                    country.is_none()
                        || entry.is_some_and(|entry| entry.entity.country.as_ref() == country)
                };
                let mut fitting = people.iter().filter(fits);
                if let (Some(person), None) = (fitting.next(), fitting.next()) {
                    draft.who = Who::Listed(*person);
                } else if let Some(person) = self.holder_by_sound(draft, words) {
                    draft.who = Who::Listed(person);
                }
            }
            Who::Family(words) => {
                if let Some(person) = self.holder_by_sound(draft, words) {
                    draft.who = Who::Listed(person);
                }
            }
            Who::Surname(people) => {
                let Some(function) = &draft.function else { return };
                let held = |person: &&EntryIndex| {
                    self.gazetteer.terms_of(**person, function).next().is_some()
                };
                if let Some(person) = people.iter().find(held) {
                    draft.who = Who::Listed(*person);
                }
            }
            _ => {}
        }
    }

    fn introduce(&mut self, at: usize, draft: &Draft) {
        // "The rector of the University of Niš": the university is named besides.
        let body = draft.function.as_ref().and_then(|function| function.body.as_ref());
        if let Some(number) = body.and_then(|body| self.gazetteer.number(body))
            && let Some(entry) = self.gazetteer.entry(number)
        {
            self.known.push(Known {
                at,
                field: draft.field,
                entity: entry.entity.clone(),
                entry: Some(number),
                family: None,
                function: None,
            });
        }
        let (entry, entity, family) = match &draft.who {
            Who::Listed(number) => {
                let Some(entry) = self.gazetteer.entry(*number) else { return };
                if entry.entity_type != EntityType::Person
                    && entry.entity_type != EntityType::Organisation
                {
                    return;
                }
                (Some(*number), entry.entity.clone(), None)
            }
            Who::Unlisted(words) => {
                let Some(last) = words.end.checked_sub(1) else { return };
                let entity = self.unlisted(draft, words);
                // As printed, since in Arabic letters the Latin form is only a likeness.
                let arabic = self
                    .text(draft.field)
                    .map(|text| text.word(last))
                    .filter(|word| !word.is_ascii());
                let family =
                    arabic.map(str::to_owned).or_else(|| entity.name.rsplit(' ').next().map(fold));
                (None, entity, family)
            }
            Who::Body(Some(words)) => (None, self.named_body(draft, words), None),
            _ => return,
        };
        let field = draft.field;
        let function = draft.function.clone().map(|function| self.as_before(function, field));
        self.known.push(Known { at, field, entity, entry, family, function });
    }

    /// A counterpart's function: that of the person named last, for another country.
    fn as_before(&self, function: Function, field: Field) -> Function {
        if !function.title.is_empty() {
            return function;
        }
        let before = self.known.iter().rev().filter(|known| known.field == field);
        let other = before
            .filter_map(|known| known.function.as_ref())
            .find(|other| other.country != function.country);
        other.map_or(function.clone(), |other| Function {
            country: function.country,
            posted: None,
            body: None,
            ..other.clone()
        })
    }

    /// The days that the terms of the people named with their offices leave for the article.
    fn window(&self) -> (Option<NaiveDate>, NaiveDate) {
        if let Some(day) = self.anchor.day() {
            return (Some(day), day);
        }
        let (mut first, mut last) = (None, self.anchor.latest());
        for known in &self.known {
            let (Some(person), Some(function)) = (known.entry, &known.function) else { continue };
            let mut terms = self.gazetteer.terms_of(person, function);
            if let (Some((_, term)), None) = (terms.next(), terms.next()) {
                first = first.max(term.days.first());
                last = term.days.last().map_or(last, |day| last.min(day));
            }
        }
        (first, last)
    }

    fn name(
        &mut self,
        at: usize,
        draft: &Draft,
        window: (Option<NaiveDate>, NaiveDate),
    ) -> Option<Name> {
        match &draft.who {
            Who::Listed(entry) => self.listed(draft, *entry, How::Alias),
            Who::Nation(entry) => self.listed(draft, *entry, How::Nation),
            Who::Surname(people) => {
                let person = self.introduced(people, at).or_else(|| self.in_office(people))?;
                self.listed(draft, person, How::Surname)
            }
            Who::Unlisted(words) => {
                // Not the body of the title, which is known by the same words.
                let known =
                    self.known.iter().find(|known| known.at == at && known.entity.is_person());
                let entity = known.map(|known| known.entity.clone());
                let entity = entity.unwrap_or_else(|| self.unlisted(draft, words));
                Some(self.finish(draft, entity, EntityType::Person, How::Structure))
            }
            Who::Family(words) => self.family(at, draft, words),
            Who::Holder => self.holder(at, draft, window),
            Who::Counterpart => self.counterpart(at, draft, window),
            Who::Body(words) => self.body(at, draft, words.as_ref()),
            Who::Several => None,
        }
    }

    /// Which of the people with one family name the article has introduced; the nearest before, else the
    /// nearest after.
    fn introduced(&self, people: &[EntryIndex], at: usize) -> Option<EntryIndex> {
        let candidates = self
            .known
            .iter()
            .filter(|known| known.entry.is_some_and(|entry| people.contains(&entry)));
        candidates.min_by_key(|known| (known.at > at, known.at.abs_diff(at)))?.entry
    }

    /// The two countries that the article names most.
    fn countries(&self, drafts: &[Draft]) -> Vec<EntityId> {
        let mut counts: Vec<(usize, EntityId)> = Vec::new();
        for draft in drafts {
            let country = match &draft.who {
                Who::Listed(entry) | Who::Nation(entry) => {
                    self.gazetteer.entry(*entry).and_then(|entry| entry.entity.country.clone())
                }
                _ => draft.function.as_ref().and_then(|function| function.country.clone()),
            };
            let Some(country) = country else { continue };
            match counts.iter_mut().find(|(_, known)| *known == country) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, country)),
            }
        }
        counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        counts.into_iter().take(2).map(|(_, country)| country).collect()
    }

    /// The country in which one writes, if the language tells one.
    fn home(&self) -> Option<&EntityId> {
        Some(&self.gazetteer.entry(self.grammar.home?)?.entity.id)
    }

    fn listed(&self, draft: &Draft, entry: EntryIndex, via: How) -> Option<Name> {
        let known = self.gazetteer.entry(entry)?;
        let mut name = self.finish(draft, known.entity.clone(), known.entity_type, via);
        name.is_country = known.is_country;
        if let Some(function) = &draft.function {
            let terms: Vec<_> = self.gazetteer.terms_of(entry, function).collect();
            let office = terms.iter().rev().find(|(_, term)| {
                self.anchor.day().is_none_or(|day| term.days.overlaps(DateRange::day(day)))
            });
            name.office = office.or(terms.last()).map(|(office, _)| office.id.clone());
            let first = terms.iter().map(|(_, term)| term.days.first()).min();
            let open = terms.iter().any(|(_, term)| term.days.last().is_none());
            let last =
                terms.iter().filter_map(|(_, term)| term.days.last()).max().filter(|_| !open);
            name.term = first.and_then(|first| DateRange::new(first, last).ok());
        }
        Some(name)
    }

    fn finish(&self, draft: &Draft, entity: Entity, etype: EntityType, via: How) -> Name {
        let span = |words: &Range<usize>| {
            self.text(draft.field).map_or(Span::new(0, 0), |text| text.printed(words))
        };
        let office: Option<OfficeId> = draft.office.clone().or_else(|| {
            let mut offices = self.gazetteer.offices_for(draft.function.as_ref()?);
            let own = offices.find(|office| office.function.country == entity.country);
            own.map(|office| office.id.clone())
        });
        let listed = self.gazetteer.get(&entity.id);
        Name {
            at: Located { field: draft.field, span: span(&draft.words) },
            core: span(&draft.core),
            is_country: listed.is_some_and(|entry| entry.is_country),
            entity,
            etype,
            office: office.filter(|_| matches!(via, How::Office | How::Counterpart | How::Title)),
            term: None,
            posted: self.posted(draft),
            via,
        }
    }

    /// Where an envoy is sent: as told, else to the other of the two countries that the article names most.
    fn posted(&self, draft: &Draft) -> Option<EntityId> {
        let office = draft.function.as_ref()?;
        let envoy =
            matches!(&*office.title, "ambassador" | "charge-daffaires" | "consul" | "attache");
        let country = office.country.as_ref().filter(|_| envoy)?;
        let other = || self.pair.iter().find(|other| *other != country);
        office.posted.as_ref().or_else(other).cloned()
    }
}
