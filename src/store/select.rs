//! From a query to the SQL that finds its events.
//!
//! A list sorted by day that asks for overlapping days is read class of length by class of length: an event
//! of at most seven days that overlaps the days asked for begins at most six days before them, so that each
//! class is one short stretch of its index; SQLite merges the stretches. One index over all would have to be
//! read from its beginning, for the sake of the few events that last for years.

use super::{
    Certainty, EventQuery, Match, Order, Reading, Sort, StoreError, cursor::Key, row, search,
};
use crate::{
    calendar::{DateRange, Precision},
    model::EventId,
    text::Lang,
};
use chrono::{Days, NaiveDate};
use rusqlite::{params, types::Value};

/// Days on each side of an approximate date within which it may lie.
pub(super) const ABOUT: u64 = 3;

/// The classes of length of an event, in days; those that are longer or have an open end make one more.
const LENGTHS: [u64; 6] = [1, 7, 31, 92, 366, 3660];

/// Events of a facet up to which it is worth while to look at each of them and sort.
const FEW: i64 = 1000;

/// The class of length of some days.
pub(super) fn length_class(range: DateRange) -> i64 {
    let days = range.days().and_then(|days| u64::try_from(days).ok());
    let class = days.and_then(|days| LENGTHS.iter().position(|length| days <= *length));
    i64::try_from(class.unwrap_or(LENGTHS.len())).unwrap_or_default()
}

/// A statement with the values of its parameters.
pub(super) struct Statement {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

/// The conditions of a query, with the values of their numbered parameters.
pub(super) struct Select<'q> {
    query: &'q EventQuery,
    conditions: Vec<String>,
    facets: Vec<Facet>,
    values: Vec<Value>,
}

/// A facet, and the parameters that hold its values.
struct Facet {
    name: &'static str,
    first: usize,
    values: Vec<String>,
}

impl<'q> Select<'q> {
    /// `None` when nothing can be found: the days asked for run backwards, or the text holds no word.
    pub(super) fn new(query: &'q EventQuery) -> Option<Self> {
        DateRange::new(query.from, query.to).ok()?;
        let mut select = Self {
            query,
            conditions: vec!["event.state = 'live'".to_owned()],
            facets: Vec::new(),
            values: Vec::new(),
        };
        select.days();
        if let Some(coarsest) = query.min_precision {
            let fine = Precision::ALL.into_iter().filter(|precision| *precision <= coarsest);
            let names: Vec<String> =
                fine.map(|precision| format!("'{}'", precision.name())).collect();
            select.conditions.push(format!("event.precision in ({})", names.join(",")));
        }
        select.facet("actor", &query.actors);
        select.facet("place", &query.places);
        select.facet("theme", &query.themes);
        select.facet("kind", query.kinds.iter().map(|kind| kind.name()));
        select.facet("status", query.statuses.iter().map(|status| status.name()));
        select.facet("source", &query.sources);
        select.facet("lang", query.langs.iter().copied().map(Lang::tag));
        select.facet("topic", &query.topics);
        if let Some(today) = query.overdue {
            let today = select.value(row::iso_day(today));
            select.conditions.push(format!("event.status = 'planned' and event.last < {today}"));
        }
        if let Some(since) = query.changed_since {
            let since = select.value(since.timestamp_millis());
            select.conditions.push(format!("event.changed >= {since}"));
        }
        if let Some(text) = &query.text {
            let expression = select.value(search::expression(text)?);
            select.conditions.push(format!(
                "event.n in (select rowid from event_words where event_words match {expression})"
            ));
        }
        Some(select)
    }

    /// The statement that lists a page and one event more: id, what the list is sorted by, and `columns`.
    pub(super) fn list(
        mut self,
        reading: &Reading<'_>,
        columns: &str,
    ) -> Result<Statement, StoreError> {
        let driver = self.driver(reading)?;
        for (position, facet) in self.facets.iter().enumerate() {
            if driver != Some(position) {
                self.conditions.push(facet.exists());
            }
        }
        let from = driver.and_then(|position| self.facets.get(position)).map_or_else(
            || "event".to_owned(),
            |facet| {
                format!(
                    "event_facet as led cross join event on event.n = led.event
                       and led.facet = '{}' and led.value = ?{}",
                    facet.name, facet.first
                )
            },
        );
        let led = if driver.is_some() { "led" } else { "event" };
        let (direction, beyond) = match self.query.order {
            Order::Ascending => ("asc", ">"),
            Order::Descending => ("desc", "<"),
        };
        let (key, order) = match self.query.sort {
            Sort::Event => (format!("{led}.day"), "key {}, id {}"),
            Sort::Seen => ("event.first_seen".to_owned(), "key {}, id {}"),
            Sort::Changed => ("event.seq".to_owned(), "key {}"),
        };
        let order = order.replace("{}", direction);
        self.after_cursor(&key, beyond);
        let conditions = self.conditions.join(" and ");
        let columns = format!("event.id as id, {key} as key, {columns}");
        let stretches = self.stretches(led);
        let select =
            |stretch: &str| format!("select {columns} from {from} where {conditions}{stretch}");
        let stretches: Vec<String> = stretches.iter().map(|stretch| select(stretch)).collect();
        let limit = self.value(i64::from(self.query.limit) + 1);
        let sql = format!("{} order by {order} limit {limit}", stretches.join(" union all "));
        Ok(Statement { sql, values: self.values })
    }

    /// The statement that counts.
    pub(super) fn count(self) -> Statement {
        self.found("count(*)")
    }

    /// The statement that gives `columns` of all events found, in no order.
    pub(super) fn found(mut self, columns: &str) -> Statement {
        self.conditions.extend(self.facets.iter().map(Facet::exists));
        let sql = format!("select {columns} from event where {}", self.conditions.join(" and "));
        Statement { sql, values: self.values }
    }

    /// The facet to read along: the rarest of those with one value. Where the list is not sorted by day,
    /// only one with few events.
    fn driver(&self, reading: &Reading<'_>) -> Result<Option<usize>, StoreError> {
        let sql = "select count(*) from
                     (select 1 from event_facet where facet = ?1 and value = ?2 limit ?3)";
        let mut statement = reading.connection().prepare_cached(sql)?;
        let mut rarest = None;
        for (position, facet) in self.facets.iter().enumerate() {
            if let [value] = facet.values.as_slice() {
                let count: i64 =
                    statement.query_row(params![facet.name, value, FEW], |row| row.get(0))?;
                if rarest.is_none_or(|(least, _)| count < least) {
                    rarest = Some((count, position));
                }
            }
        }
        let by_day = self.query.sort == Sort::Event;
        Ok(rarest.filter(|(count, _)| by_day || *count < FEW).map(|(_, position)| position))
    }

    fn after_cursor(&mut self, key: &str, beyond: &str) {
        let sort = self.query.sort;
        let cursor = self.query.cursor.filter(|cursor| cursor.sort() == sort);
        let condition = match cursor.map(|cursor| cursor.0) {
            Some(Key::Event(day, event)) => {
                let (day, event) = (self.value(row::iso_day(day)), self.id(event));
                format!("({key}, event.id) {beyond} ({day}, {event})")
            }
            Some(Key::Seen(millis, event)) => {
                let (millis, event) = (self.value(millis), self.id(event));
                format!("({key}, event.id) {beyond} ({millis}, {event})")
            }
            Some(Key::Changed(seq)) => format!("{key} {beyond} {}", self.value(seq)),
            None => return,
        };
        self.conditions.push(condition);
    }

    /// The stretches of the index that can hold what is asked for, as further conditions: one where the
    /// index of all days is read, else one for each class of length.
    fn stretches(&mut self, led: &str) -> Vec<String> {
        let EventQuery { from, to, sort, matching, .. } = *self.query;
        if sort != Sort::Event {
            return vec![String::new()];
        }
        let overlaps = matching == Match::Overlaps;
        let is_led = led != "event";
        if !is_led && (!overlaps || (from, to) == (None, None)) {
            return vec![self.stretch(led, from, to)];
        }
        let mut stretches = Vec::new();
        for class in 0..=LENGTHS.len() {
            let (first, last) = match (LENGTHS.get(class), overlaps) {
                (_, false) => (from, to),
                (None, true) => (None, None),
                (Some(length), true) => {
                    let back = Days::new(length - 1);
                    (from.map(|from| from.checked_sub_days(back).unwrap_or(from)), to)
                }
            };
            let stretch = self.stretch(led, first, last);
            stretches.push(format!(" and {led}.length = {class}{stretch}"));
        }
        stretches
    }

    /// Events listed under the days `from` to `to`, and not before the cursor. The index of events holds
    /// ids beside days and finds the cursor's place by itself; a second bound on that side could be taken
    /// in its place.
    fn stretch(&mut self, led: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
        let cursor = match self.query.cursor.map(|cursor| cursor.0) {
            Some(Key::Event(day, _)) => Some(Some(day).filter(|_| led != "event")),
            _ => None,
        };
        let (from, to) = match (cursor, self.query.order) {
            (None, _) => (from, to),
            (Some(day), Order::Ascending) => (day, to),
            (Some(day), Order::Descending) => (from, day),
        };
        let from = from.map(|day| self.value(row::iso_day(day)));
        let to = to.map(|day| self.value(row::iso_day(day)));
        let from = from.map_or_else(String::new, |day| format!(" and {led}.day >= {day}"));
        let to = to.map_or_else(String::new, |day| format!(" and {led}.day <= {day}"));
        from + &to
    }

    fn days(&mut self) {
        let EventQuery { from, to, matching, certainty, .. } = *self.query;
        if let Some(from) = from {
            let from = self.value(row::iso_day(from));
            self.conditions.push(match matching {
                Match::Overlaps => format!("(event.last is null or event.last >= {from})"),
                Match::Within | Match::Starts => format!("event.first >= {from}"),
            });
        }
        if let Some(to) = to {
            let to = self.value(row::iso_day(to));
            self.conditions.push(match matching {
                Match::Overlaps => format!("(event.first is null or event.first <= {to})"),
                Match::Within => format!("event.last <= {to}"),
                Match::Starts => format!("event.first <= {to}"),
            });
        }
        if certainty == Certainty::Definite {
            self.definite(from, to);
        }
    }

    /// Told to the day, or with all the days on which it may lie inside those asked for; an approximate
    /// date may lie some days to either side.
    fn definite(&mut self, from: Option<NaiveDate>, to: Option<NaiveDate>) {
        let mut inside = Vec::new();
        if let Some(from) = from {
            let about = from.checked_add_days(Days::new(ABOUT)).unwrap_or(from);
            let (about, from) = (self.value(row::iso_day(about)), self.value(row::iso_day(from)));
            inside.push(format!("event.first >= iif(event.approximate, {about}, {from})"));
        }
        if let Some(to) = to {
            let about = to.checked_sub_days(Days::new(ABOUT)).unwrap_or(to);
            let (about, to) = (self.value(row::iso_day(about)), self.value(row::iso_day(to)));
            inside.push(format!("event.last <= iif(event.approximate, {about}, {to})"));
        }
        if !inside.is_empty() {
            let inside = inside.join(" and ");
            self.conditions.push(format!(
                "((event.precision = 'day' and not event.approximate) or ({inside}))"
            ));
        }
    }

    fn facet<V: ToString>(&mut self, name: &'static str, values: impl IntoIterator<Item = V>) {
        let first = self.values.len() + 1;
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        if !values.is_empty() {
            self.values.extend(values.iter().cloned().map(Value::from));
            self.facets.push(Facet { name, first, values });
        }
    }

    fn id(&mut self, id: EventId) -> String {
        self.value(id.as_bytes().to_vec())
    }

    /// Adds a value; answers its parameter.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }
}

impl Facet {
    fn exists(&self) -> String {
        let marks: Vec<String> =
            (self.first..self.first + self.values.len()).map(|n| format!("?{n}")).collect();
        format!(
            "exists (select 1 from event_facet where facet = '{}' and value in ({})
               and event_facet.length = event.length and event_facet.day = event.day
               and event_facet.event = event.n)",
            self.name,
            marks.join(",")
        )
    }
}
