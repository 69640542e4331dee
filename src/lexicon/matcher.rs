//! Finds the words of a lexicon in a folded text: one pass, whole words.
//!
//! Patterns are looked up only where a word begins, in a sorted list: the last pattern that does not come
//! after the rest of the text, and the shorter ones with which it begins, are all that may stand there. An
//! automaton over the same patterns is passed at about that speed and takes six times as long to build.
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
use foldhash::fast::FixedState;
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// What may stand around a pattern inside its word.
#[derive(Debug, Clone, Default)]
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

/// What a pattern means, and how it may stand in its word.
#[derive(Debug)]
struct Entry<T> {
    inflection: Inflection,
    open: bool,
    /// What follows each `*` inside the pattern.
    tail: Vec<String>,
    value: T,
}

/// A run of letters or signs that stands in the text as it is.
#[derive(Debug)]
struct Pattern {
    text: String,
    /// The longest shorter pattern with which this one begins.
    shorter: Option<usize>,
    entries: Range<usize>,
}

/// A compiled lexicon.
#[derive(Debug)]
pub struct Matcher<T> {
    /// In the order of their texts.
    patterns: Vec<Pattern>,
    /// The patterns that begin with three characters, or are shorter.
    heads: HashMap<Head, Range<usize>, FixedState>,
    entries: Vec<Entry<T>>,
    affixes: Affixes,
}

/// The first characters of a pattern.
type Head = [Option<char>; 3];

fn head(text: &str) -> Head {
    let mut letters = text.chars();
    [letters.next(), letters.next(), letters.next()]
}

/// Gathers patterns for a [`Matcher`].
#[derive(Debug)]
pub struct MatcherBuilder<T> {
    patterns: Vec<(String, Entry<T>)>,
    affixes: Affixes,
}

impl<T: Clone> MatcherBuilder<T> {
    /// An empty lexicon whose words may carry `affixes`.
    #[must_use]
    pub fn new(affixes: Affixes) -> Self {
        Self { patterns: Vec::new(), affixes }
    }

    /// Adds a pattern as printed. A zero-width non-joiner in it is found present, absent and as a blank.
    pub fn add(&mut self, printed: &str, inflection: Inflection, value: T) {
        self.add_folded(&fold(printed), inflection, value.clone());
        if printed.contains('\u{200c}') {
            self.add_folded(&fold(&printed.replace('\u{200c}', " ")), inflection, value);
        }
    }

    /// Adds a pattern that is folded already.
    pub fn add_folded(&mut self, pattern: &str, inflection: Inflection, value: T) {
        let pattern = pattern.trim();
        let (stem, open) = match pattern.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (pattern, false),
        };
        let mut parts = stem.split('*');
        let Some(text) = parts.next().filter(|text| !text.is_empty()) else { return };
        let tail = parts.map(str::to_owned).collect();
        self.patterns.push((text.to_owned(), Entry { inflection, open, tail, value }));
    }

    /// Compiles the lexicon.
    #[must_use]
    pub fn build(mut self) -> Matcher<T> {
        self.patterns.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut patterns: Vec<Pattern> = Vec::with_capacity(self.patterns.len());
        let mut heads: HashMap<Head, Range<usize>, FixedState> = HashMap::default();
        let mut entries = Vec::with_capacity(self.patterns.len());
        for (text, entry) in self.patterns {
            entries.push(entry);
            let (number, end) = (patterns.len(), entries.len());
            if let Some(last) = patterns.last_mut().filter(|last| last.text == text) {
                last.entries.end = end;
                continue;
            }
            let mut shorter = number.checked_sub(1);
            while let Some(other) = shorter.and_then(|shorter| patterns.get(shorter))
                && !text.starts_with(&other.text)
            {
                shorter = other.shorter;
            }
            heads.entry(head(&text)).or_insert(number..number).end = number + 1;
            patterns.push(Pattern { text, shorter, entries: end - 1..end });
        }
        Matcher { patterns, heads, entries, affixes: self.affixes }
    }
}

impl<T> Matcher<T> {
    /// All words of the lexicon in `folded`, overlapping ones too, ordered by where they end; of those that
    /// end together the longest comes first.
    #[must_use]
    pub fn find(&self, folded: &str) -> Vec<Hit<'_, T>> {
        let mut hits = Vec::new();
        let (mut in_word, mut in_number) = (false, false);
        for (at, c) in folded.char_indices() {
            let letter = is_letter(c);
            if letter && !in_word {
                self.find_at(folded, at, at, &mut hits);
                let word = folded.get(at..).unwrap_or_default();
                for proclitic in self.affixes.proclitics_of(c, word) {
                    self.find_at(folded, at + proclitic.len(), at, &mut hits);
                }
            } else if !letter && !in_number && c != ' ' {
                self.find_at(folded, at, at, &mut hits);
            }
            // A pattern that begins with a digit must not begin inside a number.
            (in_word, in_number) = (letter, c.is_ascii_digit());
        }
        hits.sort_by_key(|hit| (hit.span.end, hit.span.start));
        hits
    }

    /// How many distinct patterns the lexicon holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.patterns.len()
    }

    /// Whether the lexicon is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// The patterns that stand at `at`, in the word that begins at `start`.
    fn find_at<'m>(&'m self, folded: &str, at: usize, start: usize, hits: &mut Vec<Hit<'m, T>>) {
        let rest = folded.get(at..).unwrap_or_default();
        let [first, second, third] = head(rest);
        let heads = [[first, second, third], [first, second, None], [first, None, None]];
        let mut next = heads.iter().find_map(|head| self.last(rest, head));
        while let Some(pattern) = next.and_then(|number| self.patterns.get(number)) {
            next = pattern.shorter;
            if !rest.starts_with(&pattern.text) {
                continue;
            }
            let span = Span::new(at, at + pattern.text.len());
            let entries = self.entries.get(pattern.entries.clone()).unwrap_or_default();
            hits.extend(entries.iter().filter_map(|entry| {
                let end = self.word_end(folded, span.end, entry)?;
                Some(Hit { span, word: Span::new(start, end), value: &entry.value })
            }));
        }
    }

    /// The last pattern with these first characters that does not come after `rest`.
    fn last(&self, rest: &str, head: &Head) -> Option<usize> {
        let same = self.heads.get(head)?;
        let patterns = self.patterns.get(same.clone())?;
        let before = patterns.partition_point(|pattern| pattern.text.as_str() <= rest);
        Some(same.start + before.checked_sub(1)?)
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
        for (pattern, value) in
            [("x", "1"), ("xy", "2"), ("xy z", "3"), ("xyzzz", "4"), ("7 x", "5")]
        {
            builder.add(pattern, Inflection::Fixed, value);
        }
        builder.build()
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
            // A short pattern is found where a longer one begins alike but is not there.
            ("x xyzzy xyzzz", vec![("x", "1"), ("xyzzz", "4")]),
            ("xy zz xy z", vec![("xy", "2"), ("xy", "2"), ("xy z", "3")]),
            (
                "7 x, 17 x, ب7 x",
                vec![("7 x", "5"), ("x", "1"), ("x", "1"), ("7 x", "5"), ("x", "1")],
            ),
        ] {
            let folded = Folded::new(text);
            let matcher = matcher();
            let hits: Vec<_> = matcher
                .find(folded.as_str())
                .into_iter()
                .map(|hit| (folded.to_printed(hit.span).of(text), *hit.value))
                .collect();
            assert_eq!(hits, found, "{text}");
        }
    }
}
