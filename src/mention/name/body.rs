//! Bodies whose name is on no list: known by what they are and whose they are.

use super::{
    draft::{Draft, Reader, Who},
    office::{Head, Phrase},
    token::Gap,
};
use crate::lexicon::gazetteer::{Link, phrases::Case};
use std::ops::Range;

/// The most words of a body's name after the word for what it is.
const LONGEST: usize = 5;

impl Reader<'_, '_> {
    /// A body that begins at item `at`; the item after it.
    pub(super) fn body(&self, at: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        if !self.lang.is_rtl()
            && let Some((phrase, run)) = self.named_before(at)
        {
            let mut draft = self.draft(
                run.start..phrase.items.end,
                Who::Body(Some(self.text.tokens_of(&(run.start..phrase.items.end)))),
            );
            draft.function = Some(phrase.function);
            drafts.push(draft);
            return Some(phrase.items.end);
        }
        let phrase = self.phrase(at, &[Head::Body])?;
        let end = phrase.items.end;
        let name = self.own_name(&phrase);
        let told = phrase.function.country.is_some() || !phrase.function.portfolios.is_empty();
        if name.is_none() && !told {
            return Some(end);
        }
        let last = name.as_ref().map_or(end, |name| name.end);
        let items = phrase.items.start..last;
        let words = name.map(|_| self.text.tokens_of(&items));
        let draft = self.draft(items, Who::Body(words));
        drafts.push(Draft { function: Some(phrase.function), ..draft });
        Some(last)
    }

    /// "Sharif University": capitals before the word for the body.
    fn named_before(&self, at: usize) -> Option<(Phrase, Range<usize>)> {
        let mut end = at;
        while end - at < LONGEST && self.is_capital(end) && self.text.senses(end).is_empty() {
            end += 1;
            if !self.follows(end) {
                return None;
            }
        }
        if end == at {
            return None;
        }
        let phrase = self.phrase(end, &[Head::Body])?;
        let own = self.is_capital(end)
            && !matches!(&*phrase.function.title, "government" | "ministry" | "embassy");
        (own && phrase.function.portfolios.is_empty()).then_some((phrase, at..end))
    }

    /// The name after the word for the body: in quotation marks, in capitals, or what stands before the
    /// nationality.
    fn own_name(&self, phrase: &Phrase) -> Option<Range<usize>> {
        if phrase.function.country.is_some() || !phrase.function.portfolios.is_empty() {
            return None;
        }
        let start = phrase.items.end;
        let quoted = self
            .text
            .items
            .get(start)
            .and_then(|item| self.text.tokens.get(item.tokens.start))
            .is_some_and(|token| token.quoted);
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
            let joins = end > start
                && (self.is_and(end)
                    || self.has(end, crate::lexicon::gazetteer::Sense::Link(Link::Of)))
                && self.is_capital(end + 1);
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

    fn closes(&self, item: usize) -> bool {
        self.text.gap(item) >= Gap::Quote
    }

    fn is_capital(&self, item: usize) -> bool {
        self.text.items.get(item).is_some_and(|item| self.text.case(item.tokens.start) != Case::Any)
    }
}
