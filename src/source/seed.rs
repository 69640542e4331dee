//! Seeds: articles that lie in a folder, with a list that says what they are.
//!
//! A seed becomes an article with the same key as the one that a feed of that source would bring.

use super::{date, identity};
use crate::{
    article::{Article, Published},
    model::{IdError, SourceId},
    text::Lang,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use url::Url;

/// The name of the list in the folder of seeds.
pub const MANIFEST: &str = "seeds.toml";

/// A seed as the list describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    /// The file in the folder.
    pub file: String,
    /// Its language.
    pub lang: Lang,
    /// The key of its source.
    pub source: SourceId,
    /// What the source calls itself.
    pub source_name: String,
    /// Where the article stands.
    pub url: Option<Url>,
    /// Its headline.
    pub title: String,
    /// When it was published.
    pub published: Option<Published>,
}

/// Why a list of seeds cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeedError {
    /// Not TOML, or not these keys; the message has the line.
    #[error("{MANIFEST}: {0}")]
    Syntax(Box<toml::de::Error>),
    /// A language that dateline does not read.
    #[error("{MANIFEST}: `{file}` has lang `{lang}`; write ar, fa, sr or en")]
    Lang {
        /// The seed.
        file: String,
        /// What was written.
        lang: String,
    },
    /// A date that is none.
    #[error(
        "{MANIFEST}: `{file}` has published `{published}`; write a day such as `2025-02-25`, or an instant"
    )]
    Published {
        /// The seed.
        file: String,
        /// What was written.
        published: String,
    },
    /// A file outside the folder.
    #[error("{MANIFEST}: `{file}` is not the name of a file in this folder")]
    File {
        /// What was written.
        file: String,
    },
    /// A source whose key is none.
    #[error("{MANIFEST}: {0}")]
    Source(#[from] IdError),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    seed: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    file: String,
    lang: String,
    source: String,
    url: Option<Url>,
    title: Option<String>,
    published: Option<String>,
}

/// Reads the list of seeds.
///
/// # Errors
/// [`SeedError`] for the first thing in it that is wrong.
pub fn manifest(text: &str) -> Result<Vec<Seed>, SeedError> {
    let list: List = toml::from_str(text).map_err(|error| SeedError::Syntax(Box::new(error)))?;
    list.seed.into_iter().map(seed).collect()
}

fn seed(row: Row) -> Result<Seed, SeedError> {
    let Row { file, lang, source, url, title, published } = row;
    if file.contains(['/', '\\']) || file.starts_with('.') || file.is_empty() {
        return Err(SeedError::File { file });
    }
    let Some(known) = Lang::from_tag(&lang) else { return Err(SeedError::Lang { file, lang }) };
    let published = match published {
        None => None,
        Some(written) => match date::read(&written, None) {
            Some(published) => Some(published),
            None => return Err(SeedError::Published { file, published: written }),
        },
    };
    Ok(Seed {
        file,
        lang: known,
        source: SourceId::new(&slug(&source))?,
        source_name: source,
        url,
        title: title.unwrap_or_default(),
        published,
    })
}

impl Seed {
    /// The article, given the text of the file.
    #[must_use]
    pub fn article(&self, text: &str, fetched: DateTime<Utc>) -> Article {
        let mut text = text.trim_start_matches('\u{feff}').to_owned();
        text.truncate(text.floor_char_boundary(Article::MAX_TEXT));
        let mut title = self.title.clone();
        title.truncate(title.floor_char_boundary(Article::MAX_TITLE));
        let key = format!("{title}\n{text}");
        Article {
            id: identity::article_id(&self.source, None, self.url.as_ref(), &key),
            source: self.source.clone(),
            source_name: self.source_name.clone(),
            url: self.url.clone(),
            title,
            text,
            lang: self.lang,
            published: self.published,
            fetched,
        }
    }
}

/// A key from a name: "Al-Vefagh" is `al-vefagh`; a name without Latin letters is `seed`.
fn slug(name: &str) -> String {
    let parts: Vec<String> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut slug = parts.join("-");
    slug.truncate(64);
    if slug.is_empty() { "seed".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FETCHED: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn a_seed_has_the_key_of_the_feeds_article() {
        let list = "[[seed]]\nfile = \"a.txt\"\nlang = \"sr-Latn\"\nsource = \"List Danas\"\nurl = \"https://list.example/1?utm_source=x\"\n";
        let seeds = manifest(list).unwrap();
        let article = seeds[0].article("\u{feff}Tekst.", FETCHED);
        let source = SourceId::new("list-danas").unwrap();
        let url = "http://list.example/1".parse().unwrap();
        assert_eq!(article.id, identity::article_id(&source, None, Some(&url), "other"));
        assert_eq!((article.text.as_str(), article.published), ("Tekst.", None));
    }

    #[test]
    fn errors_name_the_seed_and_the_mend() {
        for (row, message) in [
            ("file = \"a.txt\"\nlang = \"de\"", "`a.txt` has lang `de`"),
            ("file = \"../a\"\nlang = \"ar\"", "`../a` is not the name of a file"),
            ("file = \"a.txt\"\nlang = \"ar\"\npublished = \"soon\"", "published `soon`"),
            (
                "file = \"a.txt\"\nlang = \"ar\"\npublised = \"2025-02-25\"",
                "unknown field `publised`",
            ),
        ] {
            let error =
                manifest(&format!("[[seed]]\nsource = \"S\"\n{row}\n")).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
