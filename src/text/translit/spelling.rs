//! Whether a word in Arabic or Persian letters spells a name in Latin ones, and how well.

use crate::text::fold::strip;

/// Whether a word in Arabic letters can be the spelling of a name in Latin letters, both folded: every
/// consonant has its own, every long vowel of the one stands for a vowel of the other.
///
/// ```
/// use dateline::text::translit::spells;
/// assert!(spells("دراغومير", "dragomir"));
/// assert!(!spells("برياسه", "parisa"));
/// ```
#[must_use]
pub fn spells(arabic: &str, latin: &str) -> bool {
    spelled_at_all(arabic, latin, true)
}

/// By how much a word in Arabic or Persian letters misses a name in Latin ones, both folded: 0 where each letter
/// fits, `None` where it does not spell it. A long vowel that is not written, or written for a short one, is a
/// miss: «حميد» is Hamid before it is Hamed.
#[must_use]
pub fn misspelt(arabic: &str, latin: &str) -> Option<usize> {
    spelled(arabic, latin, true)
}

/// What a sound may be written as, and how far that is from what is usual.
type Letters = &'static [(&'static str, usize)];

/// What the sounds at the head of a name may be written as.
struct Head<'l> {
    /// Its first two letters as one sound, or a double vowel as one long one, and the rest of the name.
    both: Letters,
    after_both: &'l str,
    /// The first letter alone, and the rest. `None` for the first of two that are the same.
    one: Option<Letters>,
    after_one: &'l str,
}

/// The head of a name; `None` at its end.
fn head(latin: &str, first: bool) -> Option<Head<'_>> {
    let mut sounds = latin.chars();
    let sound = sounds.next()?;
    let after_one = sounds.as_str();
    let next = sounds.next();
    let after_both = sounds.as_str();
    let rest = after_one;
    let digraph: Letters = match (sound, next) {
        ('s', Some('h')) => &[("ش", 0)],
        ('k', Some('h')) => &[("خ", 0)],
        ('g', Some('h')) => &[("غ", 0), ("ق", 0)],
        ('c', Some('h')) => &[("چ", 0), ("تش", 0), ("ج", 0)],
        ('z', Some('h')) => &[("ژ", 0), ("ج", 0)],
        ('d', Some('j' | 'z')) => &[("ج", 0), ("دج", 0)],
        ('l', Some('j')) => &[("لي", 0), ("ل", 0)],
        ('n', Some('j')) => &[("ني", 0), ("ن", 0)],
        ('e' | 'o', Some('i' | 'u' | 'y')) => &[("ي", 0), ("و", 0)],
        // The article inside Abdollah and Abolfazl.
        ('o' | 'u', Some('l')) if !first => &[("ال", 0), ("وال", 0)],
        (double, Some(next)) if double == next => {
            let long: Letters = match double {
                'e' | 'i' => &[("ي", 0)],
                'o' | 'u' => &[("و", 0)],
                _ => &[],
            };
            return Some(Head { both: long, after_both, one: None, after_one });
        }
        _ => &[],
    };
    let letters: Letters = match sound {
        'a' if first => &[("ا", 0), ("ع", 0), ("عا", 0)],
        // Mostafa and Mousa end on a letter that elsewhere is an i.
        'a' if rest.is_empty() => &[("ا", 0), ("ه", 0), ("ع", 0), ("عا", 0), ("ي", 1), ("", 1)],
        'a' => &[("ا", 0), ("ه", 1), ("ع", 0), ("عا", 0), ("", 0)],
        'i' | 'y' if first => &[("اي", 0), ("ا", 1), ("ي", 0), ("ع", 1), ("عي", 0)],
        'e' if first => &[("اي", 1), ("ا", 0), ("ي", 1), ("ع", 0), ("عي", 1)],
        'i' | 'y' => &[("ي", 0), ("ه", 1), ("ا", 1), ("ع", 1), ("", 1)],
        'e' if rest.is_empty() => &[("ي", 0), ("ه", 0), ("ا", 1), ("ع", 1), ("", 1)],
        'e' => &[("ي", 1), ("ه", 1), ("ا", 1), ("ع", 0), ("", 0)],
        'o' | 'u' if first => &[("او", 0), ("ا", 0), ("ع", 0)],
        'u' => &[("و", 0), ("ع", 1), ("", 1)],
        'o' => &[("و", 0), ("ع", 0), ("", 0)],
        'j' => &[("ي", 0), ("ج", 0), ("", 0)],
        'b' => &[("ب", 0)],
        'p' => &[("پ", 0), ("ب", 0)],
        't' => &[("ت", 0), ("ط", 0)],
        // Arabic and Persian put a vowel before two consonants that begin a name: استفان for Stefan.
        's' if first => &[("س", 0), ("ص", 0), ("ش", 0), ("ث", 0), ("اس", 0)],
        's' => &[("س", 0), ("ص", 0), ("ش", 0), ("ث", 0)],
        'd' => &[("د", 0), ("ض", 0)],
        'r' => &[("ر", 0)],
        'z' => &[("ز", 0), ("ذ", 0), ("ض", 0), ("ظ", 0), ("ژ", 0), ("ج", 0)],
        'f' => &[("ف", 0)],
        'v' | 'w' => &[("ف", 0), ("و", 0), ("ڤ", 0)],
        'q' => &[("ق", 0)],
        'k' => &[("ك", 0), ("ق", 1)],
        'g' => &[("گ", 0), ("غ", 0), ("ج", 0), ("ك", 0), ("ق", 0)],
        'c' => &[("تش", 0), ("چ", 0), ("ج", 0), ("تس", 0), ("س", 1), ("ك", 1)],
        'h' => &[("ه", 0), ("ح", 0), ("خ", 0)],
        'l' => &[("ل", 0)],
        'm' => &[("م", 0)],
        'n' => &[("ن", 0)],
        'x' => &[("كس", 0)],
        _ => &[],
    };
    Some(Head { both: digraph, after_both, one: Some(letters), after_one })
}

fn spelled(arabic: &str, latin: &str, first: bool) -> Option<usize> {
    let Some(head) = head(latin, first) else { return arabic.is_empty().then_some(0) };
    let best = |letters: Letters, rest: &str| {
        let miss = |(written, miss): &(&str, usize)| {
            Some(spelled(strip(arabic, written)?, rest, false)? + miss)
        };
        letters.iter().filter_map(miss).min()
    };
    let one = match head.one {
        Some(letters) => best(letters, head.after_one),
        None => spelled(arabic, head.after_one, first),
    };
    best(head.both, head.after_both).into_iter().chain(one).min()
}

/// Whether [`spelled`] finds a way.
fn spelled_at_all(arabic: &str, latin: &str, first: bool) -> bool {
    let Some(head) = head(latin, first) else { return arabic.is_empty() };
    let any = |letters: Letters, rest: &str| {
        letters.iter().any(|(written, _)| {
            strip(arabic, written).is_some_and(|arabic| spelled_at_all(arabic, rest, false))
        })
    };
    any(head.both, head.after_both)
        || match head.one {
            Some(letters) => any(letters, head.after_one),
            None => spelled_at_all(arabic, head.after_one, first),
        }
}
