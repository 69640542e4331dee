//! All addresses in one table: the router is made of it, and so is the description for programs.

use super::{
    State, around, assets, changes, event, health,
    list::{self, Asked},
    openapi,
    parameter::{CHANGES, FILTERS, PARAMETERS, Parameter},
    problem::{Problem, Sort},
    view,
};
use crate::publish::Format;
use axum::{http::HeaderMap, response::Response};
use std::sync::Arc;

/// What a client asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    /// The headers of the request.
    pub(super) headers: &'a HeaderMap,
    /// The query string, percent-encoded.
    pub(super) query: &'a str,
    /// The part of the path that stands for `{id}` or `{name}`; empty where there is none.
    pub(super) name: &'a str,
}

/// An address.
pub(super) struct Route {
    /// The path, with the name of its variable part in braces.
    pub(super) path: &'static str,
    /// What is there, in a few words.
    pub(super) summary: &'static str,
    /// The parameters of its query.
    pub(super) parameters: &'static [Parameter],
    /// What a good answer holds.
    pub(super) answers: Answers,
    /// What can go wrong besides what can go wrong everywhere.
    pub(super) problems: &'static [Sort],
    /// Answers.
    pub(super) answer: fn(&Arc<State>, &Ask<'_>) -> Result<Response, Problem>,
}

/// Paths that look at all events that a query asks for, or at all there are.
const WIDE: [&str; 7] = ["/facets", "/kinds", "/actors", "/places", "/themes", "/topics", "/stats"];

/// Parameters with which a list looks at many events for each that it shows.
const WIDENING: [&str; 2] = ["q=", "as_of="];

impl Route {
    /// Whether the answer may look at many events: pages take less than a millisecond, these may take longer.
    pub(super) fn is_wide(&self, query: &str) -> bool {
        WIDE.contains(&self.path)
            || query.split('&').any(|pair| WIDENING.iter().any(|name| pair.starts_with(name)))
    }
}

/// What a good answer holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Answers {
    /// Events in these formats.
    Events(&'static [Format]),
    /// One event in these formats.
    Event(&'static [Format]),
    /// Changes in these formats.
    Changes(&'static [Format]),
    /// A JSON document of this schema.
    Json(&'static str),
    /// A JSON list of this schema.
    JsonList(&'static str),
    /// Text of this media type.
    Text(&'static str),
}

const LIST: &[Sort] = &[Sort::Parameter, Sort::Conflict];
const NEGOTIATED: &[Sort] = &[Sort::Parameter, Sort::Conflict, Sort::NotAcceptable];

macro_rules! list {
    ($suffix:literal, $format:ident, $summary:literal) => {
        Route {
            path: concat!("/events.", $suffix),
            summary: $summary,
            parameters: PARAMETERS,
            answers: Answers::Events(&[Format::$format]),
            problems: LIST,
            answer: |state, ask| list::list(state, ask, Asked::As(Format::$format), None),
        }
    };
}

macro_rules! change_list {
    ($suffix:literal, $format:ident, $summary:literal) => {
        Route {
            path: concat!("/changes.", $suffix),
            summary: $summary,
            parameters: CHANGES,
            answers: Answers::Changes(&[Format::$format]),
            problems: LIST,
            answer: |state, ask| changes::changes(state, ask, Some(Format::$format)),
        }
    };
}

macro_rules! values {
    ($path:literal, $facet:literal, $summary:literal) => {
        Route {
            path: $path,
            summary: $summary,
            parameters: FILTERS,
            answers: Answers::JsonList("ValueCount"),
            problems: LIST,
            answer: |state, ask| around::facets(state, ask, Some($facet)),
        }
    };
}

/// All addresses.
pub(super) static ROUTES: &[Route] = &[
    Route {
        path: "/",
        summary: "The timeline as a page, or the view that the configuration puts in front",
        parameters: PARAMETERS,
        answers: Answers::Events(&[Format::Html]),
        problems: LIST,
        answer: |state, ask| list::list(state, ask, Asked::Front, state.site.front()),
    },
    Route {
        path: "/events",
        summary: "The events that a query asks for, in the format that `Accept` likes best; JSON where it does not say",
        parameters: PARAMETERS,
        answers: Answers::Events(&Format::ALL),
        problems: NEGOTIATED,
        answer: |state, ask| list::list(state, ask, Asked::Negotiated, None),
    },
    list!("json", Json, "Events as JSON, in the order in which they happen"),
    list!("html", Html, "Events as a page"),
    list!("atom", Atom, "Events as an Atom feed, the newest finds first"),
    list!("rss", Rss, "Events as an RSS feed, the newest finds first"),
    list!("jsonfeed", JsonFeed, "Events as a JSON Feed, the newest finds first"),
    list!("ics", Calendar, "Events as a calendar to subscribe to"),
    list!("csv", Csv, "Events as a table, all of them"),
    list!("ndjson", Ndjson, "Events as JSON, one a line, all of them"),
    Route {
        path: "/events/{id}",
        summary: "One event with its reports, their evidence and its history; a suffix `.json`, `.html` or `.ics` chooses the format",
        parameters: &[],
        answers: Answers::Event(&event::FORMATS),
        problems: &[Sort::NotFound, Sort::Withdrawn, Sort::NotAcceptable],
        answer: |state, ask| event::event(state, ask),
    },
    Route {
        path: "/articles/{id}",
        summary: "What an article is and what it says of events",
        parameters: &[],
        answers: Answers::Json("ArticleCard"),
        problems: &[Sort::NotFound],
        answer: |state, ask| around::article(state, ask),
    },
    Route {
        path: "/changes",
        summary: "What happened to all events, the latest first, in the format that `Accept` likes best",
        parameters: CHANGES,
        answers: Answers::Changes(&changes::FORMATS),
        problems: NEGOTIATED,
        answer: |state, ask| changes::changes(state, ask, None),
    },
    change_list!("json", Json, "Changes as JSON"),
    change_list!("atom", Atom, "Changes as an Atom feed, one entry for each"),
    change_list!("rss", Rss, "Changes as an RSS feed, one entry for each"),
    change_list!("jsonfeed", JsonFeed, "Changes as a JSON Feed, one entry for each"),
    Route {
        path: "/views",
        summary: "The named queries of the configuration",
        parameters: &[],
        answers: Answers::JsonList("ViewRow"),
        problems: &[],
        answer: |state, ask| Ok(view::views(state, ask)),
    },
    Route {
        path: "/{view}",
        summary: "A named query in the format that `Accept` likes best, or that of a suffix such as `.atom`; parameters narrow it",
        parameters: PARAMETERS,
        answers: Answers::Events(&Format::ALL),
        problems: &[Sort::Parameter, Sort::Conflict, Sort::NotFound, Sort::NotAcceptable],
        answer: |state, ask| view::view(state, ask),
    },
    Route {
        path: "/facets",
        summary: "How the events that a query asks for are spread over kinds, parties, places, months and so on",
        parameters: FILTERS,
        answers: Answers::Json("Facets"),
        problems: LIST,
        answer: |state, ask| around::facets(state, ask, None),
    },
    values!("/kinds", "kind", "The kinds of events, with their number"),
    values!("/actors", "actor", "Who takes part in events, with their number"),
    values!("/places", "place", "Where events happen, with their number"),
    values!("/themes", "theme", "What events are about, with their number"),
    values!("/topics", "topic", "The configured topics, with the number of their events"),
    Route {
        path: "/sources",
        summary: "The sources, and how each is",
        parameters: &[],
        answers: Answers::JsonList("SourceHealth"),
        problems: &[],
        answer: |state, _| health::sources(state),
    },
    Route {
        path: "/stats",
        summary: "How much there is",
        parameters: &[],
        answers: Answers::Json("Amounts"),
        problems: LIST,
        answer: |state, ask| around::stats(state, ask),
    },
    Route {
        path: "/healthz",
        summary: "Whether the service is well",
        parameters: &[],
        answers: Answers::Json("Health"),
        problems: &[],
        answer: |state, _| health::health(state),
    },
    Route {
        path: "/openapi.json",
        summary: "This description",
        parameters: &[],
        answers: Answers::Text("application/json"),
        problems: &[],
        answer: |state, ask| Ok(openapi::document(state, ask)),
    },
    Route {
        path: "/problems/{name}",
        summary: "What a sort of problem means",
        parameters: &[],
        answers: Answers::Text("text/html"),
        problems: &[Sort::NotFound],
        answer: |state, ask| assets::problem(state, ask),
    },
    Route {
        path: "/style.css",
        summary: "The style sheet of the pages",
        parameters: &[],
        answers: Answers::Text("text/css"),
        problems: &[],
        answer: |_, ask| Ok(assets::style(ask)),
    },
    Route {
        path: "/icon.svg",
        summary: "The icon of the pages",
        parameters: &[],
        answers: Answers::Text("image/svg+xml"),
        problems: &[],
        answer: |_, ask| Ok(assets::icon(ask)),
    },
    Route {
        path: "/robots.txt",
        summary: "What robots should leave alone",
        parameters: &[],
        answers: Answers::Text("text/plain"),
        problems: &[],
        answer: |_, ask| Ok(assets::robots(ask)),
    },
];
