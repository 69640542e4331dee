//! The description of the service for programs: OpenAPI 3.1, made of the tables that do the work.

use super::{
    Ask, State, around,
    conditional::Validators,
    example,
    health::{Health, SourceHealth},
    parameter::{MOST, MOST_VALUES, Parameter, Shape},
    problem::{Document, Sort},
    route::{Answers, ROUTES, Route},
    view::ViewRow,
};
use crate::publish::{self, Format, Site};
use axum::response::Response;
use serde_json::{Map, Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

const VARY: &str = "Accept-Encoding";

/// Answers with the description.
pub(super) fn document(state: &State, ask: &Ask<'_>) -> Response {
    let text = description(&state.site).to_string();
    let validators = Validators::of(&["openapi", &text]);
    if validators.hold_for(ask.headers) {
        return validators.unchanged(VARY);
    }
    validators.answer(text, "application/json", VARY)
}

/// The description of the service at `site`.
#[must_use]
pub fn description(site: &Site) -> Value {
    let writer = Writer { site, schemas: schemas() };
    let mut paths = Map::new();
    for route in ROUTES {
        paths.insert(route.path.to_owned(), json!({ "get": writer.operation(route) }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("{}: timeline of dated events", site.title),
            "summary": "Dated events read from news articles, with the sentences they rest on",
            "description": "Everything is read with GET or HEAD. The same query comes in every format, by suffix or by `Accept`. Dates are EDTF (ISO 8601-2), offsets of evidence count Unicode code points.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": site.url("").trim_end_matches('/') }],
        "paths": paths,
        "components": { "schemas": writer.schemas },
    })
}

/// What the description of an address is made with.
struct Writer<'a> {
    site: &'a Site,
    schemas: Map<String, Value>,
}

fn schemas() -> Map<String, Value> {
    fn add<T: ToSchema + PartialSchema>(out: &mut Vec<(String, RefOr<Schema>)>) {
        out.push((T::name().into_owned(), T::schema()));
        T::schemas(out);
    }
    let mut all = publish::schemas();
    add::<Document<'_>>(&mut all);
    add::<Health>(&mut all);
    add::<SourceHealth>(&mut all);
    add::<around::Facets>(&mut all);
    add::<around::ValueCount>(&mut all);
    add::<around::Amounts>(&mut all);
    add::<around::ArticleCard<'_>>(&mut all);
    add::<ViewRow<'_>>(&mut all);
    all.into_iter().map(|(name, schema)| (name, json!(schema))).collect()
}

impl Writer<'_> {
    fn operation(&self, route: &Route) -> Value {
        let mut parameters: Vec<Value> = route.parameters.iter().map(query_parameter).collect();
        if let Some((_, name)) = route.path.split_once('{') {
            parameters.push(path_parameter(name.trim_end_matches('}')));
        }
        let mut responses = Map::new();
        responses.insert("200".to_owned(), json!({ "description": route.summary, "headers": headers(), "content": self.content(route.answers) }));
        responses.insert("304".to_owned(), json!({ "description": "The client has it already" }));
        if matches!(route.answers, Answers::Event(_)) {
            let moved = "The event turned out to be another one, at `Location`";
            responses.insert("301".to_owned(), json!({ "description": moved }));
        }
        let everywhere = [Sort::TooLong, Sort::Timeout, Sort::Internal];
        for sort in route.problems.iter().chain(&everywhere) {
            let status = sort.status().as_u16().to_string();
            let problem =
                json!({ "schema": reference("Document"), "example": self.problem(*sort) });
            responses.insert(
                status,
                json!({
                    "description": sort.title(),
                    "content": { "application/problem+json": problem },
                }),
            );
        }
        json!({
            "operationId": operation_id(route.path),
            "summary": route.summary,
            "parameters": parameters,
            "responses": responses,
        })
    }

    fn content(&self, answers: Answers) -> Value {
        let mut content = Map::new();
        let mut add = |media_type: &str, schema: Value, example: Value| {
            content.insert(media_type.to_owned(), json!({ "schema": schema, "example": example }));
        };
        let typed = |format: Format, schema: &str| match format {
            Format::Json => reference(schema),
            Format::JsonFeed => json!({ "type": "object" }),
            _ => json!({ "type": "string" }),
        };
        let like = |schema: &Value| example::of(schema, &self.schemas, "");
        match answers {
            Answers::Events(formats) => formats.iter().for_each(|format| {
                let example = example::list(self.site, *format);
                add(format.media_type(), typed(*format, "EventList"), example);
            }),
            Answers::Event(formats) => formats.iter().for_each(|format| {
                let example = example::one(self.site, *format);
                add(format.media_type(), typed(*format, "EventRow"), example);
            }),
            Answers::Changes(formats) => formats.iter().for_each(|format| {
                let schema = typed(*format, "ChangeList");
                let example = match format {
                    Format::Json => like(&schema),
                    format => example::list(self.site, *format),
                };
                add(format.media_type(), schema, example);
            }),
            Answers::Json(schema) => {
                let schema = reference(schema);
                let example = like(&schema);
                add("application/json", schema, example);
            }
            Answers::JsonList(schema) => {
                let schema = json!({ "type": "array", "items": reference(schema) });
                let example = like(&schema);
                add("application/json", schema, example);
            }
            Answers::Text("application/json") => {
                let example = json!({ "openapi": "3.1.0" });
                add("application/json", json!({ "type": "object" }), example);
            }
            Answers::Text(media_type) => {
                add(media_type, json!({ "type": "string" }), example::text(media_type));
            }
        }
        Value::Object(content)
    }

    /// An answer that tells a problem of this sort.
    fn problem(&self, sort: Sort) -> Value {
        let mut problem = example::of(&reference("Document"), &self.schemas, "");
        if let Value::Object(problem) = &mut problem {
            let is_about_parameters = matches!(sort, Sort::Parameter | Sort::Conflict);
            problem.retain(|name, _| name != "errors" || is_about_parameters);
            let address = self.site.url(&format!("problems/{}", sort.name()));
            problem.insert("type".to_owned(), json!(address));
            problem.insert("title".to_owned(), json!(sort.title()));
            problem.insert("status".to_owned(), json!(sort.status().as_u16()));
            if !is_about_parameters {
                problem.insert("detail".to_owned(), json!(sort.meaning()));
            }
        }
        problem
    }
}

/// The path as a name: `events.atom` is `events_atom`, `/` is `timeline`.
fn operation_id(path: &str) -> String {
    let words: Vec<&str> =
        path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "timeline".to_owned() } else { words.join("_") }
}

fn headers() -> Value {
    let text =
        |description: &str| json!({ "description": description, "schema": { "type": "string" } });
    json!({
        "ETag": text("Compares this answer with another one; send it back as If-None-Match"),
        "Last-Modified": text("When the data changed last"),
        "Cache-Control": text("How long the answer may be kept"),
        "Link": text("The canonical address, the page that follows, this description"),
        "X-Request-Id": text("Names the request in the log of the service"),
    })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn query_parameter(parameter: &Parameter) -> Value {
    let Parameter { name, what, shape, example, .. } = parameter;
    let example = match shape {
        Shape::Number(_) => example.parse::<u32>().map_or(json!(example), |number| json!(number)),
        shape if shape.is_list() => json!(example.split(',').collect::<Vec<_>>()),
        _ => json!(example),
    };
    let mut out = json!({
        "name": name,
        "in": "query",
        "description": format!("{what} Takes {}.", shape.allowed()),
        "required": false,
        "allowEmptyValue": true,
        "schema": schema(*shape),
        "example": example,
    });
    if let Value::Object(out) = &mut out
        && shape.is_list()
    {
        out.insert("style".to_owned(), json!("form"));
        out.insert("explode".to_owned(), json!(false));
    }
    out
}

/// What a parameter takes, as narrowly as one parameter alone can say it.
fn schema(shape: Shape) -> Value {
    let list = |item: Value| json!({ "type": "array", "items": item, "maxItems": MOST_VALUES });
    // Blanks around what people type, and empty places of lists, are passed over.
    let loose = |pattern: &str| format!("^ *({pattern})? *$");
    match shape {
        Shape::Date => json!({ "anyOf": [
            { "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            { "type": "string", "pattern": loose("today|yesterday|tomorrow") },
            { "type": "string", "description": "A year or a month, alone or with an open end",
              "pattern": loose("(\\.\\./)?[1-2][0-9]{3}(-(0[1-9]|1[0-2]))?|[1-2][0-9]{3}(-(0[1-9]|1[0-2]))?/\\.\\.") },
            { "type": "string", "description": "A duration back from today",
              "pattern": loose("P[1-9][0-9]{0,2}[YMWD]") },
        ] }),
        Shape::Instant => json!({ "anyOf": [
            { "type": "string", "format": "date-time" },
            { "type": "string", "format": "date" },
            { "const": "" },
        ] }),
        Shape::Text(_, most) => json!({ "type": "string", "maxLength": most }),
        Shape::Cursor(_, pattern) => json!({ "type": "string", "pattern": pattern }),
        Shape::One(words) => json!({ "type": "string", "enum": words() }),
        Shape::Some(words) => list(json!({ "anyOf": [
            { "type": "string", "enum": words() },
            { "type": "string", "pattern": loose(&words().join("|")) },
        ] })),
        Shape::Keys(_, pattern) => {
            let pattern = loose(pattern.trim_matches(['^', '$']));
            list(json!({ "type": "string", "pattern": pattern }))
        }
        Shape::Flag => json!({ "type": "string", "enum": ["1", "0", "true", "false"] }),
        Shape::Number(most) => {
            json!({ "type": "integer", "minimum": 1, "maximum": most.min(MOST) })
        }
    }
}

fn path_parameter(name: &str) -> Value {
    let (what, example) = match name {
        "id" => ("The key: 32 hexadecimal digits", "0f8fad5bd9cb469fa16570867728950e"),
        "view" => ("The key of a view of the configuration, see /views", "technology"),
        _ => ("The name", "parameter"),
    };
    json!({
        "name": name,
        "in": "path",
        "description": what,
        "required": true,
        "schema": { "type": "string" },
        "example": example,
    })
}
