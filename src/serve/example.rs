//! Examples of answers for the description: JSON by its schema, all else by the writers themselves.

use crate::{
    calendar::{Edtf, Precision},
    event::{Event, Report, Reported},
    model::{
        ArticleId, Basis, Confidence, Entity, EntityId, EventId, Field, Kind, MentionId, Party,
        Resolved, Role, SourceId, Status, TopicId,
    },
    publish::{self, Channel, Coarse, Format, Site},
    text::{Lang, Span},
};
use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value, json};

/// Texts of the fields whose schema has no example of its own.
const TEXTS: [(&str, &str); 31] = [
    ("allowed", "one of day, month, year"),
    ("article", "8c2f5e1bd0a94d6c8f37ab1c95e07d42"),
    ("basis", "stated"),
    ("because", "8c2f5e1bd0a94d6c8f37ab1c95e07d42"),
    ("correction", "The ministry gave another day."),
    ("date", "2025-02-25"),
    ("detail", "`min_precision`: `hour` is not allowed"),
    ("dir", "ltr"),
    ("event", "0f8fad5bd9cb469fa16570867728950e"),
    ("example", "min_precision=day"),
    ("field", "text"),
    ("from", "2025-02-24"),
    ("headline", "Sattar Hashemi visits Belgrade"),
    ("id", "0f8fad5bd9cb469fa16570867728950e"),
    ("instance", "/events"),
    ("into", "5b1c6f0e2d7a4c3f9e8d1a2b3c4d5e6f"),
    ("kind", "visit"),
    ("lang", "en"),
    ("meaning", "someone travels to a place"),
    ("name", "Belgrade"),
    ("others", "2025-02-26"),
    ("parameter", "min_precision"),
    ("previous", "2025-02-24"),
    ("reason", "It was told twice."),
    ("source", "agency-en"),
    ("source_name", "An agency"),
    ("status", "held"),
    ("text", "On Tuesday the minister Sattar Hashemi arrived in Belgrade."),
    ("themes", "theme:ai"),
    ("title", "Sattar Hashemi in Belgrade"),
    ("topics", "iran-serbia"),
];

/// The beginning of a page.
const PAGE: &str = "<!doctype html>";

/// A value that fits `schema`, a part of which may stand in `schemas`; `name` is the field that it is for.
pub(super) fn of(schema: &Value, schemas: &Map<String, Value>, name: &str) -> Value {
    if let Some(example) = schema.get("example") {
        return example.clone();
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let schema = reference.rsplit('/').next().and_then(|name| schemas.get(name));
        return schema.map_or(Value::Null, |schema| of(schema, schemas, name));
    }
    if let Some(all) = schema.get("allOf").and_then(Value::as_array) {
        let parts = all.iter().map(|part| of(part, schemas, name));
        let fields = parts.filter_map(|part| part.as_object().cloned()).flatten();
        return Value::Object(fields.collect());
    }
    let choices = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    if let Some(choices) = choices {
        let real = choices.iter().find(|choice| choice.get("type") != Some(&json!("null")));
        return real.map_or(Value::Null, |choice| of(choice, schemas, name));
    }
    if let Some(first) = schema.pointer("/enum/0") {
        return first.clone();
    }
    match kind(schema) {
        "object" => object(schema, schemas),
        "array" => {
            schema.get("items").map_or_else(|| json!([]), |item| json!([of(item, schemas, name)]))
        }
        "integer" => schema.get("minimum").cloned().unwrap_or_else(|| json!(12)),
        "boolean" => json!(false),
        "string" => json!(word(schema, name)),
        _ => Value::Null,
    }
}

/// The type of a schema, the null left out that it may allow.
fn kind(schema: &Value) -> &str {
    let kinds = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.as_slice(),
        Some(kind) => std::slice::from_ref(kind),
        None if schema.get("properties").is_some() => return "object",
        None => &[],
    };
    kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default()
}

fn object(schema: &Value, schemas: &Map<String, Value>) -> Value {
    let properties = schema.get("properties").and_then(Value::as_object);
    let fields = properties.into_iter().flatten();
    let mut out: Map<String, Value> =
        fields.map(|(name, schema)| (name.clone(), of(schema, schemas, name))).collect();
    if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
        out.insert("place".to_owned(), of(values, schemas, "place"));
    }
    Value::Object(out)
}

fn word<'a>(schema: &'a Value, name: &'a str) -> &'a str {
    match schema.get("format").and_then(Value::as_str) {
        Some("date") => "2025-02-25",
        Some("date-time") => "2025-02-27T10:00:00Z",
        Some("uri") => "https://dateline.example/events/0f8fad5bd9cb469fa16570867728950e",
        _ => TEXTS.iter().find(|(field, _)| *field == name).map_or(name, |(_, text)| text),
    }
}

/// A list with one event, written as it is served.
pub(super) fn list(site: &Site, format: Format) -> Value {
    let events = [event()];
    let channel = Channel {
        site,
        title: site.title.as_str().into(),
        about: "Dated events found in news articles.".into(),
        stem: "events",
        view: None,
        query: "",
        here: "",
        next: None,
        sought: None,
    };
    let entries = || publish::entries(site, &events);
    let bytes = match format {
        Format::Json => publish::events_json(&channel, &events),
        Format::JsonFeed => publish::json_feed(&channel, &entries()),
        Format::Atom => publish::atom(&channel, &entries()),
        Format::Rss => publish::rss(&channel, &entries()),
        Format::Calendar => publish::calendar(&channel, &events, Coarse::Keep),
        Format::Csv => publish::csv(site, &events, true),
        Format::Ndjson => publish::ndjson(site, &events),
        Format::Html => PAGE.as_bytes().to_vec(),
    };
    let text = String::from_utf8_lossy(&bytes);
    match format {
        Format::Json | Format::JsonFeed => serde_json::from_str(&text).unwrap_or_default(),
        _ => json!(text),
    }
}

/// One event, as JSON or as a calendar.
pub(super) fn one(site: &Site, format: Format) -> Value {
    match format {
        Format::Json => {
            serde_json::from_slice(&publish::event_json(site, &event(), &[])).unwrap_or_default()
        }
        format => list(site, format),
    }
}

/// Text of a media type.
pub(super) fn text(media_type: &str) -> Value {
    json!(match media_type {
        "text/html" => PAGE,
        "text/css" => "body { margin: 0 auto }",
        "image/svg+xml" => "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        _ => "User-agent: *",
    })
}

fn event() -> Reported {
    let day = NaiveDate::from_ymd_opt(2025, 2, 25).unwrap_or_default();
    let seen = DateTime::from_timestamp(1_740_650_400, 0).unwrap_or_default();
    let entity = |id: &str, name: &str| Entity {
        id: EntityId::new(id),
        name: name.to_owned().into(),
        country: None,
    };
    let when = Resolved {
        when: Edtf::day(day),
        precision: Precision::Day,
        basis: Basis::Stated,
        others: Vec::new(),
        conflict: false,
    };
    let sentence = "On Tuesday 25 February the minister Sattar Hashemi arrived in Belgrade.";
    let (article, mention) = (ArticleId::of(&[b"an article"]), MentionId::of(&[b"a claim"]));
    let report = |source| Report {
        mention,
        article,
        source,
        source_name: "An agency".to_owned(),
        url: "https://agency.example/articles/1".parse().ok(),
        title: "Sattar Hashemi in Belgrade".to_owned(),
        lang: Lang::En,
        published: Some(day),
        field: Field::Text,
        sentence: sentence.to_owned(),
        sentence_at: Span::new(0, sentence.len()),
        trigger_at: Span::new(52, 59),
        date_at: Some((Field::Text, Span::new(11, 22))),
        kind: Kind::Visit,
        status: Status::Held,
        when: when.clone(),
        confidence: Confidence::new(90),
    };
    Reported {
        reports: SourceId::new("agency-en").ok().map(report).into_iter().collect(),
        event: Event {
            id: EventId::of(&[b"an event"]),
            revision: 1,
            kind: Kind::Visit,
            status: Status::Held,
            when,
            previous: None,
            parties: vec![Party {
                who: entity("person:sattar-hashemi", "Sattar Hashemi"),
                role: Role::Visitor,
                at: None,
            }],
            place: Some(entity("place:belgrade", "Belgrade")),
            themes: vec![EntityId::new("theme:ai")],
            topics: TopicId::new("iran-serbia").into_iter().collect(),
            headline: "Sattar Hashemi visits Belgrade".to_owned(),
            mentions: vec![(article, mention)],
            confidence: Confidence::new(90),
            first_seen: seen,
            changed: seen,
        },
    }
}
