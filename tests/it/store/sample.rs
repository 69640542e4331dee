//! A database of its own for each test, and articles to fill it with.

use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use dateline::{
    article::{Article, Published},
    calendar::Precision,
    event::{self, Arrival, Changes, Claim, Reported, consolidate},
    mention::Mention,
    model::{
        ArticleId, Basis, Confidence, Entity, EntityId, Evidence, Field, Kind, Located, MentionId,
        Party, Resolved, Role, SourceId, Status, TopicId,
    },
    publish,
    store::{EventQuery, Options, Outcome, Ready, Store, StoreError, Stored, Writing},
    text::{Lang, Span},
};
use tempfile::TempDir;

/// A database in a directory that goes when the test ends.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) store: Store,
    pub(crate) directory: TempDir,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&options(&directory)).unwrap();
        Self { store, directory }
    }

    /// Stores a story as `ingest` does: article, claims, and what they change.
    pub(crate) fn put(&self, story: &Story) -> (Stored, Changes) {
        let story = story.clone();
        self.store.write_blocking(move |writing| put(writing, &story)).unwrap()
    }

    pub(crate) fn list(&self, query: &EventQuery) -> Vec<Reported> {
        self.store.read(|reading| reading.events(query)).unwrap().events
    }

    /// The days of the events that a query finds, in order.
    pub(crate) fn days(&self, query: &EventQuery) -> Vec<String> {
        self.list(query).iter().map(|found| found.event.when.when.to_string()).collect()
    }
}

pub(crate) fn options(directory: &TempDir) -> Options {
    Options {
        path: directory.path().join("state/dateline.db"),
        ready: Some(Ready { version: publish::PIECES, write: publish::pieces }),
        ..Options::default()
    }
}

pub(crate) fn put(writing: &Writing<'_>, story: &Story) -> Result<(Stored, Changes), StoreError> {
    let stored = writing.put_article(&story.article(), &story.outcome())?;
    let id = story.id();
    let before = writing.claims_by(id)?;
    let arrival = Arrival { article: id, before, now: story.claims(), at: story.at };
    let changes = consolidate(writing, &arrival, &event::Options::default())?;
    writing.apply(&arrival, &changes)?;
    Ok((stored, changes))
}

pub(crate) fn at(minutes: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_740_000_000 + minutes * 60, 0).unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An article that tells of one event; most of it is filled in.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) name: String,
    pub(crate) source: &'static str,
    pub(crate) lang: Lang,
    pub(crate) title: String,
    pub(crate) sentence: String,
    pub(crate) date: String,
    pub(crate) kind: Kind,
    pub(crate) status: Status,
    pub(crate) person: String,
    pub(crate) city: &'static str,
    pub(crate) at: DateTime<Utc>,
}

impl Default for Story {
    fn default() -> Self {
        Self {
            name: "one".to_owned(),
            source: "agency",
            lang: Lang::En,
            title: "Minister in Belgrade".to_owned(),
            sentence: "The minister arrived in Belgrade.".to_owned(),
            date: "2025-02-25".to_owned(),
            kind: Kind::Visit,
            status: Status::Held,
            person: "ana-petrov".to_owned(),
            city: "belgrade",
            at: at(0),
        }
    }
}

impl Story {
    /// A story like no other, on a day.
    pub(crate) fn on(name: &str, date: &str) -> Self {
        Self { name: name.to_string(), date: date.to_owned(), ..Self::default() }
    }

    /// A story of a kind on a day, fetched some minutes after the first.
    pub(crate) fn of(name: &str, date: &str, kind: Kind, minutes: i64) -> Self {
        Self { kind, at: at(minutes), ..Self::on(name, date) }
    }

    pub(crate) fn id(&self) -> ArticleId {
        ArticleId::of(&[self.source.as_bytes(), self.name.as_bytes()])
    }

    pub(crate) fn article(&self) -> Article {
        Article {
            id: self.id(),
            source: SourceId::new(self.source).unwrap(),
            source_name: self.source.to_uppercase(),
            url: Some(format!("https://example.org/{}", self.name).parse().unwrap()),
            title: self.title.clone(),
            text: format!("الخبر: {}\nMore.", self.sentence),
            lang: self.lang,
            published: Some(Published::On(day("2025-03-01"))),
            fetched: self.at,
        }
    }

    pub(crate) fn outcome(&self) -> Outcome {
        Outcome {
            relevant: true,
            reason: "names both countries".to_owned(),
            topics: vec![topic()],
            rules: "1".to_owned(),
            fault: None,
        }
    }

    pub(crate) fn claims(&self) -> Vec<Claim> {
        let article = self.article();
        let start = "الخبر: ".len();
        let sentence = Span::new(start, start + self.sentence.len());
        let trigger = self.sentence.chars().next().map_or(0, char::len_utf8);
        let country = Some(EntityId::new("place:serbia"));
        let who = entity("person", &self.person, Some(EntityId::new("place:iran")));
        let when = self.date.parse().unwrap();
        let mention = Mention {
            id: MentionId::of(&[article.id.as_bytes(), self.kind.name().as_bytes()]),
            kind: self.kind,
            status: self.status,
            when: Resolved {
                when,
                precision: precision(&self.date),
                basis: Basis::Stated,
                others: Vec::new(),
                conflict: false,
            },
            previous: None,
            parties: vec![Party { who, role: Role::Visitor, at: None }],
            place: Some(entity("place", self.city, country)),
            themes: vec![EntityId::new("theme:trade")],
            evidence: Evidence {
                sentence: Located { field: Field::Text, span: sentence },
                trigger: Span::new(start, start + trigger),
                date: None,
            },
            confidence: Confidence::new(80),
            rules: Vec::new(),
        };
        vec![Claim {
            mention,
            article: article.id,
            source: article.source,
            lang: self.lang,
            published: Some(day("2025-03-01")),
            topics: vec![topic()],
            fetched: self.at,
        }]
    }
}

fn entity(entity_type: &str, name: &str, country: Option<EntityId>) -> Entity {
    Entity { id: EntityId::new(format!("{entity_type}:{name}")), name: name.into(), country }
}

pub(crate) fn topic() -> TopicId {
    TopicId::new("iran-serbia").unwrap()
}

fn precision(date: &str) -> Precision {
    match date.split('/').next().unwrap().matches('-').count() {
        0 => Precision::Year,
        1 => Precision::Month,
        _ => Precision::Day,
    }
}
