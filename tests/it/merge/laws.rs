//! Laws of consolidation, held against random stories.

use super::claims::{Names, Told, instant};
use chrono::{Days, NaiveDate};
use dateline::{
    event::{Arrival, Changes, Claim, Event, MemoryLedger, Options, Whereabouts, consolidate},
    model::{ArticleId, Basis, EventId, Kind, MentionId, Status},
    text::Lang,
};
use proptest::{prelude::*, sample::Index};
use std::collections::{BTreeMap, BTreeSet};

/// Few people, places and days, so that stories meet, overlap and contradict each other.
const PARTIES: [&str; 7] = [
    "Sattar Hashemi",
    "Aleksandar Vučić",
    "Dejan Ristić",
    "Ehsan Chitsaz",
    "Serbian Chamber of Commerce",
    "Iran",
    "Serbia",
];
const PLACES: [Option<&str>; 5] =
    [None, Some("Belgrade"), Some("Novi Sad"), Some("Serbia"), Some("Tehran")];
const DATES: [&str; 12] = [
    "2025-02-25",
    "2025-02-26",
    "2025-02-27",
    "2025-02-25~",
    "2025-02-27~",
    "2025-03-02~",
    "2025-02-25/2025-02-27",
    "2025-03-05",
    "2025-02",
    "2025-03~",
    "2025",
    "2025-06-01",
];
const KINDS: [Kind; 4] = [Kind::Visit, Kind::Meeting, Kind::Agreement, Kind::Conference];

/// What one version of an article claims.
type Article = Vec<Line>;

/// Positions in the lists above: kind, status, date, date before, parties, place.
type Line = (usize, usize, usize, Option<usize>, BTreeSet<usize>, usize);

/// Which article is read, and what it claims then; nothing for one that is taken down.
type Reading = (usize, Option<u64>, Article);

fn article() -> impl Strategy<Value = Article> {
    let parties = prop::collection::btree_set(0..PARTIES.len(), 0..4);
    let previous = prop::option::weighted(0.2, 0..DATES.len());
    let what = (0..KINDS.len(), 0..Status::ALL.len());
    let when = (0..DATES.len(), previous);
    let claim = (what, when, parties, 0..PLACES.len()).prop_map(
        |((kind, status), (date, previous), parties, place)| {
            (kind, status, date, previous, parties, place)
        },
    );
    prop::collection::vec(claim, 0..4)
}

/// Readings of up to six articles, some of them again with other claims.
fn readings() -> impl Strategy<Value = Vec<Reading>> {
    prop::collection::vec((0usize..6, prop::option::of(0u64..20), article()), 1..12)
}

fn claims((number, published, article): &Reading, names: &Names) -> Vec<Claim> {
    let told = |(n, (kind, status, date, previous, parties, place)): (usize, &Line)| {
        Told {
            article: &format!("article {number}"),
            source: ["north", "south", "west"][number % 3],
            lang: Lang::ALL[number % Lang::ALL.len()],
            published: published
                .map(|days| NaiveDate::from_ymd_opt(2025, 2, 20).unwrap() + Days::new(days)),
            n,
            kind: KINDS[*kind],
            status: Status::ALL[*status],
            date: DATES[*date],
            basis: Basis::Relative,
            parties: parties.iter().map(|party| names.get(PARTIES[*party])).collect(),
            place: PLACES[*place].map(|place| names.get(place)),
            previous: previous.map(|date| DATES[date]),
        }
        .claim()
    };
    article.iter().enumerate().map(told).collect()
}

fn article_id(number: usize) -> ArticleId {
    ArticleId::of(&[format!("article {number}").as_bytes()])
}

/// A ledger that is fed one reading after the other.
#[derive(Default)]
struct Story {
    ledger: MemoryLedger,
    second: i64,
}

impl Story {
    fn read(&mut self, article: ArticleId, now: Vec<Claim>) -> Changes {
        self.second += 1;
        let before = self.ledger.claims_by(article);
        let arrival = Arrival { article, before, now, at: instant(self.second) };
        let changes = consolidate(&self.ledger, &arrival, &Options::default()).unwrap();
        self.ledger.apply(&arrival, changes.clone());
        changes
    }

    fn told(readings: &[Reading], names: &Names) -> Self {
        let mut story = Self::default();
        for reading in readings {
            story.read(article_id(reading.0), claims(reading, names));
        }
        story
    }

    /// The events with their ids and revisions, without the instants at which they were learnt.
    fn named(&self) -> BTreeMap<EventId, (u32, String)> {
        let named = |event: &Event| (event.revision, format!("{:?}", timeless(event)));
        self.ledger.events().map(|event| (event.id, named(event))).collect()
    }

    /// The events without what depends on when and in what order they were learnt.
    fn content(&self) -> BTreeSet<String> {
        self.ledger.events().map(|event| format!("{:?}", timeless(event))).collect()
    }
}

fn timeless(event: &Event) -> Event {
    Event {
        id: EventId::from_bytes([0; 16]),
        revision: 0,
        first_seen: instant(0),
        changed: instant(0),
        ..event.clone()
    }
}

/// What readers see of an event, with its id and the number of its revision.
fn shown(event: &Event) -> String {
    let Event { id, revision, kind, status, when, previous, parties, place, headline, .. } = event;
    let (date, others) = (when.when, &when.others);
    format!(
        "{id} {revision} {kind:?} {status:?} {date} {others:?} {previous:?} {parties:?} {place:?} {headline}"
    )
}

/// The last reading of each article, in the order of the articles.
fn final_readings(readings: &[Reading]) -> Vec<Reading> {
    let last: BTreeMap<usize, Reading> =
        readings.iter().map(|reading| (reading.0, reading.clone())).collect();
    last.into_values().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_order_of_arrival_does_not_matter(
        readings in readings(),
        shuffle in prop::collection::vec(any::<Index>(), 12),
    ) {
        let names = Names::load();
        let once = final_readings(&readings);
        let mut shuffled = once.clone();
        for (at, index) in shuffle.iter().enumerate().take(once.len()) {
            shuffled.swap(at, index.index(once.len()));
        }
        let (one, two) = (Story::told(&once, &names), Story::told(&shuffled, &names));
        prop_assert_eq!(one.content(), two.content());
    }

    #[test]
    fn the_same_order_of_arrival_gives_the_same_ids(
        readings in readings(),
        again in prop::collection::vec(any::<Index>(), 12),
    ) {
        let names = Names::load();
        let once = final_readings(&readings);
        let told = Story::told(&once, &names);
        // Beside what is new, every sweep brings what was read before.
        let mut repeated = Story::default();
        for (n, reading) in once.iter().enumerate() {
            repeated.read(article_id(reading.0), claims(reading, &names));
            let before = &once[again[n].index(n + 1)];
            repeated.read(article_id(before.0), claims(before, &names));
        }
        prop_assert_eq!(repeated.named(), told.named());
    }

    #[test]
    fn reading_again_leads_where_a_first_reading_leads(readings in readings()) {
        let names = Names::load();
        let changed = Story::told(&readings, &names);
        let fresh = Story::told(&final_readings(&readings), &names);
        prop_assert_eq!(changed.content(), fresh.content());
    }

    #[test]
    fn reading_the_same_again_changes_nothing(readings in readings()) {
        let names = Names::load();
        let mut story = Story::told(&readings, &names);
        for reading in final_readings(&readings) {
            let changes = story.read(article_id(reading.0), claims(&reading, &names));
            prop_assert_eq!(changes, Changes::default());
        }
    }

    #[test]
    fn every_id_ever_given_out_leads_somewhere(readings in readings()) {
        let names = Names::load();
        let mut story = Story::default();
        let mut given = BTreeSet::new();
        for reading in &readings {
            story.read(article_id(reading.0), claims(reading, &names));
            given.extend(story.ledger.events().map(|event| event.id));
            for id in &given {
                prop_assert_ne!(story.ledger.find(*id), Whereabouts::Unknown);
            }
        }
    }

    #[test]
    fn what_was_known_then_can_be_read_later(readings in readings()) {
        let names = Names::load();
        let mut story = Story::default();
        let mut snapshots = Vec::new();
        for reading in &readings {
            story.read(article_id(reading.0), claims(reading, &names));
            let snapshot: Vec<String> = story.ledger.events().map(shown).collect();
            snapshots.push((story.second, snapshot));
        }
        for (second, snapshot) in snapshots {
            let then: Vec<String> =
                story.ledger.as_of(instant(second)).iter().map(shown).collect();
            prop_assert_eq!(then, snapshot);
        }
    }

    #[test]
    fn an_article_that_goes_and_comes_back_leaves_no_trace(
        readings in readings(),
        which in any::<Index>(),
    ) {
        let names = Names::load();
        let mut story = Story::told(&readings, &names);
        let before = story.content();
        let once = final_readings(&readings);
        let reading = &once[which.index(once.len())];
        story.read(article_id(reading.0), Vec::new());
        let without: Vec<Reading> =
            once.iter().filter(|other| other.0 != reading.0).cloned().collect();
        prop_assert_eq!(story.content(), Story::told(&without, &names).content());
        story.read(article_id(reading.0), claims(reading, &names));
        prop_assert_eq!(story.content(), before);
    }

    #[test]
    fn every_claim_is_in_one_event_unless_somebody_denies(readings in readings()) {
        let names = Names::load();
        let story = Story::told(&readings, &names);
        let mut seen: BTreeSet<MentionId> = BTreeSet::new();
        for event in story.ledger.events() {
            prop_assert_ne!(event.status, Status::Denied);
            for (_, mention) in &event.mentions {
                prop_assert!(seen.insert(*mention));
            }
        }
        let made: Vec<Claim> = final_readings(&readings)
            .iter()
            .flat_map(|reading| claims(reading, &names))
            .collect();
        let denied = made.iter().any(|claim| claim.mention.status == Status::Denied);
        let told = made.iter().all(|claim| seen.contains(&claim.mention.id));
        prop_assert!(denied || told);
    }
}
