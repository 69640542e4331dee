//! The files of the cues, as they are written and as they are compiled.

use crate::lexicon::matcher::Matcher;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A file, compiled.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::lexicon) struct Compiled {
    /// The blocks. Their words are in the matcher.
    pub(in crate::lexicon) rows: File,
    /// All words, with the numbers of their meanings, counted through marks, things, triggers, numbered days
    /// and occasions.
    pub(in crate::lexicon) matcher: Matcher,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct File {
    pub(in crate::lexicon) settings: Settings,
    pub(in crate::lexicon) marks: BTreeMap<Mark, Vec<String>>,
    pub(in crate::lexicon) things: BTreeMap<String, Vec<String>>,
    pub(in crate::lexicon) trigger: Vec<TriggerRow>,
    pub(in crate::lexicon) nth: Vec<NthRow>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct Settings {
    pub(in crate::lexicon) proclitics: Vec<String>,
    pub(in crate::lexicon) endings: Vec<String>,
    pub(in crate::lexicon) abbreviations: Vec<String>,
    /// The verb stands at the end of its clause.
    #[serde(default)]
    pub(in crate::lexicon) verb_final: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct TriggerRow {
    pub(in crate::lexicon) kind: String,
    pub(in crate::lexicon) form: Form,
    pub(in crate::lexicon) aspect: Option<Aspect>,
    #[serde(default)]
    pub(in crate::lexicon) needs: Vec<String>,
    #[serde(default)]
    pub(in crate::lexicon) sited: bool,
    pub(in crate::lexicon) words: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct NthRow {
    pub(in crate::lexicon) n: u8,
    pub(in crate::lexicon) words: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct OccasionRow {
    pub(in crate::lexicon) kind: String,
    pub(in crate::lexicon) year: i32,
    pub(in crate::lexicon) place: String,
    pub(in crate::lexicon) host: String,
    pub(in crate::lexicon) names: Vec<String>,
}

/// How a trigger tells its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A finite verb in the past or present: "met".
    Told,
    /// A verb without tense or in the future: "meet", "سيلتقي".
    Bare,
    /// A noun: "meeting".
    Noun,
}

/// Which end of a stay or a session a trigger tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// It begins: "arrived".
    Start,
    /// It is over: "returned".
    End,
}

/// What a word says of the events around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A future tense.
    Future,
    /// A plan, told as settled.
    Plan,
    /// A hope, an offer, a request.
    Hope,
    /// A possibility or condition.
    Modal,
    /// Called off.
    Cancel,
    /// Put off.
    Postpone,
    /// A negation or denial.
    Deny,
    /// Biography and history of institutions.
    Background,
    /// The day of what was told before: "the same day", "on the sidelines".
    Same,
    /// Inside a visit: "during the visit".
    Inside,
    /// After something that is over: "after the two-day session".
    After,
    /// Some time before, without saying when.
    Earlier,
    /// The place after it is where something happens.
    At,
    /// The person after it leads a delegation: "headed by".
    Led,
    /// Beside a country or its people: its capital.
    Capital,
    /// Takes place by video.
    Video,
    /// Points back at an event, or at events in general: "in this meeting".
    Reference,
    /// Only looks like the word of an event: «وزارة» (ministry) like «و» and «زار» (visited).
    Homonym,
    /// The date after it begins something.
    Since,
    /// The date after it ends something.
    Until,
    /// The date after it is a deadline.
    Deadline,
    /// The place after it is left or only names somebody.
    From,
    /// Somebody told before who is a guest or a delegation.
    Guest,
    /// People told by what they are: "experts", "a team".
    Group,
    /// Two cities become sister cities.
    Twin,
    /// Begins the clause of what is said: "that".
    That,
    /// Somebody told before.
    Pronoun,
    /// Both sides told before.
    Both,
    /// Whoever is named next invites or receives: "at the invitation of".
    Invite,
    /// A session or a show opens.
    Begin,
    /// A session or a show closes.
    End,
    /// A session or a show takes place, or somebody takes part.
    Hold,
    /// Somebody says something.
    Say,
    /// Begins a clause about what is named before it: "which".
    Which,
    /// What comes next is talked about: "discussed", "about".
    About,
    /// What lasts for days though its kind does not: a course, a festival, a camp.
    Lasting,
    /// Something goes on or somebody stays: "will last", "will stay".
    Last,
    /// Somebody goes home: "returns to".
    Home,
    /// Sport.
    Sport,
    /// Begins a line that belongs to the page and not to the article.
    Furniture,
    /// A letter or message.
    Letter,
    /// The year after it is what something is agreed for, not when that is done: "a plan for 2026".
    For,
}
