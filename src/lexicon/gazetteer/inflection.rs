//! The forms of a language's words: what may be joined before a word, and which endings stand in place of the
//! last letters of the dictionary form.

use crate::text::fold::strip;
use serde::{Deserialize, Serialize};

/// How the words of one language change.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::lexicon) struct Inflection {
    /// What is written before a word, and what it stands for.
    pub(in crate::lexicon) proclitics: Vec<(String, String)>,
    /// The joined article of inflected words, in the dictionary form absent.
    pub(in crate::lexicon) article: String,
    /// Words that end in the first drop the second and take a set of endings.
    pub(in crate::lexicon) classes: Vec<(String, String, u8)>,
    /// Letters at the end that become others before a set of endings.
    pub(in crate::lexicon) changes: Vec<(String, String, u8)>,
    /// The vowel before the last consonant that may drop out before an ending.
    pub(in crate::lexicon) fleeting: Option<char>,
    /// Sets of endings.
    pub(in crate::lexicon) sets: Vec<Vec<String>>,
    /// The most bytes that an ending has.
    pub(in crate::lexicon) longest: usize,
}

impl Inflection {
    pub(super) fn allows(&self, set: u8, ending: &str) -> bool {
        self.sets.get(usize::from(set)).is_some_and(|set| set.iter().any(|known| known == ending))
    }

    /// Calls `read` with a printed word as it is, and without each of what may be joined before it (told as a
    /// flag).
    pub(super) fn bare(&self, word: &str, mut read: impl FnMut(&str, bool)) {
        read(word, false);
        for (written, stands_for) in &self.proclitics {
            let Some(rest) = strip(word, written) else { continue };
            if rest.chars().nth(1).is_none() {
                continue;
            }
            if stands_for.is_empty() {
                read(rest, true);
            } else {
                read(&format!("{stands_for}{rest}"), true);
            }
        }
    }

    /// The least bytes that are left of a word without its ending: no less than two.
    pub(super) fn shortest_base(&self, word: &str) -> usize {
        word.len() - self.longest.min(word.len().saturating_sub(2))
    }

    /// What is left of a dictionary form when its endings are taken off, each with its set of endings.
    pub(in crate::lexicon) fn bases(&self, word: &str) -> Vec<(String, u8)> {
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

    /// The forms of a dictionary form with those of `endings` that it takes, but for those that only add to it.
    pub(super) fn declined(&self, word: &str, endings: &[String]) -> Vec<String> {
        let forms = self.bases(word).into_iter().flat_map(|(base, set)| {
            let own = endings.iter().filter(move |ending| self.allows(set, ending));
            own.map(move |ending| format!("{base}{ending}"))
        });
        forms.filter(|form| !form.starts_with(word)).collect()
    }
}
