//! What the words of one language tell about names: titles, portfolios, nationalities, ranks, words that
//! link them and words that are never part of a name.

use super::{
    EntryIndex,
    inflection::{self, Inflection},
    phrases::{Case, Phrases, words},
};
use crate::text::{
    fold::{fold, is_letter},
    translit,
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// How a rank changes an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// The second in rank: deputy, vice.
    Deputy,
    /// In office for a time.
    Acting,
    /// No longer in office.
    Former,
    /// Speaks or works for the holder: adviser, spokesman, office.
    Aide,
}

impl Rank {
    /// The name as it stands in data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deputy => "deputy",
            Self::Acting => "acting",
            Self::Former => "former",
            Self::Aide => "aide",
        }
    }
}

/// Words that hold a phrase together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// Whose: "of", «از».
    Of,
    /// For what: "for", "za", "لشؤون".
    For,
    /// Where or to whom: "in", "to", "u", "لدى", «در».
    At,
    /// Joins two of a kind: "and", "i", "و".
    And,
    /// Says nothing of its own: "the", "republic of".
    The,
}

/// What may stand before a title or a sort of body and say whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modifier {
    /// A nationality: "Serbian minister".
    Nation,
    /// A place: "Iran's minister".
    Place,
    /// A portfolio: "foreign minister".
    Portfolio,
}

/// What a phrase may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// A person, body, place or theme by name.
    Named(EntryIndex),
    /// A person by a name that needs an introduction.
    Surname(EntryIndex),
    /// A nationality: "Serbian", "الصربي", «صربستانی», "srpski".
    Nation(EntryIndex),
    /// A title, by its number in [`Grammar::titles`].
    Title(u8),
    /// A portfolio, by its number in [`Grammar::portfolios`].
    Portfolio(u8),
    /// An office by its full name, by its number in the gazetteer.
    Office(u16),
    /// A rank.
    Rank(Rank),
    /// A form of address: "Mr", "Dr", "السيد".
    Honorific,
    /// "his counterpart".
    Counterpart,
    /// A sort of body: "ministry", "university"; its number in [`Grammar::bodies`].
    Body(u8),
    /// Several of a kind: "the ministers", "both countries"; its number in [`Grammar::several`].
    Several(u8),
    /// A word that links.
    Link(Link),
    /// A given name.
    Given,
    /// Never part of a name.
    Stop,
}

/// `data/names/{lang}.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    home: Option<String>,
    inflected_names: bool,
    inflection: inflection::Row,
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

/// The words of one language.
#[derive(Debug)]
pub struct Grammar {
    /// All its phrases.
    pub phrases: Phrases<Sense>,
    /// The titles, by number: the names that offices use.
    pub titles: Vec<Arc<str>>,
    /// The portfolios, by number.
    pub portfolios: Vec<Arc<str>>,
    /// The sorts of bodies, by number.
    pub bodies: Vec<Arc<str>>,
    /// The kinds of which several may be told, by number: titles, sorts of bodies, `country`.
    pub several: Vec<Arc<str>>,
    /// The joined article, folded; empty where there is none.
    pub article: String,
    /// The article behind each clitic, folded: what words begin with that are no names.
    pub articles_joined: Vec<String>,
    /// The country that an office without one belongs to in the press of this language, if any.
    pub home: Option<EntryIndex>,
    /// The "and" that is joined to the word after it, folded; empty where there is none.
    pub joined_and: String,
    /// The titles that belong to [`Grammar::home`] where no country is told.
    pub home_titles: Vec<String>,
    /// Words among those that are no names which people bear too, folded: the month Bahman.
    pub months_as_names: Vec<String>,
    /// Endings by which a surname is known, folded.
    pub surname_endings: Vec<String>,
    /// Whether the letter j is the sound of English y.
    pub j_is_y: bool,
    /// Case endings of names, folded; longest first.
    pub oblique_endings: Vec<String>,
    /// Small words inside a name, folded: "von", "bin".
    pub particles: Vec<String>,
    /// What may stand before a title.
    pub before_head: Vec<Modifier>,
    /// Whether "minister in Serbia" means the minister of Serbia.
    pub country_at: bool,
    /// Whether a name may stand before its title without a comma: «ستار هاشمی وزیر ارتباطات».
    pub name_before_title: bool,
    inflected_names: bool,
}

impl Grammar {
    /// Whether names take case endings.
    #[must_use]
    pub const fn declines_names(&self) -> bool {
        self.inflected_names
    }

    pub(super) fn new(row: Row, place: impl Fn(&str) -> Option<EntryIndex>) -> Self {
        let mut this = Self {
            phrases: Phrases::new(Inflection::new(&row.inflection)),
            titles: Vec::new(),
            portfolios: Vec::new(),
            bodies: Vec::new(),
            several: Vec::new(),
            article: fold(row.inflection.article()),
            articles_joined: row.inflection.articles_joined(),
            home: row.home.as_deref().and_then(place),
            months_as_names: row.months_as_names.iter().map(|month| fold(month)).collect(),
            surname_endings: row.surname_endings.iter().map(|ending| fold(ending)).collect(),
            oblique_endings: longest_first(&row.oblique_endings),
            j_is_y: row.j_is_y,
            joined_and: fold(&row.joined_and),
            home_titles: row.home_titles,
            particles: row.particles.iter().map(|particle| fold(particle)).collect(),
            before_head: row.before_head,
            country_at: row.country_at,
            name_before_title: row.name_before_title,
            inflected_names: row.inflected_names,
        };
        // Where names are declined, portfolios are listed in the cases in which they follow a title.
        this.titles = this.numbered(&row.title, true, Sense::Title);
        this.portfolios = this.numbered(&row.portfolio, !row.inflected_names, Sense::Portfolio);
        this.bodies = this.numbered(&row.body, true, Sense::Body);
        this.several = this.numbered(&row.several, false, Sense::Several);
        for (rank, names) in &row.rank {
            this.words(names, true, Sense::Rank(*rank));
        }
        for (link, names) in &row.link {
            this.words(names, false, Sense::Link(*link));
        }
        this.words(&row.honorific, true, Sense::Honorific);
        this.words(&row.counterpart, true, Sense::Counterpart);
        this.words(&row.stop, false, Sense::Stop);
        if let Some(home) = this.home {
            this.words(&row.ours, true, Sense::Nation(home));
        }
        this
    }

    fn numbered(
        &mut self,
        lists: &BTreeMap<String, Vec<String>>,
        inflected: bool,
        sense: fn(u8) -> Sense,
    ) -> Vec<Arc<str>> {
        for (names, number) in lists.values().zip(0..) {
            self.words(names, inflected, sense(number));
        }
        lists.keys().map(|name| name.as_str().into()).collect()
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

    /// All readings of a folded phrase.
    #[must_use]
    pub fn senses(&self, folded: &str) -> Vec<Sense> {
        let words: Vec<Vec<_>> = words(folded)
            .map(|word| {
                let mut forms = Vec::new();
                self.phrases.forms(word, &mut forms);
                forms
            })
            .collect();
        let mut senses = Vec::new();
        let forms = |n: usize| words.get(n).map(Vec::as_slice);
        let found = self.phrases.longest(0, forms, |_| false, |_| true, &mut senses);
        if found != Some(words.len()) {
            senses.clear();
        }
        senses
    }

    /// Whether a folded word ends like a surname of those who are written about in this language.
    #[must_use]
    pub fn ends_like_surname(&self, word: &str) -> bool {
        let longer = |ending: &&String| word.len() > ending.len() + 2;
        self.surname_endings.iter().filter(longer).any(|ending| word.ends_with(ending.as_str()))
    }

    /// The sound of a name as this language prints it, see [`translit::key`].
    #[must_use]
    pub fn key(&self, printed: &str) -> String {
        if self.j_is_y { translit::serbian_key(printed) } else { translit::key(printed) }
    }

    /// Whether a folded word is `name`, a folded family name, in some form.
    #[must_use]
    pub fn is_form_of(&self, word: &str, name: &str) -> bool {
        self.phrases.is_form_of(word, name, &self.oblique_endings)
    }

    /// The forms of a name, folded, in which its last letters change.
    #[must_use]
    pub fn declined(&self, name: &str) -> Vec<String> {
        self.phrases.declined(name, &self.oblique_endings)
    }

    /// How many words of a folded text a phrase has.
    #[must_use]
    pub fn count(folded: &str) -> usize {
        words(folded).count()
    }
}

fn longest_first(endings: &[String]) -> Vec<String> {
    let mut endings: Vec<String> = endings.iter().map(|ending| fold(ending)).collect();
    endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
    endings
}
