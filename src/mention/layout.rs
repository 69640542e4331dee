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
        for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| is_first(*byte)) {
            // Letters of our languages are told by their first byte, those of Arabic by the second where the first is
            // that of its comma too; the rest are looked at whole.
            let c = match byte {
                0..=0x7f => char::from(byte),
                0xc3..=0xd7 | 0xd9..=0xdf => 'a',
                0xd8 => match text.as_bytes().get(at + 1) {
                    Some(0x8c) => '،',
                    Some(0x9b) => '؛',
                    _ => 'a',
                },
                _ => text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('a'),
            };
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

    /// Where the first clause border at or behind a place stands.
    pub(super) fn border_after(&self, from: usize) -> Option<usize> {
        self.borders.get(self.borders.partition_point(|border| *border < from)).copied()
    }
}

/// Whether a byte is the first of a character.
const fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

const fn is_border(c: char) -> bool {
    matches!(c, ',' | '،' | ';' | '؛' | ':' | '–' | '—' | '(' | ')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_borders_are_those_of_the_text() {
        let text = "On 5 May,\u{a0}Ana — «وزير» (سفير)، Đorđe;\u{2003}и још\n3\u{2028}x ";
        let layout = Layout::new(text);
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for (n, start) in ends.iter().enumerate() {
            for end in ends.iter().skip(n) {
                let between = text.get(*start..*end).unwrap();
                let span = Span::new(*start, *end);
                assert_eq!(layout.words(span), between.split_whitespace().count(), "{between:?}");
                let borders = between.chars().filter(|c| is_border(*c)).count();
                assert_eq!(layout.borders(span), borders, "{between:?}");
            }
        }
        assert_eq!(layout.words(Span { start: 9, end: 3 }), 0);
    }
}
