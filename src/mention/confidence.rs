//! How likely a mention is right, from what it rests on.
//!
//! The weights were fitted by least squares on annotated articles, those that rules were learnt from and
//! others; `docs/lexicons.md` shows how often the mentions of each band are right.

use super::{Mention, rules};
use crate::model::{Basis, Confidence, RuleId, Status};

/// Per cent for a mention that nothing speaks for or against.
const BASE: i32 = 53;

/// What a rule adds to or takes from the base.
const WEIGHTS: [(&RuleId, i32); 9] = [
    (&rules::VERB, 7),
    (&rules::BARE, 12),
    (&rules::OCCASION, 18),
    // A day in the sentence may belong to something else in it.
    (&rules::SAME_SENTENCE, -8),
    (&rules::VISIT, -34),
    (&rules::PUBLISHED, 3),
    (&rules::TOLD_BEFORE, -16),
    (&rules::TOLD_TWICE, 9),
    (&rules::MAIN_NEWS, 13),
];

/// The confidence of a mention, once its place is settled.
pub(super) fn confidence(mention: &Mention) -> Confidence {
    let rules = WEIGHTS.iter().filter(|(rule, _)| mention.rules.contains(rule));
    let people = mention.parties.iter().filter(|party| party.who.is_person()).count();
    let shown = [
        (matches!(mention.when.basis, Basis::Stated | Basis::YearFromWeekday), 15),
        (mention.when.basis == Basis::Inherited, -12),
        (mention.when.conflict, -15),
        (people >= 2, 20),
        (mention.parties.iter().all(|party| party.who.is_country()), -10),
        (mention.place.is_some(), 14),
        (mention.status == Status::Postponed, -7),
    ];
    let shown = shown.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight);
    let sum = BASE + rules.map(|(_, weight)| weight).chain(shown).sum::<i32>();
    Confidence::new(u8::try_from(sum.clamp(5, 98)).unwrap_or(50))
}
