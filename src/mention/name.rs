//! Who and what an article names: people, bodies, places, themes, by their names in the gazetteer, by
//! office, by the structure of the phrase where no list knows them, by family name later on.
//!
//! Reading goes in two steps. The first looks at each field alone and makes [`draft::Draft`]s: listed
//! names, titles with what they say, unknown names beside a title. The second looks at the whole
//! article: it resolves offices to their holders, family names and bare titles to the people whom the
//! article has introduced, and unknown names to keys.

mod body;
mod draft;
mod office;
mod person;
mod phrase;
mod resolve;
mod several;
mod token;

use crate::{
    calendar::DateRange,
    lexicon::{Lexicons, gazetteer::OfficeId},
    model::{Anchor, Entity, EntityId, EntityType, Field, Located},
    text::{Folded, Lang, Span},
};

/// By what a name was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// By a name in the gazetteer.
    Alias,
    /// By the family name alone, after the full name or the office.
    Surname,
    /// By the office, without a name: "the Serbian president".
    Office,
    /// By the structure of the phrase; no list has the name.
    Structure,
    /// By being the counterpart of somebody: "his Serbian counterpart".
    Counterpart,
    /// By nationality: "the Serbian delegation". The entity is the country.
    Nation,
    /// By being one of several: "the two ministers". Each has a name of its own with the same span.
    Several,
    /// By a title whose holder is not known: "the Serbian deputy minister". The entity is the body or
    /// country for which the unnamed person acts.
    Title,
}

impl How {
    /// The name as `extract --explain` prints it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alias => "name.alias",
            Self::Surname => "name.surname",
            Self::Office => "name.office",
            Self::Structure => "name.structure",
            Self::Counterpart => "name.counterpart",
            Self::Nation => "name.nation",
            Self::Several => "name.several",
            Self::Title => "name.title",
        }
    }
}

/// Somebody or something that an article names.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// The whole phrase, with title and nationality, in bytes of its field as printed.
    pub at: Located,
    /// The name itself; equal to the phrase where there is nothing else.
    pub core: Span,
    /// Who or what.
    pub entity: Entity,
    /// What it is.
    pub etype: EntityType,
    /// Whether it is a country.
    pub is_country: bool,
    /// The office told beside the name, or by which it was named, where the gazetteer lists it.
    pub office: Option<OfficeId>,
    /// The term of that office, for finding the year of a date that has none.
    pub term: Option<DateRange>,
    /// The country to which an ambassador or another envoy is sent, where the office is told here.
    pub posted: Option<EntityId>,
    /// By what it was known.
    pub via: How,
}

impl Name {
    /// The country for which the person or body acts, or in which the place lies.
    #[must_use]
    pub const fn country(&self) -> Option<&EntityId> {
        self.entity.country.as_ref()
    }
}

/// All names of an article in reading order, in the order of `fields` (headline first).
///
/// `anchor` decides who holds an office that is told without a name. Where the day of publication is not
/// known, an office is resolved only if nobody else held it in all the time that the offices of the
/// people named leave; reading again with the day found gives the rest.
#[must_use]
pub fn names(
    fields: &[(Field, &Folded<'_>)],
    lang: Lang,
    lexicons: &Lexicons,
    anchor: Anchor,
) -> Vec<Name> {
    let gazetteer = &lexicons.gazetteer;
    let grammar = gazetteer.grammar(lang);
    let mut drafts = Vec::new();
    let texts: Vec<_> = fields
        .iter()
        .map(|(field, folded)| (*field, token::Text::new(folded, gazetteer, grammar)))
        .collect();
    for (field, text) in &texts {
        draft::Reader { text, field: *field, gazetteer, grammar, lang }.read(&mut drafts);
    }
    resolve::Resolver::new(gazetteer, grammar, &texts, anchor).resolve(drafts)
}

/// The terms of office of the people whom an article names with their office: a date without a year
/// falls into all of them.
#[must_use]
pub fn terms(names: &[Name]) -> Vec<DateRange> {
    let stated =
        names.iter().filter(|name| matches!(name.via, How::Alias | How::Surname | How::Structure));
    let mut terms: Vec<DateRange> = Vec::new();
    for term in stated.filter_map(|name| name.term) {
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}
