//! Connections for reading, and what can be asked of the database as a whole.

use super::{Options, StoreError, ready::Keeper, row, writer::STATEMENTS};
use crate::model::ArticleId;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    cell::Cell,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Read-only connections, kept between reads. When all are out another one is opened, so that no read
/// waits for a read; those beyond the number to keep are closed again.
#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    busy_timeout: Duration,
    keep: usize,
    limit: Option<Duration>,
    mapped: bool,
    keeper: Option<Keeper>,
    idle: Mutex<Vec<Reader>>,
}

/// A connection, and when what it does must be done.
#[derive(Debug)]
struct Reader {
    connection: Connection,
    deadline: Arc<Mutex<Option<Instant>>>,
}

/// After how many steps of its machine SQLite looks whether the time is over: some hundredths of a
/// millisecond.
const STEPS: i32 = 4096;

/// The most bytes of the file that are mapped.
const MAPPED: i64 = 1 << 40;

impl Readers {
    pub(super) fn new(options: &Options, keeper: Option<Keeper>) -> Self {
        Self {
            path: options.path.clone(),
            busy_timeout: options.busy_timeout,
            keep: options.readers,
            limit: options.read_limit,
            mapped: options.mapped,
            keeper,
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
        let reader = match idle {
            Some(reader) => reader,
            None => self.open()?,
        };
        reader.until(self.limit.and_then(|limit| Instant::now().checked_add(limit)));
        reader.connection.prepare_cached("begin")?.execute([])?;
        let result = job(&Reading::new(&reader.connection, self.keeper));
        reader.until(None);
        reader.connection.prepare_cached("commit")?.execute([])?;
        let mut idle = self.idle();
        if idle.len() < self.keep {
            idle.push(reader);
        }
        result
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<Reader, StoreError> {
        let fault = |source| StoreError::Open { path: self.path.clone(), source };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&self.path, flags).map_err(fault)?;
        connection.busy_timeout(self.busy_timeout).map_err(fault)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        plan_once(&connection).map_err(fault)?;
        if self.mapped {
            connection.pragma_update(None, "mmap_size", MAPPED).map_err(fault)?;
        }
        let deadline = Arc::<Mutex<Option<Instant>>>::default();
        let seen = Arc::clone(&deadline);
        let is_over = move || {
            let deadline = *seen.lock().unwrap_or_else(PoisonError::into_inner);
            deadline.is_some_and(|deadline| Instant::now() > deadline)
        };
        connection.progress_handler(STEPS, Some(is_over)).map_err(fault)?;
        Ok(Reader { connection, deadline })
    }
}

impl Reader {
    fn until(&self, deadline: Option<Instant>) {
        *self.deadline.lock().unwrap_or_else(PoisonError::into_inner) = deadline;
    }
}

/// Keeps the plan of a statement whatever values it is asked with. Where there are statistics, SQLite would
/// else prepare it anew for each set of values, which costs more than what our statements do.
pub(super) fn plan_once(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// What can be asked, over one moment of the database.
#[derive(Debug)]
pub struct Reading<'c> {
    connection: &'c Connection,
    keeper: Option<Keeper>,
    /// The article whose number was asked for last: what is done with one asks for it again and again.
    last_article: Cell<Option<(ArticleId, i64)>>,
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
    pub(super) const fn new(connection: &'c Connection, keeper: Option<Keeper>) -> Self {
        Self { connection, keeper, last_article: Cell::new(None) }
    }

    /// What is kept ready.
    pub(super) const fn keeper(&self) -> Option<Keeper> {
        self.keeper
    }

    pub(super) const fn last_article(&self) -> &Cell<Option<(ArticleId, i64)>> {
        &self.last_article
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

    /// When what is served changed last; 1970 while nothing is.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds what it should not.
    pub fn changed(&self) -> Result<DateTime<Utc>, StoreError> {
        let mut statement = self.connection.prepare_cached("select changed from sequence")?;
        row::instant("sequence", statement.query_row([], |row| row.get(0))?)
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
            revisions: count("select count(*) from event_revision where minor = 0")?,
            first: day("select min(day) from event where state = 'live'")?,
            last: day("select max(day) from event where state = 'live'")?,
        })
    }
}
