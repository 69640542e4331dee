//! Articles that wait to be stored together.

use super::{Counts, article::ReadArticle};
use crate::{
    model::{ArticleId, SourceId},
    store::{SourceState, StoreError},
};
use std::{
    collections::{BTreeSet, HashSet},
    time::{Duration, Instant},
};

/// How many articles share a commit at most. Much of what a commit costs is the same for few and for many, and an
/// event that a hundred of them tell is written once.
const COMMIT: usize = 1024;

/// From how many bytes of text on no further article joins them: what waits stands in memory.
const BYTES: usize = 8 << 20;

/// How long an article that was read waits for others to share its commit.
const PATIENCE: Duration = Duration::from_secs(1);

/// Articles that are to share a commit, and what is remembered with it of the sources that brought them. A
/// source is told by its row in the report.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) articles: Vec<(usize, ReadArticle)>,
    pub(super) states: Vec<(usize, SourceId, SourceState)>,
    /// What the articles are known by.
    pub(super) keys: HashSet<ArticleId>,
    /// How long their texts are together.
    bytes: usize,
    /// When the first of them was read.
    since: Option<Instant>,
}

impl Batch {
    pub(super) fn push(&mut self, row: usize, article: ReadArticle) {
        self.since.get_or_insert_with(Instant::now);
        self.bytes += article.bytes();
        self.articles.push((row, article));
    }

    /// Has a source remembered, with the last of its articles.
    pub(super) fn remember(&mut self, row: usize, source: SourceId, state: SourceState) {
        self.states.push((row, source, state));
    }

    pub(super) fn is_full(&self) -> bool {
        self.articles.len() >= COMMIT
            || self.bytes >= BYTES
            || self.since.is_some_and(|since| since.elapsed() > PATIENCE)
    }

    pub(super) fn rows(&self) -> BTreeSet<usize> {
        let articles = self.articles.iter().map(|(row, _)| *row);
        articles.chain(self.states.iter().map(|(row, ..)| *row)).collect()
    }
}

/// What became of the articles of a row that were stored together.
pub(super) type Done = (usize, Result<Counts, StoreError>);
