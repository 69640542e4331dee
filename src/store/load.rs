//! A dump, read back into an empty database.

use super::{
    Outcome, StoreError, Writing,
    article::read_published,
    correction,
    dump::{CHANGED, FETCHED, FIRST_SEEN, FORMAT, SOURCE},
    event::{Held, Told},
    mention::{self, Filing, MentionRow},
    row::{self, EventRow},
};
use crate::{
    article::Article,
    event::{Correction, Ruling},
    model::{ArticleId, EventId, SourceId},
    text::Lang,
};
use chrono::{DateTime, Utc};
use rusqlite::{params, params_from_iter, types::Value as Column};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use std::io::BufRead;

const TABLE: &str = "dump";

/// One line of a dump. Instants and the like are absent from a dump without instants.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Dateline(Header),
    Article(ArticleLine),
    Mention(MentionLine),
    Event(EventLine),
    Correction(CorrectionLine),
    Revision(RevisionLine),
    End(EndLine),
    Source(Value),
}

#[derive(Deserialize)]
struct Header {
    format: u64,
    sequence: Option<i64>,
}

#[derive(Deserialize)]
struct ArticleLine {
    id: String,
    source: String,
    source_name: String,
    url: Option<String>,
    title: String,
    lang: String,
    published: Option<String>,
    relevant: bool,
    reason: String,
    topics: Vec<String>,
    rules: String,
    fault: Option<String>,
    text: String,
    fetched: Option<i64>,
}

#[derive(Deserialize)]
struct MentionLine {
    id: String,
    article: String,
    sentence: String,
    claim: Value,
    #[serde(default)]
    repeats: bool,
}

#[derive(Deserialize)]
struct EventLine {
    id: String,
    state: String,
    into: Option<String>,
    event: Value,
    stamp: Option<i64>,
}

#[derive(Deserialize)]
struct CorrectionLine {
    id: String,
    event: String,
    on: Vec<String>,
    fix: Value,
    reason: String,
    recorded: Option<i64>,
}

#[derive(Deserialize)]
struct RevisionLine {
    event: String,
    because: String,
    changes: Vec<(String, String, String)>,
    after: Value,
    #[serde(default)]
    minor: bool,
    seq: Option<i64>,
    recorded: Option<i64>,
}

#[derive(Deserialize)]
struct EndLine {
    event: String,
    into: Option<String>,
    because: Option<String>,
    seq: Option<i64>,
    recorded: Option<i64>,
}

impl Writing<'_> {
    /// Reads a dump into the database, which must be empty. Instants that the dump does not tell are `at`.
    ///
    /// # Errors
    /// [`StoreError::Dump`] when a line is not one of a dump, or the database holds something already;
    /// [`StoreError`] when the database fails.
    pub fn load(&self, dump: impl BufRead, at: DateTime<Utc>) -> Result<(), StoreError> {
        if self.stats()?.articles > 0 {
            let why = "the database is not empty; load into a new one".to_owned();
            return Err(StoreError::Dump { line: 1, why });
        }
        self.note_time(at);
        let load = Load { writing: self, at: at.timestamp_millis() };
        for (n, line) in (1..).zip(dump.lines()) {
            let fault = |why: String| StoreError::Dump { line: n, why };
            let line = line.map_err(|error| fault(error.to_string()))?;
            let line = serde_json::from_str(&line).map_err(|error| fault(error.to_string()))?;
            load.line(line).map_err(|error| match error {
                StoreError::Row { why, .. } => fault(why),
                error @ StoreError::Missing { .. } => fault(error.to_string()),
                other => other,
            })?;
        }
        self.connection().execute(
            "insert or ignore into event_mention (mention, event)
             select mention.n,
               (select event from event_mention
                join mention_facts as told on told.mention = event_mention.mention
                where told.wording = mention.wording limit 1) as found
             from mention where mention.repeats = 1 and found is not null",
            [],
        )?;
        Ok(())
    }
}

struct Load<'w, 'c> {
    writing: &'w Writing<'c>,
    at: i64,
}

impl Load<'_, '_> {
    fn line(&self, line: Line) -> Result<(), StoreError> {
        match line {
            Line::Dateline(header) => self.header(&header),
            Line::Article(line) => self.article(line),
            Line::Mention(line) => self.mention(line),
            Line::Event(line) => self.event(line),
            Line::Correction(line) => self.correction(line),
            Line::Revision(line) => self.revision(line),
            Line::End(line) => self.end(&line),
            Line::Source(line) => self.source(&line),
        }
    }

    fn header(&self, header: &Header) -> Result<(), StoreError> {
        if header.format != FORMAT {
            let why =
                format!("format {} is not known; this dateline reads {FORMAT}", header.format);
            return Err(StoreError::row(TABLE, why));
        }
        self.writing.raise_sequence(header.sequence.unwrap_or_default());
        Ok(())
    }

    fn article(&self, line: ArticleLine) -> Result<(), StoreError> {
        let source = SourceId::new(&line.source).map_err(|error| StoreError::row(TABLE, error))?;
        let article = Article {
            id: row::parse(TABLE, &line.id)?,
            source,
            source_name: line.source_name,
            url: line.url.map(|url| row::parse(TABLE, &url)).transpose()?,
            title: line.title,
            text: line.text,
            lang: row::named(TABLE, &line.lang, Lang::from_tag)?,
            published: line.published.as_deref().map(read_published).transpose()?,
            fetched: row::instant(TABLE, line.fetched.unwrap_or(self.at))?,
        };
        let outcome = Outcome {
            relevant: line.relevant,
            reason: line.reason,
            topics: row::topics(TABLE, &line.topics)?,
            rules: line.rules,
            fault: line.fault,
        };
        self.writing.put_article(&article, &outcome).map(drop)
    }

    fn mention(&self, line: MentionLine) -> Result<(), StoreError> {
        let article: ArticleId = row::parse(TABLE, &line.article)?;
        let id = row::parse(TABLE, &line.id)?;
        let body: MentionRow = self.timed(line.claim, &[FETCHED])?;
        let body = row::to_json(TABLE, &body)?;
        let claim = mention::claim(id, article, &body)?;
        let filing = Filing::new(&claim, line.repeats);
        let number = self.writing.article_number(article)?;
        if self.writing.mention_number(id)?.is_some() {
            return Err(StoreError::row(TABLE, format!("mention {} is told twice", line.id)));
        }
        self.writing.file(number, id, &line.sentence, &filing, &body).map(drop)
    }

    fn event(&self, line: EventLine) -> Result<(), StoreError> {
        let id: EventId = row::parse(TABLE, &line.id)?;
        let into: Option<EventId> = line.into.map(|into| row::parse(TABLE, &into)).transpose()?;
        let body: EventRow = self.timed(line.event, &[FIRST_SEEN, CHANGED])?;
        let event = body.into_event(id)?;
        let stamp = line.stamp.unwrap_or_default();
        let is_hidden = line.state == "hidden";
        let state = if is_hidden { "withdrawn" } else { &line.state };
        let number = if state == "live" || is_hidden {
            self.writing.hold(&Held::new(&event)?, stamp, None)?
        } else {
            self.writing.put_event(&Held::new(&event)?, stamp, None)?
        };
        self.writing
            .connection()
            .prepare_cached("update event set state = ?2, into_id = ?3 where n = ?1")?
            .execute(params![number, state, into.as_ref().map(EventId::as_bytes)])?;
        Ok(())
    }

    fn correction(&self, line: CorrectionLine) -> Result<(), StoreError> {
        let on = line.on.iter().map(|on| row::parse(TABLE, on)).collect::<Result<_, _>>()?;
        let ruling = Ruling {
            correction: Correction {
                id: row::parse(TABLE, &line.id)?,
                event: row::parse(TABLE, &line.event)?,
                fix: correction::fix(&line.fix.to_string())?,
                reason: line.reason,
                recorded: row::instant(TABLE, line.recorded.unwrap_or(self.at))?,
            },
            on,
        };
        self.writing.put_ruling(&ruling)?;
        // What is undone bears on nothing as it is told, so there is nothing left to undo.
        if ruling.on.is_empty() { Ok(()) } else { self.writing.bear(&ruling) }
    }

    fn revision(&self, line: RevisionLine) -> Result<(), StoreError> {
        let id: EventId = row::parse(TABLE, &line.event)?;
        // The key of an article or of a correction.
        let because: ArticleId = row::parse(TABLE, &line.because)?;
        let body: EventRow = self.timed(line.after, &[FIRST_SEEN, CHANGED])?;
        let event = body.into_event(id)?;
        let changes: Vec<(&str, &str, &str)> = line
            .changes
            .iter()
            .map(|(field, from, to)| (field.as_str(), from.as_str(), to.as_str()))
            .collect();
        let seq = self.step(id, line.seq, line.minor)?;
        let recorded = line.recorded.unwrap_or(self.at);
        let told = if line.minor { Told::Minor } else { Told::Revision(&changes) };
        let (number, held) = (self.writing.event_number(id)?, Held::new(&event)?);
        self.writing.put_revision(seq, (number, &held), recorded, *because.as_bytes(), told)
    }

    fn end(&self, line: &EndLine) -> Result<(), StoreError> {
        let id = row::parse(TABLE, &line.event)?;
        let into = line.into.as_deref().map(|into| row::parse(TABLE, into)).transpose()?;
        let seq = self.step(id, line.seq, false)?;
        let recorded = line.recorded.unwrap_or(self.at);
        let because: Option<ArticleId> =
            line.because.as_deref().map(|because| row::parse(TABLE, because)).transpose()?;
        let because = because.map(|because| *because.as_bytes());
        self.writing.put_end(seq, self.writing.event_number(id)?, recorded, into, because)
    }

    /// The number of a step, noted as the last one of its event.
    fn step(&self, id: EventId, seq: Option<i64>, minor: bool) -> Result<i64, StoreError> {
        let seq = seq.unwrap_or_else(|| self.writing.next_sequence());
        self.writing
            .connection()
            .prepare_cached(
                "update event set seq = max(seq, iif(?3, 0, ?2)), stamp = max(stamp, ?2) where id = ?1",
            )?
            .execute(params![id.as_bytes(), seq, minor])?;
        Ok(seq)
    }

    fn source(&self, line: &Value) -> Result<(), StoreError> {
        let columns = SOURCE.into_iter().map(|name| match line.get(name) {
            Some(Value::Number(number)) => {
                Ok(number.as_i64().map_or(Column::Null, Column::Integer))
            }
            Some(Value::String(hex)) if name == "body_hash" => bytes(hex).map(Column::Blob),
            Some(Value::String(text)) => Ok(Column::Text(text.clone())),
            _ => Ok(Column::Null),
        });
        let columns: Vec<Column> = columns.collect::<Result<_, StoreError>>()?;
        let sql = format!(
            "insert into source_state ({}) values (?,?,?,?,?,?,?,?,?,?)",
            SOURCE.join(", ")
        );
        self.writing.connection().prepare_cached(&sql)?.execute(params_from_iter(columns))?;
        Ok(())
    }

    /// Reads a row from JSON, with the instants it does not tell.
    fn timed<T: DeserializeOwned>(&self, mut row: Value, names: &[&str]) -> Result<T, StoreError> {
        if let Some(row) = row.as_object_mut() {
            for name in names {
                row.entry(*name).or_insert_with(|| self.at.into());
            }
        }
        serde_json::from_value(row).map_err(|error| StoreError::row(TABLE, error))
    }
}

fn bytes(hex: &str) -> Result<Vec<u8>, StoreError> {
    let digit = |n: usize| hex.get(n..n + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(digit).collect();
    bytes.ok_or_else(|| StoreError::row(TABLE, format!("`{hex}` is not hexadecimal")))
}
