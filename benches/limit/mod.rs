//! The limit next to which reading is measured: one automaton pass with the words of the data files over
//! the same text.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use dateline::{lexicon::forms::expand, text::fold::fold};
use std::time::{Duration, Instant};

pub(crate) const LANGS: [&str; 4] = ["ar", "fa", "sr", "en"];

pub(crate) fn time(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

/// The pass: how many words, overlapping ones too, it finds in folded text.
pub(crate) fn pass(folded: &str, automaton: &AhoCorasick) -> usize {
    automaton.find_overlapping_iter(folded).count()
}

pub(crate) fn automaton(mut words: Vec<String>) -> AhoCorasick {
    words.sort();
    words.dedup();
    words.retain(|word| !word.is_empty());
    AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(words).unwrap()
}

/// The articles of one language in a file of `tests/gold`.
pub(crate) fn articles(file: &str, lang: &str) -> Vec<serde_json::Value> {
    let lines = std::fs::read_to_string(format!("tests/gold/{file}.jsonl")).unwrap();
    let articles = lines.lines().map(|line| serde_json::from_str(line).unwrap());
    articles.filter(|article: &serde_json::Value| article["lang"] == lang).collect()
}

/// The folded forms of all words that stand under `keys` in a data file.
pub(crate) fn words(file: &str, keys: &[&str]) -> Vec<String> {
    let file = std::fs::read_to_string(format!("data/{file}.toml")).unwrap();
    let mut found = Vec::new();
    gather(&toml::from_str::<toml::Value>(&file).unwrap(), keys, false, &mut found);
    found
}

fn gather(value: &toml::Value, keys: &[&str], within: bool, found: &mut Vec<String>) {
    match value {
        toml::Value::String(form) if within => {
            // "=" marks a word that does not change, "*" letters that may follow.
            let forms = expand(form.trim_start_matches('=')).unwrap();
            found.extend(forms.iter().filter_map(|form| form.split('*').next()).map(fold));
        }
        toml::Value::Array(items) => {
            items.iter().for_each(|item| gather(item, keys, within, found));
        }
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| {
            gather(value, keys, within || keys.contains(&key.as_str()), found);
        }),
        _ => {}
    }
}
