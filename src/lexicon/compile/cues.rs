//! Compiles `data/cues/*.toml` and `data/occasions.toml`.

use super::{CompileError, forms, matcher::MatcherBuilder, parse};
use crate::{
    lexicon::{
        cues::file::{Compiled, File, OccasionRow},
        matcher::{Affixes, Inflection},
    },
    text::fold::fold,
};
use serde::Deserialize;

/// `data/occasions.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Occasions {
    pub(super) occasion: Vec<OccasionRow>,
}

/// Compiles the content of a data file; `file` names it in errors. The names of occasions that bear their year are
/// cues of every language.
pub(super) fn compile(
    file: &str,
    content: &str,
    occasions: &[OccasionRow],
) -> Result<Compiled, CompileError> {
    let mut rows: File = parse(file, content)?;
    let affixes = Affixes::new(&rows.settings.proclitics, &rows.settings.endings);
    let mut builder = Builder { file, matcher: MatcherBuilder::new(affixes), meanings: 0 };
    for words in rows.marks.values_mut().chain(rows.things.values_mut()) {
        builder.add(words)?;
        words.clear();
    }
    for row in &mut rows.trigger {
        builder.add(&row.words)?;
        // The first names the block where it is at fault.
        row.words.truncate(1);
    }
    for row in &mut rows.nth {
        builder.add(&row.words)?;
        row.words.clear();
    }
    occasions.iter().try_for_each(|row| builder.add(&row.names))?;
    let matcher = builder.matcher.build().ok_or_else(|| CompileError::nul(file))?;
    Ok(Compiled { rows, matcher })
}

struct Builder<'f> {
    file: &'f str,
    matcher: MatcherBuilder,
    meanings: u16,
}

impl Builder<'_> {
    /// Adds the words of the next meaning.
    fn add(&mut self, words: &[String]) -> Result<(), CompileError> {
        for word in words {
            // One folding for all forms, but for those that differ in a zero-width non-joiner.
            if word.contains('\u{200c}') {
                for form in forms(self.file, word)? {
                    self.matcher.add(&form, Inflection::Inflected, self.meanings);
                }
            } else {
                for form in forms(self.file, &fold(word))? {
                    self.matcher.add_folded(&form, Inflection::Inflected, self.meanings);
                }
            }
        }
        self.meanings = self.meanings.saturating_add(1);
        Ok(())
    }
}
