//! Years, decades, and the parts of a year: quarters, halves, seasons.

use super::{
    number::Read,
    reading::{Century, Partial, Reading, What, Year},
    token::{Kind, Tokens},
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

    /// A year by itself, where the text shows that the number is one.
    ///
    /// en "in 2018", "Expo 2027"; ar «عام 2027», «رؤية ٢٠٣٠»; fa «سال ۱۳۹۸», «چشم‌انداز ایران ۱۴۰۴»;
    /// sr "2027. godine", "Vizija 2030".
    pub(super) fn year_alone(&self, at: usize) -> Option<Reading> {
        let make = |year: i32, calendar: Calendar, end: usize| {
            let date = Partial { year: Year::Stated(year), ..Partial::new(calendar) };
            Reading::new(at, end, What::Date(date), calendar, "timex.year")
        };
        let start = if self.is(at, Mark::The) && self.is_unit(at + 1, TimeUnit::Year) {
            at + 1
        } else {
            at
        };
        let ((year, calendar), end) = self.stated_year(start, None)?;
        let number = if self.number(start).is_some() { start } else { start + 1 };
        let told =
            number > start || end > number + 1 && !self.sign(number + 1, '.') || end > number + 2;
        let wanted = told || self.is_year_by_context(number, end);
        (wanted && !self.is_numbered(start) && !self.among_numbers(number))
            .then(|| make(year, calendar, end))
    }

    /// Whether more numbers stand beside the one at `at`, as in a telephone number.
    fn among_numbers(&self, at: usize) -> bool {
        let number = |at: usize| self.number(at).is_some();
        number(at + 1) && !self.get(at + 1).is_none_or(|token| token.line)
            || at.checked_sub(1).is_some_and(number) && !self.get(at).is_none_or(|token| token.line)
    }

    /// Whether the words around a bare number of four digits make it a year.
    fn is_year_by_context(&self, at: usize, end: usize) -> bool {
        let plausible =
            self.number(at).is_some_and(|(value, _)| matches!(value, 1500..=2100 | 1280..=1480));
        // Numbers that years of old share with quantities and with the twenty-four hours of a day.
        let old = self.number(at).is_some_and(|(value, _)| matches!(value, 1500..=1899));
        let named = at.checked_sub(1).is_some_and(|before| self.is(before, Mark::Occasion));
        if self.is(end, Mark::Clock) {
            return false;
        }
        if plausible && named && !old && !self.starts_line(at) {
            return true;
        }
        if !plausible || self.counted(end) || self.counted(end + 1) && self.is(end, Mark::Of) {
            return false;
        }
        let Some(before) = at.checked_sub(1).filter(|_| !self.starts_line(at)) else {
            return false;
        };
        if self.is(before, Mark::NotYearBefore)
            && !self.is(before, Mark::Occasion)
            && !self.is(before, Mark::At)
        {
            return false;
        }
        let approx =
            self.sense(before, |sense| matches!(sense, Sense::Approx(_)).then_some(())).is_some();
        let leads = [Mark::At, Mark::Since, Mark::By, Mark::From, Mark::To, Mark::Between]
            .into_iter()
            .any(|mark| self.is(before, mark));
        let halfway = self.sign(before, '-')
            && before > 0
            && self
                .sense(before - 1, |sense| matches!(sense, Sense::Approx(_)).then_some(()))
                .is_some();
        let undotted = self.lexicon.settings.dotted_ordinals && end == at + 1;
        if old && (undotted || self.is(before, Mark::Of) || self.is(before, Mark::To)) {
            return false;
        }
        if leads || approx || halfway || self.follows_year(before) || self.leads_to_year(end) {
            return true;
        }
        if self.is_occasion(before) {
            return true;
        }
        if self.sign(before, '(') {
            return self.sign(end, ')') || self.sign(end, ',') || self.sign(end, '-');
        }
        let names = self.lexicon.settings.names != NameCase::None;
        let name = names
            && !old
            && self.get(before).is_some_and(|token| matches!(token.kind, Kind::Word))
            && self.capital(before)
            && !self.all_capitals(before)
            && !self.starts_sentence(before);
        let dotted = end > at + 1
            && self.get(end).is_some_and(|token| token.kind != Kind::Word || !self.capital(end));
        let the = self.is(before, Mark::The)
            && self.get(end).is_some_and(|token| {
                !matches!(token.kind, Kind::Sign(_) | Kind::Number(..)) && !token.line
            });
        name || dotted || the
    }

    /// Whether the token before a bare number joins it to another year: "in 2018, 2019 and 2021".
    fn follows_year(&self, joint: usize) -> bool {
        let joins = self.sign(joint, ',') || self.is(joint, Mark::And);
        let mut at = joint;
        while joins && at > 0 {
            at -= 1;
            match self.number(at) {
                Some((value, 4)) => {
                    return matches!(value, 1900..=2100 | 1280..=1480) && !self.counted(at + 1);
                }
                Some(_) => return false,
                None if self.sign(at, '.')
                    || self.sign(at, ',')
                    || self.is_unit(at, TimeUnit::Year) => {}
                None => return false,
            }
        }
        false
    }

    /// Whether a bare number is joined to a year after it: "2019, 2020. i 2022. godine".
    fn leads_to_year(&self, end: usize) -> bool {
        let mut next = end;
        for _ in 0..6 {
            if !self.sign(next, ',') && !self.is(next, Mark::And) {
                return false;
            }
            next += 1;
            let Some((_, after)) = self.stated_year(next, None) else { return false };
            if after > next + 1 && self.is_unit(after - 1, TimeUnit::Year) {
                return true;
            }
            next = after;
        }
        false
    }

    /// Whether one of the last words before a year is the name of an occasion: "Expo Belgrade 2027".
    fn is_occasion(&self, before: usize) -> bool {
        for back in 0..3usize {
            let Some(at) = before.checked_sub(back) else { return false };
            if self.is(at, Mark::Occasion) {
                return true;
            }
            let word =
                self.get(at).is_some_and(|token| matches!(token.kind, Kind::Word) && !token.line);
            let shown = self.lexicon.settings.names == crate::lexicon::dates::NameCase::None
                || self.capital(at);
            if !word || !shown {
                return false;
            }
        }
        false
    }
}
