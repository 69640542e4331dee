//! What a sweep came to, for the operator.

use crate::event::Changes;
use chrono::{DateTime, Utc};
use std::{fmt, time::Duration};

/// What a sweep came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// One row for the seeds, if there are any, then one for each source in the order of the configuration.
    pub rows: Vec<Row>,
    /// How long it took.
    pub took: Duration,
    /// Whether it was told to end before it was through.
    pub cut_short: bool,
}

/// What one source brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The key of the source, or `seeds`.
    pub id: String,
    /// How it went.
    pub outcome: Outcome,
}

/// How it went with one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It answered, and its articles were looked at.
    Came(Counts),
    /// It answered that nothing changed, or sent the same bytes again.
    Unchanged,
    /// It was not asked: a failure lies too short a time back.
    NotDue {
        /// When it is asked again.
        until: DateTime<Utc>,
    },
    /// It is switched off.
    Disabled {
        /// The operator's reason.
        reason: Option<String>,
    },
    /// It did not answer, or not with a feed.
    Failed {
        /// Why, in the words for the operator.
        why: String,
        /// When it is asked again.
        next: DateTime<Utc>,
    },
}

/// What became of the articles of one source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles looked at.
    pub articles: usize,
    /// Of these, new ones.
    pub new: usize,
    /// Known ones that say something else now.
    pub edited: usize,
    /// New or edited ones that fit a topic.
    pub relevant: usize,
    /// New or edited ones that could not be read.
    pub unreadable: usize,
    /// Entries of the document that were passed over.
    pub passed_over: usize,
    /// Events seen for the first time.
    pub new_events: usize,
    /// Events that changed for readers.
    pub changed_events: usize,
    /// Whether the document had to be repaired.
    pub repaired: bool,
}

impl Report {
    /// One calm line for each source that did not answer.
    pub fn failures(&self) -> impl Iterator<Item = String> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Failed { why, .. } => Some(format!("{}: {why}; will try again", row.id)),
            _ => None,
        })
    }

    /// The counts of all sources together.
    #[must_use]
    pub fn total(&self) -> Counts {
        self.rows.iter().fold(Counts::default(), |sum, row| match &row.outcome {
            Outcome::Came(counts) => sum.and(*counts),
            _ => sum,
        })
    }
}

impl Counts {
    /// The events that `changes` bring and change.
    pub(super) fn of(changes: &Changes) -> Self {
        let new = changes.revised.iter().filter(|revision| revision.event.revision == 1).count();
        let changed_events = changes.revised.len() - new;
        Self { new_events: new, changed_events, ..Self::default() }
    }

    /// The sum of two.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            articles: self.articles + other.articles,
            new: self.new + other.new,
            edited: self.edited + other.edited,
            relevant: self.relevant + other.relevant,
            unreadable: self.unreadable + other.unreadable,
            passed_over: self.passed_over + other.passed_over,
            new_events: self.new_events + other.new_events,
            changed_events: self.changed_events + other.changed_events,
            repaired: self.repaired || other.repaired,
        }
    }
}

/// The table that `dateline ingest` prints.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .rows
            .iter()
            .map(|row| row.id.len())
            .max()
            .unwrap_or_default()
            .max("together".len());
        writeln!(f, "{:width$}  articles  new  edited  on topic  events  note", "source")?;
        for row in &self.rows {
            write!(f, "{:width$}  ", row.id)?;
            match &row.outcome {
                Outcome::Came(counts) => writeln!(f, "{}", line(counts, &note(counts)))?,
                Outcome::Unchanged => writeln!(f, "{}", blank("nothing new"))?,
                Outcome::NotDue { until } => {
                    writeln!(
                        f,
                        "{}",
                        blank(&format!("asked again after {}", until.format("%F %R UTC")))
                    )?;
                }
                Outcome::Disabled { reason } => {
                    let reason = reason.as_deref().map(|reason| format!(": {reason}"));
                    writeln!(
                        f,
                        "{}",
                        blank(&format!("switched off{}", reason.unwrap_or_default()))
                    )?;
                }
                Outcome::Failed { why, .. } => writeln!(f, "{}", blank(why))?,
            }
        }
        let end = if self.cut_short { ", cut short" } else { "" };
        writeln!(
            f,
            "{:width$}  {}",
            "together",
            line(&self.total(), &format!("in {:.1} s{end}", self.took.as_secs_f32()))
        )
    }
}

fn line(counts: &Counts, note: &str) -> String {
    let Counts { articles, new, edited, relevant, new_events, .. } = counts;
    format!("{articles:>8}  {new:>3}  {edited:>6}  {relevant:>8}  {new_events:>6}  {note}")
        .trim_end()
        .to_owned()
}

fn blank(note: &str) -> String {
    format!("{:>8}  {:>3}  {:>6}  {:>8}  {:>6}  {note}", "-", "-", "-", "-", "-")
}

fn note(counts: &Counts) -> String {
    let mut notes = Vec::new();
    for (n, what) in [
        (counts.changed_events, "known events changed"),
        (counts.unreadable, "articles unreadable"),
        (counts.passed_over, "entries passed over"),
    ] {
        if n > 0 {
            notes.push(format!("{what}: {n}"));
        }
    }
    if counts.repaired {
        notes.push("the feed had to be repaired".to_owned());
    }
    notes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_calm_lines() {
        let next = DateTime::UNIX_EPOCH;
        let row = |id: &str, outcome| Row { id: id.to_owned(), outcome };
        let came = Counts {
            articles: 30,
            new: 4,
            edited: 1,
            relevant: 3,
            new_events: 2,
            changed_events: 1,
            repaired: true,
            ..Counts::default()
        };
        let report = Report {
            rows: vec![
                row("seeds", Outcome::Came(Counts { articles: 1, ..Counts::default() })),
                row("irna-en", Outcome::Came(came)),
                row("rts", Outcome::Unchanged),
                row("b92", Outcome::NotDue { until: next }),
                row("tasnim", Outcome::Disabled { reason: Some("dead in 2026".to_owned()) }),
                row(
                    "isna",
                    Outcome::Failed { why: "no answer from isna.ir: dns error".to_owned(), next },
                ),
            ],
            took: Duration::from_millis(1234),
            cut_short: false,
        };
        insta::assert_snapshot!(report.to_string(), @r"
        source    articles  new  edited  on topic  events  note
        seeds            1    0       0         0       0
        irna-en         30    4       1         3       2  known events changed: 1, the feed had to be repaired
        rts              -    -       -         -       -  nothing new
        b92              -    -       -         -       -  asked again after 1970-01-01 00:00 UTC
        tasnim           -    -       -         -       -  switched off: dead in 2026
        isna             -    -       -         -       -  no answer from isna.ir: dns error
        together        31    4       1         3       2  in 1.2 s
        ");
        let lines: Vec<String> = report.failures().collect();
        assert_eq!(lines, ["isna: no answer from isna.ir: dns error; will try again"]);
    }
}
