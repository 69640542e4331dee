//! `dateline check`: everything that could be wrong, at once.

use super::Faults;
use crate::config::{Config, ConfigError};
use std::io::Write;

/// Runs the verb.
pub(super) fn run(
    config: Result<Config, ConfigError>,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    let mut faults = Faults::default();
    match config {
        Ok(config) => configuration(&config, out)?,
        Err(error) => faults.tell(&error.into()),
    }
    Ok(faults)
}

fn configuration(config: &Config, out: &mut dyn Write) -> anyhow::Result<()> {
    let file = match &config.file {
        Some(file) => file.display().to_string(),
        None => "the configuration that comes with dateline".to_owned(),
    };
    let fetched = config.sources.iter().filter(|source| source.enabled).count();
    writeln!(out, "{file}: {} sources, {fetched} of them enabled", config.sources.len())?;
    for source in config.sources.iter().filter(|source| !source.enabled) {
        let reason = source.reason.as_deref().unwrap_or("no reason given");
        writeln!(out, "  `{}` is disabled: {reason}", source.id)?;
    }
    Ok(())
}
