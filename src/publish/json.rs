//! dateline's own JSON: a list of events, one event, and one event a line.

use super::{Channel, Format, Site, frame::Frame, row::EventRow};
use crate::event::{Reported, Revision};
use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list of events.
#[derive(Serialize, ToSchema)]
pub(super) struct EventList<'a> {
    /// The title of the list.
    title: &'a str,
    /// The address of this page.
    #[serde(rename = "self")]
    #[schema(format = "uri")]
    this: String,
    /// The address of the page that follows; null on the last.
    #[schema(format = "uri")]
    next: Option<String>,
    /// The events.
    events: Vec<EventRow<'a>>,
}

/// A list of events as one JSON object.
#[must_use]
pub fn events_json(channel: &Channel<'_>, events: &[Reported]) -> Vec<u8> {
    let row = |event| match channel.sought {
        None => EventRow::new(channel.site, event),
        Some(terms) => EventRow::marked(channel.site, event, terms),
    };
    list(channel, events.iter().map(row).collect())
}

/// The list without its events.
pub(super) fn frame(channel: &Channel<'_>) -> Frame {
    let empty = list(channel, Vec::new());
    Frame::of(&String::from_utf8_lossy(&empty), "]}")
}

/// An event as it stands in a list.
pub(super) fn piece(site: &Site, event: &Reported) -> Vec<u8> {
    bytes(&EventRow::new(site, event))
}

fn list(channel: &Channel<'_>, events: Vec<EventRow<'_>>) -> Vec<u8> {
    bytes(&EventList {
        title: &channel.title,
        this: channel.here_url(Format::Json),
        next: channel.next_url(Format::Json),
        events,
    })
}

/// An event with the history of its changes.
#[must_use]
pub fn event_json(site: &Site, event: &Reported, revisions: &[Revision]) -> Vec<u8> {
    bytes(&EventRow::with_revisions(site, event, revisions))
}

/// Events as JSON objects, each on a line of its own.
#[must_use]
pub fn ndjson(site: &Site, events: &[Reported]) -> Vec<u8> {
    events.iter().map(|event| bytes(&EventRow::new(site, event))).fold(
        Vec::new(),
        |mut lines, line| {
            lines.extend(line);
            lines.push(b'\n');
            lines
        },
    )
}

/// Rows hold nothing that JSON cannot say, so writing them to memory cannot fail.
pub(super) fn bytes(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
