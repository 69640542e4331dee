//! What is wrong with a configuration: every fault at once, each with its line.

use std::{fmt, path::PathBuf};

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line in the file, from 1; `None` for a mistake that stands elsewhere (an environment variable).
    pub line: Option<usize>,
    /// What is wrong and how to mend it.
    pub what: String,
}

/// Why a configuration could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file could not be read.
    #[error("cannot read the configuration {}: {source}; name another with --config or DATELINE_CONFIG", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file could be read and says things that it must not.
    #[error("{}", Listed { path, faults })]
    Faulty {
        /// The file.
        path: PathBuf,
        /// All mistakes in it, in the order of the file.
        faults: Vec<Fault>,
    },
}

struct Listed<'a> {
    path: &'a PathBuf,
    faults: &'a [Fault],
}

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.faults.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            match fault.line {
                Some(line) => write!(f, "{}:{line}: {}", self.path.display(), fault.what)?,
                None => f.write_str(&fault.what)?,
            }
        }
        Ok(())
    }
}
