//! Calendar dates written in words and digits, whole or in part.

use super::{
    number::Read,
    reading::{LAST_DAY, Partial, Year},
    token::Tokens,
};
use crate::lexicon::sense::{Mark, Sense, TimeUnit};
use chrono::Weekday;

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
    pub(super) fn with_year(&self, mut date: Partial, at: usize) -> (Partial, usize) {
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
}
