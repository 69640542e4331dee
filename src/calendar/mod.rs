//! Days, periods and how sure one is of them: EDTF values, ranges of days, three calendars.

pub mod convert;
pub mod edtf;
pub mod range;
mod system;

pub use convert::Ymd;
pub use edtf::{Edtf, Point, Unit};
pub use range::{DateRange, Precision};
pub use system::Calendar;

use chrono::NaiveDate;

/// Why a date could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The last day lies before the first.
    #[error("a range of days runs backwards: `{first}` to `{last}`; give the earlier day first")]
    Backwards {
        /// The day given first.
        first: NaiveDate,
        /// The day given last.
        last: NaiveDate,
    },
    /// The text is not EDTF of the kinds that dateline writes.
    #[error(
        "`{text}` is not a date; write a day `2025-02-25`, a month `2025-02`, a year `2025` or an interval `2025-02-20/2025-03-01`"
    )]
    NotEdtf {
        /// What was given.
        text: String,
    },
    /// There is no such day in that calendar.
    #[error("there is no day {year}-{month:02}-{day:02} in the {} calendar", .calendar.name())]
    NoSuchDay {
        /// The calendar meant.
        calendar: Calendar,
        /// Year of that calendar.
        year: i32,
        /// Month, from 1.
        month: u8,
        /// Day, from 1.
        day: u8,
    },
}
