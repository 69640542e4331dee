//! By which keys articles and claims are known. Keys are hashes, so those that came lately stand apart, on few
//! pages, and are moved among all others many at a time.

use super::{Reading, StoreError, Writing};
use crate::model::{ArticleId, MentionId};
use rusqlite::{OptionalExtension as _, params};

/// How many keys may stand apart. Each commit writes their pages (some 600 kB), and each move those among which they
/// come to stand: at a million articles nearly all, 80 MB.
const APART: i64 = 1 << 14;

/// The number of the mention whose id is the first parameter of a statement, for statements that read one after the
/// other.
pub(super) const MENTION: &str = "(select number from known where key = ?1 and sort = 2)";

/// What a key is a key of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// The id of an article.
    Article = 0,
    /// The key of a link; it leads to an article.
    Link = 1,
    /// The id of a mention.
    Mention = 2,
}

impl Reading<'_> {
    /// The article that is known by `key`, if it is not its id; see [`Writing::put_article_key`].
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn article_known_by(&self, key: ArticleId) -> Result<Option<ArticleId>, StoreError> {
        let Some(number) = self.known(Sort::Link, key.as_bytes())? else { return Ok(None) };
        let mut statement =
            self.connection().prepare_cached("select id from article where n = ?1")?;
        let found = statement.query_row([number], |row| row.get(0)).optional()?;
        Ok(found.map(ArticleId::from_bytes))
    }

    /// Our number of an article, if it is stored.
    pub(super) fn known_number(&self, id: ArticleId) -> Result<Option<i64>, StoreError> {
        if let Some((known, number)) = self.last_article().get()
            && known == id
        {
            return Ok(Some(number));
        }
        let number = self.known(Sort::Article, id.as_bytes())?;
        if let Some(number) = number {
            self.last_article().set(Some((id, number)));
        }
        Ok(number)
    }

    /// Our number of an article.
    pub(super) fn article_number(&self, id: ArticleId) -> Result<i64, StoreError> {
        let missing = || StoreError::Missing { what: "article", id: id.to_string() };
        self.known_number(id)?.ok_or_else(missing)
    }

    /// Our number of a mention, if it is stored.
    pub(super) fn mention_number(&self, id: MentionId) -> Result<Option<i64>, StoreError> {
        self.known(Sort::Mention, id.as_bytes())
    }

    fn known(&self, sort: Sort, key: &[u8; 16]) -> Result<Option<i64>, StoreError> {
        let sql = "select number from known where key = ?1 and sort = ?2";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row(params![key, sort as i64], |row| row.get(0)).optional()?)
    }

    /// Runs `job` over the numbers of all keys of a sort, in the order of the keys.
    pub(super) fn each_known(
        &self,
        sort: Sort,
        mut job: impl FnMut(i64) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = "select number, key from known_key_new where sort = ?1
                   union all select number, key from known_key where sort = ?1 order by key";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([sort as i64])?;
        while let Some(row) = rows.next()? {
            job(row.get(0)?)?;
        }
        Ok(())
    }
}

impl Writing<'_> {
    /// Lets `article`, which must be stored, be known by `key` as well. A key that another article has
    /// stays with that one.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the article is not stored; [`StoreError::Sqlite`] when the database fails.
    pub fn put_article_key(&self, article: ArticleId, key: ArticleId) -> Result<(), StoreError> {
        let number = self.article_number(article)?;
        match self.known(Sort::Link, key.as_bytes())? {
            Some(_) => Ok(()),
            None => self.make_known(Sort::Link, key.as_bytes(), number),
        }
    }

    /// Lets what has a number be known by a key that nothing else of the sort has.
    pub(super) fn make_known(
        &self,
        sort: Sort,
        key: &[u8; 16],
        number: i64,
    ) -> Result<(), StoreError> {
        let sql = "insert into known_key_new (key, sort, number) values (?1, ?2, ?3)";
        self.connection().prepare_cached(sql)?.execute(params![key, sort as i64, number])?;
        Ok(())
    }

    /// Takes a key back.
    pub(super) fn make_unknown(&self, sort: Sort, key: &[u8; 16]) -> Result<(), StoreError> {
        for sql in [
            "delete from known_key_new where key = ?1 and sort = ?2",
            "delete from known_key where key = ?1 and sort = ?2",
        ] {
            self.connection().prepare_cached(sql)?.execute(params![key, sort as i64])?;
        }
        Ok(())
    }

    /// Moves the keys that stand apart among the others when they are many.
    pub(super) fn file_keys(&self) -> Result<(), StoreError> {
        let sql = "select count(*) from known_key_new";
        let apart: i64 = self.connection().prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        if apart <= APART {
            return Ok(());
        }
        // Row by row: so that one statement for all could be undone, SQLite would keep a copy of every page of
        // `known_key` in memory.
        let sql = "select key, sort, number from known_key_new order by key, sort";
        let mut statement = self.connection().prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let rows: Vec<([u8; 16], i64, i64)> = rows.collect::<Result<_, _>>()?;
        let sql = "insert into known_key (key, sort, number) values (?1, ?2, ?3)";
        let mut statement = self.connection().prepare_cached(sql)?;
        for row in rows {
            statement.execute(row)?;
        }
        self.connection().prepare_cached("delete from known_key_new")?.execute([])?;
        Ok(())
    }
}
