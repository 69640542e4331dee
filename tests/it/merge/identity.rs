//! Ids: given out once, for ever.

use super::claims::{Names, instant};
use super::stories::claim;
use dateline::{
    event::{Arrival, Cause, Changes, Event, MemoryLedger, Options, Whereabouts, consolidate},
    model::{ArticleId, EventId},
};

/// A ledger to which articles come and go.
struct Desk {
    ledger: MemoryLedger,
    names: Names,
    second: i64,
}

impl Desk {
    fn new() -> Self {
        Self { ledger: MemoryLedger::new(), names: Names::load(), second: 0 }
    }

    /// The article claims these lines now, and nothing else.
    fn read(&mut self, article: &str, lines: &[&str]) -> Changes {
        self.second += 1;
        let id = ArticleId::of(&[article.as_bytes()]);
        let arrival = Arrival {
            article: id,
            before: self.ledger.claims_by(id),
            now: (0..).zip(lines).map(|(n, line)| claim(line, n, &self.names)).collect(),
            at: instant(self.second),
        };
        let changes = consolidate(&self.ledger, &arrival, &Options::default()).unwrap();
        self.ledger.apply(&arrival, changes.clone());
        changes
    }

    fn only_event(&self) -> Event {
        let events: Vec<&Event> = self.ledger.events().collect();
        assert_eq!(events.len(), 1);
        events[0].clone()
    }

    fn fields_of_last_revision(&self) -> Vec<&'static str> {
        let revision = self.ledger.revisions().last().unwrap();
        revision.changes.iter().map(|change| change.field).collect()
    }
}

const PLANNED: &str =
    "north | 2025-03-01 | visit | planned | 2025-03-12 | Boris Bratina, Sattar Hashemi | Tehran";
const HELD_LATER: &str =
    "south | 2025-06-03 | visit | held | 2025-06-02 | Boris Bratina, Sattar Hashemi | Tehran";
#[test]
fn a_planned_event_becomes_held_under_its_id() {
    let mut desk = Desk::new();
    desk.read("north", &[PLANNED]);
    let planned = desk.only_event();
    desk.read("south", &[HELD_LATER]);
    let held = desk.only_event();
    assert_eq!((held.id, held.revision), (planned.id, 2));
    assert_eq!(desk.fields_of_last_revision(), ["date", "status", "headline"]);
    assert_eq!((held.first_seen, held.changed), (instant(1), instant(2)));
}

#[test]
fn a_source_that_says_the_same_makes_no_revision() {
    let mut desk = Desk::new();
    desk.read("north", &[PLANNED]);
    let changes = desk.read("east", &[&PLANNED.replace("north", "east")]);
    assert!(changes.revised.is_empty());
    assert_eq!(changes.touched.len(), 1);
    let event = desk.only_event();
    assert_eq!((event.revision, event.mentions.len()), (1, 2));
}

#[test]
fn two_events_that_turn_out_to_be_one_leave_a_redirect() {
    let mut desk = Desk::new();
    let first = "north | 2025-03-01 | meeting | planned | 2025-03-12 | Boris Bratina, Sattar Hashemi | Tehran";
    let second =
        "south | 2025-06-02 | meeting | held | 2025-06-02 | Boris Bratina, Sattar Hashemi | Tehran";
    let bridge = "west | 2025-03-10 | meeting | postponed | 2025-06-02 (2025-03-12) | Boris Bratina, Sattar Hashemi | Tehran";
    desk.read("north", &[first]);
    let older = desk.only_event().id;
    desk.read("south", &[second]);
    let younger = desk.ledger.events().map(|event| event.id).find(|id| *id != older).unwrap();
    let changes = desk.read("west", &[bridge]);
    assert_eq!(changes.merged, [(younger, older)]);
    assert_eq!(desk.only_event().id, older);
    assert_eq!(desk.ledger.find(younger), Whereabouts::Moved(older));

    // The report that joined them is taken back: both are there again, and every id still leads on.
    desk.read("west", &[]);
    let ids: Vec<EventId> = desk.ledger.events().map(|event| event.id).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&older) && !ids.contains(&younger));
    assert_eq!(desk.ledger.find(younger), Whereabouts::Moved(older));
}

#[test]
fn what_is_taken_back_is_gone_and_comes_back_under_its_id() {
    let mut desk = Desk::new();
    desk.read("north", &[PLANNED]);
    let id = desk.only_event().id;
    let changes = desk.read("north", &[]);
    assert_eq!(changes.withdrawn, [id]);
    assert_eq!(desk.ledger.find(id), Whereabouts::Gone);
    assert!(desk.ledger.as_of(instant(2)).is_empty());
    desk.read("north", &[PLANNED]);
    let back = desk.only_event();
    assert_eq!((back.id, back.revision, back.first_seen), (id, 2, instant(1)));
    assert_eq!(desk.ledger.as_of(instant(1)).len(), 1);
}

#[test]
fn an_edit_that_moves_the_claims_keeps_the_ids() {
    let mut desk = Desk::new();
    let other = PLANNED.replace("visit", "exhibition").replace("2025-03-12", "2025-04-01");
    desk.read("north", &[PLANNED, &other]);
    let ids = |desk: &Desk| desk.ledger.events().map(|event| event.id).collect::<Vec<EventId>>();
    let before = ids(&desk);
    // A sentence before them: each claim has another place in the text, and so another key.
    let elsewhere = "north | 2025-03-01 | launch | held | 2025-01-05 | Iran Air | Belgrade";
    desk.read("north", &[elsewhere, PLANNED, &other]);
    let after = ids(&desk);
    assert_eq!(after.len(), 3);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?} {after:?}");
    // Moved, and the date mended.
    desk.read("north", &[&PLANNED.replace("2025-03-12", "2025-03-13"), &other]);
    assert!(before.iter().all(|id| ids(&desk).contains(id)));
}

#[test]
fn a_mended_date_keeps_the_id() {
    let mut desk = Desk::new();
    desk.read("north", &[PLANNED]);
    let id = desk.only_event().id;
    desk.read("north", &[&PLANNED.replace("2025-03-12", "2025-03-13")]);
    let event = desk.only_event();
    assert_eq!((event.id, event.when.when.to_string().as_str()), (id, "2025-03-13"));
    let revision = desk.ledger.revisions().last().unwrap();
    assert_eq!(revision.because, Cause::Article(ArticleId::of(&[b"north"])));
    assert_eq!(
        (revision.changes[0].from.as_str(), revision.changes[0].to.as_str()),
        ("2025-03-12", "2025-03-13")
    );
}
