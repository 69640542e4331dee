//! The list of events, in every format.

use super::{
    Ask, State,
    conditional::Validators,
    kept::Endless,
    problem::{Problem, Sort},
    query::Query,
    stream,
};
use crate::{
    publish::{self, Channel, Format, Sheet, TimelinePage, View},
    store::{Cursor, EventQuery, Page, Reading, StoreError},
};
use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use chrono::TimeDelta;
use std::sync::Arc;

/// After this long nothing is recorded as of an instant any more: an article is stored at once.
const SETTLED: TimeDelta = TimeDelta::hours(1);

/// A query that asks for the same after so long does not count from today.
const LATER: TimeDelta = TimeDelta::days(40);

/// How a list was asked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked {
    /// By a suffix.
    As(Format),
    /// Without one, so that `Accept` decides.
    Negotiated,
    /// As the front page.
    Front,
}

impl Asked {
    const fn vary(self) -> &'static str {
        match self {
            Self::Negotiated => "Accept, Accept-Encoding",
            Self::As(_) | Self::Front => "Accept-Encoding",
        }
    }

    fn format(self, headers: &HeaderMap) -> Result<Format, Problem> {
        match self {
            Self::As(format) => Ok(format),
            Self::Front => Ok(Format::Html),
            Self::Negotiated => negotiate(headers, &Format::ALL),
        }
    }
}

/// The format of `offered` that the client likes best.
pub(super) fn negotiate(headers: &HeaderMap, offered: &[Format]) -> Result<Format, Problem> {
    let accept: Vec<&str> =
        headers.get_all(header::ACCEPT).iter().filter_map(|accept| accept.to_str().ok()).collect();
    Format::accepted(&accept.join(","), offered).ok_or_else(|| {
        let types: Vec<&str> = offered.iter().map(|format| format.media_type()).collect();
        Problem::new(Sort::NotAcceptable, format!("this comes as {}", types.join(", ")))
    })
}

/// Answers with the events that are asked for, in a view where one is given.
pub(super) fn list(
    state: &Arc<State>,
    ask: &Ask<'_>,
    asked: Asked,
    view: Option<&View>,
) -> Result<Response, Problem> {
    let Ask { headers, query: text, .. } = *ask;
    let format = asked.format(headers)?;
    let within = view.map_or("", |view| view.query.as_str());
    let now = state.clock.now();
    let today = now.date_naive();
    let query = Query::read_in(within, text, today).map_err(Problem::parameters)?;
    let wanted = state.wanted(&query, format);
    let canonical = query.canonical();
    let stem = view.map_or("events", |view| view.id.as_str());
    // What was known at an instant that is well past is known for good.
    let is_past = wanted.as_of.is_some_and(|at| now - at > SETTLED)
        && Query::read_in(within, text, today + LATER)
            .is_ok_and(|later| state.wanted(&later, format) == wanted);
    // The dates that `today` and its like stand for are part of the answer, so they are part of its tag.
    let shown = format!("{wanted:?}{:?}", query.coarse());
    let (found, validators) = state.store.read(|reading| {
        let (revision, modified) = state.freshness(reading)?;
        let parts = [stem, format.suffix(), &canonical, &shown, &revision.to_string()];
        let validators = Validators::new(&parts, modified);
        let validators = if is_past { validators.for_good() } else { validators };
        let found = if validators.hold_for(headers) {
            Found::Same
        } else if streams(format, &query) {
            Found::Endless
        } else {
            find(state, reading, &query, &wanted, format)?
        };
        Ok((found, validators))
    })?;
    let next = match &found {
        Found::Same => return Ok(validators.unchanged(asked.vary())),
        Found::Endless => {
            let body = stream::events(Arc::clone(state), wanted, format);
            let mut response = validators.answer(body, format.content_type(), asked.vary());
            response.extensions_mut().insert(Endless);
            return Ok(response);
        }
        Found::Sheet(_, next) => *next,
        Found::Page(page) => page.next,
    };
    let next = next.map(|cursor| query.page(cursor));
    let here = query.cursor().map(|cursor| query.page(cursor));
    let channel = Channel {
        site: &state.site,
        title: title(state, &query, view).into(),
        about: about(&query, &wanted, view).into(),
        stem,
        view,
        query: &canonical,
        here: here.as_deref().unwrap_or(&canonical),
        next: next.as_deref(),
        sought: wanted.text.as_ref(),
    };
    let body = match found {
        Found::Sheet(sheet, _) => {
            let (bytes, start) = sheet.finish(&channel);
            Bytes::from(bytes).split_off(start)
        }
        Found::Page(page) => write(state, &channel, format, &query, &page)?.into(),
        Found::Same | Found::Endless => Bytes::new(),
    };
    let mut response = validators.answer(body, format.content_type(), asked.vary());
    link(&mut response, &channel, format);
    if format == Format::Csv || format == Format::Calendar {
        let name = format!("inline; filename=\"{stem}.{}\"", format.suffix());
        response
            .headers_mut()
            .extend(HeaderValue::from_str(&name).map(|name| (header::CONTENT_DISPOSITION, name)));
    }
    Ok(response)
}

/// Whether the answer is sent piece by piece, because it has no end but the data's.
const fn streams(format: Format, query: &Query) -> bool {
    matches!(format, Format::Ndjson | Format::Csv) && !query.is_limited()
}

/// What is to be answered.
enum Found {
    /// That the client has it already.
    Same,
    /// What is read while it is sent.
    Endless,
    /// Events written ahead, and where the next page begins.
    Sheet(Box<Sheet>, Option<Cursor>),
    /// Events to be written.
    Page(Page),
}

fn find(
    state: &State,
    reading: &Reading<'_>,
    query: &Query,
    wanted: &EventQuery,
    format: Format,
) -> Result<Found, StoreError> {
    // JSON marks the words that were looked for.
    let is_marked = format == Format::Json && wanted.text.is_some();
    if let Some(piece) = format.piece().filter(|_| !is_marked) {
        let events = usize::try_from(wanted.limit).unwrap_or_default();
        let mut sheet = Sheet::new(&state.site, format, query.coarse(), events);
        let next = reading.ready(wanted, piece, &mut |piece, changed| sheet.add(piece, changed))?;
        if let Some(next) = next {
            return Ok(Found::Sheet(Box::new(sheet), next));
        }
    }
    reading.events(wanted).map(Found::Page)
}

fn write(
    state: &State,
    channel: &Channel<'_>,
    format: Format,
    query: &Query,
    page: &Page,
) -> Result<Vec<u8>, Problem> {
    let events = &page.events;
    let entries = || publish::entries(&state.site, events);
    Ok(match format {
        Format::Json => publish::events_json(channel, events),
        Format::Atom => publish::atom(channel, &entries()),
        Format::Rss => publish::rss(channel, &entries()),
        Format::JsonFeed => publish::json_feed(channel, &entries()),
        Format::Calendar => publish::calendar(channel, events, query.coarse()),
        Format::Csv => publish::csv(&state.site, events, true),
        Format::Ndjson => publish::ndjson(&state.site, events),
        Format::Html => {
            let empty = if events.is_empty() { nothing(state, query)? } else { String::new() };
            let chosen = query.chosen();
            let words = query.words();
            TimelinePage { channel, events, words: &words, chosen: &chosen, empty: &empty }
                .render()
                .into_bytes()
        }
    })
}

/// `Link` (RFC 8288): the canonical address of the list, the page that follows, the description.
pub(super) fn link(response: &mut Response, channel: &Channel<'_>, format: Format) {
    let mut links = vec![format!("<{}>; rel=\"canonical\"", channel.url(format))];
    links.extend(channel.next_url(format).map(|next| format!("<{next}>; rel=\"next\"")));
    links.push(format!("<{}>; rel=\"service-desc\"", channel.site.url("openapi.json")));
    let value = HeaderValue::from_str(&links.join(", "));
    response.headers_mut().extend(value.map(|value| (header::LINK, value)));
}

fn title(state: &State, query: &Query, view: Option<&View>) -> String {
    let words = query.words();
    let list = view.map_or(&state.site.title, |view| &view.title);
    if words.is_empty() { list.clone() } else { format!("{list}: {words}") }
}

fn about(query: &Query, wanted: &EventQuery, view: Option<&View>) -> String {
    use crate::store::{Order, Sort};
    let words = query.words();
    let which = if words.is_empty() { String::new() } else { format!(" ({words})") };
    let order = match (wanted.sort, wanted.order) {
        (Sort::Event, Order::Ascending) => "in the order in which they happen",
        (Sort::Event, Order::Descending) => "the latest first",
        (Sort::Seen, Order::Ascending) => "in the order in which they were found",
        (Sort::Seen, Order::Descending) => "the newest finds first",
        (Sort::Changed, Order::Ascending) => "in the order of their last change",
        (Sort::Changed, Order::Descending) => "the latest changes first",
    };
    let what = view.and_then(|view| view.about.as_deref()).map(|about| format!("{about} "));
    format!(
        "{}Dated events found in news articles{which}, {order}. Each shows the sentences it rests on.",
        what.unwrap_or_default()
    )
}

/// What to say where there is nothing to show: what was looked for, and what there is.
fn nothing(state: &State, query: &Query) -> Result<String, Problem> {
    let stats = state.store.read(|reading| reading.stats())?;
    let words = query.words();
    Ok(match (stats.first, stats.last) {
        (Some(first), Some(last)) => {
            let what = if query.cursor().is_some() {
                "The list ends here.".to_owned()
            } else {
                match words.as_str() {
                    "" => "Nothing was found for this view.".to_owned(),
                    words => format!("Nothing was found for: {words}."),
                }
            };
            format!("{what} The timeline holds {} events, from {first} to {last}.", stats.events)
        }
        _ => "Nothing has been found in the articles read so far. The first sweep over the sources may still be running; come back in a minute.".to_owned(),
    })
}
