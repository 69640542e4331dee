//! People on no list: who they are, and where they are named again.

use super::{
    super::{How, Name, draft::Draft},
    Known, Resolver,
};
use crate::{
    model::{Entity, EntityId, EntityType, Located},
    text::translit,
};
use std::ops::Range;

impl Resolver<'_> {
    /// The entity of a person on no list.
    pub(super) fn unlisted(&self, draft: &Draft, words: &Range<usize>) -> Entity {
        let printed = self.printed(draft.field, words);
        let told = draft.function.as_ref();
        let at_home = told.is_some_and(|function| {
            self.grammar.home_titles.iter().any(|title| **title == *function.title)
        });
        let by_name = || self.gazetteer.origin(printed, self.grammar);
        let country = told
            .and_then(|function| function.country.clone())
            .or_else(|| by_name().filter(|country| self.pair.contains(country)).cloned())
            .or_else(|| self.home().filter(|_| at_home).cloned());
        let name = self.gazetteer.person_in_latin(printed, country.as_ref(), self.grammar);
        // Arabic letters as printed, since the Latin form guesses at vowels and some consonants.
        let arabic = translit::is_arabic(printed);
        let home = country.as_ref().and_then(|country| self.gazetteer.get(country));
        let slavic = home.map_or(self.grammar.j_is_y, |home| home.south_slavic);
        let key = match (arabic, slavic) {
            (true, _) => translit::key(printed),
            (false, true) => translit::serbian_key(&name),
            (false, false) => translit::key(&name),
        };
        Entity { id: EntityId::new(format!("person:~{key}")), name: name.into(), country }
    }

    /// Family names, alone, of people on no list whom the article names in full.
    pub(super) fn later(&self, names: &mut Vec<Name>) {
        let families: Vec<&Known> =
            self.known.iter().filter(|known| known.family.is_some()).collect();
        if families.is_empty() {
            return;
        }
        for (field, text) in self.texts {
            for token in 0..text.tokens.len() {
                let word = text.word(token);
                let Some(known) = families.iter().find(|known| {
                    known
                        .family
                        .as_ref()
                        .is_some_and(|family| self.grammar.is_form_of(word, family))
                }) else {
                    continue;
                };
                let span = text.printed(&(token..token + 1));
                let taken =
                    names.iter().any(|name| name.at.field == *field && name.at.span.overlaps(span));
                if !taken {
                    names.push(Name {
                        at: Located { field: *field, span },
                        core: span,
                        entity: known.entity.clone(),
                        etype: EntityType::Person,
                        is_country: false,
                        office: None,
                        term: None,
                        posted: None,
                        via: How::Surname,
                    });
                }
            }
        }
    }
}
