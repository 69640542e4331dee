//! The first step: what each field names, before it is known who holds which office.

use super::token::{Gap, Text};
use crate::{
    lexicon::gazetteer::{EntryIndex, Function, Gazetteer, Grammar, OfficeId, Sense},
    model::{EntityType, Field},
    text::Lang,
};
use std::ops::Range;

/// Who or what a draft is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Who {
    /// An entry of the gazetteer.
    Listed(EntryIndex),
    /// One of these people, if the article introduces one of them.
    Surname(Vec<EntryIndex>),
    /// A country by its people.
    Nation(EntryIndex),
    /// A person whom no list has: the words of the name.
    Unlisted(Range<usize>),
    /// A family name alone, beside a title.
    Family(Range<usize>),
    /// Whoever holds the office.
    Holder,
    /// Whoever holds the office of the person before in another country.
    Counterpart,
    /// Several of a kind, of different countries: "the two ministers".
    Several,
    /// A body by what it is; the words of its name where it has one.
    Body(Option<Range<usize>>),
}

/// A name in the making.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub field: Field,
    /// The words of the whole phrase.
    pub words: Range<usize>,
    /// The words of the name itself.
    pub core: Range<usize>,
    pub who: Who,
    /// What is told of the office, or of the body.
    pub function: Option<Function>,
    /// The office, where it is told by its full name.
    pub office: Option<OfficeId>,
}

/// Reads one field.
#[derive(Debug)]
pub(super) struct Reader<'a, 't> {
    pub text: &'a Text<'a, 't>,
    pub field: Field,
    pub gazetteer: &'a Gazetteer,
    pub grammar: &'a Grammar,
    pub lang: Lang,
}

impl Reader<'_, '_> {
    pub(super) fn read(&self, drafts: &mut Vec<Draft>) {
        let first = drafts.len();
        let mut at = 0;
        while at < self.text.items.len() {
            at = self.step(at, first, drafts).max(at + 1);
        }
    }

    /// Reads what begins at item `at`; the item after it.
    fn step(&self, at: usize, first: usize, drafts: &mut Vec<Draft>) -> usize {
        if let Some(end) = self.office(at, first, drafts) {
            return end;
        }
        if let Some(end) = self.body(at, drafts) {
            return end;
        }
        let item = at..at + 1;
        if let Some(kind) = self.several(at) {
            return self.several_of(kind, at, drafts);
        }
        let person = self.named_as(at, EntityType::Person);
        if person.is_none()
            && let Some(run) = self.introduced_person(at)
        {
            let core = self.text.tokens_of(&run);
            let who = self.who(&run);
            drafts.push(Draft { core, ..self.draft(at..run.end, who) });
            return run.end;
        }
        if let Some(entry) = person.or_else(|| self.named(at)) {
            drafts.push(self.draft(item, Who::Listed(entry)));
        } else if let Some(people) = self.surname(at) {
            drafts.push(self.draft(item, Who::Surname(people)));
        } else if let Some(nation) = self.nation(at) {
            drafts.push(self.draft(item, Who::Nation(nation)));
        } else if let Some(end) = self.body_of_country(at, drafts) {
            return end;
        }
        at + 1
    }

    pub(super) fn draft(&self, items: Range<usize>, who: Who) -> Draft {
        let words = self.text.tokens_of(&items);
        Draft { field: self.field, core: words.clone(), words, who, function: None, office: None }
    }

    pub(super) fn sense<T>(&self, item: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        self.text.senses(item).iter().find_map(|sense| pick(*sense))
    }

    /// The entry that an item names.
    pub(super) fn named(&self, item: usize) -> Option<EntryIndex> {
        self.sense(item, |sense| match sense {
            Sense::Named(entry) => Some(entry),
            _ => None,
        })
    }

    pub(super) fn named_as(&self, item: usize, entity_type: EntityType) -> Option<EntryIndex> {
        self.sense(item, |sense| match sense {
            Sense::Named(entry) => {
                let known = self.gazetteer.entry(entry)?;
                (known.entity_type == entity_type).then_some(entry)
            }
            _ => None,
        })
    }

    pub(super) fn nation(&self, item: usize) -> Option<EntryIndex> {
        self.sense(item, |sense| match sense {
            Sense::Nation(entry) => Some(entry),
            _ => None,
        })
    }

    pub(super) fn has(&self, item: usize, wanted: Sense) -> bool {
        self.text.senses(item).contains(&wanted)
    }

    /// The kind of which the item tells several.
    pub(super) fn several(&self, item: usize) -> Option<std::sync::Arc<str>> {
        self.sense(item, |sense| match sense {
            Sense::Several(number) => self.grammar.several.get(usize::from(number)).cloned(),
            _ => None,
        })
    }

    /// The listed people who have the family name at `item`; `None` where it is no family name.
    pub(super) fn surname(&self, item: usize) -> Option<Vec<EntryIndex>> {
        let people: Vec<EntryIndex> = self
            .text
            .senses(item)
            .iter()
            .filter_map(|sense| match sense {
                Sense::Surname(entry) => Some(*entry),
                _ => None,
            })
            .collect();
        (!people.is_empty()).then_some(people)
    }

    /// Whether item `next` follows the one before it with nothing but a blank or a hyphen between.
    pub(super) fn follows(&self, next: usize) -> bool {
        next < self.text.items.len() && self.text.gap(next) <= Gap::Joined
    }
}
