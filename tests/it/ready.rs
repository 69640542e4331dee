//! What is written ahead is what would be written now, whatever happened to the events since.

use crate::store::sample::{Sample, Story, at, options};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use dateline::{
    clock::FixedClock,
    event::{Arrival, Changes, Reported},
    model::{Kind, Status},
    publish::{self, Site},
    serve::{self, State},
    store::{self, EventQuery, Ready, Store},
    text::Lang,
};
use std::sync::Arc;

/// The same database, opened by a program that keeps `ready` ready.
fn opened(sample: &Sample, ready: Option<Ready>) -> Store {
    Store::open(&store::Options { ready, ..options(&sample.directory) }).unwrap()
}

/// Can serve only what is there.
fn finding(version: &'static str) -> Ready {
    #[expect(clippy::panic, reason = "what is not ready fails the test")]
    fn missing(shown: &Reported) -> [Vec<u8>; 4] {
        panic!("{shown:?} is not ready")
    }
    Ready { version, write: missing }
}

async fn get(store: &Store, base: &str, path: &str) -> String {
    let options = publish::Options { base_url: base.parse().ok(), ..publish::Options::default() };
    let site = Site::new(&options, "127.0.0.1:8080".parse().unwrap());
    let clock = Arc::new(FixedClock("2025-03-15T12:00:00Z".parse().unwrap()));
    let state = State::new(store.clone(), clock, site, serve::Options::default());
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(serve::router(state), request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// Every list says the same by what is ready and without it.
async fn agree(sample: &Sample) {
    let (ready, plain) = (opened(sample, Some(finding(publish::PIECES))), opened(sample, None));
    let long = format!("https://dateline.example/a&b/{}/", "long".repeat(20));
    for base in ["https://dateline.example/", &long] {
        for format in ["json", "atom", "rss", "ics"] {
            for query in [
                "",
                "sort=event",
                "limit=2&order=desc",
                "from=2025-02-20&to=2025-03-12",
                "from=2025-02-20&to=2025-03-12&match=within&order=desc",
                "from=2025-02-01&certainty=definite",
                "sort=seen&limit=3",
                "sort=changed",
                "kind=visit,meeting",
                "place=place:serbia&from=2025",
                "topic=iran-serbia&sort=seen&limit=2",
                "coarse=1&min_precision=month",
                "to=1999",
            ] {
                let path = format!("/events.{format}?{query}");
                assert_eq!(
                    get(&ready, base, &path).await,
                    get(&plain, base, &path).await,
                    "{base} {path}"
                );
            }
        }
    }
}

fn stories() -> Vec<Story> {
    vec![
        Story::of("expo", "2027", Kind::Exhibition, 1),
        Story {
            sentence: "“A & B” <arrived>\u{1} in \\u0001, ; it \"url\":\"\\u0001 is said."
                .to_owned(),
            title: "Visit \u{1}&amp;".to_owned(),
            ..Story::of("visit", "2025-02-25", Kind::Visit, 2)
        },
        Story { status: Status::Planned, ..Story::of("talks", "2025-03-10", Kind::Meeting, 3) },
        Story::of("forum", "2025-02", Kind::Conference, 4),
        Story::of("fair", "2025-02-20/2025-02-26", Kind::Exhibition, 4),
        Story {
            lang: Lang::Ar,
            sentence: "وصل الوزير إلى بلغراد في زيارة رسمية.".to_owned(),
            source: "other",
            ..Story::of("visit", "2025-02-25", Kind::Visit, 6)
        },
        Story::of("deal", "2024-11-05/..", Kind::Agreement, 5),
    ]
}

#[tokio::test]
async fn what_is_ready_is_what_would_be_written() {
    let sample = Sample::new();
    for story in stories() {
        sample.put(&story);
    }
    agree(&sample).await;
}

#[tokio::test]
async fn what_is_ready_follows_every_change() {
    let sample = Sample::new();
    for story in stories() {
        sample.put(&story);
    }
    // Another day for a planned event, a headline edited, a source that takes back what it said.
    let talks =
        Story { status: Status::Planned, kind: Kind::Meeting, ..Story::on("talks", "2025-03-10") };
    sample.put(&Story { date: "2025-04-11".to_owned(), at: at(20), ..talks });
    agree(&sample).await;
    let visit = &stories()[1];
    sample.put(&Story { title: "Another title".to_owned(), at: at(21), ..visit.clone() });
    agree(&sample).await;
    let gone = stories()[3].clone();
    sample
        .store
        .write_blocking(move |writing| {
            let before = writing.claims_by(gone.id())?;
            let arrival = Arrival { article: gone.id(), before, now: vec![], at: at(22) };
            let changes = dateline::event::consolidate(
                writing,
                &arrival,
                &dateline::event::Options::default(),
            )?;
            assert_eq!(changes.withdrawn.len(), 1);
            writing.apply(&arrival, &changes)
        })
        .unwrap();
    agree(&sample).await;
}

#[tokio::test]
async fn what_is_merged_is_in_no_list_and_what_hundreds_tell_is_written_when_asked() {
    let sample = Sample::new();
    let told = |n: i64| Story {
        source: ["a", "b", "c", "d"][usize::try_from(n % 4).unwrap()],
        sentence: format!("The minister arrived in Belgrade for the {n}th time."),
        at: at(n),
        ..Story::on(&format!("visit-{n}"), "2025-02-25")
    };
    for n in 0..40 {
        sample.put(&told(n));
    }
    sample.put(&stories()[0]);
    sample.put(&stories()[2]);
    let plain = opened(&sample, None);
    let body = get(&sample.store, "https://dateline.example/", "/events.json").await;
    assert_eq!(body, get(&plain, "https://dateline.example/", "/events.json").await);
    let list: serde_json::Value = serde_json::from_str(&body).unwrap();
    let events = list["events"].as_array().unwrap();
    assert!(events.iter().any(|event| event["sources"].as_array().unwrap().len() > 32), "{list}");
    let ids: Vec<_> = sample.list(&EventQuery::default()).iter().map(|it| it.event.id).collect();
    let (gone, into) = (ids[1], ids[2]);
    let changes = Changes { merged: vec![(gone, into)], ..Changes::default() };
    let arrival =
        Arrival { article: told(0).id(), before: vec![], now: told(0).claims(), at: at(99) };
    sample.store.write_blocking(move |writing| writing.apply(&arrival, &changes)).unwrap();
    let body = get(&sample.store, "https://dateline.example/", "/events.json").await;
    assert!(!body.contains(&gone.to_string()) && body.contains(&into.to_string()), "{body}");
}

#[tokio::test]
async fn what_another_version_wrote_is_written_anew() {
    fn marked(_: &Reported) -> [Vec<u8>; 4] {
        ["{}", "X", "<entry/>", "<item/>"].map(|text| [b"\0\0\0", text.as_bytes()].concat())
    }
    let sample = Sample::new();
    for story in stories() {
        sample.put(&story);
    }
    let other = Ready { version: "other", write: marked };
    let store = opened(&sample, Some(other));
    let base = "https://dateline.example/";
    let before = get(&store, base, "/events.json").await;
    assert!(before.ends_with("\"events\":[{},{},{},{},{},{}]}"), "{before}");
    let found = opened(&sample, Some(finding(publish::PIECES)));
    assert!(
        get(&found, base, "/events.json").await.contains("headline"),
        "nothing was written yet"
    );
    let mut after = 0;
    while let Some(place) = store.renew(after).await.unwrap() {
        after = place;
    }
    let found = opened(&sample, Some(finding("other")));
    assert_eq!(get(&found, base, "/events.json").await, before);
    let mut after = 0;
    while let Some(place) = sample.store.renew(after).await.unwrap() {
        after = place;
    }
    agree(&sample).await;
}
