//! An event, or a change of one, as an entry of a feed: what Atom, RSS and JSON Feed have in common.

use super::{Site, clean, words};
use crate::{
    event::{Event, Report, Reported, Revision},
    model::EventId,
};
use chrono::{DateTime, Utc};
use std::fmt::Write as _;

/// An entry of a feed.
///
/// `published` is when dateline first saw it and `updated` when it last changed for readers; the date of
/// the event stands in the title and in typed fields. Were it the publication date, a planned visit would
/// seem to be published in the future and an old one would sink below what readers have seen.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    pub(super) id: String,
    pub(super) url: String,
    pub(super) title: String,
    pub(super) html: String,
    pub(super) text: String,
    pub(super) published: DateTime<Utc>,
    pub(super) updated: DateTime<Utc>,
    /// The event as it is after the change; `None` when there is none any longer.
    pub(super) event: Option<&'a Event>,
    pub(super) reports: &'a [Report],
}

/// The events as entries, one for each, in the order given.
#[must_use]
pub fn entries<'a>(site: &Site, events: &'a [Reported]) -> Vec<Entry<'a>> {
    events.iter().map(|reported| Entry::of_event(site, reported)).collect()
}

impl<'a> Entry<'a> {
    pub(super) fn of_event(site: &Site, Reported { event, reports }: &'a Reported) -> Self {
        Self {
            id: clean::urn(event.id),
            url: site.event_url(event.id),
            title: title(event),
            html: html(event, reports),
            text: text(event, reports),
            published: event.first_seen,
            updated: event.changed,
            event: Some(event),
            reports,
        }
    }

    /// A revision as an entry of its own: what changed, and the event as it is now.
    pub(super) fn of_revision(site: &Site, revision: &'a Revision) -> Self {
        let event = &revision.event;
        let fields: Vec<&str> = revision.changes.iter().map(|change| change.field).collect();
        let what = if event.revision == 1 {
            "New".to_owned()
        } else {
            format!("Changed {}", fields.join(", "))
        };
        let mut list = String::new();
        let mut lines = String::new();
        for change in revision.changes.iter().filter(|_| event.revision > 1) {
            let (from, to) = (clean::html(&change.from), clean::html(&change.to));
            let _ = write!(
                list,
                "<li>{}: <del><bdi>{from}</bdi></del> <ins><bdi>{to}</bdi></ins></li>",
                change.field
            );
            let _ = writeln!(lines, "{}: {} -> {}", change.field, change.from, change.to);
        }
        let list = if list.is_empty() { list } else { format!("<ul>{list}</ul>") };
        let key = EventId::of(&[event.id.as_bytes(), &event.revision.to_be_bytes()]);
        Self {
            id: clean::urn(key),
            url: site.event_url(event.id),
            title: format!("{what}: {}", title(event)),
            html: format!("{list}{}", html(event, &[])),
            text: format!("{lines}{}", text(event, &[])),
            published: revision.recorded,
            updated: revision.recorded,
            event: Some(event),
            reports: &[],
        }
    }

    /// The words under which the entry is filed: scheme (a path of the site), key and name.
    pub(super) fn categories(&self) -> Vec<(&'static str, &str, &str)> {
        let Some(event) = self.event else { return Vec::new() };
        let (kind, status) = (event.kind.name(), event.status.name());
        let mut out = vec![("kinds", kind, kind), ("status", status, status)];
        out.extend(event.topics.iter().map(|topic| ("topics", topic.as_str(), topic.as_str())));
        out.extend(event.place.iter().map(|place| ("places", place.id.as_str(), &*place.name)));
        let actors = event.parties.iter().map(|party| &party.who);
        out.extend(actors.map(|who| ("actors", who.id.as_str(), &*who.name)));
        out.extend(event.themes.iter().map(|theme| {
            let key = theme.as_str();
            ("themes", key, key.split_once(':').map_or(key, |(_, name)| name))
        }));
        out
    }
}

/// When the latest of the entries changed; the beginning of time for none.
pub(super) fn latest(entries: &[Entry<'_>]) -> DateTime<Utc> {
    entries.iter().map(|entry| entry.updated).max().unwrap_or(DateTime::UNIX_EPOCH)
}

/// The headline behind the date of the event.
pub(super) fn title(event: &Event) -> String {
    let headline = clean::line(&event.headline);
    format!("{} · {}{headline}", words::short(event.when.when), words::warning(event.status))
}

/// When, what and whether, where, who: a line each, empty ones left out.
fn facts(event: &Event) -> Vec<(&'static str, String)> {
    let mut when = words::long(&event.when);
    if let Some(previous) = event.previous {
        let _ = write!(when, ", before {}", words::short(previous));
    }
    let who: Vec<String> = event
        .parties
        .iter()
        .map(|party| format!("{} ({})", party.who.name, party.role.name()))
        .collect();
    let place = event.place.as_ref().map(|place| place.name.to_string());
    [
        ("When", format!("{when} ({})", words::basis(event.when.basis))),
        ("What", format!("{}, {}", event.kind.name(), event.status.name())),
        ("Where", place.unwrap_or_default()),
        ("Who", who.join(", ")),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

fn html(event: &Event, reports: &[Report]) -> String {
    let mut out = String::from("<ul>");
    for (name, value) in facts(event) {
        let _ = write!(out, "<li>{name}: {}</li>", clean::html(&value));
    }
    out.push_str("</ul>");
    for report in reports {
        let (lang, dir) =
            (clean::tag(report.lang, &report.sentence), clean::direction(report.lang));
        let sentence = clean::html(&report.sentence);
        let _ = write!(
            out,
            "<blockquote lang=\"{lang}\" dir=\"{dir}\"><p>{sentence}</p></blockquote><p>"
        );
        let name = clean::html(&report.source_name);
        match &report.url {
            Some(url) => {
                let href = clean::html(url.as_str());
                let _ = write!(out, "<a href=\"{href}\" hreflang=\"{lang}\">{name}</a>");
            }
            None => out.push_str(&name),
        }
        if let Some(day) = report.published {
            let _ = write!(out, ", {day}");
        }
        out.push_str("</p>");
    }
    out
}

fn text(event: &Event, reports: &[Report]) -> String {
    let mut out = String::new();
    for (name, value) in facts(event) {
        let _ = writeln!(out, "{name}: {}", clean::line(&value));
    }
    out.push_str(&sources_text(reports));
    out.trim_end().to_owned()
}

/// The evidence with its sources as plain text, a paragraph for each.
pub(super) fn sources_text(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        let _ = write!(
            out,
            "\n“{}”\n{}",
            clean::line(&report.sentence),
            clean::line(&report.source_name)
        );
        if let Some(day) = report.published {
            let _ = write!(out, ", {day}");
        }
        if let Some(url) = &report.url {
            let _ = write!(out, ": {url}");
        }
        out.push('\n');
    }
    out
}
