//! A date that was found, and how it was found.

use crate::calendar::{Edtf, Precision};
use chrono::NaiveDate;

/// What an article's relative and incomplete dates are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The day of publication, in the time zone of the source.
    Day(NaiveDate),
    /// The article has no date; it cannot be younger than this day.
    NotAfter(NaiveDate),
}

impl Anchor {
    /// The latest day on which the article can have been written.
    #[must_use]
    pub const fn latest(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::NotAfter(day) => day,
        }
    }

    /// The day of publication, where it is known.
    #[must_use]
    pub const fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::NotAfter(_) => None,
        }
    }
}

/// On what a date rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// Written in full.
    Stated,
    /// The year is not written; the weekday beside the date decides it.
    YearFromWeekday,
    /// The year is not written; the terms of office of the people named decide it.
    YearFromOffice,
    /// The year is not written; it is the one nearest to the anchor.
    YearFromAnchor,
    /// Counted from the anchor or from an earlier date: "yesterday", "on Monday", "last month".
    Relative,
    /// Taken from the dated event inside which it is told.
    Inherited,
    /// The article's own news without any time word: its publication day, always approximate.
    Published,
    /// No text: an analyst says so.
    Corrected,
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Stated,
        Self::YearFromWeekday,
        Self::YearFromOffice,
        Self::YearFromAnchor,
        Self::Relative,
        Self::Inherited,
        Self::Published,
        Self::Corrected,
    ];

    /// The name as it leaves the program: `stated`, `year-from-weekday` ...
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::YearFromWeekday => "year-from-weekday",
            Self::YearFromOffice => "year-from-office",
            Self::YearFromAnchor => "year-from-anchor",
            Self::Relative => "relative",
            Self::Inherited => "inherited",
            Self::Published => "published",
            Self::Corrected => "corrected",
        }
    }

    /// Reads a name as [`Basis::name`] writes it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.name() == name)
    }
}

/// A date with its doubts: the chosen value, on what it rests, and the values that were not chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The value; never finer than the text.
    pub when: Edtf,
    /// How finely the text tells it. Kept apart from the value, because a solar Hijri month is a run of
    /// Gregorian days.
    pub precision: Precision,
    /// On what it rests.
    pub basis: Basis,
    /// Other values that fit as well, nearest first.
    pub others: Vec<Edtf>,
    /// Evidence that disagrees, such as a weekday that does not fit the written date.
    pub conflict: bool,
}
