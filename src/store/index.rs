//! Derived rows of an event: its facets, and the words it is found by. Brought up to date once before each
//! commit, however many articles of a batch changed the event, and written only where they differ.

use super::{StoreError, Writing, event, mention, ready, row, search};
use crate::{event::Event, model::EventId};
use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    id: EventId,
    live: bool,
    day: String,
    length: i64,
    body: String,
    facets: String,
    words: i64,
}

/// Brings the derived rows of event number `n` up to date.
pub(super) fn refresh(writing: &Writing<'_>, n: i64) -> Result<(), StoreError> {
    let sql =
        "select id, state = 'live', day, length, body, facets, indexed from event where n = ?1";
    let row = writing.connection().prepare_cached(sql)?.query_row([n], |row| {
        Ok(Indexed {
            id: EventId::from_bytes(row.get(0)?),
            live: row.get(1)?,
            day: row.get(2)?,
            length: row.get(3)?,
            body: row.get(4)?,
            facets: row.get(5)?,
            words: row.get(6)?,
        })
    });
    // An event whose article was undone with `apart` is not there any more.
    let Some(row) = row.optional()? else { return Ok(()) };
    let before: Facets = row::from_json(TABLE, &row.facets)?;
    let mut facets = Facets { length: row.length, day: row.day.clone(), ..Facets::default() };
    let mut words = search::Words::default();
    let mut shown = None;
    if row.live {
        let event = event::read(row.id, &row.body)?;
        facets.values = facets_of(&event);
        add_names(&event, &mut words);
        add_articles(writing, n, &mut facets, &mut words)?;
        shown = writing.keeper().map(|_| writing.report(event)).transpose()?;
    }
    let place = ready::Place {
        n,
        before: ready::slot(before.length, &before.day, row.id),
        now: ready::slot(facets.length, &facets.day, row.id),
    };
    ready::refresh(writing, place, shown.as_ref())?;
    let hash = words.hash();
    if facets != before {
        write_facets(writing, n, &before, &facets)?;
    }
    if hash != row.words {
        write_words(writing, n, row.words, &words)?;
    }
    if facets != before || hash != row.words {
        let sql = "update event set facets = ?2, indexed = ?3 where n = ?1";
        let facets = row::to_json(TABLE, &facets)?;
        writing.connection().prepare_cached(sql)?.execute(params![n, facets, hash])?;
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

/// Adds source, language, headline and evidence of the articles that tell of the event.
fn add_articles(
    writing: &Writing<'_>,
    n: i64,
    facets: &mut Facets,
    words: &mut search::Words,
) -> Result<(), StoreError> {
    let sql = "select article.source, article.lang, article.title, mention.sentence
               from event_mention join mention on mention.n = event_mention.mention
               join article on article.n = mention.article
               where event_mention.event = ?1 and mention.repeats = 0 order by mention.id";
    let mut statement = writing.connection().prepare_cached(sql)?;
    let mut rows = statement.query([n])?;
    while let Some(columns) = rows.next()? {
        facets.values.insert(("source".to_owned(), columns.get(0)?));
        facets.values.insert(("lang".to_owned(), columns.get(1)?));
        words.add(mention::text(columns.get_ref(2)?)?);
        words.add(mention::text(columns.get_ref(3)?)?);
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
