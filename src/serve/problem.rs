//! Errors as readers see them: problem documents (RFC 9457), or a page for a browser.
//!
//! A handler answers with a [`Problem`]; one layer, which knows the request, writes it out. What went
//! wrong inside is logged and never told: no SQL, no path of a file, no trace reaches a client.

use super::State;
use crate::{
    publish::{Format, Mend, NoticePage},
    store::StoreError,
};
use axum::{
    extract::{Request, State as Shared},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{borrow::Cow, sync::Arc};
use utoipa::ToSchema;

/// What to do when the answer takes too long.
pub(super) const SLOW: &str = "the answer was not ready in time; ask for less, or again later";

/// A sort of problem: its name is the last part of its `type`, where its meaning can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A query parameter is unknown or wrong.
    Parameter,
    /// The parameters are right one by one and contradict each other.
    Conflict,
    /// There is nothing at this address.
    NotFound,
    /// There was an event, and no article claims it any longer.
    Withdrawn,
    /// The resource has no format that the client takes.
    NotAcceptable,
    /// The resource can only be read.
    Method,
    /// The address is too long.
    TooLong,
    /// The answer took too long.
    Timeout,
    /// Something is wrong inside.
    Internal,
}

impl Sort {
    pub(super) const ALL: [Self; 9] = [
        Self::Parameter,
        Self::Conflict,
        Self::NotFound,
        Self::Withdrawn,
        Self::NotAcceptable,
        Self::Method,
        Self::TooLong,
        Self::Timeout,
        Self::Internal,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Conflict => "conflict",
            Self::NotFound => "not-found",
            Self::Withdrawn => "withdrawn",
            Self::NotAcceptable => "not-acceptable",
            Self::Method => "method",
            Self::TooLong => "too-long",
            Self::Timeout => "timeout",
            Self::Internal => "internal",
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Parameter => "A query parameter is unknown or wrong",
            Self::Conflict => "Query parameters contradict each other",
            Self::NotFound => "There is nothing here",
            Self::Withdrawn => "This event was withdrawn",
            Self::NotAcceptable => "Not available in the format asked for",
            Self::Method => "This can only be read",
            Self::TooLong => "The address is too long",
            Self::Timeout => "The answer took too long",
            Self::Internal => "Something went wrong here",
        }
    }

    /// What it means and what to do, for whoever follows the `type`.
    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::Parameter => {
                "The member `errors` names each parameter at fault, what was given, what is allowed, and an example. All parameters are described in /openapi.json."
            }
            Self::Conflict => {
                "Each parameter is right by itself, together they ask for nothing: days that run backwards, a day that its calendar does not have, a cursor of a list that is sorted otherwise. The member `errors` names the parameter to change."
            }
            Self::NotFound => {
                "The address is mistyped, or it names an event that this service never knew. The timeline is at the root."
            }
            Self::Withdrawn => {
                "No article claims this event any longer. Its id is never used for another event; the same claims bring it back."
            }
            Self::NotAcceptable => {
                "Ask for a format with a suffix (.json, .atom, .rss, .jsonfeed, .ics, .csv, .ndjson, .html) or widen the Accept header."
            }
            Self::Method => {
                "The service is read with GET and HEAD and changes nothing for readers."
            }
            Self::TooLong => "Ask for less at once: fewer values in a list, or a shorter text.",
            Self::Timeout => {
                "The service is busy or the question too wide. Ask again later, or for less."
            }
            Self::Internal => {
                "The fault is on this side and was recorded with the request id of the answer. Asking again later may help."
            }
        }
    }

    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::Parameter => StatusCode::BAD_REQUEST,
            Self::Conflict => StatusCode::CONFLICT,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Withdrawn => StatusCode::GONE,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::Timeout => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// What is wrong with one parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// The parameter, as given.
    pub parameter: String,
    /// The value at fault.
    pub value: String,
    /// What is wrong, as a sentence.
    pub detail: String,
    /// What is allowed.
    pub allowed: String,
    /// A right one, ready to be put into a query.
    pub example: String,
    /// Whether the value is right by itself and contradicts another parameter.
    #[serde(skip)]
    pub contradicts: bool,
}

/// Something that keeps a request from being answered.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    sort: Sort,
    detail: Cow<'static, str>,
    errors: Vec<Fault>,
}

impl Problem {
    pub(super) fn new(sort: Sort, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { sort, detail: detail.into(), errors: Vec::new() }
    }

    /// Faults of parameters, at least one.
    pub(super) fn parameters(errors: Vec<Fault>) -> Self {
        let detail: Vec<&str> = errors.iter().map(|fault| fault.detail.as_str()).collect();
        let contradict = errors.iter().all(|fault| fault.contradicts);
        let sort = if contradict { Sort::Conflict } else { Sort::Parameter };
        Self { sort, detail: detail.join("; ").into(), errors }
    }

    /// A problem of ours: told to the operator, not to the client.
    pub(super) fn internal(error: &StoreError) -> Self {
        if matches!(error, StoreError::TooLong) {
            return Self::new(Sort::Timeout, SLOW);
        }
        tracing::error!(%error, "a request could not be answered: {error}");
        Self::new(Sort::Internal, "The service could not read its data; ask again later.")
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::internal(&error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.sort.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A problem document.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Document<'a> {
    /// Where the meaning of this sort of problem can be read.
    #[serde(rename = "type")]
    #[schema(format = "uri")]
    sort: String,
    /// What sort of problem it is.
    title: &'a str,
    /// The HTTP status.
    status: u16,
    /// What is wrong with this request.
    detail: &'a str,
    /// The path that was asked for.
    instance: &'a str,
    /// The parameters at fault.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [Fault],
}

/// Writes out the problem of a response, if it has one.
pub(super) async fn layer(
    Shared(state): Shared<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    let html = prefers_page(request.headers());
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let sort = problem.sort;
    let (body, content_type) = if html {
        let address = state.site.url(path.trim_start_matches('/'));
        let mend =
            |fault: &Fault| Mend::new(&fault.detail, &fault.allowed, &address, &fault.example);
        let mends = problem.errors.iter().map(mend).collect();
        let (title, text) = (sort.title(), &*problem.detail);
        let page = NoticePage { site: &state.site, title, text, mends };
        (page.render().into_bytes(), Format::Html.content_type())
    } else {
        let document = Document {
            sort: state.site.url(&format!("problems/{}", sort.name())),
            title: sort.title(),
            status: sort.status().as_u16(),
            detail: &problem.detail,
            instance: &path,
            errors: &problem.errors,
        };
        (serde_json::to_vec(&document).unwrap_or_default(), "application/problem+json")
    };
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
    let (parts, _) = response.into_parts();
    Response::from_parts(parts, body.into())
}

/// Whether the client is a browser: it likes a page better than JSON.
fn prefers_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    let accepted = Format::accepted(accept.unwrap_or_default(), &[Format::Json, Format::Html]);
    accepted == Some(Format::Html)
}
