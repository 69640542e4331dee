//! Names in Latin letters: how to print one that is met only in Arabic, Persian or Cyrillic letters, and
//! a key that is the same for one name in all of them.
//!
//! The key keeps what the scripts agree on. Short vowels are not written in Arabic letters, so no vowel
//! is kept; Arabic has no letters for p, g, v and ch and spells them with their neighbours, so neighbours
//! are one class: b p; g gh q k j(dž) ch; v f w; kh h; s sh; z zh; t; d; l; m; n; r.

mod spelling;

use super::fold::{fold, is_letter};
pub use spelling::{misspelt, spells};

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
