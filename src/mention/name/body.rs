//! Bodies whose name is on no list: known by what they are and whose they are.

use super::{
    draft::{Draft, Reader, Who},
    phrase::{Head, Phrase},
    token::Gap,
};
use crate::{
    lexicon::gazetteer::{Function, Link, Sense, phrases::Case},
    model::{EntityId, EntityType, Field},
};
use std::ops::Range;

/// The most words of a body's name after the word for what it is.
const LONGEST: usize = 5;

/// Sorts of which a country has one: they are known by the country alone.
pub(super) const ONE_EACH: [&str; 7] =
    ["government", "ministry", "parliament", "embassy", "consulate", "chamber", "central-bank"];

impl Reader<'_, '_> {
    /// A body that begins at item `at`; the item after it.
    pub(super) fn body(&self, at: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        if !self.lang.is_rtl()
            && let Some((phrase, items)) = self.named_before(at)
        {
            let end = items.end;
            drafts.push(self.named_body(items, phrase.function));
            return Some(end);
        }
        let mut phrase = self.phrase(at, &[Head::Body])?;
        let end = phrase.items.end;
        let name = self.own_name(&phrase);
        // "The National Assembly", of which nothing more is told, is the one on the list.
        if name.is_none()
            && phrase.function.country.is_none()
            && phrase.function.portfolios.is_empty()
            && self.named_as(end - 1, EntityType::Organisation).is_some()
        {
            return None;
        }
        let last = name.as_ref().map_or(end, |name| name.end);
        let items = phrase.items.start..last;
        // "The company “Iran Air”" is the one on the list.
        let listed = name
            .as_ref()
            .filter(|name| name.len() == 1)
            .and_then(|name| self.named_as(name.start, EntityType::Organisation));
        if let Some(entry) = listed {
            drafts.push(self.draft(items, Who::Listed(entry)));
            return Some(last);
        }
        if name.is_some() && phrase.function.country.is_none() {
            phrase.function.country = self.seat(last);
        }
        let second = name.as_ref().and_then(|_| self.second_of_two(&phrase, last));
        // A name in quotation marks is the whole name, whatever the language calls its bearer; so is one in
        // capitals after a word that has none: "the company Energomont".
        let words = name.map(|name| {
            let own = self.opens_quotation(name.start)
                || self.lang.is_rtl()
                || !self.is_capital(phrase.items.end - 1) && self.is_capital(name.start);
            self.text.tokens_of(if own { &name } else { &items })
        });
        // "The City Council of Shiraz" is printed as it is called.
        let of_place = !self.grammar.declines_names()
            && !self.lang.is_rtl()
            && phrase.function.city.is_some()
            && phrase.function.portfolios.is_empty()
            && self.is_capital(phrase.items.start)
            && !ONE_EACH.contains(&&*phrase.function.title);
        let words = words.or_else(|| of_place.then(|| self.text.tokens_of(&items)));
        let draft = self.draft(items, Who::Body(words));
        drafts.push(Draft { function: Some(phrase.function.clone()), ..draft });
        if let Some(items) = second {
            let end = items.end;
            let function = Function { country: self.seat(end), ..phrase.function };
            drafts.push(self.named_body(items, function));
            return Some(end);
        }
        Some(last)
    }

    /// The country of a place told right after a body: "the Institute of Physics in Belgrade".
    fn seat(&self, item: usize) -> Option<EntityId> {
        let linked = self.has(item, Sense::Link(Link::At)) || self.has(item, Sense::Link(Link::Of));
        let joined = item < self.text.items.len() && self.text.gap(item) <= Gap::Quote;
        (linked && joined && self.follows(item + 1)).then(|| self.place(item + 1))?
    }

    /// The other name in "the companies Turbine Sazan and Energoremont".
    fn second_of_two(&self, phrase: &Phrase, item: usize) -> Option<Range<usize>> {
        let described = self.is_described(phrase.items.start..phrase.items.end + 1);
        if described || self.lang.is_rtl() || !self.is_and(item) || !self.follows(item) {
            return None;
        }
        let run = self.capitals(item + 1)?;
        self.follows(item + 1).then_some(run)
    }

    /// Whether one of the items says what a body is for: "the Institute of Field and Vegetable Crops".
    fn is_described(&self, mut items: Range<usize>) -> bool {
        items.any(|item| {
            self.has(item, Sense::Link(Link::Of)) || self.has(item, Sense::Link(Link::For))
        })
    }

    /// A body whose name is all of the items.
    fn named_body(&self, items: Range<usize>, function: Function) -> Draft {
        let words = self.text.tokens_of(&items);
        Draft { function: Some(function), ..self.draft(items, Who::Body(Some(words))) }
    }

    /// A run of capitals that no list knows.
    fn capitals(&self, start: usize) -> Option<Range<usize>> {
        let mut end = start;
        while end - start < LONGEST
            && self.is_capital(end)
            && self.text.senses(end).is_empty()
            && (end == start || self.follows(end))
        {
            end += 1;
        }
        (end > start).then_some(start..end)
    }

    /// Unknown capitals whose country follows them: "Rayan Pardaz of Iran".
    pub(super) fn body_of_country(&self, at: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        if self.lang.is_rtl() {
            return None;
        }
        let items = self.capitals(at)?;
        let end = items.end;
        let telling = items.len() > 1 || self.text.gap(at) <= Gap::Joined;
        let named = self.has(end, Sense::Link(Link::Of)) && self.follows(end + 1);
        let entry = self.named_as(end + 1, EntityType::Place).filter(|_| telling && named)?;
        let country = self.gazetteer.entry(entry).filter(|entry| entry.is_country)?;
        let function = Function {
            title: "company".into(),
            country: Some(country.entity.id.clone()),
            ..Function::default()
        };
        drafts.push(self.named_body(items, function));
        Some(end)
    }

    /// "Sharif University": capitals before the word for the body, and whose it is after it.
    fn named_before(&self, at: usize) -> Option<(Phrase, Range<usize>)> {
        let mut end = at;
        while end - at < LONGEST && self.is_capital(end) && self.is_ordinary(end) {
            end += 1;
            if !self.follows(end) {
                return None;
            }
        }
        if end == at || !self.is_capital(end) {
            return None;
        }
        let mut phrase = self.phrase(end, &[Head::Body])?;
        let one_of_its_sort = ONE_EACH.contains(&&*phrase.function.title)
            && (at..end)
                .all(|item| self.country_of(item).is_some() || self.portfolio(item).is_some());
        if one_of_its_sort || !phrase.function.portfolios.is_empty() {
            return None;
        }
        if phrase.function.country.is_none() {
            phrase.function.country = (at..end).find_map(|item| self.country_of(item));
        }
        let items = at..phrase.items.end;
        Some((phrase, items))
    }

    /// Whether an item may be a word of a body's name.
    fn is_ordinary(&self, item: usize) -> bool {
        let theme =
            self.named(item).is_some_and(|_| self.named_as(item, EntityType::Theme).is_some());
        // "Isfahan University of Technology", "Serbian Wrestling Federation": of a headline, where all words
        // have capitals, nothing can be said.
        let whose = !self.grammar.declines_names()
            && self.field == Field::Text
            && (self.city(item).is_some() || self.nation(item).is_some());
        theme
            || whose
            || self.text.senses(item).iter().all(|sense| {
                matches!(sense, Sense::Portfolio(_) | Sense::Given | Sense::Surname(_))
            })
    }

    /// The name after the word for the body: in quotation marks, in capitals, or what stands before the
    /// nationality.
    fn own_name(&self, phrase: &Phrase) -> Option<Range<usize>> {
        let start = phrase.items.end;
        let quoted = self.opens_quotation(start);
        let told = phrase.function.country.is_some() || !phrase.function.portfolios.is_empty();
        // "The Iranian airline Alvand Air": what a country has many of is followed by its name.
        let one_of_many = !self.lang.is_rtl()
            && phrase.function.portfolios.is_empty()
            && !ONE_EACH.contains(&&*phrase.function.title)
            && self.is_capital(start)
            && !(self.is_given(start) && self.follows(start + 1) && self.is_capital(start + 1));
        if told && !quoted && !one_of_many {
            return None;
        }
        if self.text.gap(start) > Gap::Quote || self.text.gap(start) > Gap::Joined && !quoted {
            return None;
        }
        let mut end = start;
        while end - start < LONGEST
            && end < self.text.items.len()
            && (end == start || self.follows(end))
        {
            let fits = quoted && (end == start || !self.closes(end))
                || !self.lang.is_rtl() && self.is_capital(end) && self.nation(end).is_none()
                || self.lang.is_rtl() && self.text.senses(end).is_empty();
            let described = self.is_described(phrase.items.start..end);
            let joins = self.is_capital(end + 1)
                && (self.has(end, Sense::Link(Link::Of))
                    || end > start && described && self.is_and(end) && !self.begins_body(end + 1));
            if !fits && !joins {
                break;
            }
            end += 1;
        }
        if end == start {
            return None;
        }
        // Without capitals only quotation marks or the nationality show where the name ends.
        let known = quoted
            || !self.lang.is_rtl()
            || self.follows(end) && (self.nation(end).is_some() || self.place(end).is_some());
        known.then_some(start..end)
    }

    /// Whether the capitals from an item on lead to a word for a body: "Sharif University".
    fn begins_body(&self, item: usize) -> bool {
        (item..item + LONGEST)
            .take_while(|next| self.is_capital(*next) && (*next == item || self.follows(*next)))
            .any(|next| self.is_body(next))
    }

    fn closes(&self, item: usize) -> bool {
        self.text.gap(item) >= Gap::Quote
    }

    fn is_capital(&self, item: usize) -> bool {
        self.text.items.get(item).is_some_and(|item| self.text.case(item.tokens.start) != Case::Any)
    }
}
