//! Text made fit for a format: characters that XML forbids, and text inside HTML.

use crate::{model::EventId, text::Lang};
use std::borrow::Cow;

/// The text without the characters that XML 1.0 §2.2 forbids even as references; lone carriage returns,
/// which XML reads as line ends and iCalendar as the end of a property, become line feeds.
pub(super) fn xml(text: &str) -> Cow<'_, str> {
    let wrong =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if !text.contains(wrong) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(text.chars().filter(|c| !wrong(*c)).collect())
}

/// The text on one line: every run of white space and control characters is one blank.
pub(super) fn line(text: &str) -> String {
    let text = xml(text);
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The text as it stands inside an element or a quoted attribute of HTML.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in xml(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The direction in which a language is written: `rtl` or `ltr`.
pub(super) const fn direction(lang: Lang) -> &'static str {
    if lang.is_rtl() { "rtl" } else { "ltr" }
}

/// The language tag of a text with its script where that is not the usual one: Serbian is tagged
/// `sr-Latn` or `sr-Cyrl`, by its letters.
pub(super) fn tag(lang: Lang, text: &str) -> &'static str {
    match lang {
        Lang::Sr if text.chars().any(|c| matches!(c, '\u{400}'..='\u{4ff}')) => "sr-Cyrl",
        Lang::Sr => "sr-Latn",
        other => other.tag(),
    }
}

/// The URN by which the world knows the thing with this key: a UUID of version 8 (RFC 9562) made of the key
/// itself, so that it never changes.
pub(super) fn urn(key: EventId) -> String {
    format!("urn:uuid:{}", uuid(key))
}

/// The UUID of [`urn`].
pub(super) fn uuid(key: EventId) -> String {
    let bits = u128::from_be_bytes(*key.as_bytes());
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_go_and_others_stay() {
        for (text, cleaned) in [
            ("plain سلام", "plain سلام"),
            ("a\u{0}b\u{1}c\u{1f}d\u{fffe}", "abcd"),
            ("a\tb\nc", "a\tb\nc"),
            ("a\r\nb\rc", "a\nb\nc"),
        ] {
            assert_eq!(xml(text), cleaned);
        }
        assert_eq!(line(" a\r\n\tb\u{1}\u{85}c\u{ffff} "), "a b c");
        assert_eq!(html("<b a=\"'&\">\u{1}"), "&lt;b a=&quot;&#39;&amp;&quot;&gt;");
    }

    #[test]
    fn a_uuid_is_of_version_8_and_says_which_event() {
        let id: EventId = "ffffffffffffffffffffffffffffffff".parse().unwrap();
        assert_eq!(uuid(id), "ffffffff-ffff-8fff-bfff-ffffffffffff");
    }
}
