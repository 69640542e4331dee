//! Derived rows of an event: its facets, the words it is found by, and what is written ahead of it. Brought up
//! to date once before each commit, however many articles of a batch changed the event, and written only where
//! they differ. Words and what is written ahead cost most: what a sweep brings is noted at each commit, and
//! they are written at the end.

use super::{StoreError, Writing, event, mention, ready, row, search};
use crate::{event::Event, model::EventId};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::Arc};

const TABLE: &str = "event";

/// The `facets` column: the rows that an event has in event_facet.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Facets {
    length: i64,
    day: String,
    values: BTreeSet<(String, String)>,
}

/// An event's row, as far as the index needs it.
struct Indexed {
    n: i64,
    id: EventId,
    /// `None` unless readers see it.
    event: Option<Arc<Event>>,
    day: String,
    length: i64,
    /// As they were written last.
    facets: Facets,
    words: i64,
}

impl Indexed {
    /// Where it was written ahead last, if it was.
    fn slot_before(&self) -> Option<i64> {
        ready::slot(self.facets.length, &self.facets.day, self.id)
    }

    fn slot(&self) -> Option<i64> {
        ready::slot(self.length, &self.day, self.id)
    }
}

/// Brings the derived rows of event number `n` up to date.
pub(super) fn refresh(writing: &Writing<'_>, n: i64) -> Result<(), StoreError> {
    // An event whose article was undone with `apart` is not there any more.
    let Some(row) = indexed(writing, n)? else { return Ok(()) };
    if row.slot_before() != row.slot() {
        ready::forget(writing, n, row.slot_before())?;
    }
    refresh_facets(writing, &row)?;
    file(writing, &row)
}

/// As [`refresh`], but for the words and what is written ahead, which are left for [`file_words`]; until then
/// nothing is written ahead.
pub(super) fn refresh_later(writing: &Writing<'_>, n: i64) -> Result<(), StoreError> {
    let Some(row) = indexed(writing, n)? else { return Ok(()) };
    let sql = "insert or ignore into event_unfiled (event) values (?1)";
    if writing.connection().prepare_cached(sql)?.execute([n])? > 0 {
        ready::forget(writing, n, row.slot_before())?;
    }
    refresh_facets(writing, &row)
}

/// Files words that were left, of at most `limit` events; answers of how many.
pub(super) fn file_words(writing: &Writing<'_>, limit: u32) -> Result<usize, StoreError> {
    let sql = "select event from event_unfiled order by event limit ?1";
    let mut statement = writing.connection().prepare_cached(sql)?;
    let unfiled = statement.query_map([limit], |row| row.get(0))?;
    let unfiled: Vec<i64> = unfiled.collect::<Result<_, _>>()?;
    for n in &unfiled {
        match indexed(writing, *n)? {
            Some(row) => file(writing, &row)?,
            None => note_filed(writing, *n)?,
        }
    }
    Ok(unfiled.len())
}

/// Files the words of an event, and writes it ahead.
fn file(writing: &Writing<'_>, row: &Indexed) -> Result<(), StoreError> {
    refresh_words(writing, row)?;
    let shown = row.event.as_deref().filter(|_| writing.keeper().is_some());
    let shown = shown.map(|event| writing.report(event.clone())).transpose()?;
    ready::write(writing, row.n, row.slot(), shown.as_ref())?;
    note_filed(writing, row.n)
}

fn note_filed(writing: &Writing<'_>, n: i64) -> Result<(), StoreError> {
    let sql = "delete from event_unfiled where event = ?1";
    writing.connection().prepare_cached(sql)?.execute([n])?;
    Ok(())
}

fn indexed(writing: &Writing<'_>, n: i64) -> Result<Option<Indexed>, StoreError> {
    let sql =
        "select id, state = 'live', day, length, body, facets, indexed from event where n = ?1";
    let mut statement = writing.connection().prepare_cached(sql)?;
    let mut rows = statement.query([n])?;
    let Some(columns) = rows.next()? else { return Ok(None) };
    let id = EventId::from_bytes(columns.get(0)?);
    let live: bool = columns.get(1)?;
    let event = || match writing.recent().event(n) {
        Some(event) => Ok(event),
        None => event::read(id, mention::text(columns.get_ref(4)?)?).map(Arc::new),
    };
    Ok(Some(Indexed {
        n,
        id,
        event: live.then(event).transpose()?,
        day: columns.get(2)?,
        length: columns.get(3)?,
        facets: row::from_json(TABLE, mention::text(columns.get_ref(5)?)?)?,
        words: columns.get(6)?,
    }))
}

/// Brings facets up to date.
fn refresh_facets(writing: &Writing<'_>, row: &Indexed) -> Result<(), StoreError> {
    let mut facets = Facets { length: row.length, day: row.day.clone(), ..Facets::default() };
    if let Some(event) = &row.event {
        facets.values = facets_of(event);
        let sql = "select article.source, article.lang
                   from event_mention join mention on mention.n = event_mention.mention
                   join article on article.n = mention.article
                   where event_mention.event = ?1 and mention.repeats = 0";
        let mut statement = writing.connection().prepare_cached(sql)?;
        let mut rows = statement.query([row.n])?;
        while let Some(columns) = rows.next()? {
            for (at, facet) in ["source", "lang"].into_iter().enumerate() {
                let value = mention::text(columns.get_ref(at)?)?;
                // Many articles, few sources: what is there already is not copied, nor sorted out by SQLite.
                let is_there =
                    facets.values.iter().any(|known| known.0 == facet && known.1 == value);
                if !is_there {
                    facets.values.insert((facet.to_owned(), value.to_owned()));
                }
            }
        }
    }
    if facets != row.facets {
        write_facets(writing, row.n, &row.facets, &facets)?;
        let sql = "update event set facets = ?2 where n = ?1";
        let facets = row::to_json(TABLE, &facets)?;
        writing.connection().prepare_cached(sql)?.execute(params![row.n, facets])?;
    }
    Ok(())
}

fn refresh_words(writing: &Writing<'_>, row: &Indexed) -> Result<(), StoreError> {
    let mut words = search::Words::default();
    if let Some(event) = &row.event {
        add_names(event, &mut words);
        add_articles(writing, row.n, &mut words)?;
    }
    let hash = words.hash();
    if hash != row.words {
        write_words(writing, row.n, row.words, &words)?;
        let sql = "update event set indexed = ?2 where n = ?1";
        writing.connection().prepare_cached(sql)?.execute([row.n, hash])?;
    }
    Ok(())
}

/// What an event is filed under. A place also stands for the country in which it lies.
pub(super) fn facets_of(event: &Event) -> BTreeSet<(String, String)> {
    let actors = event.parties.iter().map(|party| ("actor", party.who.id.to_string()));
    let places = event
        .place
        .iter()
        .flat_map(|place| std::iter::once(&place.id).chain(&place.country))
        .map(|place| ("place", place.to_string()));
    let themes = event.themes.iter().map(|theme| ("theme", theme.to_string()));
    let topics = event.topics.iter().map(|topic| ("topic", topic.to_string()));
    let kind = ("kind", event.kind.name().to_owned());
    let status = ("status", event.status.name().to_owned());
    let all = actors.chain(places).chain(themes).chain(topics).chain([kind, status]);
    all.map(|(facet, value)| (facet.to_owned(), value)).collect()
}

/// Adds the event's own words.
pub(super) fn add_names(event: &Event, words: &mut search::Words) {
    words.add(&event.headline);
    event.parties.iter().for_each(|party| words.add(&party.who.name));
    event.place.iter().for_each(|place| words.add(&place.name));
}

/// Adds headline and evidence of the articles that tell of the event.
fn add_articles(
    writing: &Writing<'_>,
    n: i64,
    words: &mut search::Words,
) -> Result<(), StoreError> {
    let sql = "select article.title, mention.sentence
               from event_mention join mention on mention.n = event_mention.mention
               join article on article.n = mention.article
               where event_mention.event = ?1 and mention.repeats = 0 order by mention.id";
    let mut statement = writing.connection().prepare_cached(sql)?;
    let mut rows = statement.query([n])?;
    while let Some(columns) = rows.next()? {
        words.add(mention::text(columns.get_ref(0)?)?);
        words.add(mention::text(columns.get_ref(1)?)?);
    }
    Ok(())
}

fn write_facets(
    writing: &Writing<'_>,
    n: i64,
    before: &Facets,
    after: &Facets,
) -> Result<(), StoreError> {
    let moved = (before.length, &before.day) != (after.length, &after.day);
    let each = |sql: &str, of: &Facets, but: &Facets| -> Result<(), StoreError> {
        let mut statement = writing.connection().prepare_cached(sql)?;
        for value in of.values.iter().filter(|value| moved || !but.values.contains(value)) {
            statement.execute(params![value.0, value.1, of.length, of.day, n])?;
        }
        Ok(())
    };
    each(
        "delete from event_facet
         where facet = ?1 and value = ?2 and length = ?3 and day = ?4 and event = ?5",
        before,
        after,
    )?;
    each(
        "insert into event_facet (facet, value, length, day, event) values (?1,?2,?3,?4,?5)",
        after,
        before,
    )
}

fn write_words(
    writing: &Writing<'_>,
    n: i64,
    before: i64,
    words: &search::Words,
) -> Result<(), StoreError> {
    if before != 0 {
        writing
            .connection()
            .prepare_cached("delete from event_words where rowid = ?1")?
            .execute([n])?;
    }
    if words.hash() != 0 {
        writing
            .connection()
            .prepare_cached("insert into event_words (rowid, words, tails) values (?1, ?2, ?3)")?
            .execute(params![n, words.words(), words.tails()])?;
    }
    Ok(())
}
