//! Mentions: one article's claims that something happened or will happen.
//!
//! Reading goes in steps, each pure. Names, time expressions and cues are found in one pass each and laid
//! out by sentence (`view`). The triggers of a sentence make candidates with the time expressions nearest
//! to them (`candidate`, `bind`), their place and parties (`place`, `party`) and status (`status`). Candidates that
//! tell one event are folded together (`merge`), and those without a date of their own get one from the
//! events around them or from publication (`story`). What is too little to be a claim is left, with the
//! reason.
//!
//! Invariant: extraction knows no topic. Which claims belong to a story is for
//! [`event::topic`](crate::event::topic) to say.

mod bind;
mod border;
mod candidate;
mod cast;
mod clause;
mod confidence;
mod extract;
mod layout;
mod merge;
pub mod name;
mod occasion;
mod party;
mod place;
mod rules;
mod scene;
mod sift;
mod span;
mod status;
mod stay;
mod story;
mod times;
mod topic;
mod view;

pub use extract::{extract, extract_if};

use crate::{
    calendar::Edtf,
    model::{
        Confidence, Entity, EntityId, Evidence, Kind, Located, MentionId, Party, Resolved, RuleId,
        Status,
    },
    text::Lang,
    timex::{Timex, Vague},
};

/// One article's claim that something happens on some date. It never changes: another reading of the
/// article makes other mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its key.
    pub id: MentionId,
    /// What kind of happening.
    pub kind: Kind,
    /// Whether it has happened.
    pub status: Status,
    /// When.
    pub when: Resolved,
    /// The date that a postponement left.
    pub previous: Option<Edtf>,
    /// Who, in the order in which they matter; at most [`Mention::MAX_PARTIES`].
    pub parties: Vec<Party>,
    /// Where it happens.
    pub place: Option<Entity>,
    /// What it is about.
    pub themes: Vec<EntityId>,
    /// The words it rests on.
    pub evidence: Evidence,
    /// How likely it is right.
    pub confidence: Confidence,
    /// The rules that made it.
    pub rules: Vec<RuleId>,
}

impl Mention {
    /// The most parties that are kept.
    pub const MAX_PARTIES: usize = 12;
}

/// Something that looked like a date or an event and was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Where it stands.
    pub at: Located,
    /// Why it was left, for the reader of `extract --explain`.
    pub why: String,
}

/// All that was read out of one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Extraction {
    /// The language it was read in.
    pub lang: Lang,
    /// The time expressions, in reading order, headline first.
    pub timexes: Vec<Timex>,
    /// Words that point to a time and tell no date.
    pub vague: Vec<Vague>,
    /// The mentions, in reading order.
    pub mentions: Vec<Mention>,
    /// All countries, people, bodies, places and themes that the article names, for deciding which
    /// topics it belongs to; sorted, each once.
    pub entities: Vec<EntityId>,
    /// Everybody and everything named, in reading order.
    pub names: Vec<name::Name>,
    /// What was left, with reasons.
    pub left: Vec<Left>,
}
