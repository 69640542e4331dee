//! Weekdays and distances.

use super::{Fault, Reason, Story, Told, Value, add_days, month, shift_month, year};
use crate::{
    calendar::{Edtf, Precision},
    lexicon::sense::TimeUnit,
    model::Basis,
    timex::{reading::Origin, tense::Tense},
};
use chrono::{Datelike as _, Weekday};

impl Story<'_> {
    /// A weekday alone: the nearest on or before the anchor in the past, on or after it in the future.
    pub(super) fn weekday(
        &self,
        weekday: Weekday,
        toward: Option<i32>,
        week: Option<i32>,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let anchor = self.day(reasons)?;
        let back = i64::from(anchor.weekday().days_since(weekday));
        let ahead = (7 - back) % 7;
        // A weekday of the week told before in the sentence: "next week he visits Rome, on Tuesday ...".
        if let (None, None, Some(told)) = (week, toward, self.told_here())
            && (1..7).contains(&(told.last - told.first).num_days())
            && let Some(day) = told.first.iter_days().take(7).find(|day| day.weekday() == weekday)
            && day <= told.last
        {
            reasons.push(Reason::CountedFromTold(told.first));
            return Ok(Value::new(Edtf::day(day), Precision::Day, Basis::Relative));
        }
        let by = match (week, toward) {
            (Some(week), _) => {
                let start = self.week_start(anchor)?;
                let into = i64::from(weekday.days_since(self.settings.week_starts));
                let day = add_days(start, into + 7 * i64::from(week))?;
                return Ok(Value::new(Edtf::day(day), Precision::Day, Basis::Relative));
            }
            (None, Some(toward)) if toward < 0 => -(if back == 0 { 7 } else { back }),
            (None, Some(toward)) if toward > 0 => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            (None, Some(_)) => {
                let start = self.week_start(anchor)?;
                let into = i64::from(weekday.days_since(self.settings.week_starts));
                (start - anchor).num_days() + into
            }
            (None, None) if tense == Tense::Future => ahead,
            (None, None) => -back,
        };
        reasons.push(if by > 0 { Reason::Future } else { Reason::Past });
        Ok(Value::new(Edtf::day(add_days(anchor, by)?), Precision::Day, Basis::Relative))
    }

    /// A distance: a day exactly, a week as the day about then, a month, a year.
    pub(super) fn count(
        &self,
        unit: TimeUnit,
        by: i32,
        from: Origin,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let fine = |told: &Told| told.precision <= precision_of(unit);
        let told = match from {
            Origin::Told => match self.told_before(unit, by, tense) {
                // Nothing was told that has happened: "a day earlier" than the news itself.
                None if unit == TimeUnit::Day && by < 0 && tense == Tense::Past => None,
                told => Some(told.ok_or(Fault::NoAnchor)?),
            },
            Origin::Near => {
                self.told_here().filter(fine).filter(|told| told.last < self.anchor.latest())
            }
            Origin::Anchor => None,
        };
        let (day, calendar) = match told {
            Some(told) => {
                let from = if unit == TimeUnit::Day && by < 0 { told.first } else { told.last };
                reasons.push(Reason::CountedFromTold(from));
                (from, told.calendar)
            }
            None => (self.day(reasons)?, self.settings.calendar),
        };
        let distance = i64::from(by);
        let (when, precision) = match unit {
            TimeUnit::Hour | TimeUnit::Half | TimeUnit::Weekend => return Err(Fault::NoSuchDate),
            TimeUnit::Day => (Edtf::day(add_days(day, distance)?), Precision::Day),
            TimeUnit::Week => {
                (Edtf::day(add_days(day, distance * 7)?).approximately(), Precision::Week)
            }
            TimeUnit::Month | TimeUnit::Quarter => {
                let months = if unit == TimeUnit::Month { by } else { by.saturating_mul(3) };
                let (year, number) = shift_month(calendar, day, months)?;
                (month(calendar, year, number)?, Precision::Month)
            }
            TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century => {
                let years = match unit {
                    TimeUnit::Year => by,
                    TimeUnit::Decade => by.saturating_mul(10),
                    _ => by.saturating_mul(100),
                };
                let now = calendar.date(day).ok_or(Fault::NoSuchDate)?;
                let when = year(calendar, now.year.saturating_add(years))?;
                let about = unit != TimeUnit::Year;
                (if about { when.approximately() } else { when }, Precision::Year)
            }
        };
        Ok(Value::new(when, precision, Basis::Relative))
    }

    /// The date told last from which a distance is counted: where the clause tells the past and that is ahead
    /// or too coarse, the day of the news; "a day earlier" is not counted from an end.
    fn told_before(&self, unit: TimeUnit, by: i32, tense: Tense) -> Option<Told> {
        let fine = |told: &Told| told.precision <= precision_of(unit);
        let last = if by < 0 { self.begun } else { self.told };
        let ahead = |told: Told| told.first > self.anchor.latest();
        match last {
            Some(told) if tense == Tense::Past && (ahead(told) || !fine(&told)) => self.held,
            told => told,
        }
        .filter(fine)
    }
}

/// How finely a distance in this unit is told: it cannot be counted from a date told more coarsely.
const fn precision_of(unit: TimeUnit) -> Precision {
    match unit {
        TimeUnit::Hour | TimeUnit::Day => Precision::Day,
        TimeUnit::Week | TimeUnit::Weekend => Precision::Week,
        TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Half => Precision::Month,
        TimeUnit::Year => Precision::Year,
        TimeUnit::Decade | TimeUnit::Century => Precision::Decade,
    }
}
