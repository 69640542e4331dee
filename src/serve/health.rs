//! Whether the service is well, and how its sources are.

use super::{State, problem::Problem};
use crate::{source::Source, store::SourceState};
use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What sweeps have done so far, told by whoever runs them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sweeps {
    /// Whether one is running.
    pub running: bool,
    /// How many ended by themselves.
    pub finished: u64,
    /// How many did not begin because another was running.
    pub skipped: u64,
    /// How many broke off.
    pub failed: u64,
    /// The latest that ended.
    pub last: Option<Sweep>,
}

/// A sweep that ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sweep {
    /// When it ended.
    pub ended: DateTime<Utc>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Sources that were asked and answered.
    pub answered: u64,
    /// Sources that did not answer, or not with a feed.
    pub silent: u64,
    /// Articles that were new or said something new.
    pub articles: u64,
    /// Events seen for the first time.
    pub new_events: u64,
    /// Events that changed for readers.
    pub changed_events: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    /// `ok`, or `degraded` when the last sweep heard no source at all or broke off.
    status: &'static str,
    /// The version of dateline.
    version: &'static str,
    /// Grows with every change of what is served.
    revision: u64,
    /// When that was.
    changed: Option<DateTime<Utc>>,
    /// What sweeps have done; null where this process runs none.
    sweeps: Option<Sweeps>,
    /// The sources, in the order of the configuration.
    sources: Vec<SourceHealth>,
}

/// How a source is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SourceHealth {
    /// Its key in the configuration.
    id: String,
    /// What it calls itself.
    name: String,
    /// The language of its articles.
    lang: &'static str,
    /// The address of the feed.
    #[schema(format = "uri")]
    url: String,
    /// Whether it is asked at all.
    enabled: bool,
    /// Why it is not asked, or another remark of the operator.
    remark: Option<String>,
    /// `ok`, `failing`, `new` (not asked yet) or `disabled`.
    state: &'static str,
    /// Failures since it answered last.
    failures: u32,
    /// Why it failed last.
    last_error: Option<String>,
    /// When it was asked last.
    last_attempt: Option<DateTime<Utc>>,
    /// When it answered last.
    last_success: Option<DateTime<Utc>>,
    /// When its youngest article was published.
    last_item: Option<DateTime<Utc>>,
    /// When it is due again.
    next_check: Option<DateTime<Utc>>,
}

/// Answers whether the service is well. It is when it can read its data: that a publisher is silent is no
/// fault that a restart would mend.
pub(super) fn health(state: &State) -> Result<Response, Problem> {
    let (revision, changed) = state.store.read(|reading| state.freshness(reading))?;
    let sweeps = state.sweeps.as_ref().map(|sweeps| sweeps());
    let deaf = sweeps.as_ref().is_some_and(|sweeps| {
        sweeps.failed > 0 && sweeps.last.is_none()
            || sweeps.last.as_ref().is_some_and(|last| last.answered == 0 && last.silent > 0)
    });
    let health = Health {
        status: if deaf { "degraded" } else { "ok" },
        version: env!("CARGO_PKG_VERSION"),
        revision,
        changed: (revision > 0).then_some(changed),
        sweeps,
        sources: rows(state)?,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(health)).into_response())
}

/// Answers how each source is.
pub(super) fn sources(state: &State) -> Result<Response, Problem> {
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(rows(state)?)).into_response())
}

fn rows(state: &State) -> Result<Vec<SourceHealth>, Problem> {
    let mut known: BTreeMap<_, _> =
        state.store.read(|reading| reading.sources())?.into_iter().collect();
    let of = |source: &Source| row(source, known.remove(&source.id).unwrap_or_default());
    Ok(state.sources.iter().map(of).collect())
}

fn row(source: &Source, known: SourceState) -> SourceHealth {
    let state = match (source.enabled, known.failures, known.last_attempt) {
        (false, _, _) => "disabled",
        (true, _, None) => "new",
        (true, 0, Some(_)) => "ok",
        (true, _, Some(_)) => "failing",
    };
    SourceHealth {
        id: source.id.to_string(),
        name: source.name.clone(),
        lang: source.lang.tag(),
        url: source.url.to_string(),
        enabled: source.enabled,
        remark: source.reason.clone(),
        state,
        failures: known.failures,
        last_error: known.last_error.filter(|_| known.failures > 0),
        last_attempt: known.last_attempt,
        last_success: known.last_success,
        last_item: known.last_item,
        next_check: known.next_check,
    }
}
