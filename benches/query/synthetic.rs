//! A million events like real ones: a sentence of evidence, a party, a place, every fourth told by a second
//! article in Arabic; of twenty events one lasts a week, one a month, one a year.

use chrono::{DateTime, Days, NaiveDate, Utc};
use dateline::{
    article::{Article, Published},
    calendar::{Edtf, Precision},
    event::{self, Arrival, Cause, Change, Changes, Claim, Event, Revision, consolidate},
    mention::Mention,
    model::{
        ArticleId, Basis, Confidence, Entity, EntityId, EventId, Evidence, Field, Kind, Located,
        MentionId, Party, Resolved, Role, SourceId, Status, TopicId,
    },
    store::{Outcome, Store, StoreError, Writing},
    text::{Lang, Span},
};

/// The days over which events are spread.
pub(crate) const DAYS: u64 = 3650;

/// Articles in one transaction while filling.
const BATCH: usize = 5000;

/// A day of the spread.
pub(crate) fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2016, 1, 1).unwrap() + Days::new(n % DAYS)
}

/// The day on which event number `n` begins. Those that are stored while others are asked for lie before all
/// days that are asked for, so that a database answers the same in the next run.
fn first_day(n: u64) -> NaiveDate {
    let day = day(n.wrapping_mul(2_654_435_761) >> 7);
    if n < LATER { day } else { day - Days::new(2 * DAYS) }
}

/// The first number of what is stored while others are asked for.
pub(crate) const LATER: u64 = 1_000_000_000;

/// Stores `size` events, past consolidation: each is known to be one of its own. They come as news does, day
/// by day.
pub(crate) fn fill(store: &Store, size: u64) {
    let mut numbers: Vec<u64> = (0..size).collect();
    numbers.sort_by_key(|n| first_day(*n));
    for batch in numbers.chunks(BATCH) {
        let batch = batch.to_vec();
        store
            .write_blocking(move |writing| batch.into_iter().try_for_each(|n| put(writing, n)))
            .unwrap();
    }
}

/// Stores one article as a sweep does: consolidated with all there is, in a transaction of its own.
pub(crate) fn ingest(store: &Store, n: u64) {
    let story = move |writing: &Writing<'_>| {
        let (article, claim) = told(n, Lang::En);
        writing.put_article(&article, &outcome())?;
        let before = writing.claims_by(article.id)?;
        let arrival =
            Arrival { article: article.id, before, now: vec![claim], at: article.fetched };
        let changes = consolidate(writing, &arrival, &event::Options::default())?;
        writing.apply(&arrival, &changes)
    };
    store.write_blocking(story).unwrap();
}

fn put(writing: &Writing<'_>, n: u64) -> Result<(), StoreError> {
    let (article, claim) = told(n, Lang::En);
    writing.put_article(&article, &outcome())?;
    let event = event(n, &[&claim]);
    let revised = |event: &Event| Changes {
        revised: vec![Revision {
            event: event.clone(),
            because: Cause::Article(article.id),
            changes: vec![Change {
                field: "headline",
                from: String::new(),
                to: event.headline.clone(),
            }],
            recorded: event.changed,
        }],
        ..Changes::default()
    };
    let arrival = |claim: &Claim, at| Arrival {
        article: claim.article,
        before: vec![],
        now: vec![claim.clone()],
        at,
    };
    writing.apply(&arrival(&claim, article.fetched), &revised(&event))?;
    if n.is_multiple_of(4) {
        let (second, echo) = told(n, Lang::Ar);
        writing.put_article(&second, &outcome())?;
        let touched = vec![self::event(n, &[&claim, &echo])];
        let changes = Changes { touched, ..Changes::default() };
        writing.apply(&arrival(&echo, second.fetched), &changes)?;
    }
    Ok(())
}

fn outcome() -> Outcome {
    Outcome { relevant: true, topics: vec![topic()], rules: "1".to_owned(), ..Outcome::default() }
}

fn topic() -> TopicId {
    TopicId::new("story").unwrap()
}

fn entity(kind: &str, key: &str, name: String, country: Option<&str>) -> Entity {
    Entity {
        id: EntityId::new(format!("{kind}:{key}")),
        name: name.into(),
        country: country.map(EntityId::new),
    }
}

fn event(n: u64, claims: &[&Claim]) -> Event {
    let mention = &claims[0].mention;
    let mut mentions: Vec<_> =
        claims.iter().map(|claim| (claim.article, claim.mention.id)).collect();
    mentions.sort_unstable();
    Event {
        id: EventId::of(&[&n.to_le_bytes()]),
        revision: 1,
        kind: mention.kind,
        status: mention.status,
        when: mention.when.clone(),
        previous: None,
        parties: mention.parties.clone(),
        place: mention.place.clone(),
        themes: mention.themes.clone(),
        topics: vec![topic()],
        headline: format!("Minister Person {n} visits City {}", n % 5000),
        mentions,
        confidence: Confidence::new(80),
        first_seen: claims[0].fetched,
        changed: claims[0].fetched,
    }
}

/// The article number `n` in a language, and its claim.
fn told(n: u64, lang: Lang) -> (Article, Claim) {
    let source = SourceId::new(&format!("source-{}-{}", lang.tag(), n % 200)).unwrap();
    let id = ArticleId::of(&[lang.tag().as_bytes(), &n.to_le_bytes()]);
    let city = n % 5000;
    let (title, sentence) = match lang {
        Lang::Ar => (
            format!("الوزير رقم {n} في المدينة {city}"),
            format!(
                "وصل الوزير رقم {n} إلى المدينة {city} في زيارة رسمية تستغرق يوما واحدا، ووقع هناك اتفاقية."
            ),
        ),
        _ => (
            format!("Minister person{n} in city-{city}"),
            format!(
                "The minister person{n} arrived in city-{city} on an official visit & signed an agreement there on that day."
            ),
        ),
    };
    let first = first_day(n);
    let length = match n % 20 {
        0 => 6,
        1 => 29,
        2 => 360,
        _ => 0,
    };
    let fetched: DateTime<Utc> =
        DateTime::from_timestamp(1_700_000_000 + i64::try_from(n).unwrap(), 0).unwrap();
    let article = Article {
        id,
        source: source.clone(),
        source_name: format!("Source {}", n % 200),
        url: Some(format!("https://example.org/{}/articles/{n}", lang.tag()).parse().unwrap()),
        title,
        text: sentence.clone(),
        lang,
        published: Some(Published::On(first)),
        fetched,
    };
    let country = format!("place:country-{}", city % 40);
    let mention = Mention {
        id: MentionId::of(&[lang.tag().as_bytes(), &n.to_le_bytes()]),
        kind: Kind::ALL[usize::try_from(n % 16).unwrap()],
        status: Status::Held,
        when: Resolved {
            when: Edtf::days(first, first + Days::new(length)).unwrap(),
            precision: Precision::Day,
            basis: Basis::Stated,
            others: Vec::new(),
            conflict: false,
        },
        previous: None,
        parties: vec![
            Party {
                who: entity(
                    "person",
                    &format!("person-{n}"),
                    format!("Person {n}"),
                    Some(&country),
                ),
                role: Role::Visitor,
                at: None,
            },
            Party {
                who: entity(
                    "place",
                    &format!("country-{}", city % 40),
                    format!("Country {}", city % 40),
                    None,
                ),
                role: Role::Host,
                at: None,
            },
        ],
        place: Some(entity(
            "place",
            &format!("city-{city}"),
            format!("City {city}"),
            Some(&country),
        )),
        themes: vec![EntityId::new("theme:trade")],
        evidence: Evidence {
            sentence: Located { field: Field::Text, span: Span::new(0, sentence.len()) },
            trigger: Span::new(0, sentence.find(' ').unwrap()),
            date: None,
        },
        confidence: Confidence::new(80),
        rules: Vec::new(),
    };
    let claim = Claim {
        mention,
        article: id,
        source,
        lang,
        published: Some(first),
        topics: vec![topic()],
        fetched,
    };
    (article, claim)
}
