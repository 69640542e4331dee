//! The forms of a language's words, as its data file describes them: what may be joined before a word,
//! and which endings stand in place of the last letters of the dictionary form.

use crate::text::fold::fold;
use serde::Deserialize;

/// Words that end in `after` drop `cut` and take one of `endings`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Class {
    after: String,
    #[serde(default)]
    cut: String,
    endings: Vec<String>,
}

/// The `[inflection]` table of a language's data file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Row {
    /// Written before a word, joined to it: `[written, stands for]`.
    proclitics: Vec<(String, String)>,
    /// The joined article of inflected words, in the dictionary form absent.
    article: String,
    classes: Vec<Class>,
    /// Letters that change before an ending: `[last letter, letter before the ending, ending]`.
    changes: Vec<(String, String, String)>,
    /// Whether a vowel before the last consonant may drop out before an ending: "Aleksandar", "Aleksandra".
    fleeting: String,
}

impl Row {
    pub(super) fn article(&self) -> &str {
        &self.article
    }

    /// What a word begins with that carries the article behind a clitic, folded.
    pub(super) fn articles_joined(&self) -> Vec<String> {
        let joined = |(written, stands_for): &(String, String)| {
            let behind = if *stands_for == self.article { "" } else { &*self.article };
            fold(&format!("{written}{behind}"))
        };
        if self.article.is_empty() {
            Vec::new()
        } else {
            self.proclitics.iter().map(joined).collect()
        }
    }
}

/// How the words of one language change.
#[derive(Debug, Default)]
pub struct Inflection {
    proclitics: Vec<(String, String)>,
    article: String,
    classes: Vec<(String, String, u8)>,
    changes: Vec<(String, String, u8)>,
    fleeting: Option<char>,
    sets: Vec<Vec<String>>,
    longest: usize,
}

impl Inflection {
    /// The set of endings of a word that does not change.
    pub const FIXED: u8 = 0;

    pub(super) fn new(row: &Row) -> Self {
        let mut this = Self {
            proclitics: row.proclitics.iter().map(|(a, b)| (fold(a), fold(b))).collect(),
            article: fold(&row.article),
            fleeting: fold(&row.fleeting).chars().next(),
            sets: vec![vec![String::new()]],
            ..Self::default()
        };
        for class in &row.classes {
            let set = this.set(class.endings.iter().map(|ending| fold(ending)).collect());
            this.classes.push((fold(&class.after), fold(&class.cut), set));
        }
        for (last, becomes, ending) in &row.changes {
            let set = this.set(vec![fold(ending)]);
            this.changes.push((fold(last), fold(becomes), set));
        }
        this.longest = this.sets.iter().flatten().map(String::len).max().unwrap_or(0);
        this
    }

    fn set(&mut self, endings: Vec<String>) -> u8 {
        self.sets.push(endings);
        u8::try_from(self.sets.len() - 1).unwrap_or(Self::FIXED)
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

    /// The forms of a dictionary form with those of `endings` that it takes, but for those that only add to it.
    pub(super) fn declined(&self, word: &str, endings: &[String]) -> Vec<String> {
        let forms = self.bases(word).into_iter().flat_map(|(base, set)| {
            let own = endings.iter().filter(move |ending| self.allows(set, ending));
            own.map(move |ending| format!("{base}{ending}"))
        });
        forms.filter(|form| !form.starts_with(word)).collect()
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

    pub(super) fn allows(&self, set: u8, ending: &str) -> bool {
        self.sets.get(usize::from(set)).is_some_and(|set| set.iter().any(|known| known == ending))
    }

    /// Calls `read` with each way to part a printed word into what is joined before it (told as a flag),
    /// a base and an ending.
    pub(super) fn readings(&self, word: &str, mut read: impl FnMut(&str, &str, bool)) {
        self.endings(word, false, &mut read);
        for (written, stands_for) in &self.proclitics {
            let Some(rest) = word.strip_prefix(written.as_str()) else { continue };
            if rest.chars().nth(1).is_none() {
                continue;
            }
            if stands_for.is_empty() {
                self.endings(rest, true, &mut read);
            } else {
                self.endings(&format!("{stands_for}{rest}"), true, &mut read);
            }
        }
    }

    fn endings(&self, word: &str, clitic: bool, read: &mut impl FnMut(&str, &str, bool)) {
        for cut in 0..=self.longest.min(word.len().saturating_sub(2)) {
            if let Some((base, ending)) = word.split_at_checked(word.len() - cut) {
                read(base, ending, clitic);
            }
        }
    }
}
