//! Extended Date/Time Format (ISO 8601-2): the written form of every date in dateline.
//!
//! What is written and read: days `2025-02-25`, months `2025-02`, years `2025`, decades `202X`, centuries
//! `19XX`, seasons `2025-21` to `2025-24` (spring first), quarters `2025-33` to `2025-36`, intervals of these with open
//! ends `..`, and `~` for "approximately" on each of them. Halves of a year are intervals of months.
//! `?` and `%` are read as `~`; nothing else of EDTF is accepted.

use super::{CalendarError, DateRange, Precision};
use chrono::{Datelike as _, Days, Months, NaiveDate};
use std::{fmt, str::FromStr};

/// One calendar unit of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A day.
    Day(NaiveDate),
    /// A month: year, and month from 1 to 12.
    Month(i32, u8),
    /// A season: year, and 21 (spring) to 24 (winter, which begins in December of that year).
    Season(i32, u8),
    /// A quarter: year, and 33 (January to March) to 36.
    Quarter(i32, u8),
    /// A year.
    Year(i32),
    /// Ten years, by the first of them.
    Decade(i32),
    /// The hundred years that share the first two digits, by the first of them: 1800 for the 19th century.
    Century(i32),
}

/// A unit, and whether the text says only "about" then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// The unit.
    pub unit: Unit,
    /// Written `~`: the time is about then.
    pub approximate: bool,
}

/// A date or an interval as EDTF writes it.
///
/// Invariant: its first day does not lie after its last, all days lie in the years 0001 to 9999, and an
/// interval has at least one end.
///
/// ```
/// use dateline::calendar::Edtf;
/// let visit: Edtf = "2025-02-25/2025-02-27~".parse()?;
/// assert_eq!(visit.range().days(), Some(3));
/// assert!(visit.is_approximate());
/// assert_eq!(visit.to_string(), "2025-02-25/2025-02-27~");
/// # Ok::<(), dateline::calendar::CalendarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edtf(Form);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Point(Point),
    Interval(Option<Point>, Option<Point>),
}

impl Unit {
    /// How precise a date of this unit is.
    #[must_use]
    pub const fn precision(self) -> Precision {
        match self {
            Self::Day(_) => Precision::Day,
            Self::Month(..) => Precision::Month,
            Self::Season(..) => Precision::Season,
            Self::Quarter(..) => Precision::Quarter,
            Self::Year(_) => Precision::Year,
            Self::Decade(_) => Precision::Decade,
            Self::Century(_) => Precision::Century,
        }
    }

    /// First and last day; `None` for a unit that does not exist (month 13) or lies outside the years
    /// 1 to 9999.
    #[must_use]
    pub fn bounds(self) -> Option<(NaiveDate, NaiveDate)> {
        let months = |year: i32, month: u8, count: u32| {
            let first = NaiveDate::from_ymd_opt(year, u32::from(month), 1)?;
            Some((
                first,
                first.checked_add_months(Months::new(count))?.checked_sub_days(Days::new(1))?,
            ))
        };
        let bounds = match self {
            Self::Day(day) => Some((day, day)),
            Self::Month(year, month) => months(year, month, 1),
            Self::Season(year, season @ 21..=24) => months(year, (season - 20) * 3, 3),
            Self::Quarter(year, quarter @ 33..=36) => months(year, (quarter - 33) * 3 + 1, 3),
            Self::Season(..) | Self::Quarter(..) => None,
            Self::Year(year) => months(year, 1, 12),
            Self::Decade(year) if year % 10 == 0 => months(year, 1, 120),
            Self::Century(year) if year % 100 == 0 => months(year, 1, 1200),
            Self::Decade(_) | Self::Century(_) => None,
        }?;
        ((1..=9999).contains(&bounds.0.year()) && bounds.1.year() <= 10_000).then_some(bounds)
    }
}

impl Point {
    /// The unit, exactly.
    #[must_use]
    pub const fn exact(unit: Unit) -> Self {
        Self { unit, approximate: false }
    }

    /// About the unit.
    #[must_use]
    pub const fn about(unit: Unit) -> Self {
        Self { unit, approximate: true }
    }
}

impl Edtf {
    /// A day.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self(Form::Point(Point::exact(Unit::Day(day))))
    }

    /// A single unit; `None` when it does not exist.
    #[must_use]
    pub fn point(point: Point) -> Option<Self> {
        point.unit.bounds().map(|_| Self(Form::Point(point)))
    }

    /// An interval, both ends included; `None` when it runs backwards, an end does not exist, or both
    /// ends are open. Equal ends make a point.
    #[must_use]
    pub fn interval(first: Option<Point>, last: Option<Point>) -> Option<Self> {
        match (first, last) {
            (None, None) => None,
            (Some(first), Some(last)) if first == last => Self::point(first),
            (first, last) => {
                let start = match first {
                    Some(point) => Some(point.unit.bounds()?.0),
                    None => None,
                };
                let end = match last {
                    Some(point) => Some(point.unit.bounds()?.1),
                    None => None,
                };
                DateRange::new(start, end).ok().map(|_| Self(Form::Interval(first, last)))
            }
        }
    }

    /// An interval of days, both ends included; `None` when it runs backwards.
    #[must_use]
    pub fn days(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        Self::interval(Some(Point::exact(Unit::Day(first))), Some(Point::exact(Unit::Day(last))))
    }

    /// First and last day.
    #[must_use]
    pub fn range(self) -> DateRange {
        let bounds = |point: Point| point.unit.bounds();
        let (first, last) = match self.0 {
            Form::Point(point) => (bounds(point).map(|b| b.0), bounds(point).map(|b| b.1)),
            Form::Interval(first, last) => {
                (first.and_then(bounds).map(|b| b.0), last.and_then(bounds).map(|b| b.1))
            }
        };
        DateRange::new(first, last).unwrap_or(DateRange::day(NaiveDate::MIN))
    }

    /// The two ends: the same point twice for a single unit, `None` for an open end.
    #[must_use]
    pub const fn ends(self) -> (Option<Point>, Option<Point>) {
        match self.0 {
            Form::Point(point) => (Some(point), Some(point)),
            Form::Interval(first, last) => (first, last),
        }
    }

    /// The single day it names, exactly or approximately; `None` for anything longer.
    #[must_use]
    pub const fn as_day(self) -> Option<NaiveDate> {
        match self.0 {
            Form::Point(Point { unit: Unit::Day(day), .. }) => Some(day),
            _ => None,
        }
    }

    /// Whether any of it is approximate.
    #[must_use]
    pub fn is_approximate(self) -> bool {
        let (first, last) = self.ends();
        first.is_some_and(|point| point.approximate) || last.is_some_and(|point| point.approximate)
    }

    /// The same, with `~` on each end that is there.
    #[must_use]
    pub fn approximately(self) -> Self {
        let about = |point: Point| Point::about(point.unit);
        Self(match self.0 {
            Form::Point(point) => Form::Point(about(point)),
            Form::Interval(first, last) => Form::Interval(first.map(about), last.map(about)),
        })
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(day) => write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            Self::Month(year, part) | Self::Season(year, part) | Self::Quarter(year, part) => {
                write!(f, "{year:04}-{part:02}")
            }
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Decade(year) => write!(f, "{:03}X", year / 10),
            Self::Century(year) => write!(f, "{:02}XX", year / 100),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.unit, if self.approximate { "~" } else { "" })
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |f: &mut fmt::Formatter<'_>, point: Option<Point>| match point {
            Some(point) => write!(f, "{point}"),
            None => f.write_str(".."),
        };
        match self.0 {
            Form::Point(point) => write!(f, "{point}"),
            Form::Interval(first, last) => {
                end(f, first)?;
                f.write_str("/")?;
                end(f, last)
            }
        }
    }
}

impl FromStr for Edtf {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let value = match text.split_once('/') {
            None => parse_point(text).and_then(Self::point),
            Some((first, last)) => match (parse_end(first), parse_end(last)) {
                (Some(first), Some(last)) => Self::interval(first, last),
                _ => None,
            },
        };
        value.ok_or_else(|| CalendarError::NotEdtf { text: text.chars().take(40).collect() })
    }
}

/// The outer `None` is a mistake, the inner one an open end.
fn parse_end(text: &str) -> Option<Option<Point>> {
    if text.is_empty() || text == ".." { Some(None) } else { parse_point(text).map(Some) }
}

fn parse_point(text: &str) -> Option<Point> {
    let (text, approximate) = match text.strip_suffix(['~', '?', '%']) {
        Some(text) => (text, true),
        None => (text, false),
    };
    let digits = |text: &str, length: usize| {
        (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.parse::<u16>().ok())
            .flatten()
    };
    let small = |text: &str| digits(text, 2).and_then(|n| u8::try_from(n).ok());
    let mut parts = text.split('-');
    let year = parts.next()?;
    let unit = match (parts.next(), parts.next(), parts.next()) {
        (None, None, None) => match (year.strip_suffix("XX"), year.strip_suffix('X')) {
            (Some(century), _) => Unit::Century(i32::from(digits(century, 2)?) * 100),
            (None, Some(decade)) => Unit::Decade(i32::from(digits(decade, 3)?) * 10),
            (None, None) => Unit::Year(i32::from(digits(year, 4)?)),
        },
        (Some(part), None, None) => {
            let (year, part) = (i32::from(digits(year, 4)?), small(part)?);
            match part {
                1..=12 => Unit::Month(year, part),
                21..=24 => Unit::Season(year, part),
                33..=36 => Unit::Quarter(year, part),
                _ => return None,
            }
        }
        (Some(month), Some(day), None) => {
            let (month, day) = (small(month)?, small(day)?);
            Unit::Day(NaiveDate::from_ymd_opt(
                i32::from(digits(year, 4)?),
                u32::from(month),
                u32::from(day),
            )?)
        }
        _ => return None,
    };
    Some(Point { unit, approximate })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bounds_of_every_form() {
        for (text, first, last) in [
            ("2025-02-25", "2025-02-25", "2025-02-25"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2025-33", "2025-01-01", "2025-03-31"),
            ("2025-24", "2025-12-01", "2026-02-28"),
            ("202X", "2020-01-01", "2029-12-31"),
            ("18XX", "1800-01-01", "1899-12-31"),
            ("2027", "2027-01-01", "2027-12-31"),
            ("2025-01/2025-06", "2025-01-01", "2025-06-30"),
            ("2018-05-05~/2018-05-11", "2018-05-05", "2018-05-11"),
        ] {
            let range = text.parse::<Edtf>().unwrap().range();
            assert_eq!(range.first().unwrap().to_string(), first, "{text}");
            assert_eq!(range.last().unwrap().to_string(), last, "{text}");
        }
        assert_eq!("2024-06/..".parse::<Edtf>().unwrap().range().last(), None);
    }

    #[test]
    fn what_is_not_edtf_is_refused() {
        for text in [
            "",
            "..",
            "../..",
            "2025-13",
            "2025-02-30",
            "2025-2-3",
            "25-02-25",
            "+12025",
            "2025-03-01/2025-02-01",
            "202X-01",
            "18XX-01",
            "0000",
        ] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn writing_and_reading_are_inverse(days in 0u64..80_000, length in 0u64..400, first in any::<bool>(), last in any::<bool>()) {
            let start = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(days);
            let end = start + Days::new(length);
            let point = |day, approximate| Some(Point { unit: Unit::Day(day), approximate });
            let value = Edtf::interval(point(start, first), point(end, last));
            prop_assume!(value.is_some());
            prop_assert_eq!(value.unwrap().to_string().parse::<Edtf>().unwrap(), value.unwrap());
        }
    }
}
