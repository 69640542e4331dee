//! One round over the seeds and all sources that are due.
//!
//! Sources are fetched and parsed side by side and stored one after the other in the order of the
//! configuration, so that the same input makes the same database; several that answer at once share a commit.
//! What a source answered is remembered only with the last of its articles: a sweep that is cut short, by a
//! stop or by a crash, is taken up where it was.

use super::{
    Counts, Ingest, Outcome, Report, Row,
    batch::{Batch, Done},
    due,
};
use crate::{
    article::{Article, Published},
    fetch::{FetchError, Request, Response, Validators},
    model::SourceId,
    source::{
        Source,
        feed::{self, Feed, FeedError},
        seed,
    },
    store::{SourceState, StoreError},
};
use chrono::{DateTime, Utc};
use std::{path::Path, sync::Arc, time::Instant};
use tokio::{
    sync::Semaphore,
    task::{JoinError, JoinHandle},
};
use tokio_util::sync::CancellationToken;

/// Which sources a sweep asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The seeds, and the enabled sources whose time has come.
    Due,
    /// The seeds, and all enabled sources.
    All,
    /// This source alone, whether it is enabled and due or not.
    Only(SourceId),
}

/// What asking a source came to.
enum Answer {
    Feed { feed: Feed, validators: Validators, hash: [u8; 32] },
    Unchanged { validators: Validators },
}

/// Why a source brought nothing.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    Feed(#[from] FeedError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("reading it broke off: {0}")]
    Broken(#[from] JoinError),
}

/// A source in the middle of a sweep.
enum Asked {
    Not(Outcome),
    Waiting { state: SourceState, answer: JoinHandle<Result<Answer, Failure>> },
}

impl Ingest {
    /// One round. It ends early, between two articles, when `stop` is cancelled.
    pub async fn sweep(self: &Arc<Self>, scope: &Scope, stop: &CancellationToken) -> Report {
        let began = Instant::now();
        let permits = Arc::new(Semaphore::new(self.options.workers.max(1)));
        let mut asked = Vec::new();
        for source in self.sources.iter().filter(|source| scope.covers(source)) {
            asked.push((source.clone(), self.ask(source, scope, &permits)));
        }
        let mut round = Round::default();
        if !matches!(scope, Scope::Only(_))
            && let Some(folder) = self.options.seeds.clone()
        {
            let (ingest, stop) = (Arc::clone(self), stop.clone());
            let seeds =
                move |batch: &mut _, told: &mut _| ingest.seeds(&folder, batch, told, &stop);
            let outcome = round.blocking(seeds).await;
            let outcome = outcome.unwrap_or_else(|error| self.unseeded(error.to_string()));
            round.add("seeds".to_owned(), outcome, self.clock.now());
        }
        let mut waiting = asked.into_iter();
        for (source, asked) in waiting.by_ref() {
            let id = source.id.to_string();
            let outcome = match asked {
                Asked::Not(outcome) => outcome,
                Asked::Waiting { state, answer } => {
                    // What was read does not wait for a source that is slow.
                    if !answer.is_finished() {
                        self.store_round(&mut round).await;
                    }
                    let aborts = answer.abort_handle();
                    let Some(answer) = stop.run_until_cancelled(answer).await else {
                        aborts.abort();
                        break;
                    };
                    let answer = answer.unwrap_or_else(|error| Err(error.into()));
                    match self.digest(&source, state, answer, stop, &mut round).await {
                        Some(outcome) => outcome,
                        None => break,
                    }
                }
            };
            round.add(id, outcome, self.clock.now());
        }
        self.store_round(&mut round).await;
        for (_, asked) in waiting {
            if let Asked::Waiting { answer, .. } = asked {
                answer.abort();
            }
        }
        if let Err(error) = self.store.file_words().await {
            tracing::error!(
                "the words of new events cannot be filed, the next sweep will: {error}"
            );
        }
        Report { rows: round.rows, took: began.elapsed(), cut_short: stop.is_cancelled() }
    }

    /// Begins to ask a source.
    fn ask(self: &Arc<Self>, source: &Source, scope: &Scope, permits: &Arc<Semaphore>) -> Asked {
        let now = self.clock.now();
        let only = matches!(scope, Scope::Only(_));
        if !source.enabled && !only {
            return Asked::Not(Outcome::Disabled { reason: source.reason.clone() });
        }
        let state = match self.store.read(|reading| reading.source_state(&source.id)) {
            Ok(state) => state.unwrap_or_default(),
            Err(error) => return Asked::Not(Outcome::Failed { why: error.to_string(), next: now }),
        };
        if let Some(until) = state.next_check
            && until > now
            && *scope == Scope::Due
        {
            return Asked::Not(Outcome::NotDue { until });
        }
        let (ingest, source, permits) = (Arc::clone(self), source.clone(), Arc::clone(permits));
        let asked = state.clone();
        let answer = tokio::spawn(async move {
            // The semaphore is never closed.
            let _turn = permits.acquire().await;
            ingest.answer(source, &asked).await
        });
        Asked::Waiting { state, answer }
    }

    /// Fetches a source and parses what it sends.
    async fn answer(
        self: &Arc<Self>,
        source: Source,
        state: &SourceState,
    ) -> Result<Answer, Failure> {
        let now = self.clock.now();
        let validators = if due::asks_afresh(now, state.last_attempt) {
            Validators::default()
        } else {
            Validators { etag: state.etag.clone(), last_modified: state.last_modified.clone() }
        };
        let request = Request { url: source.url.clone(), validators };
        let document = match self.fetch.fetch(&request).await? {
            Response::NotModified { validators } => return Ok(Answer::Unchanged { validators }),
            Response::Fresh(document) => document,
        };
        let validators = document.validators.clone();
        let hash = *blake3::hash(&document.body).as_bytes();
        if state.body_hash == Some(hash) {
            return Ok(Answer::Unchanged { validators });
        }
        let feed = tokio::task::spawn_blocking(move || {
            let document = feed::Document {
                body: &document.body,
                content_type: document.content_type.as_deref(),
                url: &document.url,
                fetched: now,
            };
            feed::read(document, &source)
        });
        Ok(Answer::Feed { feed: feed.await??, validators, hash })
    }

    /// Reads what a source answered into the round. `None` when the sweep was told to end.
    async fn digest(
        self: &Arc<Self>,
        source: &Source,
        mut state: SourceState,
        answer: Result<Answer, Failure>,
        stop: &CancellationToken,
        round: &mut Round,
    ) -> Option<Outcome> {
        let now = self.clock.now();
        state.last_attempt = Some(now);
        let taken = match answer {
            Ok(Answer::Feed { feed, validators, hash }) => {
                match self.take_all(source, feed, stop, round).await {
                    Ok(None) => return None,
                    Ok(Some((counts, youngest))) => {
                        state.body_hash = Some(hash);
                        state.last_item = state.last_item.max(youngest);
                        Ok((Outcome::Came(counts), validators))
                    }
                    Err(failure) => Err(failure),
                }
            }
            Ok(Answer::Unchanged { validators }) => Ok((Outcome::Unchanged, validators)),
            Err(failure) => Err(failure),
        };
        let outcome = match taken {
            Ok((outcome, validators)) => {
                state.etag = validators.etag;
                state.last_modified = validators.last_modified;
                state.failures = 0;
                state.last_success = Some(now);
                state.next_check = None;
                outcome
            }
            Err(failure) => fail(source, &mut state, &failure, now),
        };
        round.batch.remember(round.rows.len(), source.id.clone(), state);
        Some(outcome)
    }

    /// Takes in all articles of a feed, the oldest first as feeds list the youngest first. `None` when
    /// told to end before the last.
    async fn take_all(
        self: &Arc<Self>,
        source: &Source,
        feed: Feed,
        stop: &CancellationToken,
        round: &mut Round,
    ) -> Result<Option<(Counts, Option<DateTime<Utc>>)>, Failure> {
        let (ingest, topics, stop) = (Arc::clone(self), source.topics.clone(), stop.clone());
        let row = round.rows.len();
        let taken = round.blocking(move |batch, told| {
            let youngest = feed.articles.iter().filter_map(|item| instant(&item.article)).max();
            let counts = Counts {
                passed_over: feed.passed_over,
                repaired: feed.repaired,
                ..Counts::default()
            };
            let items = feed.articles.into_iter().rev();
            let taken = ingest.take_in((row, &topics), items, batch, told, &stop)?;
            Ok::<_, StoreError>(taken.map(|articles| (Counts { articles, ..counts }, youngest)))
        });
        Ok(taken.await??)
    }

    /// Takes in the seeds of a folder.
    fn seeds(
        &self,
        folder: &Path,
        batch: &mut Batch,
        told: &mut Vec<Done>,
        stop: &CancellationToken,
    ) -> Outcome {
        let mut counts = Counts::default();
        let seeds = match manifest(folder) {
            Ok(seeds) => seeds,
            Err(why) => return self.unseeded(why),
        };
        for seed in seeds {
            if stop.is_cancelled() {
                break;
            }
            let taken = read(&folder.join(&seed.file)).and_then(|text| {
                let article = seed.article(&text, self.clock.now());
                let item = std::iter::once(feed::Item { article, link_key: None });
                self.take_in((0, &[]), item, batch, told, stop).map_err(|error| error.to_string())
            });
            match taken {
                Ok(taken) => counts.articles += taken.unwrap_or_default(),
                Err(why) => return self.unseeded(why),
            }
        }
        Outcome::Came(counts)
    }

    /// Stores what a round has read so far.
    async fn store_round(self: &Arc<Self>, round: &mut Round) {
        let ingest = Arc::clone(self);
        let stored = round.blocking(move |batch, told| {
            told.extend(ingest.store_all(std::mem::take(batch)));
        });
        if let Err(error) = stored.await {
            tracing::error!("what was read cannot be stored, the next sweep will: {error}");
        }
        round.settle(self.clock.now());
    }

    fn unseeded(&self, why: String) -> Outcome {
        Outcome::Failed { why, next: self.clock.now() }
    }
}

/// What a sweep has come to so far.
#[derive(Default)]
struct Round {
    rows: Vec<Row>,
    /// What was read and is not stored yet.
    batch: Batch,
    /// What became of what was stored since the rows were last brought up to date.
    told: Vec<Done>,
}

impl Round {
    /// Runs `job`, which may block, on what is not stored yet.
    async fn blocking<T: Send + 'static>(
        &mut self,
        job: impl FnOnce(&mut Batch, &mut Vec<Done>) -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let (mut batch, mut told) =
            (std::mem::take(&mut self.batch), std::mem::take(&mut self.told));
        let job = tokio::task::spawn_blocking(move || {
            let result = job(&mut batch, &mut told);
            (result, batch, told)
        });
        let (result, batch, told) = job.await?;
        (self.batch, self.told) = (batch, told);
        Ok(result)
    }

    /// Adds a row, to which belongs what is still to be stored of it.
    fn add(&mut self, id: String, outcome: Outcome, now: DateTime<Utc>) {
        self.rows.push(Row { id, outcome });
        self.settle(now);
    }

    /// Brings the rows up to date.
    fn settle(&mut self, now: DateTime<Utc>) {
        for (row, stored) in std::mem::take(&mut self.told) {
            let Some(Row { outcome, .. }) = self.rows.get_mut(row) else { continue };
            match (stored, &mut *outcome) {
                (Ok(counts), Outcome::Came(so_far)) => *so_far = so_far.and(counts),
                (Ok(_), _) => {}
                (Err(error), _) => *outcome = Outcome::Failed { why: error.to_string(), next: now },
            }
        }
    }
}

impl Scope {
    fn covers(&self, source: &Source) -> bool {
        match self {
            Self::Only(id) => source.id == *id,
            Self::Due | Self::All => true,
        }
    }
}

/// Notes a failure in what is remembered of a source.
fn fail(
    source: &Source,
    state: &mut SourceState,
    failure: &Failure,
    now: DateTime<Utc>,
) -> Outcome {
    let (retry_after, gone) = match failure {
        Failure::Fetch(error) => (error.retry_after(), error.is_gone()),
        _ => (None, false),
    };
    state.failures = state.failures.saturating_add(1);
    let next = due::after_failure(now, &source.id, state.failures, retry_after, gone);
    let why = failure.to_string();
    state.last_error = Some(why.clone());
    state.next_check = Some(next);
    Outcome::Failed { why, next }
}

/// When an article was published, as an instant; a bare day counts from its beginning.
fn instant(article: &Article) -> Option<DateTime<Utc>> {
    match article.published? {
        Published::At(instant) => Some(instant.to_utc()),
        Published::On(day) => Some(day.and_time(chrono::NaiveTime::MIN).and_utc()),
    }
}

/// The list of seeds in a folder. A folder without a list holds none.
fn manifest(folder: &Path) -> Result<Vec<seed::Seed>, String> {
    let path = folder.join(seed::MANIFEST);
    if !path.exists() {
        return Ok(Vec::new());
    }
    seed::manifest(&read(&path)?).map_err(|error| format!("{}: {error}", folder.display()))
}

#[expect(clippy::disallowed_methods, reason = "the edge that opens the files of seeds")]
fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| {
        format!("cannot read `{}`: {error}; it must be there, in UTF-8", path.display())
    })
}
