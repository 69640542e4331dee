//! The timeline and each event as pages: plain HTML that needs no script.
//!
//! Texts of articles keep their own language and direction; all else is English. What a page shows of a
//! date is what is known of it, in words.

use super::{Channel, Format, Site, clean, entry, words};
use crate::{
    calendar::{Precision, Unit},
    event::{Event, Report, Reported, Revision},
    model::{Basis, Kind},
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
    /// Whether the latest event stands first.
    pub latest_first: bool,
    /// The other parameters, which the form carries along.
    pub others: Vec<(String, String)>,
}

/// The timeline as a page.
#[derive(Debug)]
pub struct TimelinePage<'a> {
    /// The list.
    pub channel: &'a Channel<'a>,
    /// The events, in the order in which they stand.
    pub events: &'a [Reported],
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
            frame: Frame::new(channel.site, &channel.title, feeds(channel)),
            about: &channel.about,
            empty: self.empty,
            kinds: Kind::ALL.map(Kind::name),
            chosen: self.chosen,
            action: channel.site.path(""),
            groups: groups(channel.site, self.events),
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
        let json = self.site.path(&format!("events/{}.json", event.id));
        let feeds = vec![Alternate { title: "JSON", media_type: "application/json", path: json }];
        let page = OneEvent {
            frame: Frame::new(self.site, &entry::title(event), feeds),
            item: Item::new(self.site, self.event),
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
}

impl NoticePage<'_> {
    /// The page as HTML.
    #[must_use]
    pub fn render(&self) -> String {
        let frame = Frame::new(self.site, self.title, Vec::new());
        written(&Notice { frame, text: self.text })
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
}

/// What all pages have around them.
struct Frame<'a> {
    site: &'a Site,
    title: String,
    feeds: Vec<Alternate>,
    style: String,
    icon: String,
    home: String,
    api: String,
}

impl<'a> Frame<'a> {
    fn new(site: &'a Site, title: &str, feeds: Vec<Alternate>) -> Self {
        Self {
            site,
            title: clean::line(title),
            feeds,
            style: site.path("style.css"),
            icon: site.path("icon.svg"),
            home: site.path(""),
            api: site.path("openapi.json"),
        }
    }
}

/// The same list in another format.
struct Alternate {
    title: &'static str,
    media_type: &'static str,
    path: String,
}

fn feeds(channel: &Channel<'_>) -> Vec<Alternate> {
    let formats = Format::ALL.into_iter().filter(|format| *format != Format::Html);
    let alternate = |format: Format| Alternate {
        title: format.title(),
        media_type: format.media_type(),
        path: channel.path(format),
    };
    formats.map(alternate).collect()
}

/// The events of a month or a year, under its name.
struct Group<'a> {
    name: String,
    items: Vec<Item<'a>>,
}

fn groups<'a>(site: &Site, events: &'a [Reported]) -> Vec<Group<'a>> {
    let mut out: Vec<Group<'a>> = Vec::new();
    for reported in events {
        let name = group_name(&reported.event);
        let item = Item::new(site, reported);
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
        _ => words::long(&event.when),
    }
}

/// An event as the page shows it.
struct Item<'a> {
    event: &'a Event,
    path: String,
    when: String,
    machine: Option<String>,
    basis: &'static str,
    precision: Option<&'static str>,
    others: Vec<String>,
    previous: Option<String>,
    warning: &'static str,
    quotes: Vec<Quote<'a>>,
}

impl<'a> Item<'a> {
    fn new(site: &Site, Reported { event, reports }: &'a Reported) -> Self {
        Self {
            event,
            path: site.path(&format!("events/{}", event.id)),
            when: words::long(&event.when),
            machine: machine(event),
            basis: words::basis(event.when.basis),
            precision: (event.when.precision != Precision::Day)
                .then(|| words::precision(event.when.precision)),
            others: event.when.others.iter().map(|other| words::short(*other)).collect(),
            previous: event.previous.map(words::short),
            warning: words::warning(event.status),
            quotes: reports.iter().map(Quote::new).collect(),
        }
    }

    /// Whether a reader should hear how finely and on what ground the date is told.
    fn explains(&self) -> bool {
        self.event.when.basis != Basis::Stated || self.precision.is_some()
    }
}

/// The date as HTML's `time` element takes it: a day, a month or a year, nothing approximate.
fn machine(event: &Event) -> Option<String> {
    let when = event.when.when;
    let (first, last) = when.ends();
    let plain = first == last && !when.is_approximate();
    match first?.unit {
        unit @ (Unit::Day(_) | Unit::Month(..) | Unit::Year(_)) if plain => Some(unit.to_string()),
        _ => None,
    }
}

/// A sentence of an article, in its own language.
struct Quote<'a> {
    report: &'a Report,
    lang: &'static str,
    dir: &'static str,
    language: &'static str,
    when: String,
}

impl<'a> Quote<'a> {
    fn new(report: &'a Report) -> Self {
        Self {
            report,
            lang: clean::tag(report.lang, &report.sentence),
            dir: clean::direction(report.lang),
            language: words::language(report.lang),
            when: words::short(report.when.when),
        }
    }
}
