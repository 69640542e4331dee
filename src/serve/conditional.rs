//! Conditional requests (RFC 9110 §13) and how long an answer may be kept (RFC 9111).

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use std::time::SystemTime;

/// How long an answer may be used without asking again, and then while asking again.
const CACHE: &str = "public, max-age=60, stale-while-revalidate=600";

/// The same for an answer that does not change any more (RFC 8246).
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// What an answer is compared by. The tag is weak, because compression keeps it.
#[derive(Debug, Clone)]
pub(super) struct Validators {
    tag: String,
    /// `None` where it is not known: then the tag alone tells.
    modified: Option<DateTime<Utc>>,
    cache: &'static str,
}

impl Validators {
    /// The validators of an answer that is made of `parts` alone, last changed at `modified`.
    pub(super) fn new(parts: &[&str], modified: DateTime<Utc>) -> Self {
        Self { modified: Some(modified), ..Self::of(parts) }
    }

    /// The validators of an answer that is made of `parts` alone.
    pub(super) fn of(parts: &[&str]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in [env!("CARGO_PKG_VERSION")].iter().chain(parts) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let hash = hasher.finalize().to_hex();
        let tag = format!("W/\"{}\"", hash.get(..20).unwrap_or(&hash));
        Self { tag, modified: None, cache: CACHE }
    }

    /// The same for an answer that may be kept for good.
    pub(super) fn for_good(self) -> Self {
        Self { cache: FOR_GOOD, ..self }
    }

    /// Whether the client has the answer already. If-None-Match goes before If-Modified-Since.
    pub(super) fn hold_for(&self, request: &HeaderMap) -> bool {
        let mut tags = request.get_all(header::IF_NONE_MATCH).iter().peekable();
        if tags.peek().is_some() {
            let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
            return tags
                .filter_map(|tags| tags.to_str().ok())
                .flat_map(|tags| tags.split(','))
                .any(|tag| tag.trim() == "*" || opaque(tag) == opaque(&self.tag));
        }
        let since = request.get(header::IF_MODIFIED_SINCE).and_then(|since| since.to_str().ok());
        let since = since.and_then(|since| httpdate::parse_http_date(since).ok());
        since.zip(self.modified).is_some_and(|(since, modified)| {
            DateTime::<Utc>::from(since).timestamp() >= modified.timestamp()
        })
    }

    /// The answer that the client has it already.
    pub(super) fn unchanged(&self, vary: &'static str) -> Response {
        self.dress(StatusCode::NOT_MODIFIED.into_response(), vary)
    }

    /// The answer with `body`.
    pub(super) fn answer(
        &self,
        body: impl Into<Body>,
        content_type: &'static str,
        vary: &'static str,
    ) -> Response {
        let mut response = self.dress(Response::new(body.into()), vary);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        response.extensions_mut().insert(self.clone());
        response
    }

    fn dress(&self, mut response: Response, vary: &'static str) -> Response {
        let headers = response.headers_mut();
        let modified = self.modified.map(|at| httpdate::fmt_http_date(SystemTime::from(at)));
        let values = [(header::ETAG, Some(&self.tag)), (header::LAST_MODIFIED, modified.as_ref())];
        for (name, value) in values {
            let value = value.and_then(|value| HeaderValue::from_str(value).ok());
            headers.extend(value.map(|value| (name, value)));
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache));
        headers.insert(header::VARY, HeaderValue::from_static(vary));
        response
    }
}
