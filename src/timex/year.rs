//! Years as printed, with their era and their calendar.

use super::{number::Read, reading::Year, token::Tokens};
use crate::{
    calendar::Calendar,
    lexicon::sense::{Mark, Sense, TimeUnit},
};

/// Years of the solar and the lunar calendar of which news may speak without naming the calendar.
const NEAR_YEARS: std::ops::RangeInclusive<i32> = 1370..=1460;

impl Tokens<'_> {
    /// The era mark at `at`: "AD", «م», «هـ», «قمری».
    pub(super) fn era(&self, at: usize) -> Read<Calendar> {
        let calendar = self.sense(at, |sense| match sense {
            Sense::Era(calendar) => Some(*calendar),
            _ => None,
        })?;
        let next = at + 1;
        // A shortened era is closed by a full stop, unless that ends the sentence.
        let dot = self.sign(next, '.') && self.glued(next) && !self.is_last_of_sentence(next);
        Some((calendar, if dot { next + 1 } else { next }))
    }

    fn is_last_of_sentence(&self, at: usize) -> bool {
        self.get(at + 1).is_none_or(|token| token.line || token.blank)
    }

    /// A year in digits with the words around it: "2025", "2025. godine", «عام 2025 م», «سال ۱۴۰۳». The
    /// calendar is that of the era, where one is written; otherwise the number and `beside`, the calendar
    /// of the month beside it, decide.
    pub(super) fn stated_year(&self, at: usize, beside: Option<Calendar>) -> Read<(i32, Calendar)> {
        let noun = self.is_unit(at, TimeUnit::Year);
        let at = if noun { at + 1 } else { at };
        let (value, digits) = self.number(at)?;
        if !self.clean_left(at) {
            return None;
        }
        let mut next = at + 1;
        if self.lexicon.settings.dotted_ordinals
            && self.sign(next, '.')
            && self.glued(next)
            && !(self.glued(next + 1) && self.number(next + 1).is_some())
        {
            next += 1;
        } else if !self.clean_right(next) {
            return None;
        }
        let before_noun = next;
        if self.lexicon.settings.dotted_ordinals {
            next = self.year_noun_after(next);
        }
        if self.is(next, Mark::BeforeEra) {
            return None;
        }
        let era = self.era(next);
        let value = i32::try_from(value).ok()?;
        let calendar = match era {
            Some((calendar, _)) => calendar,
            None if next > before_noun && beside.is_none() && (100..1500).contains(&value) => {
                Calendar::Gregorian
            }
            None => self.calendar_of(value, digits, noun, beside)?,
        };
        let value = if digits == 2 { value + 1300 } else { value };
        let after = era.map_or(next, |(_, after)| after);
        if era.is_none() && beside.is_none() && next == at + 1 && self.counted(next) {
            return None;
        }
        Some(((value, calendar), after))
    }

    /// Which calendar counts this year; `None` when the number is no year.
    fn calendar_of(
        &self,
        value: i32,
        digits: u8,
        noun: bool,
        beside: Option<Calendar>,
    ) -> Option<Calendar> {
        let settings = &self.lexicon.settings;
        match (digits, value) {
            (4, 1500..=2199) => match beside {
                None | Some(Calendar::Gregorian) => Some(Calendar::Gregorian),
                Some(Calendar::Jalali | Calendar::Hijri) => None,
            },
            (4, 1200..=1499) => match beside {
                Some(Calendar::Gregorian) => None,
                Some(calendar) => Some(calendar),
                None if settings.calendar == Calendar::Jalali => Some(Calendar::Jalali),
                None if noun && NEAR_YEARS.contains(&value) => Some(settings.other_calendar),
                None => noun.then_some(Calendar::Gregorian),
            },
            (3 | 4, 100..=1499) if noun => beside.or(Some(Calendar::Gregorian)),
            (2, 10..=99) if settings.calendar == Calendar::Jalali => match beside {
                Some(Calendar::Jalali) if value >= 50 => Some(Calendar::Jalali),
                None if noun && value >= 30 => Some(Calendar::Jalali),
                _ => None,
            },
            _ => None,
        }
    }

    fn year_noun_after(&self, at: usize) -> usize {
        if self.is_unit(at, TimeUnit::Year)
            && self.sense(at, |s| matches!(s, Sense::Toward { .. }).then_some(())).is_none()
        {
            at + 1
        } else if self.is(at, Mark::YearMark) && self.sign(at + 1, '.') && self.glued(at + 1) {
            at + 2
        } else {
            at
        }
    }

    /// A year beside a day or month: after a comma or "of", in digits or as "last year".
    pub(super) fn year(&self, at: usize, beside: Calendar) -> Read<(Year, Calendar)> {
        let mut at = at;
        if self.sign(at, ',') {
            at += 1;
        }
        if self.is(at, Mark::Of) {
            at += 1;
        }
        if self.is(at, Mark::SameYear) {
            return Some(((Year::Told(0), beside), at + 1));
        }
        if let Some((by, next)) = self.told_toward(at, TimeUnit::Year) {
            return Some(((Year::Told(by), beside), next));
        }
        if let Some(((year, calendar), next)) = self.stated_year(at, Some(beside)) {
            return (calendar == beside).then_some(((Year::Stated(year), calendar), next));
        }
        if self.sign(at.wrapping_sub(1), ',') {
            return None;
        }
        let (shift, next) = self.shifted(at, TimeUnit::Year)?;
        Some(((Year::Shift(shift), beside), next))
    }
}
