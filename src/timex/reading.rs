//! What a time expression says, before it is known what it means.

use crate::{
    calendar::Calendar,
    lexicon::sense::{Part, TimeUnit},
    model::RuleId,
};
use chrono::Weekday;

/// The year of a date, as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Year {
    /// Not printed.
    #[default]
    Missing,
    /// Printed in full, or to be read as in full.
    Stated(i32),
    /// "last year": years from the anchor's.
    Shift(i32),
    /// "the same year", "the following year": years from that of the date told last.
    Told(i32),
}

/// The day of a [`Partial`] that is the last of its month, whichever that is.
pub(super) const LAST_DAY: u8 = 0;

/// A calendar date, whole or in part: what is printed of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Partial {
    pub calendar: Calendar,
    pub weekday: Option<Weekday>,
    pub day: Option<u8>,
    pub month: Option<u8>,
    pub year: Year,
    /// "last", "this", "next" beside a date without a year.
    pub toward: Option<i32>,
    /// Months from the anchor's, in place of a month: "the 25th of this month".
    pub month_shift: Option<i32>,
    /// Days from the anchor, in place of a day: one end of "from tomorrow to Friday".
    pub day_shift: Option<i32>,
    /// "of next week" beside a weekday: weeks from the anchor's.
    pub week: Option<i32>,
    /// "the same month": that of the date told last.
    pub same_month: bool,
}

impl Partial {
    pub(super) const fn new(calendar: Calendar) -> Self {
        Self {
            calendar,
            weekday: None,
            day: None,
            month: None,
            year: Year::Missing,
            toward: None,
            month_shift: None,
            day_shift: None,
            week: None,
            same_month: false,
        }
    }

    /// Whether it is a day by its weekday or its distance alone, with neither day of the month nor month.
    pub(super) const fn is_loose(&self) -> bool {
        self.day.is_none()
            && self.month.is_none()
            && (self.weekday.is_some() || self.day_shift.is_some())
    }
}

/// Which hundred years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Century {
    /// By its number: 19 is 1800 to 1899.
    Number(u8),
    /// From the anchor's: "last century".
    Shift(i32),
}

/// From where a distance is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The anchor.
    Anchor,
    /// The date told last.
    Told,
    /// The date told before in the same sentence, else the anchor: «بعد عامين».
    Near,
}

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A date or a part of one.
    Date(Partial),
    /// From one date to another.
    Range(Partial, Partial),
    /// A weekday alone; `week` is "of last week".
    Weekday { day: Weekday, toward: Option<i32>, week: Option<i32> },
    /// A distance.
    Count { unit: TimeUnit, by: i32, from: Origin },
    /// "this week", "last month", "next year".
    Period { unit: TimeUnit, shift: i32 },
    /// The year that begins next or has just begun: "in the new year".
    NewYear(Calendar),
    /// The two days of rest nearest to the anchor: "the weekend".
    Weekend,
    /// Ten years from this one.
    Decade { calendar: Calendar, year: i32 },
    /// A hundred years: the nineteenth, or so many from the anchor's.
    Century(Century),
    /// A quarter or half of a year, from 1.
    PartOfYear { unit: TimeUnit, n: u8, year: Year, calendar: Calendar },
    /// A season, 1 is spring.
    Season { n: u8, year: Year, calendar: Calendar, toward: Option<i32> },
    /// The first so many months of a year.
    Months { count: u8, year: Year, calendar: Calendar },
}

/// A time expression as it was read: tokens `first..end`.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub first: usize,
    pub end: usize,
    pub what: What,
    /// "early", "around" ...
    pub part: Option<Part>,
    /// "since": it has no end.
    pub open: bool,
    /// The calendar in which it is written.
    pub calendar: Calendar,
    pub rule: RuleId,
    /// The weekday beside a relative day.
    pub weekday_beside: Option<Weekday>,
    /// How many tokens the signal word of an open period takes.
    pub signal: usize,
    /// The signal word also means "from" and "of": the period is open only where it began in the past.
    pub doubtful: bool,
}

impl Reading {
    pub(super) const fn new(
        first: usize,
        end: usize,
        what: What,
        calendar: Calendar,
        rule: &'static str,
    ) -> Self {
        let rule = RuleId::new(rule);
        Self {
            first,
            end,
            what,
            part: None,
            open: false,
            calendar,
            rule,
            weekday_beside: None,
            signal: 0,
            doubtful: false,
        }
    }
}
