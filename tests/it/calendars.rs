//! The calendars against a table made by other means.

use dateline::calendar::{Calendar, Ymd};

/// Solar years 1279 to 1479 and lunar years 1420 to 1450: the first day of every month.
#[test]
fn months_begin_where_other_reckonings_say() {
    let table = std::fs::read_to_string("tests/data/calendars.csv").unwrap();
    let mut months = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(',').collect();
        let calendar = if fields[0] == "jalali" { Calendar::Jalali } else { Calendar::Hijri };
        let year: i32 = fields[1].parse().unwrap();
        let mut first: chrono::NaiveDate = fields[2].parse().unwrap();
        for (month, days) in (1u8..).zip(fields[3].split(' ')) {
            assert_eq!(
                calendar.day(Ymd { year, month, day: 1 }),
                Ok(first),
                "{line} month {month}"
            );
            first = first + chrono::Days::new(days.parse().unwrap());
            months += 1;
        }
    }
    assert_eq!(months, (201 + 31) * 12);
}
