//! The command line as users meet it: the real program, what it prints, and its exit status.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

fn dateline(args: &[&str], stdin: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .current_dir(folder.path())
        .env_remove("DATELINE_CONFIG")
        .env_remove("DATELINE_DB")
        .env_remove("DATELINE_LISTEN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn told(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn wrong_usage_is_exit_status_2_and_says_what_is_right() {
    for (args, says) in [
        (&["chek"][..], "check"),
        (&["extract", "--format", "xml"], "ndjson"),
        (&["extract", "--published", "27.2.2025"], "2025-02-27"),
        (&["extract", "--lang", "de"], "ar, fa, sr"),
        (&["check", "--log", "loud=very=much"], "debug"),
    ] {
        let output = dateline(args, "");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(told(&output.stderr).contains(says), "{args:?}: {}", told(&output.stderr));
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn documents_that_cannot_be_read_are_told_and_the_others_go_on() {
    let input = concat!(
        "{\"id\":\"a\",\"lang\":\"en\",\"published\":\"2025-02-27\",\"text\":\"They spoke on 25 February 2025.\"}\n",
        "{\"id\":\"b\",\"lang\":\"en\"}\n",
        "\n",
        "{\"id\":\"c\",\"lang\":\"de\",\"text\":\"Sie trafen sich.\"}\n",
        "{\"id\":\"d\",\"lang\":\"en\",\"anchor\":\"soon\",\"text\":\"They met.\"}\n",
        "{\"id\":7,\"lang\":\"en\",\"anchor\":null,\"extra\":[1],\"text\":\"They met on 3 March 2024.\"}\n",
    );
    let output = dateline(&["extract", "--format", "ndjson"], input);
    assert_eq!(output.status.code(), Some(1));
    let rows: Vec<serde_json::Value> =
        told(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<_> = rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["a", "7"]);
    assert_eq!(rows[0]["timexes"][0]["value"], "2025-02-25");
    insta::assert_snapshot!(told(&output.stderr));
}

#[test]
fn offsets_are_code_points() {
    let input = "{\"id\":\"a\",\"lang\":\"sr\",\"title\":\"Šta se desilo 3. marta 2024.\",\"text\":\"Šef đačke škole: 25. februara 2025. godine.\"}";
    let output = dateline(&["extract", "--format", "ndjson"], input);
    let row: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let document: serde_json::Value = serde_json::from_str(input).unwrap();
    let timexes = row["timexes"].as_array().unwrap();
    assert_eq!(timexes.len(), 2, "{row}");
    for timex in timexes {
        let field = document[timex["field"].as_str().unwrap()].as_str().unwrap();
        let (start, end) = (timex["start"].as_u64().unwrap(), timex["end"].as_u64().unwrap());
        let words: String = field
            .chars()
            .skip(usize::try_from(start).unwrap())
            .take(usize::try_from(end - start).unwrap())
            .collect();
        assert_eq!(timex["text"], words);
    }
}

#[test]
fn dates_leave_as_timex3() {
    let output = dateline(
        &["extract", "--format", "timex3", "--lang", "en", "--published", "2025-02-27"],
        "Trade & <talks> grew in 2024; they spoke on 25 February 2025.\n",
    );
    insta::assert_snapshot!(told(&output.stdout));
}
