//! The log on stderr.

use std::io::{self, IsTerminal as _};
use tracing_subscriber::EnvFilter;

/// `--log` could not be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "--log `{filter}`: {why}; give a level (error, warn, info, debug, trace) or levels per module such as `info,dateline::fetch=debug`"
)]
pub(super) struct WrongFilter {
    filter: String,
    why: String,
}

/// Starts the log at what was `asked` for, else at the verb's own `standard`. A level alone is meant for
/// dateline and not for the crates below it.
pub(super) fn start(asked: Option<&str>, standard: &str) -> Result<(), WrongFilter> {
    let asked = asked.unwrap_or(standard);
    let plain = ["error", "warn", "info", "debug", "trace", "off"].contains(&asked);
    let filter = if plain { format!("warn,dateline={asked}") } else { asked.to_owned() };
    let filter = EnvFilter::builder()
        .parse(filter)
        .map_err(|error| WrongFilter { filter: asked.to_owned(), why: error.to_string() })?;
    // A second start in one process, as in tests, keeps the first log.
    let _ = tracing_subscriber::fmt()
        .compact()
        .with_target(false)
        .with_ansi(io::stderr().is_terminal())
        .with_writer(io::stderr)
        .with_env_filter(filter)
        .try_init();
    Ok(())
}
