//! The documents are true: whatever can be set, typed or asked for stands in the README or in docs/.

use dateline::{
    config::{Config, Environment},
    model::{Kind, Plover},
};
use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path, process::Command};

const SECTIONS: &[&str] = &[
    "[site]",
    "[server]",
    "[store]",
    "[schedule]",
    "[fetch]",
    "[seeds]",
    "[[topic]]",
    "[[view]]",
    "[[source]]",
];

/// README and docs/ as one text.
fn documents() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = fs::read_to_string(root.join("README.md")).unwrap();
    for entry in fs::read_dir(root.join("docs")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    text
}

/// The words in backticks behind "known are".
fn known(text: &str) -> Vec<String> {
    let told = Config::parse(text, Path::new("config.toml"), &Environment::default()).unwrap_err();
    let told = told.to_string();
    let (_, list) = told.split_once("known are ").unwrap();
    list.lines().next().unwrap().split(", ").map(|key| key.trim_matches('`').to_owned()).collect()
}

fn help(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn verbs() -> Vec<String> {
    let text = help(&["--help"]);
    let (_, commands) = text.split_once("Commands:\n").unwrap();
    commands
        .lines()
        .take_while(|line| !line.is_empty())
        // A description that runs on is indented further.
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| *verb != "help")
        .map(str::to_owned)
        .collect()
}

fn missing<'a>(documents: &str, wanted: impl IntoIterator<Item = &'a String>) -> Vec<&'a String> {
    wanted.into_iter().filter(|word| !documents.contains(word.as_str())).collect()
}

#[test]
fn every_config_key_is_documented() {
    let documents = documents();
    let sections: BTreeSet<String> = known("nonsense = 1\n").into_iter().collect();
    let listed: BTreeSet<String> =
        SECTIONS.iter().map(|section| section.trim_matches(['[', ']']).to_owned()).collect();
    assert_eq!(sections, listed, "a section was added: list it in SECTIONS");
    for section in SECTIONS {
        let keys = known(&format!("{section}\nnonsense = 1\n"));
        let rows: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        assert!(documents.contains(&format!("`{section}`")), "{section} is not documented");
        let missing = missing(&documents, &rows);
        assert!(missing.is_empty(), "{section}: not documented: {missing:?}");
    }
}

#[test]
fn every_environment_variable_is_documented() {
    let source =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config/mod.rs"));
    let source = source.unwrap();
    let variables: BTreeSet<String> = source
        .split(|c: char| !(c.is_ascii_uppercase() || c == '_'))
        .filter(|word| word.starts_with("DATELINE_"))
        .map(|variable| format!("`{variable}`"))
        .collect();
    assert!(variables.len() >= 3, "{variables:?}");
    assert_eq!(missing(&documents(), &variables), Vec::<&String>::new());
}

#[test]
fn every_verb_and_flag_is_documented() {
    let documents = documents();
    let verbs = verbs();
    assert!(verbs.len() > 3, "{verbs:?}");
    for verb in &verbs {
        assert!(documents.contains(&format!("`{verb}`")), "`{verb}` is not documented");
        let text = help(&[verb, "--help"]);
        let flags: BTreeSet<String> = text
            .lines()
            .map(str::trim_start)
            .filter(|line| line.starts_with('-'))
            .flat_map(str::split_whitespace)
            .map(|word| word.trim_end_matches(','))
            .filter(|word| word.starts_with("--") && !["--help", "--version"].contains(word))
            .map(str::to_owned)
            .collect();
        assert!(!flags.is_empty(), "{verb}");
        let missing = missing(&documents, &flags);
        assert!(missing.is_empty(), "{verb}: not documented: {missing:?}");
    }
}

#[test]
fn the_table_of_other_vocabularies_is_what_is_served() {
    let cell = |types: &[&str], mode: Option<&str>, depends: Option<&str>| {
        let types = match types {
            [] => return " ".to_owned(),
            [one] => (*one).to_owned(),
            [some @ .., last] => format!("{} or {last}", some.join(", ")),
        };
        let mode = mode.map(|mode| format!(", mode {mode}")).unwrap_or_default();
        let depends = depends.map(|depends| format!(", {depends}")).unwrap_or_default();
        format!(" {types}{mode}{depends} ")
    };
    let mut table = "| kind | PLOVER when held | PLOVER when planned | schema.org type |\n\
                     |---|---|---|---|\n"
        .to_owned();
    for kind in Kind::ALL {
        let Plover { held, mode, planned, depends } = kind.plover();
        let (name, schema) = (kind.name(), kind.schema_org());
        let held = cell(held, mode, depends);
        let planned = cell(planned.as_slice(), None, depends);
        writeln!(table, "| {name} |{held}|{planned}| {schema} |").unwrap();
    }
    assert!(documents().contains(&table), "put this into docs/lexicons.md:\n{table}");
}

#[test]
fn every_data_file_is_toml() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("data"), root.join("seeds")];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let text = fs::read_to_string(&path).unwrap();
                let parsed = text.parse::<toml::Table>();
                assert!(parsed.is_ok(), "{}: {}", path.display(), parsed.unwrap_err());
                read += 1;
            }
        }
    }
    assert!(read >= 5, "only {read} files");
}

#[test]
fn links_between_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (folder, file) in [("", "README.md"), ("", "ARCHITECTURE.md"), ("docs", "operating.md")] {
        let text = fs::read_to_string(root.join(folder).join(file)).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap();
            if !path.is_empty() && !path.contains("://") {
                assert!(root.join(folder).join(path).exists(), "{file} links to {link}");
            }
        }
    }
}
