//! What no lexicon knew, most frequent first: where the data files should grow.

use crate::{article::Article, mention::Extraction};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// Counts over all articles.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<(&'static str, String), usize>);

impl Tally {
    /// Counts what was left in an article: names that no gazetteer lists, dates that could not be
    /// resolved, and words that were passed over, with the reason.
    pub(super) fn add(&mut self, article: &Article, extraction: &Extraction) {
        let unlisted = extraction.entities.iter().filter(|entity| entity.is_unlisted());
        for entity in unlisted {
            self.count("name", entity.as_str());
        }
        for timex in extraction.timexes.iter().filter(|timex| timex.resolved.is_none()) {
            self.count("date", timex.span.of(article.field(timex.field)));
        }
        for left in &extraction.left {
            let words = left.at.span.of(article.field(left.at.field));
            self.count("left", &format!("{words}: {}", left.why));
        }
    }

    fn count(&mut self, what: &'static str, words: &str) {
        let words = words.to_lowercase();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        *self.0.entry((what, words)).or_default() += 1;
    }

    /// The list, most frequent first.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut rows: Vec<_> = self.0.iter().collect();
        rows.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        rows.iter().try_for_each(|((what, words), n)| writeln!(out, "{n:>6}  {what}  {words}"))
    }
}
