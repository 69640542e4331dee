//! The forms of a language's words: what may be joined before a word, and which endings stand in place of the
//! last letters of the dictionary form.

use serde::{Deserialize, Serialize};

/// How the words of one language are read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::lexicon) struct Inflection {
    /// What is written before a word, and what it stands for.
    pub(in crate::lexicon) proclitics: Vec<(String, String)>,
    /// Sets of endings.
    pub(in crate::lexicon) sets: Vec<Vec<String>>,
    /// The most bytes that an ending has.
    pub(in crate::lexicon) longest: usize,
}

impl Inflection {
    pub(super) fn allows(&self, set: u8, ending: &str) -> bool {
        self.sets.get(usize::from(set)).is_some_and(|set| set.iter().any(|known| known == ending))
    }

    /// Calls `read` with a printed word as it is, and without each of what may be joined before it (told as a
    /// flag).
    pub(super) fn bare(&self, word: &str, mut read: impl FnMut(&str, bool)) {
        read(word, false);
        for (written, stands_for) in &self.proclitics {
            let Some(rest) = word.strip_prefix(written.as_str()) else { continue };
            if rest.chars().nth(1).is_none() {
                continue;
            }
            if stands_for.is_empty() {
                read(rest, true);
            } else {
                read(&format!("{stands_for}{rest}"), true);
            }
        }
    }

    /// The least bytes that are left of a word without its ending: no less than two.
    pub(super) fn shortest_base(&self, word: &str) -> usize {
        word.len() - self.longest.min(word.len().saturating_sub(2))
    }
}
