//! Floors under the scores on the annotated articles of `tests/gold`.

use super::{
    read,
    score::{Annotation, Tally},
};
use dateline::{model::Anchor, text::Lang};
use serde::Deserialize;

#[derive(Deserialize)]
struct Document {
    lang: String,
    title: String,
    text: String,
    published: Option<String>,
    not_after: Option<String>,
    #[serde(default = "yes")]
    relevant: bool,
    events: Vec<Annotation>,
}

const fn yes() -> bool {
    true
}

fn score(files: &[&str]) -> (Tally, Vec<String>) {
    let mut tally = Tally::default();
    let mut strayed = Vec::new();
    for file in files {
        for line in std::fs::read_to_string(format!("tests/gold/{file}")).unwrap().lines() {
            let document: Document = serde_json::from_str(line).unwrap();
            let day = |text: &String| text[..10].parse().unwrap();
            let anchor = document.published.as_ref().map_or_else(
                || {
                    let latest = document.not_after.clone().unwrap_or("2026-11-23".to_owned());
                    Anchor::NotAfter(day(&latest))
                },
                |published| Anchor::Day(day(published)),
            );
            let lang = Lang::from_tag(&document.lang).unwrap();
            let found = read(&document.title, &document.text, lang, anchor);
            if !document.relevant && found.iter().any(|mention| mention.parties.len() > 1) {
                strayed.push(document.title.clone());
            }
            tally.add(&document.events, &found);
        }
    }
    (tally, strayed)
}

/// Asserts that F1 of date, event and full, in thousandths, does not fall under the floors.
fn floors(files: &[&str], floors: [u32; 3]) {
    let (tally, _) = score(files);
    let got = [tally.date, tally.event, tally.full].map(|right| tally.f1(right));
    assert!(
        got.iter().zip(floors).all(|(got, floor)| *got >= floor),
        "{files:?}: F1 of date, event, full {got:?}, floors {floors:?}; {tally:?}"
    );
}

#[test]
fn the_seed_is_read_whole() {
    floors(&["seed.jsonl"], [1000, 1000, 1000]);
}

#[test]
fn articles_learnt_from() {
    floors(&["articles-learn.en-sr.jsonl", "articles-learn.ar-fa.jsonl"], [900, 870, 710]);
}

#[test]
fn articles_with_people_and_bodies_on_no_list() {
    for (file, least) in [
        ("articles-more.ar.jsonl", [740, 510, 270]),
        ("articles-more.fa.jsonl", [770, 490, 200]),
        ("articles-more.sr.jsonl", [700, 490, 300]),
        ("articles-more.en.jsonl", [690, 450, 310]),
    ] {
        floors(&[file], least);
    }
}

#[test]
fn articles_that_are_not_of_the_story_claim_nothing_of_it() {
    let (_, strayed) = score(&[
        "articles-more.ar.jsonl",
        "articles-more.fa.jsonl",
        "articles-more.sr.jsonl",
        "articles-more.en.jsonl",
    ]);
    assert_eq!(strayed, [""; 0]);
}
