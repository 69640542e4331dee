//! Which events are wanted, in which order, and the SQL that finds them.

use super::{Cursor, Reading, StoreError, cursor::Key, event, mention, row, search::Terms};
use crate::{
    calendar::{DateRange, Precision},
    event::Reported,
    model::{EntityId, EventId, Kind, SourceId, Status, TopicId},
    text::Lang,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use rusqlite::{params_from_iter, types::Value};

/// How an event's days must lie to the days asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Match {
    /// They share a day.
    #[default]
    Overlaps,
    /// All its days are among those asked for.
    Within,
    /// Its first day is among those asked for.
    Starts,
}

/// How sure it must be that an event lies in the days asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// It may: an event of February may lie in any week of February.
    #[default]
    Possible,
    /// It does: its days are told exactly, or all the days that it may lie on are asked for.
    Definite,
}

/// By what a list is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By the day on which it happens: the first one, or the last where the beginning is open.
    #[default]
    Event,
    /// By the instant at which it was first seen.
    Seen,
    /// By its last change.
    Changed,
}

/// In which direction a list runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Earliest first.
    #[default]
    Ascending,
    /// Latest first.
    Descending,
}

/// Which events are wanted. Conditions are joined by "and", the values of one list by "or"; an empty list
/// asks for nothing. The default asks for the first fifty of all events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventQuery {
    /// The first day asked for.
    pub from: Option<NaiveDate>,
    /// The last day asked for, included.
    pub to: Option<NaiveDate>,
    /// How the event's days must lie to these.
    pub matching: Match,
    /// How sure that must be.
    pub certainty: Certainty,
    /// The coarsest precision wanted.
    pub min_precision: Option<Precision>,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Statuses.
    pub statuses: Vec<Status>,
    /// Parties.
    pub actors: Vec<EntityId>,
    /// Places; a country stands for all places in it.
    pub places: Vec<EntityId>,
    /// Themes.
    pub themes: Vec<EntityId>,
    /// Topics of config.toml.
    pub topics: Vec<TopicId>,
    /// Sources that tell of it.
    pub sources: Vec<SourceId>,
    /// Languages in which it is told.
    pub langs: Vec<Lang>,
    /// Words to be found in headline, names and evidence.
    pub text: Option<String>,
    /// Announced for a day before this one, and not told to have happened.
    pub overdue: Option<NaiveDate>,
    /// Changed for readers at this instant or later.
    pub changed_since: Option<DateTime<Utc>>,
    /// By what to sort.
    pub sort: Sort,
    /// In which direction.
    pub order: Order,
    /// How many at most.
    pub limit: u32,
    /// Only what comes after this place in the list.
    pub cursor: Option<Cursor>,
}

impl Default for EventQuery {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            matching: Match::default(),
            certainty: Certainty::default(),
            min_precision: None,
            kinds: Vec::new(),
            statuses: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            themes: Vec::new(),
            topics: Vec::new(),
            sources: Vec::new(),
            langs: Vec::new(),
            text: None,
            overdue: None,
            changed_since: None,
            sort: Sort::default(),
            order: Order::default(),
            limit: 50,
            cursor: None,
        }
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The events, with what articles say of them.
    pub events: Vec<Reported>,
    /// Where the next page begins; `None` when this is the last.
    pub next: Option<Cursor>,
    /// [`Reading::revision`] of the moment of the answer.
    pub revision: u64,
}

/// Days on each side of an approximate date within which it may lie.
const ABOUT: u64 = 3;

/// The classes of length of an event, in days: a long one is looked for further back than a short one.
const LENGTHS: [i64; 6] = [1, 7, 31, 92, 366, 3660];

/// The class of length of some days: its place in the list of classes, one more for those without an end.
pub(super) fn length_class(range: DateRange) -> i64 {
    let class = range.days().and_then(|days| LENGTHS.iter().position(|length| days <= *length));
    i64::try_from(class.unwrap_or(LENGTHS.len())).unwrap_or_default()
}

impl Reading<'_> {
    /// A page of the events that `query` asks for. A cursor of another sort is taken as none.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn events(&self, query: &EventQuery) -> Result<Page, StoreError> {
        let revision = self.revision()?;
        let Some(select) = Select::new(query) else {
            return Ok(Page { events: Vec::new(), next: None, revision });
        };
        let (sql, values) = select.list(query);
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut events = Vec::new();
        let mut next = None;
        let mut last = None;
        while let Some(columns) = rows.next()? {
            if events.len() >= usize::try_from(query.limit).unwrap_or(usize::MAX) {
                next = last;
                break;
            }
            let id = EventId::from_bytes(columns.get(0)?);
            let event = event::read(id, mention::text(columns.get_ref(1)?)?)?;
            let key = match query.sort {
                Sort::Event => {
                    Key::Event(row::parse("event", mention::text(columns.get_ref(2)?)?)?, id)
                }
                Sort::Seen => Key::Seen(columns.get(2)?, id),
                Sort::Changed => Key::Changed(columns.get(2)?),
            };
            last = Some(Cursor(key));
            events.push(self.report(event)?);
        }
        Ok(Page { events, next, revision })
    }

    /// How many events `query` asks for, whatever its limit and cursor. Looks at each of them: for pages
    /// that say so, not for every request.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn count(&self, query: &EventQuery) -> Result<u64, StoreError> {
        let Some(select) = Select::new(query) else { return Ok(0) };
        let sql = format!("select count(*) from event where {}", select.conditions.join(" and "));
        let count: i64 = self
            .connection()
            .prepare_cached(&sql)?
            .query_row(params_from_iter(select.values), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

/// The conditions of a query, with their values in order.
struct Select {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Select {
    /// `None` when nothing can be found.
    fn new(query: &EventQuery) -> Option<Self> {
        let mut select =
            Self { conditions: vec!["event.state = 'live'".to_owned()], values: Vec::new() };
        select.days(query);
        select.any("event.kind", query.kinds.iter().map(|kind| kind.name()));
        select.any("event.status", query.statuses.iter().map(|status| status.name()));
        if let Some(coarsest) = query.min_precision {
            let fine = Precision::ALL.into_iter().filter(|precision| *precision <= coarsest);
            select.any("event.precision", fine.map(Precision::name));
        }
        select.facet("actor", query.actors.iter().map(EntityId::as_str));
        select.facet("place", query.places.iter().map(EntityId::as_str));
        select.facet("theme", query.themes.iter().map(EntityId::as_str));
        select.facet("topic", query.topics.iter().map(TopicId::as_str));
        select.facet("source", query.sources.iter().map(SourceId::as_str));
        select.facet("lang", query.langs.iter().map(|lang| lang.tag()));
        if let Some(today) = query.overdue {
            select.and("event.status = 'planned' and event.last < ?", [row::iso_day(today).into()]);
        }
        if let Some(since) = query.changed_since {
            select.and("event.changed >= ?", [since.timestamp_millis().into()]);
        }
        if let Some(text) = &query.text {
            let expression = Terms::read(text).expression()?;
            select.and(
                "event.n in (select rowid from event_words where event_words match ?)",
                [expression.into()],
            );
        }
        Some(select)
    }

    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values);
    }

    fn any<'v>(&mut self, column: &str, values: impl Iterator<Item = &'v str>) {
        let values: Vec<Value> = values.map(|value| value.to_owned().into()).collect();
        if !values.is_empty() {
            let marks = vec!["?"; values.len()].join(",");
            self.and(&format!("{column} in ({marks})"), values);
        }
    }

    fn facet<'v>(&mut self, facet: &str, values: impl Iterator<Item = &'v str>) {
        let values: Vec<Value> = values.map(|value| value.to_owned().into()).collect();
        if !values.is_empty() {
            let marks = vec!["?"; values.len()].join(",");
            let condition = format!(
                "exists (select 1 from event_facet where facet = '{facet}' and value in ({marks})
                   and event_facet.length = event.length and event_facet.day = event.day
                   and event_facet.event = event.n)"
            );
            self.and(&condition, values);
        }
    }

    fn days(&mut self, query: &EventQuery) {
        let day = |day: NaiveDate| Value::from(row::iso_day(day));
        if let Some(from) = query.from {
            let condition = match query.matching {
                Match::Overlaps => "(event.last is null or event.last >= ?)",
                Match::Within | Match::Starts => "event.first >= ?",
            };
            self.and(condition, [day(from)]);
        }
        if let Some(to) = query.to {
            let condition = match query.matching {
                Match::Overlaps => "(event.first is null or event.first <= ?)",
                Match::Within => "event.last <= ?",
                Match::Starts => "event.first <= ?",
            };
            self.and(condition, [day(to)]);
        }
        if query.certainty == Certainty::Definite {
            self.definite(query);
        }
    }

    /// Told to the day, or with all the days on which it may lie inside those asked for; an approximate
    /// date may lie some days to either side.
    fn definite(&mut self, query: &EventQuery) {
        let mut inside = Vec::new();
        let mut values = Vec::new();
        let shift = |day: NaiveDate| row::iso_day(day).into();
        if let Some(from) = query.from {
            inside.push("event.first >= iif(event.approximate, ?, ?)");
            values.push(shift(from.checked_add_days(Days::new(ABOUT)).unwrap_or(from)));
            values.push(shift(from));
        }
        if let Some(to) = query.to {
            inside.push("event.last <= iif(event.approximate, ?, ?)");
            values.push(shift(to.checked_sub_days(Days::new(ABOUT)).unwrap_or(to)));
            values.push(shift(to));
        }
        if !inside.is_empty() {
            let inside = inside.join(" and ");
            let condition =
                format!("((event.precision = 'day' and not event.approximate) or ({inside}))");
            self.and(&condition, values);
        }
    }

    /// The statement that lists a page and one more.
    fn list(mut self, query: &EventQuery) -> (String, Vec<Value>) {
        let (beyond, direction) = match query.order {
            Order::Ascending => (">", "asc"),
            Order::Descending => ("<", "desc"),
        };
        let (key, order) = match query.sort {
            Sort::Event => ("event.day", format!("event.day {direction}, event.id {direction}")),
            Sort::Seen => {
                ("event.first_seen", format!("event.first_seen {direction}, event.id {direction}"))
            }
            Sort::Changed => ("event.seq", format!("event.seq {direction}")),
        };
        let id = |id: EventId| Value::from(id.as_bytes().to_vec());
        match query.cursor.filter(|cursor| cursor.sort() == query.sort).map(|cursor| cursor.0) {
            Some(Key::Event(day, event)) => self.and(
                &format!("(event.day, event.id) {beyond} (?, ?)"),
                [row::iso_day(day).into(), id(event)],
            ),
            Some(Key::Seen(millis, event)) => self.and(
                &format!("(event.first_seen, event.id) {beyond} (?, ?)"),
                [millis.into(), id(event)],
            ),
            Some(Key::Changed(seq)) => self.and(&format!("event.seq {beyond} ?"), [seq.into()]),
            None => {}
        }
        self.values.push((i64::from(query.limit) + 1).into());
        let sql = format!(
            "select event.id, event.body, {key} from event where {} order by {order} limit ?",
            self.conditions.join(" and ")
        );
        (sql, self.values)
    }
}
