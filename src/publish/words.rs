//! Dates, status and basis in plain English.

use crate::{
    calendar::{Edtf, Point, Precision, Unit},
    model::{Basis, Resolved, Status},
    text::Lang,
};
use chrono::{Datelike as _, NaiveDate};

/// The date as it stands before a headline, short and in the order in which lists sort:
/// `2025-02-25`, `about 2025-02-25`, `2025-02-25 to 2025-02-27`, `2025-02`, `spring 2025`.
pub(super) fn short(when: Edtf) -> String {
    let (first, last) = when.ends();
    let unit = |point: Point| match point.unit {
        Unit::Season(year, season) => format!("{} {year}", season_name(season)),
        Unit::Quarter(year, quarter) => format!("Q{} {year}", quarter.saturating_sub(32)),
        Unit::Decade(year) => format!("{year}s"),
        Unit::Century(year) => century(year),
        unit => unit.to_string(),
    };
    phrase(when, first.map(unit), last.map(unit))
}

/// The date in words, as precise as the text and no more: `Tuesday 25 February 2025`,
/// `about 25 February 2025`, `25 to 27 February 2025`, `a day between 19 February and 20 March 2025`.
pub(super) fn long(resolved: &Resolved) -> String {
    let when = resolved.when;
    if let (Some(day), false) = (when.as_day(), when.is_approximate()) {
        return format!("{} {}", weekday(day), day_month_year(day));
    }
    let (first, last) = when.ends();
    let days = match (first.map(|point| point.unit), last.map(|point| point.unit)) {
        (Some(Unit::Day(first)), Some(Unit::Day(last))) if first != last => Some((first, last)),
        _ => None,
    };
    if let Some((first, last)) = days {
        let about = if when.is_approximate() { "about " } else { "" };
        let start = if first.year() != last.year() {
            day_month_year(first)
        } else if first.month() != last.month() {
            format!("{} {}", first.day(), month_name(first.month()))
        } else {
            first.day().to_string()
        };
        let end = day_month_year(last);
        return match resolved.precision {
            Precision::Day => format!("{about}{start} to {end}"),
            Precision::Week => format!("{about}the week of {start} to {end}"),
            _ => format!("some time between {start} and {end}"),
        };
    }
    let unit = |point: Point| match point.unit {
        Unit::Day(day) => day_month_year(day),
        Unit::Month(year, month) => format!("{} {year}", month_name(u32::from(month))),
        Unit::Season(year, season) => format!("{} {year}", season_name(season)),
        Unit::Quarter(year, quarter) => {
            let which = ["first", "second", "third", "fourth"];
            let which = which.get(usize::from(quarter.saturating_sub(33)));
            format!("the {} quarter of {year}", which.unwrap_or(&"last"))
        }
        Unit::Year(year) => year.to_string(),
        Unit::Decade(year) => format!("the {year}s"),
        Unit::Century(year) => format!("the {}", century(year)),
    };
    phrase(when, first.map(unit), last.map(unit))
}

/// The century that begins with this year: "19th century" for 1800.
fn century(year: i32) -> String {
    let n = year / 100 + 1;
    let ending = match (n % 10, n % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending} century")
}

/// How the date became known, for a reader who wonders.
pub(super) const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "the date stands in the text",
        Basis::YearFromWeekday => "the text gives no year; the weekday tells it",
        Basis::YearFromOffice => "the text gives no year; the people's terms of office tell it",
        Basis::YearFromAnchor => "the text gives no year; it is the one nearest to the publication",
        Basis::Relative => "counted from a word such as “yesterday” or “on Monday”",
        Basis::Inherited => "taken from the dated event inside which it is told",
        Basis::Published => "the text names no day; this is the day of publication",
        Basis::Corrected => "an analyst corrected it",
    }
}

/// How finely the date is told, for a reader.
pub(super) const fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "the day is known",
        Precision::Week => "only the week is known",
        Precision::Month => "only the month is known",
        Precision::Season => "only the season is known",
        Precision::Quarter => "only the quarter is known",
        Precision::Half => "only the half-year is known",
        Precision::Year => "only the year is known",
        Precision::Decade => "only the decade is known",
        Precision::Century => "only the century is known",
    }
}

/// What stands before a headline whose event does not happen as told; empty for all others.
pub(super) const fn warning(status: Status) -> &'static str {
    match status {
        Status::Cancelled => "Cancelled: ",
        Status::Postponed => "Postponed: ",
        Status::Proposed | Status::Planned | Status::Held | Status::Denied => "",
    }
}

/// The English name of a language.
#[must_use]
pub const fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Ar => "Arabic",
        Lang::Fa => "Persian",
        Lang::Sr => "Serbian",
        Lang::En => "English",
    }
}

fn phrase(when: Edtf, first: Option<String>, last: Option<String>) -> String {
    let about = if when.is_approximate() { "about " } else { "" };
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!("{about}{first}"),
        (Some(first), Some(last)) => format!("{about}{first} to {last}"),
        (Some(first), None) => format!("from {about}{first}"),
        (None, Some(last)) => format!("until {about}{last}"),
        (None, None) => String::new(),
    }
}

fn day_month_year(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month_name(day.month()), day.year())
}

/// The English name of a month from 1 to 12.
pub(super) fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let index = usize::try_from(month.saturating_sub(1)).unwrap_or_default();
    NAMES.get(index).copied().unwrap_or_default()
}

fn season_name(season: u8) -> &'static str {
    ["spring", "summer", "autumn", "winter"]
        .get(usize::from(season.saturating_sub(21)))
        .copied()
        .unwrap_or_default()
}

fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_as_precisely_as_they_are_known() {
        use Precision::{Day, Decade, Half, Month, Quarter, Season, Week, Year};
        for (edtf, precision, in_short, in_words) in [
            ("2025-02-25", Day, "2025-02-25", "Tuesday 25 February 2025"),
            ("2025-02-25~", Day, "about 2025-02-25", "about 25 February 2025"),
            ("2025-02-25/2025-02-27", Day, "2025-02-25 to 2025-02-27", "25 to 27 February 2025"),
            (
                "2025-02-25~/2025-03-02",
                Day,
                "about 2025-02-25 to 2025-03-02",
                "about 25 February to 2 March 2025",
            ),
            (
                "2024-12-30/2025-01-05",
                Week,
                "2024-12-30 to 2025-01-05",
                "the week of 30 December 2024 to 5 January 2025",
            ),
            (
                "2025-02-19/2025-03-20",
                Month,
                "2025-02-19 to 2025-03-20",
                "some time between 19 February and 20 March 2025",
            ),
            ("2025-02", Month, "2025-02", "February 2025"),
            ("2025-02~", Month, "about 2025-02", "about February 2025"),
            ("2025-21", Season, "spring 2025", "spring 2025"),
            ("2025-34", Quarter, "Q2 2025", "the second quarter of 2025"),
            ("2025-01/2025-06", Half, "2025-01 to 2025-06", "January 2025 to June 2025"),
            ("2027", Year, "2027", "2027"),
            ("202X", Decade, "2020s", "the 2020s"),
            ("2024-06/..", Month, "from 2024-06", "from June 2024"),
            ("../2024-06-01", Day, "until 2024-06-01", "until 1 June 2024"),
        ] {
            let when: Edtf = edtf.parse().unwrap();
            let resolved = Resolved {
                when,
                precision,
                basis: Basis::Stated,
                others: Vec::new(),
                conflict: false,
            };
            assert_eq!(short(when), in_short, "{edtf}");
            assert_eq!(long(&resolved), in_words, "{edtf}");
        }
    }
}
