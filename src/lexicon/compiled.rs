//! The data files as the program carries them.

use super::{cues, dates, gazetteer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All data files, compiled.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Compiled {
    pub(super) dates: [dates::file::Compiled; 4],
    pub(super) cues: [cues::file::Compiled; 4],
    pub(super) occasions: Vec<cues::file::OccasionRow>,
    pub(super) capitals: Capitals,
    pub(super) gazetteer: gazetteer::file::Compiled,
}

/// `data/capitals.toml`: the capitals of countries, by their keys without `place:`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Capitals {
    pub(super) capital: BTreeMap<String, String>,
}
