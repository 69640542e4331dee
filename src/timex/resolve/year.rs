//! The year of a day, where it is not written.

use super::{
    Fault, Reason, Story, Told, Value,
    date::{on, push_tense},
};
use crate::{
    calendar::{Calendar, DateRange, Edtf, Precision},
    model::{Anchor, Basis},
    timex::{reading::Partial, tense::Tense},
};
use chrono::{Datelike as _, NaiveDate};

/// A date this near to the anchor is meant even if the tense seems to say another year: tense is read
/// from cues, and cues belong to another clause more often than news tells of last year's date.
const NEAR: i64 = 45;

/// A weekday that fits only a year this far away is a slip of the pen for a date within [`SLIP`] days.
const SLIP: i64 = 10;

/// The first year in which a date without a year and an anchor is looked for.
const FIRST_YEAR: i32 = 2000;

/// The last year in which a weekday and an anchor may find a date.
const LAST_YEAR: i32 = 2041;

impl Story<'_> {
    /// A day whose year is not written: the weekday, the terms of office and the tense find it.
    pub(super) fn missing_year(
        &self,
        date: Partial,
        day: u8,
        month: u8,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let fits = |found: &NaiveDate| weekday_fits(date, *found);
        let all = self.days_of_years(date.calendar, month, day);
        if all.is_empty() {
            return Err(Fault::NoSuchDate);
        }
        if let Some(told) = self.goes_on_from(date.calendar)
            && let Some(day) = self.nearest_to_told(date, told, month, day)
        {
            reasons.push(Reason::CountedFromTold(told.last));
            return Ok(lunar(Value::new(Edtf::day(day), Precision::Day, Basis::Relative), date));
        }
        match self.anchor {
            Anchor::Day(anchor) => {
                let nearest = choose(&all, anchor, date.toward, tense).ok_or(Fault::NoSuchDate)?;
                let fitting: Vec<NaiveDate> = all.iter().copied().filter(fits).collect();
                let weekday = date.weekday.filter(|_| !fitting.is_empty());
                reasons.push(Reason::NearestTo(anchor));
                push_tense(tense, reasons);
                let Some(weekday) = weekday else {
                    let value =
                        Value::new(Edtf::day(nearest), Precision::Day, Basis::YearFromAnchor);
                    return Ok(lunar(value, date));
                };
                let best = choose(&fitting, anchor, date.toward, Tense::Unknown).unwrap_or(nearest);
                let plain = all
                    .iter()
                    .min_by_key(|day| distance(**day, anchor))
                    .copied()
                    .unwrap_or(nearest);
                if !fits(&plain) && distance(plain, anchor) <= SLIP && distance(best, anchor) > 300
                {
                    reasons.push(Reason::WeekdayContradicts(weekday));
                    let mut value =
                        Value::new(Edtf::day(plain), Precision::Day, Basis::YearFromAnchor);
                    value.conflict = true;
                    value.others.push(Edtf::day(best));
                    return Ok(value);
                }
                reasons.push(Reason::WeekdayFits(fitting.len()));
                Ok(with_others(best, &fitting, Basis::YearFromAnchor))
            }
            Anchor::NotAfter(latest) => self.without_anchor(date, &all, latest, reasons),
        }
    }

    /// That day and month nearest to a date told, if its weekday agrees.
    fn nearest_to_told(&self, date: Partial, told: Told, month: u8, day: u8) -> Option<NaiveDate> {
        let year = date.calendar.date(told.last)?.year;
        (year - 1..=year + 1)
            .filter_map(|year| on(date.calendar, year, month, day).ok())
            .min_by_key(|day| distance(*day, told.last))
            .filter(|day| weekday_fits(date, *day) && *day <= self.anchor.latest())
    }

    /// No publication day: the weekday and the terms of office decide, then the latest year.
    fn without_anchor(
        &self,
        date: Partial,
        all: &[NaiveDate],
        latest: NaiveDate,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        let possible: Vec<NaiveDate> = all.iter().copied().filter(|day| *day <= latest).collect();
        let fitting: Vec<NaiveDate> =
            possible.iter().copied().filter(|day| weekday_fits(date, *day)).collect();
        let weekday = date.weekday.is_some() && !fitting.is_empty();
        let candidates = if weekday { fitting } else { possible };
        let in_office = self.in_office(&candidates);
        if weekday {
            reasons.push(Reason::WeekdayFits(candidates.len()));
        }
        let basis = match (weekday, in_office.len()) {
            (true, _) if candidates.len() == 1 => Basis::YearFromWeekday,
            (_, 1) => Basis::YearFromOffice,
            (true, _) => Basis::YearFromWeekday,
            (false, _) => Basis::YearFromAnchor,
        };
        if in_office.len() < candidates.len() {
            reasons.push(Reason::TermsFit(in_office.len()));
        }
        reasons.push(Reason::LatestNotAfter(latest));
        let told_in_full = in_office
            .iter()
            .copied()
            .find(|day| self.stated.iter().any(|stated| distance(*day, *stated) <= SLIP));
        let latest_in_office = in_office.iter().max().copied();
        let best = told_in_full.or(latest_in_office).ok_or(Fault::NoSuchDate)?;
        let mut value = with_others(best, &candidates, basis);
        value.conflict = date.weekday.is_some() && !weekday;
        Ok(value)
    }

    /// The candidates that agree with most of the terms of office; all where there are no terms.
    fn in_office(&self, candidates: &[NaiveDate]) -> Vec<NaiveDate> {
        let held = |day: NaiveDate| {
            self.terms.iter().filter(|term| DateRange::day(day).within(**term)).count()
        };
        let most = candidates.iter().map(|day| held(*day)).max().unwrap_or(0);
        candidates.iter().copied().filter(|day| held(*day) == most).collect()
    }

    /// That day and month in each year that is looked at.
    fn days_of_years(&self, calendar: Calendar, month: u8, day: u8) -> Vec<NaiveDate> {
        let year_of = |year: i32| {
            NaiveDate::from_ymd_opt(year, 1, 1)
                .and_then(|first| calendar.date(first))
                .map_or(year, |date| date.year)
        };
        let last = match self.anchor {
            Anchor::Day(anchor) => LAST_YEAR.max(anchor.year() + 1),
            Anchor::NotAfter(latest) => latest.year(),
        };
        let first = FIRST_YEAR.min(self.anchor.latest().year() - 8);
        (year_of(first)..=year_of(last) + 1)
            .filter_map(|year| on(calendar, year, month, day).ok())
            .filter(|day| day.year() >= first && day.year() <= last)
            .collect()
    }
}

/// The candidate that the direction, the tense and nearness to the anchor choose.
fn choose(
    all: &[NaiveDate],
    anchor: NaiveDate,
    toward: Option<i32>,
    tense: Tense,
) -> Option<NaiveDate> {
    let nearest = all.iter().copied().min_by_key(|day| distance(*day, anchor))?;
    let behind = all.iter().copied().filter(|day| *day <= anchor).max();
    let ahead = all.iter().copied().filter(|day| *day >= anchor).min();
    let chosen = match (toward, tense) {
        (Some(by), _) if by < 0 => all.iter().copied().filter(|day| *day < anchor).max(),
        (Some(by), _) if by > 0 => all.iter().copied().filter(|day| *day > anchor).min(),
        (Some(_), _) => all.iter().copied().find(|day| day.year() == anchor.year()),
        (None, _) if distance(nearest, anchor) <= NEAR => Some(nearest),
        (None, Tense::Past) => behind,
        (None, Tense::Future) => ahead,
        (None, Tense::Unknown) => Some(nearest),
    };
    Some(chosen.unwrap_or(nearest))
}

fn lunar(mut value: Value, date: Partial) -> Value {
    if date.calendar == Calendar::Hijri {
        value.when = value.when.approximately();
    }
    value
}

fn with_others(best: NaiveDate, candidates: &[NaiveDate], basis: Basis) -> Value {
    let mut value = Value::new(Edtf::day(best), Precision::Day, basis);
    let mut others: Vec<NaiveDate> =
        candidates.iter().copied().filter(|day| *day != best).collect();
    others.sort_by_key(|day| distance(*day, best));
    value.others = others.into_iter().map(Edtf::day).collect();
    value
}

fn weekday_fits(date: Partial, day: NaiveDate) -> bool {
    date.weekday.is_none_or(|weekday| day.weekday() == weekday)
}

fn distance(a: NaiveDate, b: NaiveDate) -> i64 {
    (a - b).num_days().abs()
}
