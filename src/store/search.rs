//! Finding events by words, in four languages and three scripts.
//!
//! What is looked for and how words are compared is [`crate::text::terms`]'s; here it is filed and asked
//! for. A word of Arabic script is also filed as its tails. (A trigram index would do the same at three times
//! the cost, would find Iran in Tirana, and could not find "AI".)

pub(super) use crate::text::terms::Terms;

use crate::text::terms::{Phrase, Term, tails, tokens};
use std::collections::BTreeSet;

/// The words of an event, ready to be filed.
#[derive(Debug, Default)]
pub(super) struct Words {
    texts: BTreeSet<String>,
}

impl Words {
    /// Adds a text; the same one twice counts once.
    pub(super) fn add(&mut self, text: &str) {
        let folded = tokens(text).join(" ");
        if !folded.is_empty() {
            self.texts.insert(folded);
        }
    }

    /// All words. Texts are parted by a word that no query holds, so that no phrase reaches from one into
    /// the next.
    pub(super) fn words(&self) -> String {
        self.texts.iter().map(String::as_str).collect::<Vec<_>>().join(" \u{e000} ")
    }

    /// The tails of all words.
    pub(super) fn tails(&self) -> String {
        let words: BTreeSet<&str> = self.texts.iter().flat_map(|text| text.split(' ')).collect();
        let tails: BTreeSet<&str> = words.into_iter().flat_map(tails).collect();
        tails.into_iter().collect::<Vec<_>>().join(" \u{e000} ")
    }

    /// Whether the words hold all terms: the same answer as the index gives, for snapshots that are in none.
    pub(super) fn hold(&self, terms: &Terms) -> bool {
        let texts: Vec<Vec<&str>> =
            self.texts.iter().map(|text| text.split(' ').collect()).collect();
        let tails: Vec<&str> = texts.iter().flatten().copied().flat_map(tails).collect();
        let holds = |phrase: &Phrase| {
            texts.iter().any(|text| phrase.is_in(text))
                || tails.iter().any(|tail| phrase.is_in(std::slice::from_ref(tail)))
        };
        !terms.all().is_empty() && terms.all().iter().all(|term| term.is_found(holds))
    }

    /// A hash of the words; 0 when there are none.
    pub(super) fn hash(&self) -> i64 {
        if self.texts.is_empty() {
            return 0;
        }
        let mut hasher = blake3::Hasher::new();
        for text in &self.texts {
            hasher.update(text.as_bytes());
            hasher.update(&[0]);
        }
        let mut hash = [0; 8];
        hasher.finalize_xof().fill(&mut hash);
        i64::from_le_bytes(hash) | 1
    }
}

/// The query in the language of FTS5, every word quoted; `None` when there is nothing to look for.
pub(super) fn expression(terms: &Terms) -> Option<String> {
    let phrase = |Phrase { words, prefix }: &Phrase| {
        format!("\"{}\"{}", words.join(" "), if *prefix { " *" } else { "" })
    };
    let way = |way: &Vec<Phrase>| {
        format!("({})", way.iter().map(phrase).collect::<Vec<_>>().join(" AND "))
    };
    let term =
        |term: &Term| format!("({})", term.ways.iter().map(way).collect::<Vec<_>>().join(" OR "));
    let terms: Vec<String> = terms.all().iter().map(term).collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}
