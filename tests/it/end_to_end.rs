//! The whole of dateline, from feeds over HTTP, by its own binary.

use crate::feed_server::{FEEDS, FeedServer, config, dump};
use std::process::{Command, Stdio};

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
