//! Mending feeds that the parser would refuse as a whole.
//!
//! [`clean`] is done always: it takes away what no parser should see. [`repair`] is done when parsing
//! failed or found nothing. [`salvage`] cuts a document into one per entry, so that an odd entry costs
//! itself alone; a document that breaks off yields the entries before the break.

use std::borrow::Cow;

/// The longest element that is dropped, in bytes.
const MAX_ELEMENT: usize = 1024;

/// Drops junk before the document, the XML declaration (the text is decoded already), characters that XML
/// forbids, and elements that make the parser panic and that nobody reads.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    let start = text.find(['<', '{']).unwrap_or(0);
    let mut rest = text.get(start..).unwrap_or_default();
    if rest.starts_with("<?xml") {
        rest = rest.split_once("?>").map_or(rest, |(_, rest)| rest.trim_start());
    }
    let mut text = Cow::Borrowed(rest);
    if rest.as_bytes().chunks(64).any(may_be_forbidden) {
        text = rest.chars().filter(|c| !is_forbidden(*c)).collect::<String>().into();
    }
    let harms = |rest: &str| HARMFUL.iter().any(|name| rest.starts_with(name));
    if text.match_indices('<').any(|(at, _)| text.get(at + 1..).is_some_and(harms)) {
        for name in HARMFUL {
            text = without_element(&text, name).into();
        }
    }
    text
}

/// Elements that make the parser panic and that nobody reads.
const HARMFUL: [&str; 5] =
    ["itunes:duration", "author", "dc:creator", "managingEditor", "webMaster"];

/// Whether XML forbids a character.
const fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether one of these bytes may belong to a character that XML forbids.
fn may_be_forbidden(bytes: &[u8]) -> bool {
    // All are looked at, since that goes in one step.
    bytes.iter().fold(false, |found, byte| {
        found | (*byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) | (*byte == 0xef)
    })
}

/// Whether the document holds entries, by its tags.
#[must_use]
pub fn has_entries(text: &str) -> bool {
    starts_of(text, "item").next().is_some() || starts_of(text, "entry").next().is_some()
}

/// Mends what is known to be wrong in feeds: junk before the root, unknown versions of RSS, old and
/// wrong namespaces, types of text that do not exist, bare ampersands; in JSON a missing title and
/// numbers for ids.
#[must_use]
pub fn repair(text: &str) -> String {
    if text.starts_with('{') {
        return repair_json(text).unwrap_or_else(|| text.to_owned());
    }
    let roots = ["<rss", "<feed", "<rdf:RDF", "<RDF"];
    let start = roots.iter().filter_map(|root| text.find(root)).min().unwrap_or(0);
    let mut text = text.get(start..).unwrap_or_default().to_owned();
    if let Some((root, rest)) = text.split_once('>') {
        text = format!("{}>{rest}", repair_root(root));
    }
    text = text.replace("<channel xmlns=", "<channel data-xmlns=");
    repair_types(&escape_ampersands(&text))
}

/// The entries of a document, each in a document of its own.
#[must_use]
pub fn salvage(text: &str) -> Vec<String> {
    let Some((root, _)) = text.split_once('>') else { return Vec::new() };
    let name: String = root
        .chars()
        .skip(1)
        .take_while(|c| !c.is_whitespace() && !matches!(c, '/' | '>'))
        .collect();
    let (entry, open, close) = match name.as_str() {
        "rss" => ("item", "<channel>", "</channel>"),
        "feed" => ("entry", "", ""),
        _ => ("item", "", ""),
    };
    let starts: Vec<usize> = starts_of(text, entry).collect();
    let end = format!("</{entry}>");
    let mut ends = text.match_indices(&end).map(|(at, _)| at + end.len()).peekable();
    let mut documents = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        while ends.next_if(|end| end < start).is_some() {}
        let Some(end) = ends.peek() else { break };
        // An entry that was not closed would swallow its neighbour: it alone is lost.
        if starts.get(n + 1).is_some_and(|next| next < end) {
            continue;
        }
        let block = text.get(*start..*end).unwrap_or_default();
        documents.push(format!("{root}>{open}{block}{close}</{name}>"));
    }
    documents
}

/// Where the start tags of an element are.
fn starts_of<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices('<').map(|(at, _)| at).filter(move |at| {
        let Some(rest) = text.get(at + 1..).and_then(|rest| rest.strip_prefix(name)) else {
            return false;
        };
        rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
    })
}

/// A text without an element, its content included; one that is not closed stays.
fn without_element(text: &str, name: &str) -> String {
    let end = format!("</{name}>");
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for start in starts_of(text, name) {
        if start < from {
            continue;
        }
        let Some(rest) = text.get(start..) else { break };
        // Far ends are not looked for, or a document of starts alone would take for ever.
        let near = rest.get(..rest.floor_char_boundary(MAX_ELEMENT)).unwrap_or_default();
        let Some(length) = near.find(&end) else { continue };
        // In Atom an author holds elements, which do no harm: only plain text is dropped.
        let inner = rest
            .get(..length)
            .and_then(|inner| inner.split_once('>'))
            .map_or("", |(_, inner)| inner);
        if inner.contains('<') && !inner.contains("<![CDATA[") {
            continue;
        }
        kept.push_str(text.get(from..start).unwrap_or_default());
        from = start + length + end.len();
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// The root's start tag, without its `>`: with a version and namespaces that the parser knows.
fn repair_root(root: &str) -> String {
    let mut mended = String::new();
    let mut version = false;
    for (n, part) in root.split_whitespace().enumerate() {
        let part = match part.split_once('=').map(|(name, _)| name) {
            Some("version") if root.starts_with("<rss") => {
                version = true;
                "version=\"2.0\""
            }
            // An RSS 2.0 document has no namespace; one that names a default hides its items.
            Some("xmlns") if root.starts_with("<rss") => continue,
            Some("xmlns") if root.starts_with("<feed") => "xmlns=\"http://www.w3.org/2005/Atom\"",
            Some("xmlns") => "xmlns=\"http://purl.org/rss/1.0/\"",
            _ => part,
        };
        if n > 0 {
            mended.push(' ');
        }
        mended.push_str(part);
    }
    if root.starts_with("<rss") && !version {
        mended.push_str(" version=\"2.0\"");
    }
    mended
}

/// Text constructs of Atom with a type that does not exist are HTML, as the readers of Atom 0.3 took them.
fn repair_types(text: &str) -> String {
    if !text.starts_with("<feed") {
        return text.to_owned();
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at_checked(end).unwrap_or((tag, ""));
        mended.push_str(before);
        let is_text = ["<title ", "<summary ", "<subtitle ", "<tagline ", "<rights ", "<content "]
            .iter()
            .any(|start| tag.starts_with(start));
        let known = [
            "type=\"text\"",
            "type=\"html\"",
            "type=\"xhtml\"",
            "type='text'",
            "type='html'",
            "type='xhtml'",
        ]
        .iter()
        .any(|known| tag.contains(known));
        if is_text && !known && !tag.ends_with("/>") && !tag.contains("src=") {
            let name: String = tag.chars().take_while(|c| !c.is_whitespace()).collect();
            mended.push_str(&name);
            mended.push_str(" type=\"html\">");
        } else {
            mended.push_str(tag);
        }
        rest = after;
    }
    mended.push_str(rest);
    mended
}

/// Escapes ampersands that begin no reference, outside of CDATA sections.
fn escape_ampersands(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        let (before, here) = rest.split_at_checked(at).unwrap_or((rest, ""));
        mended.push_str(before);
        if here.starts_with("<![CDATA[") {
            let end = here.find("]]>").map_or(here.len(), |end| end + 3);
            mended.push_str(here.get(..end).unwrap_or_default());
            rest = here.get(end..).unwrap_or_default();
            continue;
        }
        let sign = here.get(..1).unwrap_or_default();
        let after = here.get(1..).unwrap_or_default();
        if sign == "<" || is_reference(after) {
            mended.push_str(sign);
        } else {
            mended.push_str("&amp;");
        }
        rest = after;
    }
    mended.push_str(rest);
    mended
}

/// Whether what follows an ampersand is a reference that the parser can read.
fn is_reference(after: &str) -> bool {
    let near = after.get(..after.floor_char_boundary(10)).unwrap_or_default();
    let Some((name, _)) = near.split_once(';') else { return false };
    match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix('x') {
            Some(hex) => {
                (1..=6).contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
            }
            None => {
                (1..=7).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
            }
        },
        None => {
            (2..=8).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
    }
}

fn repair_json(text: &str) -> Option<String> {
    let mut feed: serde_json::Value = serde_json::from_str(text).ok()?;
    let top = feed.as_object_mut()?;
    for (key, value) in [("title", ""), ("version", "https://jsonfeed.org/version/1.1")] {
        if !top.get(key).is_some_and(serde_json::Value::is_string) {
            top.insert(key.to_owned(), value.into());
        }
    }
    // Nothing but this is read of an entry; anything else of a wrong type would cost the feed.
    const READ: [&str; 8] = [
        "id",
        "url",
        "title",
        "content_html",
        "content_text",
        "summary",
        "date_published",
        "date_modified",
    ];
    for item in top.get_mut("items")?.as_array_mut()? {
        if let Some(item) = item.as_object_mut() {
            item.retain(|key, value| {
                READ.contains(&key.as_str()) && (value.is_string() || value.is_number())
            });
            for value in item.values_mut().filter(|value| value.is_number()) {
                *value = value.to_string().into();
            }
        }
    }
    top.get_mut("items")?.as_array_mut()?.retain(serde_json::Value::is_object);
    top.retain(|key, _| matches!(key.as_str(), "title" | "version" | "items"));
    serde_json::to_string(&feed).ok()
}
