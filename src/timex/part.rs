//! Decades, centuries, and the parts of a year: quarters, halves, seasons.

use super::{
    number::Read,
    reading::{Century, Partial, Reading, What, Year},
    token::Tokens,
};
use crate::{
    calendar::Calendar,
    lexicon::{
        dates::NameCase,
        sense::{Mark, Part, Sense, TimeUnit},
    },
    model::RuleId,
};

impl Tokens<'_> {
    /// A quarter or half with its year.
    ///
    /// en "Q3 2018", "the first half of 2022"; ar «الربع الأول من عام 2022»; fa «سه‌ماهه نخست سال ۱۴۰۲»;
    /// sr "prvom kvartalu 2024."
    pub(super) fn part_of_year(&self, at: usize) -> Option<Reading> {
        let start = if self.is(at, Mark::The) { at + 1 } else { at };
        let (unit, n, next) = self.numbered_part(start)?;
        let calendar = self.lexicon.settings.calendar;
        let apart = if self.sign(next, '/') || self.sign(next, '-') { next + 1 } else { next };
        if let Some((year, calendar, end)) = self.year_of_part(apart, calendar) {
            let what = What::PartOfYear { unit, n, year, calendar };
            return Some(Reading::new(at, end, what, calendar, "timex.part-of-year"));
        }
        let of = if self.is(next, Mark::Of) { next + 1 } else { next };
        if unit != TimeUnit::Half {
            // A quarter needs no year; after "of" it is one of something else.
            let what = What::PartOfYear { unit, n, year: Year::Missing, calendar };
            return (next == of && (1..=4).contains(&n))
                .then(|| Reading::new(at, next, what, calendar, "timex.part-of-year"));
        }
        if let Some(century) = self.century(of) {
            let part = Some(if n == 1 { Part::Start } else { Part::End });
            return Some(Reading {
                first: at,
                part,
                rule: RuleId::new("timex.half-of-century"),
                ..century
            });
        }
        let (date, end) = self.any_month(of)?;
        let mut reading =
            Reading::new(at, end, What::Date(date), date.calendar, "timex.half-of-month");
        reading.part = Some(if n == 1 { Part::Start } else { Part::End });
        Some(reading)
    }

    /// A month by its name, or counted from that of the anchor: "next month", "the month".
    pub(super) fn any_month(&self, at: usize) -> Option<(Partial, usize)> {
        if let Some(found) = self.month_year(at) {
            return Some(found);
        }
        if let Some((month, end)) = self.month(at, true) {
            let date = Partial { month: Some(month.number), ..Partial::new(month.calendar) };
            return Some((date, end));
        }
        let own = self.lexicon.settings.calendar;
        if self.is(at, Mark::SameMonth) {
            return Some((Partial { same_month: true, ..Partial::new(own) }, at + 1));
        }
        let at = at + usize::from(self.is(at, Mark::The));
        let (shift, end) = self
            .shifted(at, TimeUnit::Month)
            .or_else(|| self.one_unit(at, TimeUnit::Month).then_some((0, at + 1)))?;
        let (calendar, end) = self.era(end).unwrap_or((own, end));
        Some((Partial { month_shift: Some(shift), ..Partial::new(calendar) }, end))
    }

    /// The number and kind of a part of a year: "third quarter", «النصف الأول», "Q3".
    fn numbered_part(&self, at: usize) -> Option<(TimeUnit, u8, usize)> {
        let short = self.sense(at, |sense| match sense {
            Sense::Quarter(n) => Some(*n),
            _ => None,
        });
        if let Some(n) = short {
            return Some((TimeUnit::Quarter, n, at + 1));
        }
        let part = |at: usize| {
            [TimeUnit::Quarter, TimeUnit::Half].into_iter().find(|unit| self.is_unit(at, *unit))
        };
        let last = |unit: TimeUnit| if unit == TimeUnit::Half { 2 } else { 4 };
        if self.is(at, Mark::Final)
            && let Some(unit) = part(at + 1)
        {
            return Some((unit, last(unit), at + 2));
        }
        if let Some(unit) = part(at).filter(|_| self.is(at + 1, Mark::Final)) {
            return Some((unit, last(unit), at + 2));
        }
        if let Some(n) = self.roman_number(at)
            && let Some(unit) = part(at + 1)
        {
            return Some((unit, n, at + 2));
        }
        if let Some((n, next)) = self.ordinal(at) {
            let next = if self.sign(next, '-') && self.glued(next) { next + 1 } else { next };
            if let Some(unit) = part(next) {
                return Some((unit, u8::try_from(n).ok()?, next + 1));
            }
        }
        let unit = part(at)?;
        let (n, next) = self.ordinal(at + 1)?;
        Some((unit, u8::try_from(n).ok()?, next))
    }

    /// The year of a part of it: "of 2022", «من العام الماضي», "prošle godine".
    fn year_of_part(&self, at: usize, calendar: Calendar) -> Option<(Year, Calendar, usize)> {
        let mut next = at;
        if self.is(next, Mark::Of) || self.sign(next, ',') {
            next += 1;
        }
        if self.is(next, Mark::The) {
            next += 1;
        }
        if let Some(((year, calendar), end)) = self.stated_year(next, None) {
            return Some((Year::Stated(year), calendar, end));
        }
        if let Some((by, end)) = self.shifted(next, TimeUnit::Year) {
            return Some((Year::Shift(by), calendar, end));
        }
        if let Some((by, end)) = self.told_toward(next, TimeUnit::Year) {
            return Some((Year::Told(by), calendar, end));
        }
        // "of the year": the one in which the text was written.
        let alone = self.one_unit(next, TimeUnit::Year) && self.number(next + 1).is_none();
        (alone && (next > at || self.lexicon.settings.names != NameCase::Capital)).then_some((
            Year::Shift(0),
            calendar,
            next + 1,
        ))
    }

    /// The first so many months of a year: en "the first nine months of 2024", sr "prvih šest meseci
    /// 2024.", ar «الأشهر التسعة الأولى من 2024».
    pub(super) fn first_months(&self, at: usize) -> Option<Reading> {
        let start = if self.is(at, Mark::The) { at + 1 } else { at };
        let (count, next) = if let Some((1, next)) = self.ordinal(start) {
            let (count, next) = self.cardinal(next)?;
            self.is_unit(next, TimeUnit::Month).then_some((count, next + 1))?
        } else if let Some((TimeUnit::Month, Some(count @ 2..))) = self.unit(start) {
            let (first, after) = self.ordinal(start + 1)?;
            (first == 1).then_some((count, after))?
        } else if let Some((count, next)) = self.cardinal(start) {
            let (first, after) =
                self.is_unit(next, TimeUnit::Month).then(|| self.ordinal(next + 1)).flatten()?;
            (first == 1).then_some((count, after))?
        } else {
            self.is_unit(start, TimeUnit::Month).then_some(())?;
            let (count, next) = self.cardinal(start + 1).or_else(|| self.ordinal(start + 1))?;
            let (first, next) = self.ordinal(next)?;
            (first == 1).then_some((count, next))?
        };
        let (year, calendar, end) = self.year_of_part(next, self.lexicon.settings.calendar)?;
        let count = u8::try_from(count).ok().filter(|count| (1..=12).contains(count))?;
        let what = What::Months { count, year, calendar };
        Some(Reading::new(at, end, what, calendar, "timex.first-months"))
    }

    /// A season, with its year or with "last", "this", "next"; alone after a preposition.
    ///
    /// en "the summer of 2019", ar «صيف 2026», fa «بهار ۱۴۰۳», sr "u proleće" (without "u").
    pub(super) fn season(&self, at: usize) -> Option<Reading> {
        self.season_after(at, false)
    }

    /// A season, `part` of which was told before it: "late summer", «تا پایان تابستان».
    pub(super) fn season_after(&self, at: usize, part: bool) -> Option<Reading> {
        let mut start = if self.is(at, Mark::The) { at + 1 } else { at };
        let before = self.toward(start, true);
        start += usize::from(before.is_some());
        let n = self.season_name(start)?;
        let own = self.lexicon.settings.calendar;
        let rule = "timex.season";
        // A winter is told by both its years: "the winter of 2023/24".
        let of = start + 1 + usize::from(self.is(start + 1, Mark::Of));
        if let Some((first, _, end)) = (n == 4).then(|| self.years(of)).flatten() {
            let Partial { year, calendar, .. } = first;
            let what = What::Season { n, year, calendar, toward: None };
            return Some(Reading::new(at, end, what, calendar, rule));
        }
        if let Some((year, calendar, end)) = self.year_of_part(start + 1, own) {
            let what = What::Season { n, year, calendar, toward: None };
            return Some(Reading::new(at, end, what, calendar, rule));
        }
        let after = self.toward(start + 1, false);
        let end = start + 1 + usize::from(after.is_some());
        let toward = before.or(after);
        let led = self.before(at).is_some_and(|token| !token.line) && self.is(at - 1, Mark::At);
        let led = led
            || part
            || at.checked_sub(1).is_some_and(|before| self.ends_with_preposition(before))
            || self.get(start).is_some_and(|token| token.clitic)
            || self.is(start, Mark::SeasonAlone);
        let name = self.lexicon.settings.names == NameCase::Capital
            && self.capital(start)
            && self.capital(end);
        let led = led && !self.is(end, Mark::Of) && !name;
        let what = What::Season { n, year: Year::Missing, calendar: own, toward };
        (toward.is_some() || led).then(|| Reading::new(at, end, what, own, rule))
    }

    fn season_name(&self, at: usize) -> Option<u8> {
        self.sense(at, |sense| match sense {
            Sense::Season(n) => Some(*n),
            _ => None,
        })
    }

    /// Ten years.
    ///
    /// en "the 1970s", ar «سبعينيات القرن الماضي», fa «دهه ۱۳۵۰», sr "sedamdesetih godina prošlog veka".
    pub(super) fn decade(&self, at: usize) -> Option<Reading> {
        let start = if self.is(at, Mark::The) { at + 1 } else { at };
        let noun = self.is_unit(start, TimeUnit::Decade);
        let start = start + usize::from(noun);
        let start = if noun && self.is(start, Mark::Of) { start + 1 } else { start };
        let start = if noun && self.is(start, Mark::The) { start + 1 } else { start };
        let word = self.sense(start, |sense| match sense {
            Sense::Decade(value) => i32::try_from(*value).ok(),
            _ => None,
        });
        let (value, next) = match word {
            Some(value) => (value, start + 1),
            None => self.decade_in_digits(start, noun)?,
        };
        let mut next = next;
        if self.is_unit(next, TimeUnit::Year) {
            next += 1;
        }
        let next = if self.is(next, Mark::Of) && self.is_unit(next + 1, TimeUnit::Century) {
            next + 1
        } else {
            next
        };
        let century = self
            .is_unit(next, TimeUnit::Century)
            .then(|| next + 2)
            .filter(|_| {
                self.toward(next + 1, false) == Some(-1)
                    || self.ordinal(next + 1).is_some_and(|(n, _)| n == 20)
            })
            .or_else(|| {
                (self.toward(next, true) == Some(-1) && self.is_unit(next + 1, TimeUnit::Century))
                    .then_some(next + 2)
            })
            .or_else(|| {
                self.ordinal(next).and_then(|(n, after)| {
                    (n == 20 && self.is_unit(after, TimeUnit::Century)).then_some(after + 1)
                })
            });
        let era = self.era(century.unwrap_or(next));
        let settings = &self.lexicon.settings;
        let calendar = match (era, century, value) {
            (Some((calendar, _)), ..) => calendar,
            (None, Some(_), _) | (None, None, 1800..) => Calendar::Gregorian,
            _ => settings.calendar,
        };
        let year = match (calendar, value) {
            (_, 100..) => value,
            (Calendar::Gregorian, 0..=10) if century.is_none() => 2000 + value,
            (Calendar::Gregorian, _) => 1900 + value,
            (Calendar::Jalali, _) => 1300 + value,
            (Calendar::Hijri, _) => 1400 + value,
        };
        let end = era.map_or(century.unwrap_or(next), |(_, after)| after);
        let what = What::Decade { calendar, year: year - year.rem_euclid(10) };
        Some(Reading::new(at, end, what, calendar, "timex.decade"))
    }

    /// A hundred years.
    ///
    /// en "the 19th century", ar «القرن التاسع عشر», «القرن الـ19», fa «قرن نوزدهم», sr "XIX veka".
    pub(super) fn century(&self, at: usize) -> Option<Reading> {
        let start = if self.is(at, Mark::The) { at + 1 } else { at };
        let (which, next) = self.which_century(start)?;
        if self.is(next, Mark::BeforeEra) {
            return None;
        }
        let end = match self.era(next) {
            Some((Calendar::Gregorian, after)) => after,
            Some(_) => return None,
            None => next,
        };
        let what = What::Century(which);
        Some(Reading::new(at, end, what, Calendar::Gregorian, "timex.century"))
    }

    fn which_century(&self, at: usize) -> Read<Century> {
        let unit = |at: usize| self.is_unit(at, TimeUnit::Century);
        let number =
            |n: u32| u8::try_from(n).ok().filter(|n| (2..=22).contains(n)).map(Century::Number);
        if unit(at) {
            let after = self.after_article(at + 1);
            if let Some((n, next)) = self.ordinal(after) {
                return Some((number(n)?, next));
            }
            if let Some((n, _)) = self.number(after) {
                return (self.clean_left(after) && self.clean_right(after + 1))
                    .then_some((number(n)?, after + 1));
            }
        } else if let Some((n, next)) = self.ordinal(at) {
            let next = if self.sign(next, '-') && self.glued(next) { next + 1 } else { next };
            return unit(next).then_some((number(n)?, next + 1));
        }
        let (by, next) = self.shifted(at, TimeUnit::Century)?;
        Some((Century::Shift(by), next))
    }

    /// "1970s", "1970-ih", and after the word "decade" «۱۳۵۰», «شصت».
    fn decade_in_digits(&self, at: usize, noun: bool) -> Read<i32> {
        if noun && self.number(at).is_none() {
            let (value, next) = self.cardinal(at)?;
            return i32::try_from(value)
                .ok()
                .filter(|v| *v % 10 == 0 && *v >= 10)
                .map(|v| (v, next));
        }
        let (value, digits) = self.number(at).filter(|_| self.clean_left(at))?;
        let value = i32::try_from(value).ok().filter(|value| value % 10 == 0)?;
        if !(digits == 4 && (1200..=2100).contains(&value) || digits == 2 && value >= 10) {
            return None;
        }
        if noun {
            return self.clean_right(at + 1).then_some((value, at + 1));
        }
        let text = |at: usize| {
            self.get(at)
                .filter(|_| self.glued(at))
                .and_then(|token| self.folded.as_str().get(token.start..token.end))
        };
        let dash = usize::from(matches!(text(at + 1), Some("-" | "'")));
        let plural = self.lexicon.settings.decade_ending.as_deref();
        (text(at + 1 + dash) == plural && plural.is_some()).then_some((value, at + 2 + dash))
    }
}
