//! Where the words and clause borders of a text stand, so that ways between them are counted by search and
//! not by reading.

use crate::text::Span;

/// The words and clause borders of a text.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Where each word begins and ends.
    words: Vec<Span>,
    borders: Vec<usize>,
}

impl Layout {
    pub(super) fn new(text: &str) -> Self {
        let mut this = Self::default();
        let mut word = None;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() {
                this.words.extend(word.take().map(|start| Span::new(start, at)));
            } else {
                word.get_or_insert(at);
            }
            if is_border(c) {
                this.borders.push(at);
            }
        }
        this.words.extend(word.map(|start| Span::new(start, text.len())));
        this
    }

    /// How many words, or parts of words, stand between two places.
    pub(super) fn words(&self, between: Span) -> usize {
        if between.start >= between.end {
            return 0;
        }
        let first = self.words.partition_point(|word| word.end <= between.start);
        let end = self.words.partition_point(|word| word.start < between.end);
        end.saturating_sub(first)
    }

    /// How many clause borders stand between two places.
    pub(super) fn borders(&self, between: Span) -> usize {
        let before = |at: usize| self.borders.partition_point(|border| *border < at);
        before(between.end).saturating_sub(before(between.start))
    }
}

const fn is_border(c: char) -> bool {
    matches!(c, ',' | '،' | ';' | '؛' | ':' | '–' | '—' | '(' | ')')
}
