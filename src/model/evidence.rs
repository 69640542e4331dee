//! Where in an article a claim stands.

use crate::text::Span;

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The headline.
    Title,
    /// The body.
    Text,
}

impl Field {
    /// The name as it leaves the program: `title`, `text`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
        }
    }

    /// Reads a name as [`Field::name`] writes it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Title, Self::Text].into_iter().find(|field| field.name() == name)
    }
}

/// A span in one part of an article, in bytes of that part as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Located {
    /// The part.
    pub field: Field,
    /// The bytes.
    pub span: Span,
}

/// The words on which a mention rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// The sentence that makes the claim.
    pub sentence: Located,
    /// The words that say what happened; inside the sentence.
    pub trigger: Span,
    /// The words that say when; `None` where the date is inherited or is the publication day.
    pub date: Option<Located>,
}
