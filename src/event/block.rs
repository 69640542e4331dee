//! Where claims meet: the index that spares comparing every claim with every other.
//!
//! A claim is filed under few keys ([`block_keys`]) and looks under more ([`reach`]). Both together make
//! sure that two claims which [`super::same`] may call one meet from either side:
//! - claims that share a person or body, in the same or the next quarter of a year;
//! - claims of the kinds that are announced long before and share a person or body, up to a year on;
//! - a claim that tells the days which a postponement left, and those of these days;
//! - a claim without persons and one with the same countries, within a month;
//! - a claim of a longer period and those inside it.

use super::{
    BlockKey, Claim,
    facts::{Facts, Level, Words, hash},
};
use crate::model::Kind;
use chrono::{Datelike as _, Days, NaiveDate};

/// How many persons and bodies of a claim are filed.
const NAMED: usize = 4;

/// The longest run of days filed by its first day; a longer one is filed by its years.
pub(super) const MONTH: i64 = 31;

/// Days on each side of an approximate date; guide, rule 23.
pub(super) const WIDEN: i64 = 3;

/// How long after the announced day it may still happen.
pub(super) const POSTPONABLE: i64 = 366;

/// What a key tells besides kind, party and time.
#[derive(Debug, Clone, Copy)]
enum Shelf {
    /// A person or body, by quarter.
    Named = 1,
    /// A person or body of a kind that is announced long before, by year; of this very kind.
    Patient,
    /// A country of a claim that names persons, by week.
    Faced,
    /// A country of a claim that names none, by quarter.
    Faceless,
    /// Any party of a claim of a long period, by year.
    Long,
    /// No party at all, by quarter.
    Nobody,
}

/// The keys under which a ledger files `claim`, sorted, each once; about six.
#[must_use]
pub fn block_keys(claim: &Claim) -> Vec<BlockKey> {
    keys(&Facts::new(claim).words)
}

/// A hash of what `claim` says, so far as it is compared: claims of the same wording tell the same event.
/// `None` where a claim names nobody, for such a one hangs on its subject.
#[must_use]
pub fn wording(claim: &Claim) -> Option<i64> {
    let words = Facts::new(claim).words;
    let told = || hash(&[format!("{words:?}").as_bytes()]).cast_signed();
    (!words.members.is_empty()).then(told)
}

/// The same, of a claim that is prepared already.
pub(super) fn keys(words: &Words) -> Vec<BlockKey> {
    let mut keys = Keys::new(words.kind);
    let (named, countries) = (named(words), words.countries());
    let first = words.when.first;
    if words.is_long() {
        for year in years(words, 0) {
            keys.add_each(Shelf::Long, &named, year);
            if words.is_faceless() {
                keys.add_each(Shelf::Long, &countries, year);
            }
        }
    } else {
        keys.add_each(Shelf::Named, &named, quarter(first));
        if words.is_faceless() {
            keys.add_each(Shelf::Faceless, &countries, quarter(first));
        } else {
            keys.add_each(Shelf::Faced, &countries, week(first));
        }
    }
    if let Some(left) = words.previous {
        keys.add_each(Shelf::Named, &named, quarter(left.first));
    }
    if words.patience() > MONTH {
        keys.group = words.kind.name();
        keys.add_each(Shelf::Patient, &named, i64::from(first.year()));
    }
    if words.members.is_empty() {
        keys.add(Shelf::Nobody, 0, quarter(first));
    }
    keys.sorted()
}

/// The keys under which claims are filed that may tell the same as this one; sorted, each once.
pub(super) fn reach(words: &Words) -> Vec<BlockKey> {
    let mut keys = Keys::new(words.kind);
    let (named, countries) = (named(words), words.countries());
    let (first, last) = (words.when.first, words.when.last);
    let (from, to) = (back(first, MONTH + WIDEN), ahead(last, WIDEN));
    for quarter in quarter(from)..=quarter(to) {
        keys.add_each(Shelf::Named, &named, quarter);
        if words.is_faceless() || !words.is_long() {
            keys.add_each(Shelf::Faceless, &countries, quarter);
        }
        if words.members.is_empty() {
            keys.add(Shelf::Nobody, 0, quarter);
        }
    }
    for year in years(words, WIDEN) {
        keys.add_each(Shelf::Long, &named, year);
        if words.is_faceless() {
            keys.add_each(Shelf::Long, &countries, year);
        }
    }
    if words.is_faceless() && !words.is_long() {
        for week in week(from)..=week(to) {
            keys.add_each(Shelf::Faced, &countries, week);
        }
    }
    if let Some(left) = words.previous {
        for quarter in quarter(back(left.first, MONTH + WIDEN))..=quarter(ahead(left.last, WIDEN)) {
            keys.add_each(Shelf::Named, &named, quarter);
        }
    }
    if words.patience() > MONTH {
        keys.group = words.kind.name();
        let on = if words.is_announced() { words.patience() } else { WIDEN };
        for year in back(first, words.patience()).year()..=ahead(last, on).year() {
            keys.add_each(Shelf::Patient, &named, i64::from(year));
        }
    }
    keys.sorted()
}

/// The persons and bodies that are filed: persons first, each level by key, so that the choice does not
/// hang on the order in which an article names them.
fn named(words: &Words) -> Vec<u64> {
    let of = |level: Level| words.members.iter().filter(move |member| member.level == level);
    of(Level::Person).chain(of(Level::Body)).map(|member| member.key).take(NAMED).collect()
}

fn back(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(day)
}

fn ahead(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(day)
}

fn quarter(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 4 + i64::from(day.month0() / 3)
}

fn week(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()).div_euclid(7)
}

/// The years of a claim widened by some days; a century at most, should a text tell an age.
fn years(words: &Words, widen: i64) -> impl Iterator<Item = i64> + use<> {
    let first = back(words.when.first, widen).year();
    (first..=ahead(words.when.last, widen).year()).take(100).map(i64::from)
}

/// Kinds that may be one event share their keys; guide, rule 23, half matches.
fn group(kind: Kind) -> Kind {
    match kind {
        Kind::Visit | Kind::Conference => Kind::Meeting,
        kind => kind,
    }
}

/// Collects keys of one group of kinds.
struct Keys {
    group: &'static str,
    keys: Vec<BlockKey>,
}

impl Keys {
    fn new(kind: Kind) -> Self {
        Self { group: group(kind).name(), keys: Vec::new() }
    }

    fn add_each(&mut self, shelf: Shelf, parties: &[u64], time: i64) {
        for party in parties {
            self.add(shelf, *party, time);
        }
    }

    fn add(&mut self, shelf: Shelf, party: u64, time: i64) {
        let (party, time) = (party.to_le_bytes(), time.to_le_bytes());
        let hash = hash(&[&[shelf as u8], self.group.as_bytes(), &party, &time]);
        self.keys.push(BlockKey(hash.cast_signed()));
    }

    fn sorted(mut self) -> Vec<BlockKey> {
        self.keys.sort_unstable();
        self.keys.dedup();
        self.keys
    }
}
