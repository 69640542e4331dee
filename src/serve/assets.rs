//! What pages need besides themselves: the style sheet, the icon, and what robots should know.

use super::{
    State,
    conditional::Validators,
    problem::{Problem, Sort},
};
use crate::publish::{Format, ICON, NoticePage, STYLE};
use axum::{http::HeaderMap, response::Response};
use chrono::DateTime;

const VARY: &str = "Accept-Encoding";

/// Pages are for all, the endless lists of other formats are not worth a robot's time.
const ROBOTS: &str = "User-agent: *\nDisallow: /events.ndjson\nDisallow: /events.csv\n";

pub(super) fn style(headers: &HeaderMap) -> Response {
    fixed(headers, STYLE, "text/css; charset=utf-8")
}

pub(super) fn icon(headers: &HeaderMap) -> Response {
    fixed(headers, ICON, "image/svg+xml")
}

pub(super) fn robots(headers: &HeaderMap) -> Response {
    fixed(headers, ROBOTS, "text/plain; charset=utf-8")
}

/// What a sort of problem means.
pub(super) fn problem(state: &State, name: &str) -> Result<String, Problem> {
    let sort = Sort::ALL.into_iter().find(|sort| sort.name() == name);
    let sort = sort.ok_or_else(|| {
        let names = Sort::ALL.map(Sort::name).join(", ");
        Problem::new(Sort::NotFound, format!("the sorts of problems are {names}"))
    })?;
    Ok(NoticePage { site: &state.site, title: sort.title(), text: sort.meaning() }.render())
}

/// Something that stands in the program itself.
pub(super) fn fixed(
    headers: &HeaderMap,
    content: &'static str,
    content_type: &'static str,
) -> Response {
    let validators = Validators::new(&[content], DateTime::UNIX_EPOCH);
    if validators.hold_for(headers) {
        validators.unchanged(VARY)
    } else {
        validators.answer(content, content_type, VARY)
    }
}

/// The content type of pages.
pub(super) const PAGE: &str = Format::Html.content_type();
