//! What dateline knows of languages and of the world: data files, compiled and embedded when the program is
//! built, loaded once.

pub mod capitals;
#[cfg(test)]
mod compile;
mod compiled;
pub mod cues;
pub mod dates;
pub mod forms;
pub mod gazetteer;
pub mod matcher;
mod numbers;
mod prefixes;
pub mod sense;
pub mod spellings;

use crate::model::{Entity, EntityId};
use capitals::Capitals;
use compiled::Compiled;
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
    /// Loads the data files that the program carries.
    ///
    /// # Errors
    /// [`LexiconError`] when a data file says what cannot be; the tests load all files, so a released program
    /// does not meet one.
    pub fn embedded() -> Result<Self, LexiconError> {
        let Compiled { dates, cues, occasions, capitals, gazetteer } = compiled()?;
        Ok(Self {
            dates: DateLexicons::new(dates)?,
            cues: Cues::new(cues, &occasions)?,
            capitals: Capitals::new(&capitals),
            gazetteer: Gazetteer::new(gazetteer)?,
        })
    }

    /// The capital of a country.
    #[must_use]
    pub fn capital(&self, country: &EntityId) -> Option<&Entity> {
        Some(&self.gazetteer.get(self.capitals.of(country)?)?.entity)
    }
}

/// The data files as the build script compiled them.
fn compiled() -> Result<Compiled, postcard::Error> {
    postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/lexicons")))
}

/// Why a data file was refused.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A file of the gazetteer.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
    /// The files are not as this program was built to read them.
    #[error("the lexicons of this build do not fit the program: {0}; build it anew")]
    Embedded(#[from] postcard::Error),
    /// A block that can be read but means nothing.
    #[error("{file}: the block with `{block}` {why}")]
    Block {
        /// The file, as it is called in the repository.
        file: &'static str,
        /// The first form of the block, or its sense.
        block: String,
        /// What is wrong and how to mend it.
        why: String,
    },
}
