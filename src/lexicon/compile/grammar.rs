//! Compiles `data/names/*.toml`, with the names of the gazetteer in that language.

use super::{
    inflection::{self, InflectionRow, articles_joined},
    phrases::PhrasesBuilder,
};
use crate::{
    lexicon::gazetteer::{
        file::EntryIndex,
        grammar::{Grammar, Link, Modifier, Rank, Sense},
        phrases::Case,
    },
    text::fold::{fold, is_letter},
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// `data/names/{lang}.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GrammarRow {
    pub(super) home: Option<String>,
    inflected_names: bool,
    inflection: InflectionRow,
    title: BTreeMap<String, Vec<String>>,
    portfolio: BTreeMap<String, Vec<String>>,
    rank: BTreeMap<Rank, Vec<String>>,
    link: BTreeMap<Link, Vec<String>>,
    body: BTreeMap<String, Vec<String>>,
    several: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    joined_and: String,
    #[serde(default)]
    home_titles: Vec<String>,
    honorific: Vec<String>,
    counterpart: Vec<String>,
    ours: Vec<String>,
    stop: Vec<String>,
    #[serde(default)]
    months_as_names: Vec<String>,
    surname_endings: Vec<String>,
    oblique_endings: Vec<String>,
    #[serde(default)]
    j_is_y: bool,
    particles: Vec<String>,
    before_head: Vec<Modifier>,
    country_at: bool,
    name_before_title: bool,
}

/// Compiles a file; `home` is the entry of its home country, `more` adds what other files hold. `None` where a word has
/// the character NUL.
pub(super) fn compile(
    row: GrammarRow,
    home: Option<EntryIndex>,
    more: impl FnOnce(&mut Words),
) -> Option<Grammar> {
    let inflection = inflection::compile(&row.inflection);
    let article = inflection.article.clone();
    let inflected_names = row.inflected_names;
    let mut words = Words { inflected_names, phrases: PhrasesBuilder::new(inflection) };
    words.row(&row, home);
    more(&mut words);
    let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect();
    Some(Grammar {
        phrases: words.phrases.build()?,
        titles: names(&row.title),
        portfolios: names(&row.portfolio),
        bodies: names(&row.body),
        several: names(&row.several),
        article,
        articles_joined: articles_joined(&row.inflection),
        home,
        months_as_names: folded(&row.months_as_names),
        surname_endings: folded(&row.surname_endings),
        oblique_endings: longest_first(&row.oblique_endings),
        j_is_y: row.j_is_y,
        joined_and: fold(&row.joined_and),
        home_titles: row.home_titles,
        particles: folded(&row.particles),
        before_head: row.before_head,
        country_at: row.country_at,
        name_before_title: row.name_before_title,
        inflected_names,
    })
}

/// Gathers the words of one language.
#[derive(Debug)]
pub(super) struct Words {
    phrases: PhrasesBuilder,
    inflected_names: bool,
}

impl Words {
    fn row(&mut self, row: &GrammarRow, home: Option<EntryIndex>) {
        self.numbered(&row.title, true, Sense::Title);
        // Where names are declined, portfolios are listed in the cases in which they follow a title.
        self.numbered(&row.portfolio, !row.inflected_names, Sense::Portfolio);
        self.numbered(&row.body, true, Sense::Body);
        self.numbered(&row.several, false, Sense::Several);
        for (rank, names) in &row.rank {
            self.words(names, true, Sense::Rank(*rank));
        }
        for (link, names) in &row.link {
            self.words(names, false, Sense::Link(*link));
        }
        self.words(&row.honorific, true, Sense::Honorific);
        self.words(&row.counterpart, true, Sense::Counterpart);
        self.words(&row.stop, false, Sense::Stop);
        if let Some(home) = home {
            self.words(&row.ours, true, Sense::Nation(home));
        }
    }

    fn numbered(
        &mut self,
        lists: &BTreeMap<String, Vec<String>>,
        inflected: bool,
        sense: fn(u8) -> Sense,
    ) {
        for (names, number) in lists.values().zip(0..) {
            self.words(names, inflected, sense(number));
        }
    }

    /// Adds words; one that is written with `=` before it does not change.
    fn words(&mut self, names: &[String], inflected: bool, sense: Sense) {
        for name in names {
            let fixed = name.strip_prefix('=');
            self.add(fixed.unwrap_or(name), inflected && fixed.is_none(), Case::Any, sense);
        }
    }

    /// Adds a name as printed.
    pub(super) fn name(&mut self, printed: &str, sense: Sense) {
        let letters = || printed.chars().filter(|c| is_letter(*c));
        let upper = letters().count() > 1 && letters().all(char::is_uppercase);
        let case = if upper {
            Case::Upper
        } else if letters().next().is_some_and(char::is_uppercase) {
            Case::Capital
        } else {
            Case::Any
        };
        self.add(printed, self.inflected_names && !upper, case, sense);
    }

    /// Adds an adjective or a common noun as printed.
    pub(super) fn word(&mut self, printed: &str, sense: Sense) {
        self.add(printed, true, Case::Any, sense);
    }

    fn add(&mut self, printed: &str, inflected: bool, case: Case, sense: Sense) {
        self.phrases.add(&fold(printed), inflected, case, sense);
        if printed.contains('\u{200c}') {
            self.phrases.add(&fold(&printed.replace('\u{200c}', " ")), inflected, case, sense);
        }
    }
}

fn names(lists: &BTreeMap<String, Vec<String>>) -> Vec<Arc<str>> {
    lists.keys().map(|name| name.as_str().into()).collect()
}

fn longest_first(endings: &[String]) -> Vec<String> {
    let mut endings: Vec<String> = endings.iter().map(|ending| fold(ending)).collect();
    endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
    endings
}
