//! The words that all other modules share: ids, kinds, status, dates found, parties, evidence.

mod entity;
mod evidence;
mod id;
mod kind;
mod resolved;
mod status;

pub use entity::{Entity, EntityId, EntityType, Party, Role};
pub use evidence::{Evidence, Field, Located};
pub use id::{
    ArticleId, Confidence, CorrectionId, EventId, IdError, MentionId, RuleId, SourceId, TopicId,
};
pub use kind::{Kind, Plover};
pub use resolved::{Anchor, Basis, Resolved};
pub use status::Status;
