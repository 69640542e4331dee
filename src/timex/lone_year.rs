//! A year that stands alone: what around it tells that it is one.

use super::{
    reading::{Partial, Reading, What, Year},
    token::{Kind, Tokens},
};
use crate::{
    calendar::Calendar,
    lexicon::{
        dates::NameCase,
        sense::{Mark, Sense, TimeUnit},
    },
};

impl Tokens<'_> {
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
