//! Fetching what stands at an address, politely and within limits.
//!
//! Two kinds of [`Fetch`]: the network ([`Http`]) and a folder of saved answers ([`Folder`]). A fetch is
//! bounded in time, in bytes after unpacking and in redirects, and never reaches an inside address unless
//! the operator allowed its net.

mod error;
mod folder;
pub mod guard;
mod http;

pub use error::FetchError;
pub use folder::{Folder, FolderError};
pub use http::Http;

use ipnet::IpNet;
use std::{pin::Pin, time::Duration};
use url::Url;

/// Brings what stands at an address.
pub trait Fetch: Send + Sync {
    /// Asks once.
    ///
    /// # Errors
    /// [`FetchError`] when there is no usable answer; the message names the host and the reason.
    fn fetch<'a>(&'a self, request: &'a Request) -> Fetching<'a>;
}

/// A fetch under way.
pub type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Response, FetchError>> + Send + 'a>>;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The address; `http` or `https`.
    pub url: Url,
    /// What the last answer gave, so that an unchanged document need not be sent again; empty to ask
    /// without conditions.
    pub validators: Validators,
}

/// By what a server recognises a version of a document (RFC 9110 §8.8); sent back as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The value of `ETag`.
    pub etag: Option<String>,
    /// The value of `Last-Modified`.
    pub last_modified: Option<String>,
}

/// A usable answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// The document.
    Fresh(Document),
    /// Nothing changed since the validators were given.
    NotModified {
        /// The validators to send next time.
        validators: Validators,
    },
}

/// A document as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The body, unpacked, as bytes: its character set is not yet known.
    pub body: Vec<u8>,
    /// The value of `Content-Type`.
    pub content_type: Option<String>,
    /// Where it stood after redirects.
    pub url: Url,
    /// The validators to send next time.
    pub validators: Validators,
}

/// The limits and manners of fetching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The longest that one fetch may take, from the first look-up to the last byte, redirects included.
    pub timeout: Duration,
    /// The longest body that is read, in bytes after unpacking.
    pub max_body_bytes: usize,
    /// How many fetches from one host may run at once; at least 1.
    pub per_host: usize,
    /// How many redirects are followed.
    pub max_redirects: usize,
    /// Nets of private addresses that may be reached all the same, such as `127.0.0.0/8`.
    pub allow_private: Vec<IpNet>,
    /// How dateline names itself to the sites that it reads.
    pub user_agent: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(20),
            max_body_bytes: 10 * 1024 * 1024,
            per_host: 2,
            max_redirects: 5,
            allow_private: Vec::new(),
            user_agent: concat!("dateline/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}
