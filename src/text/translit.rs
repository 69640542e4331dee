//! Names in Latin letters: how to print one that is met only in Arabic, Persian or Cyrillic letters, and
//! a key that is the same for one name in all of them.

mod key;
mod spelling;

use super::fold::fold;
pub use key::{key, outline, outline_of_arabic, serbian_key};
pub use spelling::{misspelt, spells};

/// Whether the letter waw is the consonant v rather than o or u: at the beginning, after a long vowel,
/// before a long a, and in the endings of Mousavi and Petrović.
fn is_consonant_waw(
    last: Option<char>,
    after_vowel: bool,
    next: Option<char>,
    after: Option<char>,
) -> bool {
    last.is_none()
        || last == Some('ا')
        || after_vowel && matches!(next, Some('ا' | 'ي' | 'و'))
        || next == Some('ا')
        || next == Some('ي') && matches!(after, None | Some('چ'))
}

/// The vowels of a folded name as far as they are written: of all scripts, as `a`, `i` and `u`.
#[must_use]
pub fn vowels(folded: &str) -> String {
    let last = folded.chars().count().saturating_sub(1);
    let vowel = |(n, c): (usize, char)| match c {
        'a' | 'ا' => Some('a'),
        'ه' if n == last => Some('a'),
        'e' | 'i' | 'y' | 'ي' => Some('i'),
        'o' | 'u' | 'و' => Some('u'),
        _ => None,
    };
    folded.chars().enumerate().filter_map(vowel).collect()
}

/// How unlike two lists of vowels are, as [`vowels`] makes them: 0 for the same. The ends weigh most,
/// since a vowel at the end is written in all scripts.
#[must_use]
pub fn unlike(one: &str, other: &str) -> usize {
    let ends = usize::from(one.chars().last() != other.chars().last());
    let places = one.chars().zip(other.chars()).filter(|(a, b)| a != b).count();
    2 * ends + places + one.len().abs_diff(other.len())
}

/// Whether a word in Arabic letters ends like a South Slavic name.
fn ends_slavic(word: &str) -> bool {
    ["يتش", "يچ", "يج", "تسا", "يتسا"]
        .iter()
        .any(|ending| word.len() > ending.len() && word.ends_with(ending))
}

/// A foreign name that Serbian writes as it hears it, in the letters of English.
///
/// ```
/// use dateline::text::translit::by_ear;
/// assert_eq!(by_ear("Šahrzad"), "Shahrzad");
/// assert_eq!(by_ear("Kijanfar"), "Kianfar");
/// ```
#[must_use]
pub fn by_ear(printed: &str) -> String {
    let mut out = String::with_capacity(printed.len());
    let mut letters = printed.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied();
        let english = match c.to_lowercase().next().unwrap_or(c) {
            'š' => "sh",
            'č' | 'ć' => "ch",
            'ž' => "zh",
            'đ' => "j",
            'd' if next == Some('ž') => {
                letters.next();
                "j"
            }
            'i' if next == Some('j') => {
                letters.next();
                "i"
            }
            'j' => "y",
            _ => {
                out.push(c);
                continue;
            }
        };
        if c.is_uppercase() { out.push_str(&capital(english)) } else { out.push_str(english) }
    }
    out
}

/// Whether a text has Arabic or Persian letters.
#[must_use]
pub fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{600}'..='\u{6ff}'))
}

/// A name in Latin letters, readable rather than scholarly: Cyrillic letter by letter as Serbian is
/// written, Arabic and Persian letters as the press romanises them, with "a" where a vowel is not written.
///
/// ```
/// use dateline::text::translit::latin;
/// assert_eq!(latin("Дејан Ристић"), "Dejan Ristić");
/// assert_eq!(latin("راشوفيتش"), "Rašović");
/// assert_eq!(latin("«Satar»"), "Satar");
/// ```
#[must_use]
pub fn latin(printed: &str) -> String {
    let words = printed
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’' | '\u{200c}'));
    let words = words
        .map(|word| word.trim_matches(['-', '\'', '’', '\u{200c}']))
        .filter(|word| !word.is_empty());
    let latin: Vec<String> = words.map(latin_word).collect();
    latin.join(" ")
}

fn latin_word(word: &str) -> String {
    if is_arabic(word) {
        if is_south_slavic(word) {
            return south_slavic(word);
        }
        let folded: Vec<char> = fold(word).chars().collect();
        return capital(&romanised(&folded));
    }
    word.chars().map(cyrillic).collect()
}

fn cyrillic(c: char) -> String {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let latin = match lower {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'ђ' => "đ",
        'е' | 'ё' | 'э' => "e",
        'ж' => "ž",
        'з' => "z",
        'и' | 'ы' => "i",
        'ј' | 'й' => "j",
        'к' => "k",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' => "ć",
        'у' => "u",
        'ф' => "f",
        'х' => "h",
        'ц' => "c",
        'ч' => "č",
        'џ' => "dž",
        'ш' => "š",
        'щ' => "šč",
        'ю' => "ju",
        'я' => "ja",
        'ъ' | 'ь' => "",
        _ => return c.to_string(),
    };
    if c == lower { latin.to_owned() } else { capital(latin) }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a name in Arabic letters ends like a South Slavic one.
#[must_use]
pub fn is_south_slavic(word: &str) -> bool {
    ends_slavic(&fold(word))
}

/// A South Slavic name out of Arabic letters, where most of its vowels are written.
#[must_use]
pub fn south_slavic(word: &str) -> String {
    let letters: Vec<char> = fold(word).chars().filter(|c| c.is_alphabetic()).collect();
    capital(&south_slavic_letters(&letters))
}

fn south_slavic_letters(letters: &[char]) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut last = None;
    let mut last_is_vowel = true;
    while let Some(c) = letters.get(at).copied() {
        let next = letters.get(at + 1).copied();
        let after = letters.get(at + 2).copied();
        let rest = letters.len() - at;
        let (latin, taken) = match c {
            'ي' if next == Some('ت') && after == Some('ش') && rest == 3 => ("ić", 3),
            'ي' if matches!(next, Some('چ' | 'ج')) && rest == 2 => ("ić", 2),
            'ت' if next == Some('ش') => ("č", 2),
            'ت' if next == Some('س') => ("c", 2),
            'ا' => ("a", 1),
            'ي' if at == 0 || last_is_vowel && next.is_some() => ("j", 1),
            'ي' => (if rest > 4 || next.is_none() { "i" } else { "e" }, 1),
            'و' if is_consonant_waw(last, last_is_vowel, next, after) => ("v", 1),
            'و' => ("o", 1),
            'ج' => ("đ", 1),
            'ف' => ("v", 1),
            'غ' => ("g", 1),
            'ش' => ("š", 1),
            'چ' => ("č", 1),
            'ژ' => ("ž", 1),
            'خ' | 'ح' | 'ه' => ("h", 1),
            other => (plain(other), 1),
        };
        last_is_vowel = latin.ends_with(['a', 'e', 'i', 'o']);
        out.push_str(latin);
        last = Some(c);
        at += taken;
    }
    out
}

/// Any other name out of Arabic letters.
fn romanised(letters: &[char]) -> String {
    let mut out = String::new();
    let mut last = None;
    let mut last_is_vowel = true;
    let mut at = 0;
    while let Some(c) = letters.get(at).copied() {
        let next = letters.get(at + 1).copied();
        let after = letters.get(at + 2).copied();
        let (latin, taken) = match c {
            'ا' => ("a", 1),
            'ي' if at == 0 || last_is_vowel && next.is_some() => ("y", 1),
            'ي' => ("i", 1),
            'و' if is_consonant_waw(last, last_is_vowel, next, after) => ("v", 1),
            'و' => ("ou", 1),
            'ع' => (if at == 0 { "a" } else { "" }, 1),
            'ه' if next.is_none() && at > 0 => (if last_is_vowel { "h" } else { "eh" }, 1),
            'ت' if next == Some('ش') => ("ch", 2),
            'ش' => ("sh", 1),
            'چ' => ("ch", 1),
            'خ' => ("kh", 1),
            'غ' | 'ق' => ("gh", 1),
            'ژ' => ("zh", 1),
            'ح' | 'ه' => ("h", 1),
            'ج' => ("j", 1),
            other => (plain(other), 1),
        };
        let is_vowel = latin.starts_with(['a', 'e', 'i', 'o']);
        // A vowel that is not written, as in Hasan; a name does not begin with two consonants.
        if !latin.is_empty() && !is_vowel && !last_is_vowel && (next.is_some() || out.len() < 3) {
            out.push('a');
        }
        if !latin.is_empty() {
            last_is_vowel = is_vowel;
        }
        out.push_str(latin);
        last = Some(c);
        at += taken;
    }
    out
}

const fn plain(c: char) -> &'static str {
    match c {
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' => "t",
        'ث' | 'س' | 'ص' => "s",
        'د' => "d",
        'ذ' | 'ز' | 'ض' | 'ظ' => "z",
        'ر' => "r",
        'ف' | 'ڤ' => "f",
        'ق' | 'ك' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        _ => "",
    }
}
