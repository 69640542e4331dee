//! Periods: weeks, quarters, seasons, decades.

use super::{Fault, Reason, Story, Value, add_days, days, month, point, shift_month, year};
use crate::{
    calendar::{Calendar, Edtf, Precision, Unit},
    lexicon::sense::{Part, TimeUnit},
    model::Basis,
    timex::{
        reading::{Century, Reading, Year},
        tense::Tense,
    },
};
use chrono::{Datelike as _, NaiveDate};

impl Story<'_> {
    /// "this week", "last month", "next year".
    pub(super) fn period(
        &self,
        unit: TimeUnit,
        shift: i32,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let anchor = self.day(reasons)?;
        let calendar = self.settings.calendar;
        let (when, precision) = match unit {
            TimeUnit::Day => (Edtf::day(add_days(anchor, i64::from(shift))?), Precision::Day),
            TimeUnit::Week => {
                let first = add_days(self.week_start(anchor)?, 7 * i64::from(shift))?;
                (days((first, add_days(first, 6)?))?, Precision::Week)
            }
            TimeUnit::Weekend => {
                let start = self.week_start(anchor)?;
                let into = i64::from(self.settings.weekend.days_since(self.settings.week_starts));
                let first = add_days(start, into + 7 * i64::from(shift))?;
                (days((first, add_days(first, 1)?))?, Precision::Day)
            }
            TimeUnit::Month => {
                let (year, number) = shift_month(calendar, anchor, shift)?;
                (month(calendar, year, number)?, Precision::Month)
            }
            TimeUnit::Quarter => {
                let now = calendar.date(anchor).ok_or(Fault::NoSuchDate)?;
                let quarters = now.year * 4 + i32::from((now.month - 1) / 3) + shift;
                let n = u8::try_from(quarters.rem_euclid(4) + 1).map_err(|_| Fault::NoSuchDate)?;
                (quarter(calendar, quarters.div_euclid(4), n)?, Precision::Quarter)
            }
            TimeUnit::Year => {
                let number = self.anchor_year(calendar, shift, reasons)?;
                (year(calendar, number)?, Precision::Year)
            }
            TimeUnit::Decade => {
                let number = self.anchor_year(calendar, shift.saturating_mul(10), reasons)?;
                return self.decade(calendar, number - number.rem_euclid(10), reasons);
            }
            TimeUnit::Hour | TimeUnit::Half | TimeUnit::Century => return Err(Fault::NoSuchDate),
        };
        Ok(Value::new(when, precision, Basis::Relative))
    }

    /// Which period "the beginning of the year" or "the end of the month" is part of, from that of the anchor:
    /// the next where the clause says that it is ahead and it is over in this one; the one before where it is
    /// told in the past and this one has hardly begun.
    pub(super) fn turn(&self, reading: &Reading, unit: TimeUnit, tense: Tense) -> i32 {
        let (Some(day), Some(part)) = (self.anchor.day(), reading.part) else { return 0 };
        let Some(date) = self.settings.calendar.date(day) else { return 0 };
        if reading.rule.0 != "timex.current-period" {
            return 0;
        }
        // How far the period has gone, in twelfths.
        let gone = match unit {
            TimeUnit::Year => u32::from(date.month),
            TimeUnit::Month => u32::from(date.day) * 12 / 31,
            TimeUnit::Week => day.weekday().days_since(self.settings.week_starts) * 12 / 7,
            _ => return 0,
        };
        match (part, tense) {
            (Part::Start, Tense::Future) if self.ahead && gone > 5 => 1,
            (Part::Mid, Tense::Future) if self.ahead && gone > 8 => 1,
            (Part::End, Tense::Past) if gone < 3 => -1,
            _ => 0,
        }
    }

    /// The year that begins next, or in its first half the one that has begun.
    pub(super) fn new_year(
        &self,
        calendar: Calendar,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let day = self.anchor.day().ok_or(Fault::NoAnchor)?;
        let second_half = calendar.date(day).ok_or(Fault::NoSuchDate)?.month > 6;
        let number = self.anchor_year(calendar, i32::from(second_half), reasons)?;
        Ok(Value::new(year(calendar, number)?, Precision::Year, Basis::Relative))
    }

    /// The days of rest nearest to the anchor on the side of which the clause speaks.
    pub(super) fn weekend(&self, tense: Tense, reasons: &mut Vec<Reason>) -> Result<Value, Fault> {
        let anchor = self.day(reasons)?;
        let into = i64::from(anchor.weekday().days_since(self.settings.weekend));
        let by = if tense == Tense::Future && into > 1 { 7 - into } else { -into };
        let first = add_days(anchor, by)?;
        Ok(Value::new(days((first, add_days(first, 1)?))?, Precision::Day, Basis::Relative))
    }

    pub(super) fn century(
        &self,
        which: Century,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let (first, basis) = match which {
            Century::Number(n) => {
                reasons.push(Reason::Written);
                (i32::from(n) * 100 - 100, Basis::Stated)
            }
            Century::Shift(by) => {
                let year = self.anchor_year(Calendar::Gregorian, 0, reasons)?;
                (year - year.rem_euclid(100) + by.saturating_mul(100), Basis::Relative)
            }
        };
        Ok(Value::new(point(Unit::Century(first))?, Precision::Century, basis))
    }

    pub(super) fn decade(
        &self,
        calendar: Calendar,
        first: i32,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        reasons.push(Reason::Written);
        let when = if calendar == Calendar::Gregorian {
            point(Unit::Decade(first))?
        } else {
            days(calendar.months(first, 1, 120).map_err(|_| Fault::NoSuchDate)?)?
        };
        Ok(Value::new(when, Precision::Decade, Basis::Stated))
    }

    /// A quarter or a half of a year.
    pub(super) fn part_of_year(
        &self,
        unit: TimeUnit,
        n: u8,
        stated: Year,
        calendar: Calendar,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let make = |year: i32| match unit {
            TimeUnit::Half => half(calendar, year, n),
            _ => quarter(calendar, year, n),
        };
        let precision = if unit == TimeUnit::Half { Precision::Half } else { Precision::Quarter };
        let (year, basis) = self.year_of_part(stated, calendar, None, tense, reasons, make)?;
        Ok(Value::new(make(year)?, precision, basis))
    }

    pub(super) fn season(
        &self,
        n: u8,
        stated: Year,
        calendar: Calendar,
        toward: Option<i32>,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let make = |year: i32| {
            if calendar == Calendar::Gregorian {
                point(Unit::Season(year, 20 + n))
            } else {
                quarter(calendar, year, n)
            }
        };
        let (year, basis) = self.year_of_part(stated, calendar, toward, tense, reasons, make)?;
        Ok(Value::new(make(year)?, Precision::Season, basis))
    }

    /// The first so many months of a year: "the first nine months of 2024".
    pub(super) fn first_months(
        &self,
        count: u8,
        stated: Year,
        calendar: Calendar,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let make = |year: i32| run(calendar, year, 1, count);
        let (year, basis) =
            self.year_of_part(stated, calendar, None, Tense::Past, reasons, make)?;
        Ok(Value::new(make(year)?, Precision::Month, basis))
    }

    /// The year of a part of a year; where it is missing, the one that "last", "next" or the tense gives.
    fn year_of_part(
        &self,
        stated: Year,
        calendar: Calendar,
        toward: Option<i32>,
        tense: Tense,
        reasons: &mut Vec<Reason>,
        make: impl Fn(i32) -> Result<Edtf, Fault>,
    ) -> Result<(i32, Basis), Fault> {
        match stated {
            Year::Stated(year) => {
                reasons.push(Reason::Written);
                Ok((year, Basis::Stated))
            }
            Year::Shift(by) => Ok((self.anchor_year(calendar, by, reasons)?, Basis::Relative)),
            Year::Told(by) => Ok((self.told_year(calendar, by, reasons)?, Basis::Relative)),
            Year::Missing => {
                let anchor = self.anchor.latest();
                let now = self.anchor.day().ok_or(Fault::NoAnchor)?;
                let now = calendar.date(now).ok_or(Fault::NoSuchDate)?.year;
                reasons.push(Reason::NearestTo(anchor));
                let years = [now - 2, now - 1, now, now + 1, now + 2];
                let range = |year: i32| make(year).ok().map(Edtf::range);
                let begins_by = |year: &i32, day: NaiveDate| {
                    range(*year).and_then(|range| range.first()).is_some_and(|first| first <= day)
                };
                let ends_before = |year: &i32, day: NaiveDate| {
                    range(*year).and_then(|range| range.last()).is_some_and(|last| last < day)
                };
                let behind = years.into_iter().rev().find(|year| begins_by(year, anchor));
                let gap = |day: Option<NaiveDate>| day.map(|day| (day - anchor).num_days().abs());
                let since = behind.and_then(|year| gap(range(year)?.last()));
                let ahead_if_near = behind.map(|year| year + 1).filter(|year| {
                    let until = range(*year).and_then(|range| gap(range.first()));
                    let over = behind.is_some_and(|year| ends_before(&year, anchor));
                    over && until.zip(since).is_some_and(|(until, since)| until * 4 < since)
                });
                let year = match (toward, tense) {
                    (Some(by), _) if by < 0 => {
                        years.into_iter().rev().find(|year| ends_before(year, anchor))
                    }
                    (Some(0), _) => Some(now),
                    (Some(_), _) => years.into_iter().find(|year| !begins_by(year, anchor)),
                    (None, Tense::Future) => {
                        years.into_iter().find(|year| !ends_before(year, anchor))
                    }
                    (None, Tense::Past) => behind,
                    // Nothing says on which side: the one behind, unless that ahead is much nearer.
                    (None, Tense::Unknown) => ahead_if_near.or(behind),
                };
                Ok((year.ok_or(Fault::NoSuchDate)?, Basis::Relative))
            }
        }
    }

    /// The first day of the week of `day`.
    pub(super) fn week_start(&self, day: NaiveDate) -> Result<NaiveDate, Fault> {
        add_days(day, -i64::from(day.weekday().days_since(self.settings.week_starts)))
    }
}

fn run(calendar: Calendar, year: i32, first: u8, count: u8) -> Result<Edtf, Fault> {
    if calendar == Calendar::Gregorian {
        let first = month(calendar, year, first)?;
        let last = month(calendar, year, count)?;
        Edtf::interval(first.ends().0, last.ends().1).ok_or(Fault::NoSuchDate)
    } else {
        days(calendar.months(year, first, count).map_err(|_| Fault::NoSuchDate)?)
    }
}

fn quarter(calendar: Calendar, year: i32, n: u8) -> Result<Edtf, Fault> {
    if !(1..=4).contains(&n) {
        return Err(Fault::NoSuchDate);
    }
    if calendar == Calendar::Gregorian {
        point(Unit::Quarter(year, 32 + n))
    } else {
        days(calendar.months(year, 3 * (n - 1) + 1, 3).map_err(|_| Fault::NoSuchDate)?)
    }
}

fn half(calendar: Calendar, year: i32, n: u8) -> Result<Edtf, Fault> {
    let first = match n {
        1 => 1,
        2 => 7,
        _ => return Err(Fault::NoSuchDate),
    };
    if calendar == Calendar::Gregorian {
        let (first, last) = (month(calendar, year, first)?, month(calendar, year, first + 5)?);
        Edtf::interval(first.ends().0, last.ends().1).ok_or(Fault::NoSuchDate)
    } else {
        days(calendar.months(year, first, 6).map_err(|_| Fault::NoSuchDate)?)
    }
}
