//! What single letters fold to.

use super::is_letter;
use std::sync::LazyLock;

/// Stands for what leaves no trace.
pub(super) const NO_LETTER: char = '\0';

/// A character of the Arabic block, folded; [`NO_LETTER`] for vowel signs and the like.
pub(super) fn arabic(c: char) -> char {
    match c {
        '\u{610}'..='\u{61a}'
        | '\u{61c}'
        | '\u{640}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' => NO_LETTER,
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' | 'ى' | 'ی' | 'ې' | 'ۍ' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ة' | 'ۀ' | 'ە' | 'ہ' | 'ۂ' | 'ھ' | 'ۃ' => 'ه',
        '،' | '٬' => ',',
        '؛' => ';',
        '؟' => '?',
        '٪' => '%',
        '٫' | '۔' => '.',
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6f0}'..='\u{6f9}' => digit(c, 0x6f0),
        other => other,
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).unwrap_or('0')
}

/// The letters and vowel signs of the Arabic block, folded, by their place in it.
pub(super) static ARABIC_LETTERS: LazyLock<[Option<char>; 256]> = LazyLock::new(|| {
    let mut letters = [None; 256];
    for (letter, c) in letters.iter_mut().zip('\u{600}'..) {
        let folded = arabic(c);
        *letter = (folded == NO_LETTER || is_letter(folded)).then_some(folded);
    }
    letters
});

/// What a Latin letter inside a Cyrillic word was meant to be, in Latin: the letter that looks like it.
/// One byte for one byte, so that offsets hold.
pub(super) const fn look_alike(c: char) -> Option<char> {
    match c {
        'c' | 'C' => Some('s'),
        'p' | 'P' => Some('r'),
        'x' | 'X' => Some('h'),
        'y' | 'Y' => Some('u'),
        'B' => Some('v'),
        'H' => Some('n'),
        _ => None,
    }
}

/// Serbian Cyrillic to folded Latin (diacritics already dropped); letters of other Cyrillic alphabets by
/// their common transliteration.
pub(super) const fn cyrillic(c: char) -> &'static str {
    match c {
        'а' | 'А' => "a",
        'б' | 'Б' => "b",
        'в' | 'В' => "v",
        'г' | 'Г' | 'Ґ' | 'ґ' => "g",
        'д' | 'Д' => "d",
        'ђ' | 'Ђ' => "dj",
        'е' | 'Е' | 'ё' | 'Ё' | 'э' | 'Э' | 'є' | 'Є' | 'ѐ' | 'Ѐ' => "e",
        'ж' | 'Ж' | 'з' | 'З' => "z",
        'и' | 'И' | 'ы' | 'Ы' | 'і' | 'І' | 'ї' | 'Ї' | 'ѝ' | 'Ѝ' => "i",
        'ј' | 'Ј' | 'й' | 'Й' => "j",
        'к' | 'К' | 'ќ' | 'Ќ' => "k",
        'л' | 'Л' => "l",
        'љ' | 'Љ' => "lj",
        'м' | 'М' => "m",
        'н' | 'Н' => "n",
        'њ' | 'Њ' => "nj",
        'о' | 'О' => "o",
        'п' | 'П' => "p",
        'р' | 'Р' => "r",
        'с' | 'С' | 'ш' | 'Ш' => "s",
        'т' | 'Т' => "t",
        'ћ' | 'Ћ' | 'ч' | 'Ч' | 'ц' | 'Ц' => "c",
        'у' | 'У' | 'ў' | 'Ў' => "u",
        'ф' | 'Ф' => "f",
        'х' | 'Х' => "h",
        'џ' | 'Џ' | 'ѕ' | 'Ѕ' => "dz",
        'щ' | 'Щ' => "st",
        'ю' | 'Ю' => "ju",
        'я' | 'Я' => "ja",
        _ => "",
    }
}
