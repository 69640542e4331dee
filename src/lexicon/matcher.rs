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

use super::{numbers::Groups, prefixes::Prefixes};
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
    /// The most bytes that an ending has.
    longest: usize,
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
        this.longest = this.endings.iter().map(String::len).max().unwrap_or(0);
        this
    }

    fn is_ending(&self, letters: &str) -> bool {
        letters.len() <= self.longest && self.endings.contains(letters)
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
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) inflection: Inflection,
    pub(super) open: bool,
    /// The number of what follows each `*` inside the pattern, if it has one.
    pub(super) tail: Option<u32>,
    pub(super) value: u16,
}

impl Entry {
    pub(super) const INFLECTED: u32 = 1 << 16;
    pub(super) const OPEN: u32 = 1 << 17;
    /// The number of a tail follows.
    pub(super) const TAIL: u32 = 1 << 18;

    /// The next entry of some numbers.
    fn unpack(numbers: &mut impl Iterator<Item = u32>) -> Option<Self> {
        let first = numbers.next()?;
        let has = |bit: u32| first & bit != 0;
        let tail = if has(Self::TAIL) { Some(numbers.next()?) } else { None };
        let inflected = has(Self::INFLECTED);
        let inflection = if inflected { Inflection::Inflected } else { Inflection::Fixed };
        let [low, high, ..] = first.to_le_bytes();
        Some(Self {
            inflection,
            open: has(Self::OPEN),
            tail,
            value: u16::from_le_bytes([low, high]),
        })
    }
}

/// A compiled lexicon.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Matcher {
    /// What stands in the text as it is of each pattern, up to the first `*`, with its entries.
    pub(super) patterns: Prefixes,
    pub(super) entries: Groups,
    pub(super) tails: Vec<Vec<String>>,
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
        let mut in_number = false;
        let mut chars = folded.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if is_letter(c) {
                let mut end = at + c.len_utf8();
                while let Some((at, c)) = chars.next_if(|(_, c)| is_letter(*c)) {
                    end = at + c.len_utf8();
                }
                let (word, text) = (Span::new(at, end), rest(at));
                self.find_at(folded, text, at, word, &mut hits);
                for proclitic in self.affixes.proclitics_of(c, text) {
                    let text = text.get(proclitic.len()..).unwrap_or_default();
                    self.find_at(folded, text, at + proclitic.len(), word, &mut hits);
                }
            } else if !in_number && c != ' ' {
                self.find_at(folded, rest(at), at, Span::new(at, at), &mut hits);
            }
            // A pattern that begins with a digit must not begin inside a number.
            in_number = c.is_ascii_digit();
        }
        hits.sort_by_key(|hit| (hit.span.end, hit.span.start));
        hits
    }

    /// The patterns that stand at `at`, where `rest` begins, in the word under `word`; where no word stands, it
    /// is empty.
    fn find_at(&self, folded: &str, rest: &str, at: usize, word: Span, hits: &mut Vec<Hit>) {
        for (filed, length) in self.patterns.of(rest) {
            let span = Span::new(at, at + length);
            let mut numbers = self.entries.of_filed(filed);
            while let Some(entry) = Entry::unpack(&mut numbers) {
                if let Some(end) = self.word_end(folded, span.end, word.end, entry) {
                    let word = Span::new(word.start, end);
                    hits.push(Hit { span, word, value: entry.value });
                }
            }
        }
    }

    /// Where the word ends in which a pattern ends at `at`, if the pattern may stand there; `first` is where the
    /// word ends in which it begins.
    fn word_end(&self, folded: &str, at: usize, first: usize, entry: Entry) -> Option<usize> {
        let tail = entry.tail.map(|tail| self.tails.get(tail as usize)).unwrap_or_default();
        let at = tail.into_iter().flatten().try_fold(at, |at, part| {
            let rest = folded.get(at..)?.trim_start_matches(is_letter);
            let at = folded.len() - rest.len();
            rest.starts_with(part).then_some(at + part.len())
        })?;
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        if !entry.open && digit(at.checked_sub(1).and_then(|last| folded.as_bytes().get(last))) {
            return (!digit(folded.as_bytes().get(at))).then_some(at);
        }
        let end = if at <= first {
            first
        } else {
            let rest = folded.get(at..)?;
            at + rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len())
        };
        let fits = at == end
            || entry.open
            || entry.inflection == Inflection::Inflected
                && self.affixes.is_ending(folded.get(at..end)?);
        fits.then_some(end)
    }
}
