//! What consolidation asks of a store, and what it answers.

use super::Event;
use crate::{
    mention::Mention,
    model::{ArticleId, EventId, MentionId, SourceId, TopicId},
    text::Lang,
};
use chrono::{DateTime, NaiveDate, Utc};

/// A mention with where it comes from, as consolidation sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed.
    pub mention: Mention,
    /// The article that claims it.
    pub article: ArticleId,
    /// Its source.
    pub source: SourceId,
    /// Its language.
    pub lang: Lang,
    /// The day on which it was published, where known.
    pub published: Option<NaiveDate>,
    /// The topics to which the article belongs.
    pub topics: Vec<TopicId>,
    /// When dateline first got the article.
    pub fetched: DateTime<Utc>,
}

/// A key under which claims that may tell the same event meet: a party or place, a group of kinds and a
/// stretch of time. Two claims without a common key are never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockKey(pub i64);

/// What is known already. Two kinds: the database, and memory (`dateline timeline`, tests).
pub trait Ledger {
    /// What can go wrong when asking.
    type Error;

    /// The claims stored under any of `keys`, each once, in any order.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn claims_under(&self, keys: &[BlockKey]) -> Result<Vec<Claim>, Self::Error>;

    /// The claims that make `mentions`, each once, in any order; unknown ones are passed over.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn claims_of(&self, mentions: &[MentionId]) -> Result<Vec<Claim>, Self::Error>;

    /// The events that hold any of `mentions`, each once, in any order; withdrawn and merged ones are not
    /// among them.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn events_holding(&self, mentions: &[MentionId]) -> Result<Vec<Event>, Self::Error>;

    /// Whether `id` was ever given out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn is_taken(&self, id: EventId) -> Result<bool, Self::Error>;

    /// The event `id` as it was last, when it is withdrawn: the same claims bring it back under its id.
    /// `None` for every other id, also for one that became another event's.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn withdrawn(&self, id: EventId) -> Result<Option<Event>, Self::Error>;
}

/// An article that was read for the first time or again: the claims it made before and those it makes now.
/// The ledger still holds the former and not yet the latter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The article.
    pub article: ArticleId,
    /// The claims it made when it was read before.
    pub before: Vec<Claim>,
    /// The claims it makes now. Claims of articles that fit no topic do not come here.
    pub now: Vec<Claim>,
    /// The instant that is recorded with the changes.
    pub at: DateTime<Utc>,
}

/// One field of an event that readers see, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field: `date`, `kind`, `status`, `parties`, `place`, `headline`, `sources` ...
    pub field: &'static str,
    /// Its value before; empty in a first revision.
    pub from: String,
    /// Its value after.
    pub to: String,
}

/// A change of an event that readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The event as it is after the change; its `revision` is the number of this one.
    pub event: Event,
    /// The article because of which it changed.
    pub because: ArticleId,
    /// What changed.
    pub changes: Vec<Change>,
    /// When it was recorded.
    pub recorded: DateTime<Utc>,
}

/// What an arrival changes. All of it is applied in one transaction with the article and its claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Events that are new, that come back after a withdrawal, or that readers see changed, with the
    /// revision that says so.
    pub revised: Vec<Revision>,
    /// Events whose mentions, confidence or the like changed without a change for readers.
    pub touched: Vec<Event>,
    /// Events that turned out to be one: the first is no more, the second stays.
    pub merged: Vec<(EventId, EventId)>,
    /// Events that no article claims any longer.
    pub withdrawn: Vec<EventId>,
}
