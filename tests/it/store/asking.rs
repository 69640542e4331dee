//! Queries: what is found, in which order, page by page.

use super::sample::{Sample, Story, at, day, topic};
use chrono::{DateTime, Utc};
use dateline::{
    calendar::Precision,
    model::{EntityId, EventId, Kind, SourceId, Status},
    store::{Certainty, Cursor, EventQuery, Match, Order, Sort},
    text::{Lang, terms::Terms},
};
use proptest::prelude::*;

/// Events of every length, told by different sources.
fn timeline() -> Sample {
    let sample = Sample::new();
    let dates = [
        "2024",
        "2024-06/..",
        "2025-01-10",
        "2025-02",
        "2025-02-10~",
        "2025-02-20/2025-02-27",
        "2025-02-25",
        "2025-03-01",
        "../2025-01-05",
        "202X",
    ];
    for (n, date) in (0..).zip(dates) {
        let persian = n % 2 == 0;
        sample.put(&Story {
            source: if persian { "daily" } else { "agency" },
            lang: if persian { Lang::Fa } else { Lang::En },
            person: PEOPLE[n].to_owned(),
            at: at(100 - i64::try_from(n).unwrap()),
            ..Story::on(&n.to_string(), date)
        });
    }
    sample
}

const PEOPLE: [&str; 10] =
    ["ana", "ben", "ceca", "dara", "ema", "fadil", "goran", "hana", "iva", "jovan"];

#[test]
fn days_are_matched_as_asked() {
    use Certainty::{Definite, Possible};
    use Match::{Overlaps, Starts, Within};
    let sample = timeline();
    for (from, to, matching, certainty, expected) in [
        (
            "2025-02-24",
            "2025-02-26",
            Overlaps,
            Possible,
            vec!["202X", "2024-06/..", "2025-02", "2025-02-20/2025-02-27", "2025-02-25"],
        ),
        (
            "2025-02-24",
            "2025-02-26",
            Overlaps,
            Definite,
            vec!["2025-02-20/2025-02-27", "2025-02-25"],
        ),
        ("2025-02-24", "2025-02-26", Within, Possible, vec!["2025-02-25"]),
        (
            "2025-02-01",
            "2025-02-28",
            Within,
            Possible,
            vec!["2025-02", "2025-02-10~", "2025-02-20/2025-02-27", "2025-02-25"],
        ),
        ("2025-02-20", "2025-02-24", Starts, Possible, vec!["2025-02-20/2025-02-27"]),
        // An approximate day is definite where the days around it are asked for too.
        ("2025-02-08", "2025-02-12", Overlaps, Definite, vec![]),
        ("2025-02-07", "2025-02-13", Overlaps, Definite, vec!["2025-02-10~"]),
        ("2025-03-02", "2025-03-01", Overlaps, Possible, vec![]),
        ("2019-01-01", "2019-12-31", Overlaps, Possible, vec!["../2025-01-05"]),
    ] {
        let (from, to) = (Some(day(from)), Some(day(to)));
        let query = EventQuery { from, to, matching, certainty, ..EventQuery::default() };
        assert_eq!(sample.days(&query), expected, "{from:?} {to:?} {matching:?} {certainty:?}");
    }
}

#[test]
fn conditions_are_joined_by_and_and_lists_by_or() {
    let sample = timeline();
    let found = |query: EventQuery| sample.days(&query).len();
    let place = |key: &str| vec![EntityId::new(key)];
    let actors = vec![EntityId::new("person:ana"), EntityId::new("person:goran")];
    assert_eq!(found(EventQuery { actors: actors.clone(), ..EventQuery::default() }), 2);
    assert_eq!(
        found(EventQuery { actors, from: Some(day("2025-01-01")), ..EventQuery::default() }),
        1
    );
    assert_eq!(found(EventQuery { places: place("place:belgrade"), ..EventQuery::default() }), 10);
    assert_eq!(found(EventQuery { places: place("place:serbia"), ..EventQuery::default() }), 10);
    assert_eq!(found(EventQuery { places: place("place:iran"), ..EventQuery::default() }), 0);
    assert_eq!(found(EventQuery { langs: vec![Lang::Fa], ..EventQuery::default() }), 5);
    let sources = vec![SourceId::new("agency").unwrap()];
    assert_eq!(found(EventQuery { sources, langs: vec![Lang::Fa], ..EventQuery::default() }), 0);
    assert_eq!(found(EventQuery { topics: vec![topic()], ..EventQuery::default() }), 10);
    assert_eq!(found(EventQuery { kinds: vec![Kind::Vote], ..EventQuery::default() }), 0);
    assert_eq!(found(EventQuery { kinds: Kind::ALL.to_vec(), ..EventQuery::default() }), 10);
    assert_eq!(found(EventQuery { statuses: vec![Status::Held], ..EventQuery::default() }), 10);
    let day = Some(Precision::Day);
    assert_eq!(found(EventQuery { min_precision: day, ..EventQuery::default() }), 5);
    assert_eq!(found(EventQuery { limit: 3, ..EventQuery::default() }), 3);
    let all = EventQuery { limit: 3, ..EventQuery::default() };
    assert_eq!(sample.store.read(|reading| reading.count(&all)).unwrap(), 10);
}

#[test]
fn what_was_announced_and_did_not_come_is_overdue() {
    let sample = Sample::new();
    for (name, date, status) in [
        ("1", "2025-02-10", Status::Planned),
        ("2", "2025-06-10", Status::Held),
        ("3", "2025-09-10", Status::Planned),
        ("4", "2026", Status::Planned),
    ] {
        sample.put(&Story { status, person: name.to_owned(), ..Story::on(name, date) });
    }
    let overdue = Some(day("2026-03-01"));
    let query = EventQuery { overdue, ..EventQuery::default() };
    assert_eq!(sample.days(&query), ["2025-02-10", "2025-09-10"]);
}

#[test]
fn pages_visit_all_exactly_once_while_events_arrive() {
    for (sort, order) in [Sort::Event, Sort::Seen, Sort::Changed]
        .into_iter()
        .flat_map(|sort| [(sort, Order::Ascending), (sort, Order::Descending)])
    {
        for places in [vec![], vec![EntityId::new("place:serbia")]] {
            let sample = timeline();
            let query = EventQuery { sort, order, places, limit: 3, ..EventQuery::default() };
            let whole = ids(&sample, &EventQuery { limit: 100, ..query.clone() });
            let mut visited: Vec<EventId> = Vec::new();
            let mut cursor = None;
            for page in 0.. {
                let query = EventQuery { cursor, ..query.clone() };
                visited.extend(ids(&sample, &query));
                let next = sample.store.read(|reading| reading.events(&query)).unwrap().next;
                let Some(next) = next else { break };
                cursor = Some(next.to_string().parse::<Cursor>().unwrap());
                assert_eq!(cursor, Some(next));
                let date = format!("20{:02}-05-05", 10 + 7 * page);
                sample.put(&Story { at: at(50), ..Story::on(&format!("new {page}"), &date) });
            }
            let old: Vec<EventId> =
                visited.iter().copied().filter(|id| whole.contains(id)).collect();
            assert_eq!(old, whole, "{sort:?} {order:?}");
        }
    }
}

fn ids(sample: &Sample, query: &EventQuery) -> Vec<EventId> {
    sample.list(query).iter().map(|found| found.event.id).collect()
}

#[test]
fn what_is_not_a_cursor_is_refused_with_the_way_out() {
    for text in ["", "e", "e.2025-02-25", "c.x", "c.1.2", "s.5.xyz", "e.2025-02-30.00"] {
        let error = text.parse::<Cursor>().unwrap_err().to_string();
        assert!(error.contains("`next` link"), "{error}");
    }
}

#[test]
fn words_are_found_however_they_are_written() {
    let sample = Sample::new();
    let title = String::new;
    for story in [
        Story {
            sentence: "وصل الوزير بصربيا يوم ٢٥".to_owned(),
            title: title(),
            city: "nis",
            ..Story::on("ar", "2025-01-01")
        },
        Story {
            sentence: "Ђоковић је у Београду са Вучићем".to_owned(),
            title: title(),
            city: "nis",
            ..Story::on("sr", "2025-02-01")
        },
        Story {
            sentence: "An AI forum in Tirana".to_owned(),
            title: title(),
            city: "nis",
            ..Story::on("en", "2025-03-01")
        },
    ] {
        sample.put(&story);
    }
    for (text, expected) in [
        ("صربيا", vec!["2025-01-01"]),
        ("۲۵ الوزیر", vec!["2025-01-01"]),
        ("beograd", vec!["2025-02-01"]),
        ("Djokovic VUČIĆ", vec!["2025-02-01"]),
        ("\"у Београду\"", vec!["2025-02-01"]),
        ("\"Београд\"", vec![]),
        ("ai", vec!["2025-03-01"]),
        ("iran", vec![]),
        ("ti*", vec!["2025-03-01"]),
        ("nis visit", vec!["2025-01-01", "2025-02-01", "2025-03-01"]),
        ("nis forum beograd", vec![]),
        ("...", vec![]),
    ] {
        let query = EventQuery { text: Some(Terms::read(text)), ..EventQuery::default() };
        assert_eq!(sample.days(&query), expected, "{text}");
        let as_of = EventQuery { as_of: Some(at(1)), ..query };
        assert_eq!(sample.days(&as_of), expected, "{text}, as of later");
    }
}

#[test]
fn the_timeline_can_be_seen_as_it_was() {
    let sample = Sample::new();
    let story = Story { status: Status::Planned, ..Story::on("moved", "2025-02-25") };
    sample.put(&story);
    let then = sample.list(&EventQuery::default());
    sample.put(&Story { status: Status::Held, at: at(5), ..story.clone() });
    sample.put(&Story { at: at(7), ..Story::on("other", "2025-05-05") });
    sample.put(&Story { status: Status::Denied, at: at(9), ..story });

    let as_of = |minute| {
        let query = EventQuery { as_of: Some(at(minute)), ..EventQuery::default() };
        let found = sample.list(&query);
        found.iter().map(|found| found.event.clone()).collect::<Vec<_>>()
    };
    assert_eq!(as_of(-1), []);
    assert_eq!(as_of(4), then.iter().map(|found| found.event.clone()).collect::<Vec<_>>());
    let statuses = |minute| as_of(minute).iter().map(|event| event.status).collect::<Vec<_>>();
    assert_eq!(statuses(5), [Status::Held]);
    assert_eq!(statuses(8), [Status::Held, Status::Held]);
    assert_eq!(statuses(9), [Status::Held]);
}

prop_compose! {
    fn a_story()(
        n in 0..10_000u32,
        start in 0..800i64,
        length in prop_oneof![Just(0), 0..10i64, 10..1000i64],
        form in 0..6,
        kind in prop::sample::select(&Kind::ALL[..]),
        status in prop::sample::select(&[Status::Held, Status::Planned, Status::Cancelled][..]),
        lang in prop::sample::select(&Lang::ALL[..]),
        source in prop::sample::select(&["daily", "agency"][..]),
        minute in 0..50i64,
    ) -> Story {
        let first = day("2024-01-01") + chrono::Duration::days(start);
        let last = first + chrono::Duration::days(length);
        let date = match form {
            0 => format!("{first}/{last}"),
            1 => format!("{first}~"),
            2 => first.format("%Y-%m").to_string(),
            3 => format!("{first}/.."),
            4 => format!("../{last}"),
            _ => first.to_string(),
        };
        Story { kind, status, lang, source, at: at(minute), ..Story::on(&n.to_string(), &date) }
    }
}

prop_compose! {
    fn a_query()(
        from in prop::option::of(0..900i64),
        to in prop::option::of(0..900i64),
        matching in prop::sample::select(&[Match::Overlaps, Match::Within, Match::Starts][..]),
        certainty in prop::sample::select(&[Certainty::Possible, Certainty::Definite][..]),
        min_precision in prop::option::of(prop::sample::select(&Precision::ALL[..])),
        kinds in prop::sample::subsequence(&Kind::ALL[..], 0..4),
        statuses in prop::sample::subsequence(&Status::ALL[..], 0..3),
        people in prop::sample::subsequence(&PEOPLE[..], 0..3),
        langs in prop::sample::subsequence(&Lang::ALL[..], 0..3),
        sources in prop::sample::subsequence(&["daily", "agency"][..], 0..2),
        text in prop::option::of(prop::sample::select(&["minister", "ana", "\"in belgrade\"", "vote"][..])),
        overdue in prop::option::weighted(0.1, 0..900i64),
        changed_since in prop::option::weighted(0.3, 0..50i64),
        sort in prop::sample::select(&[Sort::Event, Sort::Seen, Sort::Changed][..]),
        order in prop::sample::select(&[Order::Ascending, Order::Descending][..]),
        limit in 1..30u32,
    ) -> EventQuery {
        let days = |n| day("2024-01-01") + chrono::Duration::days(n);
        EventQuery {
            from: from.map(days),
            to: to.map(days),
            matching,
            certainty,
            min_precision,
            kinds,
            statuses,
            actors: people.iter().map(|name| EntityId::new(format!("person:{name}"))).collect(),
            langs,
            sources: sources.into_iter().map(|name| SourceId::new(name).unwrap()).collect(),
            text: text.map(Terms::read),
            overdue: overdue.map(days),
            changed_since: changed_since.map(at),
            sort,
            order,
            limit,
            ..EventQuery::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The index and the filter over snapshots are two ways to the same answer.
    #[test]
    fn what_is_known_now_is_what_is_known_as_of_now(
        stories in prop::collection::vec(a_story(), 1..40),
        queries in prop::collection::vec(a_query(), 24),
    ) {
        let sample = Sample::new();
        // A source that joins an event is no revision, so every event has one source here.
        for (n, story) in stories.into_iter().enumerate() {
            let person = PEOPLE.get(n).map_or_else(|| n.to_string(), |name| (*name).to_owned());
            sample.put(&Story { person, ..story });
        }
        for mut query in queries {
            let now: Option<DateTime<Utc>> = Some(at(1000));
            for _ in 0..3 {
                let found = sample.store.read(|reading| reading.events(&query)).unwrap();
                let as_of = EventQuery { as_of: now, ..query.clone() };
                let snapshot = sample.store.read(|reading| reading.events(&as_of)).unwrap();
                let shown = |page: &dateline::store::Page| {
                    page.events.iter().map(|found| (found.event.id, found.event.revision)).collect::<Vec<_>>()
                };
                prop_assert_eq!(shown(&found), shown(&snapshot), "{:?}", &query);
                prop_assert_eq!(found.next, snapshot.next);
                query.cursor = found.next;
            }
        }
    }

    #[test]
    fn no_text_is_an_error(text in "\\PC{0,30}|[\"'*()^:.+ANDORNT -]{0,20}|[\\x00-\\x1f\"a]{0,9}") {
        let sample = Sample::new();
        sample.put(&Story { sentence: text.clone(), ..Story::default() });
        let terms = Terms::read(&text);
        let widened = terms.clone().widened(|words| vec![words.replace('a', "b"), text.clone()]);
        for terms in [terms, widened] {
            let query = EventQuery { text: Some(terms), ..EventQuery::default() };
            prop_assert!(sample.store.read(|reading| reading.events(&query)).is_ok());
        }
    }
}
