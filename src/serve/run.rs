//! The accept loop: connections are counted, slow ones are cut, and a stop waits for those under way.

use super::{Options, State, patience::Patient, router};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{io, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};

/// How long to wait after a connection could not be taken, such as when all file handles are in use.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` ends, then waits for the answers under way, at most [`Options::stop_deadline`].
///
/// # Errors
/// When the listener has no address.
pub async fn run(
    listener: TcpListener,
    state: State,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let options = state.options.clone();
    run_router(listener, router(state), &options, stop).await
}

/// The same for any routes, such as those that [`super::dressed`] makes.
///
/// # Errors
/// When the listener has no address.
pub async fn run_router(
    listener: TcpListener,
    routes: Router,
    options: &Options,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    listener.local_addr()?;
    let service = TowerToHyperService::new(routes);
    let places = Arc::new(Semaphore::new(options.max_connections));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(options.header_timeout)
        .max_buf_size(32 * 1024);
    tokio::pin!(stop);
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await.map_err(io::Error::other)?;
            listener.accept().await.map(|(stream, _)| (place, stream))
        };
        let (place, stream) = tokio::select! {
            () = &mut stop => break,
            accepted = accepted => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken: {error}");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
        };
        let stream = TokioIo::new(Patient::new(stream, options.write_timeout));
        let connection = graceful.watch(http.serve_connection(stream, service.clone()));
        tokio::spawn(async move {
            let _place = place;
            // A client that goes away or is too slow is no fault of ours.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early: {error}");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(options.stop_deadline, graceful.shutdown()).await.is_err() {
        tracing::warn!("some answers were still under way when the service stopped");
    }
    Ok(())
}
