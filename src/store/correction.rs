//! What an analyst corrected.

use super::{
    Reading, StoreError, Writing, mention,
    row::{self, DateRow, EntityRow, PartyRow},
};
use crate::{
    event::{Cause, Corrected, Correction, Fix, Ruling},
    model::{CorrectionId, EventId},
};
use rusqlite::{OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

const TABLE: &str = "correction";

/// A [`Fix`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum FixRow {
    Hide,
    Date(DateRow),
    Kind(String),
    Status(String),
    Parties(Vec<PartyRow>),
    Place(Option<EntityRow>),
    Merge(String),
    Split { articles: Vec<String>, into: String },
    Undo(String),
}

impl FixRow {
    fn of(fix: &Fix) -> Self {
        match fix {
            Fix::Hide => Self::Hide,
            Fix::Date(when) => Self::Date(DateRow::of(when)),
            Fix::Kind(kind) => Self::Kind(kind.name().to_owned()),
            Fix::Status(status) => Self::Status(status.name().to_owned()),
            Fix::Parties(parties) => Self::Parties(parties.iter().map(PartyRow::of).collect()),
            Fix::Place(place) => Self::Place(place.as_ref().map(EntityRow::of)),
            Fix::Merge(into) => Self::Merge(into.to_string()),
            Fix::Split { articles, into } => Self::Split {
                articles: articles.iter().map(ToString::to_string).collect(),
                into: into.to_string(),
            },
            Fix::Undo(correction) => Self::Undo(correction.to_string()),
        }
    }

    fn into_fix(self) -> Result<Fix, StoreError> {
        Ok(match self {
            Self::Hide => Fix::Hide,
            Self::Date(when) => Fix::Date(when.into_resolved(TABLE)?),
            Self::Kind(kind) => Fix::Kind(row::kind(TABLE, &kind)?),
            Self::Status(status) => Fix::Status(row::status(TABLE, &status)?),
            Self::Parties(parties) => Fix::Parties(row::parties(TABLE, parties)?),
            Self::Place(place) => Fix::Place(place.map(EntityRow::into_entity)),
            Self::Merge(into) => Fix::Merge(row::parse(TABLE, &into)?),
            Self::Split { articles, into } => Fix::Split {
                articles: articles
                    .iter()
                    .map(|article| row::parse(TABLE, article))
                    .collect::<Result<_, _>>()?,
                into: row::parse(TABLE, &into)?,
            },
            Self::Undo(correction) => Fix::Undo(row::parse(TABLE, &correction)?),
        })
    }
}

impl Writing<'_> {
    /// Keeps a correction, with all that [`crate::event::correct`] found it to change.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn correct(&self, corrected: &Corrected) -> Result<(), StoreError> {
        let Corrected { ruling, changes } = corrected;
        let Correction { id, reason, recorded, .. } = &ruling.correction;
        let cause = Cause::Correction { id: *id, reason: reason.clone() };
        self.put_ruling(ruling)?;
        self.change(changes, Some(&cause), *recorded)?;
        // A split makes the event on which it bears, so these are noted last.
        self.bear(ruling)
    }

    /// Writes the row of a correction.
    pub(super) fn put_ruling(&self, ruling: &Ruling) -> Result<(), StoreError> {
        let Correction { id, event, fix, reason, recorded } = &ruling.correction;
        let sql =
            "insert into correction (id, event, fix, reason, recorded) values (?1,?2,?3,?4,?5)";
        self.connection().prepare_cached(sql)?.execute(params![
            id.as_bytes(),
            event.as_bytes(),
            row::to_json(TABLE, &FixRow::of(fix))?,
            reason,
            recorded.timestamp_millis(),
        ])?;
        Ok(())
    }

    /// Notes on which events a correction bears, or that the one that it undoes bears on none any longer.
    pub(super) fn bear(&self, ruling: &Ruling) -> Result<(), StoreError> {
        if let Fix::Undo(undone) = &ruling.correction.fix {
            let sql = "delete from correction_event
                       where correction = (select n from correction where id = ?1)";
            self.connection().prepare_cached(sql)?.execute([undone.as_bytes()])?;
            return Ok(());
        }
        let sql = "insert into correction_event (event, correction)
                   select ?1, n from correction where id = ?2";
        for event in &ruling.on {
            let number = self.event_number(*event)?;
            let id = ruling.correction.id.as_bytes();
            self.connection().prepare_cached(sql)?.execute(params![number, id])?;
        }
        Ok(())
    }

    /// Lets the corrections of an event bear on the one into which it was merged.
    pub(super) fn move_rulings(&self, event: i64, into: i64) -> Result<(), StoreError> {
        for sql in [
            "insert or ignore into correction_event (event, correction)
             select ?2, correction from correction_event where event = ?1",
            "delete from correction_event where event = ?1 and ?2",
        ] {
            self.connection().prepare_cached(sql)?.execute([event, into])?;
        }
        Ok(())
    }
}

impl Reading<'_> {
    /// The corrections in force that bear on any of `events`, in the order in which they were made.
    pub(super) fn rulings_on(&self, events: &[EventId]) -> Result<Vec<Ruling>, StoreError> {
        let mut any = self.connection().prepare_cached("select 1 from correction_event limit 1")?;
        if !any.exists([])? {
            return Ok(Vec::new());
        }
        let sql = "select correction from correction_event join event on event.n = event
                   where event.id = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut numbers = std::collections::BTreeSet::new();
        for event in events {
            let mut rows = statement.query([event.as_bytes()])?;
            while let Some(columns) = rows.next()? {
                numbers.insert(columns.get::<_, i64>(0)?);
            }
        }
        numbers.into_iter().map(|number| self.ruling(number)).collect()
    }

    /// All corrections in the order in which they were made, each with the events on which it bears today:
    /// none where it was undone, and where it undoes another.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn corrections(&self) -> Result<Vec<Ruling>, StoreError> {
        let mut statement =
            self.connection().prepare_cached("select n from correction order by n")?;
        let numbers = statement.query_map([], |row| row.get(0))?;
        let numbers: Vec<i64> = numbers.collect::<Result<_, _>>()?;
        numbers.into_iter().map(|number| self.ruling(number)).collect()
    }

    /// A key for a correction of an event that was not given to one before. The same corrections, made in the
    /// same order, have the same keys.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn new_correction(&self, event: EventId, fix: &Fix) -> Result<CorrectionId, StoreError> {
        let fix = row::to_json(TABLE, &FixRow::of(fix))?;
        for times in 0..=u32::MAX {
            let parts: [&[u8]; 4] =
                [b"correction", event.as_bytes(), fix.as_bytes(), &times.to_le_bytes()];
            let id = CorrectionId::of(&parts);
            if self.reason(id)?.is_none() {
                return Ok(id);
            }
        }
        Err(StoreError::row(TABLE, format!("`{event}` was corrected too often")))
    }

    /// The reason that was given for a correction; `None` when there is none of that key.
    pub(super) fn reason(&self, id: CorrectionId) -> Result<Option<String>, StoreError> {
        let mut statement =
            self.connection().prepare_cached("select reason from correction where id = ?1")?;
        Ok(statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// The cause with this key: a correction, or else an article.
    pub(super) fn cause(&self, key: [u8; 16]) -> Result<Cause, StoreError> {
        let id = CorrectionId::from_bytes(key);
        Ok(match self.reason(id)? {
            Some(reason) => Cause::Correction { id, reason },
            None => Cause::Article(crate::model::ArticleId::from_bytes(key)),
        })
    }

    fn ruling(&self, number: i64) -> Result<Ruling, StoreError> {
        let sql = "select id, event, fix, reason, recorded from correction where n = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query([number])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreError::Missing { what: TABLE, id: number.to_string() })?;
        let correction = correction(row)?;
        let sql = "select event.id from correction_event join event on event.n = event
                   where correction = ?1 order by event.id";
        let mut statement = self.connection().prepare_cached(sql)?;
        let on = statement.query_map([number], |row| row.get(0))?;
        let on = on.map(|id| Ok(EventId::from_bytes(id?))).collect::<Result<_, StoreError>>()?;
        Ok(Ruling { correction, on })
    }
}

fn correction(columns: &Row<'_>) -> Result<Correction, StoreError> {
    Ok(Correction {
        id: CorrectionId::from_bytes(columns.get(0)?),
        event: EventId::from_bytes(columns.get(1)?),
        fix: fix(mention::text(columns.get_ref(2)?)?)?,
        reason: columns.get(3)?,
        recorded: row::instant(TABLE, columns.get(4)?)?,
    })
}

/// What was decided, from its JSON.
pub(super) fn fix(text: &str) -> Result<Fix, StoreError> {
    row::from_json::<FixRow>(TABLE, text)?.into_fix()
}
