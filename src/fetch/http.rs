//! Fetching over the network.
//!
//! Redirects are followed here and not in the client, because each hop is checked anew: its scheme, its
//! host, and, when the name is looked up, every address that it has.

use super::{Document, Fetch, FetchError, Fetching, Options, Request, Response, Validators, guard};
use crate::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use ipnet::IpNet;
use reqwest::{
    StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{self, HeaderMap},
};
use std::{
    collections::HashMap,
    error::Error,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;
use url::{Host, Url};

/// The formats that are read, the likely ones first.
const ACCEPT: &str = "application/rss+xml, application/atom+xml, application/feed+json, \
                      application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1";

/// Fetches over HTTP.
pub struct Http {
    client: reqwest::Client,
    options: Options,
    clock: Arc<dyn Clock>,
    hosts: Mutex<HashMap<String, Manners>>,
}

/// How one host is to be treated.
#[derive(Clone)]
struct Manners {
    permits: Arc<Semaphore>,
    /// Until when it wants to be left alone: what it tells one source holds for all of its sources.
    quiet_until: Option<DateTime<Utc>>,
}

impl Http {
    /// A client with these limits. `clock` is asked when a server names the instant until which it wants
    /// to be left alone.
    ///
    /// # Errors
    /// [`FetchError::Setup`], most often because the system has no certificates.
    pub fn new(options: Options, clock: Arc<dyn Clock>) -> Result<Self, FetchError> {
        // The client is built without a cryptography provider and panics when none is installed; a
        // second installation fails, and that is all right.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent(&options.user_agent)
            .redirect(reqwest::redirect::Policy::none())
            // A proxy would look names up by itself, past the guard.
            .no_proxy()
            .dns_resolver(Arc::new(Guarded { allowed: options.allow_private.clone() }))
            .connect_timeout(options.timeout.min(Duration::from_secs(10)))
            .pool_max_idle_per_host(options.per_host.max(1))
            .build()
            .map_err(|error| FetchError::Setup { why: causes(&error) })?;
        Ok(Self { client, options, clock, hosts: Mutex::default() })
    }

    /// Follows redirects to the answer.
    async fn follow(&self, request: &Request) -> Result<Response, FetchError> {
        let mut url = request.url.clone();
        for _ in 0..=self.options.max_redirects {
            self.check(&url)?;
            let host = host_of(&url);
            let answer = self.ask(&url, &request.validators).await?;
            let validators = validators_of(answer.headers());
            match answer.status() {
                StatusCode::OK => {
                    let content_type = text_of(answer.headers(), &header::CONTENT_TYPE);
                    let body = self.body(answer, &host).await?;
                    return Ok(Response::Fresh(Document { body, content_type, url, validators }));
                }
                StatusCode::NOT_MODIFIED => {
                    let validators = Validators {
                        etag: validators.etag.or_else(|| request.validators.etag.clone()),
                        last_modified: validators
                            .last_modified
                            .or_else(|| request.validators.last_modified.clone()),
                    };
                    return Ok(Response::NotModified { validators });
                }
                status => {
                    let target = text_of(answer.headers(), &header::LOCATION)
                        .filter(|_| status.is_redirection());
                    let Some(target) = target else {
                        let retry_after = self.retry_after(answer.headers());
                        self.manners(&host, |manners| {
                            let wait = retry_after.and_then(|wait| TimeDelta::from_std(wait).ok());
                            let until =
                                wait.and_then(|wait| self.clock.now().checked_add_signed(wait));
                            manners.quiet_until = until.or(manners.quiet_until);
                        });
                        return Err(FetchError::Status {
                            host,
                            status: status.as_u16(),
                            retry_after,
                        });
                    };
                    url = url.join(&target).ok().filter(is_http).ok_or_else(|| {
                        FetchError::BadRedirect { host, to: target.chars().take(100).collect() }
                    })?;
                }
            }
        }
        let limit = self.options.max_redirects;
        Err(FetchError::TooManyRedirects { host: host_of(&request.url), limit })
    }

    /// Refuses other schemes, and inside addresses that stand in the address itself: for those the
    /// resolver is never asked.
    fn check(&self, url: &Url) -> Result<(), FetchError> {
        if !is_http(url) {
            return Err(FetchError::NotHttp { url: url.to_string() });
        }
        let address: IpAddr = match url.host() {
            Some(Host::Ipv4(address)) => address.into(),
            Some(Host::Ipv6(address)) => address.into(),
            _ => return Ok(()),
        };
        if guard::may_reach(address, &self.options.allow_private) {
            return Ok(());
        }
        Err(FetchError::Inside { host: host_of(url), address })
    }

    async fn ask(
        &self,
        url: &Url,
        validators: &Validators,
    ) -> Result<reqwest::Response, FetchError> {
        let mut ask = self.client.get(url.clone()).header(header::ACCEPT, ACCEPT);
        if let Some(etag) = &validators.etag {
            ask = ask.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &validators.last_modified {
            ask = ask.header(header::IF_MODIFIED_SINCE, last_modified);
        }
        ask.send().await.map_err(|error| no_answer(&host_of(url), &error))
    }

    /// Reads the body by chunks: after unpacking no header tells its length.
    async fn body(&self, mut answer: reqwest::Response, host: &str) -> Result<Vec<u8>, FetchError> {
        let limit = self.options.max_body_bytes;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| no_answer(host, &error))? {
            if body.len() + chunk.len() > limit {
                return Err(FetchError::TooLarge { host: host.to_owned(), limit });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        let text = text_of(headers, &header::RETRY_AFTER)?;
        if let Ok(seconds) = text.trim().parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = DateTime::<Utc>::from(httpdate::parse_http_date(&text).ok()?);
        (until - self.clock.now()).to_std().ok()
    }

    /// The manners of a host, after `change`.
    fn manners(&self, host: &str, change: impl FnOnce(&mut Manners)) -> Manners {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let manners = hosts.entry(host.to_owned()).or_insert_with(|| Manners {
            permits: Arc::new(Semaphore::new(self.options.per_host.max(1))),
            quiet_until: None,
        });
        change(manners);
        manners.clone()
    }

    /// Whether a host still wants to be left alone.
    fn is_quiet(&self, host: &str) -> Result<(), FetchError> {
        let Some(until) = self.manners(host, |_| {}).quiet_until else { return Ok(()) };
        match (until - self.clock.now()).to_std() {
            Ok(retry_after) => Err(FetchError::Waiting { host: host.to_owned(), retry_after }),
            Err(_) => Ok(()),
        }
    }
}

impl Fetch for Http {
    fn fetch<'a>(&'a self, request: &'a Request) -> Fetching<'a> {
        Box::pin(async move {
            let host = host_of(&request.url);
            // Waiting for one's turn does not count against the time of the fetch.
            let permits = self.manners(&host, |_| {}).permits;
            let _turn = permits.acquire().await;
            self.is_quiet(&host)?;
            let after = self.options.timeout;
            match tokio::time::timeout(after, self.follow(request)).await {
                Ok(answer) => answer,
                Err(_) => Err(FetchError::Timeout { host, after }),
            }
        })
    }
}

/// Looks names up and refuses those with an inside address. All addresses are checked, so that a name
/// cannot hide an inside address behind a public one.
struct Guarded {
    allowed: Vec<IpNet>,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.allowed.clone();
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((host.as_str(), 0)).await.map_err(NoName)?.collect();
            for address in found.iter().map(SocketAddr::ip) {
                if !guard::may_reach(address, &allowed) {
                    return Err(Box::from(FetchError::Inside { host, address }));
                }
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// A name that was not found.
#[derive(Debug, thiserror::Error)]
#[error("dns error: {0}")]
struct NoName(std::io::Error);

fn no_answer(host: &str, error: &reqwest::Error) -> FetchError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(FetchError::Inside { host, address }) = error.downcast_ref() {
            return FetchError::Inside { host: host.clone(), address: *address };
        }
        cause = error.source();
    }
    FetchError::NoAnswer { host: host.to_owned(), why: root_cause(error) }
}

/// The innermost reason: the outer ones only repeat the address.
fn root_cause(error: &(dyn Error + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        if cause.downcast_ref::<NoName>().is_some() {
            break;
        }
        cause = inner;
    }
    cause.to_string()
}

/// An error with all its causes.
fn causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

fn validators_of(headers: &HeaderMap) -> Validators {
    Validators {
        etag: text_of(headers, &header::ETAG),
        last_modified: text_of(headers, &header::LAST_MODIFIED),
    }
}

fn text_of(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}
