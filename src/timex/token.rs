//! Folded text as a row of tokens: words of the lexicon, other words, numbers, signs.

use crate::{
    lexicon::{
        dates::{DateLexicon, Word},
        sense::Mark,
    },
    text::{Folded, Span, fold::is_letter},
};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of the lexicon, by its index there.
    Known(u16),
    /// Any other word.
    Word,
    /// Digits: their value (saturating) and how many there are.
    Number(u32, u8),
    /// A sign.
    Sign(char),
}

/// A token; offsets are bytes of the folded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: Kind,
    /// Where it begins, without proclitics.
    pub start: usize,
    pub end: usize,
    /// A blank or line break stands before it.
    pub blank: bool,
    /// A line break stands before it.
    pub line: bool,
    /// It has a proclitic.
    pub clitic: bool,
}

/// The tokens of a text, with what is needed to read them.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    pub folded: &'a Folded<'a>,
    pub lexicon: &'a DateLexicon,
    row: Vec<Token>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(folded: &'a Folded<'a>, lexicon: &'a DateLexicon) -> Self {
        let hits = Hits::new(folded.as_str(), lexicon);
        Self { folded, lexicon, row: Scanner::new(folded.as_str(), &hits.0).run() }
    }

    pub(super) fn len(&self) -> usize {
        self.row.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Token> {
        self.row.get(at).copied()
    }

    /// The token before `at`.
    pub(super) fn before(&self, at: usize) -> Option<Token> {
        at.checked_sub(1).and_then(|at| self.get(at))
    }

    /// What the lexicon says of the token at `at`.
    pub(super) fn word(&self, at: usize) -> Option<&'a Word> {
        match self.row.get(at)?.kind {
            Kind::Known(index) => self.lexicon.word(index),
            _ => None,
        }
    }

    /// Whether the token at `at` plays this part.
    pub(super) fn is(&self, at: usize, mark: Mark) -> bool {
        self.word(at).is_some_and(|word| word.is(mark))
    }

    /// Whether the token at `at` is this sign.
    pub(super) fn sign(&self, at: usize, sign: char) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Sign(sign))
    }

    /// Value and length of the number at `at`.
    pub(super) fn number(&self, at: usize) -> Option<(u32, u8)> {
        match self.get(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// Whether nothing stands between the token at `at` and the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        at > 0 && self.get(at).is_some_and(|token| !token.blank && !token.clitic)
    }

    /// Whether the token at `at` is the first of its line.
    pub(super) fn starts_line(&self, at: usize) -> bool {
        at == 0 || self.get(at).is_some_and(|token| token.line)
    }

    /// Whether the token at `at` begins a sentence.
    pub(super) fn starts_sentence(&self, at: usize) -> bool {
        self.starts_line(at)
            || self.before(at).is_some_and(|token| {
                matches!(
                    token.kind,
                    Kind::Sign('.' | '!' | '?' | '"' | ':' | '*' | '(' | '-' | ';')
                )
            })
    }

    /// Whether the first letter of the token at `at` is printed as a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| {
            let printed = self.folded.to_printed(Span::new(token.start, token.end));
            printed.of(self.folded.printed()).starts_with(char::is_uppercase)
        })
    }

    /// Whether the token at `at` is printed in capitals throughout.
    pub(super) fn all_capitals(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| {
            let printed = self.folded.to_printed(Span::new(token.start, token.end));
            let text = printed.of(self.folded.printed());
            text.chars().count() > 1 && text.chars().all(char::is_uppercase)
        })
    }
}

#[derive(Debug, Clone, Copy)]
struct Found {
    /// Where the word begins, with proclitics.
    word: usize,
    start: usize,
    /// Where the pattern ends, for choosing the longest.
    pattern: usize,
    end: usize,
    index: u16,
}

impl Found {
    /// The longest pattern first, then the one with the fewest proclitics.
    const fn rank(&self) -> (usize, usize, u16) {
        (usize::MAX - self.pattern, self.start, self.index)
    }
}

/// The longest words of the lexicon, none overlapping another.
struct Hits(Vec<Found>);

impl Hits {
    fn new(text: &str, lexicon: &DateLexicon) -> Self {
        let mut kept: Vec<Found> = Vec::with_capacity(text.len() / 12);
        for hit in lexicon.matcher().find(text) {
            let found = Found {
                word: hit.word.start,
                start: hit.span.start,
                pattern: hit.span.end,
                end: hit.word.end,
                index: hit.value,
            };
            // Hits come ordered by where they end: one that begins further left covers those after it.
            while kept.last().is_some_and(|last| last.word > found.word) {
                kept.pop();
            }
            match kept.last_mut() {
                Some(last) if last.word == found.word => {
                    if found.rank() < last.rank() {
                        *last = found;
                    }
                }
                Some(last) if last.end > found.word => {}
                _ => kept.push(found),
            }
        }
        Self(kept)
    }
}

struct Scanner<'t> {
    text: &'t str,
    hits: std::iter::Peekable<std::slice::Iter<'t, Found>>,
    at: usize,
    blank: bool,
    line: bool,
    row: Vec<Token>,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, hits: &'t [Found]) -> Self {
        let row = Vec::with_capacity(text.len() / 5);
        Self { text, hits: hits.iter().peekable(), at: 0, blank: false, line: true, row }
    }

    fn run(mut self) -> Vec<Token> {
        while let Some(c) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            match c {
                '\n' => {
                    (self.blank, self.line) = (true, true);
                    self.at += 1;
                }
                _ if c.is_whitespace() => {
                    self.blank = true;
                    self.at += c.len_utf8();
                }
                _ => self.token(c),
            }
        }
        self.row
    }

    fn token(&mut self, c: char) {
        while self.hits.next_if(|hit| hit.word < self.at).is_some() {}
        if let Some(hit) = self.hits.next_if(|hit| hit.word == self.at) {
            self.push(Kind::Known(hit.index), hit.start, hit.end, hit.start > hit.word);
        } else if c.is_ascii_digit() {
            let (value, length) = digits(self.text, self.at);
            self.push(
                Kind::Number(value, u8::try_from(length).unwrap_or(u8::MAX)),
                self.at,
                self.at + length,
                false,
            );
        } else if is_letter(c) {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let length = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
            self.push(Kind::Word, self.at, self.at + length, false);
        } else {
            self.push(Kind::Sign(c), self.at, self.at + c.len_utf8(), false);
        }
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize, clitic: bool) {
        self.row.push(Token { kind, start, end, blank: self.blank, line: self.line, clitic });
        (self.blank, self.line) = (false, false);
        self.at = end;
    }
}

/// Value and length of the run of digits at `at`.
fn digits(text: &str, at: usize) -> (u32, usize) {
    let run = text.get(at..).unwrap_or_default();
    let length = run.find(|c: char| !c.is_ascii_digit()).unwrap_or(run.len());
    let value = run.bytes().take(length).fold(0u32, |value, digit| {
        value.saturating_mul(10).saturating_add(u32::from(digit - b'0'))
    });
    (value, length)
}
