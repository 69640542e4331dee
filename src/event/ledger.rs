//! What consolidation asks of a store, and what it answers.

use super::{Correction, Event, Facts, Window};
use crate::{
    mention::Mention,
    model::{ArticleId, CorrectionId, EventId, MentionId, SourceId, TopicId},
    text::Lang,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;

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

/// What is known already. Two kinds: the database, and memory (`dateline timeline`, tests).
pub trait Ledger {
    /// What can go wrong when asking.
    type Error;

    /// What is compared of the claims that stand in any of `windows`, each once, in any order.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn met_in(&self, windows: &[Window]) -> Result<Vec<Arc<Facts>>, Self::Error>;

    /// The claims that make `mentions`, each once, in any order; unknown ones are passed over.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn claims_of(&self, mentions: &[MentionId]) -> Result<Vec<Arc<Claim>>, Self::Error>;

    /// The events that hold any of `mentions`, each once, in any order, hidden ones too; withdrawn and merged
    /// ones hold none.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn events_holding(&self, mentions: &[MentionId]) -> Result<Vec<Arc<Event>>, Self::Error>;

    /// The event `id` that readers see; `None` for one that is merged, withdrawn, hidden, or was never there.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn event(&self, id: EventId) -> Result<Option<Event>, Self::Error>;

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

    /// The corrections in force that bear on any of `events`, each once, in the order in which they were
    /// made.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn rulings(&self, events: &[EventId]) -> Result<Vec<Ruling>, Self::Error>;
}

/// A correction in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// The correction.
    pub correction: Correction,
    /// The events on which it bears today, sorted: those that it names, or those that they became by mergers
    /// since.
    pub on: Vec<EventId>,
}

/// Because of what an event changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// An article that came, was edited, was taken down, or was read with other rules.
    Article(ArticleId),
    /// An analyst's correction.
    Correction {
        /// Its key.
        id: CorrectionId,
        /// The reason that the analyst gives.
        reason: String,
    },
}

impl Cause {
    /// The article, if it is one.
    #[must_use]
    pub const fn article(&self) -> Option<ArticleId> {
        match self {
            Self::Article(id) => Some(*id),
            Self::Correction { .. } => None,
        }
    }

    /// The reason of a correction, if it is one.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Article(_) => None,
            Self::Correction { reason, .. } => Some(reason),
        }
    }
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
    /// Because of what it changed.
    pub because: Cause,
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
    /// Events that readers see no longer: no article claims them, or an analyst hid them.
    pub withdrawn: Vec<EventId>,
    /// Events that an analyst hid, as they are now. They go on holding their claims, so that what tells the
    /// same stays hidden with them.
    pub hidden: Vec<Event>,
}
