//! Articles from files and stdin, for the verbs that need no database.

mod args;

pub(super) use args::{DocumentArgs, parse_lang};

use crate::{
    article::{Article, Published},
    clock::Clock,
    model::{Anchor, ArticleId, SourceId},
    text::{Lang, script},
};
use anyhow::{Context as _, bail};
use args::{Input, parse_day, parse_published};
use chrono::NaiveDate;
use serde::Deserialize;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

/// An article to read, with what its dates are counted from.
#[derive(Debug)]
pub(super) struct Document {
    /// The name under which it was given.
    pub(super) id: String,
    /// The article.
    pub(super) article: Article,
    /// Its publication day, else the day after which it cannot have been written.
    pub(super) anchor: Anchor,
}

/// One line of NDJSON. Keys that dateline does not know are passed over: gold files and exports of other
/// programs carry more.
#[derive(Debug, Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    lang: Option<String>,
    #[serde(alias = "anchor")]
    published: Option<String>,
    not_after: Option<String>,
    title: Option<String>,
    text: String,
}

/// Reads all documents, one after the other, and hands each to `take`. A document that cannot be read is
/// told to `refuse`, by file and line, and the others go on.
pub(super) fn read(
    args: &DocumentArgs,
    clock: &dyn Clock,
    refuse: &mut dyn FnMut(anyhow::Error),
    take: &mut dyn FnMut(Document) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let reading = Reading { args, clock };
    for path in &args.files {
        let name =
            if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() };
        match open(path) {
            Ok(mut input) => reading.file(&name, &mut *input, refuse, take)?,
            Err(error) => refuse(error.context(format!("cannot read {name}"))),
        }
    }
    Ok(())
}

fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    if path.is_dir() {
        bail!("it is a folder; give the files in it");
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)))
}

struct Reading<'a> {
    args: &'a DocumentArgs,
    clock: &'a dyn Clock,
}

impl Reading<'_> {
    fn file(
        &self,
        name: &str,
        input: &mut dyn BufRead,
        refuse: &mut dyn FnMut(anyhow::Error),
        take: &mut dyn FnMut(Document) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let ndjson = match self.args.input {
            Input::Ndjson => true,
            Input::Text => false,
            Input::Auto => {
                let start = input.fill_buf().with_context(|| format!("reading {name}"))?;
                let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
                start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
            }
        };
        if ndjson {
            return self.lines(name, input, refuse, take);
        }
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).with_context(|| format!("reading {name}"))?;
        match self.text(name, bytes) {
            Ok(document) => take(document),
            Err(error) => {
                refuse(error.context(format!("cannot use {name}")));
                Ok(())
            }
        }
    }

    fn lines(
        &self,
        name: &str,
        input: &mut dyn BufRead,
        refuse: &mut dyn FnMut(anyhow::Error),
        take: &mut dyn FnMut(Document) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if input.read_until(b'\n', &mut line).with_context(|| format!("reading {name}"))? == 0 {
                break;
            }
            let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
            if text.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match self.line(name, number, text) {
                Ok(document) => take(document)?,
                Err(error) => refuse(error.context(format!("{name}:{number}"))),
            }
        }
        Ok(())
    }

    fn line(&self, name: &str, number: usize, line: &[u8]) -> anyhow::Result<Document> {
        let line: Line = serde_json::from_slice(line).map_err(|error| {
            let column = error.column();
            let text = error.to_string();
            let what = text.split(" at line ").next().unwrap_or_default();
            anyhow::anyhow!("not a document: {what} (column {column}); give one JSON object per line, such as {{\"id\": \"a1\", \"lang\": \"en\", \"published\": \"2025-02-27\", \"text\": \"...\"}}")
        })?;
        let id = match line.id {
            None | Some(serde_json::Value::Null) => format!("{name}:{number}"),
            Some(serde_json::Value::String(id)) => id,
            Some(other) => other.to_string(),
        };
        let wrong = |key: &'static str| move |error: String| anyhow::anyhow!("`{key}`: {error}");
        let published = line
            .published
            .as_deref()
            .map(parse_published)
            .transpose()
            .map_err(wrong("published"))?;
        let not_after =
            line.not_after.as_deref().map(parse_day).transpose().map_err(wrong("not_after"))?;
        let lang = line.lang.as_deref().map(parse_lang).transpose().map_err(wrong("lang"))?;
        self.document(id, lang, published, not_after, line.title.unwrap_or_default(), line.text)
    }

    fn text(&self, name: &str, bytes: Vec<u8>) -> anyhow::Result<Document> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            anyhow::anyhow!("it is not UTF-8 (byte {at}); convert it first, for instance with `iconv -f windows-1256 -t utf-8`")
        })?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        self.document(name.to_owned(), None, None, None, String::new(), text)
    }

    fn document(
        &self,
        id: String,
        lang: Option<Lang>,
        published: Option<Published>,
        not_after: Option<NaiveDate>,
        title: String,
        text: String,
    ) -> anyhow::Result<Document> {
        let lang = lang.or(self.args.lang).or_else(|| detect(&title, &text));
        let lang = lang.context(
            "its language cannot be told from the text; give `lang` or --lang: ar, fa, sr or en",
        )?;
        let fetched = self.clock.now();
        let published = published.or(self.args.published);
        let anchor = match published {
            Some(published) => Anchor::Day(published.day()),
            None => {
                Anchor::NotAfter(not_after.or(self.args.not_after).unwrap_or(fetched.date_naive()))
            }
        };
        let article = Article {
            id: ArticleId::of(&[b"document", id.as_bytes()]),
            source: SourceId::new("document")?,
            source_name: String::new(),
            url: None,
            title: cut(title, Article::MAX_TITLE),
            text: cut(text, Article::MAX_TEXT),
            lang,
            published,
            fetched,
        };
        Ok(Document { id, article, anchor })
    }
}

/// The language of the text, else that of the headline.
fn detect(title: &str, text: &str) -> Option<Lang> {
    script::detect(text).or_else(|| script::detect(title))
}

/// Cuts a text that is too long at the end of a character.
fn cut(mut text: String, limit: usize) -> String {
    text.truncate(text.floor_char_boundary(limit));
    text
}
