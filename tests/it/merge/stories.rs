//! The stories of tests/cases/merge/stories.toml.

use super::claims::{Names, Told, instant};
use dateline::{
    event::{Arrival, Claim, Event, MemoryLedger, Options, consolidate},
    model::{ArticleId, Basis, Kind, MentionId, Status},
    text::Lang,
};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::Path};

#[derive(Deserialize)]
struct Stories {
    story: Vec<Story>,
}

#[derive(Deserialize)]
struct Story {
    name: String,
    claims: Vec<String>,
    events: Vec<Vec<usize>>,
    #[serde(default)]
    is: Vec<String>,
}

/// A claim as its line tells it; `n` keeps the claims of one article apart.
pub(super) fn claim(line: &str, n: usize, names: &Names) -> Claim {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let &[article, published, kind, status, date, parties, place] = parts.as_slice() else {
        unreachable!("not a claim: {line}");
    };
    let (date, previous) = match date.split_once(" (") {
        Some((date, previous)) => (date, previous.strip_suffix(')')),
        None => (date, None),
    };
    let told = |text: &str| (text != "-").then(|| text.to_owned());
    let basis = if date.trim_end_matches('~') == published && date.ends_with('~') {
        Basis::Published
    } else {
        Basis::Relative
    };
    Told {
        article,
        source: article.trim_end_matches(|letter: char| letter.is_ascii_digit()),
        lang: Lang::En,
        published: told(published).map(|day| day.parse().unwrap()),
        n,
        kind: Kind::from_name(kind).unwrap(),
        status: Status::from_name(status).unwrap(),
        date,
        basis,
        parties: parties.split(", ").map(|name| names.get(name)).collect(),
        place: told(place).map(|name| names.get(&name)),
        previous,
    }
    .claim()
}

fn tell(claims: &[Claim]) -> MemoryLedger {
    let mut articles: BTreeMap<ArticleId, Vec<Claim>> = BTreeMap::new();
    for claim in claims {
        articles.entry(claim.article).or_default().push(claim.clone());
    }
    let mut ledger = MemoryLedger::new();
    for (article, now) in articles {
        let arrival = Arrival { article, before: Vec::new(), now, at: instant(0) };
        let changes = consolidate(&ledger, &arrival, &Options::default()).unwrap();
        ledger.apply(&arrival, changes);
    }
    ledger
}

fn summary(event: &Event) -> String {
    let list = |name: &str, dates: Vec<String>| match dates.as_slice() {
        [] => String::new(),
        dates => format!(" | {name} {}", dates.join(", ")),
    };
    format!(
        "{} | {}{}{}",
        event.when.when,
        event.status.name(),
        list("previous", event.previous.iter().map(ToString::to_string).collect()),
        list("others", event.when.others.iter().map(ToString::to_string).collect()),
    )
}

#[test]
fn stories_come_out_as_told() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/merge/stories.toml");
    let stories: Stories = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let names = Names::load();
    let mut wrong = Vec::new();
    for story in &stories.story {
        let claims: Vec<Claim> =
            story.claims.iter().enumerate().map(|(n, line)| claim(line, n, &names)).collect();
        let ledger = tell(&claims);
        let number = |mention: &MentionId| {
            claims.iter().position(|claim| claim.mention.id == *mention).unwrap()
        };
        let mut found: Vec<(Vec<usize>, String)> = ledger
            .events()
            .map(|event| {
                let mut group: Vec<usize> =
                    event.mentions.iter().map(|(_, mention)| number(mention)).collect();
                group.sort_unstable();
                (group, summary(event))
            })
            .collect();
        found.sort();
        let groups: Vec<Vec<usize>> = found.iter().map(|(group, _)| group.clone()).collect();
        let is: Vec<String> = found.into_iter().map(|(_, summary)| summary).collect();
        if groups != story.events {
            wrong.push(format!("{}: {groups:?}, not {:?}", story.name, story.events));
        } else if !story.is.is_empty() && is != story.is {
            wrong.push(format!("{}: {is:?}, not {:?}", story.name, story.is));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
