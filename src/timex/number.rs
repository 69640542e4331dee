//! Numbers in dates: days, ordinals and counts, in digits and in words.

use super::token::{Kind, Tokens};
use crate::lexicon::sense::{Mark, Sense, TimeUnit};

/// A value read from tokens, and the token after it.
pub(super) type Read<T> = Option<(T, usize)>;

impl Tokens<'_> {
    /// The first meaning of the token at `at` for which `choose` has an answer.
    pub(super) fn sense<T>(&self, at: usize, choose: impl FnMut(&Sense) -> Option<T>) -> Option<T> {
        self.word(at)?.senses().iter().find_map(choose)
    }

    /// The unit of time at `at`, and how many where the form tells it.
    pub(super) fn unit(&self, at: usize) -> Option<(TimeUnit, Option<u32>)> {
        self.sense(at, |sense| match sense {
            Sense::Unit { unit, count } => Some((*unit, *count)),
            _ => None,
        })
    }

    /// Whether the token at `at` is this unit.
    pub(super) fn is_unit(&self, at: usize, wanted: TimeUnit) -> bool {
        self.word(at).is_some_and(|word| {
            word.senses()
                .iter()
                .any(|sense| matches!(sense, Sense::Unit { unit, .. } if *unit == wanted))
        })
    }

    /// Whether the token at `at` is this unit, in a form that does not count: "week", not "weeks" or
    /// «أسبوعين».
    pub(super) fn one_unit(&self, at: usize, wanted: TimeUnit) -> bool {
        self.word(at).is_some_and(|word| {
            word.senses()
                .iter()
                .any(|sense| matches!(sense, Sense::Unit { unit, count: None } if *unit == wanted))
        })
    }

    /// Whether the number at `at` stands by itself on its left: not the tail of "3.5", "10:25", "A4".
    pub(super) fn clean_left(&self, at: usize) -> bool {
        if !self.glued(at) {
            return true;
        }
        let Some(before) = self.before(at) else { return true };
        match before.kind {
            Kind::Sign('(' | '[' | '"' | '\'' | '*' | '|') => true,
            Kind::Sign('-' | '/' | ',' | '.' | ':') => self.joins_numbers(at),
            Kind::Word => {
                let settings = &self.lexicon.settings;
                let word = self.folded.as_str().get(before.start..before.end);
                let mut letters = settings.proclitics.iter().chain(&settings.number_articles);
                letters.any(|letters| word == Some(letters.as_str()))
            }
            Kind::Known(_) => {
                self.is(at - 1, Mark::And)
                    || self.word(at - 1).is_some_and(|word| word.is(Mark::At))
            }
            Kind::Number(..) | Kind::Sign(_) => false,
        }
    }

    /// Whether the sign before the number at `at` leaves it whole: it follows no number, or it is the dash
    /// of a range of two days or two years.
    fn joins_numbers(&self, at: usize) -> bool {
        let Some(first) = at.checked_sub(2).filter(|_| self.glued(at - 1)) else { return true };
        let (Some((_, before)), Some((_, digits))) = (self.number(first), self.number(at)) else {
            return self.number(first).is_none();
        };
        let alike = before <= 2 && digits <= 2 || before == 4 && digits == 4;
        let joint = self.sign(at - 1, '-') || before == 4 && self.sign(at - 1, '/');
        let first_of_all = !self.glued(first)
            || !self.before(first).is_some_and(|token| match token.kind {
                Kind::Sign(sign) => !matches!(sign, '(' | '[' | '"' | '\'' | '*' | '|'),
                kind => matches!(kind, Kind::Number(..)),
            });
        joint && alike && first_of_all
    }

    /// Whether the number that ends before `next` stands by itself on its right: not the head of "3.5",
    /// "10:25", "5G", "12 %".
    pub(super) fn clean_right(&self, next: usize) -> bool {
        if self.sign(next, '%') {
            return false;
        }
        if !self.glued(next) {
            return true;
        }
        match self.get(next).map(|token| token.kind) {
            Some(Kind::Sign('.' | ',' | ':' | '/' | '-' | '+')) => {
                !(self.glued(next + 1) && self.number(next + 1).is_some())
            }
            Some(Kind::Sign('$' | '€' | '£' | '°' | '#' | '=' | '@')) => false,
            Some(Kind::Word | Kind::Number(..)) => false,
            Some(Kind::Known(_)) => self
                .sense(next, |sense| {
                    matches!(sense, Sense::Era(_) | Sense::Month { .. }).then_some(())
                })
                .is_some(),
            Some(Kind::Sign(_)) | None => true,
        }
    }

    /// A count in digits or words: "3", "three", "twenty five", «خمسة وعشرين», «بیست و پنج».
    pub(super) fn cardinal(&self, at: usize) -> Read<u32> {
        if let Some((value, _)) = self.number(at) {
            return (self.clean_left(at) && self.clean_right(at + 1)).then_some((value, at + 1));
        }
        let first = self.number_word(at)?;
        let second =
            if self.is(at + 1, Mark::And) || self.sign(at + 1, '-') { at + 2 } else { at + 1 };
        match self.number_word(second) {
            Some(more) if first >= 20 && more < 10 => Some((first + more, second + 1)),
            Some(more)
                if first < 10
                    && more >= 20
                    && self.get(second).is_some_and(|token| token.clitic) =>
            {
                Some((first + more, second + 1))
            }
            _ => Some((first, at + 1)),
        }
    }

    fn number_word(&self, at: usize) -> Option<u32> {
        self.sense(at, |sense| match sense {
            Sense::Number(value) => Some(*value),
            _ => None,
        })
    }

    fn ordinal_word(&self, at: usize) -> Option<u32> {
        self.sense(at, |sense| match sense {
            Sense::Ordinal(value) if *value > 0 => Some(*value),
            _ => None,
        })
    }

    /// An ordinal in words or digits: "third", "dvadeset petog", "16th", "3.".
    pub(super) fn ordinal(&self, at: usize) -> Read<u32> {
        if let Some((value, _)) = self.number(at) {
            if !self.clean_left(at) {
                return None;
            }
            return self.ordinal_ending(at + 1).map(|next| (value, next));
        }
        if let Some(value) = self.ordinal_word(at) {
            return Some((value, at + 1));
        }
        let tens = self.number_word(at).filter(|tens| matches!(tens, 20 | 30))?;
        let second =
            if self.is(at + 1, Mark::And) || self.sign(at + 1, '-') { at + 2 } else { at + 1 };
        let ones = self.ordinal_word(second).filter(|ones| *ones < 10)?;
        Some((tens + ones, second + 1))
    }

    /// The token after the ending of an ordinal in digits, if one stands at `at`: "th", "-og", ".".
    fn ordinal_ending(&self, at: usize) -> Option<usize> {
        let ending = |at: usize| {
            self.glued(at)
                && self
                    .sense(at, |sense| matches!(sense, Sense::Ordinal(0)).then_some(()))
                    .is_some()
        };
        if ending(at) {
            Some(at + 1)
        } else if self.sign(at, '-') && self.glued(at) && ending(at + 1) {
            Some(at + 2)
        } else if self.lexicon.settings.dotted_ordinals && self.sign(at, '.') && self.glued(at) {
            (!(self.glued(at + 1) && self.number(at + 1).is_some())).then_some(at + 1)
        } else {
            None
        }
    }

    /// A day of a month: "25", "25.", "25th", "the twenty-fifth", «الخامس والعشرين», «هفتم».
    pub(super) fn day(&self, at: usize) -> Read<u8> {
        let at = self.after_article(at);
        let (value, next) = match self.ordinal(at) {
            Some(found) => found,
            None => {
                let (value, digits) = self.number(at)?;
                (digits <= 2 && self.clean_left(at)).then_some((value, at + 1))?
            }
        };
        let day = u8::try_from(value).ok().filter(|day| (1..=31).contains(day))?;
        Some((day, next))
    }

    /// The number after the article glued before it: «الـ25». `at` itself where there is none.
    pub(super) fn after_article(&self, at: usize) -> usize {
        let glued = self.get(at).is_some_and(|token| token.kind == Kind::Word)
            && self.glued(at + 1)
            && self.number(at + 1).is_some()
            && self.clean_left(at + 1);
        at + usize::from(glued)
    }

    /// The length of the article glued before the number at `at`, in bytes of the folded text.
    pub(super) fn article_before(&self, at: usize) -> usize {
        let Some(before) = self.before(at).filter(|before| before.kind == Kind::Word) else {
            return 0;
        };
        if self.number(at).is_none() || !self.glued(at) {
            return 0;
        }
        let word = self.folded.as_str().get(before.start..before.end).unwrap_or_default();
        let articles = self.lexicon.settings.number_articles.iter();
        articles
            .filter(|article| word.ends_with(article.as_str()))
            .map(String::len)
            .min()
            .unwrap_or(0)
    }

    /// Whether what stands at `at` is counted by the number before it: "2025 visitors".
    pub(super) fn counted(&self, at: usize) -> bool {
        self.is(at, Mark::NotYearAfter) && !self.get(at).is_some_and(|token| token.clitic)
    }

    /// "last year", «العام الماضي», «پارسال»: the unit with a direction on either side of it.
    pub(super) fn shifted(&self, at: usize, unit: TimeUnit) -> Read<i32> {
        if unit == TimeUnit::Year {
            let shift = self.sense(at, |sense| match sense {
                Sense::YearShift(by) => Some(*by),
                _ => None,
            });
            if let Some(by) = shift {
                return Some((by, at + 1));
            }
        }
        if let Some(by) = self.toward(at, true)
            && self.one_unit(at + 1, unit)
        {
            let next = at + 2;
            return Some(match self.toward(next, false).filter(|after| *after == by) {
                Some(_) => (by, next + 1),
                None => (by, next),
            });
        }
        if self.one_unit(at, unit)
            && let Some(by) = self.toward(at + 1, false)
        {
            return Some((by, at + 2));
        }
        None
    }

    /// "the following year", «العام التالي»: the unit with a direction from the date told last.
    pub(super) fn told_toward(&self, at: usize, unit: TimeUnit) -> Read<i32> {
        let side = |at: usize, before: bool| {
            self.sense(at, |sense| match sense {
                Sense::ToldToward { by, side }
                    if if before { side.before() } else { side.after() } =>
                {
                    Some(*by)
                }
                _ => None,
            })
        };
        if self.one_unit(at + 1, unit)
            && let Some(by) = side(at, true)
        {
            return Some((by, at + 2));
        }
        if self.one_unit(at, unit)
            && let Some(by) = side(at + 1, false)
        {
            return Some((by, at + 2));
        }
        None
    }

    /// "last", "this", "next": standing before what it belongs to, or after it.
    pub(super) fn toward(&self, at: usize, before: bool) -> Option<i32> {
        self.sense(at, |sense| match sense {
            Sense::Toward { by, side } if if before { side.before() } else { side.after() } => {
                Some(*by)
            }
            _ => None,
        })
    }
}
