//! By what an article is known again.
//!
//! The key is the guid, else the link, else the text. Guids and links that are addresses are compared
//! without scheme, `www.` and tracking parameters: the same article comes over http and https, and with
//! another campaign in its address. A headline takes no part in a key when there is a link, because
//! headlines are edited.

use crate::model::{ArticleId, SourceId};
use url::Url;

/// Parameters that say how a reader came, not what is read; a trailing `*` stands for anything.
const TRACKING: [&str; 14] = [
    "utm_*", "fbclid", "gclid", "dclid", "yclid", "msclkid", "igshid", "mc_cid", "mc_eid",
    "ref_src", "at_*", "cmpid", "ncid", "rss",
];

/// The key of an article.
///
/// `guid` is taken when it is there and trusted, then `link`, then `text` (headline and body).
#[must_use]
pub fn article_id(
    source: &SourceId,
    guid: Option<&str>,
    link: Option<&Url>,
    text: &str,
) -> ArticleId {
    let key = |sort: &str, key: &str| {
        ArticleId::of(&[source.as_str().as_bytes(), sort.as_bytes(), key.as_bytes()])
    };
    match (guid.map(str::trim).filter(|guid| !guid.is_empty()), link) {
        (Some(guid), _) => match address(guid) {
            Some(url) => key("link", &link_key(&url)),
            None => key("guid", guid),
        },
        (None, Some(link)) => key("link", &link_key(link)),
        (None, None) => key("text", text),
    }
}

/// An address without what changes while the document stays the same: scheme, `www.`, tracking
/// parameters, fragment, trailing slash.
///
/// ```
/// use dateline::source::identity::link_key;
/// let url = "https://www.example.org/vest/12/?utm_source=rss&id=3#top".parse().unwrap();
/// assert_eq!(link_key(&url), "example.org/vest/12?id=3");
/// ```
#[must_use]
pub fn link_key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let mut key = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    key.push_str(url.path().trim_end_matches('/'));
    if let Some(query) = without_tracking(url).query() {
        key.push('?');
        key.push_str(query);
    }
    key
}

/// An address without its tracking parameters, for storing and showing: what is left stays as it was
/// written.
///
/// ```
/// use dateline::source::identity::without_tracking;
/// let url = "https://example.org/a?utm_source=rss&id=%C5%A1&fbclid=1#top".parse().unwrap();
/// assert_eq!(without_tracking(&url).as_str(), "https://example.org/a?id=%C5%A1#top");
/// ```
#[must_use]
pub fn without_tracking(url: &Url) -> Url {
    let mut plain = url.clone();
    if let Some(query) = url.query() {
        let name = |part: &&str| part.split('=').next().is_some_and(is_tracking);
        let kept: Vec<&str> = query.split('&').filter(|part| !name(part)).collect();
        plain.set_query(Some(&*kept.join("&")).filter(|query| !query.is_empty()));
    }
    plain
}

/// The address in a guid, if it is one.
#[must_use]
pub fn address(guid: &str) -> Option<Url> {
    Url::parse(guid.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_article_has_one_key() {
        let source = SourceId::new("s").unwrap();
        let id = |guid: Option<&str>, link: Option<&str>, text: &str| {
            article_id(&source, guid, link.map(|link| link.parse().unwrap()).as_ref(), text)
        };
        let plain = id(None, Some("https://example.org/a"), "x");
        for (guid, link) in [
            (None, "http://www.example.org/a/"),
            (None, "https://example.org/a?utm_medium=rss&fbclid=1#c"),
            (Some(""), "https://example.org/a"),
            (Some("http://example.org/a"), "https://example.org/other"),
        ] {
            assert_eq!(id(guid, Some(link), "y"), plain, "{guid:?} {link}");
        }
        assert_ne!(id(None, Some("https://example.org/a?id=1"), "x"), plain);
        assert_ne!(id(Some("tag:1"), Some("https://example.org/a"), "x"), plain);
        assert_eq!(
            id(Some(" tag:1 "), None, "x"),
            id(Some("tag:1"), Some("https://example.org/z"), "y")
        );
        assert_ne!(id(None, None, "x"), id(None, None, "y"));
    }
}
