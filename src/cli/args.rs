//! What can be written on the command line.

use super::{
    carry::{DumpArgs, LoadArgs},
    correct::CorrectArgs,
    extract::ExtractArgs,
    ingest::IngestArgs,
    query::QueryArgs,
    timeline::TimelineArgs,
};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Follows a story over time: dated events out of news feeds in Arabic, Persian, Serbian and English,
/// as one timeline.
///
/// Without a verb, `dateline` does what `dateline run` does.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, propagate_version = true)]
pub(super) struct Cli {
    /// The configuration [default: DATELINE_CONFIG, else ./config.toml, else the one shipped]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// What to log on stderr: `warn`, `info`, `debug`, or per module as in `info,dateline::fetch=debug`
    #[arg(long, global = true, value_name = "FILTER")]
    pub(super) log: Option<String>,
    /// The verb.
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Show the events and dates in the given articles, without a database
    Extract(ExtractArgs),
    /// Show the events that the given articles tell together, each once, without a database
    Timeline(TimelineArgs),
    /// Serve the timeline and look at the feeds on schedule; what `dateline` does without a verb
    Run,
    /// Serve the timeline without looking at any feed
    Serve,
    /// Look at the feeds once and print what came
    Ingest(IngestArgs),
    /// Print the stored timeline
    Query(QueryArgs),
    /// Put right what the rules got wrong: hide an event, set its fields, merge two, split one
    Correct(CorrectArgs),
    /// Write the whole database as lines of JSON
    Dump(DumpArgs),
    /// Read a dump into an empty database
    Load(LoadArgs),
    /// Check the configuration, the data files and the database: every fault at once
    Check,
}
