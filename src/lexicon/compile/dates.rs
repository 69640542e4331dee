//! Compiles `data/lexicon/*.toml`.

use super::{CompileError, forms, matcher::MatcherBuilder, parse};
use crate::{
    lexicon::{
        dates::file::{Compiled, File},
        matcher::{Affixes, Inflection},
    },
    text::fold::fold,
};
use foldhash::fast::FixedState;
use std::{collections::HashMap, mem::take};

/// Compiles the content of a data file; `file` names it in errors.
pub(super) fn compile(file: &str, content: &str) -> Result<Compiled, CompileError> {
    let mut rows: File = parse(file, content)?;
    let mut found = Gathered::default();
    let months = rows.months.iter_mut().map(|block| (&mut block.names, &mut block.source));
    let weekdays = rows.weekdays.iter_mut().map(|block| (&mut block.names, &mut block.source));
    for (names, source) in months.chain(weekdays) {
        take(source);
        names.iter_mut().try_for_each(|row| found.add(file, take(row)))?;
    }
    for block in &mut rows.series {
        take(&mut block.source);
        let each = block.forms.iter_mut();
        each.into_iter().try_for_each(|form| found.add(file, vec![take(form)]))?;
    }
    for block in &mut rows.words {
        take(&mut block.source);
        found.add(file, take(&mut block.forms))?;
    }
    let affixes = Affixes::new(&rows.settings.proclitics, &[]);
    let mut builder = MatcherBuilder::new(affixes);
    let mut meanings = Vec::with_capacity(found.patterns.len());
    for (pattern, senses) in found.patterns {
        let at = u16::try_from(meanings.len()).map_err(|_| CompileError::Block {
            file: file.to_owned(),
            block: pattern.clone(),
            why: "is one too many: a file holds at most 65536 forms".to_owned(),
        })?;
        builder.add_folded(&pattern, Inflection::Fixed, at);
        meanings.push(senses);
    }
    let matcher = builder.build().ok_or_else(|| CompileError::nul(file))?;
    Ok(Compiled { rows, matcher, meanings: meanings.into_iter().collect() })
}

/// The patterns of a file, each once, with the numbers of all its senses.
#[derive(Default)]
struct Gathered {
    index: HashMap<String, usize, FixedState>,
    patterns: Vec<(String, Vec<u32>)>,
    senses: u32,
}

impl Gathered {
    /// Adds the forms of the next sense.
    fn add(&mut self, file: &str, written: Vec<String>) -> Result<(), CompileError> {
        for written in written {
            for form in forms(file, &written)? {
                self.form(&form);
                // A zero-width non-joiner is typed, left out, or typed as a blank.
                if form.contains('\u{200c}') {
                    self.form(&form.replace('\u{200c}', " "));
                }
            }
        }
        self.senses += 1;
        Ok(())
    }

    fn form(&mut self, form: &str) {
        let open = if form.ends_with('*') { "*" } else { "" };
        let pattern = fold(form.trim_end_matches('*')) + open;
        if pattern.is_empty() {
            return;
        }
        let at = *self.index.entry(pattern).or_insert_with_key(|pattern| {
            self.patterns.push((pattern.clone(), Vec::new()));
            self.patterns.len() - 1
        });
        if let Some((_, senses)) = self.patterns.get_mut(at)
            && !senses.contains(&self.senses)
        {
            senses.push(self.senses);
        }
    }
}
