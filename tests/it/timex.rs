//! Dates in four languages: tables of cases, the dated sentences, and laws that hold for any text.

use dateline::{
    lexicon::Lexicons,
    model::{Anchor, Field},
    text::{CodePoints, Folded, Lang},
    timex::{self, Context, Tagged},
};
use proptest::prelude::*;
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write as _, sync::LazyLock};

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| Lexicons::embedded().unwrap());

fn tag(text: &str, lang: Lang, anchor: Anchor) -> Tagged {
    let folded = Folded::new(text);
    timex::tag(&[(Field::Text, &folded)], lang, &LEXICONS, &Context { anchor, terms: &[] })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    anchor: Option<String>,
    not_after: Option<String>,
    text: String,
    expect: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    surface: String,
    value: String,
    basis: Option<String>,
}

fn anchor(day: Option<&str>, not_after: Option<&str>) -> Anchor {
    match (day, not_after) {
        (Some(day), _) => Anchor::Day(day.parse().unwrap()),
        (None, day) => Anchor::NotAfter(day.unwrap().parse().unwrap()),
    }
}

/// Reads a table and returns what went wrong, one line a case.
fn failures(file: &str, lang: Lang) -> String {
    let table = std::fs::read_to_string(format!("tests/cases/timex/{file}.toml")).unwrap();
    let cases: Cases = toml::from_str(&table).unwrap();
    let mut wrong = String::new();
    for case in &cases.case {
        let tagged =
            tag(&case.text, lang, anchor(case.anchor.as_deref(), case.not_after.as_deref()));
        let found: Vec<String> = tagged
            .timexes
            .iter()
            .filter(|timex| !timex.furniture)
            .map(|timex| {
                let value = timex.resolved.as_ref().map(|resolved| resolved.when.to_string());
                format!("{} = {}", timex.span.of(&case.text), value.unwrap_or("?".to_owned()))
            })
            .collect();
        let wanted: Vec<String> =
            case.expect.iter().map(|e| format!("{} = {}", e.surface, e.value)).collect();
        if found != wanted {
            writeln!(wrong, "{}\n  want {wanted:?}\n  got  {found:?}", case.text).unwrap();
        }
        for (timex, expected) in tagged.timexes.iter().zip(&case.expect) {
            let basis = timex.resolved.as_ref().map(|resolved| resolved.basis.name());
            if expected.basis.is_some() && expected.basis.as_deref() != basis {
                writeln!(wrong, "{}\n  want basis {:?}, got {basis:?}", case.text, expected.basis)
                    .unwrap();
            }
        }
    }
    wrong
}

#[test]
fn arabic_cases() {
    let wrong = failures("ar", Lang::Ar);
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn persian_cases() {
    let wrong = failures("fa", Lang::Fa);
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn serbian_cases() {
    let wrong = failures("sr", Lang::Sr);
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn english_cases() {
    let wrong = failures("en", Lang::En);
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The dated sentences that rules were learnt from: every expression found where it stands, with its first
/// and last day, and nothing else.
#[test]
fn dated_sentences() {
    let (passed, wrong) = sentences("dates-dev.jsonl");
    for (lang, (hits, all)) in passed {
        assert!(hits * 100 >= all * 97, "{lang}: {hits} of {all}\n{wrong}");
    }
}

/// Those kept aside, of which a failure tells the number alone.
#[test]
fn dated_sentences_kept_aside() {
    for (lang, (hits, all)) in sentences("aside/dates.jsonl").0 {
        assert!(hits * 100 >= all * 85, "{lang}: {hits} of {all}");
    }
}

/// How many sentences of a file of `tests/gold` are right, and of how many, by language; and those that are
/// wrong.
fn sentences(file: &str) -> (BTreeMap<&'static str, (usize, usize)>, String) {
    let gold = std::fs::read_to_string(format!("tests/gold/{file}")).unwrap();
    let mut passed: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    let mut wrong = String::new();
    for line in gold.lines() {
        let item: serde_json::Value = serde_json::from_str(line).unwrap();
        let lang = Lang::from_tag(item["lang"].as_str().unwrap()).unwrap();
        let text = item["text"].as_str().unwrap();
        let tagged = tag(text, lang, anchor(item["anchor"].as_str(), item["not_after"].as_str()));
        let points = CodePoints::new(text);
        let wanted = item["timexes"].as_array().unwrap();
        let right = wanted.len() == tagged.timexes.len()
            && wanted.iter().zip(&tagged.timexes).all(|(gold, timex)| {
                let overlap = points.at(timex.span.start) < number(gold, "end")
                    && number(gold, "start") < points.at(timex.span.end);
                overlap && readings(gold).any(|reading| agrees(&reading, gold, timex))
            });
        let (hits, all) = passed.entry(lang.tag()).or_default();
        *all += 1;
        *hits += usize::from(right);
        if !right {
            writeln!(wrong, "{} {text} {:?}", item["id"], tagged.timexes).unwrap();
        }
    }
    (passed, wrong)
}

fn number(gold: &serde_json::Value, key: &str) -> usize {
    usize::try_from(gold[key].as_u64().unwrap_or_default()).unwrap()
}

fn readings(gold: &serde_json::Value) -> impl Iterator<Item = serde_json::Value> {
    let others = gold["alts"].as_array().cloned().unwrap_or_default();
    std::iter::once(gold.clone()).chain(others)
}

fn agrees(reading: &serde_json::Value, gold: &serde_json::Value, timex: &timex::Timex) -> bool {
    let Some(resolved) = &timex.resolved else { return false };
    let slack = i64::try_from(number(gold, "tolerance_days")).unwrap();
    let near =
        |day: Option<chrono::NaiveDate>, wanted: &serde_json::Value| match (day, wanted.as_str()) {
            (Some(day), Some(text)) => {
                let wanted: chrono::NaiveDate = text.parse().unwrap();
                (day - wanted).num_days().abs() <= slack
            }
            (day, wanted) => day.is_none() && wanted.is_none(),
        };
    let range = resolved.when.range();
    near(range.first(), &reading["first"]) && near(range.last(), &reading["last"])
}

const DAY: Anchor = Anchor::Day(chrono::NaiveDate::from_ymd_opt(2025, 2, 27).unwrap());

/// Spans in order, apart, on character boundaries; values that are EDTF; the same answer twice.
fn lawful(text: &str) {
    for lang in Lang::ALL {
        for anchor in [DAY, Anchor::NotAfter(DAY.latest())] {
            let tagged = tag(text, lang, anchor);
            let mut last = 0;
            for timex in &tagged.timexes {
                assert!(
                    text.get(timex.span.start..timex.span.end)
                        .is_some_and(|found| !found.is_empty())
                );
                assert!(timex.span.start >= last, "{text}");
                last = timex.span.end;
                if let Some(resolved) = &timex.resolved {
                    let written = resolved.when.to_string();
                    assert_eq!(written.parse::<dateline::calendar::Edtf>().unwrap(), resolved.when);
                }
            }
            assert_eq!(tag(text, lang, anchor), tagged);
        }
    }
}

#[test]
fn monsters_are_read_to_the_end() {
    for text in [
        "1".repeat(1_000_000),
        "25.02.2025.".repeat(2_000),
        "(".repeat(100_000),
        "25/".repeat(10_000),
        "\u{301}\u{200f}\u{64b}".repeat(20_000),
        "every ".repeat(5_000),
        "1, ".repeat(5_000),
        "since ".repeat(5_000),
        "u utorak, ".repeat(1_000),
        "1 و".repeat(5_000),
        "از ".repeat(5_000),
        "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, ".repeat(500),
        "moved from 1 May to 2 June and will ".repeat(1_000),
    ] {
        for lang in Lang::ALL {
            let tagged = tag(&text, lang, DAY);
            assert!(tagged.timexes.iter().all(|timex| text.is_char_boundary(timex.span.start)));
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_lawful(text in "\\PC{0,80}") {
        lawful(&text);
    }

    #[test]
    fn any_dates_are_lawful(words in prop::collection::vec(
        prop::sample::select(vec![
            "25", "2025", "۱۴۰۳", "٢٠٢٥", "1403", "31", "99", "0", ".", ",", "-", "/", "(", ")", "\n", "th", "s",
            "February", "May", "Tuesday", "since", "from", "to", "until today", "the", "of", "last", "next",
            "week", "year", "two", "ago", "in", "first", "half", "quarter", "early", "end of", "1970s", "Expo",
            "februara", "utorak", "od", "do", "godine", "prošle", "nedelje", "pre", "II", "sedamdesetih", "i",
            "فبراير", "شباط", "الثلاثاء", "يوم", "منذ", "بين", "عام", "الماضي", "قبل", "يومين", "من", "و", "شعبان",
            "اسفند", "سه‌شنبه", "سال", "گذشته", "تا", "از", "هفته", "پیش", "نیمه", "دهه", "بهار", "قمری", "\u{200f}",
        ]), 0..14), glue in any::<bool>()) {
        lawful(&words.join(if glue { "" } else { " " }));
    }
}
