//! From one date to another: what one end does not say, the other does.

use super::{Fault, Reason, Story, Value, add_days};
use crate::{
    calendar::{Edtf, Precision},
    model::Basis,
    timex::{
        reading::{Partial, Year},
        tense::Tense,
    },
};
use chrono::{Datelike as _, NaiveDate};

impl Story<'_> {
    /// A range; without years, its first day is found first and its last one follows.
    pub(super) fn range(
        &self,
        first: Partial,
        last: Partial,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        if first.is_loose() || last.is_loose() {
            return self.loose_range(first, last, tense, reasons);
        }
        let (first, last) = complete(first, last);
        let (start, end) = match (first.year, last.year) {
            (Year::Missing, Year::Missing) => {
                let start = self.date(first, tense, reasons)?;
                let end = self.not_before(last, &start)?;
                (start, end)
            }
            _ => (self.date(first, tense, reasons)?, self.date(last, tense, reasons)?),
        };
        let when =
            Edtf::interval(start.when.ends().0, end.when.ends().1).ok_or(Fault::NoSuchDate)?;
        let mut value = Value::new(when, start.precision.min(end.precision), start.basis);
        value.conflict = start.conflict || end.conflict;
        Ok(value)
    }

    /// A range of which one end or both are told by weekday or distance: its last day is the first such
    /// day from its first on; its first, where only that is loose, the last such day up to its last.
    fn loose_range(
        &self,
        first: Partial,
        last: Partial,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let end_of = |day: NaiveDate| {
            let value = |reasons: &mut Vec<Reason>| match last.weekday {
                Some(weekday) if last.is_loose() && last.day_shift.is_none() => {
                    let day = day.iter_days().take(7).find(|day| day.weekday() == weekday);
                    day.map(|day| Value::new(Edtf::day(day), Precision::Day, Basis::Relative))
                        .ok_or(Fault::NoSuchDate)
                }
                _ => self.date(last, tense, reasons),
            };
            value(&mut Vec::new())
        };
        let (start, end) = match first.weekday {
            Some(weekday) if first.is_loose() && !last.is_loose() => {
                let end = self.date(last, tense, reasons)?;
                let until = end.when.as_day().ok_or(Fault::NoSuchDate)?;
                let days = std::iter::successors(Some(until), |day| day.pred_opt());
                let from = days.take(7).find(|day| day.weekday() == weekday);
                (from.ok_or(Fault::NoSuchDate)?, until)
            }
            // Nothing says on which side of the anchor the days lie: the nearest are meant.
            Some(weekday)
                if tense == Tense::Unknown && first.toward.is_none() && first.week.is_none() =>
            {
                let anchor = self.day(reasons)?;
                let back = i64::from(anchor.weekday().days_since(weekday));
                let start = add_days(anchor, if back > 3 { 7 - back } else { -back })?;
                (start, end_of(start)?.when.as_day().ok_or(Fault::NoSuchDate)?)
            }
            _ => {
                let start = self.date(first, tense, reasons)?.when.as_day();
                let start = start.ok_or(Fault::NoSuchDate)?;
                (start, end_of(start)?.when.as_day().ok_or(Fault::NoSuchDate)?)
            }
        };
        let when = Edtf::days(start, end).ok_or(Fault::NoSuchDate)?;
        Ok(Value::new(when, Precision::Day, Basis::Relative))
    }

    /// The end of a range without years: the first such date that does not lie before its start.
    fn not_before(&self, last: Partial, start: &Value) -> Result<Value, Fault> {
        let from = start.when.range().first().ok_or(Fault::NoSuchDate)?;
        let year_of_start = last.calendar.date(from).ok_or(Fault::NoSuchDate)?.year;
        [year_of_start, year_of_start + 1]
            .into_iter()
            .filter_map(|year| {
                let date = Partial { year: Year::Stated(year), ..last };
                self.date(date, Tense::Unknown, &mut Vec::new()).ok()
            })
            .find(|value| value.when.range().last().is_some_and(|last| last >= from))
            .ok_or(Fault::NoSuchDate)
    }
}

/// Hands month and year from one end of a range to the other where it has none.
fn complete(mut first: Partial, mut last: Partial) -> (Partial, Partial) {
    if first.month.is_none() && first.day.is_some() {
        (first.month, first.calendar) = (last.month, last.calendar);
    }
    if last.month.is_none() && last.day.is_some() {
        (last.month, last.calendar) = (first.month, first.calendar);
    }
    let wraps = matches!((first.month, last.month), (Some(a), Some(b)) if a > b);
    let turn = i32::from(wraps);
    match (first.year, last.year) {
        (Year::Missing, Year::Stated(year)) => first.year = Year::Stated(year - turn),
        (Year::Stated(year), Year::Missing) => last.year = Year::Stated(year + turn),
        (Year::Missing, Year::Shift(by)) => first.year = Year::Shift(by - turn),
        (Year::Shift(by), Year::Missing) => last.year = Year::Shift(by + turn),
        _ => {}
    }
    (first, last)
}
