//! The real binary is killed in the middle of a sweep: nothing is lost, nothing is doubled.

use crate::feed_server::{FeedServer, STALLS, config, dump, rows, until};
use std::{
    fmt::Write as _,
    path::Path,
    process::{Child, Command, Stdio},
};

/// The feeds. What a sweep stores in one commit, a second of reading or 1,024 articles, is less than they have.
const FEEDS: [&str; 3] = ["a.xml", "b.xml", "c.xml"];

/// How many articles a feed has.
const LENGTH: u64 = 400;

/// A feed of many articles, each about a day of its own.
fn long_feed(feed: u64) -> String {
    let mut items = String::new();
    for n in feed * LENGTH..(feed + 1) * LENGTH {
        let (month, day) = (n / 28 % 12 + 1, n % 28 + 1);
        let (year, month_name) = (2024 + n / 336, MONTHS[usize::try_from(month).unwrap() - 1]);
        write!(
            items,
            "<item><title>Talks number {n}</title><link>https://long.example/{n}</link>\
             <pubDate>{day} {month_name} {year} 12:00:00 GMT</pubDate>\
             <description>The foreign ministers of Iran and Serbia met in Belgrade on {day} {month_name} {year}.</description></item>"
        )
        .unwrap();
    }
    format!(
        "<rss version=\"2.0\"><channel><title>Long</title><link>https://long.example/</link><description/>{items}</channel></rss>"
    )
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn ingest(config: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_dateline"))
        .arg("--config")
        .arg(config)
        .arg("ingest")
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_sweep_loses_and_doubles_nothing() {
    let server = FeedServer::default();
    for (n, path) in (0..).zip(FEEDS) {
        server.put(path, long_feed(n));
    }
    let base = server.start().await;
    let long = FEEDS.map(|path| (path, "en", "Europe/London"));
    let stalls = [long.as_slice(), &[(STALLS, "en", "Europe/London")]].concat();

    let killed = tempfile::tempdir().unwrap();
    let (file, database) = (killed.path().join("config.toml"), killed.path().join("dateline.db"));
    std::fs::write(&file, config(&base, killed.path(), &stalls, "@yearly")).unwrap();
    let all = long.len() as u64 * LENGTH + 1; // with the seed
    let mut stored = 0;
    for kill in 0..3 {
        let mut sweep = ingest(&file);
        until("an article more", async || {
            let now = rows(&database, "article");
            (now > stored || now == all).then_some(())
        })
        .await;
        // On Unix this is SIGKILL: no destructor runs, no buffer is flushed.
        sweep.kill().unwrap();
        sweep.wait().unwrap();
        stored = rows(&database, "article");
        assert!(kill > 0 || stored < all, "all was stored before the sweep was killed");
    }

    let whole = tempfile::tempdir().unwrap();
    for folder in [killed.path(), whole.path()] {
        let file = folder.join("config.toml");
        std::fs::write(&file, config(&base, folder, &long, "@yearly")).unwrap();
        assert!(ingest(&file).wait().unwrap().success());
    }
    assert_eq!(rows(&database, "article"), all, "the feeds' and the seed");
    let (killed, whole) = (dump(&database), dump(&whole.path().join("dateline.db")));
    let differing: Vec<_> =
        killed.lines().zip(whole.lines()).filter(|(a, b)| a != b).take(3).collect();
    assert!(killed == whole, "{differing:#?}");
}
