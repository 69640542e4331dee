//! The calendars.

use serde::{Deserialize, Serialize};

/// A calendar in which a text may write a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// The Gregorian calendar.
    Gregorian,
    /// The Persian solar Hijri calendar.
    Jalali,
    /// The Islamic lunar Hijri calendar, in its Umm al-Qura reckoning.
    Hijri,
}

impl Calendar {
    /// The name as it leaves the program: `gregorian`, `jalali`, `hijri`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gregorian => "gregorian",
            Self::Jalali => "jalali",
            Self::Hijri => "hijri",
        }
    }
}
