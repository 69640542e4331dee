//! How claims are held against annotated ones: by date, by event, in full.
//!
//! An annotated day must be met exactly, an approximate one within three days. An event also has the kind and one
//! party in common, a full one also the status, the place and half of the parties. Parties are the same when
//! their folded names are, or, for people, their family names.

use chrono::NaiveDate;
use dateline::{calendar::Edtf, mention::Mention, text::fold::fold};
use serde::Deserialize;

/// An annotated event.
#[derive(Debug, Deserialize)]
pub(super) struct Annotation {
    pub(super) date: String,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) actors: Vec<String>,
    pub(super) place: Option<String>,
    #[serde(default)]
    pub(super) optional: bool,
}

/// How well a claim meets an annotation; each grade holds those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    Date,
    Event,
    Full,
}

/// Counts over articles.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Tally {
    pub(super) gold: u32,
    pub(super) found: u32,
    pub(super) date: u32,
    pub(super) event: u32,
    pub(super) full: u32,
}

impl Tally {
    /// Adds one article.
    pub(super) fn add(&mut self, gold: &[Annotation], found: &[Mention]) {
        let scored: Vec<&Annotation> = gold.iter().filter(|event| !event.optional).collect();
        let pairs = assign(&scored, found, &[]);
        let right = right(gold, found);
        let count = |least: Grade| {
            let pairs = pairs.iter().filter(|pair| right[pair.1].is_some());
            u32::try_from(pairs.filter(|pair| pair.2 >= least).count()).unwrap()
        };
        self.gold += u32::try_from(scored.len()).unwrap();
        self.found += u32::try_from(right.iter().flatten().count()).unwrap();
        self.date += count(Grade::Date);
        self.event += count(Grade::Event);
        self.full += count(Grade::Full);
    }

    /// F1 in thousandths.
    pub(super) fn f1(&self, right: u32) -> u32 {
        (2000 * right).checked_div(self.gold + self.found).unwrap_or_default()
    }
}

/// Whether each claim is a right event; `None` for one that meets an optional annotation.
pub(super) fn right(gold: &[Annotation], found: &[Mention]) -> Vec<Option<bool>> {
    let met = |optional: bool, taken: &[usize]| -> Vec<usize> {
        let gold: Vec<&Annotation> = gold.iter().filter(|e| e.optional == optional).collect();
        let pairs = assign(&gold, found, taken).into_iter();
        pairs.filter(|pair| pair.2 >= Grade::Event).map(|pair| pair.1).collect()
    };
    let kept = met(false, &[]);
    let passed_over = met(true, &kept);
    (0..found.len()).map(|n| (!passed_over.contains(&n)).then(|| kept.contains(&n))).collect()
}

/// Pairs annotations and claims one to one, the best grades first. Claims in `taken` are left out.
fn assign(gold: &[&Annotation], found: &[Mention], taken: &[usize]) -> Vec<(usize, usize, Grade)> {
    let mut pairs: Vec<(usize, usize, Grade)> = Vec::new();
    for (i, event) in gold.iter().enumerate() {
        for (j, mention) in found.iter().enumerate().filter(|(j, _)| !taken.contains(j)) {
            pairs.extend(grade(event, mention).map(|grade| (i, j, grade)));
        }
    }
    pairs.sort_by_key(|(i, j, grade)| (std::cmp::Reverse(*grade), *i, *j));
    let mut out: Vec<(usize, usize, Grade)> = Vec::new();
    for pair in pairs {
        if out.iter().all(|known| known.0 != pair.0 && known.1 != pair.1) {
            out.push(pair);
        }
    }
    out
}

fn grade(event: &Annotation, mention: &Mention) -> Option<Grade> {
    if !same_date(event.date.parse().unwrap(), mention.when.when) {
        return None;
    }
    let names: Vec<String> = mention.parties.iter().map(|party| plain(&party.who.name)).collect();
    let hits = common(&event.actors, &names);
    if event.kind != mention.kind.name() || !event.actors.is_empty() && hits == 0 {
        return Some(Grade::Date);
    }
    let all = event.actors.len() + names.len() - hits;
    let place = mention.place.as_ref().map(|place| plain(&place.name));
    let full = 2 * hits >= all
        && event.status == mention.status.name()
        && event.place.as_deref().map(plain) == place;
    Some(if full { Grade::Full } else { Grade::Event })
}

fn same_date(gold: Edtf, found: Edtf) -> bool {
    let ends = |edtf: Edtf| {
        let range = edtf.range();
        (range.first().unwrap_or(NaiveDate::MIN), range.last().unwrap_or(NaiveDate::MAX))
    };
    let ((first, last), (from, to)) = (ends(gold), ends(found));
    if !gold.is_approximate() {
        return (first, last) == (from, to);
    }
    let (days, length) = ((last - first).num_days() + 1, (to - from).num_days() + 1);
    let finer = days > 7 && 100 * length < 85 * days;
    !finer && (first - from).num_days() <= 3 && (to - last).num_days() <= 3
}

fn plain(name: &str) -> String {
    let folded = fold(name).replace('-', " ");
    folded.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect()
}

fn common(gold: &[String], found: &[String]) -> usize {
    let mut left: Vec<&String> = found.iter().collect();
    let mut take = |test: &dyn Fn(&str) -> bool| {
        let place = left.iter().position(|name| test(name));
        place.map(|place| left.remove(place)).is_some()
    };
    let (mut hits, mut rest) = (0, Vec::new());
    for name in gold.iter().map(|name| plain(name)) {
        if take(&|other| other == name) { hits += 1 } else { rest.push(name) }
    }
    for name in rest {
        let family = name.rsplit(' ').next().unwrap_or_default();
        let person = |name: &str| (2..=4).contains(&name.split(' ').count()) && !is_body(name);
        let same = |other: &str| person(other) && other.ends_with(&format!(" {family}"));
        hits += usize::from(person(&name) && take(&same));
    }
    hits
}

/// Whether a name has a word that names of bodies have.
fn is_body(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "ministry",
        "government",
        "embassy",
        "chamber",
        "university",
        "institute",
        "assembly",
        "agency",
        "company",
        "iran",
        "serbia",
        "air",
    ];
    name.split(' ').any(|word| WORDS.contains(&word))
}
