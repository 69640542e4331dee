//! What belongs to the page and not to the article, and what belongs to the agency: datelines.

use super::{
    reading::Reading,
    token::{Kind, Tokens},
};
use crate::{lexicon::sense::Mark, model::Field};

/// The most words that a line may have beside its date and time of day to be a site clock or the head of
/// a comment.
const CLOCK_WORDS: usize = 4;

/// The longest line, in tokens, that a list of related articles holds.
const LINK_TOKENS: usize = 30;

/// Which lines of a text are page furniture.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// First and last token of each such line, in order.
    lines: Vec<(usize, usize)>,
}

impl Furniture {
    /// Looks over the lines of a field. A headline, and a text of one line, has none.
    pub(super) fn new(tokens: &Tokens<'_>, field: Field) -> Self {
        let mut lines = Vec::new();
        if field == Field::Title {
            return Self { lines };
        }
        let starts: Vec<usize> = (0..tokens.len()).filter(|at| tokens.starts_line(*at)).collect();
        if starts.len() < 2 {
            return Self { lines };
        }
        let mut list = false;
        for (n, first) in starts.iter().copied().enumerate() {
            let end = starts.get(n + 1).copied().unwrap_or(tokens.len());
            let head = begins_furniture(tokens, first);
            let link = end - first <= LINK_TOKENS && !closed(tokens, end);
            if head || list && link || is_clock(tokens, first, end) {
                lines.push((first, end));
            }
            // A heading such as "Related news" with nothing after it opens a list of headlines.
            list = head && end - first <= 5 && link || list && link;
        }
        Self { lines }
    }

    /// Whether the token at `at` stands in page furniture.
    pub(super) fn holds(&self, at: usize) -> bool {
        let next = self.lines.partition_point(|(first, _)| *first <= at);
        next.checked_sub(1).and_then(|n| self.lines.get(n)).is_some_and(|(_, end)| at < *end)
    }
}

/// Whether a line begins with a word of furniture, bullets aside: "Read also", «اقرأ أيضا».
fn begins_furniture(tokens: &Tokens<'_>, first: usize) -> bool {
    let mut at = first;
    while tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Sign(_))) && at < first + 3
    {
        at += 1;
    }
    tokens.is(at, Mark::Furniture)
}

/// Whether the line that ends before `end` ends like a sentence.
fn closed(tokens: &Tokens<'_>, end: usize) -> bool {
    end.checked_sub(1)
        .is_some_and(|last| ['.', '!', '?', '"'].into_iter().any(|sign| tokens.sign(last, sign)))
}

/// Whether a line holds a time of day and hardly a word beside: "Tuesday, 25 February 2025 10:22".
fn is_clock(tokens: &Tokens<'_>, first: usize, end: usize) -> bool {
    if end - first > 16 {
        return false;
    }
    let time = (first..end).any(|at| {
        tokens.number(at).is_some_and(|(hour, digits)| hour < 24 && digits <= 2)
            && tokens.sign(at + 1, ':')
            && tokens.number(at + 2).is_some_and(|(minute, digits)| minute < 60 && digits == 2)
    });
    let words = (first..end)
        .filter(|at| tokens.get(*at).is_some_and(|token| token.kind == Kind::Word))
        .count();
    time && words <= CLOCK_WORDS && !closed(tokens, end)
}

impl Tokens<'_> {
    /// Whether a reading is the day of a dateline: town, day, agency, dash.
    ///
    /// en "TEHRAN, Feb. 25 (ANW) –", ar «طهران، 25 شباط (إرنا) –», fa «تهران – ۷ اسفند (ایرنا) –»,
    /// sr "BEOGRAD, 25. februar (Tanjug) –".
    pub(super) fn is_dateline(&self, reading: &Reading) -> bool {
        let mut first = reading.first;
        while first > 0 && !self.starts_line(first) {
            first -= 1;
            if reading.first - first > 8 {
                return false;
            }
        }
        let town = (first..reading.first).all(|at| {
            let Some(token) = self.get(at) else { return false };
            match token.kind {
                Kind::Sign(sign) => matches!(sign, ',' | '-' | '(' | ')' | '/' | '.' | ':'),
                Kind::Word => self.may_be_name(at),
                Kind::Known(_) => {
                    self.capital(at) && self.may_be_name(at) || self.is(at, Mark::And)
                }
                Kind::Number(..) => false,
            }
        });
        town && reading.first > first && self.agency_and_dash(reading.end)
    }

    fn may_be_name(&self, at: usize) -> bool {
        self.lexicon.settings.names == crate::lexicon::dates::NameCase::None || self.capital(at)
    }

    /// Whether an agency and a dash follow: "(ANW) –", ", ANW –", "(ANW)".
    fn agency_and_dash(&self, end: usize) -> bool {
        let mut at = end;
        let bracket = self.sign(at, '(');
        while at < end + 8 && !self.get(at).is_none_or(|token| token.line) {
            if self.sign(at, '-') && !self.glued(at) {
                return at > end || self.number(at + 1).is_none();
            }
            if bracket && self.sign(at, ')') {
                return true;
            }
            let name = self.get(at).is_some_and(|token| match token.kind {
                Kind::Sign(sign) => matches!(sign, '(' | ',' | '/' | '.' | ':'),
                Kind::Word | Kind::Known(_) => bracket || self.may_be_name(at),
                Kind::Number(..) => bracket,
            });
            if !name {
                return false;
            }
            at += 1;
        }
        false
    }
}
