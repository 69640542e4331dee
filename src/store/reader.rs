//! Connections for reading, and what can be asked of the database as a whole.

use super::{Options, StoreError, writer::STATEMENTS};
use chrono::NaiveDate;
use rusqlite::{Connection, OpenFlags};
use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Read-only connections, kept between reads. When all are out another one is opened, so that no read
/// waits for a read; those beyond the number to keep are closed again.
#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    busy_timeout: Duration,
    keep: usize,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            path: options.path.clone(),
            busy_timeout: options.busy_timeout,
            keep: options.readers,
            idle: Mutex::default(),
        }
    }

    /// Runs `job` in a transaction, so that all it asks is answered as of one moment. Should it panic, its
    /// connection is closed and not used again.
    pub(super) fn read<T>(
        &self,
        job: impl FnOnce(&Reading<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        connection.prepare_cached("begin")?.execute([])?;
        let result = job(&Reading::new(&connection));
        connection.prepare_cached("commit")?.execute([])?;
        let mut idle = self.idle();
        if idle.len() < self.keep {
            idle.push(connection);
        }
        result
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let fault = |source| StoreError::Open { path: self.path.clone(), source };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(fault)?;
        connection.busy_timeout(self.busy_timeout).map_err(fault)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    }
}

/// What can be asked, over one moment of the database.
#[derive(Debug)]
pub struct Reading<'c> {
    connection: &'c Connection,
}

/// How much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Articles stored.
    pub articles: u64,
    /// Those that fit a topic.
    pub relevant: u64,
    /// Those that could not be read.
    pub faulty: u64,
    /// Claims.
    pub mentions: u64,
    /// Events that are served.
    pub events: u64,
    /// Ids that lead to another event.
    pub merged: u64,
    /// Events that no article claims any longer.
    pub withdrawn: u64,
    /// Changes that readers could see.
    pub revisions: u64,
    /// The day under which the earliest event is listed.
    pub first: Option<NaiveDate>,
    /// The day under which the latest event is listed.
    pub last: Option<NaiveDate>,
}

impl<'c> Reading<'c> {
    pub(super) const fn new(connection: &'c Connection) -> Self {
        Self { connection }
    }

    pub(super) const fn connection(&self) -> &'c Connection {
        self.connection
    }

    /// A number that grows with every change of what is served: the same number, the same answers.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn revision(&self) -> Result<u64, StoreError> {
        self.sequence().map(i64::unsigned_abs)
    }

    pub(super) fn sequence(&self) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached("select last from sequence")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// How much there is. Counts rows: cheap for a page that is seldom asked for, not for every request.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            let count: i64 =
                self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        };
        let day = |sql: &str| -> Result<Option<NaiveDate>, StoreError> {
            let text: Option<String> =
                self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(text.and_then(|text| text.parse().ok()))
        };
        Ok(Stats {
            articles: count("select count(*) from article")?,
            relevant: count("select count(*) from article where relevant")?,
            faulty: count("select count(*) from article where fault is not null")?,
            mentions: count("select count(*) from mention")?,
            events: count("select count(*) from event where state = 'live'")?,
            merged: count("select count(*) from event where state = 'merged'")?,
            withdrawn: count("select count(*) from event where state = 'withdrawn'")?,
            revisions: count("select count(*) from event_revision")?,
            first: day("select min(day) from event where state = 'live'")?,
            last: day("select max(day) from event where state = 'live'")?,
        })
    }
}
