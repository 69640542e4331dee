//! Who holds an office: the name beside a title, or nobody named.

use super::{
    draft::{Draft, Reader, Who},
    phrase::{Head, Phrase},
    token::Gap,
};
use crate::{
    lexicon::gazetteer::{EntryIndex, Function, Link, Sense},
    model::EntityType,
};
use std::ops::Range;

impl Reader<'_, '_> {
    /// A title with its holder that begins at item `at`; the item after it.
    pub(super) fn office(&self, at: usize, first: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let phrase = self.phrase(at, &[Head::Title, Head::Counterpart])?;
        let end = phrase.items.end;
        if phrase.aide {
            return Some(end);
        }
        let function = Some(phrase.function.clone());
        let office = phrase.office.clone();
        if let Some(run) = self.holder_right(&phrase) {
            let who = self.who(&run);
            let function = function.map(|function| self.with_country_after(run.end, function));
            let mut draft = self.draft(phrase.items.start..run.end, who);
            draft.core = self.text.tokens_of(&run);
            drafts.push(Draft { function, office, ..draft });
            return Some(run.end);
        }
        if self.bind_left(&phrase, first, drafts) {
            return Some(end);
        }
        if let Some(run) = self.apposition(&phrase, drafts) {
            let mut draft = self.draft(phrase.items.start..run.end, self.who(&run));
            draft.core = self.text.tokens_of(&run);
            drafts.push(Draft { function, office, ..draft });
            return Some(run.end);
        }
        // "Deputy prime minister and interior minister Ivica Dačić" is one person with two offices.
        if self.is_and(end)
            && let Some(next) = self.phrase(end + 1, &[Head::Title])
            && (phrase.function.country.is_none() || next.function.country.is_none())
            && self.holder_right(&next).is_some()
        {
            return Some(end + 1);
        }
        if phrase.former {
            return Some(end);
        }
        let who = if phrase.head == Head::Counterpart { Who::Counterpart } else { Who::Holder };
        drafts.push(Draft { function, office, ..self.draft(phrase.items, who) });
        Some(end)
    }

    /// "Prime Minister Jovan Dren of Montenegro": the country after the name.
    fn with_country_after(&self, item: usize, function: Function) -> Function {
        let told = function.country.is_some()
            || !self.follows(item + 1)
            || !self.has(item, Sense::Link(Link::Of));
        let country = if told { function.country } else { self.place(item + 1) };
        Function { country, ..function }
    }

    /// The name right after a title: "ministar Dejan Ristić".
    fn holder_right(&self, phrase: &Phrase) -> Option<Range<usize>> {
        let end = phrase.items.end;
        if self.text.gap(end) > Gap::Quote {
            return None;
        }
        let start = self.after_honorifics(end)?;
        if self.text.gap(start) > Gap::Quote {
            return None;
        }
        if self.named_as(start, EntityType::Person).is_some() {
            return Some(start..start + 1);
        }
        let run = self.name_right(start)?;
        let words = self.text.tokens_of(&run);
        let last = words.end.checked_sub(1)?;
        // "The head of the Veterinary organisation": an adjective of a body, not a name.
        let described = run.len() == 1 && self.follows(run.end) && self.is_body(run.end);
        if described {
            return None;
        }
        let plausible = if self.lang.is_rtl() {
            let quoted = self.text.tokens.get(words.start).is_some_and(|token| token.quoted);
            quoted
                || run.clone().any(|item| self.is_given(item)) && words.len() > 1
                || self.grammar.ends_like_surname(self.text.word(last))
                || self.surname(run.start).is_some()
                || words.len() > 1 && self.told_enough(phrase)
        } else {
            true
        };
        plausible.then_some(run)
    }

    /// Whether a title is so complete that what follows is a name rather than more of the title.
    fn told_enough(&self, phrase: &Phrase) -> bool {
        let last = phrase.items.end.checked_sub(1);
        last.is_some_and(|last| self.nation(last).is_some() || self.place(last).is_some())
    }

    /// Gives the office to the person named right before it: "Dejan Ristić, the Serbian minister".
    fn bind_left(&self, phrase: &Phrase, first: usize, drafts: &mut Vec<Draft>) -> bool {
        let mut start = phrase.items.start;
        while start > 0 && self.follows(start) && self.has(start - 1, Sense::Link(Link::The)) {
            start -= 1;
        }
        let gap = self.text.gap(start);
        let near = matches!(gap, Gap::Comma | Gap::Aside)
            || gap <= Gap::Quote && self.grammar.name_before_title;
        if !near {
            return false;
        }
        let words = self.text.tokens_of(&(start..phrase.items.end));
        let last = drafts.len();
        if let Some(draft) =
            drafts.last_mut().filter(|draft| last > first && draft.words.end == words.start)
        {
            let person = match &draft.who {
                Who::Listed(entry) => self.gazetteer.entry(*entry).is_some_and(|known| {
                    known.entity_type == EntityType::Person && self.may_hold(*entry, phrase)
                }),
                Who::Surname(people) => people.iter().any(|person| self.may_hold(*person, phrase)),
                Who::Unlisted(_) | Who::Family(_) => true,
                _ => false,
            };
            if person && draft.function.is_none() {
                draft.words.end = words.end;
                draft.function = Some(phrase.function.clone());
                draft.office.clone_from(&phrase.office);
                return true;
            }
            return false;
        }
        let Some(run) = self.name_left(start) else { return false };
        let core = self.text.tokens_of(&run);
        if drafts.iter().skip(first).any(|draft| draft.words.end > core.start) {
            return false;
        }
        let mut draft = self.draft(run.start..phrase.items.end, self.who(&run));
        draft.core = core;
        drafts.push(Draft {
            function: Some(phrase.function.clone()),
            office: phrase.office.clone(),
            ..draft
        });
        true
    }

    /// Whether the gazetteer does not speak against a person holding this office.
    fn may_hold(&self, person: EntryIndex, phrase: &Phrase) -> bool {
        let known =
            self.gazetteer.offices_for(&phrase.function).any(|office| !office.terms.is_empty());
        let country = self.gazetteer.entry(person).and_then(|entry| entry.entity.country.clone());
        let foreign = phrase.function.country.is_some()
            && country.is_some()
            && phrase.function.country != country;
        !foreign
            && (!known
                || self.gazetteer.terms_of(person, &phrase.function).next().is_some()
                || phrase.former)
    }

    /// The name after a title and a comma: "the Serbian minister, Dejan Ristić, said".
    fn apposition(&self, phrase: &Phrase, drafts: &[Draft]) -> Option<Range<usize>> {
        let end = phrase.items.end;
        if self.text.gap(end) != Gap::Comma
            || drafts
                .last()
                .is_some_and(|last| last.words.end > self.text.tokens_of(&phrase.items).start)
        {
            return None;
        }
        let start = self.after_honorifics(end)?;
        if let Some(person) = self.named_as(start, EntityType::Person) {
            return self.may_hold(person, phrase).then(|| start..start + 1);
        }
        let run = self.name_right(start)?;
        let words = self.text.tokens_of(&run);
        let closed = self.text.gap(run.end) >= Gap::Quote;
        let likely = self.is_given(run.start)
            || self.grammar.ends_like_surname(self.text.word(words.end.checked_sub(1)?));
        (words.len() > 1 && (likely || closed && !self.lang.is_rtl())).then_some(run)
    }
}
