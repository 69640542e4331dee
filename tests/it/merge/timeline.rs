//! `dateline timeline` as users meet it: articles in, events out, each once.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

const ARTICLES: &str = concat!(
    r#"{"id":"one","lang":"en","published":"2025-02-27","title":"","text":"Iranian ICT Minister Sattar Hashemi met Serbian President Aleksandar Vučić in Belgrade on 26 February."}"#,
    "\n",
    r#"{"id":"two","lang":"sr","published":"2025-02-26","title":"","text":"Predsednik Srbije Aleksandar Vučić sastao se danas u Beogradu sa iranskim ministrom Satarom Hašemijem."}"#,
    "\n",
    r#"{"id":"three","lang":"en","published":"2025-02-27","title":"","text":"Iranian ICT Minister Sattar Hashemi met Serbian Minister Dejan Ristić in Belgrade on 25 February."}"#,
    "\n",
);

fn timeline(format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["timeline", "--all", "--format", format])
        .current_dir(folder.path())
        .env_remove("DATELINE_CONFIG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(ARTICLES.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn articles_in_two_languages_make_one_event() {
    let rows: Vec<serde_json::Value> =
        timeline("ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = |row: &serde_json::Value| {
        let mentions = row["mentions"].as_array().unwrap();
        let mut articles: Vec<String> = mentions
            .iter()
            .map(|mention| mention["article"].as_str().unwrap().to_owned())
            .collect();
        articles.sort();
        (row["date"].as_str().unwrap().to_owned(), articles.join(" "))
    };
    let meetings: Vec<(String, String)> =
        rows.iter().filter(|row| row["kind"] == "meeting").map(told).collect();
    assert_eq!(
        meetings,
        [
            ("2025-02-25".to_owned(), "three".to_owned()),
            ("2025-02-26".to_owned(), "one two".to_owned())
        ]
    );
}

#[test]
fn the_table_counts_the_articles() {
    let table = timeline("table");
    let line = table.lines().find(|line| line.starts_with("2025-02-26")).unwrap();
    assert!(line.contains("2 articles") && line.contains("Aleksandar Vučić"), "{table}");
}
