//! Feeds as they come, well made and odd, to articles.

use dateline::{
    article::Article,
    model::SourceId,
    source::{
        Source,
        feed::{Document, Feed, FeedError, Item, MAX_ENTRIES, read},
    },
    text::Lang,
};
use std::fmt::Write as _;

fn source(lang: Lang) -> Source {
    Source {
        id: SourceId::new("test").unwrap(),
        url: "https://feeds.example/feed.xml".parse().unwrap(),
        name: "Test".to_owned(),
        lang,
        timezone: None,
        topics: Vec::new(),
        enabled: true,
        reason: None,
    }
}

fn read_bytes(body: &[u8], content_type: Option<&str>) -> Result<Feed, FeedError> {
    let source = source(Lang::Sr);
    let fetched = "2025-03-20T12:00:00Z".parse().unwrap();
    read(Document { body, content_type, url: &source.url, fetched }, &source)
}

fn read_file(name: &str) -> Result<Feed, FeedError> {
    let path = format!("{}/tests/feeds/{name}", env!("CARGO_MANIFEST_DIR"));
    read_bytes(&std::fs::read(path).unwrap(), None)
}

/// One line for each article: day, address, headline, text.
fn shown(articles: &[Item]) -> String {
    let mut lines = String::new();
    for Item { article, .. } in articles {
        let day =
            article.published.map_or("no day".to_owned(), |published| published.day().to_string());
        let url = article.url.as_ref().map_or("no link", |url| url.as_str());
        let text = article.text.replace('\n', " / ");
        writeln!(lines, "{day} | {url} | {} | {text}", article.title).unwrap();
    }
    lines
}

#[test]
fn every_quirk_costs_no_more_than_itself() {
    let mut wrong = Vec::new();
    for (file, expected) in [
        (
            "rss2_no_guid.xml",
            "2025-03-04 | https://www.q.example/1/?id=7 | Prva vest | Tekst jedan.\nno day | https://q.example/2 | Druga vest | Tekst dva.\n",
        ),
        (
            "rss2_bare_ampersand.xml",
            "2025-03-04 | https://q.example/3?a=1&b=2 | R&D centar A | A & B & C\n",
        ),
        ("rss2_truncated.xml", "2025-03-04 | https://q.example/4 | Cela vest | Stigla cela.\n"),
        ("rss_no_version.xml", "2025-03-04 | https://q.example/6 | Bez verzije | Tekst.\n"),
        (
            "rss2_default_namespace.xml",
            "2025-03-04 | https://q.example/7 | Pogrešan prostor imena | Tekst.\n",
        ),
        ("atom_0_3.xml", "no day | https://q.example/8 | Old Atom | Still read.\n"),
        (
            "rss2_empty_guids.xml",
            "no day | https://q.example/9 | Jedan | Tekst.\nno day | https://q.example/10 | Dva | Tekst.\n",
        ),
        (
            "rss2_repeated_guids.xml",
            "no day | https://q.example/11 | Jedan | Tekst.\nno day | https://q.example/12 | Dva | Tekst.\n",
        ),
        (
            "rss2_odd_dates.xml",
            "2025-03-04 | https://q.example/13 | Jalali | متن.\nno day | https://q.example/14 | Future | Text.\nno day | https://q.example/15 | Nonsense | Text.\n2025-03-04 | https://q.example/16 | Zone name | Text.\nno day | https://q.example/17 | None | Text.\n",
        ),
        (
            "rss2_persian_duration.xml",
            "no day | https://q.example/18 | گفت\u{200c}وگو | متن گفت\u{200c}وگو.\n",
        ),
        (
            "json_loose.json",
            "2025-03-04 | https://q.example/19 | Numeric id | Text. / Second line.\nno day | no link |  | No title, no link.\n",
        ),
        (
            "atom_xml_base.xml",
            "2025-03-04 | https://base.example/news/21.html | Doubly \"escaped\" | Text.\n",
        ),
        ("rss2_junk_before.xml", "no day | no link | Posle smeća | Tekst.\n"),
        (
            "rss2_one_bad_entry.xml",
            "no day | https://q.example/23 | Dobra | Tekst.\nno day | https://q.example/25 | Opet dobra | Tekst.\n",
        ),
        ("rss1_rdf.xml", "2025-03-04 | https://q.example/26 | Iz RDF-a | Tekst.\n"),
        ("rss2_empty.xml", ""),
    ] {
        match read_file(&format!("quirks/{file}")).map(|feed| shown(&feed.articles)) {
            Ok(read) if read == expected => {}
            Ok(read) => wrong.push(format!("{file}\n  expected {expected:?}\n  read     {read:?}")),
            Err(error) => wrong.push(format!("{file}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_four_languages_in_three_formats() {
    for (file, days, begins) in [
        ("ar.rss.xml", ["2025-03-13", "2025-03-03"], "وقعت إيران وصربيا في بلغراد"),
        ("fa.feed.json", ["2025-03-13", "2025-02-24"], "ایران و صربستان روز چهارشنبه"),
        ("sr-latn.rss.xml", ["2025-03-12", "2025-03-10"], "Srbija i Iran potpisali su"),
        ("sr-cyrl.atom.xml", ["2025-03-13", "2025-03-07"], "Србија и Иран потписали"),
        ("en.atom.xml", ["2025-03-12", "2025-03-09"], "Iran and Serbia signed"),
    ] {
        let feed = read_file(file).unwrap();
        let read: Vec<String> = feed
            .articles
            .iter()
            .map(|item| item.article.published.unwrap().day().to_string())
            .collect();
        assert_eq!(read, days, "{file}");
        assert!(
            feed.articles[0].article.text.starts_with(begins),
            "{file}: {}",
            feed.articles[0].article.text
        );
        assert!(!feed.repaired, "{file}");
        assert!(feed.articles.iter().all(|item| !item.article.text.contains('<')), "{file}");
    }
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    for (bytes, message) in [
        (&b""[..], "is not a feed but empty"),
        (
            b"<!DOCTYPE html><html><body><item>x</item></body></html>",
            "is not a feed but a web page",
        ),
        (b"Forbidden", "is not a feed but plain text"),
        (b"<opml><body/></opml>", "cannot be read: unable to parse feed: no root element"),
        (b"{\"error\": 1}", "cannot be read"),
        (
            b"<rss version='2.0'><channel><item></channel></rss>",
            "has entries, and none could be read",
        ),
    ] {
        let error = read_bytes(bytes, None).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_declared_charset_and_one_of_the_header_are_both_heard() {
    let text =
        std::fs::read_to_string(format!("{}/tests/feeds/ar.rss.xml", env!("CARGO_MANIFEST_DIR")))
            .unwrap();
    let expected = read_file("ar.rss.xml").unwrap().articles;
    let declared = text.replace("encoding=\"UTF-8\"", "encoding=\"windows-1256\"");
    let encode = |text: &str| encoding_rs::WINDOWS_1256.encode(text).0.into_owned();
    let undeclared = text.replace(" encoding=\"UTF-8\"", "");
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, header) in [
        (encode(&declared), None),
        (encode(&undeclared), Some("application/rss+xml; charset=windows-1256")),
        (declared.clone().into_bytes(), Some("text/xml; charset=windows-1256")),
        (utf16, Some("text/xml; charset=utf-8")),
    ] {
        assert_eq!(read_bytes(&bytes, header).unwrap().articles, expected);
    }
}

#[test]
fn hostile_documents_stay_within_bounds() {
    let long = "а".repeat(400_000);
    let rss = |items: &str| {
        format!(
            "<rss version=\"2.0\"><channel><title>t</title><link>https://q.example/</link><description/>{items}</channel></rss>"
        )
    };
    let many: String = (0..2000)
        .map(|n| format!("<item><title>{n}</title><link>https://q.example/{n}</link></item>"))
        .collect();
    let feed = read_bytes(rss(&many).as_bytes(), None).unwrap();
    assert_eq!((feed.articles.len(), feed.passed_over), (MAX_ENTRIES, 1500));

    let big = rss(&format!("<item><title>{long}</title><description>{long}</description></item>"));
    let article = read_bytes(big.as_bytes(), None).unwrap().articles.remove(0).article;
    assert!(article.text.len() <= Article::MAX_TEXT && article.title.len() <= Article::MAX_TITLE);

    let deep = "&lt;div&gt;".repeat(100_000);
    let article = read_bytes(
        rss(&format!("<item><title>d</title><description>{deep}дно</description></item>"))
            .as_bytes(),
        None,
    );
    assert_eq!(article.unwrap().articles[0].article.text, "дно");

    let nested = "<x>".repeat(200_000);
    assert!(read_bytes(rss(&nested).as_bytes(), None).is_err());

    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
    let bomb = format!(
        "{laughs}{}",
        rss("<item><title>&b;&f;</title><link>https://q.example/1</link></item>")
    );
    let title = read_bytes(bomb.as_bytes(), None).unwrap().articles.remove(0).article.title;
    assert!(!title.contains("haha") && !title.contains("root"), "{title}");
}

#[test]
fn what_is_repeated_a_million_times_is_read_in_one_pass() {
    // Each of these took time by the square of its length in some reader. Nothing is asserted of time: a
    // square of these lengths would not end.
    let head = "<rss><channel><title>t</title>";
    for piece in [
        "&",
        "&a",
        "<item>",
        "<author>",
        "<item><author>a",
        "<![CDATA[",
        "</item>",
        "<!--",
        "&#x41;",
    ] {
        let body = format!("{head}{}", piece.repeat(200_000 / piece.len()));
        assert!(read_bytes(body.as_bytes(), None).is_err(), "{piece}");
    }
    for piece in [
        "&amp;",
        "&amp;amp;\n",
        "&lt;p&gt;x",
        "&lt;b&gt;&lt;p&gt;&lt;/b&gt;",
        "&lt;a href=&quot;x&quot;&gt;",
    ] {
        let text = piece.repeat(150_000 / piece.len());
        let body = format!(
            "<rss version=\"2.0\"><channel><title>t</title><item><title>x</title><description>{text}</description></item></channel></rss>"
        );
        assert_eq!(read_bytes(body.as_bytes(), None).unwrap().articles.len(), 1, "{piece}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_reading_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = read_bytes(&bytes, None);
    }

    #[test]
    fn no_mangled_feed_makes_reading_panic(cut in 0..2000_usize, with in "\\PC{0,8}|[<>&;\"']{0,8}") {
        let path = format!("{}/tests/feeds/ar.rss.xml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let cut = text.floor_char_boundary(cut);
        let mangled = format!("{}{with}{}", &text[..cut], &text[text.floor_char_boundary(cut + 3)..]);
        let _ = read_bytes(mangled.as_bytes(), None);
    }
}
