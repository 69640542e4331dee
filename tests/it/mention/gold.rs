//! Floors under the scores on the annotated articles of `tests/gold`.

use super::{
    LEXICONS, article, read,
    score::{Annotation, Tally, right},
    story,
};
use dateline::{
    mention::{self, Mention},
    model::{Anchor, EntityId, Kind},
    text::Lang,
};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write as _};

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

/// The annotated articles of files of `tests/gold`, each with its language and what its dates count from.
fn documents(files: &[&str]) -> Vec<(Document, Lang, Anchor)> {
    let texts =
        files.iter().map(|file| std::fs::read_to_string(format!("tests/gold/{file}")).unwrap());
    let lines: Vec<String> =
        texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let document = |line: &String| {
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
        (document, lang, anchor)
    };
    lines.iter().map(document).collect()
}

/// The annotated articles of files of `tests/gold`, each with what is found in it.
fn articles(files: &[&str]) -> Vec<(Document, Vec<Mention>)> {
    let with_claims = |(document, lang, anchor): (Document, Lang, Anchor)| {
        let found = read(&document.title, &document.text, lang, anchor);
        (document, found)
    };
    documents(files).into_iter().map(with_claims).collect()
}

#[test]
fn what_no_story_wants_is_read_as_far_as_its_names() {
    let files = ["articles-learn.en-sr.jsonl", "articles-learn.ar-fa.jsonl"];
    let (story, mut whole, mut short, mut undated) = (story(), 0, 0, 0);
    for (document, lang, anchor) in documents(&files) {
        let article = article(&document.title, &document.text, lang, anchor);
        let full = mention::extract(&article, anchor, &LEXICONS);
        let wanted = |named: &[EntityId]| story.fits(named);
        let found = mention::extract_if(&article, anchor, &LEXICONS, wanted);
        if anchor.day().is_none() || story.fits(&full.entities) {
            assert_eq!(found, full, "{}", document.title);
            whole += 1;
        } else {
            let told = (&found.entities, &found.names, found.mentions.len(), found.timexes.len());
            assert_eq!(told, (&full.entities, &full.names, 0, 0), "{}", document.title);
            short += 1;
        }
        undated += usize::from(anchor.day().is_none());
    }
    assert!(
        whole > 80 && short > 0 && undated > 0,
        "{whole} whole, {short} short, {undated} undated"
    );
}

/// Asserts that F1 of date, event and full, in thousandths, does not fall under the floors.
fn floors(files: &[&str], floors: [u32; 3]) {
    let mut tally = Tally::default();
    for (document, found) in articles(files) {
        tally.add(&document.events, &found);
    }
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
    floors(&["articles-learn.en-sr.jsonl", "articles-learn.ar-fa.jsonl"], [945, 915, 770]);
}

const MORE: [&str; 4] = [
    "articles-more.ar.jsonl",
    "articles-more.fa.jsonl",
    "articles-more.sr.jsonl",
    "articles-more.en.jsonl",
];

#[test]
fn articles_with_people_and_bodies_on_no_list() {
    let least = [[900, 720, 430], [905, 680, 335], [865, 715, 530], [865, 720, 490]];
    for (file, least) in MORE.iter().zip(least) {
        floors(&[file], least);
    }
}

/// News of many kinds of newsrooms: briefs, notices, provincial papers, embassies, portals.
#[test]
fn articles_of_many_newsrooms() {
    let least = [[775, 505, 205], [835, 540, 240], [780, 475, 255], [750, 525, 285]];
    for (lang, least) in ["ar", "fa", "sr", "en"].iter().zip(least) {
        floors(&[&format!("articles-third.{lang}.jsonl")], least);
    }
}

/// Plain news, as agencies write it.
#[test]
fn articles_of_agencies() {
    let least = [[875, 805, 485], [835, 600, 345], [865, 665, 400], [870, 735, 500]];
    for (lang, least) in ["ar", "fa", "sr", "en"].iter().zip(least) {
        floors(&[&format!("articles-fourth.{lang}.jsonl")], least);
    }
}

/// News that is hard to read: live blogs, corrections, interviews, round-ups, programmes.
#[test]
fn articles_that_are_hard_to_read() {
    let least = [[755, 545, 335], [715, 545, 305], [725, 570, 370], [820, 565, 355]];
    for (lang, least) in ["ar", "fa", "sr", "en"].iter().zip(least) {
        floors(&[&format!("articles-fifth.{lang}.jsonl")], least);
    }
}

/// Articles kept aside: scored, and not read by those who write rules.
#[test]
fn articles_kept_aside() {
    for (file, least) in [
        ("aside/articles.ar.jsonl", [670, 455, 220]),
        ("aside/articles.fa.jsonl", [810, 575, 305]),
        ("aside/articles.sr.jsonl", [755, 500, 335]),
        ("aside/articles.en.jsonl", [650, 475, 215]),
    ] {
        floors(&[file], least);
    }
}

#[test]
fn articles_that_are_not_of_the_story_claim_nothing_of_it() {
    for (document, found) in articles(&MORE).iter().filter(|(document, _)| !document.relevant) {
        assert!(found.len() <= 1, "{}: {found:#?}", document.title);
        let expo = found.iter().all(|mention| mention.kind == Kind::Exhibition);
        assert!(expo, "{}: {found:#?}", document.title);
    }
}

/// The reliability table of `docs/lexicons.md`: of the claims with a confidence in each band, how many are
/// right events.
#[test]
fn confidence_says_how_often_a_claim_is_right() {
    let mut bands: BTreeMap<u8, (u32, u32)> = BTreeMap::new();
    let files = [&["articles-learn.en-sr.jsonl", "articles-learn.ar-fa.jsonl"][..], &MORE].concat();
    for (document, found) in articles(&files) {
        for (mention, right) in found.iter().zip(right(&document.events, &found)) {
            let Some(right) = right else { continue };
            let band = bands.entry(mention.confidence.per_cent() / 20 * 20).or_default();
            band.0 += 1;
            band.1 += u32::from(right);
        }
    }
    let mut table = "| confidence | claims | right |\n|---|---:|---:|\n".to_owned();
    for (from, (claims, right)) in &bands {
        let to = from + 19;
        let share = 100 * right / claims;
        writeln!(table, "| {from} to {to} % | {claims} | {share} % |").unwrap();
        let (from, to) = (u32::from(*from), u32::from(to));
        assert!(*claims < 30 || (share + 12 >= from && share <= to + 12), "{table}");
    }
    let docs = std::fs::read_to_string("docs/lexicons.md").unwrap();
    assert!(docs.contains(&table), "put this into docs/lexicons.md:\n{table}");
}
