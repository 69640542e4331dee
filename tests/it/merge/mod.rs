//! Consolidation: one event once.

mod claims;
mod gold;
mod identity;
mod laws;
mod stories;
mod timeline;
