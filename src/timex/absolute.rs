//! Calendar dates written in words and digits, whole or in part.

use super::{
    number::Read,
    reading::{LAST_DAY, Partial, Year},
    token::{Kind, Tokens},
};
use crate::{
    calendar::Calendar,
    lexicon::sense::{Mark, Sense, TimeUnit},
};
use chrono::Weekday;

/// A month as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    pub calendar: Calendar,
    pub number: u8,
    /// Needs a day or a year beside it.
    pub weak: bool,
}

impl Tokens<'_> {
    /// A date with at least a day and a month: [`Tokens::plain_date`] with a weekday before or after it.
    ///
    /// en "Tuesday, 25 February 2025", ar «يوم الثلاثاء 25 فبراير», fa «سه‌شنبه ۷ اسفند»,
    /// sr "utorak, 25. februara".
    pub(super) fn date(&self, at: usize) -> Read<Partial> {
        if let Some((weekday, next)) = self.weekday(at, true)
            && let Some((mut date, next)) = self.after_weekday(next)
        {
            date.weekday = Some(weekday);
            return Some((date, next));
        }
        let noun = self.one_unit(at, TimeUnit::Day) && !self.is_final(at, TimeUnit::Day);
        let (mut date, mut next) = self.plain_date(at + usize::from(noun))?;
        let open = self.sign(next, ',') || self.sign(next, '(');
        let mut beside = next + usize::from(open);
        if open && self.is(beside, Mark::At) && self.lexicon.settings.dotted_ordinals {
            beside += 1;
        }
        if let Some((weekday, after)) = self.weekday(beside, true)
            && (open || !self.get(next).is_none_or(|token| token.line))
            && self.plain_date(after).is_none()
        {
            if !self.sign(next, '(') {
                (date.weekday, next) = (Some(weekday), after);
            } else if self.sign(after, ')') {
                (date.weekday, next) = (Some(weekday), after + 1);
            }
        }
        Some((date, next))
    }

    fn after_weekday(&self, at: usize) -> Read<Partial> {
        let mut at = at;
        if self.sign(at, '.') && self.glued(at) {
            at += 1;
        }
        if self.is(at, Mark::Same) || self.toward(at, false).is_some() {
            at += 1;
        }
        if self.sign(at, ',') {
            at += 1;
        }
        if self.sign(at, '(') {
            let (date, next) = self.plain_date(at + 1)?;
            return self.sign(next, ')').then_some((date, next + 1));
        }
        if self.is(at, Mark::The) || self.is(at, Mark::At) && self.lexicon.settings.dotted_ordinals
        {
            at += 1;
        }
        self.plain_date(at)
    }

    /// A weekday; `weak` ones only where a date stands beside them.
    ///
    /// en "Tues.", ar «يوم الثلاثاء», fa «روز سه‌شنبه», sr "u utorak" (without "u").
    pub(super) fn weekday(&self, at: usize, beside: bool) -> Read<Weekday> {
        let noun = self.one_unit(at, TimeUnit::Day);
        let at = if noun { at + 1 } else { at };
        let day = self.sense(at, |sense| match sense {
            Sense::Weekday { day, weak } if beside || noun || !weak => Some(*day),
            _ => None,
        })?;
        Some((day, at + 1))
    }

    /// A date without its weekday, with at least a day and a month.
    pub(super) fn plain_date(&self, at: usize) -> Read<Partial> {
        self.numeric(at)
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_day(at))
            .or_else(|| self.day_of_this_month(at))
            .or_else(|| self.last_day_of_month(at))
    }

    /// Day, month, and the year where it is written.
    ///
    /// en "the 16th of October, 2014", ar «السادس عشر من يناير عام 2016», fa «پنجم بهمن ماه ۱۴۰۱»,
    /// sr "drugog septembra 2023. godine", "24. II 2017."
    fn day_month(&self, at: usize) -> Read<Partial> {
        let at = if self.is(at, Mark::The) { at + 1 } else { at };
        let (day, mut next) = self.day(at)?;
        if self.is_unit(next, TimeUnit::Day) && self.is(next + 1, Mark::Of) {
            next += 1;
        }
        if self.is(next, Mark::Of) || self.sign(next, '-') || self.sign(next, '/') {
            next += 1;
        }
        let (month, next) = self.roman(next).or_else(|| self.month(next, true))?;
        let mut date = Partial::new(month.calendar);
        (date.day, date.month) = (Some(day), Some(month.number));
        if self.next_day_month(next) {
            return Some((date, next));
        }
        Some(self.with_year(date, next))
    }

    /// Whether the number at `at` is the day of another date: "7 mart 8 april".
    fn next_day_month(&self, at: usize) -> bool {
        self.number(at).is_some_and(|(_, digits)| digits <= 2)
            && self.day(at).is_some_and(|(_, next)| self.month(next, true).is_some())
    }

    /// Month before day: en "February 25, 2025", "Nov. 7". Only where the language writes so.
    fn month_day(&self, at: usize) -> Read<Partial> {
        let (month, mut next) = self.month(at, true)?;
        if self.is(next, Mark::The) {
            next += 1;
        }
        let (day, next) = self.day(next)?;
        if !self.clean_right(next) && !self.sign(next, '-') {
            return None;
        }
        let mut date = Partial::new(month.calendar);
        (date.day, date.month) = (Some(day), Some(month.number));
        if self.lexicon.settings.month_first {
            return Some(self.with_year(date, next));
        }
        // Elsewhere only with its year, so that «فبراير 25 شركة» is no date.
        let (date, after) = self.with_year(date, next);
        (date.year != Year::Missing).then_some((date, after))
    }

    /// Adds the year written at `at`, if one is.
    fn with_year(&self, mut date: Partial, at: usize) -> (Partial, usize) {
        let dashed = self.sign(at, '-') && self.glued(at) && self.glued(at + 1);
        let from = if dashed { at + 1 } else { at };
        if let Some(((year, calendar), next)) = self.year(from, date.calendar) {
            (date.year, date.calendar) = (year, calendar);
            return (date, next);
        }
        if let Some(by) = self.toward(at, false) {
            date.toward = Some(by);
            return (date, at + 1);
        }
        if let Some((_, next)) =
            self.era(at).filter(|(calendar, _)| *calendar == date.calendar && !self.glued(at))
        {
            return (date, next);
        }
        (date, at)
    }

    /// A day of the current, last or next month: en "the 25th of this month", ar «25 من الشهر الجاري»,
    /// sr "15. ovog meseca", fa «۲۵ این ماه».
    fn day_of_this_month(&self, at: usize) -> Read<Partial> {
        let at = if self.is(at, Mark::The) { at + 1 } else { at };
        let (day, mut next) = self.day(at)?;
        let digits = self.number(next - 1).is_some();
        if self.is(next, Mark::Of) {
            next += 1;
        }
        let mut date = Partial::new(self.lexicon.settings.calendar);
        date.day = Some(day);
        if let Some((shift, next)) = self.shifted(next, TimeUnit::Month) {
            date.month_shift = Some(shift);
            return Some(match self.era(next) {
                Some((calendar, next)) => (Partial { calendar, ..date }, next),
                None => (date, next),
            });
        }
        if self.is(next, Mark::SameMonth) || self.is(next, Mark::OfIt) && self.is_day_led(at) {
            date.same_month = true;
            return Some((date, next + 1));
        }
        // «25 الجاري»: the 25th of the current one.
        (self.toward(next, false) == Some(0) && digits && self.is_day_led(at))
            .then_some((Partial { month_shift: Some(0), ..date }, next + 1))
    }

    /// Whether what stands before a number lets it be a day: a preposition, "and", "to", a weekday.
    fn is_day_led(&self, at: usize) -> bool {
        let article = usize::from(self.article_before(at) > 0);
        let Some(before) = at.checked_sub(1 + article) else { return false };
        self.get(at).is_some_and(|token| token.clitic)
            || article > 0
            || [Mark::At, Mark::And, Mark::To].into_iter().any(|mark| self.is(before, mark))
            || self.is_unit(before, TimeUnit::Day)
            || self.weekday(before, true).is_some()
    }

    /// The last day of a month: en "the last day of May", ar «اليوم الأخير من أيار», fa «روز پایانی اسفند»,
    /// sr "poslednjeg dana marta".
    fn last_day_of_month(&self, at: usize) -> Read<Partial> {
        let at = if self.is(at, Mark::The) { at + 1 } else { at };
        if !self.is_final(at, TimeUnit::Day) {
            return None;
        }
        let next = at + 2 + usize::from(self.is(at + 2, Mark::Of));
        let (month, next) = self.month(next, true)?;
        let mut date = Partial::new(month.calendar);
        (date.day, date.month) = (Some(LAST_DAY), Some(month.number));
        Some(self.with_year(date, next))
    }

    /// Whether the tokens at `at` are "the last" of this unit, in either order.
    pub(super) fn is_final(&self, at: usize, unit: TimeUnit) -> bool {
        self.is(at, Mark::Final) && self.one_unit(at + 1, unit)
            || self.one_unit(at, unit) && self.is(at + 1, Mark::Final)
    }

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
    fn roman(&self, at: usize) -> Read<Month> {
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
