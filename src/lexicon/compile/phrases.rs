//! Makes [`Phrases`].

use super::{inflection::FIXED, prefixes};
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
        let Self { inflection, vocabulary, edges, senses, .. } = self;
        let mut bases: Vec<_> = vocabulary.into_iter().collect();
        bases.sort_unstable();
        let vocabulary = prefixes::compile(bases.iter().map(|(base, _)| &**base))?;
        let (mut starts, mut readings) = (Vec::with_capacity(bases.len() + 1), Vec::new());
        for (_, own) in bases {
            starts.push(number(readings.len()));
            readings.extend(own);
        }
        starts.push(number(readings.len()));
        Some(Phrases { inflection, vocabulary, starts, readings, edges, senses })
    }
}

/// There are fewer words than 4 G.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
