//! A key that is the same for one name in all scripts.
//!
//! The key keeps what the scripts agree on. Short vowels are not written in Arabic letters, so no vowel
//! is kept; Arabic has no letters for p, g, v and ch and spells them with their neighbours, so neighbours
//! are one class: b p; g gh q k j(dž) ch; v f w; kh h; s sh; z zh; t; d; l; m; n; r.

use super::{ends_slavic, is_consonant_waw};
use crate::text::fold::{fold, is_letter};

/// The sound of a name: the same for "Miroslav Blagojević", "Мирослав Благојевић", "ميروسلاف بلاغويفيتش"
/// and «میروسلاو بلاگویویچ».
///
/// ```
/// use dateline::text::translit::key;
/// assert_eq!(key("Miroslav Blagojević"), key("میروسلاو بلاگویویچ"));
/// assert_eq!(key("Ghalibaf"), key("قاليباف"));
/// assert_ne!(key("Iran"), key("Irak"));
/// ```
#[must_use]
pub fn key(printed: &str) -> String {
    let folded = fold(printed);
    key_of(&folded, is_slavic(printed, &folded))
}

/// The [`key`] of a name in a text that writes the sound of English y with the letter j.
#[must_use]
pub fn serbian_key(printed: &str) -> String {
    key_of(&fold(printed), true)
}

/// A number that is the same for names that have the same [`key`] but for the sound v, which in Arabic letters is
/// often a vowel; seldom for others.
#[must_use]
pub fn outline(key: &str) -> u64 {
    let mut outline = Outline::default();
    key.chars().for_each(|sound| outline.push(sound));
    outline.0
}

/// The [`outline`] of a folded word in Arabic letters.
///
/// ```
/// use dateline::text::translit::{key, outline, outline_of_arabic};
/// assert_eq!(outline_of_arabic("ايفانوفيتش"), outline(&key("Ivanović")));
/// ```
#[must_use]
pub fn outline_of_arabic(folded: &str) -> u64 {
    if folded.is_ascii() || !folded.chars().all(is_letter) {
        return outline(&key_of(folded, false));
    }
    let beginning = folded.chars().next();
    let mut outline = Outline::default();
    let mut is_first = true;
    arabic_sounds(folded, |sound| {
        if std::mem::take(&mut is_first) {
            mark(beginning, false, Some(sound)).into_iter().for_each(|mark| outline.push(mark));
        }
        outline.push(sound);
    });
    if is_first {
        mark(beginning, false, None).into_iter().for_each(|mark| outline.push(mark));
    }
    outline.0
}

/// Sounds one after the other as one number; those of nine and fewer have each their own.
#[derive(Default)]
struct Outline(u64);

impl Outline {
    fn push(&mut self, sound: char) {
        if sound != 'v' {
            self.0 = self.0.wrapping_mul(128).wrapping_add(u64::from(sound));
        }
    }
}

fn key_of(folded: &str, slavic: bool) -> String {
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty()) {
        let first = out.is_empty();
        let before = out.len();
        if word.is_ascii() {
            latin_key(word, slavic, &mut out);
        } else {
            arabic_sounds(word, |sound| out.push(sound));
        }
        if first {
            let sound = out.get(before..).and_then(|sounds| sounds.chars().next());
            if let Some(mark) = mark(word.chars().next(), slavic, sound) {
                out.insert(before, mark);
            }
        }
    }
    out
}

/// The mark before the first sound of a name: vowels at its beginning are heard in all scripts; before s they
/// come and go («اسنژانا» is Snežana).
fn mark(first: Option<char>, slavic: bool, sound: Option<char>) -> Option<char> {
    match first? {
        'a' | 'e' | 'i' | 'o' | 'u' | 'ا' | 'ع' if sound != Some('s') => Some('a'),
        'y' | 'ي' => Some('j'),
        'j' if slavic => Some('j'),
        _ => None,
    }
}

/// Whether the letter j of a name is the sound of English y.
fn is_slavic(printed: &str, folded: &str) -> bool {
    printed.chars().any(|c| {
        matches!(
            c,
            'š' | 'č' | 'ć' | 'ž' | 'đ' | 'Š' | 'Č' | 'Ć' | 'Ž' | 'Đ' | '\u{400}'..='\u{45f}'
        )
    }) || folded.split(' ').any(|word| {
        word.len() > 3 && ["ic", "ski", "ov", "ev"].iter().any(|ending| word.ends_with(ending))
    })
}

fn latin_key(word: &str, slavic: bool, out: &mut String) {
    let mut letters = word.chars();
    let mut last = None;
    while let Some(c) = letters.next() {
        let next = letters.clone().next();
        let (class, taken) = match (c, next) {
            ('s', Some('h')) => (Some('s'), 2),
            ('l', Some('j')) => (Some('l'), 2),
            ('k', Some('h')) => (Some('h'), 2),
            ('c' | 'g', Some('h')) | ('d', Some('j' | 'z')) => (Some('k'), 2),
            ('z', Some('h')) => (Some('z'), 2),
            ('t', Some('h')) => (Some('t'), 2),
            ('p', Some('h')) => (Some('v'), 2),
            ('x', _) => {
                out.push('k');
                (Some('s'), 1)
            }
            ('h', None) if last.is_some() => (None, 1),
            ('j', _) if slavic => (None, 1),
            ('b' | 'p', _) => (Some('b'), 1),
            ('c' | 'g' | 'k' | 'q' | 'j', _) => (Some('k'), 1),
            ('v' | 'f' | 'w', _) => (Some('v'), 1),
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y', _) => (None, 1),
            (other, _) => (Some(other), 1),
        };
        if last != Some(c) {
            out.extend(class);
        }
        last = Some(c);
        if taken == 2 {
            letters.next();
        }
    }
}

/// Gives `put` the sounds of a word in Arabic letters.
fn arabic_sounds(word: &str, mut put: impl FnMut(char)) {
    let mut letters = word.chars();
    let (mut next, mut after) = (letters.next(), letters.next());
    let mut last_is_vowel = true;
    let mut last = None;
    while let Some(c) = next {
        (next, after) = (after, letters.next());
        let class = match c {
            'ت' if next == Some('ش') || next == Some('س') && ends_slavic(word) => {
                (next, after) = (after, letters.next());
                Some('k')
            }
            'ت' | 'ط' => Some('t'),
            'ب' | 'پ' => Some('b'),
            'ث' | 'س' | 'ص' | 'ش' => Some('s'),
            'ذ' | 'ز' | 'ض' | 'ظ' | 'ژ' => Some('z'),
            'ج' | 'چ' | 'گ' | 'ق' | 'غ' | 'ك' => Some('k'),
            'ح' | 'خ' => Some('h'),
            'ه' if next.is_some() || last.is_none() => Some('h'),
            'د' => Some('d'),
            'ف' | 'ڤ' => Some('v'),
            'ل' if last == Some('ل') => None,
            'ل' => Some('l'),
            'م' => Some('m'),
            'ن' => Some('n'),
            'ر' => Some('r'),
            'و' if is_consonant_waw(last, last_is_vowel, next, after) => Some('v'),
            _ => None,
        };
        last_is_vowel = matches!(c, 'ا' | 'ي') || c == 'و' && class.is_none();
        last = Some(c);
        class.into_iter().for_each(&mut put);
    }
}
