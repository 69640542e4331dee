//! Dates as a reader writes them in a query: days, months and years of three calendars, intervals,
//! durations back from today, and a few words.

use crate::{
    calendar::{Calendar, DateRange, Edtf, convert::Ymd},
    text::fold::fold,
};
use chrono::{Days, Months, NaiveDate};

/// What is allowed, for problem documents and the description of the interface.
pub(super) const ALLOWED: &str = "a day `2025-02-25`, a month `2025-02`, a year `2025`, an interval `2025-02-20/2025-03-01` with `..` for an open end, a duration back from today such as `P30D`, or `today`, `yesterday`, `tomorrow`; with `cal=jalali` or `cal=hijri` days, months and years of that calendar";

/// Reads a date; digits may be those of any script. `None` when it is none.
pub(super) fn read(value: &str, calendar: Calendar, today: NaiveDate) -> Option<DateRange> {
    let value = fold(value).to_uppercase();
    let value = value.trim();
    let day = match value {
        "TODAY" => Some(today),
        "YESTERDAY" => today.pred_opt(),
        "TOMORROW" => today.succ_opt(),
        _ => duration(value, today),
    };
    if let Some(day) = day {
        return Some(DateRange::day(day));
    }
    if calendar == Calendar::Gregorian {
        return value.parse::<Edtf>().ok().map(Edtf::range);
    }
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    let end = |text: &str| match text {
        ".." | "" => Some(None),
        text => converted(text, calendar).map(Some),
    };
    let (first, last) = (end(first)?, end(last)?);
    let range = DateRange::new(first.and_then(DateRange::first), last.and_then(DateRange::last));
    range.ok().filter(|range| range.first().is_some() || range.last().is_some())
}

/// A day, month or year of another calendar.
fn converted(text: &str, calendar: Calendar) -> Option<DateRange> {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().ok());
    let months = |year, month, count| {
        let (first, last) = calendar.months(year, month, count).ok()?;
        DateRange::new(Some(first), Some(last)).ok()
    };
    let year = i32::from(parts.next()??);
    let Some(month) = parts.next() else { return months(year, 1, 12) };
    let month = u8::try_from(month?).ok()?;
    let Some(day) = parts.next() else { return months(year, month, 1) };
    let day = u8::try_from(day?).ok()?;
    parts.next().is_none().then_some(())?;
    calendar.day(Ymd { year, month, day }).ok().map(DateRange::day)
}

/// The day that lies an ISO 8601 duration of years, months, weeks and days before `today`.
fn duration(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let mut day = today;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0)?;
        let (count, unit) = rest.split_at_checked(digits)?;
        let count: u32 = count.parse().ok()?;
        day = match unit.chars().next()? {
            'Y' => day.checked_sub_months(Months::new(count.checked_mul(12)?)),
            'M' => day.checked_sub_months(Months::new(count)),
            'W' => day.checked_sub_days(Days::new(u64::from(count) * 7)),
            'D' => day.checked_sub_days(Days::new(u64::from(count))),
            _ => None,
        }?;
        rest = unit.get(1..)?;
    }
    (day >= NaiveDate::from_ymd_opt(1, 1, 1)?).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_readers_write_them() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let read = |value, calendar| {
            let range = read(value, calendar, today)?;
            let end = |day: Option<NaiveDate>| day.map_or("..".to_owned(), |day| day.to_string());
            Some((end(range.first()), end(range.last())))
        };
        use Calendar::{Gregorian, Hijri, Jalali};
        for (value, calendar, first, last) in [
            ("2025-02-25", Gregorian, "2025-02-25", "2025-02-25"),
            ("۲۰۲۵-۰۲", Gregorian, "2025-02-01", "2025-02-28"),
            ("2025", Gregorian, "2025-01-01", "2025-12-31"),
            ("202x", Gregorian, "2020-01-01", "2029-12-31"),
            ("2025-02-20/2025-03", Gregorian, "2025-02-20", "2025-03-31"),
            ("2025-02-20/..", Gregorian, "2025-02-20", ".."),
            ("today", Gregorian, "2026-03-31", "2026-03-31"),
            ("Yesterday", Jalali, "2026-03-30", "2026-03-30"),
            ("P30D", Gregorian, "2026-03-01", "2026-03-01"),
            ("P1M", Gregorian, "2026-02-28", "2026-02-28"),
            ("p1y2w", Gregorian, "2025-03-17", "2025-03-17"),
            ("1403-12-07", Jalali, "2025-02-25", "2025-02-25"),
            ("۱۴۰۳-۱۲", Jalali, "2025-02-19", "2025-03-20"),
            ("1403/1403-12", Jalali, "2024-03-20", "2025-03-20"),
            ("../1403-12-07", Jalali, "..", "2025-02-25"),
            ("1446-08-26", Hijri, "2025-02-25", "2025-02-25"),
        ] {
            let expected = Some((first.to_owned(), last.to_owned()));
            assert_eq!(read(value, calendar), expected, "{value}");
        }
        for (value, calendar) in [
            ("2025-02-30", Gregorian),
            ("25.02.2025", Gregorian),
            ("soon", Gregorian),
            ("P", Gregorian),
            ("P5", Gregorian),
            ("PT5H", Gregorian),
            ("P99999999Y", Gregorian),
            ("1404-12-30", Jalali),
            ("../..", Jalali),
            ("2025-03-01/2025-02-01", Gregorian),
        ] {
            assert_eq!(read(value, calendar), None, "{value}");
        }
    }
}
