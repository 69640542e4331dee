//! The folded form of a text: one spelling for all the ways a letter is typed.
//!
//! What is folded, and why: letter case; diacritics (Vučić is typed Vucic); Serbian Cyrillic to Latin,
//! letter by letter, with Latin look-alikes inside Cyrillic words read as what they look like; Arabic
//! alef, yeh, kaf, teh marbuta and heh variants (Arabic is typed on Persian keyboards and the reverse);
//! Arabic-Indic and Persian digits; vowel signs, tatweel, zero-width and direction marks (dropped);
//! dashes, quotation marks, blanks and Arabic punctuation. Lexicon keys and articles go through this
//! same fold, so they cannot drift apart.

mod class;
mod letters;

use super::Span;
pub use class::{is_alphanumeric, is_letter, is_mark, strip};
use letters::{ARABIC_LETTERS, NO_LETTER, arabic, cyrillic, look_alike};
use unicode_normalization::UnicodeNormalization as _;

/// A text in its folded form, with the way back to the printed bytes.
///
/// ```
/// use dateline::text::{Folded, Span};
/// let printed = "Вучић је ٢٥ شباط";
/// let folded = Folded::new(printed);
/// assert_eq!(folded.as_str(), "vucic je 25 شباط");
/// assert_eq!(folded.to_printed(Span::new(0, 5)).of(printed), "Вучић");
/// ```
#[derive(Debug, Clone)]
pub struct Folded<'t> {
    printed: &'t str,
    text: String,
    /// The printed byte behind each folded byte, and the end of the text.
    origin: Vec<u32>,
}

impl<'t> Folded<'t> {
    /// Folds `printed`. Texts over 4 GiB are cut there, on a character boundary.
    #[must_use]
    pub fn new(printed: &'t str) -> Self {
        let printed = clip(printed, u32::MAX as usize);
        let mut out = Folding {
            text: String::with_capacity(printed.len()),
            origin: Vec::with_capacity(printed.len() + 1),
            word: None,
        };
        let (mut at, mut last) = (0, None);
        while let Some(rest) = printed.get(at..).filter(|rest| !rest.is_empty()) {
            let plain = out.plain(at, rest);
            if plain > 0 {
                last = rest.as_bytes().get(plain - 1).map(|byte| char::from(*byte));
                at += plain;
                continue;
            }
            let letters = out.arabic_letters(at, rest);
            if letters > 0 {
                (at, last) = (at + letters, None);
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            out.push(at, c, last);
            (at, last) = (at + c.len_utf8(), Some(c));
        }
        out.origin.push(offset(printed.len()));
        Self { printed, text: out.text, origin: out.origin }
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text as it was printed.
    #[must_use]
    pub const fn printed(&self) -> &'t str {
        self.printed
    }

    /// The printed bytes behind a span of the folded text, without trailing zero-width and direction
    /// marks. The result always lies on character boundaries of the printed text.
    #[must_use]
    pub fn to_printed(&self, folded: Span) -> Span {
        let at = |n: usize| self.origin.get(n).map_or(self.printed.len(), |byte| *byte as usize);
        let (start, mut end) = (at(folded.start), at(folded.end));
        // One printed letter may fold to several ("ђ" to "dj"): a span that ends inside it covers it.
        if folded.end > folded.start && at(folded.end - 1) == end {
            end = self
                .printed
                .get(end..)
                .and_then(|rest| rest.chars().next())
                .map_or(end, |c| end + c.len_utf8());
        }
        let inside = self.printed.get(start..end).unwrap_or_default();
        Span::new(start, start + inside.trim_end_matches(is_mark).len())
    }

    /// The folded bytes that stand for a span of the printed text.
    #[must_use]
    pub fn from_printed(&self, printed: Span) -> Span {
        let find = |byte: usize| {
            self.origin.partition_point(|from| (*from as usize) < byte).min(self.text.len())
        };
        Span::new(find(printed.start), find(printed.end))
    }
}

/// The folded form alone, for keys and queries.
///
/// ```
/// assert_eq!(dateline::text::fold::fold("Đoković"), dateline::text::fold::fold("Ђоковић"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        return text.to_ascii_lowercase();
    }
    Folded::new(text).text
}

struct Folding {
    text: String,
    origin: Vec<u32>,
    /// The word being folded: where it starts in the folded text, and whether it has Cyrillic letters.
    word: Option<Word>,
}

#[derive(Clone, Copy)]
struct Word {
    start: usize,
    cyrillic: bool,
}

impl Folding {
    /// Folds the printable ASCII and line breaks with which `rest` begins at once; how many bytes that were. None
    /// inside a word with Cyrillic letters, where they may be look-alikes.
    fn plain(&mut self, at: usize, rest: &str) -> usize {
        if self.word.is_some_and(|word| word.cyrillic) {
            return 0;
        }
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n');
        let length = rest.bytes().position(|byte| !is_plain(&byte)).unwrap_or(rest.len());
        let Some(run) = rest.get(..length).filter(|run| !run.is_empty()) else { return 0 };
        let start = self.text.len();
        self.text.push_str(run);
        if let Some(run) = self.text.get_mut(start..) {
            run.make_ascii_lowercase();
        }
        self.origin.extend((at..at + length).map(offset));
        match run.bytes().rposition(|byte| !byte.is_ascii_alphabetic()) {
            Some(last) if last + 1 == length => self.word = None,
            Some(last) => self.word = Some(Word { start: start + last + 1, cyrillic: false }),
            None => {
                self.word.get_or_insert(Word { start, cyrillic: false });
            }
        }
        length
    }

    fn push(&mut self, at: usize, c: char, last: Option<char>) {
        match c {
            'a'..='z' | 'A'..='Z' => {
                let cyrillic = self.word.is_some_and(|word| word.cyrillic);
                let twin = if cyrillic { look_alike(c) } else { None };
                self.begin_word(false);
                self.emit(at, twin.unwrap_or(c.to_ascii_lowercase()));
            }
            '0'..='9' | ' ' | '\n' | '!'..='/' | ':'..='@' | '['..='`' | '{'..='~' => {
                self.word = None;
                self.emit(at, c);
            }
            '\u{400}'..='\u{45f}' => {
                self.begin_word(true);
                self.emit_str(at, cyrillic(c));
            }
            '\u{600}'..='\u{6ff}' => self.arabic(at, c),
            '\r' if last == Some('\n') => {}
            _ => self.other(at, c),
        }
    }

    /// Folds the Arabic letters and vowel signs with which `rest` begins at once, and the blanks between them; how
    /// many bytes that were.
    fn arabic_letters(&mut self, at: usize, rest: &str) -> usize {
        let table = &*ARABIC_LETTERS;
        let bytes = rest.as_bytes();
        let mut length = 0;
        loop {
            let origin = offset(at + length);
            match bytes.get(length..) {
                Some([lead @ 0xd8..=0xdb, trail, ..]) => {
                    let place = usize::from(lead & 3) << 6 | usize::from(trail & 0x3f);
                    match table.get(place) {
                        None | Some(None) => return length,
                        Some(Some(NO_LETTER)) => {}
                        Some(Some(letter)) => {
                            self.begin_word(false);
                            self.text.push(*letter);
                            // All letters of the Arabic block have two bytes.
                            self.origin.extend_from_slice(&[origin; 2]);
                        }
                    }
                    length += 2;
                }
                Some([b' ', ..]) if length > 0 => {
                    self.word = None;
                    self.text.push(' ');
                    self.origin.push(origin);
                    length += 1;
                }
                _ => return length,
            }
        }
    }

    fn arabic(&mut self, at: usize, c: char) {
        let folded = arabic(c);
        if folded == NO_LETTER {
            return;
        }
        if is_letter(folded) {
            self.begin_word(false);
        } else {
            self.word = None;
        }
        self.emit(at, folded);
    }

    fn other(&mut self, at: usize, c: char) {
        if is_mark(c) {
            return;
        }
        let ascii = match c {
            'đ' | 'Đ' => "dj",
            'š' | 'Š' => "s",
            'č' | 'Č' | 'ć' | 'Ć' => "c",
            'ž' | 'Ž' => "z",
            '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
            '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″' => "\"",
            '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' => "'",
            '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
            '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => "\n",
            'ß' | 'ẞ' => "ss",
            'æ' | 'Æ' => "ae",
            'ø' | 'Ø' => "o",
            'ł' | 'Ł' => "l",
            'ı' | 'İ' => "i",
            _ => "",
        };
        if !ascii.is_empty() {
            if ascii.starts_with(|first: char| first.is_ascii_alphabetic()) {
                self.begin_word(false);
            } else {
                self.word = None;
            }
            return self.emit_str(at, ascii);
        }
        for part in std::iter::once(c).nfkd() {
            if unicode_normalization::char::is_combining_mark(part) || is_mark(part) {
                continue;
            }
            if part != c {
                self.push(at, part, None);
                continue;
            }
            if part.is_alphabetic() {
                self.begin_word(false);
            } else {
                self.word = None;
            }
            for lower in part.to_lowercase() {
                self.emit(at, lower);
            }
        }
    }

    /// Enters or stays in a word; the first Cyrillic letter turns the Latin look-alikes before it.
    fn begin_word(&mut self, cyrillic: bool) {
        let start = self.text.len();
        let word = self.word.get_or_insert(Word { start, cyrillic });
        if !cyrillic || word.cyrillic {
            return;
        }
        word.cyrillic = true;
        let start = word.start;
        let head = self.text.split_off(start);
        self.text.extend(head.chars().map(|c| look_alike(c).unwrap_or(c)));
    }

    fn emit(&mut self, at: usize, c: char) {
        self.text.push(c);
        let origin = offset(at);
        self.origin.push(origin);
        for _ in 1..c.len_utf8() {
            self.origin.push(origin);
        }
    }

    fn emit_str(&mut self, at: usize, text: &str) {
        self.text.push_str(text);
        self.origin.resize(self.text.len(), offset(at));
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn clip(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn one_spelling_for_all() {
        for (printed, folded) in [
            ("Vučić", "vucic"),
            ("ВУЧИЋ", "vucic"),
            ("Đerlek, Ђерлек", "djerlek, djerlek"),
            ("џип = džip", "dzip = dzip"),
            ("фебруарa", "februara"),
            ("Cептембра", "septembra"), // Latin C
            ("cpпањ", "srpanj"),        // Latin c and p before the first Cyrillic letter
            ("5G мрежа", "5g mreza"),
            ("إيران وآسيا", "ايران واسيا"),
            ("صربیا", "صربيا"),
            ("کتابة", "كتابه"),
            ("سه\u{200c}شنبه", "سهشنبه"),
            ("مُذَكِّرَة", "مذكره"),
            ("۱۴۰۳ ٢٠٢٥", "1403 2025"),
            ("25\u{a0}–\u{a0}27", "25 - 27"),
            ("«نص»، نص؟", "\"نص\", نص?"),
            ("ﻓﺒﺮاﯾﺮ", "فبراير"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(fold(printed), folded, "{printed}");
        }
    }

    #[test]
    fn a_span_that_ends_inside_a_letter_covers_it() {
        let printed = "ђ.";
        let folded = Folded::new(printed);
        assert_eq!(folded.to_printed(Span::new(0, 1)).of(printed), "ђ");
    }

    proptest! {
        #[test]
        fn folded_ranges_lead_back(printed in "\\PC{0,40}|[اأآىی كـ٠-٩۰-۹a-zA-ZČšжљџ\u{200C}\u{064E}\u{200F}]{0,40}") {
            let folded = Folded::new(&printed);
            prop_assert_eq!(folded.origin.len(), folded.text.len() + 1);
            let ends: Vec<usize> = folded.as_str().char_indices().map(|(at, _)| at).chain([folded.as_str().len()]).collect();
            for (n, start) in ends.iter().enumerate() {
                for end in ends.iter().skip(n) {
                    let back = folded.to_printed(Span::new(*start, *end));
                    prop_assert!(printed.get(back.start..back.end).is_some());
                }
            }
        }

        #[test]
        fn folding_twice_changes_nothing(printed in "\\PC{0,40}|[اأآىی كـ٠-٩۰-۹a-zA-ZČšжљџđ]{0,40}") {
            let once = fold(&printed);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
