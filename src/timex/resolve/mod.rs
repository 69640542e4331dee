//! From what is printed to what is meant: a small constraint solver, pure and explained.
//!
//! The evidence, strongest first: what is written; the weekday beside a day; the terms of office of the
//! people named; "last" and "next"; the tense of the clause; nearness to the anchor. A value never gets
//! finer than the text, and what was not chosen is kept in [`Resolved::others`].

mod date;
mod distance;
mod period;
mod range;
mod year;

use super::{
    Context,
    reading::{Reading, What},
    tense::Tense,
};
use crate::{
    calendar::{Calendar, DateRange, Edtf, Point, Precision},
    lexicon::dates::Settings,
    model::{Anchor, Basis, Resolved},
};
use chrono::{Days, NaiveDate, Weekday};
use std::fmt;

/// One step of the way to a value, for `--explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The text says it in full.
    Written,
    /// Counted from this day.
    CountedFrom(NaiveDate),
    /// Counted from the date told before.
    CountedFromTold(NaiveDate),
    /// The year nearest to this day.
    NearestTo(NaiveDate),
    /// The latest that does not lie after this day.
    LatestNotAfter(NaiveDate),
    /// The clause speaks of the past.
    Past,
    /// The clause speaks of the future.
    Future,
    /// So many years agree with the weekday.
    WeekdayFits(usize),
    /// So many years agree with the terms of office of the people named.
    TermsFit(usize),
    /// The weekday beside the date is another one; the date was trusted.
    WeekdayContradicts(Weekday),
    /// A lunar day without a second witness: it may be a day off.
    LunarUnconfirmed,
    /// A weekday or a date in another calendar confirms the lunar day.
    LunarConfirmed,
    /// The text says only "about".
    About,
    /// There is no publication day to count from.
    NoAnchor,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Written => f.write_str("written in full"),
            Self::CountedFrom(day) => write!(f, "counted from {day}"),
            Self::CountedFromTold(day) => write!(f, "counted from {day}, the date told before"),
            Self::NearestTo(day) => write!(f, "the nearest to {day}"),
            Self::LatestNotAfter(day) => write!(f, "the latest not after {day}"),
            Self::Past => f.write_str("the clause speaks of the past"),
            Self::Future => f.write_str("the clause speaks of the future"),
            Self::WeekdayFits(n) => write!(f, "the weekday fits {n} of the years"),
            Self::TermsFit(n) => write!(f, "the terms of office leave {n} of the years"),
            Self::WeekdayContradicts(day) => {
                write!(f, "the weekday beside it ({day}) does not fit")
            }
            Self::LunarUnconfirmed => f.write_str("a lunar day alone may be a day off"),
            Self::LunarConfirmed => {
                f.write_str("the lunar day is confirmed by what stands beside it")
            }
            Self::About => f.write_str("the text says about then"),
            Self::NoAnchor => f.write_str("there is no publication day to count from"),
        }
    }
}

/// What was found out: a value with its reasons, or that there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub resolved: Option<Resolved>,
    pub reasons: Vec<Reason>,
}

/// A value under construction.
#[derive(Debug, Clone)]
struct Value {
    when: Edtf,
    precision: Precision,
    basis: Basis,
    others: Vec<Edtf>,
    conflict: bool,
}

impl Value {
    const fn new(when: Edtf, precision: Precision, basis: Basis) -> Self {
        Self { when, precision, basis, others: Vec::new(), conflict: false }
    }
}

/// Why an expression has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is a date, but there is nothing to count it from.
    NoAnchor,
    /// It is no date: there is no such day.
    NoSuchDate,
}

/// A date that the text has told.
#[derive(Debug, Clone, Copy)]
struct Told {
    first: NaiveDate,
    last: NaiveDate,
    precision: Precision,
    calendar: Calendar,
    /// Its year stands in the text.
    stated: bool,
    sentence: usize,
}

/// What is known while an article is read: the anchor, and the date told last.
#[derive(Debug)]
pub(super) struct Story<'a> {
    pub(super) anchor: Anchor,
    terms: &'a [DateRange],
    pub settings: &'a Settings,
    told: Option<Told>,
    /// The date told last that is not only when something ends: "until 5 October".
    begun: Option<Told>,
    /// The day told first that does not lie after the anchor: that of the news.
    held: Option<Told>,
    /// The month told last by its name: its calendar, year and number.
    month: Option<(Calendar, i32, u8)>,
    /// Where the sentence begins that is being read.
    sentence: usize,
    /// Whether its words say that it looks ahead.
    ahead: bool,
    /// Days told in full anywhere in the article, for the year of one that is not.
    stated: Vec<NaiveDate>,
}

impl<'a> Story<'a> {
    pub(super) fn new(context: &Context<'a>, settings: &'a Settings) -> Self {
        Self {
            anchor: context.anchor,
            terms: context.terms,
            settings,
            told: None,
            begun: None,
            held: None,
            month: None,
            sentence: 0,
            ahead: false,
            stated: Vec::new(),
        }
    }

    /// Resolves what was read.
    ///
    /// # Errors
    /// The fault for which it is no date at all.
    pub(super) fn resolve(&mut self, reading: &Reading, tense: Tense) -> Result<Outcome, Fault> {
        let mut reasons = Vec::new();
        let mut value = match self.value(reading, tense, &mut reasons) {
            Ok(value) => value,
            Err(Fault::NoAnchor) => {
                return Ok(Outcome { resolved: None, reasons: vec![Reason::NoAnchor] });
            }
            Err(fault) => return Err(fault),
        };
        if let Some(weekday) = reading.weekday_beside {
            value = self.check_weekday(value, weekday, &mut reasons);
        }
        if reading.part.is_some() {
            reasons.push(Reason::About);
            value.when = value.when.approximately();
            value.others = value.others.into_iter().map(Edtf::approximately).collect();
        }
        if reading.open {
            value.when = Edtf::interval(value.when.ends().0, None).unwrap_or(value.when);
            value.others.clear();
        }
        let Value { when, precision, basis, others, conflict } = value;
        Ok(Outcome {
            resolved: Some(Resolved { when, precision, basis, others, conflict }),
            reasons,
        })
    }

    /// Remembers a value as the date told last, for "the next day".
    pub(super) fn tell(&mut self, resolved: &Resolved, reading: &Reading, limit: bool) {
        let range = resolved.when.range();
        let Some(last) = range.last() else { return };
        let calendar = reading.calendar;
        let told = Told {
            first: range.first().unwrap_or(last),
            last,
            precision: resolved.precision,
            calendar,
            stated: resolved.basis == Basis::Stated,
            sentence: self.sentence,
        };
        self.told = Some(told);
        if !limit {
            self.begun = Some(told);
        }
        let held = told.precision == Precision::Day && told.first <= self.anchor.latest();
        if held && self.held.is_none() {
            self.held = Some(told);
        }
        let named = match reading.what {
            What::Date(date) | What::Range(_, date) => date.month.is_some() || date.same_month,
            _ => false,
        };
        if named && let Some(date) = calendar.date(last) {
            self.month = Some((calendar, date.year, date.month));
        }
    }

    /// Enters the sentence that begins at this token of the field, and whose words may say that it looks
    /// ahead.
    pub(super) const fn enter(&mut self, sentence: usize, ahead: bool) {
        (self.sentence, self.ahead) = (sentence, ahead);
    }

    /// Leaves the field: what was told in it was told in another sentence than all that follow.
    pub(super) const fn leave(&mut self) {
        if let Some(told) = &mut self.told {
            told.sentence = usize::MAX;
        }
    }

    /// The date told before in the sentence that is being read.
    fn told_here(&self) -> Option<Told> {
        self.told.filter(|told| told.sentence == self.sentence)
    }

    /// Remembers the days that the article tells in full.
    pub(super) fn know(&mut self, stated: Vec<NaiveDate>) {
        self.stated = stated;
    }

    /// Takes the day of a dateline for the anchor where no publication day is known.
    pub(super) fn anchor_on(&mut self, day: NaiveDate) {
        if let Anchor::NotAfter(_) = self.anchor {
            self.anchor = Anchor::Day(day);
        }
    }

    fn value(
        &self,
        reading: &Reading,
        tense: Tense,
        reasons: &mut Vec<Reason>,
    ) -> Result<Value, Fault> {
        match reading.what {
            What::Date(date) => self.date(date, tense, reasons),
            // Two days joined by "and" are told like one: of a verb without tense in the past.
            What::Range(first, last)
                if first.is_loose()
                    && reading.rule.0 == "timex.list"
                    && tense == Tense::Unknown =>
            {
                self.range(first, last, Tense::Past, reasons)
            }
            What::Range(first, last) => self.range(first, last, tense, reasons),
            What::Weekday { day, toward, week } => self.weekday(day, toward, week, tense, reasons),
            What::Count { unit, by, from } => self.count(unit, by, from, tense, reasons),
            What::Period { unit, shift } => {
                self.period(unit, shift + self.turn(reading, unit, tense), reasons)
            }
            What::NewYear(calendar) => self.new_year(calendar, reasons),
            What::Weekend => self.weekend(tense, reasons),
            What::Century(which) => self.century(which, reasons),
            What::Decade { calendar, year } => self.decade(calendar, year, reasons),
            What::PartOfYear { unit, n, year, calendar } => {
                self.part_of_year(unit, n, year, calendar, tense, reasons)
            }
            What::Season { n, year, calendar, toward } => {
                self.season(n, year, calendar, toward, tense, reasons)
            }
            What::Months { count, year, calendar } => {
                self.first_months(count, year, calendar, reasons)
            }
        }
    }

    /// The day to count from.
    fn day(&self, reasons: &mut Vec<Reason>) -> Result<NaiveDate, Fault> {
        let day = self.anchor.day().ok_or(Fault::NoAnchor)?;
        reasons.push(Reason::CountedFrom(day));
        Ok(day)
    }

    /// Holds a relative day against the weekday beside it: "today, Wednesday". The weekday is trusted
    /// where it is a day off, because a feed's day may be that of another time zone.
    fn check_weekday(
        &self,
        mut value: Value,
        weekday: Weekday,
        reasons: &mut Vec<Reason>,
    ) -> Value {
        use chrono::Datelike as _;
        let Some(day) = value.when.as_day() else { return value };
        if day.weekday() == weekday {
            reasons.push(Reason::WeekdayFits(1));
            return value;
        }
        reasons.push(Reason::WeekdayContradicts(weekday));
        value.conflict = true;
        let near = [day.pred_opt(), day.succ_opt()];
        if let Some(other) = near.into_iter().flatten().find(|day| day.weekday() == weekday) {
            value.others.insert(0, value.when);
            value.when = Edtf::day(other).approximately();
        }
        value
    }
}

/// A run of days of a month or year of another calendar, or the unit itself where it is Gregorian.
fn days((first, last): (NaiveDate, NaiveDate)) -> Result<Edtf, Fault> {
    Edtf::days(first, last).ok_or(Fault::NoSuchDate)
}

fn add_days(day: NaiveDate, by: i64) -> Result<NaiveDate, Fault> {
    let days = Days::new(by.unsigned_abs());
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
        .ok_or(Fault::NoSuchDate)
}

/// The month `by` months away, as year and month of the calendar.
fn shift_month(calendar: Calendar, day: NaiveDate, by: i32) -> Result<(i32, u8), Fault> {
    let date = calendar.date(day).ok_or(Fault::NoSuchDate)?;
    let months = date.year * 12 + i32::from(date.month) - 1;
    let months = months.checked_add(by).ok_or(Fault::NoSuchDate)?;
    let month = u8::try_from(months.rem_euclid(12) + 1).map_err(|_| Fault::NoSuchDate)?;
    Ok((months.div_euclid(12), month))
}

fn point(unit: crate::calendar::Unit) -> Result<Edtf, Fault> {
    Edtf::point(Point::exact(unit)).ok_or(Fault::NoSuchDate)
}

fn month(calendar: Calendar, year: i32, number: u8) -> Result<Edtf, Fault> {
    if calendar == Calendar::Gregorian {
        point(crate::calendar::Unit::Month(year, number))
    } else {
        calendar.months(year, number, 1).map_err(|_| Fault::NoSuchDate).and_then(days)
    }
}

fn year(calendar: Calendar, number: i32) -> Result<Edtf, Fault> {
    if calendar == Calendar::Gregorian {
        point(crate::calendar::Unit::Year(number))
    } else {
        calendar.months(number, 1, 12).map_err(|_| Fault::NoSuchDate).and_then(days)
    }
}
