//! Days, months and years, and the year that is not written.

use super::{Fault, Reason, Story, Told, Value, month, shift_month, year};
use crate::{
    calendar::{Calendar, DateRange, Edtf, Precision, Ymd},
    lexicon::sense::TimeUnit,
    model::{Anchor, Basis},
    timex::{
        reading::{LAST_DAY, Origin, Partial, Year},
        tense::Tense,
    },
};
use chrono::{Datelike as _, NaiveDate, Weekday};

/// A date this near to the anchor is meant even if the tense seems to say another year: tense is read
/// from cues, and cues belong to another clause more often than news tells of last year's date.
const NEAR: i64 = 45;

/// A weekday that fits only a year this far away is a slip of the pen for a date within [`SLIP`] days.
const SLIP: i64 = 10;

/// A month of last year that lies this many months back is not named without its year; the one ahead is
/// meant.
const FORGOTTEN: i32 = 9;

/// A date told with its year that lies more than this many days back carries its year on to the dates that
/// follow it in the sentence; of one more recent they are counted from the anchor.
const LONG_AGO: i64 = 300;

/// The first year in which a date without a year and an anchor is looked for.
const FIRST_YEAR: i32 = 2000;

/// The last year in which a weekday and an anchor may find a date.
const LAST_YEAR: i32 = 2041;

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
    fn goes_on_from(&self, calendar: Calendar) -> Option<Told> {
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

    fn missing_year(
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

fn push_tense(tense: Tense, reasons: &mut Vec<Reason>) {
    match tense {
        Tense::Past => reasons.push(Reason::Past),
        Tense::Future => reasons.push(Reason::Future),
        Tense::Unknown => {}
    }
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
    let fits =
        |weekday: Weekday, day: Option<NaiveDate>| day.is_some_and(|day| day.weekday() == weekday);
    date.weekday.is_none_or(|weekday| fits(weekday, Some(day)))
}

fn distance(a: NaiveDate, b: NaiveDate) -> i64 {
    (a - b).num_days().abs()
}

fn on(calendar: Calendar, year: i32, month: u8, day: u8) -> Result<NaiveDate, Fault> {
    if day == LAST_DAY {
        let (_, last) = calendar.months(year, month, 1).map_err(|_| Fault::NoSuchDate)?;
        return Ok(last);
    }
    calendar.day(Ymd { year, month, day }).map_err(|_| Fault::NoSuchDate)
}
