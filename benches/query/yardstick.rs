//! What others would build: (a) the bytes of an answer, ready; (b) rows read with prepared statements and
//! written with serde_json; (c) the JSON of each event ready, in the order of the days.

use crate::synthetic::DAYS;
use axum::{
    Router,
    extract::{Query, State as Shared},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use dateline::{
    publish::{Channel, Coarse, Format, Sheet, Site},
    serve::State,
    store::{EventQuery, Store},
};
use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
};

const LIMIT: usize = 50;

/// The columns of an event, as JSON names them; what is a list is held by one column for each part.
const EVENT: &str = "id, url, headline, date, first, last, precision, approximate, basis, conflict, kind, status,
  actor_id, actor_name, actor_role, host_id, host_name, host_role, place_id, place_name, theme, topic,
  confidence, revision, first_seen, changed, n";

const REPORT: &str =
    "id, name, article, url, title, lang, published, kind, status, date, basis, confidence,
  field, start, end, text, dir, trigger_start, trigger_end";

/// Writes the database of (b) and (c) from what dateline serves.
pub(crate) fn fill(path: &Path, store: &Store, site: &Site) {
    let connection = Connection::open(path).unwrap();
    let columns = |names: &str| {
        names
            .split(',')
            .map(str::trim)
            .map(|name| format!("\"{name}\""))
            .collect::<Vec<_>>()
            .join(",")
    };
    let marks = |names: &str| vec!["?"; names.split(',').count()].join(",");
    connection
        .execute_batch(&format!(
            "pragma journal_mode = wal; pragma synchronous = off;
             create table event ({}, primary key (n));
             create table report ({}, event integer);
             create table ready (day text, id text, json text, primary key (day, id)) without rowid; begin",
            columns(EVENT),
            columns(REPORT)
        ))
        .unwrap();
    let mut query = EventQuery { limit: 500, ..EventQuery::default() };
    let mut n = 0;
    loop {
        let mut sheet = Sheet::new(site, Format::Json, Coarse::default(), 500);
        let next = store
            .read(|reading| reading.ready(&query, 0, &mut |piece, at| sheet.add(piece, at)))
            .unwrap();
        let (bytes, start) = sheet.finish(&channel(site));
        let list: Value = serde_json::from_slice(&bytes[start..]).unwrap();
        for event in list["events"].as_array().unwrap() {
            n += 1;
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let actor = |at: usize, key: &str| text(&event["actors"][at][key]);
            let sql = format!("insert into event ({EVENT}) values ({})", marks(EVENT));
            connection
                .prepare_cached(&sql)
                .unwrap()
                .execute(params![
                    text(&event["id"]),
                    text(&event["url"]),
                    text(&event["headline"]),
                    text(&event["date"]),
                    text(&event["first"]),
                    text(&event["last"]),
                    text(&event["precision"]),
                    event["approximate"].as_bool(),
                    text(&event["basis"]),
                    event["conflict"].as_bool(),
                    text(&event["kind"]),
                    text(&event["status"]),
                    actor(0, "id"),
                    actor(0, "name"),
                    actor(0, "role"),
                    actor(1, "id"),
                    actor(1, "name"),
                    actor(1, "role"),
                    text(&event["place"]["id"]),
                    text(&event["place"]["name"]),
                    text(&event["themes"][0]),
                    text(&event["topics"][0]),
                    event["confidence"].as_i64(),
                    event["revision"].as_i64(),
                    text(&event["first_seen"]),
                    text(&event["changed"]),
                    n,
                ])
                .unwrap();
            for report in event["sources"].as_array().unwrap() {
                let evidence = &report["evidence"];
                let sql =
                    format!("insert into report ({REPORT}, event) values ({}, ?)", marks(REPORT));
                connection
                    .prepare_cached(&sql)
                    .unwrap()
                    .execute(params![
                        text(&report["id"]),
                        text(&report["name"]),
                        text(&report["article"]),
                        text(&report["url"]),
                        text(&report["title"]),
                        text(&report["lang"]),
                        text(&report["published"]),
                        text(&report["kind"]),
                        text(&report["status"]),
                        text(&report["date"]),
                        text(&report["basis"]),
                        report["confidence"].as_i64(),
                        text(&evidence["field"]),
                        evidence["start"].as_i64(),
                        evidence["end"].as_i64(),
                        text(&evidence["text"]),
                        text(&evidence["dir"]),
                        evidence["trigger"]["start"].as_i64(),
                        evidence["trigger"]["end"].as_i64(),
                        n,
                    ])
                    .unwrap();
            }
            connection
                .prepare_cached("insert into ready values (?, ?, ?)")
                .unwrap()
                .execute(params![text(&event["first"]), text(&event["id"]), event.to_string()])
                .unwrap();
        }
        query.cursor = next.unwrap();
        if query.cursor.is_none() {
            break;
        }
    }
    connection
        .execute_batch("commit; create index event_day on event (first, id); create index report_event on report (event)")
        .unwrap();
}

fn channel(site: &Site) -> Channel<'_> {
    Channel {
        site,
        title: "dateline".into(),
        about: "".into(),
        stem: "events",
        view: None,
        query: "",
        here: "",
        next: None,
        sought: None,
    }
}

type Floor = Arc<Mutex<Connection>>;
type Asked = Query<HashMap<String, String>>;

/// (a): answers with the bytes of one page.
pub(crate) fn same_bytes(body: Vec<u8>, content_type: &'static str) -> Router<Arc<State>> {
    let body = axum::body::Bytes::from(body);
    Router::new()
        .route("/events", get(async move || ([(header::CONTENT_TYPE, content_type)], body.clone())))
}

/// (b) at /events, (c) at /ready.
pub(crate) fn floors(path: &Path) -> Router<Arc<State>> {
    let connection = Connection::open(path).unwrap();
    let floor: Floor = Arc::new(Mutex::new(connection));
    let ready = Arc::clone(&floor);
    Router::new()
        .route("/events", get(async move |asked: Asked| rows(&floor.lock().unwrap(), &asked)))
        .route(
            "/ready",
            get(async move |asked: Asked, _: Shared<Arc<State>>| {
                clustered(&ready.lock().unwrap(), &asked)
            }),
        )
}

fn days(asked: &Asked) -> (&str, &str) {
    let day = |name: &str, or| asked.get(name).map_or(or, String::as_str);
    (day("from", "0001-01-01"), day("to", "9999-12-31"))
}

#[derive(Serialize)]
struct List<'a, T> {
    title: &'a str,
    #[serde(rename = "self")]
    this: String,
    next: Option<String>,
    events: T,
}

#[derive(Serialize)]
struct Row {
    id: String,
    url: String,
    headline: String,
    date: String,
    first: Option<String>,
    last: Option<String>,
    precision: String,
    approximate: bool,
    basis: String,
    others: [String; 0],
    conflict: bool,
    previous: Option<String>,
    kind: String,
    status: String,
    actors: [Actor; 2],
    place: Name,
    themes: [String; 1],
    topics: [String; 1],
    confidence: i64,
    revision: i64,
    first_seen: String,
    changed: String,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Actor {
    id: String,
    name: String,
    role: String,
}

#[derive(Serialize)]
struct Name {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct Source {
    id: String,
    name: String,
    article: String,
    url: String,
    title: String,
    lang: String,
    published: Option<String>,
    kind: String,
    status: String,
    date: String,
    basis: String,
    confidence: i64,
    evidence: Evidence,
}

#[derive(Serialize)]
struct Evidence {
    field: String,
    start: i64,
    end: i64,
    text: String,
    dir: String,
    trigger: Span,
    date: Option<Span>,
}

#[derive(Serialize)]
struct Span {
    field: String,
    start: i64,
    end: i64,
}

fn rows(connection: &Connection, asked: &Asked) -> Response {
    let (from, to) = days(asked);
    let sql = format!(
        "select {EVENT} from event where first >= ?1 and first <= ?2 order by first, id limit 51"
    );
    let mut statement = connection.prepare_cached(&sql).unwrap();
    let sql = format!("select {REPORT} from report where event = ?1 order by rowid");
    let mut told = connection.prepare_cached(&sql).unwrap();
    let mut rows = statement.query([from, to]).unwrap();
    let mut events = Vec::new();
    let mut next = None;
    while let Some(row) = rows.next().unwrap() {
        if events.len() == LIMIT {
            next = events.last().map(|last: &Row| {
                format!("e.{}.{}", last.first.as_deref().unwrap_or_default(), last.id)
            });
            break;
        }
        let n: i64 = row.get(26).unwrap();
        let sources = told.query_map([n], |row| {
            let field: String = row.get(12)?;
            Ok(Source {
                id: row.get(0)?,
                name: row.get(1)?,
                article: row.get(2)?,
                url: row.get(3)?,
                title: row.get(4)?,
                lang: row.get(5)?,
                published: row.get(6)?,
                kind: row.get(7)?,
                status: row.get(8)?,
                date: row.get(9)?,
                basis: row.get(10)?,
                confidence: row.get(11)?,
                evidence: Evidence {
                    field: field.clone(),
                    start: row.get(13)?,
                    end: row.get(14)?,
                    text: row.get(15)?,
                    dir: row.get(16)?,
                    trigger: Span { field, start: row.get(17)?, end: row.get(18)? },
                    date: None,
                },
            })
        });
        let sources = sources.unwrap().map(Result::unwrap).collect();
        let text = |at: usize| row.get::<_, String>(at).unwrap();
        events.push(Row {
            id: text(0),
            url: text(1),
            headline: text(2),
            date: text(3),
            first: row.get(4).unwrap(),
            last: row.get(5).unwrap(),
            precision: text(6),
            approximate: row.get(7).unwrap(),
            basis: text(8),
            others: [],
            conflict: row.get(9).unwrap(),
            previous: None,
            kind: text(10),
            status: text(11),
            actors: [
                Actor { id: text(12), name: text(13), role: text(14) },
                Actor { id: text(15), name: text(16), role: text(17) },
            ],
            place: Name { id: text(18), name: text(19) },
            themes: [text(20)],
            topics: [text(21)],
            confidence: row.get(22).unwrap(),
            revision: row.get(23).unwrap(),
            first_seen: text(24),
            changed: text(25),
            sources,
        });
    }
    let list = List {
        title: "dateline",
        this: format!("http://127.0.0.1/events.json?from={from}&to={to}"),
        next,
        events,
    };
    ([(header::CONTENT_TYPE, "application/json")], serde_json::to_vec(&list).unwrap())
        .into_response()
}

fn clustered(connection: &Connection, asked: &Asked) -> Response {
    let (from, to) = days(asked);
    let mut statement = connection
        .prepare_cached("select json, day, id from ready where day >= ?1 and day <= ?2 order by day, id limit 51")
        .unwrap();
    let mut rows = statement.query([from, to]).unwrap();
    let mut body = format!("{{\"title\":\"dateline\",\"self\":\"http://127.0.0.1/events.json?from={from}&to={to}\",\"events\":[").into_bytes();
    let mut count = 0;
    let mut last = String::new();
    while let Some(row) = rows.next().unwrap() {
        if count == LIMIT {
            break;
        }
        if count > 0 {
            body.push(b',');
        }
        count += 1;
        body.extend(row.get_ref(0).unwrap().as_bytes().unwrap());
        if count == LIMIT {
            last = format!(
                "e.{}.{}",
                row.get_ref(1).unwrap().as_str().unwrap(),
                row.get_ref(2).unwrap().as_str().unwrap()
            );
        }
    }
    body.extend(format!("],\"next\":\"{last}\"}}").as_bytes());
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// A day of the spread by a number, and a bound far behind all that is new for each number: no address is
/// asked twice.
pub(crate) fn range(n: usize) -> String {
    let n = u64::try_from(n).unwrap();
    let from = crate::synthetic::day(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32);
    let to = crate::synthetic::day(0) + chrono::Days::new(DAYS + 400 + n);
    format!("from={from}&to={to}")
}
