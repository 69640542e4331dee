//! The files of the words of dates, as they are written and as they are compiled.

use crate::{
    calendar::Calendar,
    lexicon::{
        matcher::Matcher,
        numbers::Groups,
        sense::{Part, Side, TimeUnit},
    },
};
use chrono::Weekday;
use serde::{Deserialize, Serialize};

/// A file, compiled.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::lexicon) struct Compiled {
    /// The blocks. Their forms are in the matcher.
    pub(in crate::lexicon) rows: File,
    /// All forms, with the numbers of their meanings.
    pub(in crate::lexicon) matcher: Matcher,
    /// What each form means: the numbers of senses, counted through months, weekdays, series and words.
    pub(in crate::lexicon) meanings: Groups,
}

/// How a language writes and counts dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The day with which a week begins.
    pub week_starts: Weekday,
    /// The first of the two days of rest.
    pub weekend: Weekday,
    /// Whether names of months and weekdays are written with a capital letter.
    pub names: NameCase,
    /// Whether "February 25" is a way to write a day.
    pub month_first: bool,
    /// The calendar of "last month" and of years without an era.
    pub calendar: Calendar,
    /// The calendar of a year such as 1403 after the word "year", where the number can be no other.
    pub other_calendar: Calendar,
    /// What a clause without any cue speaks of.
    pub tense: DefaultTense,
    /// Whether each clause shows its tense, so that the tense of its neighbour says nothing of it.
    pub tense_in_clause: bool,
    /// Letters that may be written before a word and do not belong to it.
    pub proclitics: Vec<String>,
    /// What may be written glued before a number and belongs to it: «الـ25».
    #[serde(default)]
    pub number_articles: Vec<String>,
    /// Whether a full stop after a number makes it an ordinal: "25. februara".
    pub dotted_ordinals: bool,
    /// Whether "today" at the head of a sentence means a day; where not, it means "nowadays".
    pub initial_today: bool,
    /// What makes a number a decade: "1970s", "1970-ih".
    pub decade_ending: Option<String>,
    /// Endings of verbs in the past, where they tell.
    #[serde(default)]
    pub past_endings: Vec<String>,
}

/// How names of months and weekdays are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameCase {
    /// With a capital: in small letters a weak name is another word.
    Capital,
    /// Small: inside a sentence a capital makes it a person's name.
    Small,
    /// The script has no capitals.
    None,
}

/// What a clause without any cue speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DefaultTense {
    /// What has happened.
    Past,
    /// What will happen: the language marks its past.
    Future,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct File {
    pub(in crate::lexicon) settings: Settings,
    #[serde(default)]
    pub(in crate::lexicon) months: Vec<Months>,
    #[serde(default)]
    pub(in crate::lexicon) weekdays: Vec<Weekdays>,
    #[serde(default)]
    pub(in crate::lexicon) series: Vec<Series>,
    #[serde(default)]
    pub(in crate::lexicon) words: Vec<Words>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct Months {
    /// Required of every block, so that a reader can check it.
    pub(in crate::lexicon) source: String,
    pub(in crate::lexicon) calendar: Calendar,
    #[serde(default)]
    pub(in crate::lexicon) weak: bool,
    pub(in crate::lexicon) names: Vec<Vec<String>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct Weekdays {
    /// Required of every block, so that a reader can check it.
    pub(in crate::lexicon) source: String,
    #[serde(default)]
    pub(in crate::lexicon) weak: bool,
    pub(in crate::lexicon) names: Vec<Vec<String>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct Series {
    /// Required of every block, so that a reader can check it.
    pub(in crate::lexicon) source: String,
    pub(in crate::lexicon) sense: String,
    pub(in crate::lexicon) first: u32,
    #[serde(default = "one")]
    pub(in crate::lexicon) step: u32,
    pub(in crate::lexicon) forms: Vec<String>,
}

const fn one() -> u32 {
    1
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct Words {
    /// Required of every block, so that a reader can check it.
    pub(in crate::lexicon) source: String,
    pub(in crate::lexicon) sense: String,
    pub(in crate::lexicon) value: Option<i32>,
    pub(in crate::lexicon) unit: Option<TimeUnit>,
    pub(in crate::lexicon) part: Option<Part>,
    pub(in crate::lexicon) calendar: Option<Calendar>,
    #[serde(default)]
    pub(in crate::lexicon) side: Side,
    pub(in crate::lexicon) forms: Vec<String>,
}
