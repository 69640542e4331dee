//! Dump and load: the same data, the same bytes.

use super::sample::{Sample, Story, at, options};
use dateline::{
    model::Status,
    store::{EventQuery, Instants, SourceState, Store, StoreError},
    text::terms::Terms,
};

/// A database with an event that changed, one that is gone, one that two sources tell, and a source.
fn filled(later: i64) -> Sample {
    let sample = Sample::new();
    let story = Story { status: Status::Planned, at: at(later), ..Story::on("one", "2025-02-25") };
    sample.put(&story);
    sample.put(&Story { status: Status::Held, at: at(later + 1), ..story });
    let gone = Story { person: "ben".to_owned(), at: at(later), ..Story::on("gone", "2025-01-01") };
    sample.put(&gone);
    sample.put(&Story { status: Status::Denied, ..gone });
    sample.put(&Story { source: "daily", at: at(later + 2), ..Story::on("two", "2025-02-25") });
    sample
        .store
        .write_blocking(move |writing| {
            let state = SourceState {
                body_hash: Some([7; 32]),
                last_success: Some(at(later)),
                failures: 2,
                ..SourceState::default()
            };
            writing.put_source_state(&Story::default().article().source, &state)
        })
        .unwrap();
    sample
}

fn dump(store: &Store, instants: Instants) -> String {
    let mut out = Vec::new();
    store.read(|reading| reading.dump(&mut out, instants)).unwrap();
    String::from_utf8(out).unwrap()
}

fn load(dump: String) -> Result<Sample, StoreError> {
    let sample = Sample::new();
    sample.store.write_blocking(move |writing| writing.load(dump.as_bytes(), at(500)))?;
    Ok(sample)
}

#[test]
fn what_was_dumped_with_instants_comes_back_whole() {
    let sample = filled(0);
    let dumped = dump(&sample.store, Instants::With);
    let loaded = load(dumped.clone()).unwrap();
    assert_eq!(dump(&loaded.store, Instants::With), dumped);

    for query in [
        EventQuery::default(),
        EventQuery { text: Some(Terms::read("minister")), ..EventQuery::default() },
        EventQuery { as_of: Some(at(0)), ..EventQuery::default() },
    ] {
        let both =
            [&sample, &loaded].map(|of| of.store.read(|reading| reading.events(&query)).unwrap());
        assert!(!both[0].events.is_empty());
        assert_eq!(both[0], both[1]);
    }
    let sources = |of: &Sample| of.store.read(|reading| reading.sources()).unwrap();
    assert_eq!(sources(&sample), sources(&loaded));
    let found = &sample.list(&EventQuery::default())[0];
    let revisions =
        |of: &Sample| of.store.read(|reading| reading.revisions(found.event.id)).unwrap();
    assert_eq!(revisions(&sample), revisions(&loaded));
}

#[test]
fn databases_filled_at_different_times_dump_the_same() {
    let (one, other) = (filled(0), filled(300));
    assert_ne!(dump(&one.store, Instants::With), dump(&other.store, Instants::With));
    let dumped = dump(&one.store, Instants::Without);
    assert_eq!(dump(&other.store, Instants::Without), dumped);

    let loaded = load(dumped.clone()).unwrap();
    assert_eq!(dump(&loaded.store, Instants::Without), dumped);
    assert_eq!(loaded.days(&EventQuery::default()), one.days(&EventQuery::default()));
}

#[test]
fn a_loaded_database_goes_on() {
    let dumped = dump(&filled(0).store, Instants::With);
    let loaded = load(dumped).unwrap();
    let before = loaded.store.read(|reading| reading.revision()).unwrap();
    let third = Story { at: at(600), ..Story::on("three", "2025-02-25") };
    let touched = loaded.put(&third).1.touched;
    assert_eq!(touched[0].mentions.len(), 3, "the claims loaded are found");
    assert!(loaded.store.read(|reading| reading.revision()).unwrap() > before);
}

#[test]
fn what_is_no_dump_is_refused_by_its_line() {
    for (dump, expected) in [
        ("{}", "line 1 of the dump"),
        ("{\"dateline\":{\"format\":1}}\nnot json", "line 2 of the dump"),
        ("{\"dateline\":{\"format\":9}}", "format 9 is not known"),
        (
            "{\"dateline\":{\"format\":1}}\n{\"end\":{\"event\":\"zz\"}}",
            "`zz` is not the id of an event",
        ),
    ] {
        let error = load(dump.to_owned()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let full = filled(0);
    let dumped = dump(&full.store, Instants::With);
    let claim = dumped.lines().find(|line| line.starts_with("{\"mention\"")).unwrap();
    let twice = dumped.replace(claim, &format!("{claim}\n{claim}"));
    let error = load(twice).unwrap_err().to_string();
    assert!(error.contains("of the dump") && error.contains("is told twice"), "{error}");
    let refused = full.store.write_blocking(move |writing| writing.load(dumped.as_bytes(), at(0)));
    assert!(refused.unwrap_err().to_string().contains("not empty"));
    assert!(Store::open(&options(&full.directory)).is_ok());
}
