//! Sentences of a text, as spans of the printed bytes.
//!
//! A line break always ends a sentence: headlines, bullets and datelines stand on lines of their own. A
//! full stop does not when it belongs to an ordinal ("25. februara"), an abbreviation ("Dr.", «د.») or an
//! initial ("M. Jovanović").

use super::{
    Span,
    fold::{fold, is_alphanumeric},
};
use std::collections::HashSet;

/// Words of a language after which a full stop does not end a sentence.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations(HashSet<String>);

impl Abbreviations {
    /// The words as printed, without their full stops.
    #[must_use]
    pub fn new<S: AsRef<str>>(words: &[S]) -> Self {
        Self(words.iter().map(|word| fold(word.as_ref())).collect())
    }
}

/// The sentences of `text` in order, without the blanks and bullets around them. None is empty.
///
/// ```
/// use dateline::text::sentence::{Abbreviations, sentences};
/// let text = "Stigao je 25. februara. Primio ga je dr. Petrović.\n- Kraj";
/// let found: Vec<_> = sentences(text, &Abbreviations::new(&["dr"])).iter().map(|s| s.of(text)).collect();
/// assert_eq!(found, ["Stigao je 25. februara.", "Primio ga je dr. Petrović.", "Kraj"]);
/// ```
#[must_use]
pub fn sentences(text: &str, abbreviations: &Abbreviations) -> Vec<Span> {
    let mut found = Vec::new();
    let (mut from, mut read) = (0, 0);
    while let Some((at, c)) = next_mark(text, read) {
        read = at + c.len_utf8();
        let ends = match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => true,
            '!' | '?' | '؟' | '۔' | '…' | '.' => {
                let rest = text.get(read..).unwrap_or_default();
                let rest = rest.trim_start_matches(is_closing);
                read = text.len() - rest.len();
                let head = text.get(from..at).unwrap_or_default();
                ends_here(c, head, rest, abbreviations)
            }
            _ => false,
        };
        if ends {
            push(text, Span::new(from, read), &mut found);
            from = read;
        }
    }
    push(text, Span::new(from, text.len()), &mut found);
    found
}

/// The next character from a place on whose first bytes are those of one that may end a sentence.
fn next_mark(text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let may_end = |at: &usize| match bytes.get(*at) {
        Some(b'\n' | b'\r' | b'!' | b'?' | b'.' | 0xe2) => true,
        // '؟' and '۔'.
        Some(0xd8) => bytes.get(at + 1) == Some(&0x9f),
        Some(0xdb) => bytes.get(at + 1) == Some(&0x94),
        _ => false,
    };
    let at = (from..bytes.len()).find(may_end)?;
    Some((at, text.get(at..)?.chars().next()?))
}

const fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '“' | '’' | '‘' | '»' | '«' | ')' | ']' | '.' | '!' | '?' | '؟')
}

/// Whether the mark `c` after `head` and before `rest` ends a sentence.
fn ends_here(c: char, head: &str, rest: &str, abbreviations: &Abbreviations) -> bool {
    let Some(next) = rest.chars().next() else { return true };
    if !next.is_whitespace() {
        return false;
    }
    let following = rest.trim_start().chars().find(|c| !is_opening(*c));
    let lower = following.is_some_and(char::is_lowercase);
    if c != '.' {
        return !lower;
    }
    let word = head.rsplit(|c: char| !is_alphanumeric(c)).next().unwrap_or_default();
    if word.is_empty() {
        return !lower;
    }
    if word.chars().all(char::is_numeric) {
        // "25. februara", "2018. godine"; a script without capitals has no such ordinals.
        return !lower && !following.is_some_and(char::is_numeric);
    }
    let initial = word.chars().count() == 1;
    !lower && !initial && !abbreviations.0.contains(&fold(word))
}

const fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '„' | '“' | '”' | '«' | '‘' | '(' | '[')
}

fn push(text: &str, span: Span, found: &mut Vec<Span>) {
    let printed = span.of(text);
    let is_blank = |c: char| c.is_whitespace() || super::fold::is_mark(c);
    let body = printed.trim_start_matches(|c: char| {
        is_blank(c) || matches!(c, '*' | '•' | '-' | '–' | '—' | '·' | '▪' | '●')
    });
    let start = span.start + printed.len() - body.len();
    let body = body.trim_end_matches(is_blank);
    if body.chars().any(is_alphanumeric) {
        found.push(Span::new(start, start + body.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let abbreviations = Abbreviations::new(&["dr", "gosp", "Mr", "Feb", "د", "م"]);
        sentences(text, &abbreviations).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn full_stops_that_end_nothing() {
        for text in [
            "Dolazi 25. februara u 14.30 časova u pratnji dr. Petrovića.",
            "On Feb. 25 Mr. Smith met J. Brown.",
            "التقى د. أحمد الوزير يوم 25.2.2025 في بلغراد.",
            "Rastao je 3.5 odsto do 2018. godine",
        ] {
            assert_eq!(split(text), [text]);
        }
    }

    #[test]
    fn ends_of_sentences() {
        for (text, parts) in [
            ("He left. She stayed! Who knows?", vec!["He left.", "She stayed!", "Who knows?"]),
            (
                "Rekao je: „Dosta.“ Otišao je 2018. Vratio se.",
                vec!["Rekao je: „Dosta.“", "Otišao je 2018.", "Vratio se."],
            ),
            ("قال: «نعم». وأضاف الوزير؟ نعم.", vec!["قال: «نعم».", "وأضاف الوزير؟", "نعم."]),
            ("Naslov\n\n* Podnaslov\n- Stavka.", vec!["Naslov", "Podnaslov", "Stavka."]),
            ("", vec![]),
            (" … \n --", vec![]),
        ] {
            assert_eq!(split(text), parts, "{text}");
        }
    }
}
