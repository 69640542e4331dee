//! People, bodies and places, and the parts they play.

use crate::model::Located;
use std::{fmt, sync::Arc};

/// The key of a person, organisation, place or theme: `person:sattar-hashemi`, `place:belgrade`.
///
/// Entities of the gazetteer have the key that stands there; others get one from their name in Latin
/// letters, marked with a tilde (`person:~edin-djerlek`), so that the same name met in two scripts gets
/// the same key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(Arc<str>);

impl EntityId {
    /// The key as written.
    #[must_use]
    pub fn new(key: impl Into<Arc<str>>) -> Self {
        Self(key.into())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The type before the colon; `None` for a key without one.
    #[must_use]
    pub fn entity_type(&self) -> Option<EntityType> {
        EntityType::from_name(self.0.split_once(':')?.0)
    }

    /// Whether no gazetteer knows it.
    #[must_use]
    pub fn is_unlisted(&self) -> bool {
        self.0.contains(":~")
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityType {
    /// A human being.
    Person,
    /// A body: ministry, company, parliament, union of states.
    Organisation,
    /// A country, city or venue. A country may also act.
    Place,
    /// A subject matter, such as artificial intelligence.
    Theme,
}

impl EntityType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organisation, Self::Place, Self::Theme];

    /// The name as it stands before the colon of a key.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Theme => "theme",
        }
    }

    /// Reads a name as [`EntityType::name`] writes it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entity_type| entity_type.name() == name)
    }
}

/// An entity with the name by which readers know it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entity {
    /// The key.
    pub id: EntityId,
    /// The canonical name in English or, for an unlisted one, in Latin letters.
    pub name: Arc<str>,
    /// The country for which a person or body acts, or in which a place lies; a country names itself.
    /// `None` where neither the gazetteer nor the text tells it.
    pub country: Option<EntityId>,
}

impl Entity {
    /// Whether it is a country as a whole.
    #[must_use]
    pub fn is_country(&self) -> bool {
        self.country.as_ref() == Some(&self.id)
    }

    /// Whether it is a person.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.id.entity_type() == Some(EntityType::Person)
    }

    /// Whether it is a body.
    #[must_use]
    pub fn is_organisation(&self) -> bool {
        self.id.entity_type() == Some(EntityType::Organisation)
    }
}

/// The part a party plays in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Who travels.
    Visitor,
    /// Who receives or organises.
    Host,
    /// Who signs.
    Signatory,
    /// Who sends a message or an invitation.
    Sender,
    /// Who gets it.
    Recipient,
    /// Who takes part otherwise.
    Participant,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Visitor,
        Self::Host,
        Self::Signatory,
        Self::Sender,
        Self::Recipient,
        Self::Participant,
    ];

    /// The name as it leaves the program.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Host => "host",
            Self::Signatory => "signatory",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Participant => "participant",
        }
    }

    /// Reads a name as [`Role::name`] writes it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Who takes part in an event, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub who: Entity,
    /// As what.
    pub role: Role,
    /// Where the article names them.
    pub at: Option<Located>,
}
