//! The capitals of countries: "the Serbian capital" is Belgrade.

use super::compiled;
use crate::model::EntityId;
use std::collections::HashMap;

/// Countries with their capitals, by the keys of the gazetteer.
#[derive(Debug)]
pub struct Capitals(HashMap<EntityId, EntityId>);

impl Capitals {
    pub(super) fn new(rows: &compiled::Capitals) -> Self {
        let place = |slug: &str| EntityId::new(format!("place:{slug}"));
        Self(rows.capital.iter().map(|(country, city)| (place(country), place(city))).collect())
    }

    /// The capital of a country.
    #[must_use]
    pub fn of(&self, country: &EntityId) -> Option<&EntityId> {
        self.0.get(country)
    }
}
