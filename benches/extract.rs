//! The whole reading of articles (language, folding, sentences, names, dates, cues, mentions), in MB/s of
//! printed text, next to the limit: a bare automaton pass with the whole lexicon over the same text.
//!
//! `cargo bench --bench extract` prints for each language the rates of limit and reading and the share of the
//! limit that is reached (0.15 is owed, 0.5 is the aim), then the share of each stage. Rounds are interleaved,
//! and of each article the fastest counts: one is read in less than a slice of time, so a busy machine slows
//! limit and reading alike. What the start costs comes last, as CPU time of the thread; Linux only: it reads
//! /proc.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench reads its own files"
)]

mod limit;

use chrono::DateTime;
use dateline::{
    article::{Article, Published},
    lexicon::Lexicons,
    mention::{self, name},
    model::{ArticleId, Field, SourceId},
    text::{Folded, Lang, script::detect, sentence::sentences},
    timex,
};
use limit::{LANGS, pass, time};
use std::time::Duration;

const ROUNDS: usize = 25;

const FILES: [&str; 6] = [
    "articles-learn.ar-fa",
    "articles-learn.en-sr",
    "articles-more.ar",
    "articles-more.fa",
    "articles-more.sr",
    "articles-more.en",
];

/// What can be timed alone, in the order of reading; "mentions" is what is left of the whole.
const STAGES: [&str; 7] =
    ["language", "folding", "sentences", "names", "dates", "cues", "mentions"];

fn main() {
    let lexicons = Lexicons::embedded().unwrap();
    let found = LANGS.map(|lang| (lang, measure(lang, &lexicons)));
    println!(
        "\n{:<4}{:>9}{:>8}{:>10}{:>12}{:>14}{:>9}{:>17}",
        "", "articles", "kB", "mentions", "limit MB/s", "reading MB/s", "share", "articles/core-s"
    );
    for (lang, found) in &found {
        let rate = |time: Duration| found.bytes as f64 / time.as_secs_f64() / 1e6;
        let (limit, whole) = (rate(found.limit), rate(found.whole));
        println!(
            "{lang:<4}{:>9}{:>8}{:>10}{limit:>12.0}{whole:>14.1}{:>9.2}{:>17.0}",
            found.articles,
            found.bytes / 1000,
            found.mentions,
            whole / limit,
            found.articles as f64 / found.whole.as_secs_f64(),
        );
    }
    println!("\n{:<4}{}", "", STAGES.map(|stage| format!("{stage:>11}")).concat());
    for (lang, found) in &found {
        let whole = found.whole.as_secs_f64();
        let rest = whole - found.stages.iter().sum::<Duration>().as_secs_f64();
        let parts = found.stages.iter().map(Duration::as_secs_f64).chain([rest]);
        let shares: String = parts.map(|part| format!("{:>10.1}%", part / whole * 100.0)).collect();
        println!("{lang:<4}{shares}");
    }
    start();
}

/// What it costs to read and compile the data files, and to drop what was made.
fn start() {
    let once = || {
        let before = cpu();
        assert!(!Lexicons::embedded().unwrap().gazetteer.entries().is_empty());
        cpu() - before
    };
    let first = once();
    let least = (0..ROUNDS).map(|_| once()).min().unwrap_or(first);
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("\nlexicons: {:.1} ms of CPU, {:.1} at the least of {ROUNDS}", ms(first), ms(least));
}

/// CPU time of this thread so far.
fn cpu() -> Duration {
    // The kernel brings its account up to date when the thread leaves the processor.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(told.split(' ').next().unwrap().parse().unwrap())
}

struct Measured {
    articles: usize,
    bytes: usize,
    mentions: usize,
    limit: Duration,
    whole: Duration,
    stages: [Duration; STAGES.len() - 1],
}

fn measure(lang: &str, lexicons: &Lexicons) -> Measured {
    let articles = articles(lang);
    let lang = Lang::from_tag(lang).unwrap();
    let automaton = limit::automaton(words(lang.tag()));
    let folded: Vec<[Folded<'_>; 2]> = articles.iter().map(fold).collect();
    let names: Vec<_> = articles
        .iter()
        .zip(&folded)
        .map(|(article, folded)| name::names(&fields(folded), lang, lexicons, article.anchor()))
        .collect();
    let mentions: usize = articles.iter().map(|article| read(article, lexicons)).sum();
    assert!(mentions > 0, "{lang}: nothing was found");
    for article in &articles {
        assert_eq!(detect(&article.text), Some(lang), "{}", article.title);
    }

    let cues = lexicons.cues.of(lang);
    let stages: [&dyn Fn(usize) -> usize; STAGES.len() - 1] = [
        &|n| usize::from(detect(&articles[n].text).is_some()),
        &|n| fold(&articles[n]).iter().map(|folded| folded.as_str().len()).sum(),
        &|n| {
            let texts = [&articles[n].title, &articles[n].text];
            texts.map(|text| sentences(text, &cues.abbreviations).len()).iter().sum()
        },
        &|n| name::names(&fields(&folded[n]), lang, lexicons, articles[n].anchor()).len(),
        &|n| {
            let terms = name::terms(&names[n]);
            let context = timex::Context { anchor: articles[n].anchor(), terms: &terms };
            timex::tag(&fields(&folded[n]), lang, lexicons, &context).timexes.len()
        },
        &|n| folded[n].iter().map(|folded| cues.find(folded).len()).sum(),
    ];
    let limit = |n: usize| folded[n].iter().map(|text| pass(text.as_str(), &automaton)).sum();
    let whole = |n: usize| read(&articles[n], lexicons);
    let mut fastest = [(); STAGES.len() + 1].map(|()| vec![Duration::MAX; articles.len()]);
    for _ in 0..ROUNDS {
        let work: [&dyn Fn(usize) -> usize; 2] = [&limit, &whole];
        for (work, fastest) in work.into_iter().chain(stages).zip(&mut fastest) {
            for (n, fastest) in fastest.iter_mut().enumerate() {
                *fastest = time(|| work(n)).min(*fastest);
            }
        }
    }
    let total = |n: usize| fastest[n].iter().sum();
    Measured {
        articles: articles.len(),
        bytes: articles.iter().map(|article| article.title.len() + article.text.len()).sum(),
        mentions,
        limit: total(0),
        whole: total(1),
        stages: std::array::from_fn(|n| total(n + 2)),
    }
}

/// The whole of it: how many mentions.
fn read(article: &Article, lexicons: &Lexicons) -> usize {
    std::hint::black_box(detect(&article.text));
    mention::extract(article, article.anchor(), lexicons).mentions.len()
}

fn fold(article: &Article) -> [Folded<'_>; 2] {
    [Folded::new(&article.title), Folded::new(&article.text)]
}

fn fields<'f, 't>([title, text]: &'f [Folded<'t>; 2]) -> [(Field, &'f Folded<'t>); 2] {
    [(Field::Title, title), (Field::Text, text)]
}

/// The articles that tell when they were published; the few others are read twice, to find their year.
fn articles(lang: &str) -> Vec<Article> {
    let rows = FILES.iter().flat_map(|file| limit::articles(file, lang));
    let rows = rows.filter(|row| row["published"].is_string());
    let articles = rows.map(|row| {
        let told = |key: &str| row[key].as_str().unwrap().to_owned();
        let published = DateTime::parse_from_rfc3339(&told("published")).unwrap();
        Article {
            id: ArticleId::of(&[told("id").as_bytes()]),
            source: SourceId::new("bench").unwrap(),
            source_name: "bench".to_owned(),
            url: None,
            title: told("title"),
            text: told("text"),
            lang: Lang::from_tag(lang).unwrap(),
            published: Some(Published::At(published)),
            fetched: published.to_utc(),
        }
    });
    articles.collect()
}

/// All words of the data files that a text in `lang` may hold.
fn words(lang: &str) -> Vec<String> {
    let mut found = limit::words(&format!("lexicon/{lang}"), &["forms", "names"]);
    found.extend(limit::words(&format!("cues/{lang}"), &["marks", "things", "words"]));
    found.extend(limit::words("occasions", &["names"]));
    let lists = [
        "title",
        "portfolio",
        "rank",
        "link",
        "body",
        "several",
        "honorific",
        "counterpart",
        "ours",
        "stop",
        "particles",
    ];
    found.extend(limit::words(&format!("names/{lang}"), &lists));
    for file in ["places", "themes", "organisations", "people", "offices"] {
        found.extend(limit::words(&format!("gazetteer/{file}"), &[lang, "alone"]));
    }
    found.extend(limit::words("gazetteer/names", &["given"]));
    found
}
