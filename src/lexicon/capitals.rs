//! The capitals of countries: "the Serbian capital" is Belgrade.

use super::LexiconError;
use crate::model::EntityId;
use serde::Deserialize;
use std::collections::HashMap;

const FILE: &str = "data/capitals.toml";

/// Countries with their capitals, by the keys of the gazetteer.
#[derive(Debug)]
pub struct Capitals(HashMap<EntityId, EntityId>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    capital: HashMap<String, String>,
}

impl Capitals {
    /// Reads the file that the program carries.
    ///
    /// # Errors
    /// [`LexiconError::Syntax`] when the file is faulty.
    pub fn embedded() -> Result<Self, LexiconError> {
        let rows: File = toml::from_str(include_str!("../../data/capitals.toml"))
            .map_err(|source| LexiconError::Syntax { file: FILE, source: Box::new(source) })?;
        let place = |slug: &str| EntityId::new(format!("place:{slug}"));
        Ok(Self(rows.capital.iter().map(|(country, city)| (place(country), place(city))).collect()))
    }

    /// The capital of a country.
    #[must_use]
    pub fn of(&self, country: &EntityId) -> Option<&EntityId> {
        self.0.get(country)
    }
}
