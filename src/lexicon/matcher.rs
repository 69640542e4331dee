//! Finds the words of a lexicon in a folded text: one automaton, one pass, whole words.
//!
//! A pattern is written as in the data files: blanks part its words, a trailing `*` lets any letters
//! follow (`potpisa*` finds "potpisao" and "potpisali"), as does a `*` after an earlier word
//! (`mešovit* komisij*`). Around a pattern a language may let *proclitics*
//! stand before the word (Arabic w-, b-, al-) and *endings* after it (Serbian cases, Persian plurals);
//! both are lists in the language's data file.

use crate::text::{
    Span,
    fold::{fold, is_letter},
};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::HashMap;

/// What may stand around a pattern inside its word.
#[derive(Debug, Clone, Default)]
pub struct Affixes {
    proclitics: Letters,
    endings: Letters,
}

/// Short runs of letters, for looking one up.
#[derive(Debug, Clone, Default)]
struct Letters {
    sorted: Vec<String>,
    longest: usize,
}

impl Letters {
    fn new<S: AsRef<str>>(list: &[S]) -> Self {
        let mut sorted: Vec<String> = list.iter().map(|affix| fold(affix.as_ref())).collect();
        sorted.sort_unstable();
        let longest = sorted.iter().map(String::len).max().unwrap_or_default();
        Self { sorted, longest }
    }

    fn contains(&self, letters: &str) -> bool {
        letters.len() <= self.longest
            && self.sorted.binary_search_by(|affix| affix.as_str().cmp(letters)).is_ok()
    }
}

impl Affixes {
    /// Affixes from their printed forms.
    #[must_use]
    pub fn new<S: AsRef<str>>(proclitics: &[S], endings: &[S]) -> Self {
        Self { proclitics: Letters::new(proclitics), endings: Letters::new(endings) }
    }
}

/// How much of a word a pattern must cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inflection {
    /// The word as it is written, after proclitics.
    Fixed,
    /// The word, after proclitics and with one of the language's endings or none.
    Inflected,
}

/// One word of the lexicon found in a text.
#[derive(Debug)]
pub struct Hit<'m, T> {
    /// The pattern itself, in bytes of the folded text, without proclitics and endings.
    pub span: Span,
    /// The whole words it stands in, with proclitics and endings.
    pub word: Span,
    /// What the lexicon says of it.
    pub value: &'m T,
}

impl<T> Clone for Hit<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Hit<'_, T> {}

#[derive(Debug)]
struct Entry<T> {
    inflection: Inflection,
    open: bool,
    /// What follows each `*` inside the pattern.
    tail: Vec<String>,
    value: T,
}

/// A compiled lexicon.
#[derive(Debug)]
pub struct Matcher<T> {
    automaton: AhoCorasick,
    entries: Vec<Vec<Entry<T>>>,
    affixes: Affixes,
}

/// Gathers patterns for a [`Matcher`].
#[derive(Debug)]
pub struct MatcherBuilder<T> {
    index: HashMap<String, usize>,
    patterns: Vec<String>,
    entries: Vec<Vec<Entry<T>>>,
    affixes: Affixes,
}

impl<T: Clone> MatcherBuilder<T> {
    /// An empty lexicon whose words may carry `affixes`.
    #[must_use]
    pub fn new(affixes: Affixes) -> Self {
        Self { index: HashMap::new(), patterns: Vec::new(), entries: Vec::new(), affixes }
    }

    /// Adds a pattern as printed. A zero-width non-joiner in it is found present, absent and as a blank.
    pub fn add(&mut self, printed: &str, inflection: Inflection, value: T) {
        let (printed, open) = match printed.trim().strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (printed.trim(), false),
        };
        self.add_folded(&fold(printed), inflection, open, value.clone());
        if printed.contains('\u{200c}') {
            self.add_folded(&fold(&printed.replace('\u{200c}', " ")), inflection, open, value);
        }
    }

    fn add_folded(&mut self, text: &str, inflection: Inflection, open: bool, value: T) {
        let mut parts = text.split('*').map(str::to_owned);
        let Some(head) = parts.next().filter(|head| !head.is_empty()) else { return };
        let tail = parts.collect();
        let at = *self.index.entry(head).or_insert_with_key(|text| {
            self.patterns.push(text.clone());
            self.entries.push(Vec::new());
            self.entries.len() - 1
        });
        if let Some(entries) = self.entries.get_mut(at) {
            entries.push(Entry { inflection, open, tail, value });
        }
    }

    /// Compiles the lexicon.
    ///
    /// # Errors
    /// When the patterns together exceed what an automaton can hold.
    pub fn build(self) -> Result<Matcher<T>, aho_corasick::BuildError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            // The full DFA is no faster on lexicons of this size and forty times larger.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&self.patterns)?;
        Ok(Matcher { automaton, entries: self.entries, affixes: self.affixes })
    }
}

impl<T> Matcher<T> {
    /// All words of the lexicon in `folded`, overlapping ones too, ordered by where they end.
    pub fn find<'m, 't>(
        &'m self,
        folded: &'t str,
    ) -> impl Iterator<Item = Hit<'m, T>> + use<'m, 't, T> {
        self.automaton.find_overlapping_iter(folded).flat_map(move |found| {
            let span = Span::new(found.start(), found.end());
            let entries =
                self.entries.get(found.pattern().as_usize()).map(Vec::as_slice).unwrap_or_default();
            let start = self.word_start(folded, span.start);
            entries.iter().filter_map(move |entry| {
                let end = self.word_end(folded, span.end, entry)?;
                Some(Hit { span, word: Span::new(start?, end), value: &entry.value })
            })
        })
    }

    /// How many distinct patterns the lexicon holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the lexicon is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Where the word around a hit begins, if what stands before the hit may stand there.
    fn word_start(&self, folded: &str, at: usize) -> Option<usize> {
        let before = folded.get(..at)?;
        if !folded.get(at..)?.starts_with(is_letter) {
            // A pattern that begins with a digit must not begin inside a number.
            return (!before.ends_with(|c: char| c.is_ascii_digit())).then_some(at);
        }
        let mut start = at;
        for c in before.chars().rev() {
            if !is_letter(c) {
                break;
            }
            start -= c.len_utf8();
            if at - start > self.affixes.proclitics.longest {
                return None;
            }
        }
        let prefix = before.get(start..)?;
        (prefix.is_empty() || self.affixes.proclitics.contains(prefix)).then_some(start)
    }

    fn word_end(&self, folded: &str, at: usize, entry: &Entry<T>) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folded;

    fn matcher() -> Matcher<&'static str> {
        let affixes = Affixes::new(&["و", "ب", "ال", "وال"], &["u", "a", "om"]);
        let mut builder = MatcherBuilder::new(affixes);
        builder.add("فبراير", Inflection::Fixed, "feb");
        builder.add("سه\u{200c}شنبه", Inflection::Fixed, "tue");
        builder.add("Beograd", Inflection::Inflected, "bg");
        builder.add("maj", Inflection::Fixed, "may");
        builder.add("potpisa*", Inflection::Fixed, "sign");
        builder.add("mešovit* komisij*", Inflection::Fixed, "commission");
        builder.add("uručen* ključ", Inflection::Fixed, "key");
        builder.build().unwrap()
    }

    #[test]
    fn whole_words_with_what_may_stand_around_them() {
        for (text, found) in [
            ("في فبراير", vec![("فبراير", "feb")]),
            ("والفبراير", vec![("فبراير", "feb")]),
            ("شفبراير", vec![]),
            (
                "سه شنبه، سه\u{200c}شنبه، سهشنبه",
                vec![("سه شنبه", "tue"), ("سه\u{200c}شنبه", "tue"), ("سهشنبه", "tue")],
            ),
            ("u Beogradu, Beogradski, Београдом", vec![("Beograd", "bg"), ("Београд", "bg")]),
            ("majka majke, 25. maja, 5maj", vec![("maj", "may")]),
            ("potpisali su", vec![("potpisa", "sign")]),
            (
                "Mešovitoj komisiji, mešovite su komisije, мешовита комисија",
                vec![("Mešovit", "commission"), ("мешовит", "commission")],
            ),
            ("uručeni ključevi, uručen ključ", vec![("uručen", "key")]),
        ] {
            let folded = Folded::new(text);
            let matcher = matcher();
            let hits: Vec<_> = matcher
                .find(folded.as_str())
                .map(|hit| (folded.to_printed(hit.span).of(text), *hit.value))
                .collect();
            assert_eq!(hits, found, "{text}");
        }
    }
}
