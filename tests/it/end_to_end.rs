//! The whole of dateline, from feeds over HTTP to events over HTTP, by its own binary and scheduler.

use crate::feed_server::{FEEDS, FeedServer, PATIENCE, config, dump, until};
use serde_json::Value;
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
};

/// A running dateline; killed when the test ends early.
struct Dateline {
    child: Child,
    address: String,
}

impl Dateline {
    /// Starts it and waits until it prints its address.
    fn start(config: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["--config".as_ref(), config.as_os_str()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (give, take) = mpsc::channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let give = give.clone();
            // Read to the end, so that dateline never waits for a full pipe.
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if let Some(at) = line.find("http://127.0.0.1:") {
                        let address: String =
                            line[at..].chars().take_while(|c| !c.is_whitespace()).collect();
                        let _ = give.send(address);
                    }
                }
            });
        }
        let address = take.recv_timeout(PATIENCE).unwrap();
        let host = address.split('/').nth(2).unwrap();
        Self { address: format!("http://{host}"), child }
    }

    /// The body and the `ETag` of a page.
    async fn get(&self, path: &str) -> Option<(String, Option<String>)> {
        let answer = client().get(format!("{}{path}", self.address)).send().await.ok()?;
        assert_eq!(answer.status(), 200, "{path}");
        let etag = answer.headers().get("etag").map(|etag| etag.to_str().unwrap().to_owned());
        Some((answer.text().await.ok()?, etag))
    }

    async fn events(&self) -> Option<Vec<Value>> {
        let (body, _) = self.get("/events?limit=200").await?;
        let page: Value = serde_json::from_str(&body).unwrap();
        page["events"].as_array().cloned()
    }

    /// Ends it as a service manager does.
    fn stop(mut self) -> ExitStatus {
        let told =
            Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        self.child.wait().unwrap()
    }
}

impl Drop for Dateline {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn client() -> reqwest::Client {
    // The client has no cryptography of its own; a second installation fails, and that is all right.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_of_four_languages_arrive_and_a_second_sweep_changes_nothing() {
    let server = FeedServer::default();
    server.put_all_languages();
    let base = server.start().await;
    let folder = tempfile::tempdir().unwrap();
    let (file, database) = (folder.path().join("config.toml"), folder.path().join("dateline.db"));
    std::fs::write(&file, config(&base, folder.path(), &FEEDS, "* * * * * *")).unwrap();

    let dateline = Dateline::start(&file);
    // A third request of the last source means that two sweeps are through.
    let asked = |times: usize| FEEDS.iter().all(|(name, ..)| server.statuses(name).len() >= times);
    until("a second sweep", async || asked(3).then_some(())).await;

    let events = dateline.events().await.unwrap();
    let days: Vec<&str> = events.iter().filter_map(|event| event["date"].as_str()).collect();
    assert!(days.is_sorted(), "chronological by event date: {days:?}");
    let signed =
        events.iter().find(|event| event["kind"] == "agreement" && event["date"] == "2025-03-12");
    let signed = signed.unwrap_or_else(|| panic!("no agreement among {events:#?}"));
    for source in ["ar", "fa", "sr-latn", "sr-cyrl", "en"] {
        assert!(
            signed.to_string().contains(&format!("\"{source}\"")),
            "{source} is not among the sources of {signed:#}"
        );
    }
    // The other story of each feed, and the seed.
    for (source, first) in [
        ("ar", "2025-05-20"),
        ("fa", "2025-02-23"),
        ("sr-latn", "2025-05-13"),
        ("sr-cyrl", "2025-04-02"),
        ("en", "2025-04-28"),
        ("al-vefagh", "2027-01-01"),
    ] {
        let tells =
            |event: &&Value| event["sources"].to_string().contains(&format!("\"{source}\""));
        let found = events.iter().filter(tells).any(|event| event["first"] == first);
        assert!(found, "`{source}` tells nothing of {first} in {events:#?}");
    }

    let (before, rows) = (dateline.get("/events").await.unwrap(), dump(&database));
    let times = server.statuses("en.atom.xml").len();
    until("two more sweeps", async || asked(times + 3).then_some(())).await;
    assert_eq!(dateline.get("/events").await.unwrap(), before, "same bytes, same ids, same ETag");
    assert_eq!(dump(&database), rows, "no new row");
    for (name, ..) in FEEDS {
        let statuses = server.statuses(name);
        assert_eq!(statuses[0], 200, "{name}");
        assert!(statuses[1..].iter().all(|status| *status == 304), "{name}: {statuses:?}");
    }
    assert!(dateline.stop().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_databases_filled_from_the_same_input_hold_the_same_rows() {
    let server = FeedServer::default();
    server.put_all_languages();
    let base = server.start().await;
    let dumps = [0, 1].map(|_| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, config(&base, folder.path(), &FEEDS, "@yearly")).unwrap();
        let mut ingest = Command::new(env!("CARGO_BIN_EXE_dateline"));
        let done =
            ingest.arg("--config").arg(&file).arg("ingest").stdout(Stdio::null()).status().unwrap();
        assert!(done.success());
        dump(&folder.path().join("dateline.db"))
    });
    let [first, second] = &dumps;
    for (name, ..) in FEEDS {
        assert_eq!(server.statuses(name), [200, 200], "{name}");
    }
    assert_eq!(first, second);
}
