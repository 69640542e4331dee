//! Makes [`Prefixes`].

use crate::lexicon::prefixes::Prefixes;
use yada::{DoubleArray, builder::DoubleArrayBuilder};

/// Files words, sorted and each once, under numbers of 31 bits. `None` where one is empty or has the character NUL.
pub(super) fn compile<'w>(words: impl Iterator<Item = (&'w str, u32)>) -> Option<Prefixes> {
    let words: Vec<(&str, u32)> = words.collect();
    if words.is_empty() {
        return Some(Prefixes(None));
    }
    let bytes = DoubleArrayBuilder::build(&words).ok()?;
    Some(Prefixes(Some(DoubleArray::new(bytes.into()).ok()?)))
}
