//! Answers kept ready: whoever asks for the same address again while nothing has changed gets the bytes
//! that were made for the first one. That is what subscribers do all day.
//!
//! What is kept holds for one moment of the data and one day (for `today` counts from it) and is dropped
//! when either passes. An answer is kept when it is asked for a second time: most addresses are asked once, and
//! those must not drive out what many ask for, nor cost memory. Two shelves bound the memory: what is asked for moves to the young shelf; when that
//! is full it becomes the old one, and what nobody asked for since is gone.

use super::{
    State,
    conditional::Validators,
    problem::{Problem, Sort},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State as Shared},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use chrono::NaiveDate;
use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    mem,
    sync::{Arc, Mutex, PoisonError},
};

/// The most bytes on each shelf.
const SHELF: usize = 8 << 20;

/// The longest answer that is kept.
const LONGEST: usize = 1 << 20;

/// The longest key: address and what the client takes. Longer ones are seldom asked twice.
const LONGEST_KEY: usize = 1024;

/// Marks an answer without an end of its own, which is sent as it is read and never kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Endless;

/// The moment for which answers hold: the revision of the data, and the day.
pub(super) type Moment = (u64, NaiveDate);

/// The answers kept.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Shelves>);

#[derive(Debug, Default)]
struct Shelves {
    asked: Asked,
    moment: Option<Moment>,
    young: HashMap<String, Arc<Ready>>,
    old: HashMap<String, Arc<Ready>>,
    /// Bytes on the young shelf.
    weight: usize,
}

#[derive(Debug)]
struct Ready {
    validators: Validators,
    headers: HeaderMap,
    body: Bytes,
}

impl Kept {
    fn find(&self, moment: Moment, key: &str) -> Found {
        let mut shelves = self.shelves(moment);
        if let Some(ready) = shelves.young.get(key) {
            return Found::Ready(Arc::clone(ready));
        }
        if let Some((key, ready)) = shelves.old.remove_entry(key) {
            shelves.put(key, Arc::clone(&ready));
            return Found::Ready(ready);
        }
        if shelves.asked.note(key) { Found::Again } else { Found::First }
    }

    fn put(&self, moment: Moment, key: String, ready: Arc<Ready>) {
        self.shelves(moment).put(key, ready);
    }

    /// The shelves, emptied when they held for another moment.
    fn shelves(&self, moment: Moment) -> std::sync::MutexGuard<'_, Shelves> {
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shelves.moment != Some(moment) {
            let asked = mem::take(&mut shelves.asked);
            *shelves = Shelves { moment: Some(moment), asked, ..Shelves::default() };
        }
        shelves
    }
}

/// How many keys that were asked for are remembered.
const ASKED: usize = 4096;

/// Keys that were asked for: the hash of each, at a place that it names itself.
#[derive(Debug, Default)]
struct Asked {
    hasher: RandomState,
    hashes: Vec<u64>,
}

impl Asked {
    /// Whether a key was asked for before, as far as that is remembered; remembers it.
    fn note(&mut self, key: &str) -> bool {
        self.hashes.resize(ASKED, 0);
        let hash = self.hasher.hash_one(key);
        let place = usize::try_from(hash % ASKED as u64).unwrap_or_default();
        self.hashes.get_mut(place).is_some_and(|asked| mem::replace(asked, hash) == hash)
    }
}

/// What is known of a key.
enum Found {
    Ready(Arc<Ready>),
    /// It was asked for before, but the answer was not kept.
    Again,
    First,
}

impl Shelves {
    fn put(&mut self, key: String, ready: Arc<Ready>) {
        self.weight += key.len() + ready.body.len();
        self.young.insert(key, ready);
        if self.weight > SHELF {
            self.old = mem::take(&mut self.young);
            self.weight = 0;
        }
    }
}

/// Answers from what is kept; else asks on, and keeps the answer.
pub(super) async fn layer(
    Shared(state): Shared<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(key) = key(&request) else { return next.run(request).await };
    let moment = match state.moment() {
        Ok(moment) => moment,
        Err(error) => return Problem::internal(&error).into_response(),
    };
    let is_kept = match state.kept.find(moment, &key) {
        Found::Ready(ready) => return ready.answer(request.headers()),
        Found::Again => true,
        Found::First => false,
    };
    let response = next.run(request).await;
    let Some(validators) = response.extensions().get::<Validators>().filter(|_| is_kept).cloned()
    else {
        return response;
    };
    if response.status() != StatusCode::OK || response.extensions().get::<Endless>().is_some() {
        return response;
    }
    let (parts, body) = response.into_parts();
    // The whole answer stands in memory already, so reading it to its end waits for nobody.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Problem::new(Sort::Internal, "The answer broke off.").into_response();
    };
    if body.len() <= LONGEST {
        // A copy of its own length: what was written may have room to spare.
        let (headers, body) = (parts.headers.clone(), Bytes::copy_from_slice(&body));
        state.kept.put(moment, key, Arc::new(Ready { validators, headers, body }));
    }
    Response::from_parts(parts, Body::from(body))
}

impl Ready {
    fn answer(&self, request: &HeaderMap) -> Response {
        if self.validators.hold_for(request) {
            let mut response = StatusCode::NOT_MODIFIED.into_response();
            let same = [header::ETAG, header::LAST_MODIFIED, header::CACHE_CONTROL, header::VARY];
            for name in same {
                let value = self.headers.get(&name).cloned();
                response.headers_mut().extend(value.map(|value| (name, value)));
            }
            return response;
        }
        let mut response = Response::new(Body::from(self.body.clone()));
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

/// What an answer depends on besides the data: the address, and what the client takes. `None` where
/// nothing is kept.
fn key(request: &Request) -> Option<String> {
    if request.method() != Method::GET {
        return None;
    }
    let address = request.uri().path_and_query()?.as_str();
    let mut key = String::with_capacity(address.len() + 64);
    key.push_str(address);
    for name in [header::ACCEPT, header::ACCEPT_ENCODING] {
        key.push('\n');
        for value in request.headers().get_all(name) {
            key.push_str(value.to_str().ok()?);
            key.push(',');
        }
    }
    (key.len() <= LONGEST_KEY).then_some(key)
}
