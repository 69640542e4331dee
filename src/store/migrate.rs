//! The numbered files of `migrations/`, applied in order.

use super::{StoreError, mention};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Marks a file as ours: "DTLN".
const APPLICATION_ID: i64 = 0x4454_4c4e;

/// The migrations; the number of one is its place in this list, from 1, and stands in its name.
const MIGRATIONS: [&str; 12] = [
    include_str!("../../migrations/0001_articles.sql"),
    include_str!("../../migrations/0002_events.sql"),
    include_str!("../../migrations/0003_sources.sql"),
    include_str!("../../migrations/0004_search.sql"),
    include_str!("../../migrations/0005_article_keys.sql"),
    include_str!("../../migrations/0006_corrections.sql"),
    include_str!("../../migrations/0007_changed.sql"),
    include_str!("../../migrations/0008_repeats.sql"),
    include_str!("../../migrations/0009_ready.sql"),
    include_str!("../../migrations/0010_met.sql"),
    include_str!("../../migrations/0011_known.sql"),
    include_str!("../../migrations/0012_checks.sql"),
];

/// After which of them the claims that are there are filed anew.
const REFILED: i64 = 11;

/// Brings the schema up to date, each migration in one transaction.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    check(connection, path)?;
    let known = known();
    for (number, sql) in (1..=known).zip(MIGRATIONS) {
        let path = path.to_owned();
        apply(connection, number, sql).map_err(|error| match error {
            StoreError::Sqlite { source, .. } => StoreError::Migration { path, number, source },
            other => other,
        })?;
    }
    Ok(())
}

/// Refuses a database of another program, or of a newer dateline.
fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let open = |source| StoreError::Open { path: path.to_owned(), source };
    let found = version(connection).map_err(open)?;
    let application: i64 =
        connection.query_row("pragma application_id", [], |row| row.get(0)).map_err(open)?;
    let tables: i64 = connection
        .query_row("select count(*) from sqlite_schema", [], |row| row.get(0))
        .map_err(open)?;
    if application != APPLICATION_ID && (tables > 0 || application != 0) {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    let known = known();
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    Ok(())
}

/// Applies one migration, unless it is there. The version is read inside the transaction: two programs
/// may open a new database at the same time.
fn apply(connection: &mut Connection, number: i64, sql: &str) -> Result<(), StoreError> {
    if version(connection)? >= number {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found < number {
        if found > 0 {
            tracing::info!(
                "the database is brought from schema {found} to {number}; a large one takes minutes"
            );
        }
        transaction.execute_batch(sql)?;
        if number == REFILED {
            mention::refile_all(&transaction)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", number)?;
    }
    Ok(transaction.commit()?)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("pragma user_version", [], |row| row.get(0))
}

fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}
