//! From feeds and seeds to stored events.

mod cron;
pub mod due;
mod schedule;

pub use cron::{Cron, CronError};
pub use schedule::{Activity, ScheduleError, Scheduler};

use std::{path::PathBuf, time::Duration};

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
