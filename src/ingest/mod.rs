//! From feeds and seeds to stored events.
//!
//! A *sweep* is one round over all sources that are due: fetch, parse, and for each article that is new or
//! was edited: read, consolidate, store, in one transaction. Seeds take the same path. One failing source
//! or article never disturbs another.

mod again;
mod article;
mod batch;
mod cron;
pub mod due;
mod report;
mod schedule;
mod sweep;

pub use again::{Again, Differences, Keep};
pub use cron::{Cron, CronError};
pub use report::{Counts, Outcome, Report, Row};
pub use schedule::{Activity, ScheduleError, Scheduler};
pub use sweep::Scope;

use crate::{
    article::Article,
    clock::Clock,
    event::{self, Topic},
    fetch::Fetch,
    mention::Extraction,
    model::EntityId,
    source::Source,
    store::Store,
};
use std::{path::PathBuf, sync::Arc, time::Duration};

/// Reads an article; one that is not wanted need not be read to the end, as by
/// [`mention::extract_if`](crate::mention::extract_if).
pub type Read = Box<dyn Fn(&Article, Wanted<'_>) -> Extraction + Send + Sync>;

/// Whether an article that names these entities belongs to a story that is followed.
pub type Wanted<'a> = &'a dyn Fn(&[EntityId]) -> bool;

/// All that a sweep needs.
pub struct Ingest {
    /// Where everything is kept.
    pub store: Store,
    /// What brings the feeds.
    pub fetch: Arc<dyn Fetch>,
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// What reads an article. It may panic: that costs the article alone.
    pub read: Read,
    /// The version of `read` and of the topics: an article read with another one is stale.
    pub rules: String,
    /// The stories that are followed. Articles that belong to none are kept and make no events.
    pub topics: Vec<Topic>,
    /// The feeds that are followed.
    pub sources: Vec<Source>,
    /// How claims become events.
    pub events: event::Options,
    /// How sweeps go.
    pub options: Options,
}

/// How and when dateline looks for news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// When sweeps begin: a cron expression in UTC of five fields (minute, hour, day of month, month,
    /// weekday), or of six with the second in front.
    pub cron: String,
    /// A sweep begins up to this much later than the expression says, so that not every dateline in the
    /// world asks at the full hour.
    pub jitter: Duration,
    /// How long a stop waits for the sweep that is running.
    pub stop_deadline: Duration,
    /// How many sources are fetched at once; at least 1.
    pub workers: usize,
    /// The folder with `seeds.toml` and the texts that it names; `None` for no seeds.
    pub seeds: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            cron: "*/15 * * * *".to_owned(),
            jitter: Duration::from_secs(30),
            stop_deadline: Duration::from_secs(10),
            workers: 8,
            seeds: Some(PathBuf::from("seeds")),
        }
    }
}
