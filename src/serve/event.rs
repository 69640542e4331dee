//! One event: found, merged into another, withdrawn, or never known.

use super::{
    Ask, State,
    conditional::Validators,
    list,
    problem::{Problem, Sort},
};
use crate::{
    model::EventId,
    publish::{self, Channel, Coarse, EventPage, Format},
    store::Lookup,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The formats of an event, besides those of lists that make no sense for one.
pub(super) const FORMATS: [Format; 3] = [Format::Json, Format::Html, Format::Calendar];

const VARY: &str = "Accept, Accept-Encoding";

/// Answers with the event that the address names, by its id with or without a suffix.
pub(super) fn event(state: &State, ask: &Ask<'_>) -> Result<Response, Problem> {
    let Ask { headers, name, .. } = *ask;
    let (id, suffix) = name.split_once('.').map_or((name, None), |(id, suffix)| (id, Some(suffix)));
    let id: EventId =
        id.parse().map_err(|error| Problem::new(Sort::NotFound, format!("{error}")))?;
    let format = match suffix {
        None => list::negotiate(headers, &FORMATS)?,
        Some(suffix) => Format::from_suffix(suffix)
            .filter(|format| FORMATS.contains(format))
            .ok_or_else(|| {
                let suffixes = FORMATS.map(|format| format!(".{}", format.suffix())).join(", ");
                Problem::new(Sort::NotFound, format!("an event comes as {suffixes}"))
            })?,
    };
    let (found, revisions, modified) = state.store.read(|reading| {
        let found = reading.event(id)?;
        // A report may come without a revision, so the event's own last change is too early.
        let (_, modified) = state.freshness(reading)?;
        let revisions = match found {
            Lookup::Found(_) => reading.revisions(id)?,
            _ => Vec::new(),
        };
        Ok((found, revisions, modified))
    })?;
    match found {
        Lookup::Found(found) => {
            // Confidence may change without a revision, so the tag is made of what is shown.
            let shown = publish::event_json(&state.site, &found, &revisions);
            let key = blake3::hash(&shown).to_hex();
            let validators = Validators::new(&[format.suffix(), &key], modified);
            if validators.hold_for(headers) {
                return Ok(validators.unchanged(VARY));
            }
            let body = match format {
                Format::Html => {
                    let page =
                        EventPage { site: &state.site, event: &found, revisions: &revisions };
                    page.render().into_bytes()
                }
                Format::Calendar => {
                    let path = format!("events/{id}");
                    let channel = Channel {
                        site: &state.site,
                        title: found.event.headline.as_str().into(),
                        about: state.site.title.as_str().into(),
                        stem: &path,
                        view: None,
                        query: "",
                        here: "",
                        next: None,
                        sought: None,
                    };
                    publish::calendar(&channel, std::slice::from_ref(&*found), Coarse::Keep)
                }
                _ => shown,
            };
            Ok(validators.answer(body, format.content_type(), VARY))
        }
        Lookup::Merged(into) => Ok(moved(state, into, suffix)),
        Lookup::Withdrawn { since, reason } => {
            let since = since.format("%Y-%m-%d");
            let why = match reason {
                Some(reason) => {
                    format!("the event `{id}` was taken out by an analyst on {since}: {reason}")
                }
                None => format!("no article claims the event `{id}` any longer, since {since}"),
            };
            Err(Problem::new(Sort::Withdrawn, why))
        }
        Lookup::Unknown => {
            Err(Problem::new(Sort::NotFound, format!("there never was an event `{id}`")))
        }
    }
}

/// The event turned out to be another one, for good.
fn moved(state: &State, into: EventId, suffix: Option<&str>) -> Response {
    let suffix = suffix.map(|suffix| format!(".{suffix}")).unwrap_or_default();
    let mut response = StatusCode::MOVED_PERMANENTLY.into_response();
    let address = HeaderValue::from_str(&format!("{}{suffix}", state.site.event_url(into)));
    response.headers_mut().extend(address.map(|address| (header::LOCATION, address)));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static(VARY));
    response
}
