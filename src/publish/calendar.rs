//! iCalendar (RFC 5545) with the properties of RFC 7986.
//!
//! The `icalendar` crate orders, escapes and writes. Kept right here: an all-day event ends on the day
//! after its last, every stamp comes from the event and never from a clock, addresses cannot break a
//! line, the calendar's NAME, which the crate does not escape, is escaped, and lines are folded anew,
//! because the crate lets a last piece of 75 octets grow to 76.

use super::{Channel, Format, Site, clean, entry, frame::Frame, words};
use crate::{
    calendar::Precision,
    event::{Event, Reported},
    model::Status,
};
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Component as _, Property};

/// What becomes of events whose date is a month, a year or has an open end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coarse {
    /// They are left out: no day of a calendar is theirs.
    #[default]
    LeaveOut,
    /// They cover all days on which they may lie.
    Keep,
}

/// The most octets in a line (RFC 5545 §3.1).
pub(super) const LONGEST: usize = 75;

/// How often a client should ask again.
const REFRESH: &str = "PT1H";

/// The events as a calendar.
#[must_use]
pub fn calendar(channel: &Channel<'_>, events: &[Reported], coarse: Coarse) -> Vec<u8> {
    let changed = events.iter().map(|reported| reported.event.changed).max();
    let pieces = events.iter().filter(|reported| coarse.keeps(&reported.event));
    frame(channel, changed).around(pieces.map(|reported| piece(channel.site, reported)))
}

/// The calendar without its events; `changed` is when the latest of them did.
pub(super) fn frame(channel: &Channel<'_>, changed: Option<DateTime<Utc>>) -> Frame {
    let (name, about) = (clean::line(&channel.title), clean::line(&channel.about));
    let mut calendar = icalendar::Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//dateline//timeline//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("NAME", escaped(&name).as_str()));
    calendar.append_property(("X-WR-CALNAME", name.as_str()));
    calendar.append_property(("DESCRIPTION", about.as_str()));
    calendar.append_property(("X-WR-CALDESC", about.as_str()));
    calendar.append_property(with("REFRESH-INTERVAL", REFRESH, "VALUE", "DURATION"));
    calendar.append_property(("X-PUBLISHED-TTL", REFRESH));
    calendar.append_property(with("SOURCE", &channel.url(Format::Calendar), "VALUE", "URI"));
    calendar.append_property(("URL", channel.url(Format::Html).as_str()));
    if let Some(changed) = changed {
        calendar.append_property(("LAST-MODIFIED", stamp(changed).as_str()));
    }
    Frame::of(&folded(&calendar.to_string().replace("\r\n ", "")), "END:VCALENDAR")
}

/// An event as it stands in a calendar; empty for one without a day.
pub(super) fn piece(site: &Site, reported: &Reported) -> String {
    let component = component(site, reported);
    component.map_or_else(String::new, |it| folded(&it.to_string().replace("\r\n ", "")))
}

fn component(site: &Site, reported: &Reported) -> Option<icalendar::Event> {
    let Reported { event, reports } = reported;
    let (first, last) = days(event)?;
    let changed = stamp(event.changed);
    let mut out = icalendar::Event::with_uid(&clean::uuid(event.id));
    out.add_property("DTSTAMP", &changed);
    out.add_property("LAST-MODIFIED", &changed);
    out.add_property("CREATED", stamp(event.first_seen));
    out.add_property("SEQUENCE", event.revision.saturating_sub(1).to_string());
    out.append_property(with("DTSTART", &day(first), "VALUE", "DATE"));
    out.append_property(with("DTEND", &day(last.succ_opt()?), "VALUE", "DATE"));
    out.add_property("SUMMARY", summary(event));
    out.add_property("STATUS", status(event.status));
    // A timeline tells what others do: it never makes its reader busy.
    out.add_property("TRANSP", "TRANSPARENT");
    out.add_property("CLASS", "PUBLIC");
    let categories: Vec<String> = std::iter::once(event.kind.name())
        .chain(event.topics.iter().map(|topic| topic.as_str()))
        .map(|category| escaped(&clean::line(category)))
        .collect();
    out.add_property("CATEGORIES", categories.join(","));
    if let Some(place) = &event.place {
        out.add_property("LOCATION", clean::line(&place.name));
    }
    out.add_property("URL", site.event_url(event.id));
    out.add_property("DESCRIPTION", description(event, reports));
    out.add_property("X-DATELINE-EDTF", event.when.when.to_string());
    out.add_property("X-DATELINE-STATUS", event.status.name());
    Some(out)
}

/// The days that the event takes in a calendar, both included; `None` when it has no place there.
fn days(event: &Event) -> Option<(NaiveDate, NaiveDate)> {
    let range = event.when.when.range();
    match (range.first(), range.last()) {
        (Some(first), Some(last)) => Some((first, last)),
        (Some(only), None) | (None, Some(only)) => Some((only, only)),
        (None, None) => None,
    }
}

impl Coarse {
    /// Whether a calendar holds the event.
    fn keeps(self, event: &Event) -> bool {
        self == Self::Keep || !is_coarse(event)
    }
}

/// Whether the date of the event is a month, a year or has an open end.
pub(super) fn is_coarse(event: &Event) -> bool {
    let range = event.when.when.range();
    range.first().is_none() || range.last().is_none() || event.when.precision > Precision::Week
}

/// The headline; what is not so sure is said in words, because not every client shows STATUS.
fn summary(event: &Event) -> String {
    let about = if event.when.when.is_approximate() || event.when.precision > Precision::Day {
        format!(" ({})", words::long(&event.when))
    } else {
        String::new()
    };
    format!("{}{}{about}", words::warning(event.status), clean::line(&event.headline))
}

fn description(event: &Event, reports: &[crate::event::Report]) -> String {
    let who: Vec<String> = event
        .parties
        .iter()
        .map(|party| format!("{} ({})", clean::line(&party.who.name), party.role.name()))
        .collect();
    let mut out = format!("{} ({})\n", words::long(&event.when), words::basis(event.when.basis));
    if let Some(previous) = event.previous {
        out.push_str(&format!("Before: {}\n", words::short(previous)));
    }
    if !who.is_empty() {
        out.push_str(&format!("{}\n", who.join(", ")));
    }
    out.push_str(&entry::sources_text(reports));
    out.trim_end().to_owned()
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Held => "CONFIRMED",
        Status::Cancelled | Status::Denied => "CANCELLED",
        Status::Proposed | Status::Planned | Status::Postponed => "TENTATIVE",
    }
}

/// The lines with none longer than [`LONGEST`], broken between characters.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 24);
    for line in text.split_terminator("\r\n") {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LONGEST {
                out.push_str("\r\n ");
                octets = 1;
            }
            out.push(c);
            octets += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

/// A TEXT value for the properties that the crate writes as they are (RFC 5545 §3.3.11).
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

fn with(name: &str, value: &str, parameter: &str, setting: &str) -> Property {
    Property::new(name, value).add_parameter(parameter, setting).done()
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}
