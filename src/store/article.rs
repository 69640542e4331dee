//! Articles, and what reading them came to.

use super::{Reading, StoreError, Writing, known::Sort, row};
use crate::{
    article::{Article, Published},
    model::{ArticleId, EventId, SourceId, TopicId},
    text::Lang,
};
use chrono::{DateTime, NaiveDate, SecondsFormat};
use rusqlite::{OptionalExtension as _, Row, params};

const TABLE: &str = "article";

/// What reading an article came to; kept beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it fits a topic.
    pub relevant: bool,
    /// Why it does or does not, for the operator.
    pub reason: String,
    /// The topics it fits, sorted.
    pub topics: Vec<TopicId>,
    /// The version of the rules and lexicons it was read with.
    pub rules: String,
    /// Why it could not be read, such as a panic's message. It is not tried again before it or the rules
    /// change.
    pub fault: Option<String>,
}

/// What became of an article that was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// It was not there before.
    New,
    /// It was there and said something else, or was read otherwise.
    Changed,
    /// It was there just so; nothing was written.
    Same,
}

/// Enough of a stored article to decide whether it must be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownArticle {
    /// [`Article::text_hash`] of the stored version.
    pub text_hash: [u8; 32],
    /// The version of the rules it was read with.
    pub rules: String,
    /// When it was published, as stored.
    pub published: Option<Published>,
}

/// An article as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredArticle {
    /// The article. [`Article::fetched`] is when it came first.
    pub article: Article,
    /// What reading it came to.
    pub outcome: Outcome,
    /// The events it tells of, in the order of their ids.
    pub events: Vec<EventId>,
}

impl Reading<'_> {
    /// Whether and how an article is stored; `None` when it is not.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn known_article(&self, id: ArticleId) -> Result<Option<KnownArticle>, StoreError> {
        let Some(number) = self.known_number(id)? else { return Ok(None) };
        let sql = "select text_hash, rules, published from article where n = ?1";
        let known = self
            .connection()
            .prepare_cached(sql)?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        known
            .map(|(text_hash, rules, published): (_, _, Option<String>)| {
                let published = published.map(|text| read_published(&text)).transpose()?;
                Ok(KnownArticle { text_hash, rules, published })
            })
            .transpose()
    }

    /// An article with all that is stored of it; `None` when it is not.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, StoreError> {
        let Some(number) = self.known_number(id)? else { return Ok(None) };
        let sql = "select id, source, source_name, url, title, lang, published, fetched,
                          relevant, reason, topics, rules, fault, text
                   from article join article_text on article_text.article = article.n
                   where n = ?1";
        let found = self.connection().prepare_cached(sql)?.query_row([number], read).optional()?;
        let Some(mut stored) = found.transpose()? else { return Ok(None) };
        stored.events = self.events_of_article(number)?;
        Ok(Some(stored))
    }

    /// The articles that were read with other rules than `rules`, in the order in which they came, those after
    /// `after` only, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when `after` is not stored; [`StoreError::Sqlite`] when the database fails.
    pub fn articles_not_read_with(
        &self,
        rules: &str,
        after: Option<ArticleId>,
        limit: u32,
    ) -> Result<Vec<ArticleId>, StoreError> {
        let sql = "select id from article where rules <> ?1 and n > ?2 order by n limit ?3";
        let after = after.map_or(Ok(0), |id| self.article_number(id))?;
        let mut statement = self.connection().prepare_cached(sql)?;
        let ids = statement.query_map(params![rules, after, limit], |row| row.get(0))?;
        ids.map(|id| Ok(ArticleId::from_bytes(id?))).collect()
    }

    fn events_of_article(&self, number: i64) -> Result<Vec<EventId>, StoreError> {
        let sql = "select distinct event.id
                   from mention join event_mention on event_mention.mention = mention.n
                   join event on event.n = event_mention.event
                   where mention.article = ?1 order by event.id";
        let mut statement = self.connection().prepare_cached(sql)?;
        let ids = statement.query_map([number], |row| row.get(0))?;
        ids.map(|id| Ok(EventId::from_bytes(id?))).collect()
    }
}

impl Writing<'_> {
    /// Stores an article and what reading it came to. An article that is there already keeps the instant
    /// at which it came first.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn put_article(&self, article: &Article, outcome: &Outcome) -> Result<Stored, StoreError> {
        match self.article(article.id)? {
            None => {
                self.insert_article(article, outcome)?;
                Ok(Stored::New)
            }
            Some(stored) => {
                let now = Article { fetched: stored.article.fetched, ..article.clone() };
                if stored.article == now && stored.outcome == *outcome {
                    return Ok(Stored::Same);
                }
                self.update_article(&now, outcome)?;
                if stored.article != now {
                    self.note_time(article.fetched);
                    self.mark_shown(article.id)?;
                }
                Ok(Stored::Changed)
            }
        }
    }

    fn insert_article(&self, article: &Article, outcome: &Outcome) -> Result<(), StoreError> {
        let sql =
            "insert into article (n, id, source, source_name, url, title, lang, published, text_hash,
                     relevant, reason, topics, rules, fault, fetched)
                   values (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)";
        self.execute_article(sql, None, article, outcome)?;
        let number = self.connection().last_insert_rowid();
        self.connection()
            .prepare_cached("insert into article_text (article, text) values (?1, ?2)")?
            .execute(params![number, article.text])?;
        self.make_known(Sort::Article, article.id.as_bytes(), number)
    }

    fn update_article(&self, article: &Article, outcome: &Outcome) -> Result<(), StoreError> {
        let sql = "update article set source=?3, source_name=?4, url=?5, title=?6, lang=?7, published=?8,
                     text_hash=?9, relevant=?10, reason=?11, topics=?12, rules=?13, fault=?14, fetched=?15
                   where n=?1 and id=?2";
        let number = self.article_number(article.id)?;
        self.execute_article(sql, Some(number), article, outcome)?;
        self.connection()
            .prepare_cached("update article_text set text = ?2 where article = ?1")?
            .execute(params![number, article.text])?;
        Ok(())
    }

    fn execute_article(
        &self,
        sql: &str,
        number: Option<i64>,
        article: &Article,
        outcome: &Outcome,
    ) -> Result<(), StoreError> {
        let topics: Vec<&str> = outcome.topics.iter().map(TopicId::as_str).collect();
        self.connection().prepare_cached(sql)?.execute(params![
            number,
            article.id.as_bytes(),
            article.source.as_str(),
            article.source_name,
            article.url.as_ref().map(url::Url::as_str),
            article.title,
            article.lang.tag(),
            article.published.map(published),
            article.text_hash(),
            outcome.relevant,
            outcome.reason,
            row::to_json(TABLE, &topics)?,
            outcome.rules,
            outcome.fault,
            article.fetched.timestamp_millis(),
        ])?;
        Ok(())
    }

    /// Notes that events are shown otherwise from now on, because what they show of an article changed.
    fn mark_shown(&self, article: ArticleId) -> Result<(), StoreError> {
        for event in self.events_of_article(self.article_number(article)?)? {
            self.restamp(self.event_number(event)?)?;
        }
        Ok(())
    }
}

fn read(columns: &Row<'_>) -> rusqlite::Result<Result<StoredArticle, StoreError>> {
    let (source, lang, topics): (String, String, String) =
        (columns.get(1)?, columns.get(5)?, columns.get(10)?);
    let (url, published): (Option<String>, Option<String>) = (columns.get(3)?, columns.get(6)?);
    let fetched: i64 = columns.get(7)?;
    let (source_name, title, text) = (columns.get(2)?, columns.get(4)?, columns.get(13)?);
    let id = ArticleId::from_bytes(columns.get(0)?);
    let (relevant, reason) = (columns.get(8)?, columns.get(9)?);
    let (rules, fault) = (columns.get(11)?, columns.get(12)?);
    Ok((|| {
        let article = Article {
            id,
            source: SourceId::new(&source).map_err(|error| StoreError::row(TABLE, error))?,
            source_name,
            url: url.map(|url| row::parse(TABLE, &url)).transpose()?,
            title,
            text,
            lang: row::named(TABLE, &lang, Lang::from_tag)?,
            published: published.map(|text| read_published(&text)).transpose()?,
            fetched: row::instant(TABLE, fetched)?,
        };
        let topics = row::topics(TABLE, &row::from_json::<Vec<String>>(TABLE, &topics)?)?;
        let outcome = Outcome { relevant, reason, topics, rules, fault };
        Ok(StoredArticle { article, outcome, events: Vec::new() })
    })())
}

/// A day, or an instant in its own offset: RFC 3339.
fn published(published: Published) -> String {
    match published {
        Published::At(instant) => instant.to_rfc3339_opts(SecondsFormat::AutoSi, false),
        Published::On(day) => day.to_string(),
    }
}

pub(super) fn read_published(text: &str) -> Result<Published, StoreError> {
    match text.parse::<NaiveDate>() {
        Ok(day) => Ok(Published::On(day)),
        Err(_) => DateTime::parse_from_rfc3339(text)
            .map(Published::At)
            .map_err(|error| StoreError::row(TABLE, format!("`{text}`: {error}"))),
    }
}
