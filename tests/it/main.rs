//! What dateline promises, tested through its public faces.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "tests panic to fail, and read their own files"
)]

mod calendars;
mod cli;
mod config;
mod correcting;
mod crash;
mod docs;
mod end_to_end;
mod feed_server;
mod feeds;
mod feeds_in;
mod fetching;
mod http;
mod ingest;
mod layering;
mod mention;
mod merge;
mod names;
mod ready;
mod rules;
mod sample;
mod store;
mod timex;
