//! What a reader looks for in texts of four languages and three scripts, and where it stands in them.
//!
//! Words are compared in folded form ([`crate::text::fold`]): one spelling for all the ways a letter is
//! typed, Cyrillic and Latin alike. Endings are met by prefixes: `beograd` finds `Beogradu`. Particles that
//! Arabic script writes attached are met by *tails*, the word without its first one, two or three letters,
//! so that صربيا finds بصربيا.

use super::{
    Span,
    fold::{Folded, fold},
};

/// The shortest word that is taken as the beginning of others.
const PREFIX: usize = 3;

/// The most words of a query that are looked at; a bound on the work that one request can ask for.
const TERMS: usize = 16;

/// What a reader looks for: every term must be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms(Vec<Term>);

/// Words that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
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
                terms.push(Term { words: tokens(piece), prefix: false });
                continue;
            }
            for term in piece.split_whitespace() {
                let words = tokens(term);
                let is_long = |word: &String| word.chars().count() >= PREFIX;
                let prefix = term.ends_with('*') || (words.len() == 1 && words.iter().all(is_long));
                terms.push(Term { words, prefix });
            }
        }
        terms.retain(|term| !term.words.is_empty());
        terms.truncate(TERMS);
        Self(terms)
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
        for term in &self.0 {
            for window in words.windows(term.words.len()) {
                let texts: Vec<&str> = window.iter().map(|(_, word)| *word).collect();
                let (Some((start, first)), Some((last, end))) = (window.first(), window.last())
                else {
                    continue;
                };
                let whole = term.is_in(&texts).then_some(*start);
                let tail = || tails(first).find(|tail| term.is_in(std::slice::from_ref(tail)));
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
    let is_part = |c: char| !c.is_alphanumeric();
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
