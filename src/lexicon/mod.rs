//! What dateline knows of languages and of the world: data files, embedded, read once, checked when read.

pub mod capitals;
pub mod cues;
pub mod dates;
pub mod forms;
pub mod gazetteer;
pub mod matcher;
pub mod sense;
pub mod spellings;

use crate::model::{Entity, EntityId};
use capitals::Capitals;
use cues::Cues;
use dates::DateLexicons;
use gazetteer::{Gazetteer, GazetteerError};

/// All data files, ready for use.
#[derive(Debug)]
pub struct Lexicons {
    /// Words of dates: `data/lexicon/*.toml`.
    pub dates: DateLexicons,
    /// Words that tell events: `data/cues/*.toml`.
    pub cues: Cues,
    /// The capitals of countries: `data/capitals.toml`.
    pub capitals: Capitals,
    /// People, offices, bodies, places and themes: `data/gazetteer/*.toml` and `data/names/*.toml`.
    pub gazetteer: Gazetteer,
}

impl Lexicons {
    /// Reads and compiles the data files that the program carries.
    ///
    /// # Errors
    /// [`LexiconError`] when a data file is faulty; the tests read every row, so a released program does
    /// not meet one.
    pub fn embedded() -> Result<Self, LexiconError> {
        Ok(Self {
            dates: DateLexicons::embedded()?,
            cues: Cues::embedded()?,
            capitals: Capitals::embedded()?,
            gazetteer: Gazetteer::embedded()?,
        })
    }
}

impl Lexicons {
    /// The capital of a country.
    #[must_use]
    pub fn capital(&self, country: &EntityId) -> Option<&Entity> {
        Some(&self.gazetteer.get(self.capitals.of(country)?)?.entity)
    }
}

/// Why a data file was refused.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A file of the gazetteer.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
    /// Not TOML, or not with the keys that the file should have.
    #[error("{file}: {source}")]
    Syntax {
        /// The file, as it is called in the repository.
        file: &'static str,
        /// What is wrong, with line and column.
        source: Box<toml::de::Error>,
    },
    /// A block that can be read but means nothing.
    #[error("{file}: the block with `{block}` {why}")]
    Block {
        /// The file.
        file: &'static str,
        /// The first form of the block, or its sense.
        block: String,
        /// What is wrong and how to mend it.
        why: String,
    },
}
