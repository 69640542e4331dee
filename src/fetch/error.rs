//! Why a fetch brought nothing.

use std::{net::IpAddr, time::Duration};

/// Why a fetch brought nothing. The texts are shown to the operator as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The client could not be made.
    #[error(
        "cannot set up the HTTP client: {why}; if certificates are named, install the system's ca-certificates"
    )]
    Setup {
        /// The reason, with its causes.
        why: String,
    },
    /// No connection, or it broke.
    #[error("no answer from {host}: {why}")]
    NoAnswer {
        /// Who was asked.
        host: String,
        /// The reason, with its causes.
        why: String,
    },
    /// It took too long.
    #[error("no answer from {host}: not done after {} s", .after.as_secs_f32())]
    Timeout {
        /// Who was asked.
        host: String,
        /// The limit.
        after: Duration,
    },
    /// The server refused.
    #[error("{host} answered {status}{}", hint(*.status))]
    Status {
        /// Who was asked.
        host: String,
        /// The status code.
        status: u16,
        /// How long the server asks to be left alone (RFC 9110 §10.2.3).
        retry_after: Option<Duration>,
    },
    /// The server asked a short while ago to be left alone, for another address of the same host.
    #[error("{host} is not asked: it wants to be left alone for another {} s", .retry_after.as_secs())]
    Waiting {
        /// Who is not asked.
        host: String,
        /// For how long.
        retry_after: Duration,
    },
    /// The body exceeds the limit.
    #[error("{host} sent more than {limit} bytes; raise `max_body_bytes` if that is a real feed")]
    TooLarge {
        /// Who was asked.
        host: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// A circle, most likely.
    #[error("{host} redirected more than {limit} times")]
    TooManyRedirects {
        /// Who was asked first.
        host: String,
        /// The limit.
        limit: usize,
    },
    /// A redirect that leads nowhere.
    #[error("{host} redirected to `{to}`, which is not an http or https address")]
    BadRedirect {
        /// Who redirected.
        host: String,
        /// Where to, shortened.
        to: String,
    },
    /// An address inside the operator's network.
    #[error(
        "{host} is the inside address {address}; add its net to `allow_private` if that is meant"
    )]
    Inside {
        /// Who was asked.
        host: String,
        /// Where that is.
        address: IpAddr,
    },
    /// An address of another kind.
    #[error("`{url}` is not an http or https address")]
    NotHttp {
        /// The address.
        url: String,
    },
    /// A folder of saved answers has none for this address.
    #[error("no saved answer for `{url}`; add it to `answers.toml`")]
    NotSaved {
        /// The address.
        url: String,
    },
}

impl FetchError {
    /// How long the server asks to be left alone, where it says so.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            Self::Waiting { retry_after, .. } => Some(*retry_after),
            _ => None,
        }
    }

    /// Whether the document is gone for good (410).
    #[must_use]
    pub const fn is_gone(&self) -> bool {
        matches!(self, Self::Status { status: 410, .. })
    }
}

/// What a status usually means to a reader of feeds.
const fn hint(status: u16) -> &'static str {
    match status {
        301 | 302 | 303 | 307 | 308 => " (a redirect without an address)",
        401 | 407 => " (it wants a password)",
        403 => " (it refuses automatic readers)",
        404 => " (there is nothing at this address)",
        410 => " (gone for good)",
        429 => " (asked too often)",
        500.. => " (trouble on its side)",
        _ => "",
    }
}
