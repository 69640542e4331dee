//! HTML to plain text: what a reader sees, paragraphs parted by line breaks.

use dom_query::{Document, NodeRef};

/// The longest piece of HTML that is read, in bytes.
const MAX_HTML: usize = 2 * 1024 * 1024;

/// How deep tags may be nested before the markup is dropped without being understood: hostile documents
/// nest a hundred thousand, articles stay far below a hundred.
const MAX_DEPTH: usize = 250;

/// Elements whose text is not part of the article.
const UNREAD: [&str; 16] = [
    "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "video", "audio",
    "canvas", "button", "select", "textarea", "head", "form",
];

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
];

/// The text of an HTML fragment, or of plain text with character references. Paragraphs are parted by
/// one line break; blanks are single; control characters are gone. Text without any tag keeps its lines.
///
/// ```
/// use dateline::source::html::text_of;
/// assert_eq!(text_of("<p>Prvi&nbsp;pasus.</p><p>Drugi<br>red</p><script>x()</script>"), "Prvi pasus.\nDrugi\nred");
/// assert_eq!(text_of("R&amp;D \n 5 < 6"), "R&D\n5 < 6");
/// ```
#[must_use]
pub fn text_of(html: &str) -> String {
    let html = html.get(..html.floor_char_boundary(MAX_HTML)).unwrap_or_default();
    if !html.contains('<') && !html.contains('&') {
        return tidy(html);
    }
    match depth(html) {
        0 => tidy(&walk(Document::fragment(html.replace('\n', "<br>")).root())),
        1..=MAX_DEPTH => tidy(&walk(Document::fragment(html).root())),
        _ => tidy(&Document::fragment(without_tags(html)).text()),
    }
}

/// The text of a headline: as [`text_of`], on one line. Headlines are often escaped once too often.
#[must_use]
pub fn headline_of(html: &str) -> String {
    let mut text = text_of(html);
    for _ in 0..2 {
        if !has_reference(&text) {
            break;
        }
        text = text_of(&text);
    }
    text.replace('\n', " ")
}

/// Whether a character reference is left in a text.
fn has_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        rest.split_once(';').is_some_and(|(name, _)| {
            (2..=8).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        })
    })
}

/// Visits the tree without recursion, since its depth is the document's choice.
fn walk(root: NodeRef<'_>) -> String {
    enum Step<'a> {
        Enter(NodeRef<'a>),
        Break,
    }
    let mut text = String::new();
    let mut steps = vec![Step::Enter(root)];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Enter(node) => node,
            Step::Break => {
                text.push('\n');
                continue;
            }
        };
        if node.is_text() {
            push_on_one_line(&mut text, &node.text());
            continue;
        }
        let name = node.node_name();
        let name = name.as_deref().unwrap_or_default();
        if UNREAD.contains(&name) || node.is_comment() {
            continue;
        }
        if matches!(name, "td" | "th") {
            text.push(' ');
        }
        if BLOCKS.contains(&name) {
            text.push('\n');
            steps.push(Step::Break);
        }
        let children = node.children();
        steps.extend(children.into_iter().rev().map(Step::Enter));
    }
    text
}

/// How deep the tags of a document are nested at most, counted without understanding it; void elements
/// and forgotten ends count as nesting, so that the figure is never too small by more than a repair.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if after.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            deepest = deepest.max(depth + 1);
            let name: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
            depth += usize::from(!is_void(&name.to_ascii_lowercase()));
        } else if after.starts_with('!') {
            deepest = deepest.max(1);
        }
    }
    deepest
}

/// Elements that have no end tag, or whose end is commonly left out.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr"
            | "img"
            | "input"
            | "meta"
            | "link"
            | "wbr"
            | "source"
            | "p"
            | "li"
            | "td"
            | "tr"
            | "th"
            | "dd"
            | "dt"
    )
}

/// Everything outside `<...>`, each tag replaced by a line break.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push('\n');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Line,
}

impl Gap {
    fn of(c: char) -> Self {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => Self::Line,
            c if c.is_whitespace() || c.is_control() => Self::Blank,
            _ => Self::None,
        }
    }
}

/// A text in pieces: what stands before a gap, and the gap. Pieces may end without one.
fn pieces(mut text: &str) -> impl Iterator<Item = (&str, Gap)> {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        // The first bytes of all that is a gap, and of some that is none.
        let first = |byte: u8| matches!(byte, 0..=b' ' | 0x7f | 0xc2 | 0xe1 | 0xe2 | 0xe3);
        let end = text.bytes().position(first).unwrap_or(text.len());
        let (piece, rest) = text.split_at(end);
        let Some(c) = rest.chars().next() else {
            text = rest;
            return Some((piece, Gap::None));
        };
        let after = end + c.len_utf8();
        let gap = Gap::of(c);
        let piece = if gap == Gap::None { text.get(..after).unwrap_or(piece) } else { piece };
        text = text.get(after..).unwrap_or_default();
        Some((piece, gap))
    })
}

/// Adds a text of a page; a line break in its source is a blank.
fn push_on_one_line(page: &mut String, text: &str) {
    for (piece, gap) in pieces(text) {
        page.push_str(piece);
        if gap != Gap::None {
            page.push(' ');
        }
    }
}

/// One blank between words, one line break between lines, no control characters.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut before = Gap::None;
    for (piece, gap) in pieces(text) {
        if !piece.is_empty() {
            match before {
                Gap::Line if !tidy.is_empty() => tidy.push('\n'),
                Gap::Blank if !tidy.is_empty() => tidy.push(' '),
                _ => {}
            }
            before = Gap::None;
            tidy.push_str(piece);
        }
        before = before.max(gap);
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_sees() {
        for (html, text) in [
            ("", ""),
            ("plain\n\ntwo  lines", "plain\ntwo lines"),
            ("<div><p>Један.</p>\n<p>Два <b>дебела</b>.</p></div>", "Један.\nДва дебела."),
            ("<p>قال<br/>الوزير", "قال\nالوزير"),
            ("سه\u{200c}شنبه <i>۷ اسفند</i>", "سه\u{200c}شنبه ۷ اسفند"),
            ("<style>p{}</style><ul><li>a<li>b</ul><!-- c -->d", "a\nb\nd"),
            ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
            ("a\u{0}\u{8}b", "a b"),
            (
                "a\u{2028}b\u{85}c\u{3000}d\u{1680}e – «ж»\u{200c}\u{7f}",
                "a\nb\nc d e – «ж»\u{200c}",
            ),
            ("<p>a\nb\u{2028}c\r\nd\u{a0}е</p>\n", "a b c d е"),
            ("a &lt;b&gt; &#1605; &unknown;", "a <b> م &unknown;"),
            ("<scr<script>x</script>ipt>y", "xipt>y"),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }

    #[test]
    fn headlines_escaped_twice() {
        for (title, text) in [
            ("Sajam &amp;quot;Tehnika&amp;quot;", "Sajam \"Tehnika\""),
            ("R&D i AT&T;", "R&D i AT&T;"),
            ("<b>Vest</b>\n dana", "Vest dana"),
        ] {
            assert_eq!(headline_of(title), text, "{title}");
        }
    }

    #[test]
    fn depth_is_no_danger() {
        let deep = format!("{}текст{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(text_of(&deep), "текст");
        let open = format!("{}تص", "<b><i>".repeat(60_000));
        assert_eq!(text_of(&open), "تص");
    }
}
