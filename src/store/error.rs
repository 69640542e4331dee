//! What can go wrong with the database, said for its operator.

use crate::event::Refusal;
use std::{
    fmt::Display,
    path::{Path, PathBuf},
};

/// What went wrong with the database.
///
/// The text is for operators: it names paths. What readers are told is the service's business.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// An analyst's correction cannot be made.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The directory of the database cannot be made.
    #[error(
        "cannot make the directory `{}`: {source}; make it, or set another `path` in [store]",
        .path.display()
    )]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file cannot be opened as a database.
    #[error(
        "cannot open the database `{}`: {source}; see that the file and its directory can be written, or set another `path` in [store]",
        .path.display()
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The file is a database of another program.
    #[error(
        "`{}` is a database, but not one of dateline; set another `path` in [store]",
        .path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The database was written by a newer dateline.
    #[error(
        "the database `{}` has schema {found}, this dateline knows {known}; use the newer dateline that wrote it, or another `path` in [store]",
        .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The schema found.
        found: i64,
        /// The newest schema known.
        known: i64,
    },
    /// A migration failed; the database is as it was before.
    #[error("migration {number} of `{}` failed: {source}; nothing was changed", .path.display())]
    Migration {
        /// The file.
        path: PathBuf,
        /// The number of the migration.
        number: i64,
        /// Why.
        source: rusqlite::Error,
    },
    /// A statement failed: the disk is full, the file is damaged, or dateline has a bug.
    #[error("the database `{}` failed: {source}; see that its disk has room and `dateline check` finds it whole", .path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// A row does not say what its table should hold.
    #[error(
        "a row of `{table}` cannot be read: {why}; it was written by another program or a newer dateline"
    )]
    Row {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A row that was referred to is not there.
    #[error("there is no {what} `{id}`; this is a bug in dateline")]
    Missing {
        /// What was looked for.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// A job panicked; what it wrote was rolled back.
    #[error("a job of the database panicked: {what}; nothing of it was written")]
    Panicked {
        /// The panic's message.
        what: String,
    },
    /// A read took longer than it may.
    #[error("a read took longer than it may and was broken off; ask for less")]
    TooLong,
    /// The writer has stopped.
    #[error("the database is closed")]
    Closed,
    /// What reads or writes a dump failed.
    #[error("line {line} of the dump: {why}")]
    Dump {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
}

impl StoreError {
    /// The same, with the file named where a statement failed.
    pub(super) fn at(self, path: &Path) -> Self {
        match self {
            Self::Sqlite { source, .. } => Self::Sqlite { path: path.to_owned(), source },
            other => other,
        }
    }

    pub(super) fn row(table: &'static str, why: impl Display) -> Self {
        Self::Row { table, why: format!("{why}") }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        if source.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) {
            return Self::TooLong;
        }
        Self::Sqlite { path: PathBuf::new(), source }
    }
}
