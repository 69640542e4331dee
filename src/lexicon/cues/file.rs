//! The files of the cues as they are written, and their reading.

use super::{Aspect, Cue, Form, LanguageCues, Mark, Occasion, Things, Trigger};
use crate::{
    lexicon::{
        LexiconError,
        forms::expand,
        matcher::{Affixes, Inflection, MatcherBuilder},
    },
    model::{EntityId, Kind},
    text::{fold::fold, sentence::Abbreviations},
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    settings: Settings,
    marks: BTreeMap<Mark, Vec<String>>,
    things: BTreeMap<String, Vec<String>>,
    trigger: Vec<TriggerRow>,
    nth: Vec<NthRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    proclitics: Vec<String>,
    endings: Vec<String>,
    abbreviations: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerRow {
    kind: String,
    form: Form,
    aspect: Option<Aspect>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    sited: bool,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NthRow {
    n: u8,
    words: Vec<String>,
}

pub(super) const OCCASIONS: &str = "data/occasions.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OccasionsFile {
    pub(super) occasion: Vec<OccasionRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OccasionRow {
    kind: String,
    year: i32,
    place: String,
    host: String,
    names: Vec<String>,
}

impl OccasionRow {
    pub(super) fn read(&self) -> Result<Occasion, LexiconError> {
        let kind = Kind::from_name(&self.kind).ok_or_else(|| LexiconError::Block {
            file: OCCASIONS,
            block: self.names.first().cloned().unwrap_or_default(),
            why: format!("has the kind `{}`, which is none of the sixteen", self.kind),
        })?;
        let id = |key: &str| EntityId::new(key);
        Ok(Occasion { kind, year: self.year, place: id(&self.place), host: id(&self.host) })
    }
}

pub(super) fn load(
    file: &'static str,
    text: &str,
    occasions: &[OccasionRow],
) -> Result<LanguageCues, LexiconError> {
    let rows: File = toml::from_str(text)
        .map_err(|source| LexiconError::Syntax { file, source: Box::new(source) })?;
    let affixes = Affixes::new(&rows.settings.proclitics, &rows.settings.endings);
    let mut builder = Builder { file, matcher: MatcherBuilder::new(affixes) };
    for (mark, words) in &rows.marks {
        builder.add(words, Cue::Mark(*mark))?;
    }
    let mut classes: BTreeMap<&str, Things> = BTreeMap::new();
    for ((name, words), number) in rows.things.iter().zip(0_u32..) {
        let set = 1_u32.checked_shl(number).map(Things).ok_or_else(|| LexiconError::Block {
            file,
            block: name.clone(),
            why: "is one of more than 32 classes of things; merge some".to_owned(),
        })?;
        classes.insert(name, set);
        builder.add(words, Cue::Thing(set))?;
    }
    let mut kinds = Vec::new();
    for row in &rows.trigger {
        let trigger = trigger(file, row, &classes)?;
        kinds.push(trigger.kind);
        builder.add(&row.words, Cue::Trigger(trigger))?;
    }
    for row in &rows.nth {
        builder.add(&row.words, Cue::Nth(row.n))?;
    }
    for (row, number) in occasions.iter().zip(0..) {
        builder.add(&row.names, Cue::Occasion(number))?;
    }
    kinds.sort_unstable();
    kinds.dedup();
    Ok(LanguageCues {
        matcher: builder.matcher.build(),
        abbreviations: Abbreviations::new(&rows.settings.abbreviations),
        kinds,
    })
}

fn trigger(
    file: &'static str,
    row: &TriggerRow,
    classes: &BTreeMap<&str, Things>,
) -> Result<Trigger, LexiconError> {
    let fault = |why: String| LexiconError::Block {
        file,
        block: row.words.first().cloned().unwrap_or_default(),
        why,
    };
    let kind = Kind::from_name(&row.kind).ok_or_else(|| {
        fault(format!("has the kind `{}`, which is none of the sixteen", row.kind))
    })?;
    let mut needs = Things::default();
    for name in &row.needs {
        let class = classes
            .get(name.as_str())
            .ok_or_else(|| fault(format!("needs `{name}`, which [things] does not list")))?;
        needs = needs.with(*class);
    }
    Ok(Trigger { kind, form: row.form, aspect: row.aspect, needs, sited: row.sited })
}

struct Builder {
    file: &'static str,
    matcher: MatcherBuilder<Cue>,
}

impl Builder {
    fn add(&mut self, words: &[String], cue: Cue) -> Result<(), LexiconError> {
        for word in words {
            let forms = |word: &str| {
                expand(word).ok_or_else(|| LexiconError::Block {
                    file: self.file,
                    block: word.to_owned(),
                    why: "has a bracket that is not closed, or one inside another".to_owned(),
                })
            };
            // One folding for all forms, but for those that differ in a zero-width non-joiner.
            if word.contains('\u{200c}') {
                for form in forms(word)? {
                    self.matcher.add(&form, Inflection::Inflected, cue);
                }
            } else {
                for form in forms(&fold(word))? {
                    self.matcher.add_folded(&form, Inflection::Inflected, cue);
                }
            }
        }
        Ok(())
    }
}
