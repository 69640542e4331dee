//! Fetching from a folder of saved answers, for tests, replays and machines without a network.
//!
//! The folder holds the bodies and a list of them, `answers.toml`:
//!
//! ```toml
//! [[answer]]
//! url = "https://example.org/feed.xml"
//! file = "example.xml"
//! content_type = "application/rss+xml; charset=utf-8"
//! ```

use super::{Document, Fetch, FetchError, Fetching, Request, Response, Validators};
use serde::Deserialize;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};
use url::Url;

/// A folder of saved answers. Each has an `ETag` made from its bytes, so that unchanged files are
/// answered with "not modified".
#[derive(Debug)]
pub struct Folder {
    folder: PathBuf,
    answers: HashMap<Url, Answer>,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The list cannot be read.
    #[error("cannot read `{}`: {source}", .path.display())]
    Read {
        /// The list.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// The list is not what it should be.
    #[error("`{}`: {source}", .path.display())]
    Syntax {
        /// The list.
        path: PathBuf,
        /// The reason, with the line.
        source: Box<toml::de::Error>,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    answer: Vec<Answer>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    url: Url,
    file: PathBuf,
    content_type: Option<String>,
}

impl Folder {
    /// Opens a folder. Bodies are read when they are asked for.
    ///
    /// # Errors
    /// [`FolderError`] when `answers.toml` is missing or wrong.
    #[expect(
        clippy::disallowed_methods,
        reason = "fetching is an edge: this kind of it opens files"
    )]
    pub fn open(folder: &Path) -> Result<Self, FolderError> {
        let path = folder.join("answers.toml");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) => return Err(FolderError::Read { path, source }),
        };
        match toml::from_str::<List>(&text) {
            Ok(list) => Ok(Self {
                folder: folder.to_owned(),
                answers: list
                    .answer
                    .into_iter()
                    .map(|answer| (answer.url.clone(), answer))
                    .collect(),
            }),
            Err(source) => Err(FolderError::Syntax { path, source: Box::new(source) }),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "fetching is an edge: this kind of it opens files"
    )]
    fn answer(&self, request: &Request) -> Result<Response, FetchError> {
        let missing = || FetchError::NotSaved { url: request.url.to_string() };
        let answer = self.answers.get(&request.url).ok_or_else(missing)?;
        let body = std::fs::read(self.folder.join(&answer.file)).map_err(|error| {
            FetchError::NoAnswer { host: answer.file.display().to_string(), why: error.to_string() }
        })?;
        let etag = Some(format!("\"{}\"", blake3::hash(&body).to_hex()));
        let validators = Validators { etag, last_modified: None };
        if validators.etag == request.validators.etag {
            return Ok(Response::NotModified { validators });
        }
        let (content_type, url) = (answer.content_type.clone(), answer.url.clone());
        Ok(Response::Fresh(Document { body, content_type, url, validators }))
    }
}

impl Fetch for Folder {
    fn fetch<'a>(&'a self, request: &'a Request) -> Fetching<'a> {
        Box::pin(std::future::ready(self.answer(request)))
    }
}
