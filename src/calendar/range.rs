//! Ranges of whole days, and how finely a text tells a date.

use super::CalendarError;
use chrono::{Days, NaiveDate};

/// Whole days, both ends included; an absent end is open.
///
/// Invariant: where both ends are there, the first does not lie after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl DateRange {
    /// The days from `first` to `last`, both included; `None` leaves an end open.
    ///
    /// # Errors
    /// [`CalendarError::Backwards`] when `last` lies before `first`.
    pub fn new(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Result<Self, CalendarError> {
        match (first, last) {
            (Some(first), Some(last)) if last < first => {
                Err(CalendarError::Backwards { first, last })
            }
            _ => Ok(Self { first, last }),
        }
    }

    /// One day.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self { first: Some(day), last: Some(day) }
    }

    /// The first day; `None` when the beginning is open.
    #[must_use]
    pub const fn first(self) -> Option<NaiveDate> {
        self.first
    }

    /// The last day; `None` when the end is open.
    #[must_use]
    pub const fn last(self) -> Option<NaiveDate> {
        self.last
    }

    /// Whether the two ranges share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let before = |last: Option<NaiveDate>, first: Option<NaiveDate>| matches!((last, first), (Some(last), Some(first)) if last < first);
        !before(self.last, other.first) && !before(other.last, self.first)
    }

    /// Whether every day of this range is a day of `outer`.
    #[must_use]
    pub fn within(self, outer: Self) -> bool {
        let starts = outer.first.is_none_or(|outer| self.first.is_some_and(|first| first >= outer));
        let ends = outer.last.is_none_or(|outer| self.last.is_some_and(|last| last <= outer));
        starts && ends
    }

    /// The number of days; `None` when an end is open.
    #[must_use]
    pub fn days(self) -> Option<i64> {
        Some((self.last? - self.first?).num_days() + 1)
    }

    /// The range with `days` more on each side that has an end.
    #[must_use]
    pub fn widen(self, days: u64) -> Self {
        Self {
            first: self.first.map(|day| day.checked_sub_days(Days::new(days)).unwrap_or(day)),
            last: self.last.map(|day| day.checked_add_days(Days::new(days)).unwrap_or(day)),
        }
    }
}

/// How finely a date is told, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// A day, or a run of days told by its first and last.
    Day,
    /// A week.
    Week,
    /// A month of any calendar.
    Month,
    /// A season of the year.
    Season,
    /// A quarter of the year.
    Quarter,
    /// A half of the year.
    Half,
    /// A year of any calendar.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Precision {
    /// All precisions, finest first.
    pub const ALL: [Self; 9] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Season,
        Self::Quarter,
        Self::Half,
        Self::Year,
        Self::Decade,
        Self::Century,
    ];

    /// The name as it leaves the program.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Season => "season",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }

    /// Reads a name as [`Precision::name`] writes it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|precision| precision.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2025, 2, n)
    }

    #[test]
    fn open_ends_reach_for_ever() {
        let open = DateRange::new(day(20), None).unwrap();
        let shut = DateRange::new(day(1), day(20)).unwrap();
        assert!(open.overlaps(shut) && shut.overlaps(open));
        assert!(!open.within(shut));
        assert!(DateRange::new(day(21), day(22)).unwrap().within(open));
        assert_eq!(open.days(), None);
        assert_eq!(shut.days(), Some(20));
    }

    #[test]
    fn backwards_is_refused() {
        let error = DateRange::new(day(2), day(1)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a range of days runs backwards: `2025-02-02` to `2025-02-01`; give the earlier day first"
        );
    }
}
