//! `dateline run` and `dateline serve`: the service, with and without sweeps.

use super::{
    engine,
    ingest::close,
    signal,
    talk::{Faults, say},
};
use crate::{
    clock::SystemClock,
    config::Config,
    ingest::{Activity, Cron, Ingest, Outcome, Report, Scheduler, Scope},
    lexicon::{Lexicons, gazetteer::Gazetteer, spellings::Spellings},
    publish::Site,
    serve::{self, LazySpellings, State, Sweep, Sweeps},
    store::Store,
};
use anyhow::{Context as _, anyhow};
use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{net::TcpListener, sync::watch};
use tokio_util::sync::CancellationToken;

/// Serves, and sweeps as the schedule says, until a signal comes.
pub(super) async fn run(config: &Config) -> anyhow::Result<Faults> {
    let config = &for_serving(config);
    let cron = Cron::new(&config.ingest.cron)?;
    let listener = listen(config.serve.listen).await?;
    let address = reachable(listener.local_addr()?);
    let lexicons = Arc::new(Lexicons::embedded()?);
    let ingest = engine::start(config, Arc::clone(&lexicons))?;
    greet(config, address);
    hint_at_stale(&ingest)?;

    let last = Arc::new(Mutex::new(None));
    let (sweeper, ended) = (Arc::clone(&ingest), Arc::clone(&last));
    let sweep = move |stop: CancellationToken| {
        let (sweeper, ended) = (Arc::clone(&sweeper), Arc::clone(&ended));
        async move {
            let report = sweeper.sweep(&Scope::Due, &stop).await;
            tell(&report);
            let summary = summary(&report, &sweeper);
            *ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(summary);
        }
    };
    let scheduler = Scheduler::start(&cron, &config.ingest, sweep).await?;
    let spellings = move || Spellings::new(&lexicons.gazetteer);
    let mut state = state(config, ingest.store.clone(), address, spellings);
    state.sweeps = Some(view(scheduler.activity(), last));

    let stop = stop_on_signal();
    tokio::spawn(keep_ready(ingest.store.clone(), stop.clone()));
    let ending = async {
        stop.cancelled().await;
        if !scheduler.stop().await {
            tracing::warn!(
                "the running sweep did not end in time; what it had stored stays stored"
            );
        }
    };
    let (served, ()) = tokio::join!(serve::run(listener, state, stop.cancelled()), ending);
    served.context("serving")?;
    close(&ingest).await;
    Ok(Faults::default())
}

/// Serves what is stored, without looking at any feed, until a signal comes.
pub(super) async fn serve(config: &Config) -> anyhow::Result<Faults> {
    let config = &for_serving(config);
    let listener = listen(config.serve.listen).await?;
    let address = reachable(listener.local_addr()?);
    let store = Store::open(&config.store)?;
    greet(config, address);
    let stop = stop_on_signal();
    tokio::spawn(keep_ready(store.clone(), stop.clone()));
    let spellings = || match Gazetteer::embedded() {
        Ok(gazetteer) => Spellings::new(&gazetteer),
        Err(error) => {
            tracing::warn!(%error, "names are looked for as they are typed: {error}");
            Spellings::default()
        }
    };
    let state = state(config, store, address, spellings);
    serve::run(listener, state, stop.cancelled()).await.context("serving")?;
    Ok(Faults::default())
}

/// No read of a service goes on when nobody waits for its answer any more, and all go through a map of the file.
fn for_serving(config: &Config) -> Config {
    let mut config = config.clone();
    config.store.read_limit = Some(config.serve.request_timeout);
    config.store.mapped = true;
    config
}

/// Writes ahead what an earlier version did not, or did otherwise; lists are right meanwhile, and slower.
async fn keep_ready(store: Store, stop: CancellationToken) {
    let mut after = 0;
    while !stop.is_cancelled() {
        match store.renew(after).await {
            Ok(Some(next)) => after = next,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, "events could not be written ahead: {error}");
                return;
            }
        }
    }
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let mend = match error.kind() {
            io::ErrorKind::AddrInUse => "another program has the port; set `listen` in [server] of config.toml or start with DATELINE_LISTEN=127.0.0.1:8081".to_owned(),
            io::ErrorKind::PermissionDenied => "ports below 1024 are for root; take a higher one, such as 8080".to_owned(),
            io::ErrorKind::AddrNotAvailable => format!("this machine has no address {}; set `listen` in [server] of config.toml", address.ip()),
            _ => error.to_string(),
        };
        anyhow!("cannot listen on {address}: {mend}")
    })
}

/// The address under which this machine reaches a listener: one on all addresses is reached on the
/// loopback.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    address
}

fn greet(config: &Config, address: SocketAddr) {
    let site = Site::new(&config.site, address);
    say(format_args!(
        "dateline {}, database {}",
        env!("CARGO_PKG_VERSION"),
        config.store.path.display()
    ));
    for (name, path) in [
        ("timeline", ""),
        ("JSON", "events"),
        ("Atom", "events.atom"),
        ("RSS", "events.rss"),
        ("calendar", "events.ics"),
    ] {
        say(format_args!("  {name:<9} {}", site.url(path)));
    }
    say("Ctrl-C stops it.");
}

fn hint_at_stale(ingest: &Ingest) -> anyhow::Result<()> {
    let stale =
        ingest.store.read(|reading| reading.articles_not_read_with(&ingest.rules, None, 1))?;
    if !stale.is_empty() {
        tracing::info!(
            "some articles were read with other rules, words or topics; `dateline ingest --again` reads them again"
        );
    }
    Ok(())
}

fn state(
    config: &Config,
    store: Store,
    address: SocketAddr,
    spellings: impl FnOnce() -> Spellings + Send + 'static,
) -> State {
    let site = Site::new(&config.site, address);
    let mut state = State::new(store, Arc::new(SystemClock), site, config.serve.clone());
    state.sources.clone_from(&config.sources);
    state.spellings = LazySpellings::new(Box::new(spellings));
    state
}

/// A token that the first signal cancels. A second one ends the program where it stands: the database is
/// whole at any instant.
fn stop_on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let cancelled = stop.clone();
    tokio::spawn(async move {
        signal::stop().await;
        say("stopping");
        cancelled.cancel();
        signal::stop().await;
        std::process::exit(130);
    });
    stop
}

/// One calm line for each source that did not answer, and one for the sweep.
fn tell(report: &Report) {
    for failure in report.failures() {
        tracing::info!("{failure}");
    }
    let total = report.total();
    tracing::info!(
        articles.new = total.new,
        events.new = total.new_events,
        "sweep: {} new articles, {} of new or edited ones on topic, {} new events, {} changed; {:.1} s",
        total.new,
        total.relevant,
        total.new_events,
        total.changed_events,
        report.took.as_secs_f32()
    );
}

fn summary(report: &Report, ingest: &Ingest) -> Sweep {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let with = |fits: fn(&Outcome) -> bool| {
        count(report.rows.iter().filter(|row| fits(&row.outcome)).count())
    };
    let total = report.total();
    Sweep {
        ended: ingest.clock.now(),
        took_ms: u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
        answered: with(|outcome| matches!(outcome, Outcome::Came(_) | Outcome::Unchanged)),
        silent: with(|outcome| matches!(outcome, Outcome::Failed { .. })),
        articles: count(total.new + total.edited),
        new_events: count(total.new_events),
        changed_events: count(total.changed_events),
    }
}

/// What the service tells of the sweeps.
fn view(activity: watch::Receiver<Activity>, last: Arc<Mutex<Option<Sweep>>>) -> serve::SweepsView {
    Arc::new(move || {
        let Activity { running, finished, skipped, panicked, .. } = activity.borrow().clone();
        let last = last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Sweeps { running, finished, skipped, failed: panicked, last }
    })
}
