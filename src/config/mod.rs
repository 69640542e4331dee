//! What the operator sets: `config.toml`, three environment variables, and nothing else.
//!
//! Each key is read by the module whose `Options` it fills; every mistake is told at once, with its line.
//! Relative paths are counted from the folder of the file. Nobody but [`crate::cli`] uses this module.

mod fault;
mod section;
mod sections;

pub use fault::{ConfigError, Fault};

use crate::{event::Topic, fetch, ingest, publish, serve, source::Source, store};
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

/// The configuration that comes with dateline, for a folder that has none.
pub const SHIPPED: &str = include_str!("../../config.toml");

/// The file that is read where none is named.
const DEFAULT_FILE: &str = "config.toml";

/// All that the operator sets, by the module that uses it.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file it was read from; `None` for the one that comes with dateline.
    pub file: Option<PathBuf>,
    /// What the site says of itself.
    pub site: publish::Options,
    /// Where and how the service listens.
    pub serve: serve::Options,
    /// The database.
    pub store: store::Options,
    /// Limits and manners of fetching.
    pub fetch: fetch::Options,
    /// When sweeps run, and the seeds.
    pub ingest: ingest::Options,
    /// The stories to follow, in the order of the file.
    pub topics: Vec<Topic>,
    /// The feeds to follow, in the order of the file, disabled ones too.
    pub sources: Vec<Source>,
}

/// The environment variables that dateline reads.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `DATELINE_CONFIG`: the configuration file, where the command line names none.
    pub config: Option<OsString>,
    /// `DATELINE_LISTEN`: stands above `[server] listen`.
    pub listen: Option<OsString>,
    /// `DATELINE_DB`: stands above `[store] path`.
    pub db: Option<OsString>,
}

impl Environment {
    /// Reads the variables; an empty one counts as absent.
    #[must_use]
    pub fn read() -> Self {
        let get = |name| env::var_os(name).filter(|value| !value.is_empty());
        Self {
            config: get("DATELINE_CONFIG"),
            listen: get("DATELINE_LISTEN"),
            db: get("DATELINE_DB"),
        }
    }
}

impl Config {
    /// Reads the file that `named` or the environment names, else `./config.toml`, else the configuration
    /// that comes with dateline.
    ///
    /// # Errors
    /// [`ConfigError`] when a named file cannot be read, or for every mistake in what was read.
    pub fn load(named: Option<&Path>, environment: &Environment) -> Result<Self, ConfigError> {
        let asked =
            named.map(Path::to_owned).or_else(|| environment.config.clone().map(PathBuf::from));
        let path = asked.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
        #[expect(clippy::disallowed_methods, reason = "the one place that opens the configuration")]
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path, environment),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && asked.is_none() => {
                let shipped = Self::parse(SHIPPED, &path, environment)?;
                Ok(Self { file: None, ..shipped })
            }
            Err(source) => Err(ConfigError::Unreadable { path, source }),
        }
    }

    /// Reads a configuration from its text; `path` says where it stands.
    ///
    /// # Errors
    /// [`ConfigError::Faulty`] with every mistake.
    pub fn parse(text: &str, path: &Path, environment: &Environment) -> Result<Self, ConfigError> {
        sections::parse(text, path, environment)
            .map_err(|faults| ConfigError::Faulty { path: path.to_owned(), faults })
    }
}
