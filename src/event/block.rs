//! Where claims meet: the index that spares comparing every claim with every other.
//!
//! A claim stands in few places of the index ([`Facts::slots`]) and looks into more ([`reach`]). A key joins shelf,
//! kind, party and period; under it claims stand by the day, so that a look brings those of the days that are
//! asked for and no others, however many there are. Both together make sure that two claims which
//! [`super::same`] may call one meet from either side:
//! - claims that share a person or body, on the same days;
//! - what was announced and what came of it, of one kind, that share a person or body, as far apart as the
//!   kind allows;
//! - a claim that tells the days which a postponement left, and those of these days;
//! - a claim without persons and one with the same countries, on the same days;
//! - claims without any party, of one place and day;
//! - a claim of a longer period and those inside it.
//!
//! Periods stand in front in a key: what is told of one season lies together on the disk.

use super::facts::{Facts, Level, Words, hash};
use crate::model::{Kind, Status};
use chrono::{Datelike as _, Days, NaiveDate};

/// How many persons and bodies of a claim are filed.
const NAMED: usize = 4;

/// The longest run of days filed by its first day; a longer one is filed by its years.
pub(super) const MONTH: i64 = 31;

/// Days on each side of an approximate date; guide, rule 23.
pub(super) const WIDEN: i64 = 3;

/// How long after the announced day it may still happen.
pub(super) const POSTPONABLE: i64 = 366;

/// The most periods into which a claim looks, should a text tell an age.
const PERIODS: usize = 100;

/// Where a claim stands in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot {
    /// Shelf, kind, party and period.
    pub key: i64,
    /// The day by which it is found there, counted from the beginning of the common era.
    pub day: i32,
}

/// Where claims stand that may tell the same as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Window {
    /// As in [`Slot`].
    pub key: i64,
    /// The first of the days that are looked at.
    pub first: i32,
    /// The last of them.
    pub last: i32,
}

/// What a key tells besides kind, party and time.
#[derive(Debug, Clone, Copy)]
enum Shelf {
    /// A person or body, of a claim of one exact day.
    Named = 1,
    /// The same, of a claim of several days or of about a day.
    NamedStay,
    /// A country of a claim of one exact day that names persons.
    Faced,
    FacedStay,
    /// A country of a claim of one exact day that names none.
    Faceless,
    FacelessStay,
    /// Any party of a claim of a long period.
    Long,
    /// A person or body of what is announced.
    Plan,
    /// A person or body of what became of an announcement.
    Outcome,
    /// A person or body of what was put off, by the days it left.
    Left,
    /// The place of a claim without parties.
    Nobody,
}

/// The shelf of claims of one exact day, and that of others which are not long.
type Shelves = [Shelf; 2];
const NAMED_SHELVES: Shelves = [Shelf::Named, Shelf::NamedStay];
const FACED: Shelves = [Shelf::Faced, Shelf::FacedStay];
const FACELESS: Shelves = [Shelf::Faceless, Shelf::FacelessStay];

impl Facts {
    /// Where a ledger files the claim, sorted, each once; about five places.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        slots(&self.words)
    }

    /// The week it tells of in front of a hash of what the claim says, so far as it is compared: claims of the same
    /// wording tell the same event, and those that are told at a time stand together. `None` where it names nobody,
    /// for such a one hangs on its subject.
    #[must_use]
    pub fn wording(&self) -> Option<i64> {
        const HASHED: u32 = 48;
        let week = i64::from(day(self.words.when.first).div_euclid(7)) << HASHED;
        let told =
            || week | (hash(&[&self.words.to_bytes()]) >> (u64::BITS - HASHED)).cast_signed();
        (!self.words.members.is_empty()).then(told)
    }
}

/// Where a claim is filed; sorted, each once.
pub(super) fn slots(words: &Words) -> Vec<Slot> {
    let mut slots = Vec::new();
    let (named, countries) = (named(words), words.countries());
    let first = words.when.first;
    let group = group(words.kind);
    let mut file = |shelf, kind: Kind, parties: &[u64], period: i64, day: i32| {
        let slot = |party: &u64| Slot { key: key(shelf, kind, *party, period), day };
        slots.extend(parties.iter().map(slot));
    };
    if words.is_long() {
        for year in years(words, 0) {
            file(Shelf::Long, group, &named, year, 0);
            if words.is_faceless() {
                file(Shelf::Long, group, &countries, year, 0);
            }
        }
    } else {
        let of = |[exact, stay]: Shelves| if words.is_exact() { exact } else { stay };
        let faces = if words.is_faceless() { FACELESS } else { FACED };
        file(of(NAMED_SHELVES), group, &named, quarter(first), day(first));
        file(of(faces), group, &countries, quarter(first), day(first));
    }
    if words.is_plan() {
        file(Shelf::Plan, words.kind, &named, year(first), day(first));
    }
    if words.is_outcome() {
        file(Shelf::Outcome, words.kind, &named, year(first), day(first));
    }
    if let Some(left) = words.previous {
        file(Shelf::Left, words.kind, &named, quarter(left.first), day(left.first));
    }
    if let (true, Some(place)) = (words.members.is_empty(), words.place) {
        file(Shelf::Nobody, group, &[place.key], quarter(first), day(first));
    }
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// Where claims are filed that may tell the same as this one; sorted, each once.
pub(super) fn reach(words: &Words) -> Vec<Window> {
    let mut windows = Windows::default();
    let (named, countries) = (named(words), words.countries());
    let (first, last) = (words.when.first, words.when.last);
    let group = group(words.kind);
    let near = if words.when.approximate { WIDEN } else { 0 };
    let mut around = |[exact, stay]: Shelves, parties: &[u64], near: i64, first, last| {
        windows.look(exact, group, parties, (back(first, near), ahead(last, near)));
        windows.look(stay, group, parties, (back(first, MONTH + WIDEN), ahead(last, WIDEN)));
    };
    around(NAMED_SHELVES, &named, near, first, last);
    if words.is_faceless() || !words.is_long() {
        around(FACELESS, &countries, near, first, last);
    }
    if words.is_faceless() && !words.is_long() {
        around(FACED, &countries, near, first, last);
    }
    if let Some(left) = words.previous {
        around(NAMED_SHELVES, &named, WIDEN, left.first, left.last);
    }
    if words.is_announced() {
        let days = (back(first, MONTH + WIDEN), ahead(last, WIDEN));
        windows.look(Shelf::Left, words.kind, &named, days);
    }
    if let (true, Some(place)) = (words.members.is_empty(), words.place) {
        windows.look(Shelf::Nobody, group, &[place.key], (first, first));
    }
    for year in years(words, WIDEN) {
        windows.look_all(Shelf::Long, group, &named, year);
        if words.is_faceless() {
            windows.look_all(Shelf::Long, group, &countries, year);
        }
    }
    let patience = words.patience();
    // What is announced for a period stands under its first day.
    let from = back(first, patience + MONTH);
    let from = if patience > MONTH { from.with_ordinal(1).unwrap_or(from) } else { from };
    if words.is_outcome() {
        let early = if words.status == Status::Held { WIDEN } else { patience };
        windows.look_years(Shelf::Plan, words.kind, &named, (from, ahead(last, early)));
    }
    if words.is_plan() {
        windows.look_years(Shelf::Outcome, words.kind, &named, (from, ahead(last, patience)));
    }
    windows.sorted()
}

/// Whether a claim that stands in `slots` is found by one that looks into `windows`; both sorted.
pub(super) fn finds(windows: &[Window], slots: &[Slot]) -> bool {
    windows.iter().any(|window| {
        let at = slots.partition_point(|slot| (slot.key, slot.day) < (window.key, window.first));
        slots.get(at).is_some_and(|slot| slot.key == window.key && slot.day <= window.last)
    })
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

fn day(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

fn quarter(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 4 + i64::from(day.month0() / 3)
}

/// The first quarter of a year, by which it is counted.
fn year(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 4
}

/// The years of a claim widened by some days.
fn years(words: &Words, widen: i64) -> impl Iterator<Item = i64> + use<> {
    let first = back(words.when.first, widen).year();
    let years = first..=ahead(words.when.last, widen).year();
    years.take(PERIODS).map(|year| i64::from(year) * 4)
}

/// Kinds that may be one event share their keys; guide, rule 23, half matches.
fn group(kind: Kind) -> Kind {
    match kind {
        Kind::Visit | Kind::Conference => Kind::Meeting,
        kind => kind,
    }
}

/// The period in the upper 16 bits, a hash of all in the others.
fn key(shelf: Shelf, kind: Kind, party: u64, period: i64) -> i64 {
    const HASHED: u32 = 48;
    let (party, time) = (party.to_le_bytes(), period.to_le_bytes());
    let hash = hash(&[&[shelf as u8], kind.name().as_bytes(), &party, &time]);
    (period << HASHED) | (hash >> (u64::BITS - HASHED)).cast_signed()
}

/// Collects what is looked at.
#[derive(Default)]
struct Windows(Vec<Window>);

impl Windows {
    /// Looks at some days on a shelf of quarters.
    fn look(&mut self, shelf: Shelf, kind: Kind, parties: &[u64], days: (NaiveDate, NaiveDate)) {
        let (first, last) = (day(days.0), day(days.1));
        for period in (quarter(days.0)..=quarter(days.1)).take(4 * PERIODS) {
            self.add(shelf, kind, parties, period, (first, last));
        }
    }

    /// Looks at some days on a shelf of years.
    fn look_years(
        &mut self,
        shelf: Shelf,
        kind: Kind,
        parties: &[u64],
        days: (NaiveDate, NaiveDate),
    ) {
        let (first, last) = (day(days.0), day(days.1));
        for period in (year(days.0)..=year(days.1)).step_by(4).take(PERIODS) {
            self.add(shelf, kind, parties, period, (first, last));
        }
    }

    /// Looks at all that stands on a shelf for a period.
    fn look_all(&mut self, shelf: Shelf, kind: Kind, parties: &[u64], period: i64) {
        self.add(shelf, kind, parties, period, (i32::MIN, i32::MAX));
    }

    fn add(
        &mut self,
        shelf: Shelf,
        kind: Kind,
        parties: &[u64],
        period: i64,
        (first, last): (i32, i32),
    ) {
        let window = |party: &u64| Window { key: key(shelf, kind, *party, period), first, last };
        self.0.extend(parties.iter().map(window));
    }

    fn sorted(mut self) -> Vec<Window> {
        self.0.sort_unstable();
        self.0.dedup();
        self.0
    }
}
