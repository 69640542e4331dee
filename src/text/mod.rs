//! Text as dateline sees it: languages and scripts, spans of bytes, and the folded form that is matched.
//!
//! Two forms of a text, one set of offsets: words are *matched* on the [`Folded`] form (one spelling
//! for all the ways a letter is typed) and *reported* on the printed one. A [`Span`] is always a range
//! of bytes of the printed text unless its name says otherwise.

pub mod fold;
pub mod script;
pub mod sentence;
pub mod terms;
pub mod translit;

pub use fold::Folded;

use std::fmt;

/// A language that dateline reads.
///
/// Serbian, Bosnian, Croatian and Montenegrin are one language here ([`Lang::Sr`]): on a headline
/// they cannot be told apart, and their words live side by side in one lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// Arabic.
    Ar,
    /// Persian.
    Fa,
    /// Serbian in both scripts, with Bosnian, Croatian and Montenegrin.
    Sr,
    /// English.
    En,
}

impl Lang {
    /// All languages, in the order in which they are listed for readers.
    pub const ALL: [Self; 4] = [Self::Ar, Self::Fa, Self::Sr, Self::En];

    /// The BCP 47 primary subtag: `ar`, `fa`, `sr`, `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Fa => "fa",
            Self::Sr => "sr",
            Self::En => "en",
        }
    }

    /// Reads a BCP 47 tag such as `sr-Cyrl`, `hr` or `en-GB`; `None` for a language that dateline
    /// does not read.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "ar" => Some(Self::Ar),
            "fa" | "per" | "prs" => Some(Self::Fa),
            "sr" | "hr" | "bs" | "sh" | "cnr" => Some(Self::Sr),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Whether the language is written from right to left.
    #[must_use]
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::Ar | Self::Fa)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A half-open range of bytes, `start..end`, with `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`; ends given the wrong way round are put right.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        if start <= end { Self { start, end } } else { Self { start: end, end: start } }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text under the span; empty when the span does not lie on character boundaries of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Turns byte offsets of one text into Unicode code point offsets, as they leave the program.
///
/// Offsets are asked for in any order; each answer costs a look-up and at most 64 bytes of counting.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before each 64th byte.
    marks: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    const STEP: usize = 64;

    /// Counts `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut seen = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % Self::STEP == 0 {
                marks.push(seen);
            }
            seen += usize::from(!is_continuation(byte));
        }
        Self { text, marks }
    }

    /// The number of code points that start before byte `at`.
    #[must_use]
    pub fn at(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let mark = at / Self::STEP;
        let from = mark * Self::STEP;
        let before = self.marks.get(mark).copied().unwrap_or_else(|| self.text.chars().count());
        let rest = self.text.as_bytes().get(from..at).unwrap_or_default();
        before + rest.iter().filter(|byte| !is_continuation(**byte)).count()
    }
}

const fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        for text in ["", "abc", "يوم الثلاثاء 25 فبراير", &"šč".repeat(100), &"x".repeat(64)]
        {
            let points = CodePoints::new(text);
            for (n, (at, _)) in text.char_indices().enumerate() {
                assert_eq!(points.at(at), n, "{text}");
            }
            assert_eq!(points.at(text.len()), text.chars().count(), "{text}");
        }
    }

    #[test]
    fn tags_are_read_with_script_and_region() {
        for (tag, lang) in
            [("sr-Cyrl", Lang::Sr), ("hr", Lang::Sr), ("EN_gb", Lang::En), ("fa", Lang::Fa)]
        {
            assert_eq!(Lang::from_tag(tag), Some(lang));
        }
        assert_eq!(Lang::from_tag("de"), None);
    }
}
