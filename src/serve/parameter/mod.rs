//! The parameters of queries in tables: a table reads them, says what is wrong with them, and describes
//! them to programs (/openapi.json).

mod read;
mod table;

pub(super) use read::Reading;
pub(super) use table::MOST_VALUES;
pub use table::{CHANGES, FILTERS, MOST, PARAMETERS};

use super::when;
use crate::{
    calendar::{Calendar, DateRange},
    publish::Coarse,
    store::{EventQuery, Order, Sort},
};
use chrono::NaiveDate;

/// A parameter of a query.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it asks for.
    pub what: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// A right value.
    pub example: &'static str,
    /// Writes a value into the draft; an error is the part of the value that is wrong.
    read: fn(&mut Draft, &str) -> Result<(), String>,
}

/// What a parameter takes.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A date as [`when::ALLOWED`] says.
    Date,
    /// An instant or a day.
    Instant,
    /// One of these words.
    One(fn() -> Vec<&'static str>),
    /// Some of these words, parted by commas.
    Some(fn() -> Vec<&'static str>),
    /// Keys, parted by commas: which, and the pattern of one.
    Keys(&'static str, &'static str),
    /// `1` or `0`.
    Flag,
    /// A number from 1 to the given one.
    Number(u32),
    /// Any text up to so many characters.
    Text(&'static str, usize),
    /// Where a page begins: what to give, and its pattern.
    Cursor(&'static str, &'static str),
}

impl Shape {
    /// Whether several values may be given, parted by commas.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Some(_) | Self::Keys(..))
    }

    /// A value without the blanks around it, where people type it; words for programs are taken as they are.
    fn trimmed(self, value: &str) -> &str {
        match self {
            Self::One(_) | Self::Flag | Self::Number(_) | Self::Instant => value,
            Self::Date | Self::Text(..) | Self::Some(_) | Self::Keys(..) | Self::Cursor(..) => {
                value.trim()
            }
        }
    }

    /// Whether a text is longer than what is looked at.
    fn is_too_long(self, value: &str) -> bool {
        matches!(self, Self::Text(_, most) if value.chars().count() > most)
    }

    /// What is allowed, in words.
    #[must_use]
    pub fn allowed(self) -> String {
        match self {
            Self::Date => when::ALLOWED.to_owned(),
            Self::Instant => "an instant `2026-11-23T10:00:00Z` or a day `2026-11-23`".to_owned(),
            Self::One(words) => format!("one of {}", words().join(", ")),
            Self::Some(words) => format!("a list by commas of {}", words().join(", ")),
            Self::Keys(which, _) => format!("a list by commas of {which}"),
            Self::Flag => "`1` for yes or `0` for no".to_owned(),
            Self::Number(most) => format!("a whole number from 1 to {most}"),
            Self::Text(what, most) => format!("{what} of at most {most} characters"),
            Self::Cursor(what, _) => what.to_owned(),
        }
    }
}

/// What the parameters read so far ask for.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) events: EventQuery,
    pub(super) from: Option<DateRange>,
    pub(super) to: Option<DateRange>,
    pub(super) sort: Option<Sort>,
    pub(super) order: Option<Order>,
    pub(super) limit: Option<u32>,
    pub(super) coarse: Coarse,
    /// The step of the history behind which a page of changes begins.
    pub(super) after: Option<u64>,
    calendar: Calendar,
    today: NaiveDate,
}

impl Draft {
    fn new(today: NaiveDate) -> Self {
        Self {
            events: EventQuery::default(),
            from: None,
            to: None,
            sort: None,
            order: None,
            limit: None,
            coarse: Coarse::default(),
            after: None,
            calendar: Calendar::Gregorian,
            today,
        }
    }

    /// Whether a value that was refused would be a date but for the calendar asked for.
    fn is_of_another_calendar(&self, parameter: &Parameter, value: &str) -> bool {
        matches!(parameter.shape, Shape::Date)
            && self.calendar != Calendar::Gregorian
            && when::read(value, Calendar::Gregorian, self.today).is_some()
    }
}
