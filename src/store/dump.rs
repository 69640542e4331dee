//! The whole database as lines of JSON: articles, claims, events, their history, and sources, each in the
//! order of their ids; corrections in the order in which they were made. The same data give the same bytes.
//!
//! What is derived is left out, and so is our own numbering. The instants of our own clock, and what hangs on
//! them, are told on demand only: two databases that were filled with the same at different times then give
//! the same dump.

use super::{Reading, StoreError, known::Sort, mention::text, row};
use crate::model::{ArticleId, CorrectionId, EventId, MentionId};
use rusqlite::{Row, types::ValueRef};
use serde_json::{Map, Value, json};
use std::io::Write;

/// The version of the format.
pub(super) const FORMAT: u64 = 1;

/// Whether the instants of our own clock are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Instants {
    /// They are left out, with the state of the sources, which is all about when.
    #[default]
    Without,
    /// They are told: what is loaded is what was dumped.
    With,
}

/// What of a row is an instant of our own clock.
pub(super) const FETCHED: &str = "fetched";
pub(super) const FIRST_SEEN: &str = "first_seen";
pub(super) const CHANGED: &str = "changed";
const RECORDED: &str = "recorded";

/// The columns of `source_state`, in the order in which they are told and read back.
pub(super) const SOURCE: [&str; 10] = [
    "source",
    "etag",
    "last_modified",
    "body_hash",
    "failures",
    "last_error",
    "last_attempt",
    "last_success",
    "last_item",
    "next_check",
];

impl Reading<'_> {
    /// Writes the whole database.
    ///
    /// # Errors
    /// [`StoreError::Dump`] when `out` fails; [`StoreError`] when the database does.
    pub fn dump(&self, out: &mut dyn Write, instants: Instants) -> Result<(), StoreError> {
        let mut dump = Dump { reading: self, out, instants, line: 0 };
        dump.header()?;
        dump.articles()?;
        dump.mentions()?;
        dump.events()?;
        dump.corrections()?;
        dump.steps()?;
        if instants == Instants::With {
            dump.sources()?;
        }
        Ok(())
    }
}

struct Dump<'a, 'c> {
    reading: &'a Reading<'c>,
    out: &'a mut dyn Write,
    instants: Instants,
    line: usize,
}

impl Dump<'_, '_> {
    fn header(&mut self) -> Result<(), StoreError> {
        let mut header = json!({ "format": FORMAT });
        self.timed(&mut header, "sequence", self.reading.revision()?);
        self.write("dateline", header)
    }

    fn articles(&mut self) -> Result<(), StoreError> {
        let sql =
            "select id, source, source_name, url, title, lang, published, relevant, reason, topics,
                     rules, fault, text, fetched
                   from article join article_text on article_text.article = article.n where n = ?1";
        self.each_known(Sort::Article, sql, |dump, row| {
            let mut article = json!({
                "id": ArticleId::from_bytes(row.get(0)?).to_string(),
                "source": row.get::<_, String>(1)?,
                "source_name": row.get::<_, String>(2)?,
                "url": row.get::<_, Option<String>>(3)?,
                "title": row.get::<_, String>(4)?,
                "lang": row.get::<_, String>(5)?,
                "published": row.get::<_, Option<String>>(6)?,
                "relevant": row.get::<_, bool>(7)?,
                "reason": row.get::<_, String>(8)?,
                "topics": body(row, 9)?,
                "rules": row.get::<_, String>(10)?,
                "fault": row.get::<_, Option<String>>(11)?,
                "text": row.get::<_, String>(12)?,
            });
            dump.timed(&mut article, FETCHED, row.get::<_, i64>(13)?);
            dump.write("article", article)
        })
    }

    fn mentions(&mut self) -> Result<(), StoreError> {
        let sql = "select mention.id, article.id, sentence, body, repeats
                   from mention join article on article.n = mention.article where mention.n = ?1";
        self.each_known(Sort::Mention, sql, |dump, row| {
            let body = dump.without(body(row, 3)?, &[FETCHED]);
            let mut mention = json!({
                "id": MentionId::from_bytes(row.get(0)?).to_string(),
                "article": ArticleId::from_bytes(row.get(1)?).to_string(),
                "sentence": row.get::<_, String>(2)?,
                "claim": body,
            });
            if let (true, Some(mention)) = (row.get(4)?, mention.as_object_mut()) {
                mention.insert("repeats".to_owned(), true.into());
            }
            dump.write("mention", mention)
        })
    }

    fn events(&mut self) -> Result<(), StoreError> {
        // What an analyst hid goes on holding its claims; what nobody claims holds none.
        let sql = "select id, case when state = 'withdrawn' and exists
                     (select 1 from event_mention where event = n) then 'hidden' else state end,
                     into_id, body, stamp from event order by id";
        self.each(sql, |dump, row| {
            let mut event = json!({
                "id": EventId::from_bytes(row.get(0)?).to_string(),
                "state": row.get::<_, String>(1)?,
                "into": row.get::<_, Option<[u8; 16]>>(2)?.map(|id| EventId::from_bytes(id).to_string()),
                "event": dump.without(body(row, 3)?, &[FIRST_SEEN, CHANGED]),
            });
            dump.timed(&mut event, "stamp", row.get::<_, i64>(4)?);
            dump.write("event", event)
        })
    }

    fn corrections(&mut self) -> Result<(), StoreError> {
        let sql = "select n, id, event, fix, reason, recorded from correction order by n";
        self.each(sql, |dump, row| {
            let sql = "select event.id from correction_event join event on event.n = event
                       where correction = ?1 order by event.id";
            let mut statement = dump.reading.connection().prepare_cached(sql)?;
            let on = statement.query_map([row.get::<_, i64>(0)?], |row| row.get(0))?;
            let on: Vec<String> = on
                .map(|id| Ok(EventId::from_bytes(id?).to_string()))
                .collect::<Result<_, StoreError>>()?;
            let mut correction = json!({
                "id": CorrectionId::from_bytes(row.get(1)?).to_string(),
                "event": EventId::from_bytes(row.get(2)?).to_string(),
                "on": on,
                "fix": body(row, 3)?,
                "reason": row.get::<_, String>(4)?,
            });
            dump.timed(&mut correction, RECORDED, row.get::<_, i64>(5)?);
            dump.write("correction", correction)
        })
    }

    /// Revisions and ends, those of one event together, in order.
    fn steps(&mut self) -> Result<(), StoreError> {
        let sql =
            "select event.id, step.seq, step.recorded, because, changes, step.body, step.into_id, step.minor
                   from (
                     select event, seq, recorded, because, changes, body, null as into_id, minor
                     from event_revision
                     union all
                     select event, seq, recorded, because, null, null, into_id, 0 from event_end
                   ) as step join event on event.n = step.event
                   order by event.id, step.seq";
        self.each(sql, |dump, row| {
            let event = EventId::from_bytes(row.get(0)?).to_string();
            let because = row.get::<_, Option<[u8; 16]>>(3)?;
            let because = because.map(|key| ArticleId::from_bytes(key).to_string());
            let (name, mut step) = if row.get_ref(5)? == ValueRef::Null {
                let into: Option<[u8; 16]> = row.get(6)?;
                let into = into.map(|id| EventId::from_bytes(id).to_string());
                let mut end = json!({ "event": event, "into": into });
                if let (Some(because), Some(end)) = (because, end.as_object_mut()) {
                    end.insert("because".to_owned(), because.into());
                }
                ("end", end)
            } else {
                (
                    "revision",
                    json!({
                        "event": event,
                        "because": because,
                        "changes": body(row, 4)?,
                        "after": dump.without(body(row, 5)?, &[FIRST_SEEN, CHANGED]),
                    }),
                )
            };
            if let (true, Some(step)) = (row.get(7)?, step.as_object_mut()) {
                step.insert("minor".to_owned(), true.into());
            }
            dump.timed(&mut step, "seq", row.get::<_, i64>(1)?);
            dump.timed(&mut step, RECORDED, row.get::<_, i64>(2)?);
            dump.write(name, step)
        })
    }

    fn sources(&mut self) -> Result<(), StoreError> {
        let sql = format!("select {} from source_state order by source", SOURCE.join(", "));
        self.each(&sql, |dump, row| {
            let mut source = Map::new();
            for (column, name) in SOURCE.into_iter().enumerate() {
                let value = match row.get_ref(column)? {
                    ValueRef::Null | ValueRef::Real(_) => Value::Null,
                    ValueRef::Integer(number) => number.into(),
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
                    ValueRef::Blob(bytes) => {
                        bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
                    }
                };
                source.insert(name.to_owned(), value);
            }
            dump.write("source", Value::Object(source))
        })
    }

    fn each(
        &mut self,
        sql: &str,
        mut write: impl FnMut(&mut Self, &Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.reading.connection().prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            write(self, row)?;
        }
        Ok(())
    }

    /// The row with the number of each key.
    fn each_known(
        &mut self,
        sort: Sort,
        sql: &str,
        mut write: impl FnMut(&mut Self, &Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let reading = self.reading;
        let mut statement = reading.connection().prepare_cached(sql)?;
        reading.each_known(sort, |number| {
            let mut rows = statement.query([number])?;
            rows.next()?.map_or(Ok(()), |row| write(self, row))
        })
    }

    /// Adds what is told with instants only.
    fn timed(&self, row: &mut Value, name: &str, value: impl Into<Value>) {
        if let (Instants::With, Some(row)) = (self.instants, row.as_object_mut()) {
            row.insert(name.to_owned(), value.into());
        }
    }

    /// Takes out what is told with instants only.
    fn without(&self, mut row: Value, names: &[&str]) -> Value {
        if let (Instants::Without, Some(row)) = (self.instants, row.as_object_mut()) {
            row.retain(|name, _| !names.contains(&name.as_str()));
        }
        row
    }

    fn write(&mut self, name: &str, row: Value) -> Result<(), StoreError> {
        self.line += 1;
        let line = Value::Object(Map::from_iter([(name.to_owned(), row)]));
        writeln!(self.out, "{line}")
            .map_err(|error| StoreError::Dump { line: self.line, why: error.to_string() })
    }
}

fn body(row: &Row<'_>, column: usize) -> Result<Value, StoreError> {
    row::from_json("dump", text(row.get_ref(column)?)?)
}
