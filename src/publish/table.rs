//! Comma-separated values (RFC 4180) for spreadsheets.

use super::{Site, clean, row};
use crate::event::Reported;

const COLUMNS: [&str; 23] = [
    "id",
    "date",
    "first",
    "last",
    "precision",
    "approximate",
    "basis",
    "kind",
    "status",
    "headline",
    "actors",
    "actor_ids",
    "place",
    "place_id",
    "themes",
    "topics",
    "confidence",
    "revision",
    "first_seen",
    "changed",
    "sources",
    "evidence",
    "url",
];

/// The events as a table with a header line; lists are parted by `; `.
#[must_use]
pub fn csv(site: &Site, events: &[Reported], header: bool) -> Vec<u8> {
    let mut table =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have as many cells.
    if header {
        let _ = table.write_record(COLUMNS);
    }
    for reported in events {
        let _ = table.write_record(cells(site, reported).map(|cell| defused(&cell)));
    }
    table.into_inner().unwrap_or_default()
}

fn cells(site: &Site, Reported { event, reports }: &Reported) -> [String; COLUMNS.len()] {
    let range = event.when.when.range();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let place = event.place.as_ref();
    [
        event.id.to_string(),
        event.when.when.to_string(),
        day(range.first()),
        day(range.last()),
        event.when.precision.name().to_owned(),
        event.when.when.is_approximate().to_string(),
        event.when.basis.name().to_owned(),
        event.kind.name().to_owned(),
        event.status.name().to_owned(),
        event.headline.clone(),
        list(event.parties.iter().map(|party| &*party.who.name)),
        list(event.parties.iter().map(|party| party.who.id.as_str())),
        place.map(|place| place.name.to_string()).unwrap_or_default(),
        place.map(|place| place.id.to_string()).unwrap_or_default(),
        list(event.themes.iter().map(|theme| theme.as_str())),
        list(event.topics.iter().map(|topic| topic.as_str())),
        event.confidence.per_cent().to_string(),
        event.revision.to_string(),
        row::instant(event.first_seen),
        row::instant(event.changed),
        list(reports.iter().map(|report| {
            report.url.as_ref().map_or(report.source_name.as_str(), |url| url.as_str())
        })),
        reports.first().map(|report| report.sentence.clone()).unwrap_or_default(),
        site.event_url(event.id),
    ]
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

/// A cell that no spreadsheet takes for a formula: those begin with `=`, `+`, `-`, `@`, a tab or a line
/// end, and are marked as text by an apostrophe.
fn defused(cell: &str) -> String {
    let line = clean::line(cell);
    if line.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{line}")
    } else {
        line
    }
}
