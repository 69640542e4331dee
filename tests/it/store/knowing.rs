//! What was known when: the timeline as of an instant is the one that was served then.

use super::sample::{Sample, Story, at};
use dateline::{
    event::Event,
    model::{Kind, Status},
    store::{EventQuery, Instants, Lookup},
};
use proptest::{collection::vec, prelude::*};

/// An article that is read: which, by which source, who on which day, in which status.
fn story() -> impl Strategy<Value = Story> {
    let which = (0usize..5, 0usize..3);
    (which, 0usize..2, 0usize..3, 0usize..4, prop::bool::ANY).prop_map(
        |((name, source), person, day, status, moved)| Story {
            name: format!("article {name}"),
            source: ["north", "south", "west"][source],
            person: ["ana-petrov", "ben-ilic"][person].to_owned(),
            date: ["2025-02-25", "2025-02-26", "2025-02~"][day].to_owned(),
            status: [Status::Held, Status::Planned, Status::Cancelled, Status::Denied][status],
            kind: Kind::Visit,
            // The claim stands elsewhere in the text.
            sentence: if moved { "تمت Then he came." } else { "He came." }.to_owned(),
            ..Story::default()
        },
    )
}

fn events(sample: &Sample, as_of: Option<i64>) -> Vec<Event> {
    let query = EventQuery { as_of: as_of.map(at), ..EventQuery::default() };
    sample.list(&query).into_iter().map(|found| found.event).collect()
}

fn dump(sample: &Sample, instants: Instants) -> String {
    let mut out = Vec::new();
    sample.store.read(|reading| reading.dump(&mut out, instants)).unwrap();
    String::from_utf8(out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn as_of_an_instant_is_the_snapshot_taken_then(stories in vec(story(), 1..9)) {
        let sample = Sample::new();
        let mut snapshots = Vec::new();
        for (minute, story) in (0..).zip(&stories) {
            sample.put(&Story { at: at(minute), ..story.clone() });
            snapshots.push((minute, events(&sample, None)));
        }
        for (minute, snapshot) in &snapshots {
            prop_assert_eq!(&events(&sample, Some(*minute)), snapshot, "minute {}", minute);
        }
        // The same after a dump and a load, byte for byte.
        for instants in [Instants::With, Instants::Without] {
            let dumped = dump(&sample, instants);
            let loaded = Sample::new();
            let bytes = dumped.clone();
            let load = loaded.store.write_blocking(move |writing| writing.load(bytes.as_bytes(), at(99)));
            prop_assert!(load.is_ok(), "{load:?}");
            prop_assert_eq!(dump(&loaded, instants), dumped);
            if instants == Instants::With {
                for (minute, snapshot) in &snapshots {
                    prop_assert_eq!(&events(&loaded, Some(*minute)), snapshot);
                }
            }
        }
    }
}

#[test]
fn a_further_source_is_no_revision_but_is_known_from_its_instant_on() {
    let sample = Sample::new();
    sample.put(&Story { at: at(0), ..Story::on("one", "2025-02-25") });
    let id = events(&sample, None)[0].id;
    let revision = || sample.store.read(|reading| reading.revision()).unwrap();
    let before = revision();
    sample.put(&Story { source: "daily", at: at(5), ..Story::on("two", "2025-02-25") });
    assert!(revision() > before, "lists are tagged anew");
    assert_eq!(sample.store.read(|reading| reading.changed()).unwrap(), at(5));
    let Lookup::Found(found) = sample.store.read(|reading| reading.event(id)).unwrap() else {
        unreachable!("it is there")
    };
    assert_eq!((found.event.revision, found.event.changed), (1, at(0)));
    assert_eq!(sample.store.read(|reading| reading.revisions(id)).unwrap().len(), 1);
    let told_by = |minute| events(&sample, Some(minute))[0].mentions.len();
    assert_eq!((told_by(4), told_by(5)), (1, 2));
}
