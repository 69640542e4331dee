//! The one thread that writes, and what a job may do there.

use super::{
    Options, Pace, Reading, StoreError, index, migrate, reader::plan_once, ready::Keeper,
    recent::Recent, touched::Touched,
};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    fmt,
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
};

/// Statements kept ready by a connection; more than there are in the code.
pub(super) const STATEMENTS: usize = 256;

type Job = Box<dyn FnOnce(&mut Desk) + Send>;

/// What the writing thread works with.
struct Desk {
    connection: Connection,
    recent: Recent,
    keeper: Option<Keeper>,
}

/// The thread and the way to it.
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    /// Jobs done.
    done: Arc<AtomicU64>,
}

impl Writer {
    /// Opens the database, and answers with it what is kept ready there.
    pub(super) fn start(options: &Options) -> Result<(Self, Option<Keeper>), StoreError> {
        let connection = open(options)?;
        let fault = |source| StoreError::Open { path: options.path.clone(), source };
        let keeper = options.ready.map(|ready| Keeper::new(&connection, ready));
        let keeper = keeper.transpose().map_err(fault)?;
        let mut desk = Desk { connection, recent: Recent::default(), keeper };
        let (jobs, queue) = mpsc::channel::<Job>();
        let done = Arc::<AtomicU64>::default();
        let thread = thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || queue.iter().for_each(|job| job(&mut desk)))
            .map_err(|source| StoreError::Directory { path: options.path.clone(), source })?;
        Ok((Self { jobs: Some(jobs), thread: Some(thread), done }, keeper))
    }

    pub(super) fn writes(&self) -> u64 {
        self.done.load(Ordering::Acquire)
    }

    /// Hands over a job; `answer` gets what comes of it, on the writing thread.
    pub(super) fn send<T>(
        &self,
        job: impl FnOnce(&Writing<'_>) -> Result<T, StoreError> + Send + 'static,
        answer: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        let done = Arc::clone(&self.done);
        self.run(move |desk| {
            let result = transact(desk, job);
            done.fetch_add(1, Ordering::Release);
            answer(result);
        })
    }

    /// As [`Writer::send`], for a job that says whether what it wrote is kept.
    pub(super) fn send_if<T>(
        &self,
        job: impl FnOnce(&Writing<'_>) -> Result<(T, bool), StoreError> + Send + 'static,
        answer: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.run(move |desk| answer(transact_if(desk, job)))
    }

    /// Hands over a job that only reads, over one moment of the database.
    pub(super) fn ask<T>(
        &self,
        job: impl FnOnce(&Reading<'_>) -> Result<T, StoreError> + Send + 'static,
        answer: impl FnOnce(Result<T, StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.run(move |desk| {
            let read = || {
                let transaction = desk.connection.transaction()?;
                let result = guarded(|| job(&Reading::new(&transaction, desk.keeper)));
                transaction.finish()?;
                result
            };
            answer(read());
        })
    }

    pub(super) fn upkeep(
        &self,
        answer: impl FnOnce(Result<(), StoreError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.run(move |desk| {
            let done =
                desk.connection.execute_batch("pragma optimize; pragma wal_checkpoint(truncate)");
            answer(done.map_err(StoreError::from));
        })
    }

    fn run(&self, job: impl FnOnce(&mut Desk) + Send + 'static) -> Result<(), StoreError> {
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(Box::new(job)).map_err(|_| StoreError::Closed)
    }
}

impl Drop for Writer {
    /// Waits for the jobs that were handed over, so that nothing promised is lost and the file is closed
    /// when the last [`super::Store`] is gone.
    fn drop(&mut self) {
        self.jobs.take();
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            // A thread that ended by a panic has nothing left to tell.
            drop(thread.join());
        }
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

fn open(options: &Options) -> Result<Connection, StoreError> {
    let path: &Path = &options.path;
    let fault = |source| StoreError::Open { path: path.to_owned(), source };
    let mut connection = Connection::open(path).map_err(fault)?;
    connection.busy_timeout(options.busy_timeout).map_err(fault)?;
    // A page of a list is some 70 kB of pieces that lie side by side: with pages of 16 KiB it is read in a
    // quarter of the calls, and pieces of 6 kB waste little of them. Holds for files that are made now.
    // Articles that come one after the other write to the same pages of most tables: the more of them share a fold of
    // the write-ahead log (64 MiB) and the pages in memory, the fewer pages are written twice.
    // NORMAL: a commit is safe from a crash of the program at once, from a power cut at the next
    // checkpoint; never is the file damaged, and what is lost comes again with the next sweep. FULL costs
    // a disk flush at each article.
    connection
        .execute_batch(
            "pragma page_size = 16384; pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = off;
             pragma cache_size = -28000; pragma wal_autocheckpoint = 4000",
        )
        .map_err(fault)?;
    if options.pace == Pace::Filling {
        connection
            .execute_batch("pragma cache_size = -512000; pragma wal_autocheckpoint = 32000")
            .map_err(fault)?;
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    plan_once(&connection).map_err(fault)?;
    // A migration makes tables anew: what hangs on the old ones must not go with them, and what it sorts may be
    // more than fits into memory.
    migrate::migrate(&mut connection, path)?;
    connection
        .execute_batch("pragma foreign_keys = on; pragma temp_store = memory")
        .map_err(fault)?;
    Ok(connection)
}

/// One job in one transaction. IMMEDIATE: a transaction that reads first and writes later would fail when
/// another program has written between.
fn transact<T>(
    desk: &mut Desk,
    job: impl FnOnce(&Writing<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    transact_if(desk, |writing| Ok((job(writing)?, true)))
}

/// As [`transact`]; what the job does not want to keep is undone.
fn transact_if<T>(
    desk: &mut Desk,
    job: impl FnOnce(&Writing<'_>) -> Result<(T, bool), StoreError>,
) -> Result<T, StoreError> {
    let Desk { connection, recent, keeper } = desk;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let result = guarded(|| {
        let writing = Writing::new(&transaction, recent, *keeper)?;
        let (value, keep) = job(&writing)?;
        if keep {
            writing.finish()?;
        }
        Ok((value, keep))
    });
    match result {
        Ok((value, true)) => match transaction.commit() {
            Ok(()) => Ok(value),
            Err(error) => {
                recent.forget_all();
                Err(error.into())
            }
        },
        Ok((value, false)) => {
            recent.forget_all();
            transaction.rollback()?;
            Ok(value)
        }
        Err(error) => {
            recent.forget_all();
            Err(error)
        }
    }
}

/// Runs `job`; a panic becomes an error.
fn guarded<T>(job: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        Err(StoreError::Panicked { what: text.unwrap_or_else(|| "no message".to_owned()) })
    })
}

/// What a job may do inside its transaction: all that [`Reading`] can, and change things.
#[derive(Debug)]
pub struct Writing<'c> {
    reading: Reading<'c>,
    recent: &'c Recent,
    /// Events that are written before the commit, once however often they changed.
    touched: Touched,
    /// The last number given out for a change.
    sequence: Cell<i64>,
    /// When that change came about, in milliseconds since 1970.
    changed: Cell<i64>,
    /// Events whose derived rows are brought up to date before the commit, once however often they changed.
    stale: RefCell<BTreeSet<i64>>,
    /// Whether the words of these events are filed at another time.
    later: Cell<bool>,
}

impl<'c> Writing<'c> {
    fn new(
        connection: &'c Connection,
        recent: &'c Recent,
        keeper: Option<Keeper>,
    ) -> Result<Self, StoreError> {
        recent.begin(connection)?;
        let reading = Reading::new(connection, keeper);
        let sequence = Cell::new(reading.sequence()?);
        let changed = Cell::new(reading.changed()?.timestamp_millis());
        let (stale, later) = (RefCell::default(), Cell::new(false));
        let touched = Touched::default();
        Ok(Self { reading, recent, touched, sequence, changed, stale, later })
    }

    /// Runs `job` so that it alone is undone when it fails or panics; what was written before it in this
    /// transaction stays. This is how several articles share one commit, each wholly in or out.
    ///
    /// # Errors
    /// What the job returns; [`StoreError::Panicked`] when it panics.
    pub fn apart<T>(
        &self,
        job: impl FnOnce(&Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let execute = |sql| -> Result<(), StoreError> {
            self.connection().prepare_cached(sql)?.execute([])?;
            Ok(())
        };
        let (before, touched) = (self.sequence.get(), self.touched.mark());
        execute("savepoint apart")?;
        let result = guarded(|| job(self));
        if result.is_err() {
            self.recent.forget_all();
            self.last_article().set(None);
            execute("rollback to apart")?;
            self.sequence.set(before);
            self.touched.undo(touched);
        }
        execute("release apart")?;
        result
    }

    /// Leaves the words by which events are found, so far as this transaction changes them, for
    /// [`Store::file_words`](super::Store::file_words): until then what is looked for by words is found as
    /// it was before.
    pub fn file_words_later(&self) {
        self.later.set(true);
    }

    /// Files words that were left, of at most `limit` events; answers of how many. Who asks by words may get
    /// another answer from now on.
    pub(super) fn file_words(&self, limit: u32) -> Result<usize, StoreError> {
        let filed = index::file_words(self, limit)?;
        if filed > 0 {
            self.next_sequence();
        }
        Ok(filed)
    }

    /// Claims that were read lately.
    pub(super) const fn recent(&self) -> &'c Recent {
        self.recent
    }

    /// Events that are still to be written.
    pub(super) const fn touched(&self) -> &Touched {
        &self.touched
    }

    /// The next number for a change.
    pub(super) fn next_sequence(&self) -> i64 {
        self.sequence.set(self.sequence.get() + 1);
        self.sequence.get()
    }

    /// Goes on counting changes after `last` at the earliest.
    pub(super) fn raise_sequence(&self, last: i64) {
        self.sequence.set(self.sequence.get().max(last));
    }

    /// Notes when the changes of this transaction come about; the clock never runs backwards here.
    pub(super) fn note_time(&self, at: DateTime<Utc>) {
        self.changed.set(self.changed.get().max(at.timestamp_millis()));
    }

    /// Has the derived rows of an event brought up to date before the commit.
    pub(super) fn mark_stale(&self, event: i64) {
        self.stale.borrow_mut().insert(event);
    }

    /// What is done once before the commit.
    fn finish(&self) -> Result<(), StoreError> {
        self.write_touched()?;
        self.file_keys()?;
        let refresh = if self.later.get() { index::refresh_later } else { index::refresh };
        self.stale.take().into_iter().try_for_each(|event| refresh(self, event))?;
        if self.reading.sequence()? != self.sequence.get() {
            self.connection()
                .prepare_cached("update sequence set last = ?1, changed = ?2")?
                .execute([self.sequence.get(), self.changed.get()])?;
        }
        Ok(())
    }
}

impl<'c> Deref for Writing<'c> {
    type Target = Reading<'c>;

    fn deref(&self) -> &Reading<'c> {
        &self.reading
    }
}
