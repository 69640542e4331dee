//! Opening, migrating, and what jobs may do to each other.

use super::sample::{Sample, Story, options, put};
use dateline::{
    model::ArticleId,
    store::{EventQuery, Instants, Store, StoreError, Stored, Writing},
};
use rusqlite::Connection;
use serde_json::Value;
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
            // Another article takes the number that the lost one had.
            let other = Story::on("other", "2025-02-02");
            writing.put_article(&other.article(), &other.outcome())?;
            let lost = Story::on("lost", "2025-02-01");
            assert_eq!(writing.known_article(lost.id())?, None);
            writing.apart(|writing| put(writing, &Story::on("last", "2025-03-01")))?;
            Ok(())
        })
        .unwrap();
    assert_eq!(sample.days(&EventQuery::default()), ["2025-01-01", "2025-03-01"]);
    assert_eq!(sample.store.read(|reading| reading.revision()).unwrap(), 2);
}

#[test]
fn what_an_older_dateline_stored_is_there_and_met() {
    let link = ArticleId::of(&[b"link"]);
    for version in 8..=10 {
        let sample = Sample::new();
        let first = Story::default();
        sample.put(&first);
        let before = sample.list(&EventQuery::default());
        let path = sample.store.path().to_owned();
        drop(sample.store);
        let now = path.with_extension("now");
        fs::rename(&path, &now).unwrap();
        older(&path, &now, version, link);

        let store = Store::open(&options(&sample.directory)).unwrap();
        let list = |store: &Store| store.read(|reading| reading.events(&EventQuery::default()));
        assert_eq!(list(&store).unwrap().events, before, "version {version}");
        let known = store.read(|reading| {
            let claims = reading.claims_by(first.id())?;
            Ok((reading.article_known_by(link)?, reading.article(first.id())?.is_some(), claims))
        });
        let claims = first.claims();
        assert_eq!(known.unwrap(), (Some(first.id()), true, claims), "version {version}");
        let again = first.clone();
        let stored = store.write_blocking(move |writing| put(writing, &again)).unwrap().0;
        assert_eq!(stored, Stored::Same, "version {version}");
        let second = Story { source: "daily", ..Story::on("two", "2025-02-25") };
        let changes = store.write_blocking(move |writing| put(writing, &second)).unwrap().1;
        assert_eq!(
            changes.touched[0].mentions.len(),
            2,
            "version {version}: the two are one event"
        );
        drop(store);
        let broken: i64 = Connection::open(&path)
            .unwrap()
            .query_row("select count(*) from pragma_foreign_key_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(broken, 0, "version {version}");
    }
}

/// Makes the database that a dateline of a version would have left, of one that holds the same now.
fn older(path: &Path, now: &Path, version: i64, link: ArticleId) {
    let old = Connection::open(path).unwrap();
    old.execute_batch("pragma foreign_keys = off").unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    for file in files.iter().take(usize::try_from(version).unwrap()) {
        old.execute_batch(&fs::read_to_string(file).unwrap()).unwrap();
    }
    old.execute("attach ?1 as now", [now.to_str().unwrap()]).unwrap();
    for table in [
        "article",
        "article_text",
        "mention",
        "event",
        "event_mention",
        "event_facet",
        "event_revision",
    ] {
        let columns: String = old
            .query_row(
                "select group_concat(old.name, ', ') from pragma_table_info(?1, 'main') as old
                 join pragma_table_info(?1, 'now') as now on now.name = old.name",
                [table],
                |row| row.get(0),
            )
            .unwrap();
        // What a column of the time held that is no more is not told; nothing reads it.
        let keys = if table == "mention" && version < 10 { (", keys", ", x''") } else { ("", "") };
        old.execute_batch(&format!(
            "insert into {table} ({columns}{}) select {columns}{} from now.{table}",
            keys.0, keys.1
        ))
        .unwrap();
    }
    old.execute("insert into article_key select ?1, n from article", [link.as_bytes()]).unwrap();
    old.execute_batch("update main.sequence set last = (select last from now.sequence)").unwrap();
    if version == 10 {
        old.execute_batch(
            "insert into mention_facts select mention, 7, source, facts, slots from now.mention_facts;
             insert into mention_slot select * from now.mention_slot",
        )
        .unwrap();
    }
    old.execute_batch("update mention set wording = 7; pragma application_id = 0x44544c4e")
        .unwrap();
    old.pragma_update(None, "user_version", version).unwrap();
}

#[test]
fn keys_that_came_lately_and_those_before_are_known() {
    let sample = Sample::new();
    let (first, last) = (Story::default(), Story::on("last", "2025-06-01"));
    sample.put(&first);
    let key = |n: u32| ArticleId::of(&[&n.to_le_bytes()]);
    let of = first.id();
    // More than stand apart at a time.
    for part in (0..40_000).step_by(10_000) {
        let put = move |writing: &Writing<'_>| {
            (part..part + 10_000).try_for_each(|n| writing.put_article_key(of, key(n)))
        };
        sample.store.write_blocking(put).unwrap();
    }
    sample.put(&last);
    // A key stays with the article that had it first, wherever it stands.
    let of = last.id();
    let stolen = [0, 39_999].map(key);
    let put = move |writing: &Writing<'_>| {
        stolen.into_iter().try_for_each(|key| writing.put_article_key(of, key))
    };
    sample.store.write_blocking(put).unwrap();
    sample
        .store
        .read(|reading| {
            for n in (0..40_000).step_by(777).chain([39_999]) {
                assert_eq!(reading.article_known_by(key(n))?, Some(first.id()), "{n}");
            }
            assert_eq!(reading.article_known_by(key(40_000))?, None);
            for story in [&first, &last] {
                assert!(reading.known_article(story.id())?.is_some());
                assert_eq!(reading.claims_by(story.id())?, story.claims());
            }
            Ok(())
        })
        .unwrap();
    let mut dump = Vec::new();
    sample.store.read(|reading| reading.dump(&mut dump, Instants::Without)).unwrap();
    let dump = String::from_utf8(dump).unwrap();
    for name in ["article", "mention"] {
        let lines = dump.lines().filter(|line| line.starts_with(&format!("{{\"{name}\"")));
        let ids: Vec<String> = lines
            .map(|line| serde_json::from_str::<Value>(line).unwrap()[name]["id"].to_string())
            .collect();
        assert!(ids.len() == 2 && ids.is_sorted(), "{ids:?}");
    }
    let connection = Connection::open(sample.store.path()).unwrap();
    let count = |table: &str| -> i64 {
        let sql = format!("select count(*) from {table}");
        connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let (apart, filed) = (count("known_key_new"), count("known_key"));
    assert!(apart > 0 && apart <= 1 << 14 && filed > 0, "{apart} apart, {filed} filed");
    assert_eq!(apart + filed, 40_004);
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
