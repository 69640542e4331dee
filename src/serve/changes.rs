//! What happened to all events, as JSON and as feeds.

use super::{
    Ask, State,
    conditional::Validators,
    list,
    parameter::{CHANGES, Draft, Reading},
    problem::Problem,
};
use crate::{
    publish::{self, Channel, Format, Step, What},
    store::{HistoryQuery, HistoryStep, Order},
};
use axum::response::Response;
use url::form_urlencoded;

/// The formats of changes.
pub(super) const FORMATS: [Format; 4] = [Format::Json, Format::Atom, Format::Rss, Format::JsonFeed];

const VARY: &str = "Accept, Accept-Encoding";

/// Answers with the steps of the history, newest first where the query does not say otherwise.
pub(super) fn changes(
    state: &State,
    ask: &Ask<'_>,
    format: Option<Format>,
) -> Result<Response, Problem> {
    let format = match format {
        Some(format) => format,
        None => list::negotiate(ask.headers, &FORMATS)?,
    };
    let today = state.clock.now().date_naive();
    let Reading { draft, given, faults } = Reading::new(CHANGES, ask.query, today);
    if !faults.is_empty() {
        return Err(Problem::parameters(faults));
    }
    let Draft { events, order, limit, after, .. } = draft;
    let limit = limit.unwrap_or(state.options.page_size);
    let wanted = HistoryQuery {
        since: events.changed_since,
        after,
        order: order.unwrap_or(Order::Descending),
        limit: limit + 1,
    };
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&given).finish();
    let (entries, validators) = state.store.read(|reading| {
        let (revision, modified) = state.freshness(reading)?;
        let shown = format!("{query}{wanted:?}");
        let parts = ["changes", format.suffix(), &shown, &revision.to_string()];
        let validators = Validators::new(&parts, modified);
        let entries =
            if validators.hold_for(ask.headers) { None } else { Some(reading.history(&wanted)?) };
        Ok((entries, validators))
    })?;
    let Some(mut entries) = entries else { return Ok(validators.unchanged(VARY)) };
    let more = entries.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        entries.pop();
    }
    let next = entries.last().filter(|_| more).map(|last| {
        let mut next = form_urlencoded::Serializer::new(String::new());
        next.extend_pairs(&given).append_pair("cursor", &last.seq.to_string()).finish()
    });
    let steps: Vec<Step<'_>> = entries
        .iter()
        .map(|entry| Step {
            number: entry.seq,
            event: entry.event,
            recorded: entry.recorded,
            reason: entry.reason.as_deref(),
            what: match &entry.step {
                HistoryStep::Revised(revision) => What::Revised(revision),
                HistoryStep::Merged(into) => What::Merged(*into),
                HistoryStep::Withdrawn => What::Withdrawn,
            },
        })
        .collect();
    let title = format!("{}: changes", state.site.title);
    let here = after.map(|after| {
        let mut here = form_urlencoded::Serializer::new(String::new());
        here.extend_pairs(&given).append_pair("cursor", &after.to_string()).finish()
    });
    let channel = Channel {
        site: &state.site,
        title: title.into(),
        about: "Every change of the timeline as an entry of its own: new events, better dates, events merged or withdrawn.".into(),
        stem: "changes",
        view: None,
        query: &query,
        here: here.as_deref().unwrap_or(&query),
        next: next.as_deref(),
        sought: None,
    };
    let entries = || publish::changes(&state.site, &steps);
    let body = match format {
        Format::Atom => publish::atom(&channel, &entries()),
        Format::Rss => publish::rss(&channel, &entries()),
        Format::JsonFeed => publish::json_feed(&channel, &entries()),
        _ => publish::changes_json(&channel, &steps),
    };
    let mut response = validators.answer(body, format.content_type(), VARY);
    list::link(&mut response, &channel, format);
    Ok(response)
}
