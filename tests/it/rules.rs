//! Ids over restarts, over what is delivered again, and over a change of the rules.

use chrono::{DateTime, NaiveDate, Utc};
use dateline::{
    article::Article,
    clock::FixedClock,
    event::{self, Topic},
    fetch::{Document, Fetch, Fetching, Request, Response, Validators},
    ingest::{Ingest, Keep, Options, Scope, Wanted},
    lexicon::Lexicons,
    mention::{self, Extraction},
    model::{Confidence, EntityId, Kind, MentionId, SourceId, TopicId},
    source::Source,
    store::{self, Instants, Store},
    text::Lang,
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Arc, Mutex, OnceLock},
};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

const LANGS: [Lang; 4] = Lang::ALL;

#[derive(Deserialize)]
struct Annotated {
    id: String,
    lang: String,
    published: Option<String>,
    title: String,
    text: String,
}

/// The annotated articles of tests/gold as items of feeds, by language.
fn items() -> BTreeMap<&'static str, Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let files = ["articles-learn.en-sr", "articles-learn.ar-fa", "articles-more.ar"];
    let mut items: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for file in files {
        for line in fs::read_to_string(folder.join(format!("{file}.jsonl"))).unwrap().lines() {
            let article: Annotated = serde_json::from_str(line).unwrap();
            let lang = Lang::from_tag(&article.lang).unwrap().tag();
            let escaped = |text: &str| {
                text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "&lt;br&gt;")
            };
            let date = article
                .published
                .map_or_else(String::new, |date| format!("<pubDate>{date}</pubDate>"));
            items.entry(lang).or_default().push(format!(
                "<item><title>{}</title><guid isPermaLink=\"false\">{}</guid>{date}<description>{}</description></item>",
                escaped(&article.title), article.id, escaped(&article.text),
            ));
        }
    }
    items
}

/// Answers with the feed that was set last.
#[derive(Default)]
struct Feeds(Mutex<BTreeMap<String, String>>);

impl Fetch for Feeds {
    fn fetch<'a>(&'a self, request: &'a Request) -> Fetching<'a> {
        let feeds = self.0.lock().unwrap();
        let items = feeds.get(request.url.host_str().unwrap()).cloned().unwrap_or_default();
        let body = format!("<rss version=\"2.0\"><channel><title>S</title>{items}</channel></rss>");
        Box::pin(std::future::ready(Ok(Response::Fresh(Document {
            body: body.into_bytes(),
            content_type: None,
            url: request.url.clone(),
            validators: Validators::default(),
        }))))
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn lexicons() -> &'static Lexicons {
    static LEXICONS: OnceLock<Lexicons> = OnceLock::new();
    LEXICONS.get_or_init(|| Lexicons::embedded().unwrap())
}

fn read(article: &Article, wanted: Wanted<'_>) -> Extraction {
    mention::extract_if(article, article.anchor(), lexicons(), wanted)
}

/// Opens the database in `folder`, as a start of the program does.
fn start(
    folder: &TempDir,
    feeds: &Arc<Feeds>,
    rules: &str,
    read: fn(&Article, Wanted<'_>) -> Extraction,
) -> Arc<Ingest> {
    let path = folder.path().join("dateline.db");
    let source = |lang: &Lang| Source {
        id: SourceId::new(lang.tag()).unwrap(),
        url: format!("https://{}.example/feed", lang.tag()).parse().unwrap(),
        name: lang.tag().to_owned(),
        lang: *lang,
        timezone: None,
        topics: Vec::new(),
        enabled: true,
        reason: None,
    };
    Arc::new(Ingest {
        store: Store::open(&store::Options { path, ..store::Options::default() }).unwrap(),
        fetch: Arc::clone(feeds) as Arc<dyn Fetch>,
        clock: Arc::new(FixedClock(now())),
        read: Box::new(read),
        rules: rules.to_owned(),
        topics: vec![Topic {
            id: TopicId::new("iran-serbia").unwrap(),
            title: "Iran and Serbia".to_owned(),
            all_of: ["place:iran", "place:serbia"].map(EntityId::new).to_vec(),
            any_of: Vec::new(),
        }],
        sources: LANGS.iter().map(source).collect(),
        events: event::Options::default(),
        options: Options { seeds: None, ..Options::default() },
    })
}

/// Delivers items `from..to` of each feed.
fn deliver(feeds: &Feeds, items: &BTreeMap<&'static str, Vec<String>>, from: usize, to: usize) {
    let mut set = feeds.0.lock().unwrap();
    for (lang, items) in items {
        // Feeds list the youngest first.
        let shown: Vec<&str> = items.iter().take(to).skip(from).rev().map(String::as_str).collect();
        set.insert(format!("{lang}.example"), shown.concat());
    }
}

fn dump(ingest: &Ingest) -> String {
    let mut out = Vec::new();
    ingest.store.read(|reading| reading.dump(&mut out, Instants::Without)).unwrap();
    String::from_utf8(out).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn restarts_and_repeated_deliveries_change_no_id() {
    const STEP: usize = 9;
    let (items, stop) = (items(), CancellationToken::new());
    let longest = items.values().map(Vec::len).max().unwrap();
    let mut dumps = Vec::new();
    for repeats in [false, true] {
        let (folder, feeds) = (tempfile::tempdir().unwrap(), Arc::<Feeds>::default());
        let mut ingest = start(&folder, &feeds, "1", read);
        for from in (0..longest).step_by(STEP) {
            let again = if repeats { from.saturating_sub(2 * STEP) } else { from };
            deliver(&feeds, &items, again, from + STEP);
            ingest.sweep(&Scope::All, &stop).await;
            if repeats {
                drop(ingest);
                ingest = start(&folder, &feeds, "1", read);
            }
        }
        assert!(ingest.store.read(|reading| reading.stats()).unwrap().events > 60);
        dumps.push(dump(&ingest));
    }
    assert!(dumps[0] == dumps[1], "the databases differ");
}

/// Other rules: every mention has another key, is less sure, and its date rests on something else.
fn later_rules(article: &Article, wanted: Wanted<'_>) -> Extraction {
    let mut extraction = read(article, wanted);
    for mention in &mut extraction.mentions {
        mention.id = MentionId::of(&[b"later rules", mention.id.as_bytes()]);
        mention.confidence = Confidence::new(mention.confidence.per_cent() / 2);
        mention.evidence.trigger.end = mention.evidence.trigger.start;
    }
    extraction
}

/// As [`later_rules`], and what happens on a day happens on the day after.
fn a_day_later(article: &Article, wanted: Wanted<'_>) -> Extraction {
    let mut extraction = later_rules(article, wanted);
    for mention in &mut extraction.mentions {
        if let Ok(day) = mention.when.when.to_string().parse::<NaiveDate>() {
            mention.when.when = day.succ_opt().unwrap().to_string().parse().unwrap();
        }
    }
    extraction
}

/// As [`later_rules`], and of one mention of ten the country is known alone, of one of ten about the date.
fn vaguer_rules(article: &Article, wanted: Wanted<'_>) -> Extraction {
    let mut extraction = later_rules(article, wanted);
    for mention in &mut extraction.mentions {
        match (mention.id.as_bytes()[0] % 10, &mut mention.place) {
            (0, Some(place)) => {
                let country = place.country.clone().unwrap_or_else(|| place.id.clone());
                place.name = country.as_str().into();
                place.id = country;
            }
            (1, _) => {
                let about = format!("{}~", mention.when.when);
                mention.when.when = about.parse().unwrap_or(mention.when.when);
            }
            _ => {}
        }
    }
    extraction
}

/// As [`later_rules`], and one mention of ten is of another kind, known by another word of its sentence.
fn recast_rules(article: &Article, wanted: Wanted<'_>) -> Extraction {
    let mut extraction = later_rules(article, wanted);
    for mention in &mut extraction.mentions {
        if mention.id.as_bytes()[0] % 10 == 0 {
            mention.kind = if mention.kind == Kind::Vote { Kind::Agreement } else { Kind::Vote };
            mention.evidence.trigger.start = mention.evidence.sentence.span.start;
            mention.evidence.trigger.end = mention.evidence.trigger.start;
        }
    }
    extraction
}

/// Of a thousand events 999 keep their id. Where the new rules see one event in two of before, one id stays
/// and the other leads to it; how many events they see is known from a database that knew no other rules.
#[tokio::test(flavor = "multi_thread")]
async fn ids_stay_when_the_rules_change() {
    let (items, stop) = (items(), CancellationToken::new());
    for (name, rules) in [
        ("later", later_rules as fn(&Article, Wanted<'_>) -> Extraction),
        ("a day later", a_day_later),
        ("vaguer", vaguer_rules),
        ("recast", recast_rules),
    ] {
        let feeds = Arc::<Feeds>::default();
        deliver(&feeds, &items, 0, usize::MAX);
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let fresh = start(&other, &feeds, "2", rules);
        fresh.sweep(&Scope::All, &stop).await;
        let fresh = fresh.store.read(|reading| reading.stats()).unwrap().events;
        start(&folder, &feeds, "1", read).sweep(&Scope::All, &stop).await;
        let ingest = start(&folder, &feeds, "2", rules);
        let again = ingest.read_again(Keep::Changes, &stop).await.unwrap();
        let (before, lost) = (again.differences.before, again.differences.lost() as u64);
        let told = format!("{name}: {lost} lost of {before}, {fresh} seen\n{}", again.differences);
        assert!(before > 60 && again.counts.articles > 100, "{told}");
        assert_eq!(ingest.store.read(|reading| reading.stats()).unwrap().events, fresh, "{told}");
        assert!((before - lost) * 1000 >= before.min(fresh) * 999, "{told}");
        assert!(!told.contains("withdrawn"), "{told}");
    }
}
