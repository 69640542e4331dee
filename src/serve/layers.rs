//! What every request goes through, whatever it asks for.

use super::{
    State,
    problem::{Problem, SLOW, Sort},
};
use axum::{
    body::Body,
    extract::{Request, State as Shared},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tower_http::{
    cors::{Any as Anyone, CorsLayer},
    request_id::{MakeRequestId, RequestId},
};

/// The longest address that is read, in bytes; at least 8000 are recommended (RFC 9110 §4.1).
const LONGEST_URL: usize = 16 * 1024;

/// The header that names a request in the answer and in the log.
pub(super) static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers requests, with a start of its own for each run of the program.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    run: u32,
    next: Arc<AtomicU64>,
}

impl Numbers {
    pub(super) fn new(now: chrono::DateTime<chrono::Utc>) -> Self {
        let hash = blake3::hash(&now.timestamp_micros().to_le_bytes());
        let [a, b, c, d, ..] = *hash.as_bytes();
        Self { run: u32::from_le_bytes([a, b, c, d]), next: Arc::default() }
    }
}

impl MakeRequestId for Numbers {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        HeaderValue::from_str(&format!("{:08x}-{number:06x}", self.run)).ok().map(RequestId::new)
    }
}

/// Anyone may read from any page; no one can write.
pub(super) fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Anyone)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([header::ACCEPT, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE])
        .expose_headers([header::ETAG, header::LINK, header::LAST_MODIFIED, REQUEST_ID.clone()])
        .max_age(std::time::Duration::from_secs(86_400))
        .vary([])
}

/// What browsers may do with an answer: nothing but show it with our own style sheet.
pub(super) const SAFETY: [(HeaderName, HeaderValue); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
];

/// Adds [`SAFETY`] and one line in the log for each request.
pub(super) async fn record(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let id = request.headers().get(&REQUEST_ID).cloned();
    let start = Instant::now();
    let mut response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), start.elapsed());
    let id = id.as_ref().and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::debug!(%method, path, status, took_us = took.as_micros(), id, "{method} {path}: {status}");
    for (name, value) in SAFETY {
        response.headers_mut().insert(name, value);
    }
    response
}

/// Refuses what is too long, and gives up on what takes too long.
pub(super) async fn limit(
    Shared(state): Shared<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let length = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    if length > LONGEST_URL {
        let detail = format!("the address has {length} bytes, at most {LONGEST_URL} are read");
        return Problem::new(Sort::TooLong, detail).into_response();
    }
    match tokio::time::timeout(state.options.request_timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(Sort::Timeout, SLOW).into_response(),
    }
}

/// A handler panicked: that is a bug, which is recorded, and not told.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands over what was thrown")]
pub(super) fn panicked(payload: Box<dyn Any + Send>) -> axum::http::Response<Body> {
    let what = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(what, "a request panicked: {what}");
    Problem::new(Sort::Internal, "The service stumbled over this request.").into_response()
}
