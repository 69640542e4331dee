//! Consolidation: one event once.

mod claims;
mod gold;
mod laws;
mod stories;
