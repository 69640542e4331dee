//! What a word can mean in a date.

use crate::calendar::Calendar;
use chrono::Weekday;
use serde::Deserialize;

/// On which side of what it belongs to a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Before it: "last week", "pre tri dana".
    Before,
    /// After it: «هفته گذشته», "two days ago".
    After,
    /// On either side.
    #[default]
    Either,
}

impl Side {
    /// Whether the word may stand before.
    #[must_use]
    pub const fn before(self) -> bool {
        matches!(self, Self::Before | Self::Either)
    }

    /// Whether the word may stand after.
    #[must_use]
    pub const fn after(self) -> bool {
        matches!(self, Self::After | Self::Either)
    }
}

/// A stretch of time that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeUnit {
    /// Anything shorter than a day.
    Hour,
    /// Day.
    Day,
    /// Week.
    Week,
    /// The days of rest of a week.
    Weekend,
    /// Month.
    Month,
    /// Three months.
    Quarter,
    /// A half of something longer.
    Half,
    /// Year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// Which part of a period is meant, or that it is meant only about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// "early", «مطلع», "početkom", «اوایل».
    Start,
    /// "mid", «منتصف», "sredinom", «اواسط».
    Mid,
    /// "late", «أواخر», "krajem", «اواخر».
    End,
    /// "around", «حوالي», "oko", «حدود».
    About,
}

/// One meaning of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// A month; a `weak` name is also another common word or a shortening and needs a day or a year
    /// beside it.
    Month {
        /// Its calendar.
        calendar: Calendar,
        /// From 1.
        month: u8,
        /// Needs company.
        weak: bool,
    },
    /// A weekday, `weak` as above.
    Weekday {
        /// Which.
        day: Weekday,
        /// Needs company.
        weak: bool,
    },
    /// "three".
    Number(u32),
    /// "third".
    Ordinal(u32),
    /// "weeks"; with a count where the word says it: «أسبوعين» is two weeks.
    Unit {
        /// Which.
        unit: TimeUnit,
        /// How many, where the form tells.
        count: Option<u32>,
    },
    /// 1 is spring.
    Season(u8),
    /// Days from the anchor: "yesterday" is -1.
    DayShift(i32),
    /// Days from the date told last: "the next day" is 1.
    ToldShift(i32),
    /// "last", "this", "next": -1, 0, 1.
    Toward {
        /// The direction.
        by: i32,
        /// Where it stands.
        side: Side,
    },
    /// "the previous", "the following": -1, 1 from the date told last.
    ToldToward {
        /// The direction.
        by: i32,
        /// Where it stands.
        side: Side,
    },
    /// Years from the anchor's: «پارسال» is -1.
    YearShift(i32),
    /// "ago".
    Ago(Side),
    /// "in .. days", «دیگر».
    Hence(Side),
    /// "later": from the date told last.
    Later(Side),
    /// "earlier": from the date told last.
    Earlier(Side),
    /// "early", "around".
    Approx(Part),
    /// "seventies".
    Decade(u32),
    /// "Q3".
    Quarter(u8),
    /// «میلادی», "AD", «هـ».
    Era(Calendar),
    /// Points to the past, the present or the future (-1, 0, 1) and tells no date: "recently", "now", "soon".
    Vague(i32),
    /// A length of stay in days: "trodnevna".
    Duration(u32),
    /// A word with a part to play.
    Mark(Mark),
}

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The part that a small word plays around dates.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Mark { $($(#[$doc])* $name,)* }

        impl Mark {
            /// Reads the name that data files use.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)* _ => None }
            }

            /// The bit of this mark in a set of marks.
            #[must_use]
            pub const fn bit(self) -> u64 {
                1 << (self as u8)
            }
        }
    };
}

marks! {
    /// Joins day and month: "of", «من».
    Of = "of",
    /// "the".
    The = "the",
    /// "and".
    And = "and",
    /// Between the ends of a range: "to", "do", «تا».
    To = "to",
    /// Before a range: "from".
    From = "from",
    /// Opens a period that lasts: "since", «منذ».
    Since = "since",
    /// "between".
    Between = "between",
    /// A deadline: "by", "until".
    By = "by",
    /// Places something in time: "in", "on", "during".
    At = "at",
    /// "until today" after a beginning.
    UntilNow = "until-now",
    /// "earlier" before "this month".
    Within = "within",
    /// "every": what follows is a set.
    Every = "every",
    /// Shortened "year" after a number: "g.".
    YearMark = "year-mark",
    /// A part of a day: "morning".
    PartOfDay = "part-of-day",
    /// Says that numbers beside it are a time of day.
    Clock = "clock",
    /// A verb form of the future.
    Future = "future",
    /// A verb form of the past.
    Past = "past",
    /// Moves something to another time: what "to" leads to after it is ahead.
    Moved = "moved",
    /// "new" before "year": the one that begins next or has just begun.
    New = "new",
    /// After a day: of the month told last, «العاشر منه».
    OfIt = "of-it",
    /// Before a length of time: at its end at the latest, "within two days".
    Deadline = "deadline",
    /// A verb form after which a month is ahead: "to visit", "dogovorili".
    Ahead = "ahead",
    /// Begins another clause.
    Clause = "clause",
    /// After this word a number is not a year.
    NotYearBefore = "not-year-before",
    /// Before this word a number is not a year.
    NotYearAfter = "not-year-after",
    /// After this word there is no date: streets, titles of people.
    NotDateBefore = "not-date-before",
    /// Before this word there is no date.
    NotDateAfter = "not-date-after",
    /// A word for something that bears the number of its year: "Expo".
    Occasion = "occasion",
    /// Begins a line of page furniture: "Read also".
    Furniture = "furniture",
    /// Before the era of its calendar: a year or century beside it is none that news tells.
    BeforeEra = "before-era",
    /// Between two days that share a night: "Friday into Saturday", "petka na subotu".
    Into = "into",
    /// A month by itself, without a preposition: «مهرماه».
    MonthAlone = "month-alone",
    /// A season by itself, without a preposition: "letos".
    SeasonAlone = "season-alone",
    /// "the same month": the month of the date told last.
    SameMonth = "same-month",
    /// Between a weekday or a date and the same day in other words: «الموافق».
    Same = "same-day",
    /// "of the same year": the year of the date told last.
    SameYear = "same-year",
    /// The last part of a whole: "the last quarter of 2024".
    Final = "final",
    /// The word is nothing to dates; it hides shorter patterns.
    Plain = "plain",
}
