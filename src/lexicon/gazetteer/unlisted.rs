//! Names for those whom no list has: people and bodies, in Latin letters and in the nominative.

use super::{Function, Gazetteer, Grammar};
use crate::{
    model::{Entity, EntityId},
    text::{fold::fold, translit},
};

impl Gazetteer {
    /// The name of a person in Latin letters: given names as they are usually written, the rest letter by
    /// letter, Serbian case endings taken off.
    #[must_use]
    pub fn person_in_latin(
        &self,
        printed: &str,
        country: Option<&EntityId>,
        grammar: &Grammar,
    ) -> String {
        let words: Vec<&str> = printed.split_whitespace().collect();
        let Some((family, given)) = words.split_last() else { return String::new() };
        if translit::is_arabic(printed) {
            let home = country.and_then(|country| self.get(country));
            let slavic =
                home.is_some_and(|home| home.south_slavic) || translit::is_south_slavic(family);
            let latin = |word: &str| {
                self.onomasticon.family(word).unwrap_or_else(|| {
                    if slavic { translit::south_slavic(word) } else { translit::latin(word) }
                })
            };
            // Mohammad in Iran, Mehmed or Muhamed in Serbia.
            let at_home = |origin: &EntityId| {
                self.get(origin).is_some_and(|home| home.south_slavic) == slavic
            };
            let known = |word: &str| self.onomasticon.given_of(word, at_home).map(str::to_owned);
            let mut names = Vec::with_capacity(words.len());
            let mut rest = given;
            while let [word, after @ ..] = rest {
                // «روح الله» is one name of two words.
                let pair = after.first().filter(|next| next.starts_with(ARTICLE));
                let both = pair.and_then(|next| known(&format!("{word}{next}")));
                rest = if both.is_some() { after.get(1..).unwrap_or_default() } else { after };
                names.push(both.or_else(|| known(word)).unwrap_or_else(|| latin(word)));
            }
            return joined(names.into_iter().chain([latin(family)]));
        }
        let slavic =
            country.and_then(|country| self.get(country)).is_none_or(|home| home.south_slavic);
        if grammar.j_is_y && !slavic {
            return self.person_by_ear(given, family, grammar);
        }
        let mut oblique = false;
        let given: Vec<String> = given
            .iter()
            .map(|word| {
                let latin = translit::latin(word);
                let name = self.given_nominative(&latin, grammar);
                oblique |= name != latin;
                name
            })
            .collect();
        let latin = translit::latin(family);
        let family = match self.nominative(&latin, grammar) {
            same if same == latin && oblique => without_ending(&latin, grammar),
            other => other,
        };
        let given = given.into_iter().map(|name| {
            let known = self.onomasticon.word(&fold(&name)).is_some();
            if family == latin || known || oblique { name } else { without_ending(&name, grammar) }
        });
        joined(given.chain([family.clone()]))
    }

    /// The name of somebody from elsewhere, whom Serbian writes as it hears the name: as the name is
    /// written at home where it is listed, else letter by letter.
    fn person_by_ear(&self, given: &[&str], family: &str, grammar: &Grammar) -> String {
        let heard = |word: &str, is_given: bool| {
            word.split('-')
                .map(|part| {
                    let latin = translit::latin(part);
                    let known = self.onomasticon.heard(&latin, is_given, grammar);
                    let known =
                        known.or_else(|| self.onomasticon.heard(&latin, !is_given, grammar));
                    known.map_or_else(|| translit::by_ear(&latin), str::to_owned)
                })
                .collect::<Vec<_>>()
                .join("-")
        };
        joined(given.iter().map(|word| heard(word, true)).chain([heard(family, false)]))
    }

    /// A given name without its case ending, if that makes a given name that is known.
    fn given_nominative(&self, word: &str, grammar: &Grammar) -> String {
        let folded = fold(word);
        if self.onomasticon.word(&folded).is_some() {
            return word.to_owned();
        }
        for ending in &grammar.oblique_endings {
            let Some(base) = folded.strip_suffix(ending.as_str()) else { continue };
            for last in ["", "a", "o", "e"] {
                if let Some(name) = self.onomasticon.word(&format!("{base}{last}")) {
                    return name.to_owned();
                }
            }
            let bare: String =
                word.chars().take(word.chars().count() - ending.chars().count()).collect();
            let key = grammar.key(&bare);
            if key.len() > 2 && self.onomasticon.sounds(&key) {
                return bare;
            }
        }
        word.to_owned()
    }

    /// A family name without its case ending, where its ending shows it: "Ristićem" is Ristić.
    #[must_use]
    pub fn nominative(&self, word: &str, grammar: &Grammar) -> String {
        let folded = fold(word);
        for ending in &grammar.oblique_endings {
            let Some(base) = folded.strip_suffix(ending.as_str()) else { continue };
            if grammar.surname_endings.iter().any(|family| base.ends_with(family.as_str())) {
                return word.chars().take(word.chars().count() - ending.chars().count()).collect();
            }
        }
        word.to_owned()
    }

    /// The name of a body out of Arabic letters: its own words letter by letter, and what it is in English where
    /// that is part of such names: "Ferdowsi University", but "Alvand" for a company.
    #[must_use]
    pub fn body_in_latin(&self, printed: &str, sort: &Function, grammar: &Grammar) -> String {
        let own = self.person_in_latin(printed, sort.country.as_ref(), grammar);
        if &*sort.title == "company" {
            return own;
        }
        let label = self.labels.get(&*sort.title).map_or(&*sort.title, String::as_str);
        let words = label.split('-').filter(|word| !word.is_empty()).map(|word| {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect::<String>()
        });
        joined(std::iter::once(own).chain(words))
    }

    /// The entity of a body that no list has, named by what it is: "Ministry of Health of Serbia".
    #[must_use]
    pub fn unlisted_body(&self, sort: &Function, owner: &Entity) -> Option<Entity> {
        let label =
            |id: &str| self.labels.get(id).map_or_else(|| id.replace('-', " "), Clone::clone);
        let kind = label(&sort.title);
        let portfolios: Vec<String> =
            sort.portfolios.iter().map(|portfolio| label(portfolio)).collect();
        let host =
            sort.posted.as_ref().and_then(|posted| self.get(posted)).map(|host| &*host.entity.name);
        let of = if portfolios.is_empty() {
            String::new()
        } else {
            format!(" of {}", portfolios.join(" and "))
        };
        if &*sort.title == "ministry" && portfolios.is_empty() {
            return None;
        }
        let at = host.map_or_else(String::new, |host| format!(" in {host}"));
        let name = format!("{kind}{of} of {}{at}", owner.name);
        let slug: Vec<String> = fold(&name)
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let id = EntityId::new(format!("organisation:~{}", slug.join("-")));
        Some(Entity { id, name: name.into(), country: owner.country.clone() })
    }
}

/// The article of Arabic, which second parts of given names carry.
const ARTICLE: &str = "ال";

fn joined(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A family name without the ending that its given name shows it to have; at least three letters stay.
fn without_ending(word: &str, grammar: &Grammar) -> String {
    let folded = fold(word);
    let ending = grammar.oblique_endings.iter().find(|ending| folded.ends_with(ending.as_str()));
    let cut = ending.map_or(0, |ending| ending.chars().count());
    let letters = word.chars().count();
    if letters < cut + 3 { word.to_owned() } else { word.chars().take(letters - cut).collect() }
}
