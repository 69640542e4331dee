//! The names that people bear: how a name met in another script is written in Latin letters, and which
//! country it tells of somebody whom no list knows.

use super::{
    GazetteerError, Grammar,
    file::{self, Names},
    sound::stops,
};
use crate::{
    model::EntityId,
    text::{fold::fold, translit},
};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// The most by which the vowels of a name may differ from those of a listed one that it is taken for.
const UNLIKE: usize = 3;

/// A listed name, and the country that it tells.
#[derive(Debug, Clone)]
struct Known {
    name: String,
    folded: String,
    origin: Option<EntityId>,
    key: String,
    vowels: String,
    stops: String,
}

impl Known {
    fn new(name: file::Known, origin: Option<&EntityId>) -> Self {
        let file::Known { name, folded, key, vowels, stops } = name;
        Self { name, folded, origin: origin.cloned(), key, vowels, stops }
    }
}

/// Names by the outline of their sound.
#[derive(Debug, Default)]
struct Sounds(HashMap<u64, Vec<Known>, FixedState>);

/// All listed names of people.
#[derive(Debug)]
pub(super) struct Onomasticon {
    given: Sounds,
    family: Sounds,
    /// Given names by their folded form.
    words: HashMap<String, Known, FixedState>,
    endings: Vec<(String, String)>,
    signs: Vec<(String, EntityId)>,
}

impl Onomasticon {
    /// Files the lists; `place` finds the country of a key.
    ///
    /// # Errors
    /// [`GazetteerError`] where a key is no country.
    pub(super) fn new(
        names: Names,
        place: impl Fn(&str) -> Result<EntityId, GazetteerError>,
    ) -> Result<Self, GazetteerError> {
        let origin = |key: Option<String>| key.map(|key| place(&key)).transpose();
        let mut this = Self {
            given: Sounds::default(),
            family: Sounds::default(),
            words: HashMap::default(),
            endings: names.endings,
            signs: Vec::new(),
        };
        for (country, names) in names.given {
            let origin = origin(country)?;
            for name in names {
                let known = Known::new(name, origin.as_ref());
                this.words.insert(known.folded.clone(), known.clone());
                this.given.add(known);
            }
        }
        for (country, names) in names.family {
            let origin = origin(country)?;
            for name in names {
                this.family.add(Known::new(name, origin.as_ref()));
            }
        }
        for (country, endings) in names.signs {
            if let Some(origin) = origin(country)? {
                this.signs.extend(endings.into_iter().map(|ending| (ending, origin.clone())));
            }
        }
        Ok(this)
    }

    /// A given name in Latin letters, known by its sound in whatever script it is printed.
    pub(super) fn given(&self, printed: &str) -> Option<&str> {
        self.given.spelled(&fold(printed)).map(|known| &*known.name)
    }

    /// A given name in Latin letters, of those that sound alike one whose country fits.
    pub(super) fn given_of(&self, printed: &str, fits: impl Fn(&EntityId) -> bool) -> Option<&str> {
        let own = |known: &Known| known.origin.as_ref().is_some_and(&fits);
        self.given.spelled_by(&fold(printed), own).map(|known| &*known.name)
    }

    /// Whether a folded word in Arabic letters is a given name.
    pub(super) fn is_given(&self, folded: &str) -> bool {
        self.given.spells(folded)
    }

    /// A given name that a folded word is, as it is usually written.
    pub(super) fn word(&self, folded: &str) -> Option<&str> {
        self.words.get(folded).map(|known| &*known.name)
    }

    /// Whether some given name sounds like this.
    pub(super) fn sounds(&self, key: &str) -> bool {
        let names = self.given.0.get(&translit::outline(key));
        names.is_some_and(|names| names.iter().any(|known| known.key == key))
    }

    /// A family name in Latin letters out of Arabic ones: one that is listed, or a name with one of the
    /// endings that make family names.
    pub(super) fn family(&self, printed: &str) -> Option<String> {
        let folded = fold(printed);
        if let Some(known) = self.family.spelled(&folded) {
            return Some(known.name.clone());
        }
        let of_ending = self.endings.iter().find_map(|(ending, latin)| {
            let stem = folded.strip_suffix(ending.as_str())?;
            let long = stem.chars().nth(2).is_some();
            let known = self.given.spelled(stem).or_else(|| self.family.spelled(stem))?;
            long.then(|| format!("{}{latin}", known.name))
        });
        of_ending.or_else(|| self.compound(&folded))
    }

    /// A family name of two listed names, as in Moradkhani.
    fn compound(&self, folded: &str) -> Option<String> {
        if translit::is_south_slavic(folded) {
            return None;
        }
        borders(folded).find_map(|(one, other)| {
            let first = self.given.spelled(one).or_else(|| self.family.spelled(one))?;
            let second = self.family.spelled(other)?;
            Some(format!("{}{}", first.name, second.name.to_lowercase()))
        })
    }

    /// Whether [`Onomasticon::family`] finds a name for a folded word.
    pub(super) fn is_family(&self, folded: &str) -> bool {
        let known = |word: &str| self.given.spells(word) || self.family.spells(word);
        let of_ending = |(ending, _): &(String, String)| {
            let stem = folded.strip_suffix(ending.as_str());
            stem.is_some_and(|stem| stem.chars().nth(2).is_some() && known(stem))
        };
        let compound = || {
            !translit::is_south_slavic(folded)
                && borders(folded).any(|(one, other)| self.family.spells(other) && known(one))
        };
        self.family.spells(folded) || self.endings.iter().any(of_ending) || compound()
    }

    /// Whether a folded word on its own goes on with the family name before it: "Soleimani Far".
    pub(super) fn goes_on(&self, folded: &str) -> bool {
        let ending = self.endings.iter().any(|(ending, _)| ending == folded);
        folded.chars().nth(1).is_some() && (ending || self.family.spells(folded))
    }

    /// A given or family name as the press of its own country writes it in Latin letters, out of the
    /// letters that `grammar` writes by ear: "Gasemzade" is Ghasemzadeh.
    pub(super) fn heard(&self, word: &str, is_given: bool, grammar: &Grammar) -> Option<&str> {
        let sounds = if is_given { &self.given } else { &self.family };
        sounds.heard(word, grammar).map(|known| &*known.name)
    }

    /// The country that a name tells, the given names before the family name; `None` where it tells none.
    pub(super) fn origin(
        &self,
        printed: &str,
        grammar: &Grammar,
        slavic: impl Fn(&EntityId) -> bool,
    ) -> Option<&EntityId> {
        let words: Vec<&str> = printed.split_whitespace().collect();
        let (family, given) = words.split_last()?;
        let arabic = translit::is_arabic(printed);
        let known = |word: &str, is_given: bool| {
            let sounds = if is_given { &self.given } else { &self.family };
            if arabic {
                // Mohammad in Iran, Mehmed in Serbia: by the family name.
                let south = translit::is_south_slavic(family);
                let fits = |known: &Known| {
                    known.origin.as_ref().is_some_and(|origin| slavic(origin) == south)
                };
                return sounds.spelled_by(&fold(word), fits);
            }
            let word = translit::latin(word);
            let exact = self.words.get(&fold(&word)).filter(|_| is_given);
            exact.or_else(|| sounds.heard(&word, grammar))
        };
        let by_given = given.iter().find_map(|word| known(word, true)?.origin.as_ref());
        by_given.or_else(|| {
            if arabic {
                let name = self.family(family).unwrap_or_else(|| translit::latin(family));
                return self.signed(&fold(&name)).or_else(|| known(family, false)?.origin.as_ref());
            }
            let folded = fold(&translit::latin(family));
            let bare = grammar.oblique_endings.iter().filter_map(|ending| {
                folded.strip_suffix(ending.as_str()).filter(|base| base.len() > 3)
            });
            let signs = std::iter::once(&*folded).chain(bare).find_map(|word| self.signed(word));
            signs.or_else(|| known(family, false)?.origin.as_ref())
        })
    }

    fn signed(&self, folded: &str) -> Option<&EntityId> {
        self.signs
            .iter()
            .filter(|(ending, _)| folded.len() > ending.len() + 1)
            .find(|(ending, _)| folded.ends_with(ending.as_str()))
            .map(|(_, origin)| origin)
    }
}

impl Sounds {
    fn add(&mut self, known: Known) {
        self.0.entry(translit::outline(&known.key)).or_default().push(known);
    }

    /// The names that sound like a folded word in Arabic letters.
    fn like(&self, folded: &str) -> &[Known] {
        self.0.get(&translit::outline_of_arabic(folded)).map_or(&[], Vec::as_slice)
    }

    /// Whether a folded word in Arabic letters spells a name.
    fn spells(&self, folded: &str) -> bool {
        let spells =
            |word: &str| self.like(word).iter().any(|known| translit::spells(word, &known.folded));
        spells(folded) || other_spelling(folded).is_some_and(|word| spells(&word))
    }

    /// Which name a folded word in Arabic letters spells: the one whose vowels fit best.
    fn spelled(&self, folded: &str) -> Option<&Known> {
        self.spelled_by(folded, |_| true)
    }

    /// The same, of those that are spelled alike one that fits.
    fn spelled_by(&self, folded: &str, fits: impl Fn(&Known) -> bool) -> Option<&Known> {
        self.spelled_as(folded, &fits).or_else(|| self.spelled_as(&other_spelling(folded)?, &fits))
    }

    fn spelled_as(&self, folded: &str, fits: impl Fn(&Known) -> bool) -> Option<&Known> {
        let names = self.like(folded);
        if names.is_empty() {
            return None;
        }
        let vowels = translit::vowels(folded);
        names
            .iter()
            .filter_map(|known| Some((translit::misspelt(folded, &known.folded)?, known)))
            .min_by_key(|(wrong, known)| {
                let unlike = translit::unlike(&vowels, &known.vowels);
                (*wrong, !fits(known), unlike, known.origin.is_none())
            })
            .map(|(_, known)| known)
    }

    /// Which name a word in Latin letters sounds like, with or without a case ending.
    fn heard(&self, word: &str, grammar: &Grammar) -> Option<&Known> {
        let folded = fold(word);
        let bare = grammar
            .oblique_endings
            .iter()
            .filter_map(|ending| folded.strip_suffix(ending.as_str()))
            .filter(|base| base.chars().count() > 3);
        let sounding = |form: &str| {
            let key = grammar.key(form);
            let names = self.0.get(&translit::outline(&key))?.iter();
            let (vowels, stops) = (translit::vowels(form), stops(form, true));
            names
                .filter(|known| known.key == key && known.stops == stops)
                .map(|known| {
                    let other = known.folded != form;
                    (
                        (other, translit::unlike(&vowels, &known.vowels), known.origin.is_none()),
                        known,
                    )
                })
                .filter(|((_, unlike, _), _)| *unlike <= UNLIKE)
                .min_by_key(|(wrong, _)| *wrong)
        };
        let found: Vec<_> = std::iter::once(&*folded).chain(bare).filter_map(sounding).collect();
        // As it is written, in whatever case; else by ear, the fullest form first.
        let exact = found.iter().find(|((other, ..), _)| !other);
        exact.or(found.first()).map(|(_, known)| *known)
    }
}

/// A word with the letter that Arabic writes for ž as for other sounds read as ž: «جاركو» is Žarko.
fn other_spelling(folded: &str) -> Option<String> {
    folded.chars().any(|c| c == 'ج').then(|| folded.replace('ج', "ژ"))
}

/// A folded word parted in two, the first of three letters or more, the second of four.
fn borders(folded: &str) -> impl Iterator<Item = (&str, &str)> {
    let borders = folded.char_indices().map(|(at, _)| at).skip(3);
    let parts = borders.filter_map(|at| folded.split_at_checked(at));
    parts.filter(|(_, other)| other.chars().nth(3).is_some())
}
