//! Compiles the `[inflection]` table of `data/names/*.toml`.

use crate::{lexicon::gazetteer::inflection::Inflection, text::fold::fold};
use serde::Deserialize;

/// Words that end in `after` drop `cut` and take one of `endings`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClassRow {
    after: String,
    #[serde(default)]
    cut: String,
    endings: Vec<String>,
}

/// The `[inflection]` table of a language's data file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct InflectionRow {
    /// Written before a word, joined to it: `[written, stands for]`.
    proclitics: Vec<(String, String)>,
    /// The joined article of inflected words, in the dictionary form absent.
    article: String,
    classes: Vec<ClassRow>,
    /// Letters that change before an ending: `[last letter, letter before the ending, ending]`.
    changes: Vec<(String, String, String)>,
    /// Whether a vowel before the last consonant may drop out before an ending: "Aleksandar", "Aleksandra".
    fleeting: String,
}

/// The set of endings of a word that does not change.
pub(super) const FIXED: u8 = 0;

/// Compiles the table.
pub(super) fn compile(row: &InflectionRow) -> Inflection {
    let mut this = Inflection {
        proclitics: row.proclitics.iter().map(|(a, b)| (fold(a), fold(b))).collect(),
        article: fold(&row.article),
        fleeting: fold(&row.fleeting).chars().next(),
        sets: vec![vec![String::new()]],
        ..Inflection::default()
    };
    for class in &row.classes {
        let set = add(&mut this, class.endings.iter().map(|ending| fold(ending)).collect());
        this.classes.push((fold(&class.after), fold(&class.cut), set));
    }
    for (last, becomes, ending) in &row.changes {
        let set = add(&mut this, vec![fold(ending)]);
        this.changes.push((fold(last), fold(becomes), set));
    }
    this.longest = this.sets.iter().flatten().map(String::len).max().unwrap_or(0);
    this
}

/// Adds a set of endings; its number.
fn add(inflection: &mut Inflection, endings: Vec<String>) -> u8 {
    inflection.sets.push(endings);
    u8::try_from(inflection.sets.len() - 1).unwrap_or(FIXED)
}

/// What a word begins with that carries the article behind a clitic, folded.
pub(super) fn articles_joined(row: &InflectionRow) -> Vec<String> {
    let joined = |(written, stands_for): &(String, String)| {
        let behind = if *stands_for == row.article { "" } else { &*row.article };
        fold(&format!("{written}{behind}"))
    };
    if row.article.is_empty() { Vec::new() } else { row.proclitics.iter().map(joined).collect() }
}
