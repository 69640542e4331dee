//! Every format, as bytes that are reviewed (snapshots) and as readers understand them.

use crate::sample;
use dateline::publish::{
    self, Channel, Chosen, Coarse, EventPage, Format, Options, Site, Step, TimelinePage, What,
};
use insta::assert_snapshot;
use std::net::SocketAddr;

fn site() -> Site {
    let options = Options {
        title: "Iran and Serbia".to_owned(),
        base_url: "https://dateline.example/".parse().ok(),
        contact: Some("editor@dateline.example".to_owned()),
        ..Options::default()
    };
    Site::new(&options, SocketAddr::from(([127, 0, 0, 1], 8080)))
}

fn channel(site: &Site) -> Channel<'_> {
    Channel {
        site,
        title: "Iran and Serbia".into(),
        about: "Dated events, from 2025-02-20.".into(),
        stem: "events",
        view: None,
        query: "from=2025-02-20&q=a%26b",
        here: "from=2025-02-20&q=a%26b",
        next: Some("cursor=abc&from=2025-02-20&q=a%26b"),
        sought: None,
    }
}

fn write(format: Format) -> String {
    let (site, events) = (site(), sample::events());
    let channel = channel(&site);
    let entries = publish::entries(&site, &events);
    let bytes = match format {
        Format::Json => publish::events_json(&channel, &events),
        Format::Html => TimelinePage {
            channel: &channel,
            events: &events,
            words: "from 2025-02-20",
            chosen: &Chosen { from: "2025-02-20".to_owned(), ..Chosen::default() },
            empty: "",
        }
        .render()
        .into_bytes(),
        Format::Atom => publish::atom(&channel, &entries),
        Format::Rss => publish::rss(&channel, &entries),
        Format::JsonFeed => publish::json_feed(&channel, &entries),
        Format::Calendar => publish::calendar(&channel, &events, Coarse::LeaveOut),
        Format::Csv => publish::csv(&site, &events, true),
        Format::Ndjson => publish::ndjson(&site, &events),
    };
    String::from_utf8(bytes).unwrap()
}

/// JSON with a line for each value, for reading differences.
fn pretty(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn each_format_is_written_as_reviewed() {
    for format in Format::ALL {
        let text = write(format);
        let shown = match format {
            Format::Json | Format::JsonFeed => pretty(&text),
            Format::Calendar | Format::Csv => text.replace("\r\n", "\n"),
            _ => text,
        };
        assert_snapshot!(format.suffix(), shown);
    }
}

#[test]
fn an_event_and_its_history_are_written_as_reviewed() {
    let (site, events, revisions) = (site(), sample::events(), sample::revisions());
    let json = publish::event_json(&site, &events[0], &revisions);
    assert_snapshot!("event.json", pretty(&String::from_utf8(json).unwrap()));
    let page = EventPage { site: &site, event: &events[0], revisions: &revisions }.render();
    assert_snapshot!("event.html", page);
    let step = |number, recorded, what| Step {
        number,
        event: events[0].event.id,
        recorded,
        what,
        reason: None,
    };
    let ended = sample::instant("2026-11-24T08:00:00Z");
    let mut steps =
        vec![step(9, ended, What::Merged(events[1].event.id)), step(8, ended, What::Withdrawn)];
    steps.extend(
        revisions
            .iter()
            .rev()
            .zip([7, 3])
            .map(|(revision, number)| step(number, revision.recorded, What::Revised(revision))),
    );
    let changes = publish::changes(&site, &steps);
    let json = publish::changes_json(&Channel { stem: "changes", ..channel(&site) }, &steps);
    assert_snapshot!("changes.json", pretty(&String::from_utf8(json).unwrap()));
    let atom = publish::atom(&Channel { stem: "changes", ..channel(&site) }, &changes);
    assert_snapshot!("changes.atom", String::from_utf8(atom).unwrap());
}

#[test]
fn a_feed_reader_reads_every_feed_alike() {
    let events = sample::events();
    for format in [Format::Atom, Format::Rss, Format::JsonFeed] {
        let feed = feed_rs::parser::parse(write(format).as_bytes()).unwrap();
        assert_eq!(feed.title.unwrap().content, "Iran and Serbia", "{format:?}");
        assert_eq!(feed.entries.len(), events.len(), "{format:?}");
        for (entry, reported) in feed.entries.iter().zip(&events) {
            let event = &reported.event;
            assert!(entry.id.starts_with("urn:uuid:"), "{format:?}: {}", entry.id);
            assert_eq!(entry.published, Some(event.first_seen), "{format:?}");
            if format != Format::Rss {
                assert_eq!(entry.updated, Some(event.changed), "{format:?}");
            }
            let link = format!("https://dateline.example/events/{}", event.id);
            assert!(entry.links.iter().any(|found| found.href == link), "{format:?}");
        }
        let titles: Vec<String> =
            feed.entries.into_iter().map(|entry| entry.title.unwrap().content).collect();
        assert_eq!(titles[0], "2025-02-25 · Sattar Hashemi visits Belgrade");
        assert_eq!(titles[1], "about 2025-03-10 · Postponed: Joint commission meets in Tehran");
        assert_eq!(titles[3], "2027 · Serbia hosts Expo 2027");
    }
}

#[test]
fn no_text_of_others_leaves_its_place() {
    for format in Format::ALL {
        let text = write(format);
        let json = matches!(format, Format::Json | Format::JsonFeed | Format::Ndjson);
        assert!(json || !text.contains(['\u{1}', '\u{fffe}']), "{format:?}");
        assert!(!text.contains("\r\nBEGIN:VEVENT ]"), "{format:?}");
        if matches!(format, Format::Html | Format::Atom | Format::Rss) {
            assert!(!text.contains("<script>alert"), "{format:?}");
        }
    }
    let table = write(Format::Csv);
    let mut table = csv::Reader::from_reader(table.as_bytes());
    for row in table.records().map(Result::unwrap) {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
}

mod calendar {
    use super::*;
    use chrono::{NaiveDate, NaiveDateTime};
    use icalendar::{Calendar, CalendarComponent, Component as _};

    fn read(text: &str) -> Vec<icalendar::Event> {
        let calendar: Calendar = text.parse().unwrap();
        let events = calendar.components.into_iter().filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        });
        events.collect()
    }

    #[test]
    fn days_are_whole_and_end_on_the_day_after() {
        let text = write(Format::Calendar);
        let days: Vec<_> = read(&text)
            .iter()
            .map(|event| {
                let value = |name| event.property_value(name).unwrap().to_owned();
                (value("DTSTART"), value("DTEND"), value("STATUS"), value("SEQUENCE"))
            })
            .collect();
        let expected = [
            ("20250225", "20250226", "CONFIRMED", "1"),
            ("20250310", "20250311", "TENTATIVE", "0"),
            ("20250328", "20250403", "CANCELLED", "0"),
        ];
        let expected =
            expected.map(|(a, b, c, d)| (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned()));
        assert_eq!(days, expected, "the year 2027 has no day");
    }

    #[test]
    fn every_reader_has_an_event_on_its_days_whatever_its_time_zone() {
        let golden = include_str!("snapshots/it__feeds__ics.snap");
        let start = golden.find("BEGIN:VCALENDAR").unwrap();
        let events = read(&golden[start..].replace('\n', "\r\n"));
        let days = [
            ("2025-02-25", "2025-02-25"),
            ("2025-03-10", "2025-03-10"),
            ("2025-03-28", "2025-04-02"),
        ];
        assert_eq!(events.len(), days.len());
        for zone in
            [chrono_tz::Asia::Tehran, chrono_tz::Europe::Belgrade, chrono_tz::America::Los_Angeles]
        {
            // As a client shows a property: a day is the same everywhere, an instant is not.
            let shown = |event: &icalendar::Event, name: &str| -> NaiveDate {
                let text = event.property_value(name).unwrap();
                NaiveDate::parse_from_str(text, "%Y%m%d").unwrap_or_else(|_| {
                    let at = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%SZ").unwrap();
                    at.and_utc().with_timezone(&zone).date_naive()
                })
            };
            for (event, (first, last)) in events.iter().zip(days) {
                assert_eq!(shown(event, "DTSTART").to_string(), first, "{zone}");
                assert_eq!(shown(event, "DTEND").pred_opt().unwrap().to_string(), last, "{zone}");
            }
        }
    }

    #[test]
    fn coarse_dates_come_when_asked_for() {
        let (site, events) = (site(), sample::events());
        let text = publish::calendar(&channel(&site), &events, Coarse::Keep);
        let events = read(&String::from_utf8(text).unwrap());
        let expo = events.last().unwrap();
        assert_eq!(expo.property_value("DTSTART"), Some("20270101"));
        assert_eq!(expo.property_value("DTEND"), Some("20280101"));
        assert_eq!(expo.property_value("X-DATELINE-EDTF"), Some("2027"));
    }

    #[test]
    fn lines_are_folded_between_characters_and_stamps_come_from_the_event() {
        let text = write(Format::Calendar);
        assert_eq!(text.split("\r\n").map(str::len).max(), Some(75), "{text}");
        assert_eq!(text.matches("PRODID:").count(), 1);
        assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), 3);
        assert!(text.contains("DTSTAMP:20261123T123000Z\r\n"));
        assert!(text.replace("\r\n ", "").contains("وصل الوزير إلى بلغراد"));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    }
}
