//! What happened to all events, step by step: as entries of a feed, and as JSON.
//!
//! Readers do not show an entry again when it changes, so whoever wants to hear of changes subscribes to
//! these: each step is an entry of its own.

use super::{
    Channel, Entry, Format, Site, clean, json,
    row::{ChangeRow, Instant, Shown},
};
use crate::{event::Revision, model::EventId};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// One step in the history of all events.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// Its number; grows with time.
    pub number: u64,
    /// The event.
    pub event: EventId,
    /// When it was recorded.
    pub recorded: DateTime<Utc>,
    /// What happened.
    pub what: What<'a>,
    /// The analyst's reason, where a correction ended the event.
    pub reason: Option<&'a str>,
}

/// What happened to an event.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// It is new, came back, or changed.
    Revised(&'a Revision),
    /// It turned out to be this other event.
    Merged(EventId),
    /// No article claims it any longer.
    Withdrawn,
}

/// The steps as entries, one for each, in the order given.
#[must_use]
pub fn changes<'a>(site: &Site, steps: &[Step<'a>]) -> Vec<Entry<'a>> {
    steps.iter().map(|step| entry(site, step)).collect()
}

fn entry<'a>(site: &Site, step: &Step<'a>) -> Entry<'a> {
    let (title, text) = match step.what {
        What::Revised(revision) => return Entry::of_revision(site, revision),
        What::Withdrawn if step.reason.is_some() => (
            "Withdrawn: an analyst took this event out",
            format!("The event {} is no more.", step.event),
        ),
        What::Merged(into) => (
            "Merged: an event turned out to be another one",
            format!("The same happening is told at {}", site.event_url(into)),
        ),
        What::Withdrawn => (
            "Withdrawn: no article claims this event any longer",
            format!("The event {} is no more.", step.event),
        ),
    };
    let text = match step.reason {
        Some(reason) => format!("{text} An analyst's reason: {reason}"),
        None => text,
    };
    let key = EventId::of(&[step.event.as_bytes(), b"end", &step.number.to_be_bytes()]);
    Entry {
        id: clean::urn(key),
        url: site.event_url(step.event),
        title: title.to_owned(),
        html: format!("<p>{}</p>", clean::html(&text)),
        text,
        published: step.recorded,
        updated: step.recorded,
        event: None,
        reports: &[],
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct ChangeList<'a> {
    /// The title of the list.
    title: &'a str,
    /// The address of this page.
    #[serde(rename = "self")]
    #[schema(format = "uri")]
    this: String,
    /// The address of the page that follows; null on the last.
    #[schema(format = "uri")]
    next: Option<String>,
    /// The steps.
    changes: Vec<StepRow<'a>>,
}

/// One step in the history of all events.
#[derive(Serialize, ToSchema)]
pub(super) struct StepRow<'a> {
    /// Its number; grows with time.
    step: u64,
    /// `new`, `changed`, `merged` or `withdrawn`.
    #[schema(example = "changed")]
    what: &'static str,
    /// The key of the event.
    #[schema(value_type = String)]
    event: Shown<EventId>,
    /// The address of the event.
    #[schema(format = "uri")]
    url: String,
    /// When it was recorded.
    #[schema(value_type = String, format = "date-time")]
    recorded: Instant,
    /// The key of the event that it turned out to be.
    #[schema(value_type = Option<String>)]
    into: Option<Shown<EventId>>,
    /// The number of the revision.
    revision: Option<u32>,
    /// The headline after the change.
    headline: Option<&'a str>,
    /// The date after the change, in EDTF.
    #[schema(value_type = Option<String>)]
    date: Option<Shown<crate::calendar::Edtf>>,
    /// What changed.
    changes: Vec<ChangeRow<'a>>,
}

/// The steps as one JSON object.
#[must_use]
pub fn changes_json(channel: &Channel<'_>, steps: &[Step<'_>]) -> Vec<u8> {
    json::bytes(&ChangeList {
        title: &channel.title,
        this: channel.here_url(Format::Json),
        next: channel.next_url(Format::Json),
        changes: steps.iter().map(|step| row(channel.site, step)).collect(),
    })
}

fn row<'a>(site: &Site, step: &Step<'a>) -> StepRow<'a> {
    let (what, revision, into) = match step.what {
        What::Revised(revision) if revision.event.revision == 1 => ("new", Some(revision), None),
        What::Revised(revision) => ("changed", Some(revision), None),
        What::Merged(into) => ("merged", None, Some(into)),
        What::Withdrawn => ("withdrawn", None, None),
    };
    StepRow {
        step: step.number,
        what,
        event: Shown(step.event),
        url: site.event_url(step.event),
        recorded: Instant(step.recorded),
        into: into.map(Shown),
        revision: revision.map(|revision| revision.event.revision),
        headline: revision.map(|revision| revision.event.headline.as_str()),
        date: revision.map(|revision| Shown(revision.event.when.when)),
        changes: revision.map_or_else(Vec::new, |revision| {
            revision.changes.iter().map(ChangeRow::new).collect()
        }),
    }
}
