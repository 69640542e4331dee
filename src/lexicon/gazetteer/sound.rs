//! What names are told apart by, beside their keys.

/// The consonants that a key does not tell apart: k (with g and q), ch and j, as English writes them or as
/// Serbian does by ear. So Kamali is not Jamali.
pub(in crate::lexicon) fn stops(name: &str, by_ear: bool) -> String {
    let mut out = String::new();
    let mut letters = name.chars().flat_map(char::to_lowercase).peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied();
        let (sound, both) = match (c, next) {
            ('k', Some('h')) if !by_ear => continue,
            ('g', Some('h')) if !by_ear => (Some('k'), true),
            ('c', Some('h')) if !by_ear => (Some('c'), true),
            ('d', Some('ž' | 'z' | 'j')) if by_ear => (Some('j'), true),
            ('k' | 'g' | 'q', _) => (Some('k'), false),
            ('c' | 'č' | 'ć', _) => (Some('c'), false),
            ('đ', _) => (Some('j'), false),
            ('j', _) if !by_ear => (Some('j'), false),
            _ => (None, false),
        };
        out.extend(sound);
        if both {
            letters.next();
        }
    }
    out
}
