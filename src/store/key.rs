//! By what else an article is known than by its id.

use super::{Reading, StoreError, Writing};
use crate::model::ArticleId;
use rusqlite::{OptionalExtension as _, params};

impl Reading<'_> {
    /// The article that is known by `key`, if it is not its id; see [`Writing::put_article_key`].
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn article_known_by(&self, key: ArticleId) -> Result<Option<ArticleId>, StoreError> {
        let sql =
            "select article.id from article_key join article on article.n = article_key.article
                   where key = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let found = statement.query_row([key.as_bytes()], |row| row.get(0)).optional()?;
        Ok(found.map(ArticleId::from_bytes))
    }
}

impl Writing<'_> {
    /// Lets `article`, which must be stored, be known by `key` as well. A key that another article has
    /// stays with that one.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the article is not stored; [`StoreError::Sqlite`] when the database fails.
    pub fn put_article_key(&self, article: ArticleId, key: ArticleId) -> Result<(), StoreError> {
        let sql = "insert into article_key (key, article) values (?1, ?2) on conflict do nothing";
        let number = self.article_number(article)?;
        self.connection().prepare_cached(sql)?.execute(params![key.as_bytes(), number])?;
        Ok(())
    }
}
