//! A list of words, asked which of them a text begins with.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{borrow::Cow, fmt};
use yada::DoubleArray;

/// Words with their numbers, as a double-array trie: a text is followed letter by letter until no word goes on
/// with it. It is used as it lies in the program.
#[derive(Default)]
pub(super) struct Prefixes(pub(super) Option<DoubleArray<Cow<'static, [u8]>>>);

impl Prefixes {
    /// The words with which `text` begins, shortest first: their numbers and lengths in bytes. `text` must not
    /// hold the character NUL.
    pub(super) fn of<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (u32, usize)> {
        self.0.iter().flat_map(move |words| words.common_prefix_search(text))
    }

    fn bytes(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |words| &words.0)
    }
}

impl fmt::Debug for Prefixes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prefixes({} bytes)", self.bytes().len())
    }
}

impl Serialize for Prefixes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.bytes())
    }
}

impl<'de: 'static> Deserialize<'de> for Prefixes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&'static [u8]>::deserialize(deserializer)?;
        if bytes.is_empty() {
            return Ok(Self(None));
        }
        let words = DoubleArray::new(bytes.into()).map_err(de::Error::custom)?;
        Ok(Self(Some(words)))
    }
}
