//! What single characters are, and what words begin with: asked for each letter of each article.

/// Whether `c` is a letter of a word, as [`char::is_alphabetic`] has it; quick for the folded letters of our
/// four languages.
#[must_use]
pub fn is_letter(c: char) -> bool {
    quick(c).map_or_else(|| c.is_alphabetic(), |kind| kind == Quick::Letter)
}

/// Whether `c` is part of a word, as [`char::is_alphanumeric`] has it; quick for the same letters.
#[must_use]
pub fn is_alphanumeric(c: char) -> bool {
    quick(c).map_or_else(|| c.is_alphanumeric(), |kind| kind != Quick::Other)
}

/// What a character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quick {
    Letter,
    Digit,
    Other,
}

/// What the characters up to the end of the Arabic block are, as far as our languages have them.
static QUICK: [Option<Quick>; 0x700] = {
    let mut table = [None; 0x700];
    let mut rest: &mut [Option<Quick>] = &mut table;
    let mut code = 0;
    while let Some((place, more)) = rest.split_first_mut() {
        *place = match code {
            0x41..=0x5a | 0x61..=0x7a => Some(Quick::Letter),
            0x30..=0x39 => Some(Quick::Digit),
            0..=0x7f | 0x600..=0x60f => Some(Quick::Other),
            0x100..=0x24f | 0x400..=0x481 | 0x620..=0x657 | 0x671..=0x6d3 => Some(Quick::Letter),
            _ => None,
        };
        rest = more;
        code += 1;
    }
    table
};

fn quick(c: char) -> Option<Quick> {
    QUICK.get(c as usize).copied().flatten()
}

/// [`str::strip_prefix`], quick where already the first letters differ.
#[must_use]
pub fn strip<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    match (text.as_bytes(), start.as_bytes()) {
        ([a, b, ..], [c, d, ..]) if a != c || b != d => None,
        _ => text.strip_prefix(start),
    }
}

/// Whether `c` leaves no trace in the folded form and shows nothing to the reader.
#[must_use]
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
