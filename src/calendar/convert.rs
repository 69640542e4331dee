//! Days of the Persian solar and the Islamic lunar calendar, to Gregorian days and back, over ICU4X.
//!
//! Solar Hijri follows ICU4X's astronomical table with the 33-year rule around it; lunar Hijri is the
//! Umm al-Qura reckoning, whose months may begin a day before or after the ones that a country sees.

use super::{Calendar, CalendarError};
use chrono::{Datelike as _, NaiveDate};
use icu_calendar::{
    AsCalendar, Date,
    cal::{Hijri, Persian},
    types::RataDie,
};

/// Year, month from 1 and day from 1 of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ymd {
    /// The year of the calendar.
    pub year: i32,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

/// The years for which conversion is offered: a range wide enough for news and history, narrow enough
/// that no reckoning overflows.
const YEARS: std::ops::RangeInclusive<i32> = 1..=3000;

impl Calendar {
    /// The Gregorian day on which a day of this calendar falls.
    ///
    /// ```
    /// use dateline::calendar::{Calendar, convert::Ymd};
    /// let day = Calendar::Jalali.day(Ymd { year: 1403, month: 12, day: 7 })?;
    /// assert_eq!(day.to_string(), "2025-02-25");
    /// assert_eq!(Calendar::Hijri.date(day).unwrap(), Ymd { year: 1446, month: 8, day: 26 });
    /// # Ok::<(), dateline::calendar::CalendarError>(())
    /// ```
    ///
    /// # Errors
    /// [`CalendarError::NoSuchDay`] when that year has no such month or day, or the year is not one of
    /// 1 to 3000.
    pub fn day(self, date: Ymd) -> Result<NaiveDate, CalendarError> {
        let Ymd { year, month, day } = date;
        let found = match self {
            _ if !YEARS.contains(&year) => None,
            Self::Gregorian => NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)),
            Self::Jalali => {
                Date::try_new_persian(year, month, day).ok().as_ref().and_then(gregorian)
            }
            Self::Hijri => {
                Date::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura())
                    .ok()
                    .as_ref()
                    .and_then(gregorian)
            }
        };
        found.ok_or(CalendarError::NoSuchDay { calendar: self, year, month, day })
    }

    /// The date of a Gregorian day in this calendar; `None` outside the years 1 to 3000 of it.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> Option<Ymd> {
        let fixed = RataDie::new(i64::from(day.num_days_from_ce()));
        let date = match self {
            Self::Gregorian => Ymd {
                year: day.year(),
                month: u8::try_from(day.month()).ok()?,
                day: u8::try_from(day.day()).ok()?,
            },
            Self::Jalali => ymd(&Date::from_rata_die(fixed, Persian)),
            Self::Hijri => ymd(&Date::from_rata_die(fixed, Hijri::new_umm_al_qura())),
        };
        YEARS.contains(&date.year).then_some(date)
    }

    /// First and last Gregorian day of a run of months of this calendar, which may run over the end of
    /// the year: `count` months from month `month` (from 1) of `year`.
    ///
    /// # Errors
    /// [`CalendarError::NoSuchDay`] as for [`Calendar::day`].
    pub fn months(
        self,
        year: i32,
        month: u8,
        count: u8,
    ) -> Result<(NaiveDate, NaiveDate), CalendarError> {
        let first = self.day(Ymd { year, month, day: 1 })?;
        let next = month.saturating_sub(1).saturating_add(count);
        let after =
            self.day(Ymd { year: year + i32::from(next / 12), month: next % 12 + 1, day: 1 })?;
        Ok((first, after.pred_opt().unwrap_or(first)))
    }
}

fn gregorian<A: AsCalendar>(date: &Date<A>) -> Option<NaiveDate> {
    i32::try_from(date.to_rata_die().to_i64_date())
        .ok()
        .and_then(NaiveDate::from_num_days_from_ce_opt)
}

fn ymd<A: AsCalendar>(date: &Date<A>) -> Ymd {
    Ymd {
        year: date.year().extended_year(),
        month: date.month().ordinal,
        day: date.day_of_month().0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_for_every_day_of_two_centuries() {
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
        for day in first.iter_days().take_while(|day| day.year() <= 2100) {
            for calendar in [Calendar::Gregorian, Calendar::Jalali, Calendar::Hijri] {
                let date = calendar.date(day).unwrap();
                assert_eq!(calendar.day(date), Ok(day), "{date:?} {calendar:?}");
            }
        }
    }

    #[test]
    fn months_run_over_the_end_of_the_year() {
        for (calendar, year, month, count, first, last) in [
            (Calendar::Gregorian, 2024, 12, 3, "2024-12-01", "2025-02-28"),
            (Calendar::Jalali, 1403, 12, 1, "2025-02-19", "2025-03-20"),
            (Calendar::Jalali, 1403, 1, 12, "2024-03-20", "2025-03-20"),
            (Calendar::Hijri, 1444, 9, 1, "2023-03-23", "2023-04-20"),
        ] {
            let (from, to) = calendar.months(year, month, count).unwrap();
            assert_eq!((from.to_string().as_str(), to.to_string().as_str()), (first, last));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for (calendar, year, month, day) in [
            (Calendar::Gregorian, 2025, 2, 29),
            (Calendar::Jalali, 1404, 12, 30),
            (Calendar::Jalali, 1403, 13, 1),
            (Calendar::Hijri, 1446, 1, 31),
            (Calendar::Gregorian, 999_999, 1, 1),
        ] {
            assert!(calendar.day(Ymd { year, month, day }).is_err(), "{calendar:?} {year}");
        }
    }
}
