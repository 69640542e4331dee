//! Sweeps over scripted answers: what is stored, what is asked again, and who disturbs whom.

use chrono::{DateTime, TimeDelta, Utc};
use dateline::{
    article::Article,
    calendar::Precision,
    clock::Clock,
    event::{self, Arrival, Cause, Changes, Event, Revision, Topic},
    fetch::{Document, Fetch, FetchError, Fetching, Request, Response, Validators},
    ingest::{Counts, Ingest, Keep, Options, Outcome, Read, Report, Row, Scope},
    mention::{Extraction, Mention},
    model::{
        Basis, Confidence, Entity, EntityId, EventId, Evidence, Field, Kind, Located, MentionId,
        Party, Resolved, Role, SourceId, Status, TopicId,
    },
    source::Source,
    store::{self, EventQuery, SourceState, Store},
    text::{Lang, Span},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use url::Url;

/// Answers as told, and notes what it was asked.
#[derive(Default)]
struct Script {
    answers: Mutex<HashMap<Url, Result<String, FetchError>>>,
    asked: Mutex<Vec<Request>>,
}

impl Script {
    fn say(&self, id: &str, answer: Result<&str, FetchError>) {
        self.answers.lock().unwrap().insert(url(id), answer.map(str::to_owned));
    }
}

impl Fetch for Script {
    fn fetch<'a>(&'a self, request: &'a Request) -> Fetching<'a> {
        self.asked.lock().unwrap().push(request.clone());
        let answer = self.answers.lock().unwrap().get(&request.url).cloned().unwrap();
        let response = answer.map(|body| {
            let validators = Validators {
                etag: Some(format!("\"{}\"", blake3::hash(body.as_bytes()))),
                last_modified: None,
            };
            if request.validators == validators {
                return Response::NotModified { validators };
            }
            Response::Fresh(Document {
                body: body.into_bytes(),
                content_type: None,
                url: request.url.clone(),
                validators,
            })
        });
        Box::pin(std::future::ready(response))
    }
}

/// A clock that is set by hand.
struct Hand(Mutex<DateTime<Utc>>);

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

struct World {
    ingest: Arc<Ingest>,
    script: Arc<Script>,
    clock: Arc<Hand>,
    _folder: TempDir,
}

fn url(id: &str) -> Url {
    format!("https://{id}.example/feed").parse().unwrap()
}

fn source(id: &str) -> Source {
    Source {
        id: SourceId::new(id).unwrap(),
        url: url(id),
        name: id.to_uppercase(),
        lang: Lang::En,
        timezone: None,
        topics: Vec::new(),
        enabled: true,
        reason: None,
    }
}

/// Reads nothing out of an article; breaks on the word "break".
fn read(article: &Article) -> Extraction {
    assert!(!article.text.contains("break"), "a table leg broke");
    Extraction {
        lang: article.lang,
        timexes: Vec::new(),
        vague: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
        names: Vec::new(),
        left: Vec::new(),
    }
}

fn world(sources: Vec<Source>) -> World {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&store::Options {
        path: folder.path().join("t.db"),
        ..store::Options::default()
    })
    .unwrap();
    let script = Arc::new(Script::default());
    let clock = Arc::new(Hand(Mutex::new("2025-03-20T12:00:00Z".parse().unwrap())));
    let seeds = folder.path().join("seeds");
    std::fs::create_dir(&seeds).unwrap();
    let topic = Topic {
        id: TopicId::new("all").unwrap(),
        title: "All".to_owned(),
        all_of: Vec::new(),
        any_of: Vec::new(),
    };
    let ingest = Ingest {
        store,
        fetch: script.clone(),
        clock: clock.clone(),
        read: Box::new(|article, _| read(article)),
        rules: "1".to_owned(),
        topics: vec![topic],
        sources,
        events: event::Options::default(),
        options: Options { seeds: Some(seeds), jitter: Duration::ZERO, ..Options::default() },
    };
    World { ingest: Arc::new(ingest), script, clock, _folder: folder }
}

impl World {
    async fn sweep(&self) -> Report {
        self.ingest.sweep(&Scope::Due, &CancellationToken::new()).await
    }

    fn later(&self, by: TimeDelta) {
        *self.clock.0.lock().unwrap() += by;
    }

    fn state(&self, id: &str) -> SourceState {
        let id = SourceId::new(id).unwrap();
        self.ingest.store.read(|reading| reading.source_state(&id)).unwrap().unwrap_or_default()
    }

    /// What the last request of a source was conditional on.
    fn condition(&self, id: &str) -> Option<String> {
        let asked = self.script.asked.lock().unwrap();
        asked.iter().rev().find(|request| request.url == url(id)).unwrap().validators.etag.clone()
    }
}

fn feed(items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(guid, title, text)| {
            format!("<item><guid isPermaLink=\"false\">{guid}</guid><title>{title}</title><description>{text}</description></item>")
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>t</title><link>https://x.example/</link><description/>{items}</channel></rss>"
    )
}

fn counts(report: &Report, id: &str) -> Counts {
    let came = |row: &&Row| row.id == id && matches!(row.outcome, Outcome::Came(_));
    let row = report.rows.iter().find(came).unwrap();
    let Outcome::Came(counts) = row.outcome else { return Counts::default() };
    counts
}

fn dead(host: &str) -> FetchError {
    FetchError::NoAnswer { host: host.to_owned(), why: "dns error: no such name".to_owned() }
}

#[tokio::test]
async fn the_same_article_is_stored_once_and_an_edited_one_again() {
    let world = world(vec![source("a")]);
    world.script.say("a", Ok(&feed(&[("1", "One", "First."), ("2", "Two", "Second.")])));
    let first = world.sweep().await;
    assert_eq!(
        counts(&first, "a"),
        Counts { articles: 2, new: 2, relevant: 2, ..Counts::default() }
    );

    let again = world.sweep().await;
    assert_eq!(again.rows.last().unwrap().outcome, Outcome::Unchanged);
    assert_eq!(world.condition("a").as_deref(), world.state("a").etag.as_deref());

    world.script.say(
        "a",
        Ok(&feed(&[
            ("1", "One, edited", "First."),
            ("2", "Two", "Second."),
            ("3", "Three", "Third."),
        ])),
    );
    let edited = world.sweep().await;
    assert_eq!(
        counts(&edited, "a"),
        Counts { articles: 3, new: 1, edited: 1, relevant: 2, ..Counts::default() }
    );
}

#[tokio::test]
async fn an_article_is_known_by_its_guid_and_by_its_link() {
    let world = world(vec![source("a")]);
    let item = |guid: &str, link: &str, title: &str| {
        let guid = if guid.is_empty() {
            String::new()
        } else {
            format!("<guid isPermaLink=\"false\">{guid}</guid>")
        };
        format!(
            "<item>{guid}<link>https://a.example/{link}</link><title>{title}</title><description>Text.</description></item>"
        )
    };
    let stored = |counts: Counts| (counts.new, counts.edited);
    for (items, expected, why) in [
        (item("g1", "1", "One"), (1, 0), "it is new"),
        (item("g2", "1", "One"), (0, 0), "the guid changed, the link did not"),
        (
            item("g1", "1-edited", "One, edited"),
            (0, 1),
            "the headline and the link changed, the guid did not",
        ),
        (item("g3", "1-edited", "One, edited"), (0, 0), "known by its new link too"),
        (item("", "2", "Two"), (1, 0), "without a guid"),
        (item("g4", "2?utm_source=x", "Two"), (0, 0), "the source learnt to give guids"),
        (
            item("g5", "live", "Five") + &item("g6", "live", "Six"),
            (2, 0),
            "one link for two articles tells nothing",
        ),
        (item("g7", "live", "Seven") + &item("g8", "live", "Eight"), (2, 0), "nor does it later"),
    ] {
        world.script.say("a", Ok(&feed(&[]).replace("</channel>", &format!("{items}</channel>"))));
        let report = world.sweep().await;
        assert_eq!(stored(counts(&report, "a")), expected, "{why}");
    }
}

#[tokio::test]
async fn a_failing_source_disturbs_no_other_and_is_asked_less_often() {
    let world = world(vec![source("dead"), source("page"), source("well")]);
    world.script.say("dead", Err(dead("dead.example")));
    world.script.say("page", Ok("<html><body>Robot?</body></html>"));
    world.script.say("well", Ok(&feed(&[("1", "One", "First.")])));
    let report = world.sweep().await;
    assert_eq!(counts(&report, "well").new, 1);
    assert_eq!(
        report.failures().collect::<Vec<_>>(),
        [
            "dead: no answer from dead.example: dns error: no such name; will try again",
            "page: what stands at https://page.example/feed is not a feed but a web page; check the address; will try again",
        ]
    );
    assert_eq!(world.state("dead").failures, 1);
    assert_eq!(
        world.state("dead").last_error.as_deref(),
        Some("no answer from dead.example: dns error: no such name")
    );

    world.later(TimeDelta::minutes(1));
    let soon = world.sweep().await;
    assert!(matches!(soon.rows.get(1).unwrap().outcome, Outcome::NotDue { .. }), "{soon}");

    world.later(TimeDelta::minutes(5));
    world.script.say("dead", Ok(&feed(&[("9", "Alive", "Again.")])));
    let alive = world.sweep().await;
    assert_eq!(counts(&alive, "dead").new, 1);
    let state = world.state("dead");
    assert_eq!((state.failures, state.next_check), (0, None));
    assert_eq!(
        state.last_error.as_deref(),
        Some("no answer from dead.example: dns error: no such name"),
        "kept to be seen"
    );
    assert_eq!(world.state("page").failures, 2);
}

#[tokio::test]
async fn an_article_that_breaks_the_reader_costs_itself_and_only_once() {
    let world = world(vec![source("a")]);
    world.script.say(
        "a",
        Ok(&feed(&[
            ("1", "One", "First."),
            ("2", "Two", "This will break it."),
            ("3", "Three", "Third."),
        ])),
    );
    let report = world.sweep().await;
    assert_eq!(
        counts(&report, "a"),
        Counts { articles: 3, new: 3, relevant: 2, unreadable: 1, ..Counts::default() }
    );
    world
        .script
        .say("a", Ok(&feed(&[("2", "Two", "This will break it."), ("4", "Four", "Fourth.")])));
    let report = world.sweep().await;
    assert_eq!(
        counts(&report, "a"),
        Counts { articles: 2, new: 1, relevant: 1, ..Counts::default() }
    );
}

/// What waits for a commit stands in memory.
#[tokio::test]
async fn long_articles_do_not_wait_for_many_others() {
    let mut world = world(vec![source("a")]);
    let store = world.ingest.store.clone();
    let stored = Arc::new(Mutex::new(0));
    let most = Arc::clone(&stored);
    Arc::get_mut(&mut world.ingest).unwrap().read = Box::new(move |article, _| {
        *most.lock().unwrap() = store.read(|reading| reading.stats()).unwrap().articles;
        read(article)
    });
    let text = "long ".repeat(Article::MAX_TEXT / 5);
    let guids: Vec<String> = (0..40).map(|n| n.to_string()).collect();
    let items: Vec<_> = guids.iter().map(|guid| (guid.as_str(), "Long", text.as_str())).collect();
    world.script.say("a", Ok(&feed(&items)));
    assert_eq!(counts(&world.sweep().await, "a").new, 40);
    assert!(*stored.lock().unwrap() > 0, "all ten megabytes waited for the last of them");
}

#[tokio::test]
async fn once_a_day_a_source_is_asked_without_conditions() {
    let world = world(vec![source("a")]);
    world.script.say("a", Ok(&feed(&[("1", "One", "First.")])));
    world.sweep().await;
    assert_eq!(world.condition("a"), None);
    world.later(TimeDelta::minutes(15));
    world.sweep().await;
    assert!(world.condition("a").is_some());
    world.later(TimeDelta::days(1));
    let report = world.sweep().await;
    assert_eq!(world.condition("a"), None);
    assert_eq!(
        report.rows.last().unwrap().outcome,
        Outcome::Unchanged,
        "the same bytes need no reading"
    );
}

#[tokio::test]
async fn seeds_take_the_same_path_as_feeds() {
    let world = world(vec![source("list")]);
    let folder = world.ingest.options.seeds.clone().unwrap();
    std::fs::write(folder.join("a.txt"), "First.").unwrap();
    let entry = "[[seed]]\nfile = \"a.txt\"\nlang = \"en\"\nsource = \"List\"\nurl = \"https://list.example/1\"\ntitle = \"One\"\n";
    std::fs::write(folder.join("seeds.toml"), entry).unwrap();
    let item = "<item><link>http://www.list.example/1?utm_source=rss</link><title>One</title><description>First.</description></item>";
    world.script.say("list", Ok(&feed(&[]).replace("</channel>", &format!("{item}</channel>"))));
    let report = world.sweep().await;
    assert_eq!(counts(&report, "seeds").new, 1);
    assert_eq!(
        counts(&report, "list"),
        Counts { articles: 1, ..Counts::default() },
        "the seed is this article"
    );

    std::fs::write(folder.join("seeds.toml"), entry.replace("a.txt", "b.txt")).unwrap();
    let report = world.sweep().await;
    let failures: Vec<String> = report.failures().collect();
    assert!(
        failures
            .iter()
            .any(|line| line.starts_with("seeds: cannot read `") && line.contains("b.txt`")),
        "{failures:?}"
    );
}

#[tokio::test]
async fn a_source_that_is_off_is_asked_only_by_name() {
    let off = Source { enabled: false, reason: Some("dead".to_owned()), ..source("off") };
    let world = world(vec![source("on"), off]);
    for id in ["on", "off"] {
        world.script.say(id, Ok(&feed(&[("1", "One", "First.")])));
    }
    let report = world.sweep().await;
    assert_eq!(
        report.rows.last().unwrap().outcome,
        Outcome::Disabled { reason: Some("dead".to_owned()) }
    );
    let only = Scope::Only(SourceId::new("off").unwrap());
    let report = world.ingest.sweep(&only, &CancellationToken::new()).await;
    assert_eq!((report.rows.len(), counts(&report, "off").new), (1, 1));
}

#[tokio::test]
async fn a_sweep_that_is_told_to_end_forgets_nothing() {
    let world = world(vec![source("a")]);
    world.script.say("a", Ok(&feed(&[("1", "One", "First.")])));
    let stop = CancellationToken::new();
    stop.cancel();
    let report = world.ingest.sweep(&Scope::Due, &stop).await;
    assert!(report.cut_short);
    assert_eq!(
        world.state("a"),
        SourceState::default(),
        "a source is done when all its articles are stored"
    );
    assert_eq!(counts(&world.sweep().await, "a").new, 1);
}

#[tokio::test]
async fn what_was_read_with_other_rules_is_read_again() {
    let mut world = world(vec![source("a")]);
    world.script.say("a", Ok(&feed(&[("1", "One", "First."), ("2", "Two", "Second.")])));
    world.sweep().await;
    let stop = CancellationToken::new();
    let again = async |world: &World, keep, stop: &CancellationToken| {
        world.ingest.read_again(keep, stop).await.unwrap()
    };
    assert_eq!(again(&world, Keep::Changes, &stop).await.counts, Counts::default());
    Arc::get_mut(&mut world.ingest).unwrap().rules = "2".to_owned();
    let stopped = CancellationToken::new();
    stopped.cancel();
    assert!(again(&world, Keep::Changes, &stopped).await.cut_short);
    for keep in [Keep::Nothing, Keep::Changes] {
        let counts = again(&world, keep, &stop).await.counts;
        assert_eq!((counts.articles, counts.new, counts.edited), (2, 0, 2), "{keep:?}");
    }
    assert_eq!(again(&world, Keep::Changes, &stop).await.counts, Counts::default());
}

/// A reader that finds a meeting of `person` on a day, told by a trigger at byte `at`.
fn meeting(person: &'static str, day: &'static str, at: usize) -> Read {
    Box::new(move |article, _| {
        let who = Entity { id: EntityId::new(person), name: person.into(), country: None };
        let span = Span::new(at, at + 1);
        let mention = Mention {
            id: MentionId::of(&[article.id.as_bytes(), &at.to_le_bytes()]),
            kind: Kind::Meeting,
            status: Status::Held,
            when: Resolved {
                when: day.parse().unwrap(),
                precision: Precision::Day,
                basis: Basis::Stated,
                others: Vec::new(),
                conflict: false,
            },
            previous: None,
            parties: vec![Party { who, role: Role::Participant, at: None }],
            place: None,
            themes: Vec::new(),
            evidence: Evidence {
                sentence: Located { field: Field::Text, span: Span::new(0, 5) },
                trigger: span,
                date: None,
            },
            confidence: Confidence::new(80),
            rules: Vec::new(),
        };
        Extraction { mentions: vec![mention], ..read(article) }
    })
}

/// A world in which two articles of a source tell one meeting.
async fn two_articles_of_one_meeting() -> World {
    let mut world = world(vec![source("a")]);
    Arc::get_mut(&mut world.ingest).unwrap().read = meeting("person:ana", "2025-02-25", 0);
    world
        .script
        .say("a", Ok(&feed(&[("1", "One", "First words."), ("2", "Two", "Second words.")])));
    world.sweep().await;
    world
}

#[tokio::test]
async fn a_rehearsal_tells_what_would_change_and_changes_nothing() {
    let mut world = two_articles_of_one_meeting().await;
    let listed = |world: &World| {
        let query = EventQuery::default();
        world.ingest.store.read(|reading| reading.events(&query)).unwrap()
    };
    let before = listed(&world);
    assert_eq!(before.events.len(), 1);
    // Another rule finds the claims elsewhere in the text, and another day.
    world.later(TimeDelta::minutes(1));
    let ingest = Arc::get_mut(&mut world.ingest).unwrap();
    ingest.read = meeting("person:ana", "2025-02-26", 3);
    ingest.rules = "2".to_owned();
    let stop = CancellationToken::new();
    let rehearsed = world.ingest.read_again(Keep::Nothing, &stop).await.unwrap();
    let id = before.events[0].event.id;
    let told = rehearsed.differences.to_string();
    assert!(told.contains(&format!("changed    {id}")), "{told}");
    assert!(told.contains("date `2025-02-25` to `2025-02-26`"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert_eq!(listed(&world), before);
    let done = world.ingest.read_again(Keep::Changes, &stop).await.unwrap();
    assert_eq!(done, rehearsed);
    assert_eq!((done.differences.lost(), done.differences.before), (0, 1));
    let after = listed(&world);
    assert_eq!(after.events[0].event.id, id);
    assert_eq!(after.events[0].event.when.when.to_string(), "2025-02-26");
}

#[tokio::test]
async fn other_rules_of_joining_put_events_together_anew() {
    let mut world = two_articles_of_one_meeting().await;
    // As an older dateline may have left it: two events where today's rules see one.
    let query = EventQuery::default();
    let found = world.ingest.store.read(|reading| reading.events(&query)).unwrap().events;
    let event = found[0].event.clone();
    let (article, _) = event.mentions[0];
    let second = Event {
        id: EventId::of(&[b"second"]),
        revision: 1,
        mentions: event.mentions[1..].to_vec(),
        ..event.clone()
    };
    let at = second.changed;
    let revision = Revision {
        event: second.clone(),
        because: Cause::Article(article),
        changes: Vec::new(),
        recorded: at,
    };
    let first = Event { mentions: event.mentions[..1].to_vec(), ..event };
    let changes = Changes { touched: vec![first], revised: vec![revision], ..Changes::default() };
    world
        .ingest
        .store
        .write_blocking(move |writing| {
            let now = writing.claims_by(article)?;
            writing.apply(&Arrival { article, before: Vec::new(), now, at }, &changes)
        })
        .unwrap();
    let count = |world: &World| {
        world.ingest.store.read(|reading| reading.events(&query)).unwrap().events.len()
    };
    assert_eq!(count(&world), 2);
    Arc::get_mut(&mut world.ingest).unwrap().rules = "2".to_owned();
    let stop = CancellationToken::new();
    let again = world.ingest.read_again(Keep::Changes, &stop).await.unwrap();
    assert_eq!(count(&world), 1, "the claims are the same, the events are not");
    assert_eq!(again.differences.lost(), 1);
}

#[tokio::test]
async fn what_a_source_repeats_is_kept_and_stands_in_when_what_it_repeats_goes() {
    let mut world = world(vec![source("a"), source("b")]);
    let told = meeting("person:ana", "2025-02-25", 0);
    Arc::get_mut(&mut world.ingest).unwrap().read = Box::new(move |article, wanted| {
        if article.text.contains("silent") { read(article) } else { told(article, wanted) }
    });
    let items = |silent: &[usize]| {
        let texts: Vec<(String, String)> = (0..9)
            .map(|n| {
                let word = if silent.contains(&n) { "silent" } else { "told" };
                (n.to_string(), format!("Words number {n}, {word}."))
            })
            .collect();
        let items: Vec<(&str, &str, &str)> =
            texts.iter().map(|(n, text)| (n.as_str(), n.as_str(), text.as_str())).collect();
        feed(&items)
    };
    world.script.say("a", Ok(&items(&[])));
    world.script.say("b", Ok(&feed(&[("1", "Of b", "Told by b.")])));
    world.sweep().await;
    let query = EventQuery::default();
    let shown = |world: &World| {
        let events = world.ingest.store.read(|reading| reading.events(&query)).unwrap().events;
        assert_eq!(events.len(), 1);
        let mut titles: Vec<String> =
            events[0].reports.iter().map(|report| report.title.clone()).collect();
        titles.sort();
        (events[0].event.id, titles)
    };
    let (id, titles) = shown(&world);
    // Three of the first source, the oldest, and the one of the other.
    assert_eq!(titles, ["6", "7", "8", "Of b"]);
    let articles = world.ingest.store.read(|reading| {
        reading
            .articles_not_read_with("none", None, 100)?
            .into_iter()
            .map(|id| reading.article(id))
            .collect::<Result<Vec<_>, _>>()
    });
    let articles: Vec<_> = articles.unwrap().into_iter().flatten().collect();
    assert_eq!(articles.len(), 10);
    assert!(articles.iter().all(|article| article.events == [id]), "each belongs to its event");

    let dump = |store: &Store| {
        let mut out = Vec::new();
        store.read(|reading| reading.dump(&mut out, store::Instants::With)).unwrap();
        out
    };
    let dumped = dump(&world.ingest.store);
    let other = tempfile::tempdir().unwrap();
    let path = other.path().join("t.db");
    let loaded = Store::open(&store::Options { path, ..store::Options::default() }).unwrap();
    let (bytes, at) = (dumped.clone(), world.ingest.clock.now());
    loaded.write_blocking(move |writing| writing.load(bytes.as_slice(), at)).unwrap();
    assert_eq!(dump(&loaded), dumped);

    // The three are edited and tell it no longer: three that repeated them do.
    world.later(TimeDelta::hours(1));
    world.script.say("a", Ok(&items(&[6, 7, 8])));
    world.sweep().await;
    let (still, titles) = shown(&world);
    assert_eq!((still, titles.len()), (id, 4), "{titles:?}");
    assert!(!titles.iter().any(|title| ["6", "7", "8"].contains(&title.as_str())), "{titles:?}");
}
