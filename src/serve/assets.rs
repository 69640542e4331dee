//! What pages need besides themselves: the style sheet, the icon, and what robots should know.

use super::{
    Ask, State,
    conditional::Validators,
    problem::{Problem, Sort},
};
use crate::publish::{Format, ICON, NoticePage, STYLE};
use axum::{http::HeaderMap, response::Response};

const VARY: &str = "Accept-Encoding";

/// Pages are for all, the endless lists of other formats are not worth a robot's time.
const ROBOTS: &str = "User-agent: *\nDisallow: /events.ndjson\nDisallow: /events.csv\n";

pub(super) fn style(ask: &Ask<'_>) -> Response {
    fixed(ask.headers, STYLE, "text/css; charset=utf-8")
}

pub(super) fn icon(ask: &Ask<'_>) -> Response {
    fixed(ask.headers, ICON, "image/svg+xml")
}

pub(super) fn robots(ask: &Ask<'_>) -> Response {
    fixed(ask.headers, ROBOTS, "text/plain; charset=utf-8")
}

/// What a sort of problem means.
pub(super) fn problem(state: &State, ask: &Ask<'_>) -> Result<Response, Problem> {
    let name = ask.name;
    let sort = Sort::ALL.into_iter().find(|sort| sort.name() == name);
    let sort = sort.ok_or_else(|| {
        let names = Sort::ALL.map(Sort::name).join(", ");
        Problem::new(Sort::NotFound, format!("the sorts of problems are {names}"))
    })?;
    let (title, text, mends) = (sort.title(), sort.meaning(), Vec::new());
    let page = NoticePage { site: &state.site, title, text, mends }.render();
    let validators = Validators::of(&[&page]);
    if validators.hold_for(ask.headers) {
        return Ok(validators.unchanged(VARY));
    }
    Ok(validators.answer(page, Format::Html.content_type(), VARY))
}

/// Something that stands in the program itself.
fn fixed(headers: &HeaderMap, content: &'static str, content_type: &'static str) -> Response {
    let validators = Validators::of(&[content]);
    if validators.hold_for(headers) {
        validators.unchanged(VARY)
    } else {
        validators.answer(content, content_type, VARY)
    }
}
