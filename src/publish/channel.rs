//! What a document says of itself: the site it belongs to, its title, its own address and its neighbours.

use super::Format;
use crate::{
    model::{EventId, SourceId},
    text::terms::Terms,
};
use std::{borrow::Cow, net::SocketAddr};
use url::Url;

/// What the operator says of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The title of the timeline, of its feeds and its calendar.
    pub title: String,
    /// The address under which readers reach the service; where absent, the one it listens on.
    pub base_url: Option<Url>,
    /// Where readers reach the operator: an address or a web page, shown as given.
    pub contact: Option<String>,
    /// Named lists, in the order in which pages show them.
    pub views: Vec<View>,
    /// The key of the view that the page opens with; the whole timeline where absent.
    pub front: Option<String>,
    /// The keys of sources whose articles may be shown whole.
    pub publish_text: Vec<SourceId>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            title: "dateline".to_owned(),
            base_url: None,
            contact: None,
            views: Vec::new(),
            front: None,
            publish_text: Vec::new(),
        }
    }
}

/// A query with a short address and a title of its own, in every format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The path: lower-case letters, digits, hyphens.
    pub id: String,
    /// What readers see.
    pub title: String,
    /// What it holds, in a sentence.
    pub about: Option<String>,
    /// The query, percent-encoded, as it would stand behind the `?` of `/events`.
    pub query: String,
}

/// The site, as its documents name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The title.
    pub title: String,
    /// How readers reach the operator.
    pub contact: Option<String>,
    /// Named lists.
    pub views: Vec<View>,
    /// The keys of sources whose articles may be shown whole.
    pub publish_text: Vec<SourceId>,
    /// The key of the view that the page opens with.
    front: Option<String>,
    /// Scheme, host and path, ending in a slash.
    base: String,
    /// Where the path begins in it.
    path_at: usize,
    /// Whether pages stand alone.
    standalone: bool,
}

impl Site {
    /// The site of a service that listens on `listen`.
    #[must_use]
    pub fn new(options: &Options, listen: SocketAddr) -> Self {
        let (mut base, path) = match options.base_url.clone() {
            Some(mut url) => {
                url.set_query(None);
                url.set_fragment(None);
                let length = url.path().len();
                (String::from(url), length)
            }
            None => (format!("http://{listen}/"), 1),
        };
        let path_at = base.len() - path;
        if !base.ends_with('/') {
            base.push('/');
        }
        Self {
            title: options.title.clone(),
            contact: options.contact.clone(),
            views: options.views.clone(),
            publish_text: options.publish_text.clone(),
            front: options.front.clone(),
            base,
            path_at,
            standalone: false,
        }
    }

    /// The site for pages that are kept as files: they carry their style, and their links name the host.
    #[must_use]
    pub fn standalone(self) -> Self {
        Self { standalone: true, path_at: 0, ..self }
    }

    /// Whether pages are kept as files.
    #[must_use]
    pub const fn is_standalone(&self) -> bool {
        self.standalone
    }

    /// A site whose address is not known, `gap` standing for it.
    pub(super) fn unknown(gap: char) -> Self {
        let Options { title, contact, views, front, publish_text, base_url: _ } =
            Options::default();
        let base = gap.to_string();
        Self { title, contact, views, publish_text, front, base, path_at: 0, standalone: false }
    }

    /// The view of this key.
    #[must_use]
    pub fn view(&self, id: &str) -> Option<&View> {
        self.views.iter().find(|view| view.id == id)
    }

    /// The view that the page opens with; `None` for the whole timeline.
    #[must_use]
    pub fn front(&self) -> Option<&View> {
        self.front.as_deref().and_then(|id| self.view(id))
    }

    /// Where a browser finds the whole timeline, without scheme and host.
    #[must_use]
    pub fn timeline_path(&self) -> String {
        self.path(if self.front().is_some() { "events.html" } else { "" })
    }

    /// The address of `path`, which is written without a leading slash and may carry a query.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The same as seen from a page of the site: without scheme and host, but for pages that stand alone.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.base.get(self.path_at..).unwrap_or("/"))
    }

    /// The address of an event.
    #[must_use]
    pub fn event_url(&self, id: EventId) -> String {
        self.url(&format!("events/{id}"))
    }
}

/// A list of events as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel<'a> {
    /// The site.
    pub site: &'a Site,
    /// The title of the list.
    pub title: Cow<'a, str>,
    /// What the list holds, in a sentence.
    pub about: Cow<'a, str>,
    /// The path of the list without suffix: `events`, `changes`, the name of a view.
    pub stem: &'a str,
    /// The named list that it is; the query stands in addition to the view's.
    pub view: Option<&'a View>,
    /// The query in canonical form, percent-encoded; empty for the whole list.
    pub query: &'a str,
    /// The query of this page: with the cursor, where it is a later one.
    pub here: &'a str,
    /// The query of the page that follows, where there is one.
    pub next: Option<&'a str>,
    /// The words that the query looks for, to be marked where they are found.
    pub sought: Option<&'a Terms>,
}

impl Channel<'_> {
    /// The address of this list in `format`.
    #[must_use]
    pub fn url(&self, format: Format) -> String {
        self.site.url(&self.relative(format, self.query))
    }

    /// The address of this page of it.
    #[must_use]
    pub fn here_url(&self, format: Format) -> String {
        self.site.url(&self.relative(format, self.here))
    }

    /// Where a browser finds the list, without query, scheme and host.
    #[must_use]
    pub fn page_path(&self) -> String {
        self.view.map_or_else(|| self.site.timeline_path(), |view| self.site.path(&view.id))
    }

    /// The same list in `format`, without scheme and host.
    #[must_use]
    pub fn path(&self, format: Format) -> String {
        self.site.path(&self.relative(format, self.query))
    }

    /// The address of the page that follows, in `format`.
    #[must_use]
    pub fn next_url(&self, format: Format) -> Option<String> {
        self.next.map(|query| self.site.url(&self.relative(format, query)))
    }

    /// The page that follows without scheme and host.
    #[must_use]
    pub fn next_path(&self, format: Format) -> Option<String> {
        self.next.map(|query| self.site.path(&self.relative(format, query)))
    }

    fn relative(&self, format: Format, query: &str) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}.{}{mark}{query}", self.stem, format.suffix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_below_a_path() {
        let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
        let site = |base: Option<&str>| {
            let base_url = base.map(|base| base.parse().unwrap());
            Site::new(&Options { base_url, ..Options::default() }, listen)
        };
        for (base, url, path) in [
            (None, "http://127.0.0.1:8080/events.atom", "/events.atom"),
            (Some("https://a.example"), "https://a.example/events.atom", "/events.atom"),
            (Some("https://a.example/x?y#z"), "https://a.example/x/events.atom", "/x/events.atom"),
            (Some("https://a.example/x/"), "https://a.example/x/events.atom", "/x/events.atom"),
        ] {
            assert_eq!(site(base).url("events.atom"), url);
            assert_eq!(site(base).path("events.atom"), path);
        }
    }
}
