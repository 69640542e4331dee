//! The phrases of one language, found word by word: each word of a phrase may stand in any of its forms.
//!
//! A trie over words rather than letters, because in a Serbian name every word is declined ("Aleksandra
//! Vučića", "Ministarstvu trgovine") and listing the forms of whole phrases would multiply the lexicon.

use super::inflection::Inflection;
use crate::text::fold::is_alphanumeric;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// How a phrase must be printed to count, in scripts that have capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Any way.
    Any,
    /// With a capital at its beginning: a name.
    Capital,
    /// In capitals only: an abbreviation such as "UN".
    Upper,
}

/// One reading of a printed word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    word: u32,
    /// Whether something is written before the word and joined to it (Arabic w-, b-, l-).
    clitic: bool,
}

impl Form {
    /// Whether something is joined before the word.
    #[must_use]
    pub const fn is_clitic(&self) -> bool {
        self.clitic
    }
}

/// The comma inside a phrase, as in "Ministry of Industry, Mine and Trade".
const COMMA: u32 = 0;

/// Phrases of one language, each with what it means.
#[derive(Debug)]
pub struct Phrases<S> {
    inflection: Inflection,
    vocabulary: HashMap<Box<str>, Vec<(u32, u8)>, FixedState>,
    edges: HashMap<(u32, u32), u32, FixedState>,
    senses: Vec<Vec<(S, Case)>>,
    /// The numbers of words, of those that do not change and of those that do.
    words: [HashMap<Box<str>, u32, FixedState>; 2],
}

impl<S: Copy + PartialEq> Phrases<S> {
    /// No phrases yet, in a language with these forms.
    #[must_use]
    pub fn new(inflection: Inflection) -> Self {
        Self {
            inflection,
            vocabulary: HashMap::default(),
            edges: HashMap::default(),
            senses: vec![Vec::new()],
            words: Default::default(),
        }
    }

    /// Adds a phrase in its dictionary form, folded; blanks and hyphens part its words.
    pub fn add(&mut self, folded: &str, inflected: bool, case: Case, sense: S) {
        let mut node = 0;
        for word in words(folded) {
            let word = if word == "," { COMMA } else { self.word(word, inflected) };
            let fresh = u32::try_from(self.senses.len()).unwrap_or(u32::MAX);
            node = *self.edges.entry((node, word)).or_insert(fresh);
            if node == fresh {
                self.senses.push(Vec::new());
            }
        }
        if let Some(senses) = self.senses.get_mut(node as usize)
            && node != 0
            && !senses.contains(&(sense, case))
        {
            senses.push((sense, case));
        }
    }

    fn word(&mut self, word: &str, inflected: bool) -> u32 {
        let [fixed, changing] = &mut self.words;
        let fresh = u32::try_from(fixed.len() + changing.len()).unwrap_or(u32::MAX);
        let fresh = fresh.saturating_add(COMMA + 1);
        let words = if inflected { changing } else { fixed };
        if let Some(id) = words.get(word) {
            return *id;
        }
        words.insert(word.into(), fresh);
        let mut bases = vec![(word.to_owned(), Inflection::FIXED)];
        if inflected {
            bases.append(&mut self.inflection.bases(word));
        }
        for (base, set) in bases {
            self.vocabulary.entry(base.into()).or_default().push((fresh, set));
        }
        fresh
    }

    /// The readings of one folded word.
    pub fn forms(&self, word: &str, out: &mut Vec<Form>) {
        self.inflection.readings(word, |base, ending, clitic| {
            for (id, set) in self.vocabulary.get(base).into_iter().flatten() {
                let form = Form { word: *id, clitic };
                if self.inflection.allows(*set, ending) && !out.contains(&form) {
                    out.push(form);
                }
            }
        });
    }

    /// Whether `word` is `name` after what the language joins before words, and before one of `endings`.
    pub fn is_form_of(&self, word: &str, name: &str, endings: &[String]) -> bool {
        let mut found = false;
        if word.contains(name) {
            self.inflection.readings(word, |base, ending, _| {
                found |= base == name
                    && (ending.is_empty() || endings.iter().any(|known| known == ending));
            });
        }
        found
    }

    /// The forms of a word with those of `endings` that it takes, but for those that only add to it.
    #[must_use]
    pub fn declined(&self, word: &str, endings: &[String]) -> Vec<String> {
        self.inflection.declined(word, endings)
    }

    /// The longest phrase that begins at word `at` and is printed as `fits` allows: how many words it has;
    /// its readings go to `senses`. `forms` gives the readings of a word, `None` past the end of the
    /// sentence; `comma` says whether a comma stands before a word.
    pub fn longest<'f>(
        &self,
        at: usize,
        forms: impl Fn(usize) -> Option<&'f [Form]>,
        comma: impl Fn(usize) -> bool,
        fits: impl Fn(Case) -> bool,
        senses: &mut Vec<S>,
    ) -> Option<usize> {
        let mut best = 0;
        let mut open: Vec<(usize, u32)> = forms(at)?
            .iter()
            .filter_map(|form| self.edges.get(&(0, form.word)).map(|node| (at + 1, *node)))
            .collect();
        while let Some((next, node)) = open.pop() {
            let words = next - at;
            let meant = self.senses.get(node as usize).map_or(&[][..], Vec::as_slice);
            let mut meant =
                meant.iter().filter(|(_, case)| fits(*case)).map(|(sense, _)| *sense).peekable();
            if words >= best && meant.peek().is_some() {
                if words > best {
                    senses.clear();
                }
                best = words;
                senses.extend(meant);
            }
            let Some(following) = forms(next) else { continue };
            let node = if comma(next) {
                match self.edges.get(&(node, COMMA)) {
                    Some(node) => *node,
                    None => continue,
                }
            } else {
                node
            };
            let steps = following.iter().filter(|form| !form.clitic);
            open.extend(steps.filter_map(|form| {
                self.edges.get(&(node, form.word)).map(|node| (next + 1, *node))
            }));
        }
        (best > 0).then_some(best)
    }

    /// How many phrases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.senses.iter().filter(|senses| !senses.is_empty()).count()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The words of a folded phrase; a comma is a word of its own, other marks only part words.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !is_alphanumeric(c) && c != ',')
        .flat_map(|part| {
            let comma = part.ends_with(',').then_some(",");
            [Some(part.trim_end_matches(',')), comma]
        })
        .flatten()
        .filter(|word| !word.is_empty())
}
