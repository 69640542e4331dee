//! The tables: which parameters there are, and how each writes its value into the draft.

use super::{Draft, Parameter, Shape, when};
use crate::{
    calendar::{Calendar, DateRange, Precision},
    model::{EntityId, EntityType, Kind, SourceId, Status, TopicId},
    publish::Coarse,
    store::{Certainty, Match, Order, Sort},
    text::{Lang, terms::Terms},
};
use chrono::{DateTime, NaiveDate, Utc};

/// The most events on a page.
pub const MOST: u32 = 500;

/// The longest text that is looked for, in characters.
const LONGEST_TEXT: usize = 200;

/// The most values in a list.
pub(in crate::serve) const MOST_VALUES: usize = 50;

/// The pattern of a name of the configuration.
const SLUG: &str = "^[a-z0-9-]{1,64}$";

/// The pattern of a cursor.
const CURSOR: &str = concat!(
    "^(|e\\.[0-9]{4}-(",
    "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31",
    ")\\.[0-9a-f]{32}|e\\.[0-9]{2}(0[48]|[2468][048]|[13579][26])-02-29\\.[0-9a-f]{32}",
    "|s\\.-?[0-9]{1,14}\\.[0-9a-f]{32}|c\\.[0-9]{1,18})$"
);

const MATCHES: [(&str, Match); 3] =
    [("overlaps", Match::Overlaps), ("within", Match::Within), ("starts", Match::Starts)];
const CERTAINTIES: [(&str, Certainty); 2] =
    [("possible", Certainty::Possible), ("definite", Certainty::Definite)];
const CALENDARS: [(&str, Calendar); 3] =
    [("gregorian", Calendar::Gregorian), ("jalali", Calendar::Jalali), ("hijri", Calendar::Hijri)];
const SORTS: [(&str, Sort); 3] =
    [("event", Sort::Event), ("seen", Sort::Seen), ("changed", Sort::Changed)];
const ORDERS: [(&str, Order); 2] = [("asc", Order::Ascending), ("desc", Order::Descending)];

const CHANGED_SINCE: Parameter = Parameter {
    name: "changed_since",
    what: "Only events that changed for readers at this instant or later.",
    shape: Shape::Instant,
    example: "2026-11-23T10:00:00Z",
    read: |draft, value| instant(value).map(|it| draft.events.changed_since = Some(it)),
};

const ORDER: Parameter = Parameter {
    name: "order",
    what: "In which direction: earliest first (the default of `sort=event`) or latest first (the default of the others).",
    shape: Shape::One(|| names(&ORDERS)),
    example: "desc",
    read: |draft, value| one(&ORDERS, value).map(|it| draft.order = Some(it)),
};

const LIMIT: Parameter = Parameter {
    name: "limit",
    what: "How many events on a page. Where absent, a page holds as many as the service sets, a calendar the most allowed, and CSV and NDJSON hold all.",
    shape: Shape::Number(MOST),
    example: "20",
    read: |draft, value| {
        let limit = value.parse().ok().filter(|limit| (1..=MOST).contains(limit));
        limit.ok_or_else(|| value.to_owned()).map(|it| draft.limit = Some(it))
    },
};

/// The parameters of lists of events, in the order in which a canonical address names them.
pub static PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "cal",
        what: "The calendar in which `from` and `to` are written.",
        shape: Shape::One(|| names(&CALENDARS)),
        example: "jalali",
        read: |draft, value| one(&CALENDARS, value).map(|it| draft.calendar = it),
    },
    Parameter {
        name: "from",
        what: "The first day asked for; of a month, year or interval its first day. An interval alone asks for all its days.",
        shape: Shape::Date,
        example: "2025-02-20",
        read: |draft, value| date(draft, value).map(|it| draft.from = Some(it)),
    },
    Parameter {
        name: "to",
        what: "The last day asked for, included; of a month, year or interval its last day.",
        shape: Shape::Date,
        example: "2025-03",
        read: |draft, value| date(draft, value).map(|it| draft.to = Some(it)),
    },
    Parameter {
        name: "match",
        what: "How an event's days must lie to those asked for: share a day (the default), lie within them, or start in them.",
        shape: Shape::One(|| names(&MATCHES)),
        example: "within",
        read: |draft, value| one(&MATCHES, value).map(|it| draft.events.matching = it),
    },
    Parameter {
        name: "certainty",
        what: "How sure that must be: an event of February possibly (the default) lies in a week of it, but not definitely.",
        shape: Shape::One(|| names(&CERTAINTIES)),
        example: "definite",
        read: |draft, value| one(&CERTAINTIES, value).map(|it| draft.events.certainty = it),
    },
    Parameter {
        name: "min_precision",
        what: "The coarsest precision wanted: `month` leaves out events of which only the year is known.",
        shape: Shape::One(|| Precision::ALL.map(Precision::name).to_vec()),
        example: "day",
        read: |draft, value| {
            named(value, Precision::from_name).map(|it| draft.events.min_precision = Some(it))
        },
    },
    Parameter {
        name: "kind",
        what: "Kinds of events.",
        shape: Shape::Some(|| Kind::ALL.map(Kind::name).to_vec()),
        example: "visit,meeting",
        read: |draft, value| list(value, Kind::from_name).map(|it| draft.events.kinds = it),
    },
    Parameter {
        name: "status",
        what: "Whether they have happened.",
        shape: Shape::Some(published_statuses),
        example: "planned,postponed",
        read: |draft, value| {
            let published =
                |name: &str| Status::from_name(name).filter(|status| *status != Status::Denied);
            list(value, published).map(|it| draft.events.statuses = it)
        },
    },
    Parameter {
        name: "actor",
        what: "Who takes part, by key.",
        shape: Shape::Keys(
            "keys of people, organisations or countries such as `person:aleksandar-vucic`",
            "^(person|organisation|place):[a-z0-9-]{1,80}$",
        ),
        example: "place:serbia",
        read: |draft, value| {
            let types = [EntityType::Person, EntityType::Organisation, EntityType::Place];
            list(value, |key| entity(key, &types)).map(|it| draft.events.actors = it)
        },
    },
    Parameter {
        name: "place",
        what: "Where they happen, by key; a country stands for all places in it.",
        shape: Shape::Keys("keys of places such as `place:belgrade`", "^place:[a-z0-9-]{1,80}$"),
        example: "place:belgrade",
        read: |draft, value| {
            list(value, |key| entity(key, &[EntityType::Place])).map(|it| draft.events.places = it)
        },
    },
    Parameter {
        name: "theme",
        what: "What they are about, by key.",
        shape: Shape::Keys("keys of themes such as `theme:ai`", "^theme:[a-z0-9-]{1,80}$"),
        example: "theme:ai",
        read: |draft, value| {
            list(value, |key| entity(key, &[EntityType::Theme])).map(|it| draft.events.themes = it)
        },
    },
    Parameter {
        name: "topic",
        what: "Configured topics to which they belong.",
        shape: Shape::Keys("names of topics such as `iran-serbia`", SLUG),
        example: "iran-serbia",
        read: |draft, value| {
            list(value, |id| TopicId::new(id).ok()).map(|it| draft.events.topics = it)
        },
    },
    Parameter {
        name: "source",
        what: "Sources that tell of them.",
        shape: Shape::Keys("names of sources such as `irna-en`", SLUG),
        example: "irna-en",
        read: |draft, value| {
            list(value, |id| SourceId::new(id).ok()).map(|it| draft.events.sources = it)
        },
    },
    Parameter {
        name: "lang",
        what: "Languages in which they are told.",
        shape: Shape::Some(|| Lang::ALL.map(Lang::tag).to_vec()),
        example: "ar,fa",
        read: |draft, value| list(value, Lang::from_tag).map(|it| draft.events.langs = it),
    },
    Parameter {
        name: "q",
        what: "Words to be found in headline, names and evidence, in any script: all of them; names of people, bodies and places also as others write them; a phrase in quotes as one and as it stands, a word that ends in `*` as a beginning.",
        shape: Shape::Text("text", LONGEST_TEXT),
        example: "Beograd",
        read: |draft, value| {
            draft.events.text = Some(Terms::read(value));
            Ok(())
        },
    },
    Parameter {
        name: "overdue",
        what: "Only events that were announced for a day before today and of which no article says that they happened.",
        shape: Shape::Flag,
        example: "1",
        read: |draft, value| flag(value).map(|it| draft.events.overdue = it.then_some(draft.today)),
    },
    CHANGED_SINCE,
    Parameter {
        name: "as_of",
        what: "The events as they were known at this instant.",
        shape: Shape::Instant,
        example: "2026-11-23T10:00:00Z",
        read: |draft, value| instant(value).map(|it| draft.events.as_of = Some(it)),
    },
    Parameter {
        name: "sort",
        what: "By what to sort: the day of the event (the default, but for feeds), when it was first seen (the default of feeds), or when it last changed.",
        shape: Shape::One(|| names(&SORTS)),
        example: "event",
        read: |draft, value| one(&SORTS, value).map(|it| draft.sort = Some(it)),
    },
    ORDER,
    Parameter {
        name: "coarse",
        what: "Whether a calendar holds events of which only the month or the year is known.",
        shape: Shape::Flag,
        example: "1",
        read: |draft, value| {
            flag(value).map(|it| draft.coarse = if it { Coarse::Keep } else { Coarse::LeaveOut })
        },
    },
    LIMIT,
    Parameter {
        name: "cursor",
        what: "Where the page begins: taken from the `next` link of the page before.",
        shape: Shape::Cursor(
            "what stands in the `next` link of a page, with all its other parameters",
            CURSOR,
        ),
        example: "e.2025-02-25.0f8fad5bd9cb469fa16570867728950e",
        read: |draft, value| {
            value.parse().map_err(|_| value.to_owned()).map(|it| draft.events.cursor = Some(it))
        },
    },
];

/// The parameters that say which events are wanted, without those that say how they are listed.
pub static FILTERS: &[Parameter] = PARAMETERS.split_at(SELECTING).0;

/// How many of [`PARAMETERS`], up to `as_of`, say which events are wanted.
const SELECTING: usize = 18;

/// The parameters of lists of changes.
pub static CHANGES: &[Parameter] = &[
    CHANGED_SINCE,
    ORDER,
    LIMIT,
    Parameter {
        name: "cursor",
        what: "Where the page begins: taken from the `next` link of the page before.",
        shape: Shape::Cursor("the number of the last step that is known", "^[0-9]{0,18}$"),
        example: "1",
        read: |draft, value| {
            value.parse().map_err(|_| value.to_owned()).map(|it| draft.after = Some(it))
        },
    },
];

fn published_statuses() -> Vec<&'static str> {
    let published = Status::ALL.into_iter().filter(|status| *status != Status::Denied);
    published.map(Status::name).collect()
}

fn names<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(name, _)| *name).collect()
}

fn one<T: Copy>(choices: &[(&str, T)], value: &str) -> Result<T, String> {
    named(value, |name| Some(choices.iter().find(|(choice, _)| *choice == name)?.1))
}

fn named<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    read(value).ok_or_else(|| value.to_owned())
}

/// The values of a list, each once; blanks and empty places between commas are passed over, but count as places.
fn list<T: PartialEq>(value: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    let parts = || value.split(',').map(str::trim).filter(|part| !part.is_empty());
    let count = value.split(',').count();
    if count > MOST_VALUES {
        return Err(format!("{count} values"));
    }
    let mut out = Vec::new();
    for part in parts() {
        let item = named(part, &read)?;
        if !out.contains(&item) {
            out.push(item);
        }
    }
    Ok(out)
}

fn entity(key: &str, types: &[EntityType]) -> Option<EntityId> {
    let id = EntityId::new(key);
    (key.len() <= 120 && types.contains(&id.entity_type()?)).then_some(id)
}

fn flag(value: &str) -> Result<bool, String> {
    one(&[("1", true), ("true", true), ("0", false), ("false", false)], value)
}

fn date(draft: &Draft, value: &str) -> Result<DateRange, String> {
    when::read(value, draft.calendar, draft.today).ok_or_else(|| value.to_owned())
}

fn instant(value: &str) -> Result<DateTime<Utc>, String> {
    let day = || value.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0).map(|start| start.and_utc());
    // A plus sign in a query means a blank.
    let at = DateTime::parse_from_rfc3339(&value.replace(' ', "+")).map(|at| at.to_utc());
    at.ok().or_else(day).ok_or_else(|| value.to_owned())
}
