//! config.toml: what is shipped loads, and every mistake is told with its line.

use dateline::config::{Config, Environment, SHIPPED};
use std::path::Path;

/// What is told of a configuration, line by line; nothing of a right one.
fn faults(text: &str) -> Vec<String> {
    let told = Config::parse(text, Path::new("config.toml"), &Environment::default())
        .map_or_else(|error| error.to_string(), |_| String::new());
    told.lines().map(str::to_owned).collect()
}

#[test]
fn what_is_shipped_loads() {
    let config = Config::parse(SHIPPED, Path::new("config.toml"), &Environment::default()).unwrap();
    let fetched = config.sources.iter().filter(|source| source.enabled);
    let languages: std::collections::BTreeSet<_> =
        fetched.map(|source| source.lang.tag()).collect();
    assert_eq!(languages.into_iter().collect::<Vec<_>>(), ["ar", "en", "fa", "sr"]);
    assert_eq!(config.site.views.len(), 1);
    let silent = config.sources.iter().filter(|source| !source.enabled && source.reason.is_none());
    assert_eq!(silent.count(), 0, "a disabled source says why");
}

#[test]
fn an_empty_file_means_the_defaults() {
    let empty = Config::parse("", Path::new("config.toml"), &Environment::default()).unwrap();
    let shipped =
        Config::parse(SHIPPED, Path::new("config.toml"), &Environment::default()).unwrap();
    assert_eq!(empty.fetch, shipped.fetch);
    assert_eq!(empty.ingest, shipped.ingest);
}

#[test]
fn every_mistake_is_told_at_once_with_its_line() {
    let text = r#"
[schedule]
cron = "every day"
jitter = 3
[fetch]
timeout_s = 0
allow_private = ["127.0.0.0/8", "inside"]
user_agent = 5
[[source]]
id = "IRNA"
url = "ftp://example.net/rss"
lang = "de"
timezone = "Belgrade"
[[source]]
id = "a"
[sorce]
"#;
    insta::assert_snapshot!(faults(text).join("\n"));
}

#[test]
fn one_id_stands_for_one_source() {
    let text = r#"
[[source]]
id = "a"
url = "https://example.net/1"
lang = "en"
[[source]]
id = "a"
url = "https://example.net/2"
lang = "en"
"#;
    assert_eq!(
        faults(text),
        [
            "config.toml:6: [[source]] `a` is there twice, also for https://example.net/1; give each its own `id`"
        ]
    );
}

#[test]
fn a_view_that_cannot_be_asked_is_told() {
    let text = r#"
[site]
front = "techno"
[[view]]
id = "technology"
query = "theme=theme:ai&form=2025"
[[view]]
id = "events"
query = "kind=visit"
[[view]]
id = "visits"
query = "?kind=visit&from=P30D"
[[view]]
id = "visits"
query = "kind=visit&cursor=c.1"
[[view]]
id = "untitled"
"#;
    insta::assert_snapshot!(faults(text).join("\n"));
}

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    let told = faults("[fetch]\ntimeout_s = \n");
    assert!(told.iter().all(|fault| fault.starts_with("config.toml:2: not TOML: ")), "{told:?}");
    assert!(!told.is_empty());
}

#[test]
fn paths_are_counted_from_the_folder_of_the_file() {
    let text = "[seeds]\nfolder = \"articles\"\n";
    let config =
        Config::parse(text, Path::new("/etc/dateline/config.toml"), &Environment::default())
            .unwrap();
    assert_eq!(config.ingest.seeds.as_deref(), Some(Path::new("/etc/dateline/articles")));
    let none =
        Config::parse("[seeds]\nfolder = \"\"\n", Path::new("c.toml"), &Environment::default());
    assert_eq!(none.unwrap().ingest.seeds, None);
}

#[test]
fn the_environment_stands_above_the_file() {
    let text = "[server]\nlisten = \"127.0.0.1:9\"\n[store]\npath = \"a.db\"\n";
    let set = |listen: &str, db: &str| Environment {
        config: None,
        listen: Some(listen.into()),
        db: Some(db.into()),
    };
    let path = Path::new("/etc/dateline/config.toml");
    let plain = Config::parse(text, path, &Environment::default()).unwrap();
    assert_eq!(plain.serve.listen.to_string(), "127.0.0.1:9");
    assert_eq!(plain.store.path, Path::new("/etc/dateline/a.db"));
    let above = Config::parse(text, path, &set("[::1]:0", "b.db")).unwrap();
    assert_eq!(above.serve.listen.to_string(), "[::1]:0");
    assert_eq!(above.store.path, Path::new("b.db"));
    let wrong = Config::parse(text, path, &set("here", "b.db")).unwrap_err().to_string();
    assert_eq!(
        wrong,
        "DATELINE_LISTEN: `here` is not an address to listen on; write it as `127.0.0.1:8080` or `[::]:8080`"
    );
}
