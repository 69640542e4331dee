//! Ranges of dates, and what lasts since then.

use super::{
    number::Read,
    reading::{Partial, Reading, What, Year},
    token::Tokens,
};
use crate::{
    calendar::Calendar,
    lexicon::sense::{Mark, Sense, TimeUnit},
};
use chrono::Weekday;

impl Tokens<'_> {
    /// The token after what joins the two ends of a range, and whether it can also join a list.
    fn joint(&self, at: usize, first: usize) -> Read<()> {
        if self.sign(at, '-') || self.is(at, Mark::To) {
            let next = at + 1;
            return Some(((), next));
        }
        let between = first.checked_sub(1).is_some_and(|before| {
            self.is(before, Mark::Between)
                || before > 0
                    && self.is_unit(before, TimeUnit::Day)
                    && self.is(before - 1, Mark::Between)
        });
        let and = self.is(at, Mark::And);
        // An Arabic "and" is written together with the word after it.
        let joined = self.get(at).is_some_and(|token| token.clitic);
        if between && and {
            Some(((), at + 1))
        } else if between && joined {
            Some(((), at))
        } else {
            None
        }
    }

    /// From one date to another.
    ///
    /// en "24 to 26 February", "Feb. 18-20, 2014"; ar «بين 15 مايو و15 أغسطس 2027» (without «بين»);
    /// fa «۲۸ اسفند تا ۱۴ فروردین»; sr "15. maja do 15. avgusta 2027."
    pub(super) fn range(&self, at: usize) -> Option<Reading> {
        if self.is_moved_from(at) {
            return None;
        }
        self.days_of_month(at)
            .or_else(|| self.month_then_days(at))
            .or_else(|| self.dates(at))
            .or_else(|| self.months(at))
            .or_else(|| self.years(at))
            .or_else(|| self.loose_days(at))
            .map(|found| (found, "timex.range"))
            .or_else(|| {
                let found = self
                    .weekdays_in_a_row(at)
                    .or_else(|| self.shifts_in_a_row(at))
                    .or_else(|| self.adjoining_dates(at));
                found.map(|found| (found, "timex.list"))
            })
            .map(|((first, last, end), rule)| {
                let what = What::Range(first, last);
                Reading::new(at, end, what, last.calendar, rule)
            })
    }

    /// A day with the weekday before it, without its month.
    pub(super) fn bare_day(&self, at: usize) -> Read<(Option<Weekday>, u8)> {
        let (weekday, mut next) = match self.weekday(at, true) {
            Some((weekday, next)) => (Some(weekday), next),
            None => (None, at),
        };
        if weekday.is_some() && self.sign(next, ',') {
            next += 1;
        }
        if self.is(next, Mark::The) {
            next += 1;
        }
        let noun = self.one_unit(next, TimeUnit::Day);
        let (day, next) = self.day(if noun { next + 1 } else { next })?;
        Some(((weekday, day), next))
    }

    fn days_of_month(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        let ((weekday, day), next) = self.bare_day(at)?;
        let slash = self.sign(next, '/') && self.glued(next) && self.glued(next + 1);
        let (_, second) = if slash { Some(((), next + 1)) } else { self.joint(next, at) }?;
        let second = if self.is(second, Mark::At)
            && !self.is(second, Mark::The)
            && self.number(second + 1).is_some()
        {
            second + 1
        } else {
            second
        };
        let (last, end) = self.date(second)?;
        let mut first = Partial {
            year: last.year,
            month: last.month,
            month_shift: last.month_shift,
            ..Partial::new(last.calendar)
        };
        (first.weekday, first.day) = (weekday, Some(day));
        (last.day? > day).then_some((first, last, end))
    }

    fn month_then_days(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        if !self.lexicon.settings.month_first {
            return None;
        }
        let (month, next) = self.month(at, true)?;
        let (day, next) = self.day(next)?;
        let (_, next) = self.joint(next, at)?;
        let (until, next) = self.day(next)?;
        if until <= day || self.month(next, true).is_some() {
            return None;
        }
        let mut last = Partial::new(month.calendar);
        (last.month, last.day) = (Some(month.number), Some(until));
        let (year, end) = match self.year(next, month.calendar) {
            Some(((year, _), end)) => (year, end),
            None => (Year::Missing, next),
        };
        last.year = year;
        Some((Partial { day: Some(day), ..last }, last, end))
    }

    /// Days of which at least one is told by its weekday or its distance alone.
    ///
    /// en "from Thursday to Saturday", ar «من الخميس حتى السبت», fa «از فردا تا جمعه», sr "od srede do
    /// petka", "sa srede na četvrtak" (all without the preposition).
    fn loose_days(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        let (first, next) = self.loose_day(at)?;
        let adjoins = self.weekday(next, false).is_some()
            && self.get(next).is_some_and(|token| !token.line && !token.clitic);
        let night = adjoins
            || self.is(next, Mark::Into)
            || self.sign(next, '-')
            || self.joint(next, at).is_some_and(|_| !self.is(next, Mark::To));
        let (_, second) = self
            .joint(next, at)
            .or_else(|| self.is(next, Mark::Into).then_some(((), next + 1)))
            .or_else(|| adjoins.then_some(((), next)))?;
        let second = if self.is(second, Mark::At) && !night { second + 1 } else { second };
        let (last, end) = self.loose_day(second)?;
        if !first.is_loose() && !last.is_loose() {
            return None;
        }
        let (Some(from), Some(to)) = (first.weekday, last.weekday) else {
            return Some((first, last, end));
        };
        // A name that is something else too needs the other to be sure of it.
        if self.weekday(at, false).is_none() && self.weekday(second, false).is_none() {
            return None;
        }
        let steps = to.days_since(from);
        if night && !first.is_loose() || night && steps != 1 && !self.sign(next, '-') {
            return None;
        }
        // The days themselves may follow: "subote i nedelje, 29. i 30. oktobra".
        let beside = if self.sign(end, ',') { end + 1 } else { end };
        if let Some([Reading { what: What::Range(days, until), end, .. }]) =
            self.list(beside).as_deref()
        {
            return Some((*days, *until, *end));
        }
        Some((first, last, end))
    }

    pub(super) fn loose_day(&self, at: usize) -> Read<Partial> {
        if let Some(found) = self.date(at) {
            return Some(found);
        }
        let mut day = Partial::new(self.lexicon.settings.calendar);
        let shift = self.sense(at, |sense| match sense {
            Sense::DayShift(by) => Some(*by),
            _ => None,
        });
        if let Some(by) = shift {
            day.day_shift = Some(by);
            return Some((day, at + 1));
        }
        let toward = self.toward(at, true);
        let start = at + usize::from(toward.is_some());
        if toward.is_some() && self.is_unit(start, TimeUnit::Week) && !self.is_sure_weekday(start) {
            return None;
        }
        let (weekday, next) = self.weekday(start, true)?;
        (day.weekday, day.toward) = (Some(weekday), toward);
        Some((day, next))
    }

    fn dates(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        let (first, next) = self.date(at)?;
        let (_, second) = self.joint(next, at)?;
        let second = if self.is(second, Mark::To) { second + 1 } else { second };
        let (last, end) = self.date(second)?;
        Some((first, last, end))
    }

    fn months(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        let (month, next) = self.month(at, true)?;
        let mut first = Partial { month: Some(month.number), ..Partial::new(month.calendar) };
        let next = match self.year(next, month.calendar) {
            Some(((year, _), next)) => {
                first.year = year;
                next
            }
            None => next,
        };
        let (_, second) = self.joint(next, at)?;
        let (month, next) = self.month(second, true)?;
        let mut last = Partial { month: Some(month.number), ..Partial::new(month.calendar) };
        let end = match self.year(next, month.calendar) {
            Some(((year, _), end)) => {
                last.year = year;
                end
            }
            None => next,
        };
        let led = self.is_led(at);
        (last.year != Year::Missing || led).then_some((first, last, end))
    }

    /// Whether a preposition leads to the token at `at`.
    fn is_led(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            [Mark::At, Mark::From, Mark::Between, Mark::Since, Mark::By]
                .into_iter()
                .any(|mark| self.is(before, mark))
        })
    }

    pub(super) fn years(&self, at: usize) -> Option<(Partial, Partial, usize)> {
        if self.is_numbered(at) {
            return None;
        }
        let start = if self.is_unit(at, TimeUnit::Year) { at + 1 } else { at };
        let (value, digits) = self.number(start).filter(|_| digits_of_year(self, start))?;
        let mut next = start + 1;
        if self.lexicon.settings.dotted_ordinals && self.sign(next, '.') && self.glued(next) {
            next += 1;
            if self.is_unit(next, TimeUnit::Year) {
                next += 1;
            }
        }
        let slash = self.sign(next, '/') && self.glued(next);
        let second = if slash { next + 1 } else { self.joint(next, at)?.1 };
        let (until, last_digits) =
            self.number(if self.is_unit(second, TimeUnit::Year) { second + 1 } else { second })?;
        if digits == 4 && last_digits == 2 && (slash || self.glued(second)) {
            let until = value - value % 100 + until;
            let close = self.clean_right(second + 1) && until == value + 1;
            let year = i32::try_from(value).ok()?;
            let calendar = self.stated_calendar(value)?;
            let make = |year| Partial { year: Year::Stated(year), ..Partial::new(calendar) };
            return close.then_some((make(year), make(year + 1), second + 1));
        }
        let ((last, calendar), end) = self.stated_year(second, None)?;
        if last_digits != 4 && (slash || digits == 4) {
            return None;
        }
        let first = i32::try_from(value).ok()?;
        let first = if digits == 2 { 1300 + first } else { first };
        let make = |year| Partial { year: Year::Stated(year), ..Partial::new(calendar) };
        (first < last && last - first <= 300 && !self.counted(end)).then_some((
            make(first),
            make(last),
            end,
        ))
    }

    fn stated_calendar(&self, value: u32) -> Option<Calendar> {
        match value {
            1500..=2199 => Some(Calendar::Gregorian),
            1200..=1499 => Some(self.lexicon.settings.calendar),
            _ => None,
        }
    }

    pub(super) fn whole_date(&self, at: usize) -> Option<Reading> {
        let (date, end) = self.date(at)?;
        Some(Reading::new(at, end, What::Date(date), date.calendar, "timex.date"))
    }

    pub(super) fn month_reading(&self, at: usize) -> Option<Reading> {
        let (date, end) = self.month_year(at)?;
        Some(Reading::new(at, end, What::Date(date), date.calendar, "timex.month"))
    }

    /// "since June 2024", «منذ يونيو 2024», "od juna 2024.", «از خرداد ۱۴۰۳ تاکنون».
    pub(super) fn since(&self, at: usize) -> Option<Reading> {
        let since = self.is(at, Mark::Since);
        let from = self.is(at, Mark::From);
        if !since && !from {
            return None;
        }
        let start = if self.is(at + 1, Mark::The)
            && self.number(at + 2).is_none()
            && self.word(at + 2).is_none()
        {
            at + 2
        } else {
            at + 1
        };
        if self.range(start).is_some() || self.is_moved_from(start) {
            return None;
        }
        let mut reading = self.about(start).or_else(|| self.unit_of_time(start))?;
        let now = self.is(reading.end, Mark::UntilNow);
        if now {
            reading.end += 1;
        } else if !since || self.is(reading.end, Mark::To) || self.sign(reading.end, '-') {
            return None;
        }
        (reading.signal, reading.open) = (if now && from { 0 } else { reading.first - at }, true);
        reading.doubtful = from && !now;
        reading.first = at;
        Some(reading)
    }

    /// Any single date or period.
    pub(super) fn unit_of_time(&self, at: usize) -> Option<Reading> {
        [
            Self::whole_date,
            Self::day_shift,
            Self::told_shift,
            Self::decade,
            Self::century,
            Self::first_months,
            Self::week_of_month,
            Self::part_of_year,
            Self::season,
            Self::distance,
            Self::weekday_alone,
            Self::period,
            Self::new_year,
            Self::told_period,
            Self::weekend,
            Self::month_reading,
            Self::same_month,
            Self::year_alone,
        ]
        .into_iter()
        .filter_map(|rule| rule(self, at))
        .reduce(|best, other| if other.end > best.end { other } else { best })
    }
}

fn digits_of_year(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.clean_left(at)
        && tokens.number(at).is_some_and(|(value, digits)| {
            digits == 4 && matches!(value, 1200..=2199)
                || digits == 2 && tokens.is_unit(at.wrapping_sub(1), TimeUnit::Year)
        })
}
