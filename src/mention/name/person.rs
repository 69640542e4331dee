//! People whom no list has: where the words of a name begin and end.

use super::{
    draft::{Reader, Who},
    token::Gap,
};
use crate::{
    lexicon::gazetteer::{Link, Sense, phrases::Case},
    model::EntityType,
    text::{
        Lang,
        fold::{fold, is_letter, strip},
        translit,
    },
};
use std::ops::Range;

/// The most words that a name has.
const LONGEST: usize = 4;

/// The most bytes that each half of a given name of two words has: six Arabic letters.
const HALF: usize = 12;

impl Reader<'_, '_> {
    /// A person who begins at item `at` by a form of address or a given name, with no title: the items of
    /// the name.
    pub(super) fn introduced_person(&self, at: usize) -> Option<Range<usize>> {
        let start = self.after_honorifics(at)?;
        let run = self.name_right(start)?;
        // A verb behind "and": «ويردّ داشيتش».
        let and = &*self.grammar.joined_and;
        let first = self.text.word(self.text.tokens_of(&run).start);
        if start == at && !and.is_empty() && first.starts_with(and) && !self.is_given(run.start) {
            return None;
        }
        let words = self.text.tokens_of(&run);
        let addressed = start > at;
        let given = self.is_given(run.start);
        let family = self.grammar.ends_like_surname(self.text.word(words.end - 1))
            || given && self.lang.is_rtl() && self.is_family(words.end - 1);
        let enough = match words.len() {
            0 => false,
            1 => addressed && (!self.lang.is_rtl() || family),
            // Without capitals a given name alone may be any word.
            _ if self.lang.is_rtl() => addressed || family,
            _ => addressed || given,
        };
        if !enough {
            return None;
        }
        // Words before the given name are not part of the name.
        let start = run.clone().find(|item| self.is_given(*item)).filter(|item| run.end - item > 1);
        match start {
            Some(start) if self.lang.is_rtl() && !addressed => Some(start..run.end),
            _ => Some(run),
        }
    }

    /// The item after forms of address that begin at `at`.
    pub(super) fn after_honorifics(&self, at: usize) -> Option<usize> {
        let mut start = at;
        while self.has(start, Sense::Honorific) {
            start += 1;
            if self.text.gap(start) > Gap::Quote {
                return None;
            }
        }
        (start < self.text.items.len()).then_some(start)
    }

    /// The items of a name that begins at `start`.
    pub(super) fn name_right(&self, start: usize) -> Option<Range<usize>> {
        if !self.may_be_name(start) {
            return None;
        }
        let quoted = self
            .text
            .items
            .get(start)
            .and_then(|item| self.text.tokens.get(item.tokens.start))
            .is_some_and(|token| token.quoted);
        let mut end = start + 1;
        while end - start < LONGEST && self.follows(end) {
            if !quoted && self.is_complete(start..end) {
                break;
            }
            if self.named_as(end, EntityType::Person).is_some() || self.is_other(end) {
                break;
            }
            if self.may_be_name(end) || quoted && self.text.senses(end).is_empty() {
                end += 1;
            } else if self.is_particle(end) && self.may_be_name(end + 1) && self.follows(end + 1) {
                end += 2;
            } else {
                break;
            }
        }
        Some(start..end)
    }

    /// Whether the family name at `item` is somebody else's, joined by "and": «هاشمي وريستيتش».
    fn is_other(&self, item: usize) -> bool {
        let and = &*self.grammar.joined_and;
        if and.is_empty() || self.surname(item).is_none() {
            return false;
        }
        let word = self.text.items.get(item).map(|item| self.text.word(item.tokens.start));
        let name = word.and_then(|word| word.strip_prefix(and));
        name.is_some_and(|name| {
            self.grammar.senses(name).iter().any(|sense| matches!(sense, Sense::Surname(_)))
        })
    }

    /// In a script without capitals a name is two words, after double given names three, and a word that
    /// only ends names («پور») belongs to the one before it.
    fn is_complete(&self, run: Range<usize>) -> bool {
        if !self.lang.is_rtl() {
            return false;
        }
        let words = self.text.tokens_of(&run);
        if words.len() < 2 {
            return false;
        }
        let next = self.text.word(words.end);
        let family =
            words.len() == 2 && self.is_given_word(words.start) && self.is_family(words.end - 1);
        if self.grammar.surname_endings.iter().any(|ending| ending == next)
            || family && self.gazetteer.goes_on(next)
        {
            return false;
        }
        if self.grammar.ends_like_surname(self.text.word(words.end - 1)) {
            return true;
        }
        let mut given = 0;
        while given < words.len() && self.is_given_word(words.start + given) {
            given += if self.is_first_of_given(words.start + given) { 2 } else { 1 };
        }
        words.len() > given.max(1)
    }

    /// The items of a name that ends before item `end`.
    pub(super) fn name_left(&self, end: usize) -> Option<Range<usize>> {
        let mut start = end;
        while start > 0 && end - start < LONGEST && self.may_be_name(start - 1) {
            start -= 1;
            if self.text.gap(start) > Gap::Joined {
                break;
            }
        }
        if start == end {
            return None;
        }
        let words = self.text.tokens_of(&(start..end));
        if !self.lang.is_rtl() {
            // A capital at the beginning of a sentence proves little; two capitals do.
            return (words.len() > 1 || self.surname(start).is_some()).then_some(start..end);
        }
        let given = (start..end).find(|item| self.is_given(*item));
        let family = self.grammar.ends_like_surname(self.text.word(words.end - 1));
        match given {
            Some(given) if end - given > 1 => Some(given..end),
            _ if family && end - start > 1 => Some(end - 2..end),
            _ => None,
        }
    }

    /// Whether the item may be a word of a person's name.
    pub(super) fn may_be_name(&self, item: usize) -> bool {
        let Some(first) = self.text.items.get(item).map(|item| item.tokens.start) else {
            return false;
        };
        let word = self.text.word(first);
        let letters = || word.chars().all(is_letter) && word.chars().nth(1).is_some();
        let printed = match self.lang {
            Lang::Ar | Lang::Fa => !word.is_ascii() || self.text.case(first) != Case::Any,
            Lang::Sr | Lang::En => self.text.case(first) != Case::Any,
        };
        let bare = || {
            !self.has_article(first)
                || item > 0 && self.text.gap(item) == Gap::Blank && self.is_given(item - 1)
        };
        let senses = self.text.senses(item);
        let free = senses.iter().all(|sense| matches!(sense, Sense::Given | Sense::Surname(_)));
        let person = || self.named_as(item, EntityType::Person).is_some();
        // Milan is a city and a given name; Paris sounds like one and is none.
        let exact = || {
            let name = self.gazetteer.given_name(word);
            name.is_some_and(|name| translit::misspelt(word, &fold(name)) == Some(0))
        };
        let place = || self.city(item).is_some() && self.is_given(item) && exact();
        let known = || free || person() || place() || self.is_given_month(item);
        printed && letters() && known() && bare()
    }

    /// Whether a word carries the joined article: «المدير», or behind a clitic «بالأعمال», «للمصنع», unless it is
    /// known as a name.
    fn has_article(&self, token: usize) -> bool {
        let word = self.text.word(token);
        let article = &*self.grammar.article;
        let joined = || {
            self.grammar.articles_joined.iter().any(|joined| strip(word, joined).is_some())
                && !self.is_given_word(token)
                && !self.grammar.ends_like_surname(word)
        };
        !article.is_empty() && (strip(word, article).is_some() || joined())
    }

    /// Whether a word that is no name in most texts is a given name here: Bahman is a month, and somebody's
    /// name where a family name follows.
    fn is_given_month(&self, item: usize) -> bool {
        let Some(words) = self.text.items.get(item).map(|item| item.tokens.clone()) else {
            return false;
        };
        self.lang.is_rtl()
            && self.text.senses(item).iter().all(|sense| *sense == Sense::Stop)
            && self.grammar.months_as_names.iter().any(|month| month == self.text.word(words.start))
            && self.follows(item + 1)
            && self.text.senses(item + 1).is_empty()
            && self.is_given_word(words.start)
            && self.is_family(words.end)
    }

    fn is_particle(&self, item: usize) -> bool {
        let Some(words) = self.text.items.get(item).map(|item| item.tokens.clone()) else {
            return false;
        };
        self.text.senses(item).is_empty()
            && self.grammar.particles.iter().any(|particle| particle == self.text.word(words.start))
    }

    /// Whether the item is a given name.
    pub(super) fn is_given(&self, item: usize) -> bool {
        self.has(item, Sense::Given)
            || self.text.items.get(item).is_some_and(|item| self.is_given_word(item.tokens.start))
    }

    fn is_given_word(&self, token: usize) -> bool {
        let word = self.text.tokens.get(token);
        word.is_some_and(|word| *word.given.get_or_init(|| self.is_listed_given(token)))
    }

    fn is_listed_given(&self, token: usize) -> bool {
        let word = self.text.word(token);
        let long = word.chars().nth(2).is_some();
        if self.lang.is_rtl() {
            return long && (self.gazetteer.is_given(word) || self.is_first_of_given(token));
        }
        // Where foreign names are written by ear, they are known by it.
        long && self.grammar.j_is_y
            && self.text.case(token) == Case::Capital
            && self.gazetteer.is_given_by_ear(word, self.grammar)
    }

    /// Whether a word is the first of a given name of two, the second with the joined article: «روح الله».
    fn is_first_of_given(&self, token: usize) -> bool {
        let article = &*self.grammar.article;
        if article.is_empty() || self.text.word(token).len() > HALF {
            return false;
        }
        let next = self.text.tokens.get(token + 1).filter(|next| next.gap == Gap::Blank);
        let second = next.map(|_| self.text.word(token + 1)).filter(|second| second.len() <= HALF);
        second.filter(|second| second.starts_with(article)).is_some_and(|second| {
            self.gazetteer.is_given(&format!("{}{second}", self.text.word(token)))
        })
    }

    /// Whether a word in Arabic letters is a family name on the list of those that people bear.
    fn is_family(&self, token: usize) -> bool {
        let listed = || {
            let word = self.text.word(token);
            word.chars().nth(2).is_some() && self.gazetteer.is_family(word)
        };
        self.text.tokens.get(token).is_some_and(|word| *word.family.get_or_init(listed))
    }

    /// Who a run of name words is: somebody listed, one of those listed, or nobody's acquaintance.
    pub(super) fn who(&self, run: &Range<usize>) -> Who {
        if let Some(person) =
            self.named_as(run.start, EntityType::Person).filter(|_| run.len() == 1)
        {
            return Who::Listed(person);
        }
        let words = self.text.tokens_of(run);
        if words.len() > 1 {
            return Who::Unlisted(words);
        }
        self.surname(run.start).map_or(Who::Family(words), Who::Surname)
    }

    /// Whether the words joined to the item link two of a kind.
    pub(super) fn is_and(&self, item: usize) -> bool {
        self.has(item, Sense::Link(Link::And))
    }
}
