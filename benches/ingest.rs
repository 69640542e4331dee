//! What an article costs to take in, from the bytes of its feed to stored events, as the database grows.
//!
//! `cargo bench --bench ingest`; sizes by `DATELINE_BENCH_ARTICLES=1000,10000,100000`. CPU time of the whole
//! process, reading feeds from disk included, making them not; the share of finding events in the texts is told
//! apart. Linux only: it reads /proc.
//!
//! The line after the table is what tells how the cost grows: there the same articles go into two databases in turn.
//! A second table tells what one more article costs where all tell one event; `DATELINE_BENCH_HOT=0` leaves
//! it out, another number is how many thousands of articles tell it. A third tells how many ids stay when
//! thousands of articles (`DATELINE_BENCH_AGAIN`) are read again with other rules.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench panics to fail, and prints what it found"
)]

mod articles;

use articles::Tongue;
use chrono::{DateTime, Utc};
use dateline::{
    article::Article,
    calendar::Precision,
    clock::FixedClock,
    event::{self, Topic},
    fetch::{Document, Fetch, Fetching, Request, Response, Validators},
    ingest::{Ingest, Keep, Options, Read, Scope, Wanted},
    lexicon::Lexicons,
    mention::{self, Extraction, Mention},
    model::{
        Basis, Confidence, Entity, EntityId, Evidence, Field, Kind, Located, MentionId, Party,
        Resolved, Role, SourceId, Status, TopicId,
    },
    source::{Source, feed},
    store::{self, Store},
    text::{Lang, Span},
};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tokio_util::sync::CancellationToken;

/// Articles a sweep brings.
const SWEEP: u64 = 1000;

/// Sources that bring them.
const SOURCES: u64 = 20;

/// Of so many articles one has its extraction timed: to ask for the time costs a tenth of it.
const TIMED: u64 = 8;

/// Sweeps over which the cost at a size is measured.
const MEASURED: u64 = 5;

/// How often the same articles are put into a small and the grown database: a machine's pace varies by a quarter.
const TURNS: u64 = 4;

fn main() {
    let sizes =
        std::env::var("DATELINE_BENCH_ARTICLES").unwrap_or_else(|_| "1000,10000".to_owned());
    let mut sizes: Vec<u64> = sizes.split(',').map(|size| size.parse().unwrap()).collect();
    sizes.sort_unstable();
    stages();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(growth(&sizes));
    let hot = std::env::var("DATELINE_BENCH_HOT").map_or(3, |hot| hot.parse().unwrap());
    runtime.block_on(one_event(hot));
    let again = std::env::var("DATELINE_BENCH_AGAIN").map_or(1, |again| again.parse().unwrap());
    runtime.block_on(other_rules(again));
}

/// How many ids stay when all articles are read again with rules by which every mention has another key, one
/// of twenty no place, and one of twenty an approximate date. Where these rules see fewer events, some ids have
/// to end: how many they see is told by a database that has known no others.
async fn other_rules(thousands: u64) {
    if thousands == 0 {
        return;
    }
    let lexicons = Arc::new(Lexicons::embedded().unwrap());
    let first = Arc::clone(&lexicons);
    let house = House::new(Box::new(move |article: &Article, wanted: Wanted<'_>| {
        mention::extract_if(article, article.anchor(), &first, wanted)
    }));
    let read = move |article: &Article, wanted: Wanted<'_>| {
        let mut extraction = mention::extract_if(article, article.anchor(), &lexicons, wanted);
        for mention in &mut extraction.mentions {
            mention.id = MentionId::of(&[b"other rules", mention.id.as_bytes()]);
            match mention.id.as_bytes()[0] % 20 {
                0 => mention.place = None,
                1 => {
                    let about = format!("{}~", mention.when.when);
                    mention.when.when = about.parse().unwrap_or(mention.when.when);
                }
                _ => {}
            }
        }
        extraction
    };
    let fresh = House::new(Box::new(read.clone()));
    for sweep in 0..thousands {
        house.sweep(sweep).await;
        fresh.sweep(sweep).await;
    }
    let seen = fresh.ingest.store.read(|reading| reading.stats()).unwrap().events;
    let (store, folder) = (house.ingest.store.clone(), house.folder);
    let other = ingest(store, folder.path(), "other", Box::new(read));
    let before = cpu();
    let again = Arc::new(other).read_again(Keep::Changes, &CancellationToken::new()).await.unwrap();
    let (spent, of) = (cpu() - before, again.differences.before);
    let lost = again.differences.lost() as u64;
    println!(
        "other rules over {} articles: {} of {of} ids stay ({:.2} %), {} new, {} changed; these rules alone see {seen} events; {} us CPU an article",
        again.counts.articles,
        of - lost,
        (of - lost) as f64 * 100.0 / of as f64,
        again.differences.new_events(),
        again.differences.changed(),
        spent / (thousands * SWEEP),
    );
    let told = again.differences.to_string();
    for line in told.lines().filter(|line| !line.starts_with("changed")) {
        println!("  {line}");
    }
}

/// The cost of an article when all tell one event, in two wordings, and nothing is extracted.
async fn one_event(thousands: u64) {
    let house = House::new(Box::new(|article: &Article, _| {
        let n = article.title.len()
            + article.id.as_bytes().iter().map(|b| usize::from(*b)).sum::<usize>();
        let names = ["person:ana", "person:ben", "person:eva"];
        let party = |key: &str| Party {
            who: Entity {
                id: EntityId::new(key),
                name: key.into(),
                country: Some(EntityId::new(if key == "person:ana" {
                    "place:iran"
                } else {
                    "place:serbia"
                })),
            },
            role: Role::Participant,
            at: None,
        };
        let span = Span::new(0, 4);
        let mention = Mention {
            id: MentionId::of(&[article.id.as_bytes()]),
            kind: Kind::Meeting,
            status: Status::Held,
            when: Resolved {
                when: "2025-02-25".parse().unwrap(),
                precision: Precision::Day,
                basis: Basis::Stated,
                others: Vec::new(),
                conflict: false,
            },
            previous: None,
            parties: names[..2 + n % 2].iter().map(|key| party(key)).collect(),
            place: None,
            themes: Vec::new(),
            evidence: Evidence {
                sentence: Located { field: Field::Title, span },
                trigger: span,
                date: None,
            },
            confidence: Confidence::new(80),
            rules: Vec::new(),
        };
        Extraction {
            lang: article.lang,
            timexes: Vec::new(),
            mentions: vec![mention],
            entities: ["place:iran", "place:serbia"].map(EntityId::new).to_vec(),
            names: Vec::new(),
            left: Vec::new(),
            vague: Vec::new(),
        }
    }));
    for sweep in 0..thousands {
        let spent = house.sweep(sweep).await;
        let stats = house.ingest.store.read(|reading| reading.stats()).unwrap();
        println!(
            "one event of {:>6} articles: {:>8} us CPU an article; {} events",
            (sweep + 1) * SWEEP,
            spent / SWEEP,
            stats.events
        );
    }
}

/// The cost of an article at each size: parse, extract, consolidate and store.
async fn growth(sizes: &[u64]) {
    println!(
        "{:>9}  {:>12}  {:>9}  {:>10}  {:>12}  {:>6}  {:>8}  {:>9}  {:>8}",
        "stored",
        "us CPU each",
        "per CPU s",
        "us extract",
        "us all else",
        "ratio",
        "events",
        "VmHWM MiB",
        "disk MiB"
    );
    let clock = Clock::default();
    let house = clock.house();
    let mut sweep = 0;
    let mut first = None;
    for size in sizes {
        while sweep * SWEEP < *size {
            house.sweep(sweep).await;
            sweep += 1;
        }
        let mut cost = Cost::default();
        for _ in 0..MEASURED {
            cost.add(&clock, &house, sweep).await;
            sweep += 1;
        }
        let (each, extract, rest) = (cost.each(), cost.extract(), cost.rest());
        let ratio = rest / *first.get_or_insert(rest);
        let stats = house.ingest.store.read(|reading| reading.stats()).unwrap();
        assert_eq!(stats.articles, sweep * SWEEP);
        let disk = std::fs::metadata(house.ingest.store.path()).unwrap().len() >> 20;
        println!(
            "{size:>9}  {each:>12.0}  {:>9.0}  {extract:>10.0}  {rest:>12.0}  {ratio:>6.2}  {:>8}  {:>9}  {disk:>8}",
            1e6 / each,
            stats.events,
            peak() >> 10,
        );
    }
    in_turn(&clock, &house, sweep).await;
}

/// The same articles into the database that has grown and into one that has only the thousand before them, sweep by
/// sweep in turn: a machine that is slower for a while is so for both. [`TURNS`] times, with a new small database
/// each time.
async fn in_turn(clock: &Clock, grown: &House, mut sweep: u64) {
    let (stored, mut costs) = (sweep * SWEEP, [Cost::default(), Cost::default()]);
    for _ in 0..TURNS {
        let small = clock.house();
        small.sweep(sweep - 1).await;
        for _ in 0..MEASURED {
            for (house, cost) in [&small, grown].into_iter().zip(&mut costs) {
                cost.add(clock, house, sweep).await;
            }
            sweep += 1;
        }
    }
    let [before, after] = costs;
    println!(
        "the same articles in turn, {SWEEP} and {stored} stored: {:.0} and {:.0} us CPU each, ratio {:.2}; all but extracting {:.0} and {:.0}, ratio {:.2}",
        before.each(),
        after.each(),
        after.each() / before.each(),
        before.rest(),
        after.rest(),
        after.rest() / before.rest(),
    );
}

/// Tells the time of extracting apart.
#[derive(Clone, Default)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    /// A database that extracts under this clock.
    fn house(&self) -> House {
        let lexicons = Lexicons::embedded().unwrap();
        let (clock, count) = (Arc::clone(&self.0), AtomicU64::new(0));
        House::new(Box::new(move |article: &Article, wanted: Wanted<'_>| {
            let read = || mention::extract_if(article, article.anchor(), &lexicons, wanted);
            if count.fetch_add(1, Ordering::Relaxed) % TIMED != 0 {
                return read();
            }
            let before = thread_cpu();
            let extraction = read();
            clock.fetch_add(thread_cpu() - before, Ordering::Relaxed);
            extraction
        }))
    }
}

/// CPU time of sweeps, in microseconds.
#[derive(Clone, Copy, Default)]
struct Cost {
    sweeps: u64,
    spent: u64,
    extracting: f64,
}

impl Cost {
    /// Adds a sweep.
    async fn add(&mut self, clock: &Clock, house: &House, sweep: u64) {
        let before = clock.0.load(Ordering::Relaxed);
        self.spent += house.sweep(sweep).await;
        let extracted = (clock.0.load(Ordering::Relaxed) - before) * TIMED;
        self.extracting += extracted as f64 / 1000.0;
        self.sweeps += 1;
    }

    /// What one article cost.
    fn each(self) -> f64 {
        self.spent as f64 / (self.sweeps * SWEEP) as f64
    }

    /// What extracting from one article cost.
    fn extract(self) -> f64 {
        self.extracting / (self.sweeps * SWEEP) as f64
    }

    /// What all but extracting cost.
    fn rest(self) -> f64 {
        self.each() - self.extract()
    }
}

/// What the stages before the store cost, one after the other on one thread.
fn stages() {
    let lexicons = Lexicons::embedded().unwrap();
    let (mut parse, mut extract, mut bytes, mut mentions) = (0.0, 0.0, 0, 0);
    for source in 0..SOURCES {
        let body = articles::feed(&numbers(0, source), source);
        let described = self::source(source);
        let document = feed::Document {
            body: body.as_bytes(),
            content_type: None,
            url: &described.url,
            fetched: now(),
        };
        let start = Instant::now();
        let feed = feed::read(document, &described).unwrap();
        parse += start.elapsed().as_secs_f64();
        let start = Instant::now();
        for item in &feed.articles {
            let extraction = mention::extract(&item.article, item.article.anchor(), &lexicons);
            mentions += extraction.mentions.len();
            bytes += item.article.text.len();
        }
        extract += start.elapsed().as_secs_f64();
    }
    let each = 1e6 / SWEEP as f64;
    println!(
        "stages, wall, one thread: parse {:.0} us, extract {:.0} us an article; {} bytes and {:.2} mentions each",
        parse * each,
        extract * each,
        bytes as u64 / SWEEP,
        mentions as f64 / SWEEP as f64
    );
}

/// The articles that a source brings in a sweep.
fn numbers(sweep: u64, source: u64) -> Vec<u64> {
    (sweep * SWEEP..(sweep + 1) * SWEEP).filter(|n| n % SOURCES == source).collect()
}

fn source(n: u64) -> Source {
    Source {
        id: SourceId::new(&format!("source-{n}")).unwrap(),
        url: format!("https://s{n}.example/feed").parse().unwrap(),
        name: format!("Source {n}"),
        lang: Lang::from_tag(Tongue::of_source(n).tag()).unwrap(),
        timezone: None,
        topics: Vec::new(),
        enabled: true,
        reason: None,
    }
}

fn now() -> DateTime<Utc> {
    "2046-01-01T00:00:00Z".parse().unwrap()
}

/// Answers from files.
struct Disk(PathBuf);

impl Fetch for Disk {
    fn fetch<'a>(&'a self, request: &'a Request) -> Fetching<'a> {
        let host = request.url.host_str().unwrap();
        let body = std::fs::read(self.0.join(host)).unwrap();
        let document = Document {
            body,
            content_type: None,
            url: request.url.clone(),
            validators: Validators::default(),
        };
        Box::pin(std::future::ready(Ok(Response::Fresh(document))))
    }
}

fn ingest(store: Store, folder: &Path, rules: &str, read: Read) -> Ingest {
    Ingest {
        store,
        fetch: Arc::new(Disk(folder.to_owned())),
        clock: Arc::new(FixedClock(now())),
        read,
        rules: rules.to_owned(),
        topics: vec![Topic {
            id: TopicId::new("iran-serbia").unwrap(),
            title: "Iran and Serbia".to_owned(),
            all_of: ["place:iran", "place:serbia"].map(EntityId::new).to_vec(),
            any_of: Vec::new(),
        }],
        sources: (0..SOURCES).map(source).collect(),
        events: event::Options::default(),
        options: Options { seeds: None, ..Options::default() },
    }
}

struct House {
    ingest: Arc<Ingest>,
    folder: tempfile::TempDir,
}

impl House {
    fn new(read: Read) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bench.db");
        let store = Store::open(&store::Options { path, ..store::Options::default() }).unwrap();
        Self { ingest: Arc::new(ingest(store, folder.path(), "bench", read)), folder }
    }

    /// One sweep; answers the CPU time it took, in microseconds.
    async fn sweep(&self, n: u64) -> u64 {
        for source in 0..SOURCES {
            let feed = articles::feed(&numbers(n, source), source);
            std::fs::write(self.folder.path().join(format!("s{source}.example")), feed).unwrap();
        }
        let before = cpu();
        let report = self.ingest.sweep(&Scope::All, &CancellationToken::new()).await;
        let spent = cpu() - before;
        assert_eq!(report.total().new as u64, SWEEP, "{report}");
        spent
    }
}

/// CPU time of this process so far, of all its threads, in microseconds; to 10 ms.
fn cpu() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    (fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()) * 10_000
}

/// CPU time of this thread so far, in nanoseconds.
fn thread_cpu() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse().unwrap()
}

/// The most memory this process had resident, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
