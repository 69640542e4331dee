//! A server of feeds on a free loopback port, and what databases hold, for tests that run the real thing.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    net::SocketAddr,
    path::Path as FilePath,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// How long a test waits for something that must come; loaded machines are slow.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// Serves what it is given, with `ETag` and `Last-Modified`, and answers conditions.
#[derive(Clone, Default)]
pub(crate) struct FeedServer {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    files: BTreeMap<String, Bytes>,
    /// Path and status of each answer.
    log: Vec<(String, u16)>,
}

/// A name under which nothing is ever answered.
pub(crate) const STALLS: &str = "stalls.xml";

impl FeedServer {
    /// Starts to serve; the address is `http://127.0.0.1:PORT`.
    pub(crate) async fn start(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let router = Router::new().route("/{name}", get(answer)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    /// Serves `body` under `name` from now on.
    pub(crate) fn put(&self, name: &str, body: impl Into<Bytes>) {
        self.inner.lock().unwrap().files.insert(name.to_owned(), body.into());
    }

    /// Serves the five feeds of tests/feeds.
    pub(crate) fn put_all_languages(&self) {
        for (name, ..) in FEEDS {
            let path = format!("{}/tests/feeds/{name}", env!("CARGO_MANIFEST_DIR"));
            self.put(name, std::fs::read(path).unwrap());
        }
    }

    /// The statuses answered to requests for `name`, in order.
    pub(crate) fn statuses(&self, name: &str) -> Vec<u16> {
        let inner = self.inner.lock().unwrap();
        inner.log.iter().filter(|(path, _)| path == name).map(|(_, status)| *status).collect()
    }
}

/// The feeds of tests/feeds: file, language and time zone.
pub(crate) const FEEDS: [(&str, &str, &str); 5] = [
    ("ar.rss.xml", "ar", "Asia/Baghdad"),
    ("fa.feed.json", "fa", "Asia/Tehran"),
    ("sr-latn.rss.xml", "sr", "Europe/Belgrade"),
    ("sr-cyrl.atom.xml", "sr", "Europe/Belgrade"),
    ("en.atom.xml", "en", "Europe/London"),
];

const LAST_MODIFIED: &str = "Thu, 13 Mar 2025 09:00:00 GMT";

async fn answer(
    State(server): State<FeedServer>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    if name == STALLS {
        return std::future::pending().await;
    }
    let body = server.inner.lock().unwrap().files.get(&name).cloned();
    let Some(body) = body else { return StatusCode::NOT_FOUND.into_response() };
    let etag = format!("\"{}\"", blake3::hash(&body).to_hex());
    let known =
        headers.get(header::IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == etag.as_bytes());
    let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    server.inner.lock().unwrap().log.push((name, status.as_u16()));
    let validators = [(header::ETAG, etag), (header::LAST_MODIFIED, LAST_MODIFIED.to_owned())];
    let body = if known { Body::empty() } else { Body::from(body) };
    (status, validators, body).into_response()
}

/// Waits until `check` gives something, asking every few milliseconds.
pub(crate) async fn until<T>(what: &str, mut check: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(value) = check().await {
            return value;
        }
        assert!(began.elapsed() < PATIENCE, "{what} did not come within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// All rows of all tables as text, our own clock's instants (thirteen digits of milliseconds) aside.
pub(crate) fn dump(database: &FilePath) -> String {
    let connection =
        Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut tables = connection
        .prepare("select name from sqlite_master where type = 'table' and name not like '%\\_words%' escape '\\' and name not like 'sqlite%' order by name")
        .unwrap();
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut text = String::new();
    for table in tables {
        writeln!(text, "== {table}").unwrap();
        let mut statement = connection.prepare(&format!("select * from {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let line: Vec<String> = (0..columns).map(|n| shown(row.get_ref(n).unwrap())).collect();
            lines.push(line.join(" | "));
        }
        lines.sort();
        text.push_str(&lines.join("\n"));
        text.push('\n');
    }
    text
}

fn shown(value: ValueRef<'_>) -> String {
    let text = match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        // Events written ahead hold instants in the form of each format.
        ValueRef::Blob(bytes) if bytes.len() > 64 => {
            format!("x {} bytes", bytes.len() - fractions(bytes))
        }
        ValueRef::Blob(bytes) => {
            bytes.iter().fold(String::from("x"), |hex, byte| format!("{hex}{byte:02x}"))
        }
    };
    if text.starts_with('x') { text } else { without_instants(&text) }
}

/// The bytes of fractions of seconds, as in `2025-03-12T16:30:00.123Z`: an instant of a whole second has none.
fn fractions(bytes: &[u8]) -> usize {
    let told = |at: &&[u8]| at[0] == b'T' && at[3] == b':' && at[6] == b':' && at[9] == b'.';
    4 * bytes.windows(13).filter(told).count()
}

/// Replaces numbers of exactly thirteen digits.
fn without_instants(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.len() == 13 { "INSTANT" } else { &digits });
        digits.clear();
        out.push(c);
    }
    out.pop();
    out
}

/// How many rows a table holds; 0 while there is no database yet.
pub(crate) fn rows(database: &FilePath, table: &str) -> u64 {
    let count = || {
        let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0))
    };
    count().map_or(0, |count: i64| u64::try_from(count).unwrap())
}

/// A configuration over the server's feeds, for a database in `folder`.
pub(crate) fn config(
    base: &str,
    folder: &FilePath,
    feeds: &[(&str, &str, &str)],
    cron: &str,
) -> String {
    let mut text = format!(
        "[server]\nlisten = \"127.0.0.1:0\"\n\n[store]\npath = {:?}\n\n[schedule]\ncron = {cron:?}\njitter_s = 0\n\n\
         [fetch]\ntimeout_s = 60\nallow_private = [\"127.0.0.0/8\"]\n\n[seeds]\nfolder = {:?}\n\n\
         [[topic]]\nid = \"iran-serbia\"\ntitle = \"Iran and Serbia\"\nall_of = [\"place:iran\", \"place:serbia\"]\n",
        folder.join("dateline.db"),
        FilePath::new(env!("CARGO_MANIFEST_DIR")).join("seeds"),
    );
    for (name, lang, zone) in feeds {
        let id: String = name.split('.').next().unwrap().to_owned();
        write!(text, "\n[[source]]\nid = {id:?}\nurl = \"{base}/{name}\"\nlang = {lang:?}\ntimezone = {zone:?}\n").unwrap();
    }
    text
}
