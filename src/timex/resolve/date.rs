//! Days, months and years.

use super::{Fault, Reason, Story, Told, Value, month, shift_month, year};
use crate::{
    calendar::{Calendar, Edtf, Precision, Ymd},
    lexicon::sense::TimeUnit,
    model::Basis,
    timex::{
        reading::{LAST_DAY, Origin, Partial, Year},
        tense::Tense,
    },
};
use chrono::{Datelike as _, NaiveDate};

/// A month of last year that lies this many months back is not named without its year; the one ahead is
/// meant.
const FORGOTTEN: i32 = 9;

/// A date told with its year that lies more than this many days back carries its year on to the dates that
/// follow it in the sentence; of one more recent they are counted from the anchor.
const LONG_AGO: i64 = 300;

impl Story<'_> {
    pub(super) fn date(
        &self,
        date: Partial,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        match (date.day, date.month, date.month_shift) {
            (Some(day), Some(month), _) => self.day_and_month(date, day, month, tense, reasons),
            (Some(day), None, Some(shift)) => {
                let anchor = self.day(reasons)?;
                let (year, month) = shift_month(date.calendar, anchor, shift)?;
                let day = on(date.calendar, year, month, day)?;
                Ok(Value::new(Edtf::day(day), Precision::Day, Basis::Relative))
            }
            (Some(day), None, None) if date.same_month => {
                let (calendar, year, month) = self.month.ok_or(Fault::NoAnchor)?;
                let day = on(calendar, year, month, day)?;
                reasons.push(Reason::CountedFromTold(day));
                Ok(Value::new(Edtf::day(day), Precision::Day, Basis::Relative))
            }
            (None, None, Some(shift)) => {
                let anchor = self.day(reasons)?;
                let (year, number) = shift_month(date.calendar, anchor, shift)?;
                let when = month(date.calendar, year, number)?;
                Ok(Value::new(when, Precision::Month, Basis::Relative))
            }
            (None, Some(number), _) => self.month_alone(date, number, tense, reasons),
            (None, None, None) if date.same_month => {
                let told = self.told.ok_or(Fault::NoAnchor)?;
                let number = date.calendar.date(told.first).ok_or(Fault::NoSuchDate)?.month;
                self.month_alone(date, number, tense, reasons)
            }
            (None, None, None) if date.is_loose() => self.loose(date, tense, reasons),
            _ => match date.year {
                Year::Stated(number) => {
                    reasons.push(Reason::Written);
                    Ok(Value::new(year(date.calendar, number)?, Precision::Year, Basis::Stated))
                }
                Year::Shift(by) => {
                    let number = self.anchor_year(date.calendar, by, reasons)?;
                    Ok(Value::new(year(date.calendar, number)?, Precision::Year, Basis::Relative))
                }
                Year::Told(by) => {
                    let number = self.told_year(date.calendar, by, reasons)?;
                    Ok(Value::new(year(date.calendar, number)?, Precision::Year, Basis::Relative))
                }
                Year::Missing => Err(Fault::NoSuchDate),
            },
        }
    }

    /// A day told by its distance or its weekday alone.
    pub(super) fn loose(
        &self,
        date: Partial,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        match (date.day_shift, date.weekday) {
            (Some(by), _) => self.count(TimeUnit::Day, by, Origin::Anchor, tense, reasons),
            (None, Some(weekday)) => self.weekday(weekday, date.toward, date.week, tense, reasons),
            (None, None) => Err(Fault::NoSuchDate),
        }
    }

    pub(super) fn anchor_year(
        &self,
        calendar: Calendar,
        by: i32,
        reasons: &mut Vec<Reason>,
    ) -> Result<i32, Fault> {
        let day = self.day(reasons)?;
        calendar.date(day).map(|date| date.year.saturating_add(by)).ok_or(Fault::NoSuchDate)
    }

    /// The year `by` years from that of the date told last.
    pub(super) fn told_year(
        &self,
        calendar: Calendar,
        by: i32,
        reasons: &mut Vec<Reason>,
    ) -> Result<i32, Fault> {
        let told = self.told.ok_or(Fault::NoAnchor)?.last;
        reasons.push(Reason::CountedFromTold(told));
        calendar.date(told).map(|date| date.year.saturating_add(by)).ok_or(Fault::NoSuchDate)
    }

    /// The day or month told with its year before in the same sentence, if that lies so far back that what
    /// follows it goes on from there: "initialled on 21 November 1995 and signed on 14 December".
    pub(super) fn goes_on_from(&self, calendar: Calendar) -> Option<Told> {
        let told = self.told_here().filter(|told| told.stated && told.calendar == calendar)?;
        let back = (self.anchor.latest() - told.last).num_days();
        (told.precision <= Precision::Month && back > LONG_AGO && !self.ahead).then_some(told)
    }

    fn day_and_month(
        &self,
        date: Partial,
        day: u8,
        month: u8,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let (number, basis) = match date.year {
            Year::Stated(number) => {
                reasons.push(Reason::Written);
                (number, Basis::Stated)
            }
            Year::Shift(by) => {
                (self.anchor_year(date.calendar, by, reasons)?, Basis::YearFromAnchor)
            }
            Year::Told(by) => (self.told_year(date.calendar, by, reasons)?, Basis::Relative),
            Year::Missing => return self.missing_year(date, day, month, tense, reasons),
        };
        let found = on(date.calendar, number, month, day)?;
        Ok(self.confirmed(found, date, basis, reasons))
    }

    /// A day with its year, held against the weekday beside it.
    fn confirmed(
        &self,
        day: NaiveDate,
        date: Partial,
        basis: Basis,
        reasons: &mut Vec<Reason>,
    ) -> Value {
        let mut value = Value::new(Edtf::day(day), Precision::Day, basis);
        match date.weekday {
            Some(weekday) if weekday == day.weekday() => reasons.push(Reason::WeekdayFits(1)),
            Some(weekday) => {
                let near = [day.pred_opt(), day.succ_opt()].into_iter().flatten();
                match near
                    .into_iter()
                    .find(|other| date.calendar == Calendar::Hijri && other.weekday() == weekday)
                {
                    Some(other) => {
                        reasons.push(Reason::LunarConfirmed);
                        value.when = Edtf::day(other);
                    }
                    None => {
                        reasons.push(Reason::WeekdayContradicts(weekday));
                        value.conflict = true;
                    }
                }
            }
            None if date.calendar == Calendar::Hijri => {
                reasons.push(Reason::LunarUnconfirmed);
                value.when = value.when.approximately();
            }
            None => {}
        }
        value
    }

    fn month_alone(
        &self,
        date: Partial,
        number: u8,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let calendar = date.calendar;
        let (number_of_year, basis) = match date.year {
            Year::Stated(year) => {
                reasons.push(Reason::Written);
                (year, Basis::Stated)
            }
            Year::Shift(by) => (self.anchor_year(calendar, by, reasons)?, Basis::YearFromAnchor),
            Year::Told(by) => (self.told_year(calendar, by, reasons)?, Basis::Relative),
            Year::Missing
                if date.toward.is_none()
                    && let Some(told) = self.goes_on_from(calendar) =>
            {
                reasons.push(Reason::CountedFromTold(told.last));
                let told = calendar.date(told.last).ok_or(Fault::NoSuchDate)?;
                let apart = i32::from(number) - i32::from(told.month);
                let turn = if apart > 6 { -1 } else { i32::from(apart < -6) };
                (told.year + turn, Basis::Relative)
            }
            Year::Missing => {
                let anchor = self.anchor.latest();
                let now = calendar.date(anchor).ok_or(Fault::NoSuchDate)?;
                reasons.push(Reason::NearestTo(anchor));
                push_tense(tense, reasons);
                (self.year_of_month(now, number, date.toward, tense), Basis::YearFromAnchor)
            }
        };
        let value = Value::new(month(calendar, number_of_year, number)?, Precision::Month, basis);
        Ok(value)
    }

    /// The year of a month without one: the nearest that the tense allows.
    fn year_of_month(&self, now: Ymd, number: u8, toward: Option<i32>, tense: Tense) -> i32 {
        let behind = if number <= now.month { now.year } else { now.year - 1 };
        let ahead = if number >= now.month { now.year } else { now.year + 1 };
        if self.anchor.day().is_none() {
            return behind;
        }
        let since = i32::from(now.month) - i32::from(number) + 12 * (now.year - behind);
        match (toward, tense) {
            (Some(0), _) => now.year,
            (Some(by), _) if by < 0 => now.year - i32::from(number >= now.month),
            (Some(_), _) => now.year + i32::from(number <= now.month),
            (None, Tense::Future) => ahead,
            (None, Tense::Past) if behind == now.year || since < FORGOTTEN => behind,
            (None, Tense::Unknown) if since < FORGOTTEN - 1 => behind,
            (None, _) => ahead,
        }
    }
}

pub(super) fn push_tense(tense: Tense, reasons: &mut Vec<Reason>) {
    match tense {
        Tense::Past => reasons.push(Reason::Past),
        Tense::Future => reasons.push(Reason::Future),
        Tense::Unknown => {}
    }
}

pub(super) fn on(calendar: Calendar, year: i32, month: u8, day: u8) -> Result<NaiveDate, Fault> {
    if day == LAST_DAY {
        let (_, last) = calendar.months(year, month, 1).map_err(|_| Fault::NoSuchDate)?;
        return Ok(last);
    }
    calendar.day(Ymd { year, month, day }).map_err(|_| Fault::NoSuchDate)
}
