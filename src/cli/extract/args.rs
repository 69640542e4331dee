//! What can be written after `dateline extract`.

use crate::cli::documents::DocumentArgs;
use clap::{Args, ValueEnum};

/// `dateline extract`
#[derive(Debug, Args)]
pub(in crate::cli) struct ExtractArgs {
    #[command(flatten)]
    pub(in crate::cli) documents: DocumentArgs,
    /// How to print
    #[arg(long, value_enum, default_value_t = ExtractFormat::Table)]
    pub(in crate::cli) format: ExtractFormat,
    /// Read articles that fit no topic of the configuration too
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// Add the rules behind each result, and what was left and why
    #[arg(long)]
    pub(in crate::cli) explain: bool,
    /// List the names and words that no lexicon knew instead, most frequent first
    #[arg(long, conflicts_with_all = ["format", "explain"])]
    pub(in crate::cli) unresolved: bool,
}

/// How `extract` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExtractFormat {
    /// For reading
    Table,
    /// One JSON array of all articles
    Json,
    /// One JSON object per article and line
    Ndjson,
    /// The text with its dates marked up as TIMEX3
    Timex3,
}
