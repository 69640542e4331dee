//! Keys of articles, mentions, events, corrections, sources and rules.

use std::{borrow::Cow, cmp::Ordering, fmt};

/// Why a key was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not the hexadecimal form of a hash.
    #[error("`{text}` is not the id of {what}; ids are {length} hexadecimal digits")]
    NotHex {
        /// What the id should name.
        what: &'static str,
        /// What was given, shortened.
        text: String,
        /// How many digits there should be.
        length: usize,
    },
    /// Not a slug.
    #[error("`{text}` is not an id; use lower-case letters, digits and hyphens, such as `irna-en`")]
    NotSlug {
        /// What was given, shortened.
        text: String,
    },
}

/// The digit for a number below sixteen.
const fn hex_digit(n: u8) -> u8 {
    if n < 10 { b'0' + n } else { b'a' + n - 10 }
}

macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name([u8; 16]);

        impl Ord for $name {
            /// The order of the bytes, as one number: sixteen bytes are compared in two steps, without a call.
            fn cmp(&self, other: &Self) -> Ordering {
                u128::from_be_bytes(self.0).cmp(&u128::from_be_bytes(other.0))
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl $name {
            /// The id whose key is `parts`: the first 128 bits of the BLAKE3 hash of the parts, each
            /// preceded by its length, so that no two lists of parts share a key.
            #[must_use]
            pub fn of(parts: &[&[u8]]) -> Self {
                let mut hasher = blake3::Hasher::new();
                for part in parts {
                    hasher.update(&(part.len() as u64).to_le_bytes());
                    hasher.update(part);
                }
                let mut key = [0; 16];
                hasher.finalize_xof().fill(&mut key);
                Self(key)
            }

            /// The id with these bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut digits = [0; 32];
                for (byte, pair) in self.0.iter().zip(digits.as_chunks_mut::<2>().0) {
                    *pair = [hex_digit(byte >> 4), hex_digit(byte & 0xf)];
                }
                f.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let wrong = || IdError::NotHex { what: $what, text: text.chars().take(40).collect(), length: 32 };
                if text.len() != 32 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
                    return Err(wrong());
                }
                u128::from_str_radix(text, 16).map(|n| Self(n.to_be_bytes())).map_err(|_| wrong())
            }
        }
    };
}

hash_id!(
    /// The key of an article: from its source and its guid, else its link, else its text.
    ArticleId,
    "an article"
);
hash_id!(
    /// The key of an event, minted once from its first mention and then only looked up. It is the GUID of
    /// feeds, the Atom id and the iCalendar UID: it never changes meaning.
    EventId,
    "an event"
);
hash_id!(
    /// The key of a mention: from its article, its trigger and its kind.
    MentionId,
    "a mention"
);
hash_id!(
    /// The key of a correction: from the event, from what was corrected, and from how often it was before.
    CorrectionId,
    "a correction"
);

/// The name of a source in config.toml: lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(String);

impl SourceId {
    /// Checks the name.
    ///
    /// # Errors
    /// [`IdError::NotSlug`] for anything but 1 to 64 lower-case letters, digits and hyphens.
    pub fn new(text: &str) -> Result<Self, IdError> {
        let slug = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || text.len() > 64 || !text.bytes().all(slug) {
            return Err(IdError::NotSlug { text: text.chars().take(40).collect() });
        }
        Ok(Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a topic in config.toml; written like a [`SourceId`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TopicId(String);

impl TopicId {
    /// Checks the name.
    ///
    /// # Errors
    /// [`IdError::NotSlug`] for anything but 1 to 64 lower-case letters, digits and hyphens.
    pub fn new(text: &str) -> Result<Self, IdError> {
        SourceId::new(text).map(|slug| Self(slug.0))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TopicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a rule that took part in a result, such as `timex.day-month` or `bind.same-clause`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub Cow<'static, str>);

impl RuleId {
    /// A rule known at compile time.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How likely a mention or an event is right, in per cent: 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Confidence(u8);

impl Confidence {
    /// The confidence, held to 100.
    #[must_use]
    pub const fn new(per_cent: u8) -> Self {
        Self(if per_cent > 100 { 100 } else { per_cent })
    }

    /// In per cent.
    #[must_use]
    pub const fn per_cent(self) -> u8 {
        self.0
    }
}
