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

/// How the words of one language change, and what is left of them without their endings.
#[derive(Debug, Default)]
pub(super) struct Declension {
    pub(super) inflection: Inflection,
    /// The joined article of inflected words, folded.
    pub(super) article: String,
    classes: Vec<(String, String, u8)>,
    changes: Vec<(String, String, u8)>,
    fleeting: Option<char>,
}

impl Declension {
    pub(super) fn new(row: &InflectionRow) -> Self {
        let mut this = Self {
            article: fold(&row.article),
            fleeting: fold(&row.fleeting).chars().next(),
            ..Self::default()
        };
        this.inflection.proclitics =
            row.proclitics.iter().map(|(a, b)| (fold(a), fold(b))).collect();
        this.inflection.sets = vec![vec![String::new()]];
        for class in &row.classes {
            let set = this.set(class.endings.iter().map(|ending| fold(ending)).collect());
            this.classes.push((fold(&class.after), fold(&class.cut), set));
        }
        for (last, becomes, ending) in &row.changes {
            let set = this.set(vec![fold(ending)]);
            this.changes.push((fold(last), fold(becomes), set));
        }
        let endings = this.inflection.sets.iter().flatten();
        this.inflection.longest = endings.map(String::len).max().unwrap_or(0);
        this
    }

    fn set(&mut self, endings: Vec<String>) -> u8 {
        let sets = &mut self.inflection.sets;
        sets.push(endings);
        u8::try_from(sets.len() - 1).unwrap_or(FIXED)
    }

    /// What is left of a dictionary form when its endings are taken off, each with its set of endings.
    pub(super) fn bases(&self, word: &str) -> Vec<(String, u8)> {
        let mut bases = Vec::new();
        let longest = self.classes.iter().filter(|(after, ..)| word.ends_with(after.as_str()));
        let most = longest.clone().map(|(after, ..)| after.len()).max();
        for (_, cut, set) in longest.filter(|(after, ..)| Some(after.len()) == most) {
            let Some(base) = word.strip_suffix(cut.as_str()) else { continue };
            bases.push((base.to_owned(), *set));
            if let Some(short) = self.without_fleeting(base) {
                bases.push((short, *set));
            }
            if !self.article.is_empty() {
                bases.push((format!("{}{base}", self.article), *set));
            }
        }
        for (last, becomes, set) in &self.changes {
            if let Some(base) = word.strip_suffix(last.as_str()) {
                bases.push((format!("{base}{becomes}"), *set));
            }
        }
        bases
    }

    /// "aleksandr" for "aleksandar"; `None` where the last letters are not consonant, fleeting vowel,
    /// consonant, or where nothing but a syllable would be left.
    fn without_fleeting(&self, base: &str) -> Option<String> {
        let mut back = base.char_indices().rev();
        let (last, consonant) = back.next()?;
        let (at, vowel) = back.next()?;
        let (rest, before) = back.next()?;
        let hard = |c: char| c.is_alphabetic() && !"aeiou".contains(c);
        (Some(vowel) == self.fleeting && hard(consonant) && hard(before) && rest >= 2).then(|| {
            format!("{}{}", base.get(..at).unwrap_or(base), base.get(last..).unwrap_or_default())
        })
    }
}

/// What a word begins with that carries the article behind a clitic, folded.
pub(super) fn articles_joined(row: &InflectionRow) -> Vec<String> {
    let joined = |(written, stands_for): &(String, String)| {
        let behind = if *stands_for == row.article { "" } else { &*row.article };
        fold(&format!("{written}{behind}"))
    };
    if row.article.is_empty() { Vec::new() } else { row.proclitics.iter().map(joined).collect() }
}
