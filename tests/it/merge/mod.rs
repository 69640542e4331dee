//! Consolidation: one event once.

mod claims;
mod corrections;
mod gold;
mod identity;
mod laws;
mod stories;
mod timeline;
