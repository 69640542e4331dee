//! Makes [`Phrases`].

use super::{inflection::FIXED, numbers::filed, prefixes};
use crate::lexicon::gazetteer::{
    grammar::Sense,
    inflection::Inflection,
    phrases::{COMMA, Case, Phrases, words},
};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Gathers the phrases of one language.
#[derive(Debug)]
pub(super) struct PhrasesBuilder {
    inflection: Inflection,
    vocabulary: HashMap<Box<str>, Vec<(u32, u8)>, FixedState>,
    edges: HashMap<(u32, u32), u32, FixedState>,
    senses: Vec<Vec<(Sense, Case)>>,
    /// The numbers of words, of those that do not change and of those that do.
    words: [HashMap<Box<str>, u32, FixedState>; 2],
}

impl PhrasesBuilder {
    /// No phrases yet, in a language with these forms.
    pub(super) fn new(inflection: Inflection) -> Self {
        Self {
            inflection,
            vocabulary: HashMap::default(),
            edges: HashMap::default(),
            senses: vec![Vec::new()],
            words: Default::default(),
        }
    }

    /// Adds a phrase in its dictionary form, folded; blanks and hyphens part its words.
    pub(super) fn add(&mut self, folded: &str, inflected: bool, case: Case, sense: Sense) {
        let mut node = 0;
        for word in words(folded) {
            let word = if word == "," { COMMA } else { self.word(word, inflected) };
            let fresh = number(self.senses.len());
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
        let fresh = number(fixed.len() + changing.len()).saturating_add(COMMA + 1);
        let words = if inflected { changing } else { fixed };
        if let Some(id) = words.get(word) {
            return *id;
        }
        words.insert(word.into(), fresh);
        let mut bases = vec![(word.to_owned(), FIXED)];
        if inflected {
            bases.append(&mut self.inflection.bases(word));
        }
        for (base, set) in bases.into_iter().filter(|(base, _)| !base.is_empty()) {
            self.vocabulary.entry(base.into()).or_default().push((fresh, set));
        }
        fresh
    }

    /// Compiles the phrases; `None` where one has the character NUL.
    pub(super) fn build(self) -> Option<Phrases<Sense>> {
        let Self { inflection, vocabulary, edges, mut senses, .. } = self;
        let mut children: Vec<Vec<(u32, u32)>> = vec![Vec::new(); senses.len()];
        for ((node, word), child) in edges {
            children.get_mut(node as usize)?.push((word, child));
        }
        // Level by level; a node is numbered by its place in this order.
        let (mut order, mut lists, mut at) = (vec![0], Vec::with_capacity(senses.len()), 0);
        while let Some(node) = order.get(at) {
            let mut edges = std::mem::take(children.get_mut(*node as usize)?);
            edges.sort_unstable();
            order.extend(edges.iter().map(|(_, child)| *child));
            lists.push(edges.into_iter().map(|(word, _)| word).collect::<Vec<u32>>());
            at += 1;
        }
        // The words with which phrases begin are numbered as the nodes to which they lead, the others after them.
        let first = lists.first().map_or(0, Vec::len);
        let begin: HashMap<u32, u32> = lists.first()?.iter().copied().zip(1..).collect();
        let mut others: HashMap<u32, u32> = HashMap::from([(COMMA, COMMA)]);
        let mut renumbered = |word: u32| {
            let fresh = number(first + others.len());
            begin.get(&word).copied().unwrap_or_else(|| *others.entry(word).or_insert(fresh))
        };
        lists.iter_mut().flatten().for_each(|word| *word = renumbered(*word));

        let mut bases: Vec<_> = vocabulary.into_iter().collect();
        bases.sort_unstable();
        let readings = bases.iter().map(|(_, readings)| {
            readings.iter().map(|(word, set)| pack(renumbered(*word), *set)).collect()
        });
        let (filed, readings) = filed(readings.collect());
        let vocabulary = prefixes::compile(bases.iter().map(|(base, _)| &**base).zip(filed))?;

        let (mut meanings, mut all) = (vec![0], Vec::new());
        for node in order {
            all.append(senses.get_mut(node as usize)?);
            meanings.push(number(all.len()));
        }
        Some(Phrases {
            inflection,
            vocabulary,
            readings,
            first: number(first),
            edges: lists.into_iter().collect(),
            meanings: meanings.into_iter().collect(),
            senses: all,
        })
    }
}

/// A reading of what is left of a word: the number of the word, and the set of endings that it takes.
const fn pack(word: u32, set: u8) -> u32 {
    word << u8::BITS | set as u32
}

/// There are fewer words than 4 G.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
