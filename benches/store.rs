//! What a page costs at growing numbers of events, and what an article costs to store.
//!
//! `cargo bench --bench store`; sizes by `DATELINE_BENCH_EVENTS=1000,100000`.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench panics to fail, and prints what it found"
)]

use chrono::{DateTime, Days, NaiveDate};
use dateline::{
    article::{Article, Published},
    calendar::{Edtf, Precision},
    event::{self, Arrival, Claim, consolidate},
    mention::Mention,
    model::{
        ArticleId, Basis, Confidence, Entity, EntityId, Evidence, Field, Kind, Located, MentionId,
        Party, Resolved, Role, SourceId, Status, TopicId,
    },
    store::{EventQuery, Options, Order, Outcome, Sort, Store, StoreError, Writing},
    text::{Lang, Span, terms::Terms},
};
use std::time::Instant;

const DAYS: u64 = 3650;

fn main() {
    let sizes = std::env::var("DATELINE_BENCH_EVENTS").unwrap_or_else(|_| "1000,10000".to_owned());
    let mut sizes: Vec<u64> = sizes.split(',').map(|size| size.parse().unwrap()).collect();
    sizes.sort_unstable();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bench.db");
    let store = Store::open(&Options { path, ..Options::default() }).unwrap();
    let mut stored = 0;
    for size in sizes {
        let start = Instant::now();
        for batch in (stored..size).collect::<Vec<_>>().chunks(100) {
            let batch = batch.to_vec();
            store
                .write_blocking(move |writing| {
                    batch.iter().try_for_each(|n| writing.apart(|writing| put(writing, *n)))
                })
                .unwrap();
        }
        let each = start.elapsed() / u32::try_from((size - stored).max(1)).unwrap();
        stored = size;
        println!("{size:>9} events  {each:>10.1?} an article to store");
        for (what, query) in queries() {
            let mut found = 0;
            let rounds = 200;
            let start = Instant::now();
            for round in 0..rounds {
                let from = query.from.map(|_| day(round * 7919));
                let query = EventQuery { from, ..query.clone() };
                found += store.read(|reading| reading.events(&query)).unwrap().events.len();
            }
            let each = start.elapsed() / u32::try_from(rounds).unwrap();
            println!("{size:>9} events  {each:>10.1?} {what} ({found} found in {rounds} rounds)");
        }
    }
}

fn queries() -> Vec<(&'static str, EventQuery)> {
    let all = EventQuery::default;
    let from = Some(day(0));
    let place = |name: &str| vec![EntityId::new(name)];
    vec![
        ("first page", all()),
        ("page from a day", EventQuery { from, ..all() }),
        (
            "page up to a day, latest first",
            EventQuery { to: Some(day(2000)), order: Order::Descending, ..all() },
        ),
        ("newest seen", EventQuery { sort: Sort::Seen, order: Order::Descending, ..all() }),
        ("last changed", EventQuery { sort: Sort::Changed, order: Order::Descending, ..all() }),
        ("topic from a day", EventQuery { from, topics: vec![topic()], ..all() }),
        ("rare place from a day", EventQuery { from, places: place("place:city-7"), ..all() }),
        (
            "rare place newest seen",
            EventQuery { sort: Sort::Seen, places: place("place:city-7"), ..all() },
        ),
        (
            "two places from a day",
            EventQuery {
                from,
                places: [place("place:city-7"), place("place:city-8")].concat(),
                ..all()
            },
        ),
        ("rare word", EventQuery { text: Some(Terms::read("person77")), ..all() }),
        (
            "common word from a day",
            EventQuery { from, text: Some(Terms::read("minister")), ..all() },
        ),
    ]
}

fn topic() -> TopicId {
    TopicId::new("story").unwrap()
}

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2016, 1, 1).unwrap() + Days::new(n % DAYS)
}

fn put(writing: &Writing<'_>, n: u64) -> Result<(), StoreError> {
    let (article, claim) = story(n);
    let outcome = Outcome {
        relevant: true,
        topics: vec![topic()],
        rules: "1".to_owned(),
        ..Outcome::default()
    };
    writing.put_article(&article, &outcome)?;
    let before = writing.claims_by(article.id)?;
    let arrival = Arrival { article: article.id, before, now: vec![claim], at: article.fetched };
    let changes = consolidate(writing, &arrival, &event::Options::default())?;
    writing.apply(&arrival, &changes)
}

/// An article of 2.5 kB that tells of one event; of twenty events one lasts a week, one a month, one a year.
fn story(n: u64) -> (Article, Claim) {
    let source = SourceId::new(&format!("source-{}", n % 200)).unwrap();
    let id = ArticleId::of(&[&n.to_le_bytes()]);
    let sentence = format!(
        "The minister person{n} of the country {} signed an agreement in city-{} on that day.",
        n % 30,
        n % 5000
    );
    let title = format!("Minister person{n} in city-{}", n % 5000);
    let first = day(n.wrapping_mul(2_654_435_761) >> 7);
    let length = match n % 20 {
        0 => 6,
        1 => 29,
        2 => 360,
        _ => 0,
    };
    let when = Edtf::days(first, first + Days::new(length)).unwrap();
    let entity = |kind: &str, name: String| Entity {
        id: EntityId::new(format!("{kind}:{name}")),
        name: name.into(),
        country: None,
    };
    let fetched = DateTime::from_timestamp(1_700_000_000 + i64::try_from(n).unwrap(), 0).unwrap();
    let article = Article {
        id,
        source: source.clone(),
        source_name: "A source".to_owned(),
        url: Some(format!("https://example.org/articles/{n}").parse().unwrap()),
        title,
        text: format!(
            "{sentence}\n{}",
            "More of what the ministry said about it, at length. ".repeat(45)
        ),
        lang: Lang::En,
        published: Some(Published::On(first)),
        fetched,
    };
    let mention = Mention {
        id: MentionId::of(&[&n.to_le_bytes()]),
        kind: Kind::ALL[usize::try_from(n % 16).unwrap()],
        status: Status::Held,
        when: Resolved {
            when,
            precision: Precision::Day,
            basis: Basis::Stated,
            others: Vec::new(),
            conflict: false,
        },
        previous: None,
        parties: vec![Party {
            who: entity("person", format!("person{n}")),
            role: Role::Visitor,
            at: None,
        }],
        place: Some(entity("place", format!("city-{}", n % 5000))),
        themes: vec![EntityId::new("theme:trade")],
        evidence: Evidence {
            sentence: Located { field: Field::Text, span: Span::new(0, sentence.len()) },
            trigger: Span::new(0, 3),
            date: None,
        },
        confidence: Confidence::new(80),
        rules: Vec::new(),
    };
    let claim = Claim {
        mention,
        article: id,
        source,
        lang: Lang::En,
        published: Some(first),
        topics: vec![topic()],
        fetched,
    };
    (article, claim)
}
