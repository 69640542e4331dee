//! Opening, migrating, and what jobs may do to each other.

use super::sample::{Sample, Story, options, put};
use dateline::store::{EventQuery, Store, StoreError};
use rusqlite::Connection;
use std::{fs, path::Path};

#[test]
fn a_second_opening_finds_what_the_first_wrote() {
    let sample = Sample::new();
    sample.put(&Story::default());
    let again = Store::open(&options(&sample.directory)).unwrap();
    assert_eq!(again.read(|reading| reading.stats()).unwrap().events, 1);
    drop(sample.store);
    assert_eq!(again.read(|reading| reading.stats()).unwrap().events, 1);
}

#[test]
fn a_database_that_is_not_ours_is_refused_and_left_alone() {
    for (sql, expected) in [
        ("pragma application_id = 1146375246; pragma user_version = 99", "has schema 99"),
        ("create table photo (id integer)", "not one of dateline"),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let options = options(&directory);
        fs::create_dir_all(options.path.parent().unwrap()).unwrap();
        Connection::open(&options.path).unwrap().execute_batch(sql).unwrap();
        let error = Store::open(&options).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert!(error.contains("dateline.db"), "{error}");
    }
}

#[test]
fn a_path_that_cannot_be_made_says_how_to_mend_it() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("state"), "a file").unwrap();
    let error = Store::open(&options(&directory)).unwrap_err().to_string();
    assert!(error.contains("cannot make the directory"), "{error}");
}

#[test]
fn a_job_that_fails_or_panics_leaves_nothing_and_the_next_one_runs() {
    let sample = Sample::new();
    let failed = sample.store.write_blocking(|writing| {
        put(writing, &Story::on("lost", "2025-01-01"))?;
        Err::<(), _>(StoreError::Closed)
    });
    assert!(matches!(failed, Err(StoreError::Closed)));
    let panicked = sample.store.write_blocking(|writing| {
        put(writing, &Story::on("lost", "2025-01-01"))?;
        let nothing: Option<()> = None;
        nothing.ok_or(StoreError::Closed).unwrap();
        Ok(())
    });
    assert!(matches!(panicked, Err(StoreError::Panicked { .. })), "{panicked:?}");
    assert!(sample.list(&EventQuery::default()).is_empty());
    sample.put(&Story::default());
    assert_eq!(sample.list(&EventQuery::default()).len(), 1);
}

#[test]
fn a_job_apart_is_undone_alone() {
    let sample = Sample::new();
    sample
        .store
        .write_blocking(|writing| {
            put(writing, &Story::on("first", "2025-01-01"))?;
            let lost = writing.apart(|writing| {
                put(writing, &Story::on("lost", "2025-02-01"))?;
                Err::<(), _>(StoreError::Closed)
            });
            assert!(lost.is_err());
            writing.apart(|writing| put(writing, &Story::on("last", "2025-03-01")))?;
            Ok(())
        })
        .unwrap();
    assert_eq!(sample.days(&EventQuery::default()), ["2025-01-01", "2025-03-01"]);
    assert_eq!(sample.store.read(|reading| reading.revision()).unwrap(), 2);
}

#[test]
fn what_an_older_dateline_stored_is_met() {
    let sample = Sample::new();
    sample.put(&Story::default());
    let path = sample.store.path().to_owned();
    drop(sample.store);
    // As version 9 left it.
    Connection::open(&path)
        .unwrap()
        .execute_batch(
            "drop table mention_slot; drop table mention_facts; drop table event_unfiled;
             drop index event_revision_open;
             create index event_revision_day on event_revision (day, event);
             create table mention_block (
               key integer not null, mention integer not null, primary key (key, mention)
             ) strict, without rowid;
             alter table mention add column keys blob not null default x'';
             update mention set wording = 7;
             create index mention_wording on mention (wording) where repeats = 0;
             pragma user_version = 9",
        )
        .unwrap();
    let store = Store::open(&options(&sample.directory)).unwrap();
    let second = Story { source: "daily", ..Story::on("two", "2025-02-25") };
    let changes = store.write_blocking(move |writing| put(writing, &second)).unwrap().1;
    assert_eq!(changes.touched[0].mentions.len(), 2, "the two are one event");
}

#[test]
fn every_table_is_strict_and_every_migration_says_why() {
    let sample = Sample::new();
    let connection = Connection::open(sample.store.path()).unwrap();
    let mut statement = connection
        .prepare(
            "select name from pragma_table_list
             where type = 'table' and schema = 'main' and not strict and name not like 'sqlite_%'",
        )
        .unwrap();
    let loose: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(loose, Vec::<String>::new());

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut numbers = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(number) = name.strip_suffix(".sql").and_then(|name| name.split('_').next()) {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.starts_with(&format!("-- {number}: ")), "{name}: begin by saying why");
            numbers.push(number.parse::<i64>().unwrap());
        }
    }
    numbers.sort_unstable();
    let version: i64 = connection.query_row("pragma user_version", [], |row| row.get(0)).unwrap();
    assert_eq!(numbers, (1..=version).collect::<Vec<_>>());
}
