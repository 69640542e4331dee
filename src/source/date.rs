//! Publication dates as feeds write them.
//!
//! The standards are RFC 822 with four-digit years (RSS 2.0) and RFC 3339 (Atom, JSON Feed); what is met
//! besides: numbers with dots or slashes, day first; a blank for the `T`; zone names; Arabic and Persian
//! digits; years of the Persian calendar; hour 24. An unreadable date costs the date, never the entry.

use crate::{
    article::Published,
    calendar::{Calendar, convert::Ymd},
};
use chrono::{
    DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeZone as _,
};
use chrono_tz::Tz;

/// Reads a date. `zone` is the source's own: its days are counted there, whatever offset the feed writes;
/// without one the written offset holds, and UTC where none is written.
///
/// ```
/// use dateline::source::date::read;
/// let day = |text, zone| read(text, zone).unwrap().day().to_string();
/// assert_eq!(day("Tue, 25 Feb 2025 22:30:00 GMT", None), "2025-02-25");
/// assert_eq!(day("Tue, 25 Feb 2025 22:30:00 GMT", Some(chrono_tz::Asia::Tehran)), "2025-02-26");
/// assert_eq!(day("۱۴۰۳/۱۲/۰۷", None), "2025-02-25");
/// ```
#[must_use]
pub fn read(text: &str, zone: Option<Tz>) -> Option<Published> {
    let tokens = tokens(text);
    let (date, rest) = day(&tokens)?;
    let Some((time, rest)) = time(rest) else {
        return Some(Published::On(date));
    };
    let date = if time.next_day { date.checked_add_days(Days::new(1))? } else { date };
    let local = NaiveDateTime::new(date, time.time);
    let written = offset(rest);
    let instant = match (written, zone) {
        (Some(offset), _) => offset.from_local_datetime(&local).single()?,
        (None, Some(zone)) => in_zone(local, zone)?,
        (None, None) => FixedOffset::east_opt(0)?.from_local_datetime(&local).single()?,
    };
    Some(Published::At(match zone {
        Some(zone) => {
            let there = instant.with_timezone(&zone);
            there.with_timezone(&there.offset().fix())
        }
        None => instant,
    }))
}

/// A local time in a zone. A time that the clocks leap over is read as if they had not leapt yet; of two
/// the first is taken.
fn in_zone(local: NaiveDateTime, zone: Tz) -> Option<DateTime<FixedOffset>> {
    let found = zone.from_local_datetime(&local).earliest().or_else(|| {
        let earlier =
            zone.from_local_datetime(&(local - chrono::TimeDelta::hours(3))).earliest()?;
        Some(earlier + chrono::TimeDelta::hours(3))
    })?;
    Some(found.with_timezone(&found.offset().fix()))
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A number, and how many digits it has.
    Number(u32, usize),
    /// A word in lower case.
    Word(String),
    /// Any other sign that is not a blank.
    Sign(char),
}
use Token::{Number, Sign, Word};

/// Cuts a date into numbers, words and signs; at most a hundred characters are looked at.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.trim().chars().take(100).peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = digit(c) {
            let (mut number, mut digits) = (digit, 1);
            while let Some(next) = chars.peek().copied().and_then(self::digit) {
                number = number.saturating_mul(10).saturating_add(next);
                digits += 1;
                chars.next();
            }
            tokens.push(Number(number, digits));
        } else if c.is_alphabetic() {
            let mut word: String = c.to_lowercase().collect();
            while let Some(next) = chars.next_if(|c| c.is_alphabetic()) {
                word.extend(next.to_lowercase());
            }
            tokens.push(Word(word));
        } else if !c.is_whitespace() {
            tokens.push(Sign(c));
        }
    }
    tokens
}

/// The value of an ASCII, Arabic or Persian digit.
fn digit(c: char) -> Option<u32> {
    match c {
        '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(c) - 0x6f0),
        c => c.to_digit(10),
    }
}

/// The first day in the tokens, and what follows it.
fn day(tokens: &[Token]) -> Option<(NaiveDate, &[Token])> {
    (0..tokens.len()).find_map(|start| {
        let tokens = tokens.get(start..)?;
        match tokens {
            // 2025-02-25, 2025/2/25, 1403/12/07
            [Number(y, 4), Sign(a), Number(m, 1..=2), Sign(b), Number(d, 1..=2), rest @ ..]
                if parts(*a, *b) =>
            {
                Some((ymd(*y, *m, *d)?, rest))
            }
            // 25.02.2025. and 25/02/2025; 02/25/2025 where the other order gives no day
            [Number(d, 1..=2), Sign(a), Number(m, 1..=2), Sign(b), Number(y, 4), rest @ ..]
                if parts(*a, *b) =>
            {
                Some((ymd(*y, *m, *d).or_else(|| ymd(*y, *d, *m))?, rest))
            }
            // 25-Feb-2025
            [
                Number(d, 1..=2),
                Sign('-'),
                Word(m),
                Sign('-'),
                Number(y, n @ (2 | 4)),
                rest @ ..,
            ] => Some((ymd(year(*y, *n), month(m)?, *d)?, rest)),
            // 25 Feb 2025, 25 Feb 25, 25. Feb. 2025
            [Number(d, 1..=2), Sign('.'), Word(m), rest @ ..]
            | [Number(d, 1..=2), Word(m), rest @ ..] => {
                let (y, rest) = after_sign(rest)?;
                Some((ymd(y, month(m)?, *d)?, rest))
            }
            // February 25, 2025
            [Word(m), Number(d, 1..=2), rest @ ..] => {
                let (y, rest) = after_sign(rest)?;
                Some((ymd(y, month(m)?, *d)?, rest))
            }
            // 20250225, 20250225T101500Z
            [Number(n, 8), rest @ ..] => Some((ymd(n / 10_000, n / 100 % 100, n % 100)?, rest)),
            _ => None,
        }
    })
}

fn parts(a: char, b: char) -> bool {
    a == b && matches!(a, '-' | '/' | '.' | '\u{2010}' | '\u{2011}')
}

/// A year with an optional comma or full stop before it.
fn after_sign(tokens: &[Token]) -> Option<(u32, &[Token])> {
    match tokens {
        [Sign(',' | '.' | '\u{60c}'), Number(y, n @ (2 | 4)), rest @ ..]
        | [Number(y, n @ (2 | 4)), rest @ ..] => Some((year(*y, *n), rest)),
        _ => None,
    }
}

/// Two-digit years as in RFC 2822 §4.3.
const fn year(number: u32, digits: usize) -> u32 {
    match (digits, number) {
        (2, 0..=49) => 2000 + number,
        (2, _) => 1900 + number,
        _ => number,
    }
}

/// The day; years from 1300 to 1500 are of the Persian calendar. Nothing before 1990 was published in a
/// feed: such dates stand for a missing one.
fn ymd(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let calendar = match year {
        1300..=1500 => Calendar::Jalali,
        1990..=2200 => Calendar::Gregorian,
        _ => return None,
    };
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    calendar.day(Ymd { year, month, day }).ok()
}

/// The month of an RFC 822 abbreviation or of the name that it begins.
fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let fits = |name: &&str| {
        word.len() >= 3 && name.starts_with(word) || word == "sept" && **name == *"september"
    };
    MONTHS.iter().position(fits).and_then(|at| u32::try_from(at + 1).ok())
}

struct Time {
    time: NaiveTime,
    /// Hour 24 is midnight at the end of the day.
    next_day: bool,
}

/// A time at the beginning of what follows the day; words such as `at` and `T` and signs may stand before.
fn time(tokens: &[Token]) -> Option<(Time, &[Token])> {
    let start = tokens.iter().position(|token| matches!(token, Number(..)))?;
    let tokens = tokens.get(start..)?;
    let (hour, minute, second, rest) = match tokens {
        [Number(h, 1..=2), Sign(':'), Number(m, 2), Sign(':'), Number(s, 2), rest @ ..] => {
            (*h, *m, *s, rest)
        }
        [Number(h, 1..=2), Sign(':'), Number(m, 2), rest @ ..] => (*h, *m, 0, rest),
        [Number(hms, 6), rest @ ..] => (hms / 10_000, hms / 100 % 100, hms % 100, rest),
        [Number(hm, 4), rest @ ..] => (hm / 100, hm % 100, 0, rest),
        _ => return None,
    };
    let rest = match rest {
        [Sign('.' | ','), Number(..), rest @ ..] => rest,
        rest => rest,
    };
    let (hour, rest) = match rest {
        [Word(half), rest @ ..] if half == "pm" && hour < 12 => (hour + 12, rest),
        [Word(half), rest @ ..] if half == "am" && hour == 12 => (0, rest),
        [Word(half), rest @ ..] if half == "am" || half == "pm" => (hour, rest),
        rest => (hour, rest),
    };
    let next_day = hour == 24;
    // A leap second is the last second of its minute.
    let time = NaiveTime::from_hms_opt(if next_day { 0 } else { hour }, minute, second.min(59))?;
    Some((Time { time, next_day }, rest))
}

/// The offset from UTC: `Z`, `+0330`, `+03:30`, `+3`, `CEST`, `GMT+1`. `None` where none is written or
/// its name is not known.
fn offset(tokens: &[Token]) -> Option<FixedOffset> {
    match tokens {
        [Sign(sign @ ('+' | '-' | '\u{2212}')), rest @ ..] => {
            let (hours, minutes) = match rest {
                [Number(h, 1..=2), Sign(':'), Number(m, 2), ..] => (*h, *m),
                [Number(hm, 3..=4), ..] => (hm / 100, hm % 100),
                [Number(h, 1..=2), ..] => (*h, 0),
                _ => return None,
            };
            if hours > 14 || minutes > 59 {
                return None;
            }
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            FixedOffset::east_opt(if *sign == '+' { seconds } else { -seconds })
        }
        [Word(utc), rest @ ..]
            if matches!(utc.as_str(), "gmt" | "utc") && matches!(rest, [Sign('+' | '-'), ..]) =>
        {
            offset(rest)
        }
        [Sign('(' | '[' | ','), rest @ ..] => offset(rest),
        [Word(name), ..] => {
            let (_, hours, minutes) = ZONES.iter().find(|(zone, ..)| zone == name)?;
            FixedOffset::east_opt(hours * 3600 + hours.signum() * minutes * 60)
        }
        _ => None,
    }
}

/// Zone names that feeds write: those of RFC 822, and those of Europe and the Middle East.
const ZONES: [(&str, i32, i32); 33] = [
    ("z", 0, 0),
    ("ut", 0, 0),
    ("utc", 0, 0),
    ("gmt", 0, 0),
    ("wet", 0, 0),
    ("west", 1, 0),
    ("bst", 1, 0),
    ("cet", 1, 0),
    ("met", 1, 0),
    ("mez", 1, 0),
    ("cest", 2, 0),
    ("mest", 2, 0),
    ("mesz", 2, 0),
    ("eet", 2, 0),
    ("eest", 3, 0),
    ("trt", 3, 0),
    ("msk", 3, 0),
    ("ast", 3, 0),
    ("irst", 3, 30),
    ("irdt", 4, 30),
    ("gst", 4, 0),
    ("pkt", 5, 0),
    ("ist", 5, 30),
    ("jst", 9, 0),
    ("edt", -4, 0),
    ("est", -5, 0),
    ("cdt", -5, 0),
    ("cst", -6, 0),
    ("mdt", -6, 0),
    ("mst", -7, 0),
    ("pdt", -7, 0),
    ("pst", -8, 0),
    ("hst", -10, 0),
];

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{Asia::Tehran, Europe::Belgrade};

    fn shown(text: &str, zone: Option<Tz>) -> String {
        match read(text, zone) {
            Some(Published::At(instant)) => instant.to_rfc3339(),
            Some(Published::On(day)) => day.to_string(),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn spellings() {
        for (text, value) in [
            ("Tue, 25 Feb 2025 10:15:00 +0330", "2025-02-25T10:15:00+03:30"),
            ("Tue, 25 Feb 2025 10:15:00 GMT", "2025-02-25T10:15:00+00:00"),
            ("25 Feb 25 10:15 CET", "2025-02-25T10:15:00+01:00"),
            ("Tuesday, February 25, 2025 2:05 PM EDT", "2025-02-25T14:05:00-04:00"),
            ("2025-02-25T10:15:00Z", "2025-02-25T10:15:00+00:00"),
            ("2025-02-25 10:15:00.123 +03:30", "2025-02-25T10:15:00+03:30"),
            ("2025-02-25T10:15:00", "2025-02-25T10:15:00+00:00"),
            ("2025-02-25T24:00:00Z", "2025-02-26T00:00:00+00:00"),
            ("20250225T101500Z", "2025-02-25T10:15:00+00:00"),
            ("2025-02-25", "2025-02-25"),
            ("25.02.2025. 10:15 CEST", "2025-02-25T10:15:00+02:00"),
            ("25.2.2025.", "2025-02-25"),
            ("02/25/2025", "2025-02-25"),
            ("25-Feb-2025 10:15:00 GMT+1", "2025-02-25T10:15:00+01:00"),
            ("٢٠٢٥-٠٢-٢٥T١٠:١٥:٠٠Z", "2025-02-25T10:15:00+00:00"),
            ("۱۴۰۳/۱۲/۰۷ ۱۰:۱۵", "2025-02-25T10:15:00+00:00"),
            ("1403-12-07T10:15:00+03:30", "2025-02-25T10:15:00+03:30"),
            ("Tue, 25 Feb 2025 10:15:60 MSK", "2025-02-25T10:15:59+03:00"),
            ("0000-00-00 00:00:00", "none"),
            ("1970-01-01T00:00:00Z", "none"),
            ("Tue, 31 Feb 2025 10:15:00 GMT", "none"),
            ("yesterday", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(text, None), value, "{text}");
        }
    }

    #[test]
    fn days_are_counted_where_the_source_is() {
        for (text, zone, value) in [
            ("Tue, 25 Feb 2025 22:30:00 GMT", Tehran, "2025-02-26T02:00:00+03:30"),
            ("2025-02-25T10:15:00", Belgrade, "2025-02-25T10:15:00+01:00"),
            ("2025-02-25", Tehran, "2025-02-25"),
            // The clocks leap from two to three, and in autumn run through two o'clock twice.
            ("2025-03-30T02:30:00", Belgrade, "2025-03-30T03:30:00+02:00"),
            ("2025-10-26T02:30:00", Belgrade, "2025-10-26T02:30:00+02:00"),
        ] {
            assert_eq!(shown(text, Some(zone)), value, "{text}");
        }
    }
}
