//! The command line as users meet it: the real program, what it prints, and its exit status.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

/// The program in a folder, with pipes for its input and output.
fn start(folder: &Path, args: &[&str], listen: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .current_dir(folder)
        .env_remove("DATELINE_CONFIG")
        .env_remove("DATELINE_DB")
        .env("DATELINE_LISTEN", listen)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn dateline(args: &[&str], stdin: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    within(folder.path(), args, stdin)
}

fn within(folder: &Path, args: &[&str], stdin: &str) -> Output {
    let mut child = start(folder, args, "");
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

/// Values and modifiers as TimeML has them, one expression a line.
#[test]
fn timex3_values() {
    for (lang, text, tag) in [
        (
            "en",
            "Rents rose in early March 2025.",
            "value=\"2025-03\" mod=\"START\">early March 2025<",
        ),
        ("en", "It fell in mid-2024.", "value=\"2024\" mod=\"MID\">mid-2024<"),
        ("en", "It ends in late 2026.", "value=\"2026\" mod=\"END\">late 2026<"),
        ("en", "It began around 2019.", "value=\"2019\" mod=\"APPROX\">around 2019<"),
        ("en", "In the spring of 2025 it rained.", "value=\"2025-SP\">the spring of 2025<"),
        ("en", "Sales grew in the first quarter of 2025.", "value=\"2025-Q1\">"),
        ("en", "Sales grew in the first half of 2025.", "value=\"2025-H1\">"),
        ("en", "They met last week.", "value=\"2025-W08\">last week<"),
        ("en", "Police said over the weekend that he fled.", "value=\"2025-W08-WE\">the weekend<"),
        (
            "en",
            "Prices have risen since June 2024.",
            "since <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2024-06\">June 2024<",
        ),
        ("en", "It was built in the 1990s.", "value=\"199\">the 1990s<"),
        ("en", "It was built in the 19th century.", "value=\"18\">the 19th century<"),
        ("en", "It now works.", "value=\"PRESENT_REF\">now<"),
        ("en", "It was recently sold.", "value=\"PAST_REF\">recently<"),
        ("en", "It will soon open.", "value=\"FUTURE_REF\">soon<"),
        ("fa", "بودجه سال ۱۴۰۴ تصویب شد.", "value=\"2025\">سال ۱۴۰۴<"),
        ("fa", "در مهر ۱۴۰۳ گران شد.", "value=\"2024-10\">مهر ۱۴۰۳<"),
        ("ar", "اجتمعوا الأسبوع الماضي.", "value=\"2025-W08\">الأسبوع الماضي<"),
        ("sr", "Sastanak je nedavno bio u prvom kvartalu 2024.", "value=\"2024-Q1\">"),
    ] {
        let flags = ["extract", "--format", "timex3", "--lang", lang, "--published", "2025-02-27"];
        let output = dateline(&flags, text);
        assert!(told(&output.stdout).contains(tag), "{text}\n{}", told(&output.stdout));
    }
    let flags = ["extract", "--format", "timex3", "--lang", "en", "--published", "2025-02-27"];
    let output =
        dateline(&flags, "Flights leave every Friday at 10:25 and the trip takes three days.");
    assert!(!told(&output.stdout).contains("tid=\"t1\""), "{}", told(&output.stdout));
}

#[test]
fn names_that_no_lexicon_knows_are_listed_as_printed() {
    for (lang, text, list) in [
        (
            "en",
            "Iranian Deputy Minister Farhad Sobhani met Serbian State Secretary Jovana Kraljević in \
             Belgrade on 25 February 2025.\n\nKraljević thanked the guest. Serbia will gain, Kraljević \
             said.\n",
            "     3  name  en  Jovana Kraljević\n     1  name  en  Farhad Sobhani\n",
        ),
        (
            "fa",
            "فرهاد سبحانی معاون وزیر ایران روز سه‌شنبه در بلگراد با یووانا کرالیویچ دیدار کرد.\n",
            "     1  name  fa  فرهاد سبحانی\n     1  name  fa  یووانا کرالیویچ\n",
        ),
    ] {
        let flags = ["extract", "--unresolved", "--lang", lang, "--published", "2025-02-27"];
        let output = dateline(&flags, text);
        assert_eq!(told(&output.stdout), list, "{}", told(&output.stderr));
    }
}

/// A folder with a configuration that follows no feed, and one seed.
fn story() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("seeds")).unwrap();
    put("config.toml", "[[topic]]\nid = \"pair\"\nall_of = [\"place:iran\", \"place:serbia\"]\n");
    put("seeds/seeds.toml", "[[seed]]\nfile = \"a.txt\"\nlang = \"en\"\nsource = \"Paper\"\n");
    put(
        "seeds/a.txt",
        "Iran's foreign minister Abbas Araghchi visited Belgrade, the capital of Serbia, on 25 February 2025.\n",
    );
    folder
}

#[test]
fn a_story_is_ingested_queried_and_checked() {
    let folder = story();
    let run = |args: &[&str]| within(folder.path(), args, "");
    let early = run(&["query"]);
    assert_eq!(early.status.code(), Some(1));
    assert!(told(&early.stderr).contains("dateline ingest"), "{}", told(&early.stderr));

    assert!(run(&["ingest"]).status.success());
    let table = run(&["query", "--from", "2025-02", "--kind", "visit"]);
    assert!(table.status.success());
    assert!(told(&table.stdout).contains("2025-02-25"), "{}", told(&table.stdout));
    let none = run(&["query", "--from", "2026"]);
    assert_eq!((none.status.code(), none.stdout.len()), (Some(0), 0));
    for (format, begins) in [
        ("json", "{\"title\""),
        ("ndjson", "{\"id\""),
        ("csv", "id,"),
        ("ics", "BEGIN:VCALENDAR"),
        ("atom", "<?xml"),
        ("rss", "<?xml"),
        ("jsonfeed", "{\"version\""),
        ("html", "<!doctype html>"),
    ] {
        let output = run(&["query", "--format", format]);
        assert!(told(&output.stdout).starts_with(begins), "{format}: {}", told(&output.stdout));
    }
    let page = run(&["query", "--format", "html"]);
    let page = told(&page.stdout);
    assert!(page.contains("<style>") && !page.contains("rel=\"stylesheet\""), "{page}");
    assert!(!page.contains("href=\"/"), "links of a file name their host: {page}");
    let wrong = run(&["query", "--from", "yesteryear", "--kind", "party"]);
    assert_eq!(wrong.status.code(), Some(2));
    let told_wrong = told(&wrong.stderr);
    assert!(told_wrong.contains("--from") && told_wrong.contains("--kind"), "{told_wrong}");

    let check = run(&["check"]);
    assert!(check.status.success(), "{}", told(&check.stderr));
    assert!(told(&check.stdout).contains("events: 1"), "{}", told(&check.stdout));
}

#[test]
fn check_tells_every_fault_at_once() {
    let folder = story();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("config.toml", "[[topic]]\nid = \"pair\"\nall_of = [\"place:atlantis\"]\n");
    put("dateline.db", "no database, but long enough to be taken for something else altogether");
    std::fs::remove_file(folder.path().join("seeds/a.txt")).unwrap();
    let output = within(folder.path(), &["check"], "");
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output.stderr);
    for part in ["place:atlantis", "a.txt", "dateline.db"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_taken_port_is_told_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = story();
    let child = start(folder.path(), &[], &taken.local_addr().unwrap().to_string());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output.stderr).contains("DATELINE_LISTEN"), "{}", told(&output.stderr));
}

#[cfg(unix)]
#[test]
fn it_serves_at_once_and_sigterm_stops_it_cleanly() {
    let folder = story();
    for verb in ["run", "serve"] {
        let mut child = start(folder.path(), &[verb], "127.0.0.1:0");
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let line = lines.find(|line| line.contains("http://")).unwrap();
        let (_, address) = line.split_once("http://").unwrap();
        let answer = get(address.trim_end_matches('/'), "/events");
        assert!(answer.starts_with("HTTP/1.1 200"), "{verb}: {answer}");
        assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
        assert!(child.wait().unwrap().success(), "{verb}");
        assert!(lines.any(|line| line == "stopping"), "{verb}");
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = start(folder.path(), &["extract", "--format", "ndjson"], "");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    for n in 0..200 {
        // The program may end before it has read everything.
        let _ =
            writeln!(stdin, "{{\"id\":{n},\"lang\":\"en\",\"text\":\"They met on 3 May 2024.\"}}");
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", told(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", told(&output.stderr));
}
