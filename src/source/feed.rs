//! Feeds to articles: RSS, Atom (RFC 4287) and JSON Feed, over feed-rs.
//!
//! feed-rs reads well-made documents; around it stands what feeds in the wild need: the character set is
//! found out before, the document is cleaned and, when it is refused, repaired and read once more, then
//! entry by entry; panics are caught; keys and dates are made here.

use super::{Source, charset, date, html, identity, repair};
use crate::{
    article::{Article, Published},
    model::ArticleId,
};
use chrono::{DateTime, TimeDelta, Utc};
use feed_rs::{model, parser};
use std::{
    collections::{HashMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};
use url::Url;

/// The most entries that are kept of one document.
pub const MAX_ENTRIES: usize = 500;

/// A document as it was fetched.
#[derive(Debug, Clone, Copy)]
pub struct Document<'d> {
    /// The bytes.
    pub body: &'d [u8],
    /// The value of the HTTP header `Content-Type`.
    pub content_type: Option<&'d str>,
    /// Where it stands: relative links are counted from here.
    pub url: &'d Url,
    /// When it was fetched.
    pub fetched: DateTime<Utc>,
}

/// What a document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The articles, in the order of the document, each once.
    pub articles: Vec<Item>,
    /// Entries that were passed over: without any text, twice in the document, or beyond
    /// [`MAX_ENTRIES`].
    pub passed_over: usize,
    /// Whether the document had to be repaired.
    pub repaired: bool,
}

/// An article of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The article.
    pub article: Article,
    /// The key of its link, where its id was made from a guid and the link is its alone: guids change in
    /// some feeds, links in others.
    pub link_key: Option<ArticleId>,
}

/// Why a document gave no articles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Not a feed at all.
    #[error("what stands at {url} is not a feed but {what}; check the address")]
    NotAFeed {
        /// The address.
        url: Url,
        /// What it looks like.
        what: &'static str,
    },
    /// A feed that cannot be read.
    #[error("the feed at {url} cannot be read: {why}")]
    Unreadable {
        /// The address.
        url: Url,
        /// The parser's reason.
        why: String,
    },
    /// There are tags of entries, and nothing was read.
    #[error("the feed at {url} has entries, and none could be read; its namespace may be wrong")]
    Unread {
        /// The address.
        url: Url,
    },
}

/// Reads a document.
///
/// # Errors
/// [`FeedError`] when it is not a feed, cannot be read even after repair, or has entries of which none
/// can be read. A feed that is simply empty is no error.
pub fn read(document: Document<'_>, source: &Source) -> Result<Feed, FeedError> {
    let decoded = charset::decode(document.body, document.content_type);
    let text = repair::clean(&decoded);
    let reading = Reading { document, source };
    let failure = match parse(&text) {
        Ok(parsed) if !parsed.feed.entries.is_empty() || !repair::has_entries(&text) => {
            return Ok(reading.articles(vec![parsed], false));
        }
        Ok(_) => None,
        Err(why) => Some(why),
    };
    let url = document.url.clone();
    if let Some(what) = not_a_feed(&text) {
        return Err(FeedError::NotAFeed { url, what });
    }
    let mended = repair::repair(&text);
    let mut parsed: Vec<Parsed> = parse(&mended).into_iter().collect();
    if parsed.iter().all(|parsed| parsed.feed.entries.is_empty()) {
        let single = repair::salvage(&mended);
        let read = single.iter().take(MAX_ENTRIES).filter_map(|entry| parse(entry).ok());
        parsed.extend(read);
    }
    if parsed.iter().any(|parsed| !parsed.feed.entries.is_empty()) {
        return Ok(reading.articles(parsed, true));
    }
    match (parsed.is_empty(), failure) {
        (_, Some(why)) if !repair::has_entries(&mended) => Err(FeedError::Unreadable { url, why }),
        _ => Err(FeedError::Unread { url }),
    }
}

/// What feed-rs made of a document, and the dates as they were written.
struct Parsed {
    feed: model::Feed,
    dates: Vec<String>,
}

/// Runs the parser. Its dates come back as numbers of seconds that count the dates met, so that they can
/// be looked up as they were written: the parser would lose offsets, and whether a time was given.
fn parse(text: &str) -> Result<Parsed, String> {
    let dates = Arc::new(Mutex::new(Vec::<String>::new()));
    let met = Arc::clone(&dates);
    let parser = parser::Builder::new()
        .sanitize_content(false)
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |text| {
            let mut met = met.lock().unwrap_or_else(PoisonError::into_inner);
            met.push(text.chars().take(100).collect());
            DateTime::from_timestamp(i64::try_from(met.len()).ok()? - 1, 0)
        })
        .build();
    // The parser of some fields panics on text that it does not expect.
    let feed = catch_unwind(AssertUnwindSafe(|| parser.parse(text.as_bytes())))
        .map_err(|_| "the parser gave up".to_owned())?
        .map_err(|error| error.to_string())?;
    let dates = std::mem::take(&mut *dates.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Parsed { feed, dates })
}

/// What a document is that is no feed, as far as its beginning tells.
fn not_a_feed(text: &str) -> Option<&'static str> {
    let head: String = text.chars().take(1000).collect::<String>().to_ascii_lowercase();
    if text.trim().is_empty() {
        Some("empty")
    } else if head.starts_with("<!doctype html") || head.starts_with("<html") {
        Some("a web page")
    } else if !text.starts_with(['<', '{']) {
        Some("plain text")
    } else {
        None
    }
}

struct Reading<'d> {
    document: Document<'d>,
    source: &'d Source,
}

impl Reading<'_> {
    fn articles(&self, parsed: Vec<Parsed>, repaired: bool) -> Feed {
        let entries: Vec<Entry> =
            parsed.into_iter().flat_map(|parsed| self.entries(parsed)).collect();
        let total = entries.len();
        let doubtful = Doubtful::among(&entries);
        let mut seen = HashSet::new();
        let mut articles: Vec<Item> = entries
            .into_iter()
            .map(|entry| self.item(entry, &doubtful))
            .filter(|item| !(item.article.title.is_empty() && item.article.text.is_empty()))
            .filter(|item| seen.insert(item.article.id))
            .collect();
        articles.truncate(MAX_ENTRIES);
        Feed { passed_over: total - articles.len(), articles, repaired }
    }

    fn entries(&self, parsed: Parsed) -> Vec<Entry> {
        // The channel's own link is the second base of relative links.
        let base =
            parsed.feed.links.iter().find_map(|link| self.document.url.join(&link.href).ok());
        let base = base.filter(is_http).unwrap_or_else(|| self.document.url.clone());
        let dates = parsed.dates;
        parsed.feed.entries.into_iter().map(|entry| self.entry(entry, &base, &dates)).collect()
    }

    fn entry(&self, entry: model::Entry, base: &Url, dates: &[String]) -> Entry {
        let guid = Some(entry.id.trim().to_owned()).filter(|guid| !guid.is_empty());
        let alternate =
            |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
        let link = entry
            .links
            .iter()
            .filter(alternate)
            .chain(entry.links.iter().filter(|link| !alternate(link)))
            .find_map(|link| base.join(link.href.trim()).ok().filter(is_http))
            .or_else(|| guid.as_deref().and_then(identity::address))
            .map(|link| identity::without_tracking(&link));
        let content =
            entry.content.and_then(|content| content.body).map(|body| html::text_of(&body));
        let summary = entry.summary.map(|summary| html::text_of(&summary.content));
        let published = [entry.published, entry.updated].into_iter().flatten().find_map(|nth| {
            let written = dates.get(usize::try_from(nth.timestamp()).ok()?)?;
            date::read(written, self.source.timezone).filter(|published| self.is_past(*published))
        });
        Entry {
            guid,
            link,
            title: entry.title.map(|title| html::headline_of(&title.content)).unwrap_or_default(),
            text: content.into_iter().chain(summary).max_by_key(String::len).unwrap_or_default(),
            published,
        }
    }

    /// Whether a date can be one of publication. Some sites write dates to come every day; two days leave
    /// room for wrong zones and clocks.
    fn is_past(&self, published: Published) -> bool {
        let latest = self.document.fetched + TimeDelta::days(2);
        match published {
            Published::At(instant) => instant <= latest,
            Published::On(day) => day <= latest.date_naive(),
        }
    }

    fn item(&self, entry: Entry, doubtful: &Doubtful) -> Item {
        let Entry { guid, link, mut title, mut text, published } = entry;
        title.truncate(title.floor_char_boundary(Article::MAX_TITLE));
        text.truncate(text.floor_char_boundary(Article::MAX_TEXT));
        let source = &self.source.id;
        let guid = guid.filter(|guid| !doubtful.guids.contains(guid));
        let key = format!("{title}\n{text}");
        let id = identity::article_id(source, guid.as_deref(), link.as_ref(), &key);
        let own = link.as_ref().filter(|link| !doubtful.links.contains(&identity::link_key(link)));
        let link_key = own.map(|link| identity::article_id(source, None, Some(link), &key));
        let article = Article {
            id,
            source: source.clone(),
            source_name: self.source.name.clone(),
            url: link,
            title,
            text,
            lang: self.source.lang,
            published,
            fetched: self.document.fetched,
        };
        Item { article, link_key: link_key.filter(|key| *key != id) }
    }
}

/// An entry, read but not yet an article.
struct Entry {
    guid: Option<String>,
    link: Option<Url>,
    title: String,
    text: String,
    published: Option<Published>,
}

/// What stands in one document more than once and so tells nothing: guids at different links (such a source
/// does not know what a guid is), links at different guids (such as that of a live page).
struct Doubtful {
    guids: HashSet<String>,
    links: HashSet<String>,
}

impl Doubtful {
    fn among(entries: &[Entry]) -> Self {
        let mut links_of: HashMap<String, HashSet<String>> = HashMap::new();
        let mut guids_of: HashMap<String, HashSet<String>> = HashMap::new();
        for entry in entries {
            if let (Some(guid), Some(link)) = (&entry.guid, &entry.link) {
                let link = identity::link_key(link);
                links_of.entry(guid.clone()).or_default().insert(link.clone());
                guids_of.entry(link).or_default().insert(guid.clone());
            }
        }
        Self { guids: several(links_of), links: several(guids_of) }
    }
}

/// The keys with more than one value.
fn several(values: HashMap<String, HashSet<String>>) -> HashSet<String> {
    values.into_iter().filter(|(_, values)| values.len() > 1).map(|(key, _)| key).collect()
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}
