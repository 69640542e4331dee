//! The database: articles, what they claim, the events made of it, and their history.
//!
//! SQLite in WAL mode. One thread owns the only connection that writes, so that no two of ours ever wait
//! for a lock; each read has a read-only connection of its own and sees one moment of the database. The
//! functions here take and give domain types; SQL and the types of rows stay inside.
//!
//! Invariants: an article with its claims and what they change is wholly in or wholly out, whatever kills
//! the program; every id that was ever given out leads somewhere; nothing in a row depends on chance.

mod article;
mod as_of;
mod correction;
mod counts;
mod cursor;
mod dump;
mod error;
mod event;
mod history;
mod index;
mod known;
mod ledger;
mod load;
mod mention;
mod migrate;
mod query;
mod reader;
mod ready;
mod recent;
mod row;
mod search;
mod select;
mod source;
mod touched;
mod writer;

pub use article::{KnownArticle, Outcome, Stored, StoredArticle};
pub use counts::{Count, Counts};
pub use cursor::{Cursor, CursorError};
pub use dump::Instants;
pub use error::StoreError;
pub use history::{HistoryEntry, HistoryQuery, HistoryStep, Lookup};
pub use query::{Certainty, EventQuery, Match, Order, Page, Sort};
pub use reader::{Reading, Stats};
pub use ready::{FORMS, Ready};
pub use source::SourceState;
pub use writer::Writing;

use reader::Readers;
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{SyncSender, sync_channel},
    },
    time::Duration,
};
use writer::Writer;

/// Where the database lies and how it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The file; its directory is made where it is missing.
    pub path: PathBuf,
    /// How long to wait for another program that holds the database.
    pub busy_timeout: Duration,
    /// How many connections for reading are kept open between reads.
    pub readers: usize,
    /// How long one read may take; without end where absent.
    pub read_limit: Option<Duration>,
    /// Whether reads go through a map of the file, as suits a service: a list of a large database lies on some ten
    /// pages, and to ask the system for each costs a third of the rest. A disk that fails while it is read then ends
    /// the program (<https://www.sqlite.org/mmap.html>).
    pub mapped: bool,
    /// What is kept ready of each event; nothing where absent.
    pub ready: Option<Ready>,
    /// How much is written at a time.
    pub pace: Pace,
}

/// How much is written at a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pace {
    /// A little, in little memory.
    #[default]
    Steady,
    /// A whole database: half a gigabyte of memory and as much of a write-ahead log spare most of the disk.
    Filling,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            path: PathBuf::from("dateline.db"),
            busy_timeout: Duration::from_secs(5),
            readers: 4,
            read_limit: None,
            mapped: false,
            ready: None,
            pace: Pace::default(),
        }
    }
}

/// The database. Clones share it; the last one to go closes it.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    readers: Readers,
    writer: Writer,
}

impl Store {
    /// Opens the database, makes it where it is missing, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be opened, is another program's, was written by a newer dateline,
    /// or a migration fails.
    pub fn open(options: &Options) -> Result<Self, StoreError> {
        let path = options.path.clone();
        if let Some(directory) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            std::fs::create_dir_all(directory)
                .map_err(|source| StoreError::Directory { path: directory.to_owned(), source })?;
        }
        let (writer, keeper) = Writer::start(options)?;
        let readers = Readers::new(options, keeper);
        Ok(Self { inner: Arc::new(Inner { path, readers, writer }) })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// How many jobs of this process were written. While it stays the same, only another
    /// program can have changed anything.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.inner.writer.writes()
    }

    /// Runs `job` on the writing thread, inside one transaction; waits without holding a thread.
    ///
    /// The job is written when this returns `Ok`, and leaves nothing behind when it returns an error or
    /// panics. A caller that stops waiting does not stop the job.
    ///
    /// # Errors
    /// What the job returns; [`StoreError::Panicked`] when it panics; [`StoreError::Sqlite`] when it
    /// cannot be committed.
    pub async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Writing<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (give, take) = tokio::sync::oneshot::channel();
        self.inner.writer.send(job, move |result| drop(give.send(result)))?;
        let result = take.await.unwrap_or(Err(StoreError::Closed));
        result.map_err(|error| error.at(&self.inner.path))
    }

    /// As [`Store::write`], for a job that says beside its value whether what it wrote is kept.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_if<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Writing<'_>) -> Result<(T, bool), StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (give, take) = tokio::sync::oneshot::channel();
        self.inner.writer.send_if(job, move |result| drop(give.send(result)))?;
        let result = take.await.unwrap_or(Err(StoreError::Closed));
        result.map_err(|error| error.at(&self.inner.path))
    }

    /// As [`Store::write`], for callers that are not asynchronous; the calling thread waits.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_blocking<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Writing<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.wait(|writer, give| writer.send(job, move |result| drop(give.send(result))))
    }

    /// Runs `job` on the calling thread over one moment of the database. A page takes well under a
    /// millisecond, less than a hop to another thread would cost: call it from asynchronous code as well.
    ///
    /// # Errors
    /// What the job returns; [`StoreError::Open`] when no connection can be opened; [`StoreError::TooLong`]
    /// when it takes longer than [`Options::read_limit`].
    pub fn read<T>(
        &self,
        job: impl FnOnce(&Reading<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.inner.readers.read(job).map_err(|error| error.at(&self.inner.path))
    }

    /// As [`Store::read`], on the writing thread, for what a job is about to write: the pages of the file that are
    /// read stay there for it. The calling thread waits for its turn.
    ///
    /// # Errors
    /// What the job returns; [`StoreError::Panicked`] when it panics.
    pub fn read_to_write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Reading<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.wait(|writer, give| writer.ask(job, move |result| drop(give.send(result))))
    }

    /// Hands a job over by `hand_over`; the calling thread waits for what comes of it.
    fn wait<T>(
        &self,
        hand_over: impl FnOnce(&Writer, SyncSender<Result<T, StoreError>>) -> Result<(), StoreError>,
    ) -> Result<T, StoreError> {
        let (give, take) = sync_channel(1);
        hand_over(&self.inner.writer, give)?;
        let result = take.recv().unwrap_or(Err(StoreError::Closed));
        result.map_err(|error| error.at(&self.inner.path))
    }

    /// Files the words of events that were left by [`Writing::file_words_later`]. Many at a time share a
    /// transaction; others come in between.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn file_words(&self) -> Result<(), StoreError> {
        const AT_ONCE: u32 = 512;
        while self.write(|writing| writing.file_words(AT_ONCE)).await? > 0 {}
        Ok(())
    }

    /// What is done from time to time: folds the write-ahead log into the file, and refreshes what the
    /// query planner knows.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the database fails.
    pub async fn upkeep(&self) -> Result<(), StoreError> {
        let (give, take) = tokio::sync::oneshot::channel();
        self.inner.writer.upkeep(move |result| drop(give.send(result)))?;
        let result = take.await.unwrap_or(Err(StoreError::Closed));
        result.map_err(|error| error.at(&self.inner.path))
    }
}
