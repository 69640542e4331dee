//! The service as clients meet it.

use crate::store::sample::{Sample, Story, at};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use dateline::{
    clock::FixedClock,
    event::{self, Arrival, consolidate},
    lexicon::{gazetteer::Gazetteer, spellings::Spellings},
    model::{Kind, Plover, SourceId, Status},
    publish::{self, Format, Site, View},
    serve::{self, LazySpellings, MOST, PARAMETERS, State, Sweeps},
    text::Lang,
};
use serde_json::{Value, json};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tower::ServiceExt as _;

/// A service over a database of its own, at a day of its own.
struct Service {
    sample: Sample,
    router: Router,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Service {
    fn new(stories: &[Story]) -> Self {
        Self::with(stories, |_| ())
    }

    fn with(stories: &[Story], change: impl FnOnce(&mut State)) -> Self {
        let sample = Sample::new();
        for story in stories {
            sample.put(story);
        }
        let mut state = state(&sample);
        change(&mut state);
        Self { router: serve::router(state), sample }
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn get_as(&self, path: &str, accept: &str) -> Answer {
        self.ask(Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).unwrap())
            .await
    }

    /// The dates of the events in a JSON answer.
    async fn dates(&self, path: &str) -> Vec<String> {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.dates()
    }

    /// The id of the only event.
    async fn only_id(&self) -> String {
        self.get("/events").await.json()["events"][0]["id"].as_str().unwrap().to_owned()
    }
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn dates(&self) -> Vec<String> {
        let json = self.json();
        let events = json["events"].as_array().unwrap();
        events.iter().map(|event| event["date"].as_str().unwrap().to_owned()).collect()
    }
}

fn options() -> publish::Options {
    publish::Options {
        title: "Iran and Serbia".to_owned(),
        base_url: "https://dateline.example/".parse().ok(),
        views: vec![View {
            id: "technology".to_owned(),
            title: "Technology diplomacy".to_owned(),
            about: Some("What the two sign and say of it.".to_owned()),
            query: "kind=visit,meeting&from=2025-02-01&order=desc".to_owned(),
        }],
        ..publish::Options::default()
    }
}

fn state(sample: &Sample) -> State {
    let site = Site::new(&options(), SocketAddr::from(([127, 0, 0, 1], 8080)));
    let clock = Arc::new(FixedClock("2025-03-15T12:00:00Z".parse().unwrap()));
    State::new(sample.store.clone(), clock, site, serve::Options::default())
}

/// Five events; found in another order than they happen.
fn stories() -> Vec<Story> {
    vec![
        Story::of("expo", "2027", Kind::Exhibition, 1),
        Story::of("visit", "2025-02-25", Kind::Visit, 2),
        Story { status: Status::Planned, ..Story::of("talks", "2025-03-10", Kind::Meeting, 3) },
        Story::of("forum", "2025-02", Kind::Conference, 4),
        Story {
            person: "marko-ilic".to_owned(),
            ..Story::of("deal", "2024-11-05", Kind::Agreement, 5)
        },
    ]
}

#[tokio::test]
async fn events_come_in_the_order_in_which_they_happen() {
    let service = Service::new(&stories());
    for (query, dates) in [
        ("", vec!["2024-11-05", "2025-02", "2025-02-25", "2025-03-10", "2027"]),
        ("?order=desc&limit=2", vec!["2027", "2025-03-10"]),
        ("?from=2025-02-20&to=2025-03-01", vec!["2025-02", "2025-02-25"]),
        ("?from=2025-02-20/2025-03-01", vec!["2025-02", "2025-02-25"]),
        ("?from=2025-02-20&to=2025-03-01&certainty=definite", vec!["2025-02-25"]),
        (
            "?from=1403-12&cal=jalali&to=1403-12&kind=visit,meeting",
            vec!["2025-02-25", "2025-03-10"],
        ),
        ("?from=P30D&kind=visit&kind=meeting", vec!["2025-02-25", "2025-03-10"]),
        ("?from=&to=&kind=agreement", vec!["2024-11-05"]),
        ("?min_precision=month&from=2025", vec!["2025-02", "2025-02-25", "2025-03-10"]),
        ("?actor=person:marko-ilic", vec!["2024-11-05"]),
        ("?overdue=1", vec!["2025-03-10"]),
        ("?sort=seen&limit=1", vec!["2024-11-05"]),
        ("?q=nowhere", vec![]),
    ] {
        assert_eq!(service.dates(&format!("/events{query}")).await, dates, "{query}");
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let service = Service::new(&stories());
    for start in ["/events?limit=2&from=2025", "/events.json?limit=1&sort=seen"] {
        let whole = service.dates(&start.replace("limit=2", "").replace("limit=1", "")).await;
        let (mut seen, mut path) = (Vec::new(), start.to_owned());
        loop {
            let page = service.get(&path).await;
            seen.extend(page.dates());
            let json = page.json();
            let Some(next) = json["next"].as_str() else { break };
            assert!(page.header(header::LINK).contains(&format!("<{next}>; rel=\"next\"")));
            path = next.strip_prefix("https://dateline.example").unwrap().to_owned();
        }
        assert_eq!(seen, whole, "{start}");
    }
}

#[tokio::test]
async fn a_list_comes_in_every_format_by_suffix_and_by_accept() {
    let service = Service::new(&stories());
    for format in Format::ALL {
        let by_suffix = service.get(&format!("/events.{}?kind=visit", format.suffix())).await;
        let by_accept = service.get_as("/events?kind=visit", format.media_type()).await;
        for answer in [&by_suffix, &by_accept] {
            assert_eq!(answer.status, StatusCode::OK, "{format:?}");
            assert_eq!(answer.header(header::CONTENT_TYPE), format.content_type());
        }
        assert_eq!(by_suffix.body, by_accept.body, "{format:?}");
        assert_eq!(by_accept.header(header::VARY), "Accept, Accept-Encoding");
        assert!(
            by_suffix.text().contains("example.org/visit") || format == Format::Calendar,
            "{format:?}"
        );
    }
    let page = service.get_as("/events", "text/html,application/xhtml+xml,*/*;q=0.8").await;
    assert!(page.text().starts_with("<!doctype html>"));
    assert!(service.get("/events").await.text().starts_with('{'));
}

#[tokio::test]
async fn feeds_list_the_newest_find_first_and_by_date_when_asked() {
    let service = Service::new(&stories());
    for suffix in ["atom", "rss", "jsonfeed"] {
        let titles = async |query: &str| -> Vec<String> {
            let answer = service.get(&format!("/events.{suffix}{query}")).await;
            let feed = feed_rs::parser::parse(&answer.body[..]).unwrap();
            let title = |entry: feed_rs::model::Entry| entry.title.unwrap().content;
            let titles = feed.entries.into_iter().map(title);
            titles.map(|title| title.split(" · ").next().unwrap().to_owned()).collect()
        };
        let found = ["2024-11-05", "2025-02", "2025-03-10", "2025-02-25", "2027"];
        let happening = ["2024-11-05", "2025-02", "2025-02-25", "2025-03-10", "2027"];
        assert_eq!(titles("").await, found, "{suffix}");
        assert_eq!(titles("?sort=event").await, happening, "{suffix}");
    }
}

#[tokio::test]
async fn endless_lists_hold_all_events_whatever_the_size_of_a_page() {
    let stories: Vec<Story> = (0..230)
        .map(|n| Story { at: at(n), ..Story::on(&format!("n{n}"), &format!("{}-03-07", 1700 + n)) })
        .collect();
    let service = Service::new(&stories);
    let lines = service.get("/events.ndjson").await;
    let dates: Vec<String> = lines
        .text()
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["date"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(dates.len(), 230);
    assert!(dates.is_sorted());
    let table = service.get("/events.csv").await;
    assert_eq!(csv::Reader::from_reader(&table.body[..]).records().count(), 230);
    assert_eq!(service.get("/events.ndjson?limit=3").await.text().lines().count(), 3);
    assert_eq!(service.dates("/events").await.len(), 50);
}

mod wrong {
    use super::*;

    #[tokio::test]
    async fn parameters_are_answered_with_what_is_allowed_and_an_example() {
        let service = Service::new(&[]);
        for (query, parameter, value) in [
            ("form=2025-02-25", "form", "2025-02-25"),
            ("from=25.02.2025", "from", "25.02.2025"),
            ("from=2025-02-30", "from", "2025-02-30"),
            ("to=soon", "to", "soon"),
            ("from=2025&from=2026", "from", "2026"),
            ("kind=visit,party", "kind", "party"),
            ("status=denied", "status", "denied"),
            ("lang=de", "lang", "de"),
            ("actor=theme:ai", "actor", "theme:ai"),
            ("topic=Not%20a%20slug", "topic", "Not a slug"),
            ("match=near", "match", "near"),
            ("limit=0", "limit", "0"),
            ("limit=501", "limit", "501"),
            ("cursor=xyz", "cursor", "xyz"),
            ("changed_since=now", "changed_since", "now"),
            ("overdue=maybe", "overdue", "maybe"),
            // Blanks are passed over where people type, not in words for programs.
            ("order=asc%20", "order", "asc "),
            ("limit=%205", "limit", " 5"),
            ("overdue=%20", "overdue", " "),
        ] {
            for path in ["/", "/events", "/events.atom", "/events.ics", "/events.ndjson"] {
                let answer = service.get(&format!("{path}?{query}")).await;
                assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}?{query}");
                assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
                let problem = answer.json();
                assert_eq!(problem["status"], 400);
                assert_eq!(problem["instance"], path);
                let error = &problem["errors"][0];
                assert_eq!(error["parameter"], parameter, "{query}");
                assert_eq!(error["value"], value, "{query}");
                assert!(error["allowed"].as_str().unwrap().len() > 5, "{query}");
                let example = error["example"].as_str().unwrap();
                let right = service.get(&format!("/events?{example}")).await;
                assert_eq!(right.status, StatusCode::OK, "{query}: {example}");
            }
        }
    }

    #[tokio::test]
    async fn blanks_around_what_people_type_are_passed_over() {
        let service = Service::new(&stories());
        for query in [
            "from=%202025-02-25%20&to=2025-02-25+&kind=visit",
            "kind=+visit,+negotiation,,+",
            "q=%20belgrade%20&kind=visit",
            "from=+P90D&kind=visit&place=+place:belgrade+&topic=+",
        ] {
            assert_eq!(service.dates(&format!("/events?{query}")).await, ["2025-02-25"], "{query}");
        }
        let long = |letters: usize| format!("/events?q={}{}", "+".repeat(10), "x".repeat(letters));
        assert_eq!(service.get(&long(190)).await.status, StatusCode::OK);
        assert_eq!(service.get(&long(191)).await.status, StatusCode::BAD_REQUEST);
        // Blank places count, as a program that reads the description counts them.
        let places = |commas: usize| format!("/kinds?theme={}", ",".repeat(commas));
        assert_eq!(service.get(&places(49)).await.status, StatusCode::OK);
        assert_eq!(service.get(&places(50)).await.status, StatusCode::BAD_REQUEST);
    }

    #[tokio::test]
    async fn parameters_that_contradict_each_other_are_a_conflict() {
        let service = Service::new(&[]);
        for (query, parameter) in [
            ("from=2025-03-01&to=2025-02-01", "to"),
            // The seventh month of the solar calendar has thirty days.
            ("from=1404-07-31&cal=jalali", "from"),
            ("sort=seen&cursor=e.2025-02-25.0f8fad5bd9cb469fa16570867728950e", "cursor"),
        ] {
            for path in ["/events", "/technology"] {
                let answer = service.get(&format!("{path}?{query}")).await;
                assert_eq!(answer.status, StatusCode::CONFLICT, "{query}");
                assert_eq!(answer.json()["type"], "https://dateline.example/problems/conflict");
                assert_eq!(answer.json()["errors"][0]["parameter"], parameter, "{query}");
            }
        }
        let both = service.get("/events?from=2025-03-01&to=2025-02-01&kind=x").await;
        assert_eq!(both.status, StatusCode::BAD_REQUEST);
    }

    #[tokio::test]
    async fn what_takes_too_long_is_broken_off() {
        let sample = Sample::new();
        for n in 0..200 {
            sample.put(&Story::on(&format!("n{n}"), &format!("{}-03-07", 1700 + n)));
        }
        let options = dateline::store::Options {
            path: sample.store.path().to_owned(),
            read_limit: Some(Duration::ZERO),
            ..dateline::store::Options::default()
        };
        let mut hasty = state(&sample);
        hasty.store = dateline::store::Store::open(&options).unwrap();
        let service = Service { router: serve::router(hasty), sample };
        // Enough rows for the database to look at the time.
        let answer = service.get("/facets").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
        assert_eq!(answer.json()["type"], "https://dateline.example/problems/timeout");
    }

    #[tokio::test]
    async fn all_faults_are_told_at_once_and_the_nearest_name_is_shown() {
        let service = Service::new(&[]);
        let answer = service.get("/events?form=1&kind=x&limit=-1").await.json();
        let names: Vec<&str> = answer["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["parameter"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["form", "kind", "limit"]);
        assert_eq!(answer["errors"][0]["example"], "from=2025-02-20");
        assert_eq!(answer["type"], "https://dateline.example/problems/parameter");
        assert_eq!(service.get("/problems/parameter").await.status, StatusCode::OK);
    }

    #[tokio::test]
    async fn addresses_methods_and_formats_are_problems_too() {
        let service = Service::new(&[]);
        let long = format!("/events?q={}", "x".repeat(17_000));
        for (method, path, accept, status) in [
            ("GET", "/nowhere", "*/*", StatusCode::NOT_FOUND),
            ("GET", "/events.xml", "*/*", StatusCode::NOT_FOUND),
            ("GET", "/events/nonsense", "*/*", StatusCode::NOT_FOUND),
            ("GET", "/events/0f8fad5bd9cb469fa16570867728950e", "*/*", StatusCode::NOT_FOUND),
            ("GET", "/events/0f8fad5bd9cb469fa16570867728950e.rss", "*/*", StatusCode::NOT_FOUND),
            ("GET", "/problems/none", "*/*", StatusCode::NOT_FOUND),
            ("POST", "/events", "*/*", StatusCode::METHOD_NOT_ALLOWED),
            ("DELETE", "/", "*/*", StatusCode::METHOD_NOT_ALLOWED),
            ("GET", "/events", "image/png", StatusCode::NOT_ACCEPTABLE),
            ("GET", &long, "*/*", StatusCode::URI_TOO_LONG),
        ] {
            let request =
                Request::builder().method(method).uri(path).header(header::ACCEPT, accept);
            let answer = service.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, status, "{method} {path}");
            let problem = answer.json();
            assert_eq!(problem["status"], status.as_u16(), "{method} {path}");
            assert!(problem["detail"].as_str().unwrap().len() > 10);
            if status == StatusCode::METHOD_NOT_ALLOWED {
                assert_eq!(answer.header(header::ALLOW), "GET,HEAD");
            }
        }
    }

    #[tokio::test]
    async fn a_browser_gets_a_page_that_says_what_is_wrong() {
        let service = Service::new(&[]);
        let answer = service.get_as("/?from=soon", "text/html,*/*;q=0.8").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.header(header::CONTENT_TYPE), Format::Html.content_type());
        let (page, link) = (answer.text(), "href=\"https://dateline.example/?from=2025-02-20\"");
        assert!(page.contains("“soon” is not allowed"), "{page}");
        assert!(page.contains("a day “2025-02-25”") && page.contains(link), "{page}");
    }

    #[tokio::test]
    async fn nothing_inside_is_told() {
        let broken = Service::new(&stories());
        let path = broken.sample.store.path().to_owned();
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute_batch("pragma foreign_keys = off; drop table event")
            .unwrap();
        let panics = Service::with(&[], |state| {
            state.sweeps = Some(Arc::new(|| panic!("a secret of /home/operator")));
        });
        for answer in [
            broken.get("/events").await,
            broken.get("/events.atom").await,
            broken.get("/events/0f8fad5bd9cb469fa16570867728950e").await,
            panics.get("/healthz").await,
        ] {
            assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
            let text = answer.text().to_lowercase();
            for secret in ["select", "sqlite", "table", "secret", "/home", ".db", "panicked", ".rs"]
            {
                assert!(!text.contains(secret), "{secret}: {text}");
            }
        }
    }
}

mod again {
    use super::*;

    #[tokio::test]
    async fn who_has_the_answer_already_is_told_so_until_it_changes() {
        let service = Service::new(&stories());
        let id = service.only_id().await;
        let mut paths: Vec<String> =
            Format::ALL.iter().map(|format| format!("/events.{}", format.suffix())).collect();
        paths.extend(["/".to_owned(), "/events".to_owned(), "/style.css".to_owned()]);
        let events = paths.len() - 1;
        paths.extend([format!("/events/{id}"), format!("/events/{id}.html")]);
        let mut tags = Vec::new();
        for path in &paths {
            let first = service.get(path).await;
            let tag = first.header(header::ETAG).to_owned();
            let modified = first.header(header::LAST_MODIFIED).to_owned();
            assert!(tag.starts_with("W/\""), "{path}");
            assert_eq!(modified.is_empty(), path == "/style.css", "{path}");
            for (name, value) in [
                (header::IF_NONE_MATCH, tag.clone()),
                (header::IF_NONE_MATCH, format!("\"x\", {tag}")),
                (header::IF_NONE_MATCH, "*".to_owned()),
                (header::IF_MODIFIED_SINCE, modified.clone()),
            ] {
                if value.is_empty() {
                    continue;
                }
                let request = Request::get(path).header(name, &value).body(Body::empty());
                let again = service.ask(request.unwrap()).await;
                assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path} {value}");
                assert!(again.body.is_empty());
                for same in
                    [header::ETAG, header::LAST_MODIFIED, header::CACHE_CONTROL, header::VARY]
                {
                    assert_eq!(again.header(same.clone()), first.header(same), "{path}");
                }
            }
            tags.push(tag);
        }
        // A second source tells what is known already: no revision, and yet something to show.
        let modified = service.get("/events").await.header(header::LAST_MODIFIED).to_owned();
        let echo = Story { source: "daily", at: at(7), ..stories()[1].clone() };
        service.sample.put(&echo);
        let one = service.get(&format!("/events/{id}")).await;
        assert_eq!(service.get("/stats").await.json()["revisions"], 5);
        for path in paths.iter().filter(|path| *path != "/style.css") {
            let request = Request::get(path).header(header::IF_MODIFIED_SINCE, &modified);
            let answer = service.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
        }
        for (path, tag) in paths.iter().zip(&tags).take(events) {
            let request = Request::get(path).header(header::IF_NONE_MATCH, tag);
            let answer = service.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
        }
        drop(one);
        let mut distinct = tags.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), tags.len() - 2, "`/` is /events.html, /events is /events.json");

        service.sample.put(&Story { at: at(9), ..Story::on("more", "2025-04-01") });
        for (path, tag) in paths.iter().zip(&tags).take(events) {
            let request = Request::get(path).header(header::IF_NONE_MATCH, tag);
            let answer = service.ask(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
        }
    }

    #[tokio::test]
    async fn a_second_look_at_the_same_articles_changes_no_tag() {
        let service = Service::new(&stories());
        let before = service.get("/events.atom").await;
        for story in stories() {
            service.sample.put(&story);
        }
        let after = service.get("/events.atom").await;
        assert_eq!(after.header(header::ETAG), before.header(header::ETAG));
        assert_eq!(after.body, before.body);
    }

    #[tokio::test]
    async fn a_tag_does_not_hold_for_other_days_when_the_query_counts_from_today() {
        let service = Service::new(&stories());
        let tomorrow = Service {
            router: serve::router({
                let mut state = state(&service.sample);
                state.clock = Arc::new(FixedClock("2025-03-16T12:00:00Z".parse().unwrap()));
                state
            }),
            sample: Sample::new(),
        };
        for (path, same) in [("/events?from=P7D", false), ("/events?from=2025-03-08", true)] {
            let tag = service.get(path).await.header(header::ETAG).to_owned();
            assert_eq!(tomorrow.get(path).await.header(header::ETAG) == tag, same, "{path}");
        }
    }

    #[tokio::test]
    async fn what_was_known_may_be_kept_for_good() {
        let service = Service::new(&stories());
        for (query, for_good) in [
            ("as_of=2025-02-25", true),
            ("as_of=2025-03-15T10:59:00Z&from=2025", true),
            // Less than an hour ago, in the future, and what counts from today.
            ("as_of=2025-03-15T11:30:00Z", false),
            ("as_of=2030-01-01", false),
            ("as_of=2025-02-25&from=P30D", false),
            ("as_of=2025-02-25&overdue=1", false),
            ("from=2025", false),
        ] {
            let answer = service.get(&format!("/events?{query}")).await;
            let cache = answer.header(header::CACHE_CONTROL);
            assert_eq!(cache.ends_with("immutable"), for_good, "{query}: {cache}");
        }
    }

    #[tokio::test]
    async fn answers_kept_ready_differ_by_what_the_client_takes() {
        let service = Service::new(&stories());
        for _ in 0..2 {
            for (accept, encoding) in [
                ("text/html", "gzip"),
                ("text/html", "identity"),
                ("text/calendar", "br"),
                ("*/*", ""),
            ] {
                let request = Request::get("/events")
                    .header(header::ACCEPT, accept)
                    .header(header::ACCEPT_ENCODING, encoding);
                let answer = service.ask(request.body(Body::empty()).unwrap()).await;
                let media_type = answer.header(header::CONTENT_TYPE).split(';').next().unwrap();
                let wanted = if accept == "*/*" { "application/json" } else { accept };
                assert_eq!(media_type, wanted);
                let coding = if encoding == "identity" { "" } else { encoding };
                assert_eq!(answer.header(header::CONTENT_ENCODING), coding, "{accept}");
                assert!(!answer.body.is_empty());
                assert!(answer.headers.contains_key("x-request-id"));
            }
        }
        let numbers: Vec<String> = [service.get("/events").await, service.get("/events").await]
            .map(|answer| answer.header("x-request-id").to_owned())
            .into();
        assert_ne!(numbers[0], numbers[1], "a kept answer does not keep its number");
    }

    #[tokio::test]
    async fn head_says_what_get_would() {
        let service = Service::new(&stories());
        for path in ["/", "/events", "/events.atom", "/events.ics", "/healthz"] {
            let get = service.get(path).await;
            let head = service.ask(Request::head(path).body(Body::empty()).unwrap()).await;
            assert_eq!(head.status, get.status, "{path}");
            assert!(head.body.is_empty(), "{path}");
            assert_eq!(head.header(header::ETAG), get.header(header::ETAG), "{path}");
            assert_eq!(head.header(header::CONTENT_TYPE), get.header(header::CONTENT_TYPE));
        }
    }
}

mod named {
    use super::*;

    #[tokio::test]
    async fn a_view_is_a_query_with_an_address_and_a_title() {
        let service = Service::new(&stories());
        assert_eq!(service.dates("/technology").await, ["2025-03-10", "2025-02-25"]);
        // What is given stands in place of what the view says of the same; days go together.
        for (query, dates) in [
            ("kind=visit", vec!["2025-02-25"]),
            ("kind=", vec!["2025-03-10", "2025-02-25"]),
            ("order=asc", vec!["2025-02-25", "2025-03-10"]),
            ("to=2025-02-28", vec!["2025-02-25"]),
            ("from=1403-12-20&cal=jalali", vec!["2025-03-10"]),
            ("q=belgrade&limit=1", vec!["2025-03-10"]),
        ] {
            assert_eq!(service.dates(&format!("/technology.json?{query}")).await, dates, "{query}");
        }
        let page = service.get("/technology.json?limit=1&lang=en").await.json();
        assert_eq!(page["title"], "Technology diplomacy: English");
        assert_eq!(page["self"], "https://dateline.example/technology.json?lang=en&limit=1");
        let next = page["next"].as_str().unwrap();
        assert!(
            next.starts_with("https://dateline.example/technology.json?lang=en&limit=1&cursor=")
        );
        let next = next.strip_prefix("https://dateline.example").unwrap();
        assert_eq!(service.dates(next).await, ["2025-02-25"]);
        assert_eq!(
            service.get(next).await.json()["self"].as_str().unwrap(),
            format!("https://dateline.example{next}")
        );
    }

    #[tokio::test]
    async fn a_view_comes_in_every_format_with_tags_of_its_own() {
        let service = Service::new(&stories());
        for format in Format::ALL {
            let (suffix, media_type) = (format.suffix(), format.media_type());
            let by_suffix = service.get(&format!("/technology.{suffix}")).await;
            let by_accept = service.get_as("/technology", media_type).await;
            assert_eq!(by_suffix.header(header::CONTENT_TYPE), format.content_type());
            assert_eq!(by_suffix.body, by_accept.body, "{suffix}");
            let whole = service.get(&format!("/events.{suffix}")).await;
            assert_ne!(by_suffix.header(header::ETAG), whole.header(header::ETAG), "{suffix}");
        }
        for (path, status) in [
            ("/technology.xml", StatusCode::NOT_FOUND),
            ("/tecnology", StatusCode::NOT_FOUND),
            ("/technology?form=1", StatusCode::BAD_REQUEST),
            ("/technology/", StatusCode::NOT_FOUND),
        ] {
            assert_eq!(service.get(path).await.status, status, "{path}");
        }
        let views = service.get("/views").await.json();
        assert_eq!(views[0]["id"], "technology");
        assert_eq!(views[0]["front"], false);
        assert_eq!(views[0]["formats"]["ics"], "https://dateline.example/technology.ics");
    }

    #[tokio::test]
    async fn pages_lead_to_views_and_one_may_stand_in_front() {
        let service = Service::new(&stories());
        let id = service.only_id().await;
        for path in ["/", "/technology.html", "/?kind=visit", &format!("/events/{id}.html")] {
            let page = service.get(path).await;
            for link in [
                "<a href=\"/technology\"",
                "title=\"Atom: Technology diplomacy\" href=\"/technology.atom\"",
                "href=\"/changes.atom\"",
            ] {
                let own = path.starts_with("/tech") && link.contains("title=");
                assert!(own || page.text().contains(link), "{path}: {link}");
            }
        }
        let page = service.get("/technology.html?kind=visit").await;
        for piece in [
            "<h1>Technology diplomacy: visit</h1>\n<p class=\"about\">What the two sign and say of it.</p>",
            "<form class=\"filter\" action=\"/technology\"",
            "href=\"/technology.ics?kind=visit\"",
            "<a href=\"/technology\" aria-current=\"page\">",
        ] {
            assert!(page.text().contains(piece), "{piece}: {}", page.text());
        }
        let front = Service::with(&stories(), |state| {
            let options = publish::Options { front: Some("technology".to_owned()), ..options() };
            state.site = Site::new(&options, SocketAddr::from(([127, 0, 0, 1], 8080)));
        });
        let page = front.get("/").await;
        assert!(page.text().contains("<h1>Technology diplomacy</h1>"));
        assert!(page.text().contains("<a href=\"/events.html\">Whole timeline</a>"));
        let whole = front.get("/events.html").await;
        assert!(whole.text().contains("<h1>Timeline</h1>"));
        assert!(whole.text().contains("action=\"/events.html\""));
    }
}

mod one_event {
    use super::*;

    #[tokio::test]
    async fn it_shows_its_reports_evidence_and_history() {
        let service = Service::new(&[Story::default()]);
        let id = service.only_id().await;
        let event = service.get(&format!("/events/{id}")).await.json();
        let list = service.get("/events").await.json();
        assert_eq!(event["url"], list["events"][0]["url"]);
        assert_eq!(event["sources"], list["events"][0]["sources"]);
        let evidence = &event["sources"][0]["evidence"];
        assert_eq!(evidence["text"], "The minister arrived in Belgrade.");
        assert_eq!((&evidence["start"], &evidence["end"]), (&Value::from(7), &Value::from(40)));
        assert_eq!(event["revisions"][0]["revision"], 1);
        let page = service.get_as(&format!("/events/{id}"), "text/html").await;
        let marked = "<p><mark class=\"what\">T</mark>he minister arrived in Belgrade.</p>";
        assert!(page.text().contains(marked), "{}", page.text());
        let calendar = service.get(&format!("/events/{id}.ics")).await;
        assert!(calendar.text().contains("DTSTART;VALUE=DATE:20250225\r\n"));
    }

    #[tokio::test]
    async fn one_that_no_article_claims_any_longer_is_gone() {
        let service = Service::new(&[Story::default()]);
        let id = service.only_id().await;
        service
            .sample
            .store
            .write_blocking(|writing| {
                let story = Story::default();
                let before = writing.claims_by(story.id())?;
                let arrival = Arrival { article: story.id(), before, now: vec![], at: at(60) };
                let changes = consolidate(writing, &arrival, &event::Options::default())?;
                writing.apply(&arrival, &changes)
            })
            .unwrap();
        assert_eq!(service.get(&format!("/events/{id}")).await.status, StatusCode::GONE);
        assert!(service.get("/events").await.dates().is_empty());
    }

    #[tokio::test]
    async fn one_that_became_another_leads_there() {
        let service = Service::new(&[
            Story::default(),
            Story { name: "two".to_owned(), date: "2025-05-05".to_owned(), ..Story::default() },
        ]);
        let ids: Vec<String> = service.get("/events").await.json()["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(ids.len(), 2);
        // The second article is read again and now tells the day of the first.
        service.sample.put(&Story { name: "two".to_owned(), at: at(60), ..Story::default() });
        let one = service.only_id().await;
        let two = ids.iter().find(|id| **id != one).unwrap();
        for suffix in ["", ".json", ".html"] {
            let answer = service.get(&format!("/events/{two}{suffix}")).await;
            assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
            let target = format!("https://dateline.example/events/{one}{suffix}");
            assert_eq!(answer.header(header::LOCATION), target);
        }
    }
}

#[tokio::test]
async fn a_list_is_named_in_words() {
    let service = Service::new(&stories());
    for (query, title) in [
        ("kind=visit,meeting&lang=ar,fa", "Iran and Serbia: visit, meeting, Arabic, Persian"),
        ("q=Beograd&from=2025-02", "Iran and Serbia: from 2025-02, “Beograd”"),
    ] {
        let list = service.get(&format!("/events.json?{query}")).await.json();
        assert_eq!(list["title"], title);
    }
}

#[tokio::test]
async fn the_page_links_every_format_and_explains_an_empty_list() {
    let service = Service::new(&stories());
    let page = service.get("/?kind=visit").await;
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Html) {
        let (suffix, media_type) = (format.suffix(), format.media_type());
        let link = format!("<link rel=\"alternate\" type=\"{media_type}\"");
        assert!(page.text().contains(&link), "{suffix}");
        assert!(page.text().contains(&format!("href=\"/events.{suffix}?kind=visit\"")), "{suffix}");
    }
    let empty = service.get("/?q=nowhere").await;
    assert!(empty.text().contains("Nothing was found for: “nowhere”."), "{}", empty.text());
    assert!(empty.text().contains("5 events, from 2024-11-05 to 2027-01-01"), "{}", empty.text());
    let blank = Service::new(&[]).get("/").await;
    assert!(blank.text().contains("The first sweep"));
}

#[tokio::test]
async fn what_was_looked_for_is_marked_where_it_is_printed() {
    let service = Service::new(&[
        Story::default(),
        Story {
            name: "two".to_owned(),
            source: "vesti",
            lang: Lang::Sr,
            sentence: "Министар је у Београду <данас>.".to_owned(),
            ..Story::default()
        },
        Story {
            name: "three".to_owned(),
            source: "wakala",
            lang: Lang::Ar,
            sentence: "وصل الوزير ببلغراد أمس.".to_owned(),
            ..Story::default()
        },
    ]);
    let hits = async |q: &str| -> Vec<(String, u64, u64)> {
        let mut found = Vec::new();
        let list = service.get(&format!("/events?q={q}")).await.json();
        for source in list["events"][0]["sources"].as_array().into_iter().flatten() {
            for hit in source["evidence"]["hits"].as_array().into_iter().flatten() {
                let at = |name: &str| hit[name].as_u64().unwrap();
                found.push((source["id"].as_str().unwrap().to_owned(), at("start"), at("end")));
            }
        }
        found
    };
    // Offsets count code points of the article: each text begins with seven of its own.
    assert_eq!(hits("beograd").await, [("vesti".to_owned(), 21, 29)]);
    assert_eq!(hits("%D8%A8%D9%84%D8%BA%D8%B1%D8%A7%D8%AF").await, [("wakala".to_owned(), 19, 25)]);
    assert_eq!(hits("nowhere").await, []);
    let page = service.get("/?q=beograd").await;
    let marked = "је у <mark class=\"hit\">Београду</mark> &#60;данас&#62;.";
    assert!(page.text().contains(marked), "{}", page.text());
    let page = service.get("/?q=belgrade").await;
    assert!(page.text().contains("<mark class=\"hit\">Belgrade</mark>"), "{}", page.text());
    assert!(!service.get("/").await.text().contains("class=\"hit\""));
    let json = service.get("/events").await;
    assert!(!json.text().contains("\"hits\""));
}

/// A name is found as others write it, also where it stands in a sentence alone.
#[tokio::test]
async fn names_are_found_across_scripts() {
    let told = |name: &str, date: &str, lang, title: &str, sentence: &str| Story {
        lang,
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        city: "nis",
        ..Story::on(name, date)
    };
    let stories = [
        told(
            "ar",
            "2025-01-01",
            Lang::Ar,
            "خبر",
            "قال الوزير إن الرئيس ألكسندر فوتشيتش سيحضر بصربيا.",
        ),
        told("fa", "2025-02-01", Lang::Fa, "خبر", "وزیر گفت که ووچیچ در نووی ساد خواهد بود."),
        told("sr", "2025-03-01", Lang::Sr, "Вест", "Министар каже да Вучића чекају у Србији."),
        told("en", "2025-04-01", Lang::En, "News", "Let us wait, they said, for those who came."),
    ];
    let spellings = || Spellings::new(&Gazetteer::embedded().unwrap());
    let service = Service::with(&stories, |state| {
        state.spellings = LazySpellings::new(Box::new(spellings));
    });
    let (ar, fa, sr) = ("2025-01-01", "2025-02-01", "2025-03-01");
    for (q, found) in [
        ("Vucic", vec![ar, fa, sr]),
        ("فوتشيتش", vec![ar, fa, sr]),
        ("Вучић", vec![ar, fa, sr]),
        ("Aleksandar Vucic", vec![ar, fa, sr]),
        ("الکساندر ووچیچ", vec![ar, fa, sr]),
        // A name whose last letter changes, a name of two words, names and words together.
        ("Serbia", vec![ar, sr]),
        ("صربستان", vec![ar, sr]),
        ("Novi Sad", vec![fa]),
        ("Novi Sad Vucic", vec![fa]),
        ("Vucic Србији", vec![sr]),
        ("vucic serbia", vec![ar, sr]),
        // What is quoted, begun or not a whole name is meant as it stands.
        ("\"Vučić\"", vec![]),
        ("\"فوتشيتش\"", vec![ar]),
        ("\"novi sad\"", vec![]),
        ("Vuc*", vec![sr]),
        ("Vučić*", vec![sr]),
        ("Vuči", vec![sr]),
        ("Vuc\"ic", vec![]),
        ("Vucic nowhere", vec![]),
        // An abbreviation is no word in small letters.
        ("United States", vec![]),
    ] {
        let encoded: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
        assert_eq!(service.dates(&format!("/events?q={encoded}")).await, found, "{q}");
        let then = format!("/events?as_of=2025-03-14&q={encoded}");
        assert_eq!(service.dates(&then).await, found, "{q}, as of later");
        let counted = service.get(&format!("/kinds?q={encoded}")).await.json();
        let visits = counted.as_array().into_iter().flatten().find(|row| row["value"] == "visit");
        let visits = visits.and_then(|row| row["events"].as_u64()).unwrap_or_default();
        assert_eq!(visits, found.len() as u64, "{q}: {counted}");
    }
    let page = service.get("/?q=Vucic").await;
    for marked in
        ["ألكسندر <mark class=\"hit\">فوتشيتش</mark>", "<mark class=\"hit\">Вучића</mark>"]
    {
        assert!(page.text().contains(marked), "{marked}: {}", page.text());
    }
}

#[tokio::test]
async fn every_answer_carries_what_keeps_its_reader_safe() {
    let service = Service::new(&stories());
    for path in ["/", "/events", "/nowhere", "/style.css"] {
        let request = Request::get(path).header(header::ORIGIN, "https://other.example");
        let answer = service.ask(request.body(Body::empty()).unwrap()).await;
        assert!(answer.header(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*");
        assert!(answer.headers.contains_key("x-request-id"), "{path}");
    }
    let request = Request::get("/events").header(header::ACCEPT_ENCODING, "br, gzip");
    let answer = service.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header(header::CONTENT_ENCODING), "br");
}

#[tokio::test]
async fn health_tells_of_sweeps_and_sources() {
    let sweeps = Sweeps { finished: 3, ..Sweeps::default() };
    let service = Service::with(&stories(), |state| {
        let sweeps = sweeps.clone();
        state.sweeps = Some(Arc::new(move || sweeps.clone()));
    });
    let health = service.get("/healthz").await.json();
    assert_eq!(health["status"], "ok");
    assert_eq!(health["sweeps"]["finished"], 3);
    assert!(health["revision"].as_u64().unwrap() >= 5);
    assert_eq!(service.get("/sources").await.json(), Value::Array(vec![]));
}

#[test]
fn the_table_of_parameters_reads_its_own_examples() {
    let today = "2025-03-15".parse().unwrap();
    for parameter in PARAMETERS {
        let query = format!("{}={}", parameter.name, parameter.example);
        assert!(serve::Query::read(&query, today).is_ok(), "{query}");
        assert!(parameter.what.ends_with('.'), "{}", parameter.name);
    }
    let query = serve::Query::read("limit=5&kind=visit&from=2025&q=a%20b+c", today).unwrap();
    assert_eq!(query.canonical(), "from=2025&kind=visit&q=a+b+c&limit=5");
    assert_eq!(query.events(Format::Calendar, 50).limit, 5);
    assert_eq!(serve::Query::read("", today).unwrap().events(Format::Calendar, 50).limit, MOST);
}

mod socket {
    use super::*;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::{TcpListener, TcpStream},
        sync::oneshot,
    };

    async fn serve_with(
        options: serve::Options,
    ) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let sample = Sample::new();
        sample.put(&Story::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            let mut state = state(&sample);
            state.options = options;
            let stop = async { drop(stopped.await) };
            serve::run(listener, state, stop).await.unwrap();
        });
        (address, stop, task)
    }

    async fn read_all(mut stream: TcpStream) -> String {
        let mut answer = Vec::new();
        // A connection that is cut may end with an error: what came before counts.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[tokio::test]
    async fn half_a_request_does_not_hold_a_stop() {
        let options = serve::Options {
            header_timeout: Duration::from_secs(60),
            stop_deadline: Duration::from_millis(200),
            ..serve::Options::default()
        };
        let (address, stop, task) = serve_with(options).await;
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(b"GET /events HTTP/1.1\r\nHost: x\r\nX-Half").await.unwrap();
        let mut whole = TcpStream::connect(address).await.unwrap();
        whole
            .write_all(b"GET /events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .await
            .unwrap();
        let answer = read_all(whole).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.contains("\"date\":\"2025-02-25\""), "{answer}");
        stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(5), task).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn half_a_request_is_cut_and_makes_room() {
        let options = serve::Options {
            header_timeout: Duration::from_millis(100),
            max_connections: 1,
            ..serve::Options::default()
        };
        let (address, stop, task) = serve_with(options).await;
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(b"GET /events HTTP/1.1\r\nHost: x\r\nX-Half").await.unwrap();
        let mut next = TcpStream::connect(address).await.unwrap();
        next.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .await
            .unwrap();
        let answer = tokio::time::timeout(Duration::from_secs(10), read_all(next)).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        stop.send(()).unwrap();
        task.await.unwrap();
    }

    #[tokio::test]
    async fn a_client_that_takes_nothing_is_cut() {
        let options = serve::Options {
            write_timeout: Duration::from_millis(200),
            stop_deadline: Duration::from_secs(30),
            ..serve::Options::default()
        };
        let (address, stop, task) = serve_with(options).await;
        let mut greedy = TcpStream::connect(address).await.unwrap();
        let request = b"GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n";
        // Asks until its answers fill every buffer on the way, and reads none of them.
        for _ in 0..20_000 {
            let write = tokio::time::timeout(Duration::from_secs(1), greedy.write_all(request));
            if !matches!(write.await, Ok(Ok(()))) {
                break;
            }
        }
        stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(15), task).await.unwrap().unwrap();
    }
}

mod described {
    use super::*;

    fn description() -> Value {
        let sample = Sample::new();
        serve::description(&state(&sample).site)
    }

    /// All strings under `$ref`.
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    match value.as_str().filter(|_| key == "$ref") {
                        Some(reference) => found.push(reference.to_owned()),
                        None => references(value, found),
                    }
                }
            }
            Value::Array(list) => list.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_address_and_parameter_is_in_the_document_for_people() {
        let document = std::fs::read_to_string("docs/api.md").unwrap();
        for path in description()["paths"].as_object().unwrap().keys() {
            assert!(document.contains(&format!("`{path}`")), "{path}");
        }
        for parameter in PARAMETERS {
            assert!(document.contains(&format!("| `{}` |", parameter.name)), "{}", parameter.name);
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let description = description();
        let mut found = Vec::new();
        references(&description, &mut found);
        assert!(found.len() > 50);
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(description.pointer(pointer).is_some(), "{reference}");
        }
    }

    /// The names of the fields in a value; of a list, those of its first.
    fn fields(value: &Value) -> Vec<&String> {
        let value = value.as_array().and_then(|list| list.first()).unwrap_or(value);
        value.as_object().map(|fields| fields.keys().collect()).unwrap_or_default()
    }

    #[tokio::test]
    async fn every_answer_has_an_example_like_it() {
        let service = Service::new(&stories());
        let id = service.only_id().await;
        let description = service.get("/openapi.json").await.json();
        let mut compared = 0;
        for (path, operations) in description["paths"].as_object().unwrap() {
            for (status, response) in operations["get"]["responses"].as_object().unwrap() {
                let Some(content) = response["content"].as_object() else { continue };
                for (media_type, content) in content {
                    let example = &content["example"];
                    assert!(!example.is_null(), "{path} {status} {media_type}");
                    if status != "200" {
                        assert_eq!(example["status"].to_string(), *status, "{path}");
                    }
                }
            }
            let event = service.get(&format!("/events/{id}")).await.json();
            let article = event["sources"][0]["article"].as_str().unwrap();
            let answer = service
                .get(
                    &path
                        .replace("/articles/{id}", &format!("/articles/{article}"))
                        .replace("{id}", &id)
                        .replace("{name}", "parameter")
                        .replace("{view}", "technology"),
                )
                .await;
            let example =
                &operations["get"]["responses"]["200"]["content"]["application/json"]["example"];
            if path != "/openapi.json" && answer.header(header::CONTENT_TYPE) == "application/json"
            {
                let (given, told) = (answer.json(), fields(example));
                for field in fields(&given) {
                    assert!(told.contains(&field), "{path}: {field} is not in {example}");
                }
                compared += 1;
            }
        }
        assert!(compared > 10, "{compared}");
    }

    #[tokio::test]
    async fn every_address_answers_as_described() {
        let service = Service::new(&stories());
        let id = service.only_id().await;
        let event = service.get(&format!("/events/{id}")).await.json();
        let article = event["sources"][0]["article"].as_str().unwrap();
        let description = service.get("/openapi.json").await.json();
        for (path, operations) in description["paths"].as_object().unwrap() {
            let operation = &operations["get"];
            let concrete = match path.as_str() {
                "/articles/{id}" => path.replace("{id}", article),
                path => path
                    .replace("{id}", &id)
                    .replace("{name}", "parameter")
                    .replace("{view}", "technology"),
            };
            let answer = service.get(&concrete).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            let content = operation["responses"]["200"]["content"].as_object().unwrap();
            let given = answer.header(header::CONTENT_TYPE).split(';').next().unwrap();
            assert!(content.contains_key(given), "{path}: {given}");
            for parameter in operation["parameters"].as_array().unwrap() {
                if parameter["in"] == "query" && parameter["name"] != "cursor" {
                    let example = match &parameter["example"] {
                        Value::Array(list) => list[0].as_str().unwrap().to_owned(),
                        Value::String(text) => text.clone(),
                        other => other.to_string(),
                    };
                    let name = parameter["name"].as_str().unwrap();
                    let answer = service.get(&format!("{concrete}?{name}={example}")).await;
                    assert_eq!(answer.status, StatusCode::OK, "{path}?{name}={example}");
                }
            }
        }
    }
}

mod around {
    use super::*;

    #[tokio::test]
    async fn changes_come_newest_first_and_page_by_page() {
        let service = Service::new(&stories());
        let mut path = "/changes?limit=2".to_owned();
        let mut dates = Vec::new();
        loop {
            let page = service.get(&path).await.json();
            for change in page["changes"].as_array().unwrap() {
                assert_eq!(change["what"], "new");
                dates.push(change["date"].as_str().unwrap().to_owned());
            }
            let Some(next) = page["next"].as_str() else { break };
            path = next.strip_prefix("https://dateline.example").unwrap().to_owned();
        }
        assert_eq!(dates, ["2024-11-05", "2025-02", "2025-03-10", "2025-02-25", "2027"]);
        for suffix in ["atom", "rss", "jsonfeed"] {
            let answer = service.get(&format!("/changes.{suffix}")).await;
            let feed = feed_rs::parser::parse(&answer.body[..]).unwrap();
            let title = feed.entries[0].title.as_ref().unwrap();
            assert!(title.content.starts_with("New: 2024-11-05 · "), "{}", title.content);
        }
        let since = service.get("/changes?changed_since=2100-01-01").await.json();
        assert_eq!(since["changes"], Value::Array(vec![]));
        assert_eq!(service.get("/changes?kind=visit").await.status, StatusCode::BAD_REQUEST);
    }

    #[tokio::test]
    async fn facets_count_what_a_query_finds() {
        let service = Service::new(&stories());
        let facets = service.get("/facets?from=2025-02&to=2025-03").await.json();
        assert_eq!(facets["total"], 3);
        let months: Vec<(&str, u64)> = facets["months"]
            .as_array()
            .unwrap()
            .iter()
            .map(|count| (count["month"].as_str().unwrap(), count["events"].as_u64().unwrap()))
            .collect();
        assert_eq!(months, [("2025-02", 2), ("2025-03", 1)]);
        let places = service.get("/places?kind=visit").await.json();
        assert_eq!(places[0]["value"], "place:belgrade");
        assert_eq!(places[0]["name"], "belgrade");
        let kinds = service.get("/kinds").await.json();
        assert_eq!(kinds.as_array().unwrap().len(), Kind::ALL.len());
        for row in kinds.as_array().unwrap() {
            let kind = Kind::from_name(row["value"].as_str().unwrap()).unwrap();
            let Plover { held, mode, planned, depends } = kind.plover();
            let plover =
                json!({"held": held, "mode": mode, "planned": planned, "depends": depends});
            assert_eq!(row["plover"], plover, "{kind:?}");
            assert_eq!(row["schema_org"], kind.schema_org(), "{kind:?}");
            assert!(row["meaning"].is_string(), "{kind:?}");
        }
        assert_eq!(places[0].get("plover"), None);
        assert_eq!(service.get("/stats").await.json()["events"], 5);
        assert_eq!(service.get("/facets?limit=3").await.status, StatusCode::BAD_REQUEST);
    }

    #[tokio::test]
    async fn facets_count_what_was_known() {
        let service = Service::new(&stories());
        for query in ["", "kind=visit,meeting", "from=2025-02&to=2025-03", "place=place:serbia"] {
            let now = service.get(&format!("/facets?{query}")).await.json();
            let then = service.get(&format!("/facets?{query}&as_of=2025-03-15")).await.json();
            assert_eq!(then, now, "{query}");
        }
        let early = service.get("/facets?as_of=2025-02-01").await.json();
        assert_eq!(
            (early["total"].as_u64(), early["months"].as_array().unwrap().len()),
            (Some(0), 0)
        );
        let kinds = service.get("/kinds?as_of=2025-02-01").await.json();
        assert!(kinds.as_array().unwrap().iter().all(|kind| kind["events"] == 0), "{kinds}");
    }

    #[tokio::test]
    async fn an_article_shows_what_it_says_and_not_its_text() {
        let service = Service::new(&[Story::default()]);
        let id = service.only_id().await;
        let event = service.get(&format!("/events/{id}")).await.json();
        let article = event["sources"][0]["article"].as_str().unwrap();
        let answer = service.get(&format!("/articles/{article}")).await;
        let card = answer.json();
        assert_eq!(card["title"], "Minister in Belgrade");
        assert_eq!(card["events"][0]["says"][0]["evidence"], event["sources"][0]["evidence"]);
        assert!(!answer.text().contains("More."), "{}", answer.text());
        let allowed = Service::with(&[Story::default()], |state| {
            let publish_text = vec![SourceId::new("agency").unwrap()];
            let options = publish::Options { publish_text, ..options() };
            state.site = Site::new(&options, SocketAddr::from(([127, 0, 0, 1], 8080)));
        });
        let card = allowed.get(&format!("/articles/{article}")).await.json();
        assert_eq!(card["text"], "الخبر: The minister arrived in Belgrade.\nMore.");
    }
}
