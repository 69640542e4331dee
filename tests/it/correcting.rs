//! An analyst's corrections in the database, on the command line, and over HTTP.

use crate::store::sample::{Sample, Story, at};
use axum::{body::Body, http::Request};
use dateline::{
    clock::FixedClock,
    event::{self, Correction, Fix, Refusal, correct},
    model::{EventId, Status},
    publish::{self, Site},
    serve::{self, State},
    store::{EventQuery, HistoryQuery, HistoryStep, Instants, Lookup, Store, StoreError},
};
use std::{
    net::SocketAddr,
    path::Path,
    process::{Command, Output},
    sync::Arc,
};
use tower::ServiceExt as _;

/// Makes a correction as the command line does.
fn put_right(sample: &Sample, event: EventId, fix: Fix, minute: i64) -> Result<(), StoreError> {
    sample.store.write_blocking(move |writing| {
        let id = writing.new_correction(event, &fix)?;
        let reason = "the ministry said so".to_owned();
        let correction = Correction { id, event, fix, reason, recorded: at(minute) };
        let corrected = correct(writing, correction, &event::Options::default())??;
        writing.correct(&corrected)
    })
}

fn ids(sample: &Sample) -> Vec<EventId> {
    sample.list(&EventQuery::default()).iter().map(|found| found.event.id).collect()
}

fn dump(store: &Store, instants: Instants) -> String {
    let mut out = Vec::new();
    store.read(|reading| reading.dump(&mut out, instants)).unwrap();
    String::from_utf8(out).unwrap()
}

fn second() -> Story {
    Story { person: "ben".to_owned(), ..Story::on("two", "2025-03-03") }
}

fn third() -> Story {
    Story { person: "eva".to_owned(), ..Story::on("three", "2025-03-09") }
}

/// A database in which one of everything is corrected: the event that is hidden, the one that was merged, the
/// one into which it was, and the one that was split off.
fn corrected() -> (Sample, [EventId; 4]) {
    let sample = Sample::new();
    for story in [Story::on("one", "2025-02-25"), second(), third()] {
        sample.put(&story);
    }
    sample.put(&Story { source: "daily", ..third() });
    let [hidden, merged, stays] = ids(&sample)[..] else { unreachable!("three events") };
    put_right(&sample, hidden, Fix::Status(Status::Planned), 10).unwrap();
    put_right(&sample, hidden, Fix::Hide, 11).unwrap();
    put_right(&sample, merged, Fix::Merge(stays), 12).unwrap();
    let articles = vec![Story { source: "daily", ..third() }.id()];
    put_right(&sample, stays, Fix::Split { articles, into: stays }, 13).unwrap();
    put_right(&sample, stays, Fix::Place(None), 14).unwrap();
    let corrections = sample.store.read(|reading| reading.corrections()).unwrap();
    let place = corrections.last().unwrap().correction.id;
    put_right(&sample, stays, Fix::Undo(place), 15).unwrap();
    let split = ids(&sample).into_iter().find(|id| *id != stays).unwrap();
    (sample, [hidden, merged, stays, split])
}

#[test]
fn every_id_resolves_after_corrections() {
    let (sample, [hidden, merged, stays, split]) = corrected();
    let look = |id| sample.store.read(|reading| reading.event(id)).unwrap();
    let reason = Some("the ministry said so".to_owned());
    assert_eq!(look(hidden), Lookup::Withdrawn { since: at(11), reason: reason.clone() });
    assert_eq!(look(merged), Lookup::Merged(stays));
    assert!(matches!(look(stays), Lookup::Found(found) if found.event.mentions.len() == 2));
    assert!(matches!(look(split), Lookup::Found(found) if found.event.mentions.len() == 1));
    let history = HistoryQuery { limit: 100, ..HistoryQuery::default() };
    let ends = sample.store.read(|reading| reading.history(&history)).unwrap();
    let ends: Vec<_> = ends
        .into_iter()
        .filter(|entry| !matches!(entry.step, HistoryStep::Revised(_)))
        .map(|entry| (entry.event, entry.step, entry.reason))
        .collect();
    assert_eq!(
        ends,
        [
            (hidden, HistoryStep::Withdrawn, reason.clone()),
            (merged, HistoryStep::Merged(stays), reason)
        ]
    );
    let before = EventQuery { as_of: Some(at(9)), ..EventQuery::default() };
    assert_eq!(sample.list(&before).len(), 3, "what readers saw before");
}

#[test]
fn corrections_are_dumped_and_loaded_and_hold_on() {
    let (sample, [hidden, _, stays, split]) = corrected();
    for instants in [Instants::With, Instants::Without] {
        let dumped = dump(&sample.store, instants);
        let loaded = Sample::new();
        let bytes = dumped.clone();
        loaded
            .store
            .write_blocking(move |writing| writing.load(bytes.as_bytes(), at(500)))
            .unwrap();
        assert_eq!(dump(&loaded.store, instants), dumped);
        // The articles are edited; nothing that was decided changes.
        for story in [Story::on("one", "2025-02-25"), second(), third()] {
            loaded.put(&Story { sentence: "The minister came to Belgrade.".to_owned(), ..story });
        }
        loaded.put(&Story { source: "weekly", ..Story::on("four", "2025-02-25") });
        let mut left = ids(&loaded);
        left.sort_unstable();
        let mut wanted = vec![stays, split];
        wanted.sort_unstable();
        assert_eq!(left, wanted);
        let look = loaded.store.read(|reading| reading.event(hidden)).unwrap();
        assert!(matches!(look, Lookup::Withdrawn { reason: Some(_), .. }), "{look:?}");
    }
}

#[test]
fn a_correction_is_whole_or_not_there() {
    let sample = Sample::new();
    sample.put(&Story::on("one", "2025-02-25"));
    let id = ids(&sample)[0];
    let before = dump(&sample.store, Instants::With);
    let broken = sample.store.write_blocking(move |writing| -> Result<(), StoreError> {
        let reason = "x".to_owned();
        let key = writing.new_correction(id, &Fix::Hide)?;
        let correction = Correction { id: key, event: id, fix: Fix::Hide, reason, recorded: at(5) };
        writing.correct(&correct(writing, correction, &event::Options::default())??)?;
        panic!("the power is gone")
    });
    assert!(matches!(broken, Err(StoreError::Panicked { .. })));
    assert_eq!(dump(&sample.store, Instants::With), before);
    put_right(&sample, id, Fix::Hide, 5).unwrap();
    let once = dump(&sample.store, Instants::With);
    let again = put_right(&sample, id, Fix::Hide, 6);
    assert!(matches!(again, Err(StoreError::Refused(Refusal::Already(_)))), "{again:?}");
    assert_eq!(dump(&sample.store, Instants::With), once, "done twice, nothing changes");
}

#[tokio::test]
async fn readers_are_led_on() {
    let (sample, [hidden, merged, stays, split]) = corrected();
    let options = publish::Options {
        title: "T".to_owned(),
        base_url: "https://dateline.example/".parse().ok(),
        ..publish::Options::default()
    };
    let site = Site::new(&options, SocketAddr::from(([127, 0, 0, 1], 8080)));
    let clock = Arc::new(FixedClock(at(100)));
    let state = State::new(sample.store.clone(), clock, site, serve::Options::default());
    let router = serve::router(state);
    for (id, status, says) in [
        (hidden, 410, "taken out by an analyst"),
        (merged, 301, ""),
        (stays, 200, "\"correction\":\"the ministry said so\""),
        (split, 200, "\"because\":null"),
    ] {
        let request = Request::get(format!("/events/{id}.json")).body(Body::empty()).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), status, "{id}");
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.replace(' ', "").contains(&says.replace(' ', "")), "{id}: {body}");
    }
}

fn dateline(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .current_dir(folder)
        .env_remove("DATELINE_CONFIG")
        .env_remove("DATELINE_DB")
        .output()
        .unwrap()
}

/// Runs the program, which must succeed.
fn done(folder: &Path, args: &[&str]) -> String {
    let output = dateline(folder, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn events(folder: &Path) -> Vec<serde_json::Value> {
    let text = done(folder, &["query", "--format", "ndjson"]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_command_line_corrects_lists_undoes_and_carries_over() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let config = format!(
        "[seeds]\nfolder = {seeds:?}\n[[topic]]\nid = \"t\"\nall_of = [\"place:iran\", \"place:serbia\"]\n"
    );
    std::fs::write(folder.join("config.toml"), &config).unwrap();
    done(folder, &["ingest"]);
    let before = events(folder);
    assert!(before.len() > 2);
    let id = |n: usize| before[n]["id"].as_str().unwrap().to_owned();
    let (one, two, three) = (id(0), id(1), id(2));
    let why = ["--reason", "checked"];
    let correct = |args: &[&str]| done(folder, &[&["correct"], args, &why].concat());

    correct(&["set", &one, "--date", "2024-05~", "--party", "place:iran=host", "--no-place"]);
    let set = &events(folder)[0];
    assert_eq!((set["date"].as_str(), set["id"].as_str()), (Some("2024-05~"), Some(&*one)));
    assert!(correct(&["set", &one, "--date", "2024-05~"]).contains("nothing to do"));
    correct(&["merge", &two, &one]);
    let hidden = correct(&["hide", &three]);
    assert_eq!(events(folder).len(), before.len() - 2);
    let correction = hidden.split([' ', ':']).nth(1).unwrap();
    correct(&["undo", correction]);
    assert_eq!(events(folder).len(), before.len() - 1);
    done(folder, &["ingest", "--again"]);
    assert_eq!(events(folder).len(), before.len() - 1);
    let list = done(folder, &["correct", "list"]);
    assert_eq!(list.lines().count(), 6, "{list}");
    assert!(list.contains("undone") && list.contains("merge"), "{list}");

    let dump = done(folder, &["dump", "--instants"]);
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join("config.toml"), config).unwrap();
    std::fs::write(other.path().join("d.ndjson"), &dump).unwrap();
    done(other.path(), &["load", "d.ndjson"]);
    assert_eq!(done(other.path(), &["dump", "--instants"]), dump);
    assert_eq!(done(other.path(), &["correct", "list"]), list);

    let never = EventId::of(&[b"never"]).to_string();
    for (args, status, says) in [
        (&["correct", "hide", &never, "--reason", "x"][..], 1, "there never was an event"),
        (&["correct", "hide", "zz", "--reason", "x"], 2, "32 hexadecimal digits"),
        (&["correct", "hide", &one], 2, "--reason"),
        (&["correct", "set", &one, "--reason", "x"], 2, "--date"),
        (&["correct", "set", &one, "--kind", "party", "--reason", "x"], 2, "known are"),
        (
            &["correct", "set", &one, "--place", "place:nowhere", "--reason", "x"],
            1,
            "data/gazetteer",
        ),
        (&["correct", "undo", correction, "--reason", "x"], 1, "in force"),
        (&["load", "none.ndjson"], 1, "none.ndjson"),
    ] {
        let output = dateline(folder, args);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(status), "{args:?}: {told}");
        assert!(told.contains(says), "{args:?}: {told}");
    }
}
