//! Months as printed, alone and with their year.

use super::{
    number::Read,
    reading::{Partial, Year},
    token::{Kind, Tokens},
};
use crate::{
    calendar::Calendar,
    lexicon::sense::{Mark, Sense, TimeUnit},
};

/// A month as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    pub calendar: Calendar,
    pub number: u8,
    /// Needs a day or a year beside it.
    pub weak: bool,
}

impl Tokens<'_> {
    /// A month by name, its second name and the word "month" included.
    ///
    /// en "Feb.", ar «شهر شباط/فبراير», «نيسان (أبريل)», fa «بهمن‌ماه», «ماه خرداد», sr "februara".
    pub(super) fn month(&self, at: usize, beside: bool) -> Read<Month> {
        let noun = self.one_unit(at, TimeUnit::Month);
        let at = if noun { at + 1 } else { at };
        let mut month = self.month_name(at)?;
        if !self.name_case_fits(at, beside || noun) {
            return None;
        }
        let mut next = at + 1;
        // A shortened name is closed by a full stop; one that ends the sentence is left to it.
        let closed = self.sign(next, '.') && self.glued(next);
        let leads_on = self.number(next + 1).is_some() || self.sign(next + 1, ',');
        let goes_on =
            self.get(next + 1).is_some_and(|token| !token.line) && !self.capital(next + 1);
        let dotted = self.lexicon.settings.dotted_ordinals;
        let shortened = beside && dotted && goes_on && self.short(at);
        if closed && (leads_on || shortened) {
            next += 1;
        }
        next = self.second_name(month, next);
        if self.is_unit(next, TimeUnit::Month)
            && self.lexicon.settings.calendar == Calendar::Jalali
            && !noun
        {
            next += 1;
            month.weak = false;
        }
        month.weak &= !noun;
        Some((month, next))
    }

    fn short(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.end - token.start <= 4)
    }

    fn month_name(&self, at: usize) -> Option<Month> {
        self.sense(at, |sense| match sense {
            Sense::Month { calendar, month, weak } => {
                Some(Month { calendar: *calendar, number: *month, weak: *weak })
            }
            _ => None,
        })
    }

    /// The token after a second name of the same month: "/فبراير", "(أبريل)".
    fn second_name(&self, month: Month, at: usize) -> usize {
        let same = |at: usize| {
            self.month_name(at).is_some_and(|other| {
                other.calendar == month.calendar && other.number == month.number
            })
        };
        if (self.sign(at, '/') || self.sign(at, '-')) && same(at + 1) {
            at + 2
        } else if self.sign(at, '(') && same(at + 1) && self.sign(at + 2, ')') {
            at + 3
        } else {
            at
        }
    }

    /// Whether the printed case lets the name at `at` be a month: capital in English, small in Serbian.
    fn name_case_fits(&self, at: usize, beside: bool) -> bool {
        use crate::lexicon::dates::NameCase;
        match self.lexicon.settings.names {
            NameCase::None => true,
            NameCase::Capital => {
                self.capital(at) || self.month_name(at).is_some_and(|month| !month.weak)
            }
            NameCase::Small => beside || !self.capital(at) || self.all_capitals(at),
        }
    }

    /// A month in Roman numerals, printed in capitals: "24. II 2017."
    pub(super) fn roman(&self, at: usize) -> Read<Month> {
        let number = self.roman_number(at)?;
        let next = if self.sign(at + 1, '.') && self.glued(at + 1) { at + 2 } else { at + 1 };
        self.number(next)?;
        Some((Month { calendar: Calendar::Gregorian, number, weak: false }, next))
    }

    /// A Roman numeral up to twelve, in capitals, where the language writes dates with them.
    pub(super) fn roman_number(&self, at: usize) -> Option<u8> {
        if !self.lexicon.settings.dotted_ordinals || !self.capital(at) {
            return None;
        }
        let token =
            self.get(at).filter(|token| matches!(token.kind, Kind::Word | Kind::Known(_)))?;
        let text = self.folded.as_str().get(token.start..token.end)?;
        let place = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
            .iter()
            .position(|roman| *roman == text)?;
        u8::try_from(place + 1).ok()
    }

    /// A month with its year, or with "last" or "next" beside it, or alone where `alone` allows it.
    ///
    /// en "November 2013", "last August", ar «كانون الأول/ديسمبر 2017», «نوفمبر الماضي»,
    /// fa «دی‌ماه ۱۳۹۴», «شهریور سال گذشته», sr "oktobru 2019. godine", "prošlog avgusta".
    pub(super) fn month_year(&self, at: usize) -> Read<Partial> {
        if let Some(by) = self.toward(at, true)
            && let Some((month, next)) = self.month(at + 1, true)
        {
            let mut date = Partial::new(month.calendar);
            (date.month, date.toward) = (Some(month.number), Some(by));
            return Some((date, next));
        }
        let (month, next) = self.month(at, true)?;
        let mut date = Partial::new(month.calendar);
        date.month = Some(month.number);
        let (date, after) = self.with_year(date, next);
        if date.year != Year::Missing || date.toward.is_some() {
            return Some((date, after));
        }
        self.month_alone(at, month).then_some((date, next))
    }

    /// Whether the month is told of a thing in a language that writes its months with a capital: en
    /// "September sales", "October's figures".
    fn is_of_something(&self, at: usize, month: Month) -> bool {
        if month.weak || self.lexicon.settings.names != crate::lexicon::dates::NameCase::Capital {
            return false;
        }
        let possessive = self.sign(at + 1, '\'') && self.glued(at + 1);
        let noun = self.get(at + 1).is_some_and(|next| {
            next.kind == Kind::Word
                && next.blank
                && !next.line
                && !self.capital(at + 1)
                && !self.is_past_form(at + 1)
        });
        let name = self.before(at).is_some_and(|token| {
            token.kind == Kind::Word && !self.starts_line(at) && self.capital(at - 1)
        });
        (possessive || noun) && !name
    }

    /// Whether the token at `at` is a phrase of the future, which ends with its preposition: "planned for".
    pub(super) fn ends_with_preposition(&self, at: usize) -> bool {
        self.is(at, Mark::Future)
            && self
                .get(at)
                .and_then(|token| self.folded.as_str().get(token.start..token.end))
                .is_some_and(|text| text.contains(' '))
    }

    /// Whether a month without day and year is one: a preposition or the word "month" must lead to it.
    fn month_alone(&self, at: usize, month: Month) -> bool {
        let noun = self.is_unit(at, TimeUnit::Month);
        let name = if noun { at + 1 } else { at };
        if !self.name_case_fits(name, noun) {
            return false;
        }
        let led = self.before(at).is_some_and(|token| {
            !self.starts_line(at)
                && !matches!(token.kind, Kind::Number(..))
                && (self.is(at - 1, Mark::At)
                    || self.is(at - 1, Mark::Between)
                    || self.is(at - 1, Mark::To)
                    || self.ends_with_preposition(at - 1)
                    || self
                        .sense(at - 1, |sense| matches!(sense, Sense::Approx(_)).then_some(()))
                        .is_some())
        });
        let approx = self.before(at).is_some_and(|token| token.kind == Kind::Sign('-'))
            && at >= 2
            && self
                .sense(at - 2, |sense| matches!(sense, Sense::Approx(_)).then_some(()))
                .is_some();
        let sure = self.is(name, Mark::MonthAlone) || self.is_of_something(name, month);
        noun || led
            || approx
            || sure
            || !month.weak && self.get(at).is_some_and(|token| token.clitic)
    }
}
