//! The timeline and each event as pages: plain HTML that needs no script.
//!
//! Texts of articles keep their own language and direction; all else is English. What a page shows of a
//! date is what is known of it, in words.

use super::{Channel, Format, Site, View, clean, entry, item::Item, words};
use crate::{
    calendar::{Precision, Unit},
    event::{Event, Reported, Revision},
    model::Kind,
};
use askama::Template;
use chrono::Datelike as _;
use std::borrow::Cow;

/// The style sheet of all pages.
pub const STYLE: &str = include_str!("../../templates/style.css");

/// The icon of all pages.
pub const ICON: &str = include_str!("../../templates/icon.svg");

/// What the reader filters by, as typed, for showing it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The kind; empty for all.
    pub kind: String,
    /// The words looked for.
    pub words: String,
    /// How the list is sorted.
    pub sorted: Sorted,
    /// The other parameters, which the form carries along.
    pub others: Vec<(String, String)>,
    /// The query without what sorts it, percent-encoded.
    pub filter: String,
}

/// How a list on a page is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sorted {
    /// By the date of the event, earliest first.
    #[default]
    EarliestFirst,
    /// By the date of the event, latest first.
    LatestFirst,
    /// The newest finds first.
    NewestFirst,
    /// Otherwise.
    Otherwise,
}

/// The timeline as a page.
#[derive(Debug)]
pub struct TimelinePage<'a> {
    /// The list.
    pub channel: &'a Channel<'a>,
    /// The events, in the order in which they stand.
    pub events: &'a [Reported],
    /// What the list is about, for its heading; empty for the whole timeline.
    pub words: &'a str,
    /// What the reader filters by.
    pub chosen: &'a Chosen,
    /// What to say where there is no event.
    pub empty: &'a str,
}

impl TimelinePage<'_> {
    /// The page as HTML.
    #[must_use]
    pub fn render(&self) -> String {
        let channel = self.channel;
        let page = Timeline {
            frame: Frame::of_list(channel, self.words),
            sorts: sorts(self.chosen, &channel.page_path()),
            about: channel.view.and_then(|view| view.about.as_deref()).unwrap_or_default(),
            empty: self.empty,
            kinds: Kind::ALL.map(Kind::name),
            chosen: self.chosen,
            action: channel.page_path(),
            groups: groups(channel, self.events),
            next: channel.next_path(Format::Html),
        };
        written(&page)
    }
}

/// An event as a page.
#[derive(Debug)]
pub struct EventPage<'a> {
    /// The site.
    pub site: &'a Site,
    /// The event.
    pub event: &'a Reported,
    /// How it came to be what it is, oldest first.
    pub revisions: &'a [Revision],
}

impl EventPage<'_> {
    /// The page as HTML.
    #[must_use]
    pub fn render(&self) -> String {
        let event = &self.event.event;
        let alternate = |format: Format| Alternate {
            title: format.title().to_owned(),
            media_type: format.media_type(),
            path: self.site.path(&format!("events/{}.{}", event.id, format.suffix())),
        };
        let feeds = [Format::Json, Format::Calendar].map(alternate).into();
        let page = OneEvent {
            frame: Frame::new(self.site, &entry::title(event), feeds),
            item: Item::new(self.site, self.event, None),
            revisions: self.revisions,
        };
        written(&page)
    }
}

/// A page that says one thing: an event that is no more, an address that leads nowhere.
#[derive(Debug)]
pub struct NoticePage<'a> {
    /// The site.
    pub site: &'a Site,
    /// The heading.
    pub title: &'a str,
    /// What there is to say.
    pub text: &'a str,
    /// What is wrong with an address, and how to mend it; said in place of the text.
    pub mends: Vec<Mend>,
}

/// What is wrong in an address, and how to mend it.
#[derive(Debug)]
pub struct Mend {
    wrong: String,
    allowed: String,
    example: String,
    link: String,
}

impl Mend {
    /// What is `wrong` with a parameter, what is `allowed`, and an `example` of a query string for the page at
    /// `address`. Words in backticks are shown in quotation marks.
    #[must_use]
    pub fn new(wrong: &str, allowed: &str, address: &str, example: &str) -> Self {
        Self {
            wrong: quoted(wrong),
            allowed: quoted(allowed),
            example: example.to_owned(),
            link: format!("{address}?{example}"),
        }
    }
}

fn quoted(text: &str) -> String {
    let mut marks = ["“", "”"].into_iter().cycle();
    let mut out = String::with_capacity(text.len());
    for (n, part) in text.split('`').enumerate() {
        out.push_str(if n > 0 { marks.next().unwrap_or_default() } else { "" });
        out.push_str(part);
    }
    out
}

impl NoticePage<'_> {
    /// The page as HTML.
    #[must_use]
    pub fn render(&self) -> String {
        let frame = Frame::new(self.site, self.title, Vec::new());
        written(&Notice { frame, text: self.text, mends: &self.mends })
    }
}

/// The template filled in, without the characters that no page may hold. Writing to memory cannot fail.
fn written(page: &impl Template) -> String {
    let html = page.render().unwrap_or_default();
    match clean::xml(&html) {
        Cow::Borrowed(_) => html,
        Cow::Owned(cleaned) => cleaned,
    }
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct Timeline<'a> {
    frame: Frame<'a>,
    sorts: [Choice; 3],
    about: &'a str,
    empty: &'a str,
    kinds: [&'static str; 16],
    chosen: &'a Chosen,
    action: String,
    groups: Vec<Group<'a>>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "event.html")]
struct OneEvent<'a> {
    frame: Frame<'a>,
    item: Item<'a>,
    revisions: &'a [Revision],
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Notice<'a> {
    frame: Frame<'a>,
    text: &'a str,
    mends: &'a [Mend],
}

/// What all pages have around them.
struct Frame<'a> {
    site: &'a Site,
    title: String,
    /// What the page shows, in other formats.
    feeds: Vec<Alternate>,
    /// The feeds of the site as a whole, for programs that look for them.
    site_feeds: Vec<Alternate>,
    views: Vec<ViewLink<'a>>,
    /// Whether the page shows the whole timeline or a part of it that is no view.
    is_timeline: bool,
    style: String,
    icon: String,
    home: String,
    timeline: String,
    sources: String,
    api: String,
}

impl<'a> Frame<'a> {
    fn new(site: &'a Site, title: &str, feeds: Vec<Alternate>) -> Self {
        let link = |view: &'a View| ViewLink {
            title: &view.title,
            path: site.path(&view.id),
            chosen: false,
        };
        Self {
            site,
            title: capitalised(title),
            site_feeds: site_feeds(site, &feeds),
            feeds,
            views: site.views.iter().map(link).collect(),
            is_timeline: false,
            style: site.path("style.css"),
            icon: site.path("icon.svg"),
            home: site.path(""),
            timeline: site.timeline_path(),
            sources: site.path("sources"),
            api: site.path("openapi.json"),
        }
    }

    /// Around a list; `words` say what the reader narrowed it to.
    fn of_list(channel: &Channel<'a>, words: &str) -> Self {
        let list = channel.view.map_or("Timeline", |view| &view.title);
        let title = match (channel.view, words) {
            (_, "") => list.to_owned(),
            (None, words) => words.to_owned(),
            (Some(_), words) => format!("{list}: {words}"),
        };
        let mut frame = Self::new(channel.site, &title, feeds(channel));
        for (link, view) in frame.views.iter_mut().zip(&channel.site.views) {
            link.chosen = channel.view == Some(view);
        }
        frame.is_timeline = channel.view.is_none();
        frame
    }
}

/// A view as a link of the navigation.
struct ViewLink<'a> {
    title: &'a str,
    path: String,
    chosen: bool,
}

/// The text on one line, with a capital letter in front.
fn capitalised(text: &str) -> String {
    let line = clean::line(text);
    let mut letters = line.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A way to sort the list, as a link.
struct Choice {
    name: &'static str,
    path: String,
    chosen: bool,
}

fn sorts(chosen: &Chosen, home: &str) -> [Choice; 3] {
    [
        ("Earliest first", Sorted::EarliestFirst, ""),
        ("Latest first", Sorted::LatestFirst, "order=desc"),
        ("Newest finds", Sorted::NewestFirst, "sort=seen"),
    ]
    .map(|(name, sorted, sort)| {
        let parts = [chosen.filter.as_str(), sort];
        let query = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        Choice { name, path: format!("{home}{mark}{query}"), chosen: chosen.sorted == sorted }
    })
}

/// The same list in another format.
struct Alternate {
    title: String,
    media_type: &'static str,
    path: String,
}

fn feeds(channel: &Channel<'_>) -> Vec<Alternate> {
    use Format::{Atom, Calendar, Csv, Json, JsonFeed, Ndjson, Rss};
    let alternate = |format: Format| Alternate {
        title: format.title().to_owned(),
        media_type: format.media_type(),
        path: channel.path(format),
    };
    [Atom, Rss, JsonFeed, Calendar, Json, Csv, Ndjson].map(alternate).into()
}

/// The feeds of the timeline, of its changes and of each view, without those in `but`.
fn site_feeds(site: &Site, but: &[Alternate]) -> Vec<Alternate> {
    let whole = [("events", "Timeline", Format::Atom), ("events", "Timeline", Format::Calendar)];
    let changes = [("changes", "Changes", Format::Atom)];
    let views = site.views.iter().flat_map(|view| {
        [Format::Atom, Format::Calendar]
            .map(|format| (view.id.as_str(), view.title.as_str(), format))
    });
    let all = whole.into_iter().chain(changes).chain(views);
    let mut feeds: Vec<Alternate> = all
        .map(|(stem, title, format)| Alternate {
            title: format!("{}: {title}", format.title()),
            media_type: format.media_type(),
            path: site.path(&format!("{stem}.{}", format.suffix())),
        })
        .collect();
    feeds.retain(|feed| but.iter().all(|other| other.path != feed.path));
    feeds
}

/// The events of a month or a year, under its name.
struct Group<'a> {
    name: String,
    items: Vec<Item<'a>>,
}

fn groups<'a>(channel: &Channel<'_>, events: &'a [Reported]) -> Vec<Group<'a>> {
    let mut out: Vec<Group<'a>> = Vec::new();
    for reported in events {
        let name = group_name(&reported.event);
        let item = Item::new(channel.site, reported, channel.sought);
        match out.last_mut() {
            Some(group) if group.name == name => group.items.push(item),
            _ => out.push(Group { name, items: vec![item] }),
        }
    }
    out
}

/// The month in which the event begins; for one told more coarsely, what is known of it.
fn group_name(event: &Event) -> String {
    let (first, last) = event.when.when.ends();
    let range = event.when.when.range();
    match (event.when.precision, first.or(last).map(|point| point.unit)) {
        (
            Precision::Day | Precision::Week | Precision::Month,
            Some(Unit::Day(_) | Unit::Month(..)),
        ) => {
            let day = range.first().or(range.last());
            day.map(|day| format!("{} {}", words::month_name(day.month()), day.year()))
                .unwrap_or_default()
        }
        _ => capitalised(&words::long(&event.when)),
    }
}
