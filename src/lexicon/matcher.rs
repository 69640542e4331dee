//! Finds the words of a lexicon in a folded text: one pass, whole words.
//!
//! Patterns are looked up only where a word begins: those with which the rest of the text begins are all that
//! may stand there.
//!
//! A pattern is written as in the data files: blanks part its words, a trailing `*` lets any letters
//! follow (`potpisa*` finds "potpisao" and "potpisali"), as does a `*` after an earlier word
//! (`mešovit* komisij*`). Around a pattern a language may let *proclitics*
//! stand before the word (Arabic w-, b-, al-) and *endings* after it (Serbian cases, Persian plurals);
//! both are lists in the language's data file.

use super::prefixes::Prefixes;
use crate::text::{
    Span,
    fold::{fold, is_letter},
};
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// What may stand around a pattern inside its word.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Affixes {
    /// By their first letters.
    proclitics: HashMap<char, Vec<String>, FixedState>,
    endings: HashSet<String, FixedState>,
}

impl Affixes {
    /// Affixes from their printed forms.
    #[must_use]
    pub fn new<S: AsRef<str>>(proclitics: &[S], endings: &[S]) -> Self {
        let mut this = Self::default();
        for proclitic in proclitics.iter().map(|proclitic| fold(proclitic.as_ref())) {
            let Some(first) = proclitic.chars().next() else { continue };
            let same = this.proclitics.entry(first).or_default();
            if !same.contains(&proclitic) {
                same.push(proclitic);
            }
        }
        this.endings.extend(endings.iter().map(|ending| fold(ending.as_ref())));
        this
    }

    /// The proclitics with which the word at the beginning of `text` begins and after which it goes on.
    fn proclitics_of(&self, first: char, text: &str) -> impl Iterator<Item = &str> {
        let goes_on = |proclitic: &&str| {
            text.strip_prefix(proclitic).is_some_and(|rest| rest.starts_with(is_letter))
        };
        let same = self.proclitics.get(&first).into_iter().flatten();
        same.map(String::as_str).filter(goes_on)
    }
}

/// How much of a word a pattern must cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inflection {
    /// The word as it is written, after proclitics.
    Fixed,
    /// The word, after proclitics and with one of the language's endings or none.
    Inflected,
}

/// One word of the lexicon found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// The pattern itself, in bytes of the folded text, without proclitics and endings.
    pub span: Span,
    /// The whole words it stands in, with proclitics and endings.
    pub word: Span,
    /// The number of what the lexicon says of it.
    pub value: u16,
}

/// What a pattern means, and how it may stand in its word.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) inflection: Inflection,
    pub(super) open: bool,
    /// What follows each `*` inside the pattern.
    pub(super) tail: Vec<String>,
    pub(super) value: u16,
}

/// A compiled lexicon.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Matcher {
    /// What stands in the text as it is of each pattern, up to the first `*`.
    pub(super) patterns: Prefixes,
    /// Where the entries of each pattern begin, and where those of the last end.
    pub(super) starts: Vec<u32>,
    pub(super) entries: Vec<Entry>,
    pub(super) affixes: Affixes,
}

impl Matcher {
    /// All words of the lexicon in `folded`, overlapping ones too, ordered by where they end; of those that
    /// end together the longest comes first.
    #[must_use]
    pub fn find(&self, folded: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        // No pattern has the character NUL, and none may be looked for in a text that has it.
        let nul = folded.contains('\0');
        let rest = |at: usize| {
            let rest = folded.get(at..).unwrap_or_default();
            if nul { rest.split('\0').next().unwrap_or_default() } else { rest }
        };
        let (mut in_word, mut in_number) = (false, false);
        for (at, c) in folded.char_indices() {
            let letter = is_letter(c);
            if letter && !in_word {
                let word = rest(at);
                self.find_at(folded, word, at, at, &mut hits);
                for proclitic in self.affixes.proclitics_of(c, word) {
                    let word = word.get(proclitic.len()..).unwrap_or_default();
                    self.find_at(folded, word, at + proclitic.len(), at, &mut hits);
                }
            } else if !letter && !in_number && c != ' ' {
                self.find_at(folded, rest(at), at, at, &mut hits);
            }
            // A pattern that begins with a digit must not begin inside a number.
            (in_word, in_number) = (letter, c.is_ascii_digit());
        }
        hits.sort_by_key(|hit| (hit.span.end, hit.span.start));
        hits
    }

    /// The patterns that stand at `at`, where `rest` begins, in the word that begins at `start`.
    fn find_at(&self, folded: &str, rest: &str, at: usize, start: usize, hits: &mut Vec<Hit>) {
        for (pattern, length) in self.patterns.of(rest) {
            let span = Span::new(at, at + length);
            hits.extend(self.entries_of(pattern).iter().filter_map(|entry| {
                let end = self.word_end(folded, span.end, entry)?;
                Some(Hit { span, word: Span::new(start, end), value: entry.value })
            }));
        }
    }

    fn entries_of(&self, pattern: usize) -> &[Entry] {
        let Some([first, end]) = self.starts.get(pattern..pattern + 2) else { return &[] };
        self.entries.get(*first as usize..*end as usize).unwrap_or_default()
    }

    fn word_end(&self, folded: &str, at: usize, entry: &Entry) -> Option<usize> {
        let at = entry.tail.iter().try_fold(at, |at, part| {
            let rest = folded.get(at..)?.trim_start_matches(char::is_alphabetic);
            let at = folded.len() - rest.len();
            rest.starts_with(part).then_some(at + part.len())
        })?;
        if folded.get(..at)?.ends_with(|c: char| c.is_ascii_digit()) && !entry.open {
            return (!folded.get(at..)?.starts_with(|c: char| c.is_ascii_digit())).then_some(at);
        }
        let rest = folded.get(at..)?;
        let length = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
        let ending = rest.get(..length)?;
        let fits = ending.is_empty()
            || entry.open
            || entry.inflection == Inflection::Inflected && self.affixes.endings.contains(ending);
        fits.then_some(at + length)
    }
}
