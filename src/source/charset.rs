//! Bytes to text: which character set a document is written in.
//!
//! The order is what feeds taught their readers: a byte order mark, then valid UTF-8, then the charset of
//! the HTTP header, then the document's own declaration, then a guess. Almost valid UTF-8 is read as
//! UTF-8 with its bad bytes replaced, never guessed: a guess turns Arabic into noise.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Decodes a document. `content_type` is the value of the HTTP header, such as `text/xml;
/// charset=windows-1256`.
#[must_use]
pub fn decode<'b>(bytes: &'b [u8], content_type: Option<&str>) -> Cow<'b, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    match bytes {
        [0, b'<' | b'{', ..] => return decode_as(UTF_16BE, bytes),
        [b'<' | b'{', 0, ..] => return decode_as(UTF_16LE, bytes),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.into();
    }
    if is_almost_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    let named = content_type.and_then(header_charset).or_else(|| declared_charset(bytes));
    // A document that names UTF-8 and is not: the name is what is wrong.
    let encoding = named.filter(|encoding| *encoding != UTF_8).unwrap_or_else(|| guess(bytes));
    decode_as(encoding, bytes)
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Cow<'b, str> {
    encoding.decode_without_bom_handling(bytes).0
}

/// Whether the bytes would be UTF-8 but for a few: at most one bad run for ten good letters of
/// more than one byte.
fn is_almost_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad.saturating_mul(10)
}

fn header_charset(content_type: &str) -> Option<&'static Encoding> {
    let label = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The charset of `<?xml version="1.0" encoding="..."?>`.
fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(1024).map(|byte| char::from(*byte)).collect();
    let declaration = head.split_once("<?xml")?.1.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value.split(quote).nth(1)?.as_bytes())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // No top-level domain: with `rs` Serbian windows-1250 is taken for windows-1251.
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{WINDOWS_1250, WINDOWS_1256};

    fn doc(declaration: &str, text: &str) -> String {
        format!("<?xml version=\"1.0\"{declaration}?><t>{text}</t>")
    }

    #[test]
    fn the_order_of_evidence() {
        let arabic = "افتتح الوزير المعرض الدولي للتكنولوجيا في بلغراد يوم الثلاثاء";
        let serbian = "Ministar je otvorio sajam tehnologije, šta će biti sledeće čeka se";
        let utf16 = |text: &str, mark: bool| -> Vec<u8> {
            let mark: &[u8] = if mark { &[0xfe, 0xff] } else { &[] };
            mark.iter().copied().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect()
        };
        for (name, bytes, header, expected) in [
            ("utf-8", doc("", arabic).into_bytes(), None, arabic),
            (
                "utf-8 against a wrong header",
                doc("", arabic).into_bytes(),
                Some("text/xml; charset=iso-8859-1"),
                arabic,
            ),
            (
                "utf-8 against a wrong declaration",
                doc(" encoding=\"windows-1256\"", arabic).into_bytes(),
                None,
                arabic,
            ),
            (
                "mark against declaration",
                utf16(&doc(" encoding=\"utf-8\"", arabic), true),
                None,
                arabic,
            ),
            ("utf-16 without mark", utf16(&doc(" encoding='utf-16'", arabic), false), None, arabic),
            (
                "header alone",
                WINDOWS_1256.encode(&doc("", arabic)).0.into_owned(),
                Some("application/xml; Charset=\"windows-1256\""),
                arabic,
            ),
            (
                "declaration alone",
                WINDOWS_1250.encode(&doc(" encoding='windows-1250'", serbian)).0.into_owned(),
                Some("text/xml"),
                serbian,
            ),
            ("neither", WINDOWS_1256.encode(&doc("", arabic)).0.into_owned(), None, arabic),
            (
                "a false claim of utf-8",
                WINDOWS_1256.encode(&doc(" encoding='utf-8'", arabic)).0.into_owned(),
                Some("text/xml; charset=utf-8"),
                arabic,
            ),
        ] {
            assert!(
                decode(&bytes, header).contains(expected),
                "{name}: {}",
                decode(&bytes, header)
            );
        }
    }

    #[test]
    fn stray_bytes_cost_themselves_alone() {
        let mut bytes = doc("", "افتتح الوزير المعرض").into_bytes();
        bytes.insert(30, 0xff);
        assert!(decode(&bytes, None).contains("المعرض"));
    }
}
