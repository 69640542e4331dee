//! The phrases of one language, found word by word: each word of a phrase may stand in any of its forms.
//!
//! A trie over words rather than letters, because in a Serbian name every word is declined ("Aleksandra
//! Vučića", "Ministarstvu trgovine") and listing the forms of whole phrases would multiply the lexicon.

use super::inflection::Inflection;
use crate::{
    lexicon::{
        numbers::{Groups, Numbers},
        prefixes::Prefixes,
    },
    text::fold::is_alphanumeric,
};
use serde::{Deserialize, Serialize};

/// How a phrase must be printed to count, in scripts that have capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
pub(in crate::lexicon) const COMMA: u32 = 0;

/// Phrases of one language, each with what it means.
///
/// They are a trie over words. Its root is node 0, and its nodes are numbered in the order in which they are
/// reached, level by level: the edge at place *n* among those of all nodes leads to node *n* + 1. The words with
/// which phrases begin have the numbers of the nodes to which they lead.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static, S: Deserialize<'de>"))]
pub struct Phrases<S> {
    pub(in crate::lexicon) inflection: Inflection,
    /// What is left of words without their endings, each with its readings.
    pub(in crate::lexicon) vocabulary: Prefixes,
    pub(in crate::lexicon) readings: Groups,
    /// How many words phrases begin with.
    pub(in crate::lexicon) first: u32,
    /// The words that lead on from each node.
    pub(in crate::lexicon) edges: Groups,
    /// Where the meanings of each node begin, and where those of the last end.
    pub(in crate::lexicon) meanings: Numbers,
    pub(in crate::lexicon) senses: Vec<(S, Case)>,
}

/// The number of a word and the set of endings that it takes, out of a reading.
const fn unpack(reading: u32) -> (u32, u8) {
    let [set, ..] = reading.to_le_bytes();
    (reading >> u8::BITS, set)
}

/// The most bases of one word that are looked at: a word has one for each ending that it may have.
const BASES: usize = 32;

impl<S: Copy + PartialEq> Phrases<S> {
    /// The readings of one folded word, letters and digits.
    pub fn forms(&self, word: &str, out: &mut Vec<Form>) {
        self.inflection.bare(word, |word, clitic| {
            let least = self.inflection.shortest_base(word);
            let mut bases = [(0, 0); BASES];
            let found = self.vocabulary.of(word).filter(|(_, length)| *length >= least);
            let count = bases.iter_mut().zip(found).map(|(base, found)| *base = found).count();
            // The shortest ending comes first.
            for (base, length) in bases.iter().take(count).rev() {
                let ending = word.get(*length..).unwrap_or_default();
                for (word, set) in self.readings.of_filed(*base).map(unpack) {
                    let form = Form { word, clitic };
                    if self.inflection.allows(set, ending) && !out.contains(&form) {
                        out.push(form);
                    }
                }
            }
        });
    }

    /// The node to which a word leads from another.
    fn next(&self, node: u32, word: u32) -> Option<u32> {
        let mut edges = self.edges.of(node as usize);
        let (edge, _) = edges.find(|(_, other)| *other == word)?;
        u32::try_from(edge + 1).ok()
    }

    fn meanings(&self, node: u32) -> &[(S, Case)] {
        let place = |node: u32| self.meanings.get(node as usize).unwrap_or_default() as usize;
        self.senses.get(place(node)..place(node + 1)).unwrap_or_default()
    }

    /// Whether `word` is `name` after what the language joins before words, and before one of `endings`.
    pub fn is_form_of(&self, word: &str, name: &str, endings: &[String]) -> bool {
        let mut found = false;
        // For words a plain look at each place is quicker than a search made for texts.
        let mut places = word.as_bytes().windows(name.len().max(1));
        if places.any(|place| place == name.as_bytes()) {
            self.inflection.bare(word, |word, _| {
                found |= word.strip_prefix(name).is_some_and(|ending| {
                    name.len() >= self.inflection.shortest_base(word)
                        && (ending.is_empty() || endings.iter().any(|known| known == ending))
                });
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
        let mut open: Vec<(usize, u32)> = Vec::new();
        let begin =
            forms(at)?.iter().rev().map(|form| form.word).filter(|word| *word <= self.first);
        for word in begin {
            let mut first = Some((at + 1, word));
            while let Some((next, node)) = first.take().or_else(|| open.pop()) {
                let words = next - at;
                let meant = self.meanings(node).iter();
                let mut meant =
                    meant.filter(|(_, case)| fits(*case)).map(|(sense, _)| *sense).peekable();
                if words >= best && meant.peek().is_some() {
                    if words > best {
                        senses.clear();
                    }
                    best = words;
                    senses.extend(meant);
                }
                if self.edges.of(node as usize).next().is_none() {
                    continue;
                }
                let Some(following) = forms(next) else { continue };
                let node = if comma(next) { self.next(node, COMMA) } else { Some(node) };
                let Some(node) = node else { continue };
                let steps = following.iter().filter(|form| !form.clitic);
                open.extend(steps.filter_map(|form| Some((next + 1, self.next(node, form.word)?))));
            }
        }
        (best > 0).then_some(best)
    }

    /// How many phrases there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let starts = (0..self.meanings.len()).map(|node| self.meanings.get(node));
        starts.clone().zip(starts.skip(1)).filter(|(start, end)| start < end).count()
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
