//! Finding events by words, in four languages and three scripts.
//!
//! Words are compared in folded form ([`crate::text::fold`]): one spelling for all the ways a letter is
//! typed, Cyrillic and Latin alike. Endings are met by prefixes: `beograd` finds `Beogradu`. Particles that
//! Arabic script writes attached are met by *tails*: a word of that script is also filed without its first
//! one, two and three letters, so that صربيا finds بصربيا. (A trigram index would do the same at three
//! times the cost, would find Iran in Tirana, and could not find "AI".)

use crate::text::fold::fold;
use std::{collections::BTreeSet, fmt::Write as _};

/// The shortest word that is taken as the beginning of others.
const PREFIX: usize = 3;

/// The most words of a query that are looked at; a bound on the work that one request can ask for.
const TERMS: usize = 16;

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

/// What a reader looks for: every term must be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terms(Vec<Term>);

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    /// Whether the last of them may go on.
    prefix: bool,
}

impl Terms {
    /// Reads a query: terms are parted by blanks; quotation marks keep words together and as they are; a
    /// star lets a short word go on.
    pub(super) fn read(query: &str) -> Self {
        let folded = fold(query);
        let mut terms = Vec::new();
        for (n, piece) in folded.split('"').enumerate() {
            if n % 2 == 1 {
                terms.push(Term { words: tokens(piece), prefix: false });
                continue;
            }
            for term in piece.split_whitespace() {
                let words = tokens(term);
                let is_long = |word: &String| word.chars().count() >= PREFIX;
                let prefix = term.ends_with('*') || (words.len() == 1 && words.iter().all(is_long));
                terms.push(Term { words, prefix });
            }
        }
        terms.retain(|term| !term.words.is_empty());
        terms.truncate(TERMS);
        Self(terms)
    }

    /// The query in the language of FTS5, every word quoted; `None` when there is nothing to look for.
    pub(super) fn expression(&self) -> Option<String> {
        let mut expression = String::new();
        for term in &self.0 {
            let and = if expression.is_empty() { "" } else { " AND " };
            let star = if term.prefix { " *" } else { "" };
            write!(expression, "{and}\"{}\"{star}", term.words.join(" ")).ok()?;
        }
        (!expression.is_empty()).then_some(expression)
    }

    /// Whether `words` hold all terms: the same answer as the index gives, for snapshots that are in none.
    pub(super) fn are_in(&self, words: &Words) -> bool {
        let texts: Vec<Vec<&str>> =
            words.texts.iter().map(|text| text.split(' ').collect()).collect();
        let tails: Vec<&str> = texts.iter().flatten().copied().flat_map(tails).collect();
        let found = |term: &Term| {
            texts.iter().any(|text| term.is_in(text))
                || tails.iter().any(|tail| term.is_in(std::slice::from_ref(tail)))
        };
        !self.0.is_empty() && self.0.iter().all(found)
    }
}

impl Term {
    fn is_in(&self, text: &[&str]) -> bool {
        let Some((last, before)) = self.words.split_last() else { return false };
        text.windows(self.words.len()).any(|window| {
            window.split_last().is_some_and(|(end, start)| {
                start.iter().zip(before).all(|(a, b)| a == b)
                    && (*end == last || (self.prefix && end.starts_with(last.as_str())))
            })
        })
    }
}

/// The words of a text: runs of letters and digits of its folded form.
fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What is left of a word of Arabic script without its first letters, where that is a word's length.
fn tails(word: &str) -> impl Iterator<Item = &str> {
    let is_arabic = word.chars().next().is_some_and(|c| matches!(c, '\u{620}'..='\u{6d3}'));
    let length = word.chars().count();
    word.char_indices()
        .enumerate()
        .skip(1)
        .take(if is_arabic { 3 } else { 0 })
        .filter(move |(n, _)| length - n >= PREFIX)
        .filter_map(|(_, (at, _))| word.get(at..))
}
