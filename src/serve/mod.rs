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
mod example;
mod health;
mod kept;
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
mod view;
mod when;

pub use health::{Sweep, Sweeps};
pub use openapi::description;
pub use parameter::{CHANGES, FILTERS, MOST, PARAMETERS, Parameter, Shape};
pub use problem::Fault;
pub use query::Query;
pub use run::{run, run_router};
pub use view::{check_view, is_taken};

use crate::{
    clock::Clock,
    lexicon::spellings::Spellings,
    publish::{self, Format, Site},
    source::Source,
    store::{EventQuery, Reading, Store, StoreError},
};
use axum::{
    Router,
    extract::{Path, RawQuery, State as Shared},
    http::HeaderMap,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Response},
    routing::get,
};
use chrono::{DateTime, Utc};
use kept::{Kept, Moment};
use problem::{Problem, Sort};
use route::{Ask, ROUTES};
use std::{
    net::SocketAddr,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::{Duration, Instant},
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

/// Spellings that are put together when they are needed first.
pub type LazySpellings = LazyLock<Spellings, Box<dyn FnOnce() -> Spellings + Send>>;

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
    /// How else names are written that are looked for; put together when somebody first looks for words.
    pub spellings: LazySpellings,
    /// What sweeps do; `None` where this process runs none.
    pub sweeps: Option<SweepsView>,
    /// Answers made for others.
    kept: Kept,
    /// The revision of the data as last looked up.
    known: Mutex<Option<Known>>,
}

/// The revision of the data, and what must hold for it to be still the same.
#[derive(Debug, Clone, Copy)]
struct Known {
    revision: u64,
    /// [`Store::writes`] before it was looked up.
    writes: u64,
    at: Instant,
}

/// For how long another process may have written before we notice. What this one writes is seen at once.
const NOTICE: Duration = Duration::from_millis(200);

impl State {
    /// A state that knows no sources and no sweeps.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, site: publish::Site, options: Options) -> Self {
        let (sources, sweeps) = (Vec::new(), None);
        let spellings = LazySpellings::new(Box::new(Spellings::default));
        let (kept, known) = (Kept::default(), Mutex::default());
        Self { store, clock, site, options, sources, spellings, sweeps, kept, known }
    }

    /// What to ask the store for a page of `query` in `format`.
    fn wanted(&self, query: &Query, format: Format) -> EventQuery {
        self.widened(query.events(format, self.options.page_size))
    }

    /// The same query, with the names that it looks for in all their spellings.
    fn widened(&self, mut query: EventQuery) -> EventQuery {
        query.text = query.text.map(|terms| self.spellings.widen(terms));
        query
    }

    /// The revision of the data, and when it came about.
    fn freshness(&self, reading: &Reading<'_>) -> Result<(u64, DateTime<Utc>), StoreError> {
        Ok((reading.revision()?, reading.changed()?))
    }

    /// The moment that answers hold for. Does not ask the database while nothing can have changed.
    fn moment(&self) -> Result<Moment, StoreError> {
        let today = self.clock.now().date_naive();
        let (writes, now) = (self.store.writes(), Instant::now());
        let known = *self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |known: &Known| known.writes == writes && now - known.at < NOTICE;
        if let Some(known) = known.filter(holds) {
            return Ok((known.revision, today));
        }
        let revision = self.store.read(|reading| reading.revision())?;
        let fresh = Known { revision, writes, at: now };
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh);
        Ok((revision, today))
    }
}

/// The service as a router; [`run`] puts it on a socket.
pub fn router(state: State) -> Router {
    let state = Arc::new(state);
    let mut router = Router::new();
    for route in ROUTES {
        let answer = async move |Shared(state): Shared<Arc<State>>,
                                 headers: HeaderMap,
                                 name: Option<Path<String>>,
                                 RawQuery(query): RawQuery| {
            let name = name.map(|Path(name)| name).unwrap_or_default();
            let query = query.unwrap_or_default();
            let wide = route.is_wide(&query);
            let answer = move || {
                (route.answer)(&state, &Ask { headers: &headers, query: &query, name: &name })
            };
            if wide { aside(answer).await } else { answer() }
        };
        router = router.route(route.path, get(answer));
    }
    let router = router
        .fallback(async || {
            Problem::new(Sort::NotFound, "there is nothing at this address; the timeline is at /")
        })
        .method_not_allowed_fallback(async || {
            Problem::new(Sort::Method, "only GET and HEAD are answered here").into_response()
        });
    around(inside(router, &state).layer(from_fn_with_state(Arc::clone(&state), kept::layer)), state)
}

/// Answers on a thread that may wait: what looks at many events must not hold those that ask for a page.
async fn aside(
    answer: impl FnOnce() -> Result<Response, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    match tokio::task::spawn_blocking(answer).await {
        Ok(answer) => answer,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Problem::new(Sort::Internal, "The service is stopping.")),
        },
    }
}

/// Any routes behind all that the service puts around its own, but for the answers it keeps ready. For
/// measuring what these cost.
pub fn dressed(routes: Router<Arc<State>>, state: State) -> Router {
    let state = Arc::new(state);
    around(inside(routes, &state), state)
}

/// What an answer goes through when it is made.
fn inside(routes: Router<Arc<State>>, state: &Arc<State>) -> Router<Arc<State>> {
    routes
        .layer(from_fn_with_state(Arc::clone(state), layers::limit))
        .layer(CatchPanicLayer::custom(layers::panicked))
        .layer(from_fn_with_state(Arc::clone(state), problem::layer))
        .layer(CompressionLayer::new())
}

/// What every answer goes through.
fn around(routes: Router<Arc<State>>, state: Arc<State>) -> Router {
    let numbers = layers::Numbers::new(state.clock.now());
    routes
        .layer(layers::cors())
        .layer(from_fn(layers::record))
        .layer(PropagateRequestIdLayer::new(layers::REQUEST_ID.clone()))
        .layer(SetRequestIdLayer::new(layers::REQUEST_ID.clone(), numbers))
        .with_state(state)
}
