//! Reading dates, in MB/s of printed text, next to the limit: the folding copy and a bare automaton pass
//! with the same words over the same text, one after the other.
//!
//! `cargo bench --bench timex` prints a table first: for each language the rate of the limit and of the tagger,
//! fastest of interleaved rounds, and the share of the limit that is reached (a quarter is owed). The benches
//! after it show the parts; `linear` shows that time grows with length alone.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a bench reads its own files"
)]

mod limit;

use aho_corasick::AhoCorasick;
use dateline::{
    lexicon::Lexicons,
    model::{Anchor, Field},
    text::{Folded, Lang},
    timex::{Context, tag},
};
use divan::{Bencher, counter::BytesCount};
use limit::{LANGS, pass, time};
use std::{sync::LazyLock, time::Duration};

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| Lexicons::embedded().unwrap());

fn main() {
    table();
    divan::main();
}

/// Limit and tagger side by side.
fn table() {
    println!("{:<4}{:>12}{:>12}{:>9}", "", "limit MB/s", "tagger MB/s", "share");
    for lang in LANGS {
        let text = text(lang);
        let automaton = automaton(lang);
        let language = Lang::from_tag(lang).unwrap();
        let (mut limit, mut tagger) = (Duration::MAX, Duration::MAX);
        for _ in 0..25 {
            limit = limit.min(time(|| bare(&text, &automaton)));
            tagger = tagger.min(time(|| tagged(&text, language)));
        }
        let rate = |time: Duration| text.len() as f64 / time.as_secs_f64() / 1e6;
        let (limit, tagger) = (rate(limit), rate(tagger));
        println!("{lang:<4}{limit:>12.0}{tagger:>12.1}{:>9.2}", tagger / limit);
    }
}

/// The limit: the folding copy and a bare pass with all words of the language.
fn bare(text: &str, automaton: &AhoCorasick) -> usize {
    let folded = Folded::new(text);
    pass(folded.as_str(), automaton)
}

/// All words of dates of a language.
fn automaton(lang: &str) -> AhoCorasick {
    limit::automaton(limit::words(&format!("lexicon/{lang}"), &["forms", "names"]))
}

/// About half a megabyte of the articles in `tests/gold`, one after the other.
fn text(lang: &str) -> String {
    let mut out = String::new();
    for file in ["articles-learn.ar-fa", "articles-learn.en-sr"] {
        for article in limit::articles(file, lang) {
            out.push_str(article["text"].as_str().unwrap());
            out.push('\n');
        }
    }
    out.repeat(500_000 / out.len() + 1)
}

#[divan::bench(args = LANGS)]
fn bare_pass(bencher: Bencher<'_, '_>, lang: &str) {
    let (text, automaton) = (text(lang), automaton(lang));
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| bare(&text, &automaton));
}

#[divan::bench(args = LANGS)]
fn folding(bencher: Bencher<'_, '_>, lang: &str) {
    let text = text(lang);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| Folded::new(&text).as_str().len());
}

#[divan::bench(args = LANGS)]
fn fold_and_tag(bencher: Bencher<'_, '_>, lang: &str) {
    let text = text(lang);
    read(bencher, &text, Lang::from_tag(lang).unwrap());
}

/// The same text once, twice, four times: the rate must stay.
#[divan::bench(args = [1, 2, 4])]
fn linear(bencher: Bencher<'_, '_>, times: usize) {
    read(bencher, &text("sr").repeat(times), Lang::Sr);
}

/// Digits without end, and dates without end.
#[divan::bench(args = ["1", "25.2.2025. ", "od 3. ", "("])]
fn monsters(bencher: Bencher<'_, '_>, piece: &str) {
    read(bencher, &piece.repeat(500_000 / piece.len()), Lang::Sr);
}

fn read(bencher: Bencher<'_, '_>, text: &str, lang: Lang) {
    bencher.counter(BytesCount::of_str(text)).bench_local(|| tagged(text, lang));
}

fn tagged(text: &str, lang: Lang) -> usize {
    let anchor = Anchor::Day("2025-02-27".parse().unwrap());
    let context = Context { anchor, terms: &[] };
    let folded = Folded::new(text);
    tag(&[(Field::Text, &folded)], lang, &LEXICONS, &context).timexes.len()
}
