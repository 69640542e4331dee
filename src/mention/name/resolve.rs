//! The second step: offices to holders, family names and bare titles to people the article introduced,
//! unknown names to keys.

mod body;

use super::{
    How, Name,
    draft::{Draft, Who},
    token::Text,
};
use crate::{
    calendar::DateRange,
    lexicon::gazetteer::{EntryIndex, Function, Gazetteer, Grammar, OfficeId},
    model::{Anchor, Entity, EntityId, EntityType, Field, Located},
    text::{Span, fold::fold, translit},
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

    /// Somebody who held the office told beside the name and whose family name sounds like it.
    fn holder_by_sound(&self, draft: &Draft, words: &Range<usize>) -> Option<EntryIndex> {
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
                let known = self.known.iter().find(|known| {
                    known.at == at && known.entity.id.entity_type() == Some(EntityType::Person)
                });
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

    /// Which of the people with one family name is in office on the day, for a country that the article is
    /// about; `None` where it is none or several.
    fn in_office(&self, people: &[EntryIndex]) -> Option<EntryIndex> {
        let day = DateRange::day(self.anchor.day()?);
        let serves = |person: &&EntryIndex| {
            let country =
                self.gazetteer.entry(**person).and_then(|entry| entry.entity.country.as_ref());
            country.is_some_and(|country| self.pair.contains(country))
                && self.gazetteer.offices().iter().any(|office| {
                    office.terms.iter().any(|term| term.holder == **person && day.within(term.days))
                })
        };
        let mut serving = people.iter().filter(serves);
        serving.next().filter(|_| serving.next().is_none()).copied()
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

    fn family(&self, at: usize, draft: &Draft, words: &Range<usize>) -> Option<Name> {
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

    fn holder(
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
    fn behind(&self, function: &Function) -> Option<(Entity, EntityType)> {
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
    fn told_before(&self, at: usize, function: &Function) -> Option<&Known> {
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
        let people = self
            .known
            .iter()
            .filter(|known| known.entity.id.entity_type() == Some(EntityType::Person));
        people.filter(agree).min_by_key(|known| {
            (self.is_foreign(function, known), known.at > at, known.at.abs_diff(at))
        })
    }

    /// "The minister of communications", of no country told, is that of the country in which one writes:
    /// whether somebody is of another.
    fn is_foreign(&self, function: &Function, known: &Known) -> bool {
        function.country.is_none()
            && !function.portfolios.is_empty()
            && self.home().is_some_and(|home| known.entity.country.as_ref() != Some(home))
    }

    /// The country in which one writes, if the language tells one.
    fn home(&self) -> Option<&EntityId> {
        Some(&self.gazetteer.entry(self.grammar.home?)?.entity.id)
    }

    fn counterpart(
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

    /// The entity of a person on no list.
    fn unlisted(&self, draft: &Draft, words: &Range<usize>) -> Entity {
        let printed = self.printed(draft.field, words);
        let told = draft.function.as_ref();
        let at_home = told.is_some_and(|function| {
            self.grammar.home_titles.iter().any(|title| **title == *function.title)
        });
        let by_name = || self.gazetteer.origin(printed, self.grammar);
        let country = told
            .and_then(|function| function.country.clone())
            .or_else(|| by_name().filter(|country| self.pair.contains(country)).cloned())
            .or_else(|| self.home().filter(|_| at_home).cloned());
        let name = self.gazetteer.person_in_latin(printed, country.as_ref(), self.grammar);
        // Arabic letters as printed, since the Latin form guesses at vowels and some consonants.
        let arabic = translit::is_arabic(printed);
        let home = country.as_ref().and_then(|country| self.gazetteer.get(country));
        let slavic = home.map_or(self.grammar.j_is_y, |home| home.south_slavic);
        let key = match (arabic, slavic) {
            (true, _) => translit::key(printed),
            (false, true) => translit::serbian_key(&name),
            (false, false) => translit::key(&name),
        };
        Entity { id: EntityId::new(format!("person:~{key}")), name: name.into(), country }
    }

    /// Family names, alone, of people on no list whom the article names in full.
    fn later(&self, names: &mut Vec<Name>) {
        let families: Vec<&Known> =
            self.known.iter().filter(|known| known.family.is_some()).collect();
        if families.is_empty() {
            return;
        }
        for (field, text) in self.texts {
            for token in 0..text.tokens.len() {
                let word = text.word(token);
                let Some(known) = families.iter().find(|known| {
                    known
                        .family
                        .as_ref()
                        .is_some_and(|family| self.grammar.is_form_of(word, family))
                }) else {
                    continue;
                };
                let span = text.printed(&(token..token + 1));
                let taken =
                    names.iter().any(|name| name.at.field == *field && name.at.span.overlaps(span));
                if !taken {
                    names.push(Name {
                        at: Located { field: *field, span },
                        core: span,
                        entity: known.entity.clone(),
                        etype: EntityType::Person,
                        is_country: false,
                        office: None,
                        term: None,
                        posted: None,
                        via: How::Surname,
                    });
                }
            }
        }
    }
}
