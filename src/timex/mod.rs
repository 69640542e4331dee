//! Time expressions: calendar dates and periods in running text, in the sense of a TIMEX3 DATE.
//!
//! Three steps, each pure. `token` turns the folded text into tokens, the words of the lexicon found in
//! one pass. The reading rules (`absolute`, `numeric`, `relative`, `period`, `part`, `span`) say what is
//! printed: a [weekday], a day, a month, a year, a distance. [`resolve`] says what it means: it weighs
//! the anchor, the tense, the weekday, the terms of office of the people named and the date told last,
//! and keeps the values that it did not choose.
//!
//! Invariants: a span lies on character boundaries and spans do not overlap; a value is never finer than
//! the text; the same input gives the same output. TIMEs, DURATIONs and SETs are recognised so far that
//! they are not mistaken for dates.
//!
//! [weekday]: chrono::Weekday

mod about;
mod absolute;
mod furniture;
mod grammar;
mod list;
mod lone_year;
mod month;
mod number;
mod numeric;
mod part;
mod period;
mod reading;
mod relative;
pub mod resolve;
mod set;
mod span;
mod tense;
mod token;
mod year;

pub use crate::lexicon::sense::Part;

use crate::{
    calendar::{Calendar, DateRange},
    lexicon::Lexicons,
    model::{Anchor, Field, Resolved, RuleId},
    text::{Folded, Lang, Span},
};
use resolve::Reason;
use std::cmp::Ordering;

/// A time expression found in a text, and what it was resolved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// The part of the article it stands in.
    pub field: Field,
    /// Where it stands, in bytes of that part.
    pub span: Span,
    /// The same without the word that opens a period: "June 2024" of "since June 2024".
    pub core: Span,
    /// The calendar in which it is written.
    pub calendar: Calendar,
    /// The rule that read it.
    pub rule: RuleId,
    /// What it means; `None` when that could not be found out.
    pub resolved: Option<Resolved>,
    /// Which part of the period is meant ("early", "around"); the value carries `~` then.
    pub part: Option<Part>,
    /// It belongs to the page, not to the article: a site clock, "read also", a comment's time.
    pub furniture: bool,
    /// It is the day of a dateline: "TEHRAN, Feb. 25 (ANW) –".
    pub dateline: bool,
    /// How the value was found, in the order of thought.
    pub reasons: Vec<Reason>,
}

/// A length of time told in days or longer: "three-day visit", «زيارة تستمر يومين».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    /// The part of the article it stands in.
    pub field: Field,
    /// Where it stands, in bytes of that part.
    pub span: Span,
    /// Its length in days.
    pub days: u32,
}

/// A word that points to a time without telling a date: "now", "recently", "soon".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vague {
    /// The part of the article it stands in.
    pub field: Field,
    /// Where it stands, in bytes of that part.
    pub span: Span,
    /// Whether it points to the past (`Less`), the present, or the future (`Greater`).
    pub when: Ordering,
}

/// Something that looked like a date and was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The part of the article it stands in.
    pub field: Field,
    /// Where it stands, in bytes of that part.
    pub span: Span,
    /// Why it was left.
    pub why: String,
}

/// All that was read out of the fields of an article, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tagged {
    /// Dates and periods.
    pub timexes: Vec<Timex>,
    /// Lengths of time.
    pub durations: Vec<Duration>,
    /// Words that tell no date.
    pub vague: Vec<Vague>,
    /// What was left.
    pub left: Vec<Unread>,
}

/// What is known about an article before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// What relative and incomplete dates are counted from.
    pub anchor: Anchor,
    /// Terms of office of the people whom the article names, one range for each term.
    pub terms: &'a [DateRange],
}

/// Finds and resolves the time expressions of an article.
///
/// `fields` come in reading order, headline first: a date told earlier anchors "the next day" after it.
///
/// ```
/// use dateline::{lexicon::Lexicons, model::{Anchor, Field}, text::{Folded, Lang}, timex};
/// let lexicons = Lexicons::embedded()?;
/// let anchor = Anchor::NotAfter("2026-11-23".parse()?);
/// let text = Folded::new("Ministar je u utorak, 25. februara 2025. stigao u Beograd.");
/// let context = timex::Context { anchor, terms: &[] };
/// let tagged = timex::tag(&[(Field::Text, &text)], Lang::Sr, &lexicons, &context);
/// let found = &tagged.timexes[0];
/// assert_eq!(found.span.of(text.printed()), "utorak, 25. februara 2025.");
/// assert_eq!(found.resolved.as_ref().unwrap().when.to_string(), "2025-02-25");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn tag(
    fields: &[(Field, &Folded<'_>)],
    lang: Lang,
    lexicons: &Lexicons,
    context: &Context<'_>,
) -> Tagged {
    let lexicon = lexicons.dates.of(lang);
    let mut story = resolve::Story::new(context, &lexicon.settings);
    let mut tagged = Tagged::default();
    let rows: Vec<_> = fields
        .iter()
        .map(|(field, folded)| (*field, token::Tokens::new(folded, lexicon)))
        .collect();
    if context.anchor.day().is_none() {
        story.know(rows.iter().flat_map(|(_, tokens)| grammar::stated_days(tokens)).collect());
    }
    for (field, tokens) in &rows {
        grammar::read(tokens, *field, &mut story, &mut tagged);
    }
    tagged
}
