//! The files of the gazetteer and of the languages' names, as they are written and as they are compiled.

use super::grammar::Grammar;
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// The number of an entry in its gazetteer.
pub type EntryIndex = u16;

/// All files, compiled.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(in crate::lexicon) struct Compiled {
    /// The entries are numbered in this order.
    pub(in crate::lexicon) countries: Vec<Row>,
    pub(in crate::lexicon) cities: Vec<Row>,
    pub(in crate::lexicon) themes: Vec<Row>,
    pub(in crate::lexicon) organisations: Vec<Row>,
    pub(in crate::lexicon) people: Vec<Row>,
    pub(in crate::lexicon) offices: Vec<OfficeRow>,
    /// People by the sound of their full names.
    pub(in crate::lexicon) sounds: HashMap<String, Vec<EntryIndex>, FixedState>,
    pub(in crate::lexicon) names: Names,
    /// English words for sorts of bodies and portfolios.
    pub(in crate::lexicon) labels: BTreeMap<String, String>,
    pub(in crate::lexicon) grammars: [Grammar; 4],
}

/// The names that people bear, with the keys of the countries that they tell.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::lexicon) struct Names {
    pub(in crate::lexicon) given: Vec<(Option<String>, Vec<Known>)>,
    pub(in crate::lexicon) family: Vec<(Option<String>, Vec<Known>)>,
    /// Endings that make family names of other names: in Arabic letters, folded, and in Latin ones.
    pub(in crate::lexicon) endings: Vec<(String, String)>,
    /// Endings of family names by which a country is known, folded.
    pub(in crate::lexicon) signs: Vec<(Option<String>, Vec<String>)>,
}

/// A listed name, with what it is compared by.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::lexicon) struct Known {
    pub(in crate::lexicon) name: String,
    pub(in crate::lexicon) folded: String,
    pub(in crate::lexicon) key: String,
    pub(in crate::lexicon) vowels: String,
    pub(in crate::lexicon) stops: String,
}

/// A person, body, place or theme.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct Row {
    pub(in crate::lexicon) id: String,
    pub(in crate::lexicon) name: String,
    pub(in crate::lexicon) country: Option<String>,
    #[serde(default)]
    pub(in crate::lexicon) ar: Vec<String>,
    #[serde(default)]
    pub(in crate::lexicon) fa: Vec<String>,
    #[serde(default)]
    pub(in crate::lexicon) sr: Vec<String>,
    #[serde(default)]
    pub(in crate::lexicon) en: Vec<String>,
    /// One-word names of a person that need no introduction.
    #[serde(default)]
    pub(in crate::lexicon) alone: Vec<String>,
    #[serde(default)]
    pub(in crate::lexicon) nation: Nation,
    /// Whether the names of a country's people are South Slavic.
    #[serde(default)]
    pub(in crate::lexicon) south_slavic: bool,
    /// What sort of body it is, and what it is in charge of.
    pub(in crate::lexicon) body: Option<String>,
    #[serde(default)]
    pub(in crate::lexicon) portfolio: Vec<String>,
    /// The country in which an embassy stands.
    pub(in crate::lexicon) posted: Option<String>,
    /// The countries of a body that several have together.
    #[serde(default)]
    pub(in crate::lexicon) joins: Vec<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::lexicon) struct Nation {
    pub(in crate::lexicon) ar: Vec<String>,
    pub(in crate::lexicon) fa: Vec<String>,
    pub(in crate::lexicon) sr: Vec<String>,
    pub(in crate::lexicon) en: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct OfficeRow {
    pub(in crate::lexicon) id: String,
    pub(in crate::lexicon) name: String,
    pub(in crate::lexicon) title: String,
    #[serde(default)]
    pub(in crate::lexicon) portfolio: Vec<String>,
    pub(in crate::lexicon) country: Option<String>,
    pub(in crate::lexicon) posted: Option<String>,
    pub(in crate::lexicon) body: Option<String>,
    pub(in crate::lexicon) city: Option<String>,
    pub(in crate::lexicon) rank: Option<String>,
    #[serde(default)]
    pub(in crate::lexicon) ar: Vec<String>,
    #[serde(default)]
    pub(in crate::lexicon) fa: Vec<String>,
    #[serde(default)]
    pub(in crate::lexicon) sr: Vec<String>,
    #[serde(default)]
    pub(in crate::lexicon) en: Vec<String>,
    #[serde(default)]
    pub(in crate::lexicon) terms: Vec<TermRow>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::lexicon) struct TermRow {
    pub(in crate::lexicon) who: String,
    #[serde(default)]
    pub(in crate::lexicon) from: String,
    #[serde(default)]
    pub(in crate::lexicon) until: String,
}
