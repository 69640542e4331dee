//! The HTTP service: it reads queries, asks the store, and lets `publish` write the answers.
//!
//! Everything here can only be read. Addresses in answers come from [`publish::Site`], never from what a
//! client sends. Standards: HTTP semantics and caching (RFC 9110, 9111), problem documents (RFC 9457),
//! links (RFC 8288), OpenAPI 3.1.

mod around;
mod assets;
mod changes;
mod conditional;
mod event;
mod health;
mod layers;
mod list;
mod openapi;
mod parameter;
mod patience;
mod problem;
mod query;
mod route;
mod run;
mod stream;
mod when;

pub use health::{Sweep, Sweeps};
pub use openapi::description;
pub use parameter::{CHANGES, FILTERS, MOST, PARAMETERS, Parameter, Shape};
pub use problem::Fault;
pub use query::Query;
pub use run::run;

use crate::{
    clock::Clock,
    publish::{self, Site},
    source::Source,
    store::{HistoryQuery, Order, Reading, Store, StoreError},
};
use axum::{
    Router,
    extract::{Path, RawQuery, State as Shared},
    http::HeaderMap,
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse as _,
    routing::get,
};
use chrono::{DateTime, Utc};
use problem::{Problem, Sort};
use route::{Ask, ROUTES};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{PropagateRequestIdLayer, SetRequestIdLayer},
};

/// Where and how the service listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How long an answer may take.
    pub request_timeout: Duration,
    /// How long a client may take to send the head of a request.
    pub header_timeout: Duration,
    /// How long a client may take nothing of an answer.
    pub write_timeout: Duration,
    /// How long a stop waits for answers under way.
    pub stop_deadline: Duration,
    /// How many connections are served at once; more wait.
    pub max_connections: usize,
    /// How many events a page holds where the query does not say; 1 to [`MOST`].
    pub page_size: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            request_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(30),
            stop_deadline: Duration::from_secs(5),
            max_connections: 512,
            page_size: 50,
        }
    }
}

/// Tells what sweeps have done so far.
pub type SweepsView = Arc<dyn Fn() -> Sweeps + Send + Sync>;

/// What the service works with.
pub struct State {
    /// The events.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// How the site names itself.
    pub site: Site,
    /// Limits.
    pub options: Options,
    /// The sources of the configuration.
    pub sources: Vec<Source>,
    /// What sweeps do; `None` where this process runs none.
    pub sweeps: Option<SweepsView>,
    /// When the data changed last, by its revision.
    changed: Mutex<Option<(u64, DateTime<Utc>)>>,
}

impl State {
    /// A state that knows no sources and no sweeps.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, site: publish::Site, options: Options) -> Self {
        let (sources, sweeps, changed) = (Vec::new(), None, Mutex::default());
        Self { store, clock, site, options, sources, sweeps, changed }
    }

    /// The revision of the data, and when it came about. The instant is looked up once for each revision.
    fn freshness(&self, reading: &Reading<'_>) -> Result<(u64, DateTime<Utc>), StoreError> {
        let revision = reading.revision()?;
        let known = *self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.filter(|(known, _)| *known == revision) {
            return Ok(known);
        }
        let latest = HistoryQuery { order: Order::Descending, limit: 1, ..HistoryQuery::default() };
        let latest = reading.history(&latest)?.first().map(|entry| entry.recorded);
        let fresh = (revision, latest.unwrap_or(DateTime::UNIX_EPOCH));
        *self.changed.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh);
        Ok(fresh)
    }
}

/// The service as a router; [`run`] puts it on a socket.
pub fn router(state: State) -> Router {
    let numbers = layers::Numbers::new(state.clock.now());
    let state = Arc::new(state);
    let mut router = Router::new();
    for route in ROUTES {
        let answer = async |Shared(state): Shared<Arc<State>>,
                            headers: HeaderMap,
                            name: Option<Path<String>>,
                            RawQuery(query): RawQuery| {
            let name = name.map(|Path(name)| name).unwrap_or_default();
            let query = query.unwrap_or_default();
            (route.answer)(&state, &Ask { headers: &headers, query: &query, name: &name })
        };
        router = router.route(route.path, get(answer));
    }
    router
        .fallback(async || {
            Problem::new(Sort::NotFound, "there is nothing at this address; the timeline is at /")
        })
        .method_not_allowed_fallback(async || {
            Problem::new(Sort::Method, "only GET and HEAD are answered here").into_response()
        })
        .layer(from_fn_with_state(Arc::clone(&state), layers::limit))
        .layer(CatchPanicLayer::custom(layers::panicked))
        .layer(from_fn_with_state(Arc::clone(&state), problem::layer))
        .layer(CompressionLayer::new())
        .layer(layers::cors())
        .layer(from_fn(layers::record))
        .layer(PropagateRequestIdLayer::new(layers::REQUEST_ID.clone()))
        .layer(SetRequestIdLayer::new(layers::REQUEST_ID.clone(), numbers))
        .with_state(state)
}
