//! Dates meant only about: "early March", "around 10 September", "the end of the year", "the first week of
//! May".

use super::{
    reading::{Reading, What},
    token::{Kind, Tokens},
};
use crate::lexicon::sense::{Mark, Part, Sense, TimeUnit};

impl Tokens<'_> {
    /// "early", "mid", "late", "around" before a date or period. The time of day that "late Monday" means
    /// is not about then, so weekdays and days take only "around".
    pub(super) fn about(&self, at: usize) -> Option<Reading> {
        let lead = at + usize::from(self.is(at, Mark::The));
        let part = self.sense(lead, |sense| match sense {
            Sense::Approx(part) => Some(*part),
            _ => None,
        })?;
        let mut start = lead + 1;
        if self.sign(start, '-') {
            start += 1;
        }
        if self.is(start, Mark::Of) {
            start += 1;
        }
        if self.is(start, Mark::The)
            && self.word(start + 1).is_some()
            && part != Part::About
            && self.number(start + 1).is_none()
        {
            start += 1;
        }
        let whole = part == Part::About;
        // "Late Feb. 26" is a time of that day.
        if !whole && self.date(start).is_some() {
            return None;
        }
        let mut reading = self
            .range(start)
            .filter(|_| whole)
            .or_else(|| self.whole_date(start).filter(|_| whole))
            .or_else(|| self.decade(start))
            .or_else(|| self.century(start))
            .or_else(|| self.part_of_year(start))
            .or_else(|| self.season_after(start, true))
            .or_else(|| self.month_reading(start))
            .or_else(|| self.year_alone(start))
            .or_else(|| self.distance(start).filter(|_| whole))
            .or_else(|| self.period(start).filter(|_| !whole))
            .or_else(|| self.new_year_after(start).filter(|_| !whole))
            .or_else(|| self.current(start).filter(|_| !whole))?;
        if whole && reading.rule.0 == "timex.year" && !self.year_about(reading.end) {
            return None;
        }
        (reading.first, reading.part) = (at, Some(part));
        Some(reading)
    }

    /// A period named after "the end of" without saying which: the one in which the text was written.
    /// en "the end of the year", ar «نهاية العام», fa «پایان سال», sr "kraja meseca".
    fn current(&self, at: usize) -> Option<Reading> {
        let unit = [TimeUnit::Week, TimeUnit::Month, TimeUnit::Year]
            .into_iter()
            .find(|unit| self.one_unit(at, *unit))?;
        let what = What::Period { unit, shift: 0 };
        let goes_on = self.is(at + 1, Mark::Of) || self.number(at + 1).is_some();
        let calendar = self.lexicon.settings.calendar;
        (!goes_on).then(|| Reading::new(at, at + 1, what, calendar, "timex.current-period"))
    }

    /// "around 2025" is a year only where nothing can be counted after it.
    fn year_about(&self, end: usize) -> bool {
        self.get(end)
            .is_none_or(|token| token.line || !matches!(token.kind, Kind::Word | Kind::Number(..)))
            || self.lexicon.settings.dotted_ordinals
    }

    /// A week of a month: "the last week of March", «الأسبوع الأول من مايو»: the month, about then.
    pub(super) fn week_of_month(&self, at: usize) -> Option<Reading> {
        let start = if self.is(at, Mark::The) { at + 1 } else { at };
        let (part, next) = if let Some((by, next)) = self.shifted(start, TimeUnit::Week) {
            (if by < 0 { Part::End } else { Part::Mid }, next)
        } else if let Some((n, next)) = self.ordinal(start)
            && self.is_unit(next, TimeUnit::Week)
        {
            (if n == 1 { Part::Start } else { Part::Mid }, next + 1)
        } else if self.is_unit(start, TimeUnit::Week)
            && let Some((n, next)) = self.ordinal(start + 1)
        {
            (if n == 1 { Part::Start } else { Part::Mid }, next)
        } else if self.is_final(start, TimeUnit::Week) {
            (Part::End, start + 2)
        } else {
            return None;
        };
        let next = if self.is(next, Mark::Of) { next + 1 } else { next };
        let (date, end) = self.any_month(next)?;
        let mut reading =
            Reading::new(at, end, What::Date(date), date.calendar, "timex.week-of-month");
        reading.part = Some(part);
        Some(reading)
    }
}
