//! Text as dateline sees it: languages and scripts, spans of bytes, and the folded form that is matched.
//!
//! Two forms of a text, one set of offsets: words are *matched* on the [`Folded`] form (one spelling
//! for all the ways a letter is typed) and *reported* on the printed one. A [`Span`] is always a range
//! of bytes of the printed text unless its name says otherwise.

pub mod fold;
mod lang;
pub mod script;
pub mod sentence;
mod span;
pub mod terms;
pub mod translit;

pub use fold::Folded;
pub use lang::Lang;
pub use span::Span;

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
}
