//! Claims that were read lately: what is in the news is told by article after article, and each of them needs
//! the claims of all before.

use super::StoreError;
use crate::{event::Claim, model::MentionId};
use rusqlite::Connection;
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    sync::Arc,
};

/// The most claims that are kept; some megabytes.
const KEPT: usize = 2048;

/// Claims as they stand in the database, each with its number. The writing thread has one, drops of it what it
/// changes, and drops all when a transaction is undone or another program has written.
#[derive(Debug, Default)]
pub(super) struct Recent {
    claims: RefCell<HashMap<MentionId, (i64, Arc<Claim>)>>,
    /// SQLite's number of the state that other connections left.
    version: Cell<i64>,
}

impl Recent {
    /// To be called when a transaction begins.
    pub(super) fn begin(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached("pragma data_version")?;
        let version = statement.query_row([], |row| row.get(0))?;
        if self.version.replace(version) != version {
            self.forget_all();
        }
        Ok(())
    }

    pub(super) fn claim(&self, mention: MentionId) -> Option<Arc<Claim>> {
        self.claims.borrow().get(&mention).map(|(_, claim)| Arc::clone(claim))
    }

    pub(super) fn number(&self, mention: MentionId) -> Option<i64> {
        self.claims.borrow().get(&mention).map(|(number, _)| *number)
    }

    pub(super) fn keep(&self, number: i64, claim: &Arc<Claim>) {
        let mut claims = self.claims.borrow_mut();
        if claims.len() >= KEPT {
            claims.clear();
        }
        claims.insert(claim.mention.id, (number, Arc::clone(claim)));
    }

    pub(super) fn forget(&self, mention: MentionId) {
        self.claims.borrow_mut().remove(&mention);
    }

    pub(super) fn forget_all(&self) {
        self.claims.borrow_mut().clear();
    }
}
