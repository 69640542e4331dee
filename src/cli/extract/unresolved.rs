//! What no lexicon knew, most frequent first: where the data files should grow.

use crate::{article::Article, mention::Extraction, text::Lang};
use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, Write},
};

/// Counts over all articles.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<Row, BTreeMap<String, usize>>);

/// What is counted together.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    what: &'static str,
    lang: Lang,
    /// What all its forms share: the key of a name, or the words in small letters.
    key: String,
}

impl Tally {
    /// Counts what was left in an article: names that no gazetteer lists, dates that could not be
    /// resolved, and words that were passed over, with the reason.
    pub(super) fn add(&mut self, article: &Article, extraction: &Extraction) {
        let lang = extraction.lang;
        for name in extraction.names.iter().filter(|name| name.entity.id.is_unlisted()) {
            let printed = one_line(name.core.of(article.field(name.at.field)));
            let key = name.entity.id.to_string();
            self.count(Row { what: "name", lang, key }, printed);
        }
        for timex in extraction.timexes.iter().filter(|timex| timex.resolved.is_none()) {
            let printed = one_line(timex.span.of(article.field(timex.field)));
            self.count(Row { what: "date", lang, key: printed.to_lowercase() }, printed);
        }
        for left in &extraction.left {
            let words = left.at.span.of(article.field(left.at.field));
            let printed = one_line(&format!("{words}: {}", left.why));
            self.count(Row { what: "left", lang, key: printed.to_lowercase() }, printed);
        }
    }

    fn count(&mut self, row: Row, form: String) {
        *self.0.entry(row).or_default().entry(form).or_default() += 1;
    }

    /// The list, most frequent first: how often, what, in which language, and how it is printed.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let row = |(row, forms): (&Row, &BTreeMap<String, usize>)| {
            // Of a name its whole form, not the family name alone; of several the commonest.
            let words = |form: &str| form.split(' ').count();
            let (form, _) =
                forms.iter().min_by_key(|(form, n)| (Reverse(words(form)), Reverse(**n)))?;
            let times: usize = forms.values().sum();
            Some((Reverse(times), row.what, row.lang.tag(), form.clone()))
        };
        let mut rows: Vec<_> = self.0.iter().filter_map(row).collect();
        rows.sort_unstable();
        rows.iter().try_for_each(|(Reverse(times), what, lang, form)| {
            writeln!(out, "{times:>6}  {what}  {lang}  {form}")
        })
    }
}

fn one_line(printed: &str) -> String {
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}
