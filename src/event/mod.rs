//! Events: what the mentions of all articles agree on.
//!
//! A mention belongs to one article and never changes; an event is what the mentions agree on, has a
//! stable id and changes by revision. Consolidation is pure: it asks a [`Ledger`] what is known near the
//! new claims and answers with the [`Changes`] to make.

mod agree;
mod block;
mod cluster;
mod compact;
mod consolidate;
mod correct;
mod facts;
pub mod headline;
mod identity;
mod ledger;
mod memory;
mod namesake;
mod pins;
mod region;
mod reread;
mod revise;
mod same;
mod topic;

pub use block::{Slot, Window};
pub use consolidate::{Options, consolidate};
pub use correct::{Corrected, Correction, Fix, Refusal, correct};
pub use facts::Facts;
pub use ledger::{Arrival, Cause, Change, Changes, Claim, Ledger, Revision, Ruling};
pub use memory::{MemoryLedger, Whereabouts};
pub use reread::{Heirs, Resettled, resettle};
pub use same::{Dates, Parties, Places, Reason, Verdict, same};
pub use topic::{Topic, keep_claimed, topics_of};

use crate::{
    calendar::Edtf,
    model::{
        ArticleId, Confidence, Entity, EntityId, EventId, Field, Kind, MentionId, Party, Resolved,
        SourceId, Status, TopicId,
    },
    text::{Lang, Span},
};
use chrono::{DateTime, NaiveDate, Utc};
use url::Url;

/// One happening, however many articles tell it in however many languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its key, for ever.
    pub id: EventId,
    /// Counts the changes that readers could see, from 1.
    pub revision: u32,
    /// What kind of happening.
    pub kind: Kind,
    /// Whether it has happened.
    pub status: Status,
    /// When, as the mentions agree.
    pub when: Resolved,
    /// The date it had before a postponement.
    pub previous: Option<Edtf>,
    /// Who.
    pub parties: Vec<Party>,
    /// Where.
    pub place: Option<Entity>,
    /// What it is about.
    pub themes: Vec<EntityId>,
    /// The topics of config.toml to which its articles belong, sorted.
    pub topics: Vec<TopicId>,
    /// English headline made from the fields above.
    pub headline: String,
    /// The mentions it rests on, each with its article, in a fixed order.
    pub mentions: Vec<(ArticleId, MentionId)>,
    /// How likely it is right.
    pub confidence: Confidence,
    /// When dateline first saw it.
    pub first_seen: DateTime<Utc>,
    /// When it last changed for readers.
    pub changed: DateTime<Utc>,
}

/// What one article says of an event: the claim, and the words it rests on, for showing to readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The mention.
    pub mention: MentionId,
    /// Its article.
    pub article: ArticleId,
    /// The source that brought the article.
    pub source: SourceId,
    /// What the source calls itself.
    pub source_name: String,
    /// The article's address.
    pub url: Option<Url>,
    /// The article's headline.
    pub title: String,
    /// The article's language.
    pub lang: Lang,
    /// The day on which it was published.
    pub published: Option<NaiveDate>,
    /// The part of the article in which the sentence stands.
    pub field: Field,
    /// The sentence, as printed.
    pub sentence: String,
    /// Where the sentence stands, in code points of that part.
    pub sentence_at: Span,
    /// The words that say what happened, in code points of that part.
    pub trigger_at: Span,
    /// The part in which the words that say when stand, and where, in code points; `None` where the date
    /// is inherited or is the publication day.
    pub date_at: Option<(Field, Span)>,
    /// The claim: what this article says.
    pub kind: Kind,
    /// The status that this article gives.
    pub status: Status,
    /// The date that this article gives.
    pub when: Resolved,
    /// How likely the claim is right.
    pub confidence: Confidence,
}

/// An event with all that articles say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The event.
    pub event: Event,
    /// What the articles say, in the order of [`Event::mentions`].
    pub reports: Vec<Report>,
}
