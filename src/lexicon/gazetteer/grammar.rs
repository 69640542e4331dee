//! What the words of one language tell about names: titles, portfolios, nationalities, ranks, words that
//! link them and words that are never part of a name.

use super::{
    file::EntryIndex,
    phrases::{Phrases, words},
};
use crate::text::translit;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How a rank changes an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// The words of one language.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
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
    pub(in crate::lexicon) inflected_names: bool,
}

impl Grammar {
    /// Whether names take case endings.
    #[must_use]
    pub const fn declines_names(&self) -> bool {
        self.inflected_names
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
