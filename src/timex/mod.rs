//! Time expressions: calendar dates and periods in running text, in the sense of a TIMEX3 DATE.

use crate::{
    calendar::Calendar,
    model::{Field, Resolved, RuleId},
    text::Span,
};

/// A time expression found in a text, and what it was resolved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// The part of the article it stands in.
    pub field: Field,
    /// Where it stands, in bytes of that part.
    pub span: Span,
    /// The calendar in which it is written.
    pub calendar: Calendar,
    /// The rule that read it.
    pub rule: RuleId,
    /// What it means; `None` when that could not be found out.
    pub resolved: Option<Resolved>,
}
