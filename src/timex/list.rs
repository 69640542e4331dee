//! Days that are told one after another: "9 and 10 December", "Tuesday and Wednesday". Those that adjoin are one
//! range, others are each an expression.

use super::{
    number::Read,
    reading::{Partial, Reading, What, Year},
    token::{Kind, Tokens},
};
use crate::{
    calendar::Calendar,
    lexicon::sense::{Mark, Sense, TimeUnit},
};
use chrono::Weekday;

/// How many tokens seven weekdays and what joins them may take.
const WEEK: usize = 24;

/// The days of a list but the last (first token, token after it, weekday, day), the last one as a date with
/// what is told of all, its first token, and the token after the list.
type Days = (Vec<(usize, usize, Option<Weekday>, u8)>, Partial, usize, usize);

impl Tokens<'_> {
    /// Days of one month one after another: a run of consecutive days is one range, other days are each
    /// an expression and share month and year.
    ///
    /// en "3, 5 and 7 March 2020", sr "3., 5. i 7. marta 2020.", ar «3 و5 مارس», fa «۳ و ۴ خرداد».
    pub(super) fn list(&self, at: usize) -> Option<Vec<Reading>> {
        if at.checked_sub(1).is_some_and(|before| self.is(before, Mark::Between)) {
            return None;
        }
        let (mut days, date, last_at, end) =
            self.days_before_month(at).or_else(|| self.days_after_month(at))?;
        let last = date.day?;
        let run = days.iter().map(|(.., day)| *day).chain([last]);
        let steps = run.clone().zip(run.skip(1)).all(|(a, b)| a + 1 == b);
        let rule = "timex.list";
        if let Some((_, _, weekday, day)) = days.first().copied().filter(|_| steps) {
            let first = Partial { day: Some(day), weekday, ..date };
            let what = What::Range(first, date);
            return Some(vec![Reading::new(at, end, what, date.calendar, rule)]);
        }
        days.push((last_at, end, date.weekday, last));
        let reading = |(at, after, weekday, day): (usize, usize, Option<Weekday>, u8)| {
            let what = What::Date(Partial { day: Some(day), weekday, ..date });
            Reading::new(at, after, what, date.calendar, rule)
        };
        Some(days.into_iter().map(reading).collect())
    }

    /// Days, then the last one with its month: "3, 5 and 7 March", "utorak 3. i sreda 4. marta".
    fn days_before_month(&self, at: usize) -> Option<Days> {
        // "Days" that sums up what follows is no part of it.
        if self.one_unit(at, TimeUnit::Day) && self.weekday(at, true).is_none() {
            return None;
        }
        let mut days = Vec::new();
        let mut next = at;
        loop {
            if !days.is_empty()
                && let Some((date, end)) = self.day_of_list(next)
            {
                return Some((days, date, next, end));
            }
            let ((weekday, day), after) = self.bare_day(next)?;
            days.push((next, after, weekday, day));
            let comma = self.sign(after, ',');
            next = after + usize::from(comma);
            next = match self.and(next) {
                Some(next) => next,
                None if comma => next,
                None => return None,
            };
            if days.len() > 9 {
                return None;
            }
        }
    }

    /// Month, then its days: "December 9 and 10". A number that counts what follows it is no day.
    fn days_after_month(&self, at: usize) -> Option<Days> {
        if !self.lexicon.settings.month_first {
            return None;
        }
        let (weekday, start) = match self.weekday(at, true) {
            Some((weekday, next)) => (Some(weekday), next + usize::from(self.sign(next, ','))),
            None => (None, at),
        };
        let (month, next) = self.month(start, true)?;
        let (day, mut next) = self.day(next)?;
        let mut days = vec![(at, next, weekday, day)];
        loop {
            let comma = self.sign(next, ',');
            let joined = self.and(next + usize::from(comma));
            let from = joined.or_else(|| comma.then_some(next + 1))?;
            let (day, after) = self.day(from)?;
            let before = days.last().map_or(0, |(.., day)| *day);
            if day <= before || days.len() > 9 || self.month(after, true).is_some() {
                return None;
            }
            next = after;
            if joined.is_none() {
                days.push((from, after, None, day));
                continue;
            }
            let word = self.get(after).is_some_and(|token| token.kind == Kind::Word && !token.line);
            if self.counted(after) || word && before + 1 != day {
                return None;
            }
            let mut date = Partial::new(month.calendar);
            (date.month, date.day) = (Some(month.number), Some(day));
            let (year, end) = match self.year(next, month.calendar) {
                Some(((year, _), end)) => (year, end),
                None => (Year::Missing, next),
            };
            date.year = year;
            return Some((days, date, from, end));
        }
    }

    fn day_of_list(&self, at: usize) -> Read<Partial> {
        if self.weekday(at, true).is_some() {
            return self.date(at);
        }
        self.number(at).is_none_or(|(_, digits)| digits <= 2).then(|| self.plain_date(at)).flatten()
    }

    /// Weekdays one after another that "and" joins, with what is told of them together. Others are each an
    /// expression.
    ///
    /// en "next Tuesday and Wednesday", ar «يومي الاثنين والثلاثاء المقبلين», fa «روزهای شنبه و یکشنبه»,
    /// sr "utorak i sredu".
    pub(super) fn weekdays_in_a_row(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        let start = at + usize::from(self.is_plural_day(at));
        let (mut first, next) = self.loose_day(start)?;
        let (mut last, mut end, mut sure) = (first, next, self.is_sure_weekday(next - 1));
        if !first.is_loose() || first.weekday.is_none() {
            return None;
        }
        loop {
            let comma = self.sign(end, ',');
            let joined = self.and(end + usize::from(comma));
            let from = joined.or_else(|| comma.then_some(end + 1))?;
            let (day, next) = self.loose_day(from)?;
            // No more than a week of them.
            if end > start + WEEK {
                return None;
            }
            let follows = |day: Partial| last.weekday.map(|day| day.succ()) == day.weekday;
            if !last.is_loose() || day.toward.is_some() || !follows(day) {
                return None;
            }
            sure |= self.is_sure_weekday(next - 1);
            (last, end) = (day, next);
            if joined.is_some() {
                break;
            }
        }
        if !sure && last.is_loose() {
            return None;
        }
        // The days themselves may follow: "Tuesday and Wednesday, May 5 and 6".
        let beside = end + usize::from(self.sign(end, ','));
        if let Some([Reading { what: What::Range(days, until), end, .. }]) =
            self.list(beside).as_deref()
        {
            return Some((*days, *until, *end));
        }
        if !last.is_loose() {
            return Some((first, last, end));
        }
        let of = end + usize::from(self.is(end, Mark::Of));
        if let Some(by) = self.toward(end, false) {
            first.toward = Some(by);
            end += 1;
        } else if let Some((week, after)) = self.shifted(of, TimeUnit::Week) {
            (first.week, end) = (Some(week), after);
        }
        Some((first, last, end))
    }

    /// Two days next to each other, counted from today: "yesterday and today", «أمس واليوم», «دیروز و امروز»,
    /// "danas i sutra".
    pub(super) fn shifts_in_a_row(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        let (first, next) = self.loose_day(at)?;
        let (last, end) = self.loose_day(self.and(next)?)?;
        let adjoin = first.day_shift? + 1 == last.day_shift?;
        (adjoin && first.is_loose() && last.is_loose()).then_some((first, last, end))
    }

    /// Two whole dates that "and" joins, one the day after the other: "May 31 and June 1".
    pub(super) fn adjoining_dates(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        let (first, next) = self.date(at)?;
        let second = self.and(next + usize::from(self.sign(next, ',')))?;
        let (last, end) = self.date(second)?;
        let adjoin = match (first.month?, last.month?) {
            (a, b) if a == b => first.day? + 1 == last.day?,
            (a, b) => {
                a % 12 + 1 == b && last.day? == 1 && ends_month(first.calendar, a, first.day?)
            }
        };
        (first.calendar == last.calendar && adjoin).then_some((first, last, end))
    }

    /// Whether the token at `at` is a weekday and can be nothing else.
    pub(super) fn is_sure_weekday(&self, at: usize) -> bool {
        self.sense(at, |sense| matches!(sense, Sense::Weekday { weak: false, .. }).then_some(()))
            .is_some()
    }

    /// Whether the token at `at` is "days": it stands before the weekdays that it sums up.
    pub(super) fn is_plural_day(&self, at: usize) -> bool {
        self.unit(at) == Some((TimeUnit::Day, Some(0)))
    }

    /// The token after an "and" at `at`, which Arabic writes together with it.
    pub(super) fn and(&self, at: usize) -> Option<usize> {
        if self.is(at, Mark::And) {
            Some(at + 1)
        } else {
            self.get(at).is_some_and(|token| token.clitic).then_some(at)
        }
    }
}

/// Whether a day may be the last of its month.
const fn ends_month(calendar: Calendar, month: u8, day: u8) -> bool {
    match (calendar, month) {
        (Calendar::Gregorian, 2) => day >= 28,
        (Calendar::Gregorian, 4 | 6 | 9 | 11) => day == 30,
        (Calendar::Gregorian, _) | (Calendar::Jalali, 1..=6) => day == 31,
        (Calendar::Jalali, _) | (Calendar::Hijri, _) => day >= 29,
    }
}
