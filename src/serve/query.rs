//! From a query string to what is asked of the store: every fault at once, and a canonical form.

use super::{
    parameter::{Draft, MOST, PARAMETERS, Reading},
    problem::Fault,
};
use crate::{
    calendar::DateRange,
    publish::{self, Chosen, Coarse, Format, Sorted},
    store::{Cursor, EventQuery, Order, Sort},
    text::Lang,
};
use chrono::NaiveDate;
use std::{borrow::Cow, collections::BTreeSet};
use url::form_urlencoded;

/// A query that was read.
#[derive(Debug, Clone)]
pub struct Query {
    events: EventQuery,
    sort: Option<Sort>,
    order: Option<Order>,
    limit: Option<u32>,
    coarse: Coarse,
    /// What was given, in the order of the table; without the cursor.
    given: Vec<(&'static str, String)>,
}

impl Query {
    /// Reads a percent-encoded query string. An empty value counts as absent; a list may be given by
    /// commas or by repeating its parameter. `today` is what `today`, durations and `overdue` mean.
    ///
    /// # Errors
    /// All faults: unknown parameters, wrong values, single values given twice.
    pub fn read(text: &str, today: NaiveDate) -> Result<Self, Vec<Fault>> {
        Self::read_in("", text, today)
    }

    /// Reads a query string that narrows a view: what `text` gives stands in place of what `view` gives
    /// for the same parameter, all that says which days in place of all that says which days. Only what
    /// `text` gives is part of the canonical form.
    ///
    /// # Errors
    /// As [`Query::read`].
    pub fn read_in(view: &str, text: &str, today: NaiveDate) -> Result<Self, Vec<Fault>> {
        let (whole, own) = narrowed(view, text);
        let Reading { mut draft, mut given, mut faults } = Reading::new(PARAMETERS, &whole, today);
        faults.extend(days(&mut draft, &given));
        if let Some(cursor) = draft.events.cursor.filter(|cursor| misplaced(*cursor, draft.sort)) {
            let parameter = PARAMETERS.iter().find(|parameter| parameter.name == "cursor");
            let text = cursor.to_string();
            let why = "belongs to a list sorted otherwise";
            let fault = parameter.map(|parameter| parameter.fault(&text, why));
            faults.extend(fault.map(|fault| Fault { contradicts: true, ..fault }));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        given.retain(|(name, _)| view.is_empty() || own.contains(*name));
        let Draft { events, sort, order, limit, coarse, .. } = draft;
        Ok(Self { events, sort, order, limit, coarse, given })
    }

    /// What to ask the store for a page in `format`; `page_size` is how many events a page holds where the
    /// query does not say.
    #[must_use]
    pub fn events(&self, format: Format, page_size: u32) -> EventQuery {
        let cursor_sort = self.events.cursor.map(|cursor| cursor.sort());
        let standard = if format.is_feed() { Sort::Seen } else { Sort::Event };
        let sort = self.sort.or(cursor_sort).unwrap_or(standard);
        // A calendar cannot be paged, so it holds what is nearest to its reader: the latest events.
        let order = if sort == Sort::Event && format != Format::Calendar {
            Order::Ascending
        } else {
            Order::Descending
        };
        let limit = if format == Format::Calendar { MOST } else { page_size };
        EventQuery {
            sort,
            order: self.order.unwrap_or(order),
            limit: self.limit.unwrap_or(limit),
            ..self.events.clone()
        }
    }

    /// Whether the query itself says how many events it wants.
    #[must_use]
    pub const fn is_limited(&self) -> bool {
        self.limit.is_some()
    }

    /// What becomes of coarse dates in a calendar.
    #[must_use]
    pub const fn coarse(&self) -> Coarse {
        self.coarse
    }

    /// The query in canonical form, percent-encoded: the parameters that were given, in the order of the
    /// table, without the cursor.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.encoded(None)
    }

    /// The canonical form with a cursor.
    #[must_use]
    pub fn page(&self, cursor: Cursor) -> String {
        self.encoded(Some(cursor))
    }

    /// Whether this is a later page of a list.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        self.events.cursor
    }

    /// The conditions in words, for titles: `visit, from 2025-02-20`; empty where everything is wanted.
    #[must_use]
    pub fn words(&self) -> String {
        let words = |(name, value): &(&'static str, String)| match *name {
            "sort" | "order" | "limit" | "coarse" | "cal" => None,
            "kind" | "status" | "actor" | "place" | "theme" | "topic" => {
                Some(value.replace(',', ", "))
            }
            "lang" => {
                let langs = value.split(',').filter_map(|tag| Lang::from_tag(tag.trim()));
                Some(langs.map(publish::language).collect::<Vec<_>>().join(", "))
            }
            "q" => Some(format!("“{value}”")),
            "overdue" => Some("overdue".to_owned()),
            name => Some(format!("{} {value}", name.replace('_', " "))),
        };
        self.given.iter().filter_map(words).collect::<Vec<_>>().join(", ")
    }

    /// What a page shows of the query.
    #[must_use]
    pub fn chosen(&self) -> Chosen {
        let sorted = match (self.sort, self.order) {
            (None | Some(Sort::Event), None | Some(Order::Ascending)) => Sorted::EarliestFirst,
            (None | Some(Sort::Event), Some(Order::Descending)) => Sorted::LatestFirst,
            (Some(Sort::Seen), None | Some(Order::Descending)) => Sorted::NewestFirst,
            _ => Sorted::Otherwise,
        };
        let mut chosen = Chosen { sorted, ..Chosen::default() };
        let mut filter = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.given {
            if !matches!(*name, "sort" | "order") {
                filter.append_pair(name, value);
            }
            match *name {
                "from" => chosen.from.clone_from(value),
                "to" => chosen.to.clone_from(value),
                "kind" if !value.contains(',') => chosen.kind.clone_from(value),
                "q" => chosen.words.clone_from(value),
                other => chosen.others.push((other.to_owned(), value.clone())),
            }
        }
        chosen.filter = filter.finish();
        chosen
    }

    fn encoded(&self, cursor: Option<Cursor>) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.extend_pairs(&self.given);
        if let Some(cursor) = cursor {
            out.append_pair("cursor", &cursor.to_string());
        }
        out.finish()
    }
}

/// The parameters that together say which days are wanted.
const DAYS: [&str; 3] = ["cal", "from", "to"];

/// The query string of a view narrowed by `text`, and the names that `text` gives a value.
fn narrowed<'a>(view: &str, text: &'a str) -> (Cow<'a, str>, BTreeSet<String>) {
    if view.is_empty() {
        return (text.into(), BTreeSet::new());
    }
    let given = |text: &str| -> Vec<(String, String)> {
        let pairs = form_urlencoded::parse(text.as_bytes()).into_owned();
        pairs.filter(|(_, value)| !value.trim().is_empty()).collect()
    };
    let own: BTreeSet<String> = given(text).into_iter().map(|(name, _)| name).collect();
    let days = own.iter().any(|name| DAYS.contains(&name.as_str()));
    let mut whole = form_urlencoded::Serializer::new(String::new());
    let kept = given(view)
        .into_iter()
        .filter(|(name, _)| !(own.contains(name) || days && DAYS.contains(&name.as_str())));
    whole.extend_pairs(kept);
    whole.extend_pairs(form_urlencoded::parse(text.as_bytes()));
    (whole.finish().into(), own)
}

/// A cursor knows the sort of its list; a page that asks for another one would silently begin anew.
fn misplaced(cursor: Cursor, sort: Option<Sort>) -> bool {
    sort.is_some_and(|sort| sort != cursor.sort())
}

/// Puts the days together that `from` and `to` ask for; the fault when they run backwards.
pub(super) fn days(draft: &mut Draft, given: &[(&'static str, String)]) -> Option<Fault> {
    let value =
        |name| given.iter().find(|(given, _)| *given == name).map(|(_, value)| value.as_str());
    let interval = draft.to.is_none() && value("from").is_some_and(|value| value.contains('/'));
    let last = if interval { draft.from } else { draft.to }.and_then(DateRange::last);
    let first = draft.from.and_then(DateRange::first);
    (draft.events.from, draft.events.to) = (first, last);
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        return Some(Fault {
            parameter: "to".to_owned(),
            value: value("to").unwrap_or_default().to_owned(),
            detail: format!("`to` ends on {last}, before `from` begins on {first}"),
            allowed: "a date that does not end before `from` begins".to_owned(),
            example: format!("to={first}"),
            contradicts: true,
        });
    }
    None
}
