//! Dates in digits alone: ISO, dotted, slashed; Gregorian and Persian.

use super::{
    number::Read,
    reading::{Partial, Year},
    token::Tokens,
};
use crate::{calendar::Calendar, lexicon::sense::Mark};

impl Tokens<'_> {
    /// Day, month and year in digits.
    ///
    /// en "28/01/2016", "2025-02-25", ar «25/2/2025», fa «۱۴۰۳/۱۲/۰۷», sr "25.02.2025.", "3. 10. 2021."
    pub(super) fn numeric(&self, at: usize) -> Read<Partial> {
        let first = self.number(at).filter(|_| self.clean_start(at))?;
        let (separator, second_at) = self.separator(at + 1)?;
        let second = self.number(second_at)?;
        let Some((again, third_at)) = self.separator(second_at + 1) else {
            return self.day_and_month(at, first, separator, second, second_at + 1);
        };
        let Some(third) =
            self.number(third_at).filter(|(_, digits)| again == separator && *digits <= 4)
        else {
            return self.day_and_month(at, first, separator, second, second_at + 1);
        };
        let found = self.three(separator, first, second, third);
        let Some(mut date) = found else {
            return self.day_and_month(at, first, separator, second, second_at + 1);
        };
        if self.is_numbered(at) {
            return None;
        }
        let next = self.end_of_numeric(third_at + 1, separator)?;
        if let Some((calendar, after)) = self.era(next) {
            date.calendar = calendar;
            return Some((date, after));
        }
        Some((date, next))
    }

    /// Whether the digits at `at` begin a date: not the tail of a longer number or code.
    fn clean_start(&self, at: usize) -> bool {
        !self.glued(at)
            || self.before(at).is_some_and(|token| {
                use super::token::Kind::Sign;
                matches!(token.kind, Sign('(' | '[' | '"' | '\'' | '*' | '|' | ':' | ','))
                    && !(self.glued(at - 1) && at >= 2 && self.number(at - 2).is_some())
            })
            || self.is(at - 1, Mark::And)
    }

    /// The separator at `at` and the place of the number after it.
    fn separator(&self, at: usize) -> Option<(char, usize)> {
        let sign = ['.', '/', '-'].into_iter().find(|sign| self.sign(at, *sign))?;
        let blank = self.get(at + 1)?.blank;
        // "8 / 11 / 2024": only a slash, with blanks on both sides.
        if sign == '/' && blank && !self.glued(at) && !self.get(at)?.line && !self.get(at + 1)?.line
        {
            return Some((sign, at + 1));
        }
        let dotted = sign == '.' && self.lexicon.settings.dotted_ordinals;
        (self.glued(at) && (!blank || dotted) && !self.get(at + 1)?.line).then_some((sign, at + 1))
    }

    fn three(&self, separator: char, a: (u32, u8), b: (u32, u8), c: (u32, u8)) -> Option<Partial> {
        let (year, month, day) = match (a.1, b.1, c.1) {
            (4, 1..=2, 1..=2) => (a.0, b.0, c.0),
            (1..=2, 1..=2, 4) if b.0 > 12 && separator != '.' => (c.0, a.0, b.0),
            (1..=2, 1..=2, 4) => (c.0, b.0, a.0),
            (2, 2, 2)
                if separator == '/'
                    && self.lexicon.settings.calendar == Calendar::Jalali
                    && a.0 >= 50 =>
            {
                (1300 + a.0, b.0, c.0)
            }
            (1..=2, 1..=2, 2)
                if separator == '.' && self.lexicon.settings.dotted_ordinals && c.0 <= 40 =>
            {
                (2000 + c.0, b.0, a.0)
            }
            (1..=2, 1..=2, 2) if separator == '/' && self.lexicon.settings.month_first => {
                let year = if c.0 > 40 { 1900 + c.0 } else { 2000 + c.0 };
                if a.0 > 12 { (year, b.0, a.0) } else { (year, a.0, b.0) }
            }
            _ => return None,
        };
        let calendar = match year {
            1500..=2199 => Calendar::Gregorian,
            1200..=1499 if self.lexicon.settings.calendar == Calendar::Jalali => Calendar::Jalali,
            1300..=1499 => Calendar::Hijri,
            _ => return None,
        };
        let mut date = Partial::new(calendar);
        date.year = Year::Stated(i32::try_from(year).ok()?);
        date.month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month));
        date.day = u8::try_from(day).ok().filter(|day| (1..=31).contains(day));
        (date.month.is_some() && date.day.is_some()).then_some(date)
    }

    /// A dotted day and month without a year, where a preposition or weekday leads to it: "do 25.2."
    fn day_and_month(
        &self,
        at: usize,
        day: (u32, u8),
        separator: char,
        month: (u32, u8),
        next: usize,
    ) -> Read<Partial> {
        let led = at.checked_sub(1).is_some_and(|before| {
            self.is(before, Mark::At)
                || self.weekday(before, true).is_some()
                || self.sign(before, ',') && before > 0 && self.weekday(before - 1, true).is_some()
        }) || self.is(next + 1, Mark::At) && !self.is_numbered(at);
        let closed = self.sign(next, '.')
            && self.glued(next)
            && !(self.glued(next + 1) && self.number(next + 1).is_some());
        if separator != '.' || !led || !closed || self.is(next + 1, Mark::Clock) {
            return None;
        }
        let mut date = Partial::new(Calendar::Gregorian);
        date.day = u8::try_from(day.0).ok().filter(|day| (1..=31).contains(day));
        date.month = u8::try_from(month.0).ok().filter(|month| (1..=12).contains(month));
        (date.day.is_some() && date.month.is_some()).then_some((date, next + 1))
    }

    /// Whether a word before `at` says that what follows is a number of something: "version", "ISBN".
    pub(super) fn is_numbered(&self, at: usize) -> bool {
        let numbered =
            |back: usize| at.checked_sub(back).is_some_and(|at| self.is(at, Mark::NotYearBefore));
        numbered(1)
            || numbered(2)
                && at.checked_sub(1).is_some_and(|at| self.sign(at, ':') || self.sign(at, '.'))
    }

    /// The token after a numeric date whose digits end before `at`; `None` when more digits or letters
    /// are glued to it.
    fn end_of_numeric(&self, at: usize, separator: char) -> Option<usize> {
        let mut next = at;
        if separator == '.'
            && self.sign(next, '.')
            && self.glued(next)
            && self.lexicon.settings.dotted_ordinals
        {
            next += 1;
            let noun = self.is_unit(next, crate::lexicon::sense::TimeUnit::Year);
            let short = self.is(next, Mark::YearMark);
            if noun {
                next += 1;
            } else if short {
                next += if self.sign(next + 1, '.') { 2 } else { 1 };
            }
            return (!(self.glued(next) && self.number(next).is_some())).then_some(next);
        }
        if self.glued(next) {
            use super::token::Kind;
            match self.get(next).map(|token| token.kind) {
                Some(Kind::Number(..)) => return None,
                Some(Kind::Sign('-' | '/' | '.' | '_' | '+'))
                    if self.glued(next + 1) && self.number(next + 1).is_some() =>
                {
                    return None;
                }
                _ => {}
            }
        }
        if self.lexicon.settings.dotted_ordinals
            && self.is_unit(next, crate::lexicon::sense::TimeUnit::Year)
        {
            next += 1;
        }
        Some(next)
    }
}
