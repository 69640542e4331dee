//! An article as dateline keeps it: cleaned text, where it came from, when it was published.

use crate::{
    model::{Anchor, ArticleId, Field, SourceId},
    text::Lang,
};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use url::Url;

/// When an article was published, as precisely as its source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// An instant, in the offset in which the source gives it or in the source's own time zone: its day
    /// is the day that "today" means in the text.
    At(DateTime<FixedOffset>),
    /// A day without a time.
    On(NaiveDate),
}

impl Published {
    /// The day that "today" means in the article.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        match self {
            Self::At(instant) => instant.date_naive(),
            Self::On(day) => day,
        }
    }
}

/// An article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its key.
    pub id: ArticleId,
    /// The feed or seed that brought it.
    pub source: SourceId,
    /// What the source calls itself, for readers: "Al-Vefagh".
    pub source_name: String,
    /// Its address.
    pub url: Option<Url>,
    /// Its headline; may be empty.
    pub title: String,
    /// Its cleaned text: no markup, paragraphs parted by line breaks. At most [`Article::MAX_TEXT`] bytes.
    pub text: String,
    /// Its language.
    pub lang: Lang,
    /// When it was published, where the source says so.
    pub published: Option<Published>,
    /// When dateline first got it.
    pub fetched: DateTime<Utc>,
}

impl Article {
    /// The longest text kept, in bytes; longer ones are cut at the end of a character.
    pub const MAX_TEXT: usize = 256 * 1024;

    /// The longest headline kept, in bytes.
    pub const MAX_TITLE: usize = 2 * 1024;

    /// What relative dates are counted from: the day of publication, else "not after the day on which
    /// dateline got it".
    #[must_use]
    pub fn anchor(&self) -> Anchor {
        match self.published {
            Some(published) => Anchor::Day(published.day()),
            None => Anchor::NotAfter(self.fetched.date_naive()),
        }
    }

    /// Headline or body.
    #[must_use]
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        }
    }

    /// A hash of headline and text: two versions of an article with the same hash say the same.
    #[must_use]
    pub fn text_hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&(self.title.len() as u64).to_le_bytes());
        hasher.update(self.title.as_bytes());
        hasher.update(self.text.as_bytes());
        *hasher.finalize().as_bytes()
    }
}
