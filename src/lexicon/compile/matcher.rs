//! Makes a [`Matcher`] of patterns.

use super::{numbers::filed, prefixes};
use crate::{
    lexicon::matcher::{Affixes, Entry, Inflection, Matcher},
    text::fold::fold,
};

/// Gathers patterns for a [`Matcher`].
#[derive(Debug)]
pub(super) struct MatcherBuilder {
    patterns: Vec<(String, Entry)>,
    tails: Vec<Vec<String>>,
    affixes: Affixes,
}

impl MatcherBuilder {
    /// An empty lexicon whose words may carry `affixes`.
    pub(super) fn new(affixes: Affixes) -> Self {
        Self { patterns: Vec::new(), tails: Vec::new(), affixes }
    }

    /// Adds a pattern as printed. A zero-width non-joiner in it is found present, absent and as a blank.
    pub(super) fn add(&mut self, printed: &str, inflection: Inflection, value: u16) {
        self.add_folded(&fold(printed), inflection, value);
        if printed.contains('\u{200c}') {
            self.add_folded(&fold(&printed.replace('\u{200c}', " ")), inflection, value);
        }
    }

    /// Adds a pattern that is folded already.
    pub(super) fn add_folded(&mut self, pattern: &str, inflection: Inflection, value: u16) {
        let pattern = pattern.trim();
        let (stem, open) = match pattern.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (pattern, false),
        };
        let mut parts = stem.split('*');
        let Some(text) = parts.next().filter(|text| !text.is_empty()) else { return };
        let tail: Vec<String> = parts.map(str::to_owned).collect();
        let tail = (!tail.is_empty()).then(|| self.tail(tail));
        self.patterns.push((text.to_owned(), Entry { inflection, open, tail, value }));
    }

    /// The number of a tail.
    fn tail(&mut self, tail: Vec<String>) -> u32 {
        let known = self.tails.iter().position(|known| *known == tail);
        let number = known.unwrap_or_else(|| {
            self.tails.push(tail);
            self.tails.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// Compiles the lexicon; `None` where a pattern has the character NUL.
    pub(super) fn build(mut self) -> Option<Matcher> {
        self.patterns.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut texts: Vec<String> = Vec::with_capacity(self.patterns.len());
        let mut lists: Vec<Vec<u32>> = Vec::with_capacity(self.patterns.len());
        for (text, entry) in self.patterns {
            if texts.last() != Some(&text) {
                texts.push(text);
                lists.push(Vec::new());
            }
            lists.last_mut()?.extend(pack(entry));
        }
        let (filed, entries) = filed(lists);
        let patterns = prefixes::compile(texts.iter().map(String::as_str).zip(filed))?;
        Some(Matcher { patterns, entries, tails: self.tails, affixes: self.affixes })
    }
}

/// An entry as numbers: one or, with a tail, two.
fn pack(entry: Entry) -> impl Iterator<Item = u32> {
    let flag = |set: bool, bit: u32| if set { bit } else { 0 };
    let first = u32::from(entry.value)
        | flag(entry.inflection == Inflection::Inflected, Entry::INFLECTED)
        | flag(entry.open, Entry::OPEN)
        | flag(entry.tail.is_some(), Entry::TAIL);
    [Some(first), entry.tail].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folded;

    /// What the patterns mean.
    const VALUES: [&str; 12] =
        ["feb", "tue", "bg", "may", "sign", "commission", "key", "1", "2", "3", "4", "5"];

    fn matcher() -> Matcher {
        let affixes = Affixes::new(&["و", "ب", "ال", "وال"], &["u", "a", "om"]);
        let mut builder = MatcherBuilder::new(affixes);
        let mut add = |pattern: &str, inflection, value: &str| {
            let value = VALUES.iter().position(|known| *known == value).unwrap();
            builder.add(pattern, inflection, value.try_into().unwrap());
        };
        add("فبراير", Inflection::Fixed, "feb");
        add("سه\u{200c}شنبه", Inflection::Fixed, "tue");
        add("Beograd", Inflection::Inflected, "bg");
        add("maj", Inflection::Fixed, "may");
        add("potpisa*", Inflection::Fixed, "sign");
        add("mešovit* komisij*", Inflection::Fixed, "commission");
        add("uručen* ključ", Inflection::Fixed, "key");
        for (pattern, value) in
            [("x", "1"), ("xy", "2"), ("xy z", "3"), ("xyzzz", "4"), ("7 x", "5")]
        {
            add(pattern, Inflection::Fixed, value);
        }
        builder.build().unwrap()
    }

    #[test]
    fn whole_words_with_what_may_stand_around_them() {
        for (text, found) in [
            ("في فبراير", vec![("فبراير", "feb")]),
            ("والفبراير", vec![("فبراير", "feb")]),
            ("شفبراير", vec![]),
            (
                "سه شنبه، سه\u{200c}شنبه، سهشنبه",
                vec![("سه شنبه", "tue"), ("سه\u{200c}شنبه", "tue"), ("سهشنبه", "tue")],
            ),
            ("u Beogradu, Beogradski, Београдом", vec![("Beograd", "bg"), ("Београд", "bg")]),
            ("majka majke, 25. maja, 5maj", vec![("maj", "may")]),
            ("potpisali su", vec![("potpisa", "sign")]),
            (
                "Mešovitoj komisiji, mešovite su komisije, мешовита комисија",
                vec![("Mešovit", "commission"), ("мешовит", "commission")],
            ),
            ("uručeni ključevi, uručen ključ", vec![("uručen", "key")]),
            // A short pattern is found where a longer one begins alike but is not there.
            ("x xyzzy xyzzz", vec![("x", "1"), ("xyzzz", "4")]),
            ("xy zz xy z", vec![("xy", "2"), ("xy", "2"), ("xy z", "3")]),
            (
                "7 x, 17 x, ب7 x",
                vec![("7 x", "5"), ("x", "1"), ("x", "1"), ("7 x", "5"), ("x", "1")],
            ),
        ] {
            let folded = Folded::new(text);
            let matcher = matcher();
            let hits: Vec<_> = matcher
                .find(folded.as_str())
                .into_iter()
                .map(|hit| (folded.to_printed(hit.span).of(text), VALUES[usize::from(hit.value)]))
                .collect();
            assert_eq!(hits, found, "{text}");
        }
    }
}
