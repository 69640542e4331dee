//! Named queries of the configuration: lists with a short address, a title and feeds of their own.

use super::{
    Ask, State,
    conditional::Validators,
    list::{self, Asked},
    parameter::{PARAMETERS, Reading},
    problem::{Fault, Problem, Sort},
    route::ROUTES,
};
use crate::publish::{Format, Site, View};
use axum::response::Response;
use chrono::NaiveDate;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;

const VARY: &str = "Accept-Encoding";

/// A named query.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ViewRow<'a> {
    /// Its key: the path of its addresses.
    #[schema(example = "technology")]
    id: &'a str,
    /// What readers see.
    title: &'a str,
    /// What it holds.
    about: Option<&'a str>,
    /// The query that it stands for, as behind the `?` of `/events`.
    #[schema(example = "theme=theme:ai")]
    query: &'a str,
    /// Whether the page opens with it.
    front: bool,
    /// Its address; the format follows from `Accept`.
    #[schema(format = "uri")]
    url: String,
    /// Its address in each format, by suffix.
    formats: BTreeMap<&'static str, String>,
}

impl<'a> ViewRow<'a> {
    fn new(site: &Site, view: &'a View) -> Self {
        let url = site.url(&view.id);
        let address = |format: Format| (format.suffix(), format!("{url}.{}", format.suffix()));
        Self {
            id: &view.id,
            title: &view.title,
            about: view.about.as_deref(),
            query: &view.query,
            front: site.front() == Some(view),
            formats: Format::ALL.map(address).into(),
            url,
        }
    }
}

/// Whether a view of this key would hide an address of the service.
#[must_use]
pub fn is_taken(id: &str) -> bool {
    ROUTES.iter().any(|route| {
        let path = route.path.trim_start_matches('/');
        let first = path.split(['/', '.']).next().unwrap_or_default();
        !first.starts_with('{') && first == id
    })
}

/// Checks the query of a view.
///
/// # Errors
/// All faults, as [`super::Query::read`] tells them; also a cursor, which belongs to one page.
pub fn check_view(query: &str) -> Result<(), Vec<Fault>> {
    // Any day does: what `today` means is asked with each request.
    let Reading { draft, mut faults, .. } = Reading::new(PARAMETERS, query, NaiveDate::default());
    if let Some(cursor) = draft.events.cursor {
        faults.push(Fault {
            parameter: "cursor".to_owned(),
            value: cursor.to_string(),
            detail: "`cursor` belongs to one page of a list".to_owned(),
            allowed: "a query without it".to_owned(),
            example: String::new(),
            contradicts: false,
        });
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Answers with the view that the address names, with or without a suffix.
pub(super) fn view(state: &Arc<State>, ask: &Ask<'_>) -> Result<Response, Problem> {
    let (id, suffix) =
        ask.name.split_once('.').map_or((ask.name, None), |(id, suffix)| (id, Some(suffix)));
    let Some(view) = state.site.view(id) else {
        return Err(Problem::new(
            Sort::NotFound,
            "there is nothing at this address; the timeline is at /, its views are at /views",
        ));
    };
    let asked = match suffix.map(Format::from_suffix) {
        None => Asked::Negotiated,
        Some(Some(format)) => Asked::As(format),
        Some(None) => {
            let suffixes = Format::ALL.map(|format| format!(".{}", format.suffix())).join(", ");
            return Err(Problem::new(Sort::NotFound, format!("a view comes as {suffixes}")));
        }
    };
    list::list(state, ask, asked, Some(view))
}

/// Answers with all views.
pub(super) fn views(state: &State, ask: &Ask<'_>) -> Response {
    let site = &state.site;
    let rows: Vec<ViewRow<'_>> = site.views.iter().map(|view| ViewRow::new(site, view)).collect();
    let body = serde_json::to_vec(&rows).unwrap_or_default();
    let validators = Validators::of(&["views", &blake3::hash(&body).to_hex()]);
    if validators.hold_for(ask.headers) {
        return validators.unchanged(VARY);
    }
    validators.answer(body, "application/json", VARY)
}
