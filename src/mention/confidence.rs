//! How likely a mention is right, from the rules that made it.
//!
//! The weights are calibrated on the articles under `tests/gold`; `docs/lexicons.md` shows how often the
//! mentions of each band are right.

use super::{candidate::Candidate, rules};
use crate::model::{Basis, Confidence, Resolved, RuleId, Status};

/// What a rule adds to or takes from the base.
const WEIGHTS: [(&RuleId, i32); 11] = [
    (&rules::VERB, 12),
    (&rules::BARE, 6),
    (&rules::NOUN, 0),
    (&rules::OCCASION, 22),
    (&rules::SAME_SENTENCE, 12),
    (&rules::NAMED, 8),
    (&rules::TOLD_BEFORE, -6),
    (&rules::PLACE, 4),
    (&rules::TOLD_TWICE, 6),
    (&rules::HEADLINE, 6),
    (&rules::PUBLISHED, -4),
];

const BASE: i32 = 50;

/// The confidence of a candidate with its date.
pub(super) fn confidence(candidate: &Candidate, when: &Resolved) -> Confidence {
    let mut sum = BASE;
    for (rule, weight) in WEIGHTS {
        if candidate.rules.contains(rule) {
            sum += weight;
        }
    }
    if matches!(when.basis, Basis::Stated | Basis::YearFromWeekday) {
        sum += 4;
    }
    if when.conflict {
        sum -= 15;
    }
    if candidate.status == Status::Proposed {
        sum -= 10;
    }
    Confidence::new(u8::try_from(sum.clamp(5, 98)).unwrap_or(50))
}
