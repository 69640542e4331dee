//! The layers of the house: which module may use which, and which crate has its one address where.
//! The tables are the rule; ARCHITECTURE.md explains them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Module, and the modules of ours that it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("calendar", &[]),
    ("clock", &[]),
    ("model", &["text", "calendar"]),
    ("lexicon", &["text", "calendar", "model"]),
    ("timex", &["text", "calendar", "lexicon", "model"]),
    ("article", &["text", "model"]),
    ("mention", &["text", "calendar", "model", "lexicon", "timex", "article"]),
    ("event", &["text", "calendar", "model", "lexicon", "article", "mention"]),
    ("source", &["text", "calendar", "model", "article"]),
    ("publish", &["text", "calendar", "model", "article", "mention", "event"]),
    ("fetch", &["clock"]),
    (
        "store",
        &["clock", "text", "calendar", "model", "article", "mention", "event", "source", "timex"],
    ),
    (
        "ingest",
        &[
            "clock", "text", "calendar", "model", "lexicon", "timex", "article", "mention",
            "event", "source", "fetch", "store",
        ],
    ),
    (
        "serve",
        &[
            "clock", "text", "calendar", "model", "lexicon", "article", "mention", "event",
            "source", "publish", "store",
        ],
    ),
    (
        "config",
        &["model", "text", "event", "fetch", "ingest", "source", "store", "serve", "publish"],
    ),
    (
        "cli",
        &[
            "text", "calendar", "clock", "model", "lexicon", "timex", "article", "mention",
            "event", "source", "publish", "fetch", "store", "ingest", "serve", "config",
        ],
    ),
];

/// Outside crate, and the modules that may use it; `main` is src/main.rs.
const ADDRESSES: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("axum", &["serve"]),
    ("tower", &["serve"]),
    ("tower_http", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("utoipa", &["publish", "serve"]),
    ("feed_rs", &["source"]),
    ("dom_query", &["source"]),
    ("reqwest", &["fetch"]),
    ("rustls", &["fetch"]),
    ("tokio_cron_scheduler", &["ingest"]),
    ("tokio", &["ingest", "serve", "store", "fetch", "cli", "main"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli", "main"]),
    ("askama", &["publish"]),
    ("atom_syndication", &["publish"]),
    ("rss", &["publish"]),
    ("icalendar", &["publish"]),
    ("csv", &["publish"]),
    ("icu_calendar", &["calendar"]),
    ("foldhash", &["lexicon", "event", "store"]),
    ("whatlang", &["text"]),
];

#[test]
fn modules_use_what_stands_below_them() {
    let layers: BTreeMap<&str, BTreeSet<&str>> =
        LAYERS.iter().map(|(module, uses)| (*module, uses.iter().copied().collect())).collect();
    let addresses: BTreeMap<&str, &[&str]> = ADDRESSES.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in rust_files(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let module = module_of(&file);
        let source = without_comments(&fs::read_to_string(&file).unwrap());
        for (line, path) in paths(&source) {
            let mut parts = path.split("::");
            let (root, next) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let at = || format!("{}:{line}", file.display());
            if root == "crate" && module != "lib" && next != module {
                seen += 1;
                let Some(allowed) = layers.get(module.as_str()) else {
                    wrong.push(format!(
                        "{}: module `{module}` stands in no layer; add it to LAYERS",
                        at()
                    ));
                    continue;
                };
                if layers.contains_key(next) && !allowed.contains(next) {
                    wrong.push(format!("{}: `{module}` may not use `{next}`", at()));
                }
            }
            if let Some(allowed) = addresses.get(root)
                && !allowed.contains(&module.as_str())
            {
                wrong.push(format!(
                    "{}: `{module}` may not use the crate `{root}`; its address is {allowed:?}",
                    at()
                ));
            }
        }
    }
    assert!(seen > 20, "only {seen} paths were read: the reader of imports is broken");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn braced_imports_are_read_and_comments_are_not() {
    let source = without_comments(
        "// use crate::serve;\nuse crate::{\n    text::{Lang, Span},\n    store,\n};\n/* axum::Router */ let x = rusqlite::Connection::open(\"crate::cli\");",
    );
    let found: Vec<_> = paths(&source).into_iter().map(|(_, path)| path).collect();
    assert_eq!(
        found,
        ["crate::text::Lang", "crate::text::Span", "crate::store", "rusqlite::Connection::open"]
    );
}

fn rust_files(folder: PathBuf) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn module_of(file: &Path) -> String {
    let below = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    below
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

/// The source with comments and string contents blanked, line breaks kept.
fn without_comments(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if c == '"' {
            let mut escaped = false;
            let end = rest.char_indices().skip(1).find(|(_, c)| {
                let ends = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                ends
            });
            end.map_or(rest.len(), |(at, _)| at + 1)
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.extend(rest[..skip].chars().filter(|c| *c == '\n'));
        rest = &rest[skip..];
    }
    out
}

/// Every `a::b` path with its line; braces are spread out.
fn paths(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut stack: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut line = 1;
    let flush =
        |current: &mut String, stack: &[String], line: usize, found: &mut Vec<(usize, String)>| {
            let path = std::mem::take(current);
            let prefix = stack.last().map(String::as_str).unwrap_or_default();
            if !path.is_empty() && (!prefix.is_empty() || path.contains("::")) {
                found.push((line, format!("{prefix}{path}")));
            }
        };
    for c in source.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | ':' => current.push(c),
            '{' => {
                let opened = if current.ends_with("::") {
                    format!("{}{current}", stack.last().map(String::as_str).unwrap_or_default())
                } else {
                    String::new()
                };
                current.clear();
                stack.push(opened);
            }
            '}' => {
                flush(&mut current, &stack, line, &mut found);
                stack.pop();
            }
            other => {
                flush(&mut current, &stack, line, &mut found);
                line += usize::from(other == '\n');
            }
        }
    }
    found
}
