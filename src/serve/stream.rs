//! Lists without end: pages are read as fast as the client takes them, none before.

use super::State;
use crate::{
    publish::{self, Format},
    store::EventQuery,
};
use axum::body::Body;
use hyper::body::{Body as HttpBody, Bytes, Frame};
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

/// How many events are read at a time.
const PAGE: u32 = 100;

/// All events of `query` as lines of JSON or as a table.
pub(super) fn events(state: Arc<State>, query: EventQuery, format: Format) -> Body {
    Body::new(Events {
        state,
        query: EventQuery { limit: PAGE, ..query },
        format,
        part: Part::First,
    })
}

struct Events {
    state: Arc<State>,
    query: EventQuery,
    format: Format,
    part: Part,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    First,
    Later,
    Done,
}

impl HttpBody for Events {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        if self.part == Part::Done {
            return Poll::Ready(None);
        }
        let page = match self.state.store.read(|reading| reading.events(&self.query)) {
            Ok(page) => page,
            Err(error) => {
                // The status is sent already: breaking off is the only way left to say so.
                tracing::error!(%error, "a list broke off: {error}");
                self.part = Part::Done;
                return Poll::Ready(Some(Err(StreamError)));
            }
        };
        let first = self.part == Part::First;
        self.part = if page.next.is_some() { Part::Later } else { Part::Done };
        self.query.cursor = page.next;
        let bytes = match self.format {
            Format::Csv => publish::csv(&self.state.site, &page.events, first),
            _ => publish::ndjson(&self.state.site, &page.events),
        };
        Poll::Ready(Some(Ok(Frame::data(Bytes::from(bytes)))))
    }
}

/// The list cannot be read on.
#[derive(Debug, thiserror::Error)]
#[error("the list broke off")]
pub(super) struct StreamError;
