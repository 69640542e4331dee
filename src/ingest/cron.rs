//! When sweeps begin: a cron expression, checked before anything starts.

use chrono::{DateTime, Utc};
use croner::parser::{CronParser, Seconds};

/// A cron expression that is right and comes round.
///
/// Five fields (minute, hour, day of month, month, weekday), or six with the second in front, or one of
/// `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. Times are in UTC: a zone with summer time would
/// shift by an hour in the scheduler. Where day of month and weekday are both given, both must fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cron {
    /// As the scheduler wants it: six fields, the second first.
    pattern: String,
}

/// Why a cron expression was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CronError {
    /// Not five or six fields.
    #[error(
        "`{text}` has {found} fields; write five (minute, hour, day of month, month, weekday), such as `*/15 * * * *`, or six with the second in front"
    )]
    Fields {
        /// What was written.
        text: String,
        /// How many fields that are.
        found: usize,
    },
    /// One field is wrong.
    #[error("`{text}`: `{part}` is not a {field}; write {expected}")]
    Field {
        /// What was written.
        text: String,
        /// The field as written.
        part: String,
        /// Which field it is.
        field: &'static str,
        /// What may stand there.
        expected: &'static str,
    },
    /// A name that is not known.
    #[error(
        "`{text}` is not a known name; write `@hourly`, `@daily`, or five fields such as `*/15 * * * *`"
    )]
    Name {
        /// What was written.
        text: String,
    },
    /// It fits no day of any year.
    #[error("`{text}` never comes: no day fits all of its fields")]
    Never {
        /// What was written.
        text: String,
    },
}

/// The fields of six, and what may stand in each.
const FIELDS: [(&str, &str); 6] = [
    ("second", "0 to 59, such as `*/10` or `0,30`"),
    ("minute", "0 to 59, such as `*/15` or `5,35`"),
    ("hour", "0 to 23, such as `*` or `6-22`"),
    ("day of month", "1 to 31, such as `*` or `1,15`"),
    ("month", "1 to 12 or JAN to DEC, such as `*`"),
    ("weekday", "0 to 7 or SUN to SAT, such as `*` or `MON-FRI`"),
];

impl Cron {
    /// Reads an expression.
    ///
    /// ```
    /// use dateline::ingest::Cron;
    /// assert!(Cron::new("*/15 * * * *").is_ok());
    /// let error = Cron::new("*/15 25 * * *").unwrap_err().to_string();
    /// assert_eq!(error, "`*/15 25 * * *`: `25` is not a hour; write 0 to 23, such as `*` or `6-22`");
    /// ```
    ///
    /// # Errors
    /// [`CronError`], which names the field that is wrong.
    pub fn new(text: &str) -> Result<Self, CronError> {
        let text = text.trim();
        let owned = || text.to_owned();
        let parts: Vec<&str> = text.split_whitespace().collect();
        let pattern = match parts.len() {
            1 if text.starts_with('@') => owned(),
            5 => format!("0 {}", parts.join(" ")),
            6 => parts.join(" "),
            found => return Err(CronError::Fields { text: owned(), found }),
        };
        let cron = match parse(&pattern) {
            Some(cron) => cron,
            None if pattern.starts_with('@') => return Err(CronError::Name { text: owned() }),
            None => return Err(wrong_field(text, &pattern)),
        };
        // Any fixed day does: an expression that comes at all comes within the years ahead of it.
        match cron.find_next_occurrence(&DateTime::<Utc>::UNIX_EPOCH, false) {
            Ok(_) => Ok(Self { pattern }),
            Err(_) => Err(CronError::Never { text: owned() }),
        }
    }

    /// The expression as the scheduler wants it.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// The first instant after `now` at which a sweep begins.
    #[must_use]
    pub fn next_after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        parse(&self.pattern)?.find_next_occurrence(&now, false).ok()
    }
}

/// Parses as the scheduler does.
fn parse(pattern: &str) -> Option<croner::Cron> {
    CronParser::builder().seconds(Seconds::Required).dom_and_dow(true).build().parse(pattern).ok()
}

/// Finds the first field that is wrong by trying each alone.
fn wrong_field(text: &str, pattern: &str) -> CronError {
    let text = text.to_owned();
    let parts = pattern.split_whitespace();
    for (n, (part, (field, expected))) in parts.zip(FIELDS).enumerate() {
        let mut alone = ["*"; 6];
        if let Some(place) = alone.get_mut(n) {
            *place = part;
        }
        if parse(&alone.join(" ")).is_none() {
            return CronError::Field { text, part: part.to_owned(), field, expected };
        }
    }
    CronError::Never { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_fields_and_six() {
        let now = "2025-02-25T10:07:30Z".parse().unwrap();
        for (text, next) in [
            ("*/15 * * * *", "2025-02-25T10:15:00Z"),
            ("0 6-22/2 * * MON-FRI", "2025-02-25T12:00:00Z"),
            ("* * * * * *", "2025-02-25T10:07:31Z"),
            (" 30  5 * * * * ", "2025-02-25T11:05:30Z"),
            ("@hourly", "2025-02-25T11:00:00Z"),
            ("0 0 29 2 *", "2028-02-29T00:00:00Z"),
        ] {
            let next: DateTime<Utc> = next.parse().unwrap();
            assert_eq!(Cron::new(text).unwrap().next_after(now), Some(next), "{text}");
        }
    }

    #[test]
    fn mistakes_are_shown() {
        for (text, message) in [
            ("", "`` has 0 fields"),
            ("* * *", "`* * *` has 3 fields"),
            ("61 * * * *", "`61` is not a minute; write 0 to 59"),
            ("0 0 0 * * * *", "has 7 fields"),
            ("0 * * 13 *", "`13` is not a month"),
            ("0 * * * MOM", "`MOM` is not a weekday"),
            ("every 5 minutes of hour", "`every` is not a minute"),
            ("0 0 30 2 *", "`0 0 30 2 *` never comes"),
            ("@often", "`@often` is not a known name"),
        ] {
            let error = Cron::new(text).unwrap_err().to_string();
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
