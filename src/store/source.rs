//! What is remembered of a source between sweeps.

use super::{Reading, StoreError, Writing, row};
use crate::model::SourceId;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension as _, Row, params};

/// What is remembered of a source between sweeps. Nothing of it is shown with events, so it may change
/// without making pages new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceState {
    /// The validator to send as If-None-Match.
    pub etag: Option<String>,
    /// The validator to send as If-Modified-Since, as the server wrote it.
    pub last_modified: Option<String>,
    /// Hash of the last body: the same body again needs no reading.
    pub body_hash: Option<[u8; 32]>,
    /// Failures since the last success.
    pub failures: u32,
    /// Why it failed last; kept after a success until the next failure replaces it.
    pub last_error: Option<String>,
    /// When it was asked last.
    pub last_attempt: Option<DateTime<Utc>>,
    /// When it answered last.
    pub last_success: Option<DateTime<Utc>>,
    /// When its youngest article was published.
    pub last_item: Option<DateTime<Utc>>,
    /// When it is due again.
    pub next_check: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "source, etag, last_modified, body_hash, failures, last_error, last_attempt, last_success, last_item, next_check";

impl Reading<'_> {
    /// What is remembered of a source; `None` when it was never asked.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn source_state(&self, source: &SourceId) -> Result<Option<SourceState>, StoreError> {
        let sql = format!("select {COLUMNS} from source_state where source = ?1");
        let state = self.connection().prepare_cached(&sql)?.query_row([source.as_str()], read);
        Ok(state.optional()?.transpose()?.map(|(_, state)| state))
    }

    /// What is remembered of all sources, in the order of their ids; also of those that are no longer in
    /// the configuration.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn sources(&self) -> Result<Vec<(SourceId, SourceState)>, StoreError> {
        let sql = format!("select {COLUMNS} from source_state order by source");
        let mut statement = self.connection().prepare_cached(&sql)?;
        statement.query_map([], read)?.map(|state| state?).collect()
    }
}

impl Writing<'_> {
    /// Remembers `state` in place of what was remembered.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn put_source_state(
        &self,
        source: &SourceId,
        state: &SourceState,
    ) -> Result<(), StoreError> {
        let millis = |at: Option<DateTime<Utc>>| at.map(|at| at.timestamp_millis());
        let sql = format!(
            "replace into source_state ({COLUMNS}) values (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)"
        );
        self.connection().prepare_cached(&sql)?.execute(params![
            source.as_str(),
            state.etag,
            state.last_modified,
            state.body_hash,
            state.failures,
            state.last_error,
            millis(state.last_attempt),
            millis(state.last_success),
            millis(state.last_item),
            millis(state.next_check),
        ])?;
        Ok(())
    }
}

fn read(columns: &Row<'_>) -> rusqlite::Result<Result<(SourceId, SourceState), StoreError>> {
    const TABLE: &str = "source_state";
    let id: String = columns.get(0)?;
    let mut instants = [None; 4];
    for (slot, column) in instants.iter_mut().zip(6..) {
        *slot = columns.get::<_, Option<i64>>(column)?;
    }
    let mut state = SourceState {
        etag: columns.get(1)?,
        last_modified: columns.get(2)?,
        body_hash: columns.get(3)?,
        failures: columns.get(4)?,
        last_error: columns.get(5)?,
        ..SourceState::default()
    };
    Ok((|| {
        let [attempt, success, item, check] = instants;
        let instant = |at: Option<i64>| at.map(|at| row::instant(TABLE, at)).transpose();
        state.last_attempt = instant(attempt)?;
        state.last_success = instant(success)?;
        state.last_item = instant(item)?;
        state.next_check = instant(check)?;
        let id = SourceId::new(&id).map_err(|error| StoreError::row(TABLE, error))?;
        Ok((id, state))
    })())
}
