//! What a reader looks for in texts of four languages and three scripts, and where it stands in them.
//!
//! Words are compared in folded form ([`crate::text::fold`]): one spelling for all the ways a letter is
//! typed, Cyrillic and Latin alike. Endings are met by prefixes: `beograd` finds `Beogradu`. Particles that
//! Arabic script writes attached are met by *tails*, the word without its first one, two or three letters,
//! so that صربيا finds بصربيا.

use super::{
    Span,
    fold::{Folded, fold, is_alphanumeric},
};

/// The shortest word that is taken as the beginning of others.
const PREFIX: usize = 3;

/// The most words of a query that are looked at; a bound on the work that one request can ask for.
const TERMS: usize = 16;

/// The most words of a query that are taken together as a name.
const NAME: usize = 8;

/// What a reader looks for: every term must be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms(Vec<Term>);

/// One thing that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The ways in which it may be written, at least one. All phrases of a way must be found.
    pub ways: Vec<Vec<Phrase>>,
    /// Whether only what was typed is meant.
    literal: bool,
}

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words, folded; at least one.
    pub words: Vec<String>,
    /// Whether the last of them may go on.
    pub prefix: bool,
}

impl Terms {
    /// Reads a query: terms are parted by blanks; quotation marks keep words together and as they are; a
    /// star lets a short word go on.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let folded = fold(query);
        let mut terms = Vec::new();
        for (n, piece) in folded.split('"').enumerate() {
            if n % 2 == 1 {
                let phrase = Phrase { words: tokens(piece), prefix: false };
                terms.push(Term { ways: vec![vec![phrase]], literal: true });
                continue;
            }
            for term in piece.split_whitespace() {
                let literal = term.ends_with('*');
                let phrase = Phrase::of(tokens(term));
                let phrase = Phrase { prefix: phrase.prefix || literal, ..phrase };
                terms.push(Term { ways: vec![vec![phrase]], literal });
            }
        }
        terms.retain(|term| term.phrases().all(|phrase| !phrase.words.is_empty()));
        terms.truncate(TERMS);
        Self(terms)
    }

    /// The same, where names are also found as they are written elsewhere: `others` answers how else that is
    /// written which some words name, folded and parted by blanks, in the same form; nothing where they name
    /// nothing. What stands in quotes or ends in a star is left as it is.
    #[must_use]
    pub fn widened(self, others: impl Fn(&str) -> Vec<String>) -> Self {
        let mut out = Vec::new();
        let mut rest = self.0.as_slice();
        while let Some((first, mut after)) = rest.split_first() {
            let mut term = first.clone();
            let plain = rest.iter().take_while(|term| !term.literal).count().min(NAME);
            for length in (1..=plain).rev() {
                let Some((name, beyond)) = rest.split_at_checked(length) else { continue };
                let own: Vec<Phrase> = name.iter().flat_map(Term::phrases).cloned().collect();
                let words: Vec<&str> =
                    own.iter().flat_map(|phrase| &phrase.words).map(String::as_str).collect();
                let others = others(&words.join(" "));
                if !others.is_empty() {
                    let others = others.iter().map(|other| vec![Phrase::of(tokens(other))]);
                    term.ways = [own].into_iter().chain(others).collect();
                    after = beyond;
                    break;
                }
            }
            out.push(term);
            rest = after;
        }
        Self(out)
    }

    /// The terms; none where the query holds no word.
    #[must_use]
    pub fn all(&self) -> &[Term] {
        &self.0
    }

    /// Where terms stand in a text as printed: bytes, in order, none overlapping. A word that begins with
    /// what was looked for is marked as a whole, one with particles in front without these.
    #[must_use]
    pub fn places(&self, printed: &str) -> Vec<Span> {
        let folded = Folded::new(printed);
        let text = folded.as_str();
        let words: Vec<(usize, &str)> = spans(text).collect();
        let mut found = Vec::new();
        for phrase in self.0.iter().flat_map(Term::phrases) {
            for window in words.windows(phrase.words.len()) {
                let texts: Vec<&str> = window.iter().map(|(_, word)| *word).collect();
                let (Some((start, first)), Some((last, end))) = (window.first(), window.last())
                else {
                    continue;
                };
                let whole = phrase.is_in(&texts).then_some(*start);
                let tail = || tails(first).find(|tail| phrase.is_in(std::slice::from_ref(tail)));
                let from = whole.or_else(|| tail().map(|tail| start + first.len() - tail.len()));
                found.extend(from.map(|from| folded.to_printed(Span::new(from, last + end.len()))));
            }
        }
        found.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut at = 0;
        found.retain(|span| {
            let free = span.start >= at && span.start < span.end;
            at = if free { span.end } else { at };
            free
        });
        found
    }
}

impl Term {
    fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.ways.iter().flatten()
    }

    /// Whether one of its ways is there, where `holds` says of a phrase whether it is.
    pub fn is_found(&self, holds: impl Fn(&Phrase) -> bool) -> bool {
        self.ways.iter().any(|way| way.iter().all(&holds))
    }
}

impl Phrase {
    /// A long word may go on, words in a row may not.
    fn of(words: Vec<String>) -> Self {
        let is_long = |word: &String| word.chars().count() >= PREFIX;
        let prefix = words.len() == 1 && words.iter().all(is_long);
        Self { words, prefix }
    }

    /// Whether some words in a row are those looked for.
    #[must_use]
    pub fn is_in(&self, text: &[&str]) -> bool {
        let Some((last, before)) = self.words.split_last() else { return false };
        text.windows(self.words.len()).any(|window| {
            window.split_last().is_some_and(|(end, start)| {
                start.iter().zip(before).all(|(a, b)| a == b)
                    && (*end == last || (self.prefix && end.starts_with(last.as_str())))
            })
        })
    }
}

/// The words of a text: runs of letters and digits of its folded form.
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    spans(&fold(text)).map(|(_, word)| word.to_owned()).collect()
}

/// The words of a folded text, each with the byte at which it begins.
fn spans(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| !is_alphanumeric(c);
    let mut at = 0;
    folded.split_inclusive(is_part).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end_matches(is_part);
        (!word.is_empty()).then_some((start, word))
    })
}

/// What is left of a word of Arabic script without its first letters, where that is a word's length.
pub fn tails(word: &str) -> impl Iterator<Item = &str> {
    let is_arabic = word.chars().next().is_some_and(|c| matches!(c, '\u{620}'..='\u{6d3}'));
    let length = word.chars().count();
    word.char_indices()
        .enumerate()
        .skip(1)
        .take(if is_arabic { 3 } else { 0 })
        .filter(move |(n, _)| length - n >= PREFIX)
        .filter_map(|(_, (at, _))| word.get(at..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_found_where_it_is_printed() {
        for (query, printed, marked) in [
            ("beograd", "Министар у Београду, из Београда.", vec!["Београду", "Београда"]),
            ("Vucic", "Aleksandar Vučić i Вучић", vec!["Vučić", "Вучић"]),
            ("صربيا", "زيارة بصربيا ولصربيا", vec!["صربيا", "صربيا"]),
            ("صربیا", "زيارة إلى صِربيا.", vec!["صِربيا"]),
            ("2025", "روز ۷ اسفند، ۲۰۲۵", vec!["۲۰۲۵"]),
            ("\"new york\"", "New York, new Yorker", vec!["New York"]),
            ("ai", "AI aims, said", vec!["AI"]),
            ("ai*", "AI aims, said", vec!["AI", "aims"]),
            ("visit min", "The minister visits", vec!["minister", "visits"]),
            ("?!", "What?!", vec![]),
            ("x", "", vec![]),
        ] {
            let places = Terms::read(query).places(printed);
            let found: Vec<&str> =
                places.iter().map(|span| printed.get(span.start..span.end).unwrap()).collect();
            assert_eq!(found, marked, "{query}");
        }
    }
}
