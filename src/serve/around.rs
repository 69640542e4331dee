//! What stands around events: how they are spread, and the articles they were read from.

use super::{
    Ask, State,
    conditional::Validators,
    parameter::{FILTERS, Reading},
    problem::{Problem, Sort},
    query,
};
use crate::{
    model::{ArticleId, Kind, Plover},
    publish::SourceRow,
    store::{Count, Counts, Lookup, Stats},
};
use axum::response::Response;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

const VARY: &str = "Accept-Encoding";
const JSON: &str = "application/json";

/// How the events that a query asks for are spread.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Facets {
    /// How many there are.
    total: u64,
    /// How many of each value, by facet: `kind`, `status`, `actor`, `place`, `theme`, `topic`, `source`, `lang`;
    /// the commonest first.
    facets: BTreeMap<String, Vec<ValueCount>>,
    /// How many are listed under each month, in order; months without any are left out.
    months: Vec<MonthCount>,
}

/// How many events have a value.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ValueCount {
    /// The value, ready to be put into a query.
    #[schema(example = "place:belgrade")]
    value: String,
    /// Its name in English.
    #[schema(example = "Belgrade")]
    name: String,
    /// What it means, for kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    meaning: Option<&'static str>,
    /// What it is called in PLOVER, the ontology of political events, for kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    plover: Option<PloverRow>,
    /// Its type of schema.org, for kinds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "BusinessEvent")]
    schema_org: Option<&'static str>,
    /// How many events.
    events: u64,
}

impl ValueCount {
    fn kind(kind: Kind, events: u64) -> Self {
        Self {
            value: kind.name().to_owned(),
            name: kind.name().to_owned(),
            meaning: Some(meaning(kind)),
            plover: Some(kind.plover().into()),
            schema_org: Some(kind.schema_org()),
            events,
        }
    }
}

/// What a kind of event is called in PLOVER.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PloverRow {
    /// The event types that one which was held may have: one, several where its content decides, or none.
    #[schema(value_type = Vec<String>, example = json!(["CONSULT"]))]
    held: &'static [&'static str],
    /// The mode of one that was held.
    #[schema(example = "visit")]
    mode: Option<&'static str>,
    /// The event type of one that is planned.
    #[schema(example = "AGREE")]
    planned: Option<&'static str>,
    /// What the types depend on beyond the kind.
    #[schema(example = "by content")]
    depends: Option<&'static str>,
}

impl From<Plover> for PloverRow {
    fn from(Plover { held, mode, planned, depends }: Plover) -> Self {
        Self { held, mode, planned, depends }
    }
}

/// How many events are listed under a month.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MonthCount {
    /// The month.
    #[schema(example = "2025-02")]
    month: String,
    /// How many events.
    events: u64,
}

/// How much there is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Amounts {
    /// Articles read.
    articles: u64,
    /// Those that fit a topic.
    relevant: u64,
    /// Those that could not be read.
    faulty: u64,
    /// Claims that articles make.
    claims: u64,
    /// Events that are served.
    events: u64,
    /// Events that turned out to be another one.
    merged: u64,
    /// Events that no article claims any longer.
    withdrawn: u64,
    /// Changes that readers could see.
    revisions: u64,
    /// The day of the earliest event.
    first: Option<NaiveDate>,
    /// The day of the latest event.
    last: Option<NaiveDate>,
}

/// An article: what it is and what it says of events; its whole text, which is its publisher's, only where
/// the configuration allows it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ArticleCard<'a> {
    /// The key.
    id: String,
    /// The key of its source.
    source: &'a str,
    /// What its source calls itself.
    source_name: &'a str,
    /// Where it stands.
    #[schema(format = "uri")]
    url: Option<&'a str>,
    /// Its headline.
    title: &'a str,
    /// Its language, as a BCP 47 tag.
    lang: &'static str,
    /// The day on which it was published.
    published: Option<NaiveDate>,
    /// When dateline got it.
    #[schema(value_type = String, format = "date-time")]
    fetched: String,
    /// Whether it fits a topic.
    relevant: bool,
    /// The topics it fits.
    topics: Vec<String>,
    /// Its text as dateline read it, where `publish_text` of the configuration allows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// The events it tells of.
    events: Vec<Told<'a>>,
}

/// An event that an article tells of.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Told<'a> {
    /// The address of the event.
    #[schema(format = "uri")]
    url: String,
    /// Its headline.
    headline: &'a str,
    /// Its date, in EDTF.
    date: String,
    /// What this article says of it.
    #[schema(value_type = Vec<Object>)]
    says: Vec<SourceRow<'a>>,
}

/// Answers with how the events are spread; with `only`, for one facet alone.
pub(super) fn facets(
    state: &State,
    ask: &Ask<'_>,
    only: Option<&str>,
) -> Result<Response, Problem> {
    let today = state.clock.now().date_naive();
    let mut reading = Reading::new(FILTERS, ask.query, today);
    reading.faults.extend(query::days(&mut reading.draft, &reading.given));
    if !reading.faults.is_empty() {
        return Err(Problem::parameters(reading.faults));
    }
    let wanted = state.widened(reading.draft.events);
    fresh(state, ask, &["facets", only.unwrap_or_default(), &format!("{wanted:?}")], || {
        let counts = state.store.read(|reading| reading.counts(&wanted))?;
        Ok(match only {
            None => bytes(&spread(counts)),
            Some(facet) => bytes(&spread(counts).facets.remove(facet).unwrap_or_default()),
        })
    })
}

fn spread(counts: Counts) -> Facets {
    let mut facets: BTreeMap<String, Vec<ValueCount>> = BTreeMap::new();
    for Count { facet, value, name, events } in counts.values {
        let kind = Kind::from_name(&value).filter(|_| facet == "kind");
        let counted = kind.map_or_else(
            || {
                let name = name.unwrap_or_else(|| value.clone());
                ValueCount { value, name, meaning: None, plover: None, schema_org: None, events }
            },
            |kind| ValueCount::kind(kind, events),
        );
        facets.entry(facet).or_default().push(counted);
    }
    let kinds = facets.entry("kind".to_owned()).or_default();
    for kind in Kind::ALL {
        if kinds.iter().all(|known| known.value != kind.name()) {
            kinds.push(ValueCount::kind(kind, 0));
        }
    }
    let month = |(month, events)| MonthCount { month, events };
    Facets { total: counts.total, facets, months: counts.months.into_iter().map(month).collect() }
}

/// Answers with how much there is.
pub(super) fn stats(state: &State, ask: &Ask<'_>) -> Result<Response, Problem> {
    let none = Reading::new(&[], ask.query, state.clock.now().date_naive());
    if !none.faults.is_empty() {
        return Err(Problem::parameters(none.faults));
    }
    let stats = state.store.read(|reading| reading.stats())?;
    let Stats {
        articles,
        relevant,
        faulty,
        mentions,
        events,
        merged,
        withdrawn,
        revisions,
        first,
        last,
    } = stats;
    let claims = mentions;
    let amounts = Amounts {
        articles,
        relevant,
        faulty,
        claims,
        events,
        merged,
        withdrawn,
        revisions,
        first,
        last,
    };
    Ok(shown(ask, "stats", bytes(&amounts)))
}

/// Answers with an article.
pub(super) fn article(state: &State, ask: &Ask<'_>) -> Result<Response, Problem> {
    let id: ArticleId =
        ask.name.parse().map_err(|error| Problem::new(Sort::NotFound, format!("{error}")))?;
    let found = state.store.read(|reading| {
        let Some(stored) = reading.article(id)? else { return Ok(None) };
        let events: Result<Vec<Lookup>, _> =
            stored.events.iter().map(|event| reading.event(*event)).collect();
        Ok(Some((stored, events?)))
    })?;
    let Some((stored, events)) = found else {
        return Err(Problem::new(Sort::NotFound, format!("there is no article `{id}`")));
    };
    let article = &stored.article;
    let told = events.iter().filter_map(|found| match found {
        Lookup::Found(reported) => Some(Told {
            url: state.site.event_url(reported.event.id),
            headline: &reported.event.headline,
            date: reported.event.when.when.to_string(),
            says: reported
                .reports
                .iter()
                .filter(|report| report.article == id)
                .map(SourceRow::new)
                .collect(),
        }),
        _ => None,
    });
    let card = ArticleCard {
        id: id.to_string(),
        source: article.source.as_str(),
        source_name: &article.source_name,
        url: article.url.as_ref().map(url::Url::as_str),
        title: &article.title,
        lang: article.lang.tag(),
        published: article.published.map(crate::article::Published::day),
        fetched: article.fetched.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        relevant: stored.outcome.relevant,
        topics: stored.outcome.topics.iter().map(ToString::to_string).collect(),
        text: state.site.publish_text.contains(&article.source).then_some(article.text.as_str()),
        events: told.collect(),
    };
    Ok(shown(ask, "article", bytes(&card)))
}

/// Answers with what is shown, unless the client has it already. Articles come and change without events,
/// so that the revision of these says nothing: the tag is made of what is shown.
fn shown(ask: &Ask<'_>, what: &str, bytes: Vec<u8>) -> Response {
    let validators = Validators::of(&[what, &blake3::hash(&bytes).to_hex()]);
    if validators.hold_for(ask.headers) {
        return validators.unchanged(VARY);
    }
    validators.answer(bytes, JSON, VARY)
}

/// Answers with what `write` makes, unless the client has it already.
fn fresh(
    state: &State,
    ask: &Ask<'_>,
    parts: &[&str],
    write: impl FnOnce() -> Result<Vec<u8>, Problem>,
) -> Result<Response, Problem> {
    let (revision, modified) = state.store.read(|reading| state.freshness(reading))?;
    let revision = revision.to_string();
    let parts: Vec<&str> = parts.iter().copied().chain([revision.as_str()]).collect();
    let validators = Validators::new(&parts, modified);
    if validators.hold_for(ask.headers) {
        return Ok(validators.unchanged(VARY));
    }
    Ok(validators.answer(write()?, JSON, VARY))
}

fn bytes(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// What a kind means, for readers.
const fn meaning(kind: Kind) -> &'static str {
    match kind {
        Kind::Agreement => "a text signed, initialled or ratified",
        Kind::Vote => "a ballot, support or adoption in a body",
        Kind::Sanction => "sanctions imposed, lifted or returned",
        Kind::Exhibition => "an exposition or fair as a whole",
        Kind::Conference => "a forum, summit, joint commission or congress",
        Kind::Launch => "a route, office or service opened; a rule entering into force",
        Kind::Appointment => "taking office, presenting credentials",
        Kind::Invitation => "an invitation given",
        Kind::Message => "a letter, greeting or condolence conveyed",
        Kind::Call => "a talk by telephone or video",
        Kind::Negotiation => "talks aimed at a text",
        Kind::Visit => "travel to a place",
        Kind::Meeting => "a talk face to face",
        Kind::Incident => "an attack, accident or damage",
        Kind::Statement => "an interview or announcement that is itself the news",
        Kind::Other => "any other happening",
    }
}
