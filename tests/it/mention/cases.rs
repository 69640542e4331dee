//! Tables of sentences and the claims in them.

use super::read;
use dateline::{model::Anchor, text::Lang};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    day: String,
    #[serde(default)]
    title: String,
    text: String,
    /// What is claimed, in reading order: "kind date status, party + party @ place".
    expect: Vec<String>,
}

fn check(lang: Lang) {
    let file = format!("tests/cases/mention/{lang}.toml");
    let cases: Cases = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in &cases.case {
        let anchor = Anchor::Day(case.day.parse().unwrap());
        let found: Vec<String> = read(&case.title, &case.text, lang, anchor)
            .iter()
            .map(|mention| {
                let parties: Vec<&str> =
                    mention.parties.iter().map(|party| &*party.who.name).collect();
                let place =
                    mention.place.as_ref().map_or(String::new(), |p| format!(" @ {}", p.name));
                format!(
                    "{} {} {}, {}{place}",
                    mention.kind.name(),
                    mention.when.when,
                    mention.status.name(),
                    parties.join(" + ")
                )
            })
            .collect();
        if found != case.expect {
            wrong.push(format!("{}\n  wanted {:?}\n  found  {found:?}", case.text, case.expect));
        }
    }
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

#[test]
fn arabic() {
    check(Lang::Ar);
}

#[test]
fn persian() {
    check(Lang::Fa);
}

#[test]
fn serbian() {
    check(Lang::Sr);
}

#[test]
fn english() {
    check(Lang::En);
}
