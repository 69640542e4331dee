//! An analyst's corrections stand above the rules, whatever comes after them.

use super::claims::{Names, instant};
use super::stories::claim;
use dateline::{
    calendar::Precision,
    event::{
        Arrival, Cause, Changes, Correction, Event, Fix, MemoryLedger, Options, Refusal,
        Whereabouts, consolidate, correct,
    },
    model::{ArticleId, Basis, CorrectionId, EventId, Kind, Party, Resolved, Role, Status},
};

/// A ledger to which articles and an analyst come.
struct Desk {
    ledger: MemoryLedger,
    names: Names,
    second: i64,
}

impl Desk {
    fn new() -> Self {
        Self { ledger: MemoryLedger::new(), names: Names::load(), second: 0 }
    }

    /// A ledger in which each of these lines is an article's claim.
    fn told(lines: &[&str]) -> Self {
        let mut desk = Self::new();
        for line in lines {
            desk.read(line);
        }
        desk
    }

    fn read(&mut self, line: &str) -> Changes {
        self.read_at(line, 0)
    }

    /// The article claims this line now; `n` is the place in its text.
    fn read_at(&mut self, line: &str, n: usize) -> Changes {
        self.second += 1;
        let claim = claim(line, n, &self.names);
        let arrival = Arrival {
            article: claim.article,
            before: self.ledger.claims_by(claim.article),
            now: vec![claim],
            at: instant(self.second),
        };
        let changes = consolidate(&self.ledger, &arrival, &Options::default()).unwrap();
        self.ledger.apply(&arrival, changes.clone());
        changes
    }

    fn correct(&mut self, event: EventId, fix: Fix) -> Result<CorrectionId, Refusal> {
        self.second += 1;
        let id = CorrectionId::of(&[&self.second.to_le_bytes()]);
        let reason = "seen with my own eyes".to_owned();
        let correction = Correction { id, event, fix, reason, recorded: instant(self.second) };
        let corrected = correct(&self.ledger, correction, &Options::default()).unwrap()?;
        self.ledger.correct(corrected);
        Ok(id)
    }

    /// The ids of the events in the order of their dates.
    fn ids(&self) -> Vec<EventId> {
        let mut events: Vec<&Event> = self.ledger.events().collect();
        events.sort_by_key(|event| event.when.when.range().first());
        events.iter().map(|event| event.id).collect()
    }

    fn event(&self, id: EventId) -> Event {
        match self.ledger.find(id) {
            Whereabouts::Here(event) => *event,
            other => unreachable!("{other:?}"),
        }
    }

    fn date(&self, id: EventId) -> String {
        self.event(id).when.when.to_string()
    }

    fn told_by(&self, id: EventId) -> usize {
        self.event(id).mentions.len()
    }
}

fn date(text: &str) -> Fix {
    Fix::Date(Resolved {
        when: text.parse().unwrap(),
        precision: Precision::Day,
        basis: Basis::Corrected,
        others: Vec::new(),
        conflict: false,
    })
}

const NORTH: &str =
    "north | 2025-02-26 | meeting | held | 2025-02-25 | Boris Bratina, Sattar Hashemi | Tehran";
const SOUTH: &str =
    "south | 2025-02-27 | meeting | held | 2025-02-25 | Boris Bratina, Sattar Hashemi | Tehran";
const NEXT_DAY: &str =
    "west | 2025-02-27 | meeting | held | 2025-02-26 | Boris Bratina, Sattar Hashemi | Tehran";
const NEXT_DAY_TOO: &str =
    "east | 2025-02-27 | meeting | held | 2025-02-26 | Boris Bratina, Sattar Hashemi | Tehran";

#[test]
fn fields_are_set_and_stay_set() {
    let mut desk = Desk::told(&[NORTH]);
    let id = desk.ids()[0];
    let who = |name: &str| Party { who: desk.names.get(name), role: Role::Host, at: None };
    let fixes = [
        date("2025-02-24"),
        Fix::Kind(Kind::Visit),
        Fix::Status(Status::Cancelled),
        Fix::Parties(vec![who("Boris Bratina")]),
        Fix::Place(Some(desk.names.get("Belgrade"))),
    ];
    let fields = ["date", "kind", "status", "parties", "place"];
    for (fix, field) in fixes.into_iter().zip(fields) {
        let correction = desk.correct(id, fix).unwrap();
        let revision = desk.ledger.revisions().last().unwrap();
        assert!(revision.changes.iter().any(|change| change.field == field), "{revision:?}");
        let reason = "seen with my own eyes".to_owned();
        assert_eq!(revision.because, Cause::Correction { id: correction, reason });
    }
    let corrected = desk.event(id);
    assert_eq!(corrected.revision, 6);
    assert_eq!(corrected.headline, "Cancelled: Visit to Belgrade");
    assert_eq!(corrected.when.basis, Basis::Corrected);
    let others: Vec<String> = corrected.when.others.iter().map(ToString::to_string).collect();
    assert_eq!(others, ["2025-02-25"], "what the sources say stays visible");

    // Another source, and the first one edited, change nothing of it.
    desk.read(SOUTH);
    desk.read_at(NORTH, 7);
    let after = desk.event(id);
    assert_eq!(after.mentions.len(), 2);
    assert_eq!(
        Event { mentions: corrected.mentions.clone(), confidence: corrected.confidence, ..after },
        corrected
    );
    assert_eq!(desk.correct(id, date("2025-02-24")), Err(Refusal::Already(id)));
}

#[test]
fn a_correction_that_is_undone_leaves_what_the_rules_say() {
    let mut desk = Desk::told(&[NORTH]);
    let id = desk.ids()[0];
    let first = desk.correct(id, date("2025-02-20")).unwrap();
    let second = desk.correct(id, date("2025-02-21")).unwrap();
    assert_eq!(desk.date(id), "2025-02-21", "the later one holds");
    desk.correct(id, Fix::Undo(second)).unwrap();
    assert_eq!(desk.date(id), "2025-02-20");
    desk.correct(id, Fix::Undo(first)).unwrap();
    assert_eq!(desk.date(id), "2025-02-25");
    assert_eq!(desk.correct(id, Fix::Undo(first)), Err(Refusal::NotInForce(first)));
    assert_eq!(desk.event(id).revision, 5);
}

#[test]
fn what_is_hidden_stays_hidden_with_all_that_tells_it() {
    let mut desk = Desk::told(&[NORTH, NEXT_DAY]);
    let [id, other] = desk.ids()[..] else { panic!("two events") };
    let hide = desk.correct(id, Fix::Hide).unwrap();
    assert_eq!(desk.ledger.find(id), Whereabouts::Gone);
    assert_eq!(desk.correct(id, Fix::Hide), Err(Refusal::Already(id)));
    for changes in [desk.read(SOUTH), desk.read_at(NORTH, 7)] {
        assert!(changes.revised.is_empty() && changes.withdrawn.is_empty(), "{changes:?}");
    }
    assert_eq!(desk.ids(), [other]);

    // Gone and come again, it is hidden still.
    for (article, line) in [("north", NORTH), ("south", SOUTH)] {
        desk.second += 1;
        let article = ArticleId::of(&[article.as_bytes()]);
        let before = desk.ledger.claims_by(article);
        let arrival = Arrival { article, before, now: vec![], at: instant(desk.second) };
        let changes = consolidate(&desk.ledger, &arrival, &Options::default()).unwrap();
        assert!(changes.withdrawn.is_empty(), "{line}: it was withdrawn already");
        desk.ledger.apply(&arrival, changes);
    }
    desk.read(NORTH);
    assert_eq!(desk.ids(), [other]);

    desk.correct(id, Fix::Undo(hide)).unwrap();
    desk.read(SOUTH);
    assert_eq!(desk.ids(), [id, other]);
    assert_eq!(desk.told_by(id), 2);
    assert_eq!(desk.ledger.as_of(instant(2)).len(), 2, "what readers saw before it was hidden");
    assert_eq!(desk.ledger.as_of(instant(4)).len(), 1);
}

#[test]
fn two_events_that_are_merged_stay_one() {
    let mut desk = Desk::told(&[NORTH, NEXT_DAY]);
    let [first, second] = desk.ids()[..] else { panic!("two events") };
    // The older one into the younger: the analyst says which id stays.
    let merge = desk.correct(first, Fix::Merge(second)).unwrap();
    assert_eq!(desk.ledger.find(first), Whereabouts::Moved(second));
    assert_eq!(desk.told_by(second), 2);
    // What tells either of the two joins the one; a re-reading does not part them.
    desk.read(SOUTH);
    desk.read(NEXT_DAY_TOO);
    desk.read_at(NORTH, 7);
    desk.read_at(NEXT_DAY, 9);
    assert_eq!((desk.ids(), desk.told_by(second)), (vec![second], 4));

    desk.correct(second, Fix::Undo(merge)).unwrap();
    assert_eq!(desk.ids().len(), 2);
    assert_eq!(desk.ledger.find(first), Whereabouts::Moved(second), "an id leads on for ever");
}

#[test]
fn corrections_go_with_an_event_that_is_merged() {
    let mut desk = Desk::told(&[NORTH, NEXT_DAY]);
    let [first, second] = desk.ids()[..] else { panic!("two events") };
    desk.correct(first, Fix::Place(None)).unwrap();
    desk.correct(first, Fix::Merge(second)).unwrap();
    assert_eq!(desk.event(second).place, None);
}

#[test]
fn an_event_that_is_split_stays_two() {
    let mut desk = Desk::told(&[NORTH, SOUTH]);
    let [id] = desk.ids()[..] else { panic!("one event") };
    let south = ArticleId::of(&[b"south"]);
    let split = Fix::Split { articles: vec![south], into: id };
    desk.correct(id, split).unwrap();
    let [one, two] = desk.ids()[..] else { panic!("two events") };
    let new = if one == id { two } else { one };
    assert_eq!((desk.told_by(id), desk.told_by(new)), (1, 1));
    assert_eq!(desk.event(new).revision, 1);
    assert_eq!(desk.event(new).mentions[0].0, south);
    desk.read_at(SOUTH, 7);
    desk.read_at(NORTH, 9);
    desk.read(&NORTH.replace("north", "east"));
    assert_eq!(desk.ids().len(), 2);
    let tells = |desk: &Desk, id: EventId| {
        desk.event(id).mentions.iter().any(|(article, _)| *article == south)
    };
    assert!(tells(&desk, new) && !tells(&desk, id), "each keeps its articles");

    let nothing = ArticleId::of(&[b"nothing"]);
    let all: Vec<ArticleId> = desk.event(id).mentions.iter().map(|(of, _)| *of).collect();
    for (articles, refusal) in [
        (vec![nothing], Refusal::NotTold { event: id, article: nothing }),
        (all, Refusal::NothingLeft(id)),
    ] {
        let split = Fix::Split { articles, into: id };
        assert_eq!(desk.correct(id, split), Err(refusal));
    }
}

#[test]
fn what_cannot_be_corrected_is_refused() {
    let mut desk = Desk::told(&[NORTH, NEXT_DAY]);
    let [first, second] = desk.ids()[..] else { panic!("two events") };
    let unknown = EventId::of(&[b"nothing"]);
    assert_eq!(desk.correct(unknown, Fix::Hide), Err(Refusal::NoEvent(unknown)));
    assert_eq!(desk.correct(first, Fix::Merge(unknown)), Err(Refusal::NoEvent(unknown)));
    assert_eq!(desk.correct(first, Fix::Merge(first)), Err(Refusal::Itself(first)));
    desk.correct(first, Fix::Hide).unwrap();
    assert_eq!(desk.correct(first, Fix::Merge(second)), Err(Refusal::Hidden(first)));
}
