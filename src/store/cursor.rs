//! Where a page ends, so that the next one begins there however many rows came between.

use super::{Sort, row};
use crate::model::EventId;
use chrono::NaiveDate;
use std::{fmt, str::FromStr};

/// The last event of a page, by what its list is sorted by. Its text form is opaque to readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(pub(super) Key);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// Day it is listed under.
    Event(NaiveDate, EventId),
    /// Milliseconds of the instant at which it was first seen.
    Seen(i64, EventId),
    /// Number of its last change.
    Changed(i64),
}

/// Why a cursor was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a cursor; take it from the `next` link of a page, and ask for the next page with the same parameters"
)]
pub struct CursorError {
    /// What was given, shortened.
    pub text: String,
}

impl Cursor {
    /// The sort of the list that it stands in.
    #[must_use]
    pub const fn sort(&self) -> Sort {
        match self.0 {
            Key::Event(..) => Sort::Event,
            Key::Seen(..) => Sort::Seen,
            Key::Changed(_) => Sort::Changed,
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Key::Event(day, id) => write!(f, "e.{}.{id}", row::iso_day(day)),
            Key::Seen(millis, id) => write!(f, "s.{millis}.{id}"),
            Key::Changed(seq) => write!(f, "c.{seq}"),
        }
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let mut parts = text.split('.');
        let key = (|| {
            let key = match parts.next()? {
                "e" => Key::Event(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?),
                "s" => Key::Seen(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?),
                "c" => Key::Changed(parts.next()?.parse().ok()?),
                _ => return None,
            };
            parts.next().is_none().then_some(Self(key))
        })();
        key.ok_or_else(|| CursorError { text: text.chars().take(60).collect() })
    }
}
