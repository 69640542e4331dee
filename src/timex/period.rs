//! Periods counted from another or told by their place: "last month", "the weekend", "the new year".

use super::{
    reading::{Origin, Partial, Reading, What, Year},
    token::{Kind, Tokens},
};
use crate::{
    calendar::Calendar,
    lexicon::{
        dates::NameCase,
        sense::{Mark, TimeUnit},
    },
};

impl Tokens<'_> {
    /// "this week", "last month", "earlier this year", «العام المقبل», «هفته گذشته», "prošle nedelje".
    pub(super) fn period(&self, at: usize) -> Option<Reading> {
        let start = if self.is(at, Mark::Within) { at + 1 } else { at };
        let units = [
            TimeUnit::Week,
            TimeUnit::Weekend,
            TimeUnit::Month,
            TimeUnit::Quarter,
            TimeUnit::Year,
            TimeUnit::Decade,
        ];
        let (unit, (shift, end)) = units
            .into_iter()
            .find_map(|unit| self.shifted(start, unit).map(|found| (unit, found)))?;
        let rule = "timex.period";
        // «ماه آینده میلادی»: counted in another calendar than the language's own.
        let units = matches!(unit, TimeUnit::Year | TimeUnit::Month);
        if let Some((calendar, end)) = self.era(end).filter(|_| units) {
            let date = Partial::new(calendar);
            let date = if unit == TimeUnit::Year {
                Partial { year: Year::Shift(shift), ..date }
            } else {
                Partial { month_shift: Some(shift), ..date }
            };
            return Some(Reading::new(at, end, What::Date(date), calendar, rule));
        }
        let what = What::Period { unit, shift };
        Some(Reading::new(at, end, what, self.lexicon.settings.calendar, rule))
    }

    /// The year that is about to begin or has just begun, after a preposition; the feast is no date.
    ///
    /// en "in the new year", ar «في العام الجديد», fa «در سال جدید میلادی», sr "u novoj godini" (all without the
    /// preposition).
    pub(super) fn new_year(&self, at: usize) -> Option<Reading> {
        let led = self.get(at).is_some_and(|token| token.clitic)
            || at.checked_sub(1).is_some_and(|before| self.is(before, Mark::At));
        if led { self.new_year_after(at) } else { None }
    }

    /// The same where what stands before it shows that it is a time: "early in the new year".
    pub(super) fn new_year_after(&self, at: usize) -> Option<Reading> {
        let start = at + usize::from(self.is(at, Mark::The));
        let year = |at: usize| self.one_unit(at, TimeUnit::Year);
        let new = |at: usize| self.is(at, Mark::New);
        if !(new(start) && year(start + 1) || year(start) && new(start + 1)) {
            return None;
        }
        let feast = self.sign(start + 2, '\'') && self.glued(start + 2)
            || self.lexicon.settings.names == NameCase::Small && self.capital(start + 1);
        let calendar = self.lexicon.settings.calendar;
        let era = self.era(start + 2);
        // The new solar year is a feast first of all.
        let sure = era.is_some() || calendar != Calendar::Jalali;
        let (calendar, end) = era.unwrap_or((calendar, start + 2));
        (sure && !feast)
            .then(|| Reading::new(at, end, What::NewYear(calendar), calendar, "timex.new-year"))
    }

    /// A month, quarter or year counted from the date told last.
    ///
    /// en "the following year", ar «العام التالي»; fa «سال پس از آن».
    pub(super) fn told_period(&self, at: usize) -> Option<Reading> {
        let units = [TimeUnit::Year, TimeUnit::Month, TimeUnit::Quarter, TimeUnit::Week];
        let (unit, (by, end)) = units
            .into_iter()
            .find_map(|unit| self.told_toward(at, unit).map(|found| (unit, found)))?;
        // "over the next year" is a length of time.
        if by > 0 && at.checked_sub(1).is_some_and(|before| self.is(before, Mark::At)) {
            return None;
        }
        let what = What::Count { unit, by, from: Origin::Told };
        Some(Reading::new(at, end, what, self.lexicon.settings.calendar, "timex.told-period"))
    }

    /// The weekend that needs no other word: en "the weekend", ar «في عطلة نهاية الأسبوع», fa «در آخر هفته»,
    /// sr "za vikend" (without the prepositions).
    pub(super) fn weekend(&self, at: usize) -> Option<Reading> {
        let article = self.is(at, Mark::The);
        let start = at + usize::from(article);
        let led = article || at.checked_sub(1).is_some_and(|before| self.is(before, Mark::At));
        let noun = self.get(start + 1).is_some_and(|token| {
            token.kind == Kind::Word && !token.line && !self.is_past_form(start + 1)
        });
        let noun = noun && self.lexicon.settings.names == NameCase::Capital
            || self.is(start + 1, Mark::Of)
            || self.toward(start + 1, false).is_some();
        let calendar = self.lexicon.settings.calendar;
        (led && !noun && self.one_unit(start, TimeUnit::Weekend))
            .then(|| Reading::new(at, start + 1, What::Weekend, calendar, "timex.weekend"))
    }

    /// "the same month last year": the month of the date told last.
    ///
    /// ar «الشهر نفسه من العام الماضي», fa «ماه مشابه سال قبل», sr "istom mesecu prošle godine".
    pub(super) fn same_month(&self, at: usize) -> Option<Reading> {
        if !self.is(at, Mark::SameMonth) {
            return None;
        }
        let calendar = self.lexicon.settings.calendar;
        let (year, end) = match self.year(at + 1, calendar) {
            Some(((year, _), end)) => (year, end),
            None => (Year::Told(0), at + 1),
        };
        let date = Partial { year, same_month: true, ..Partial::new(calendar) };
        Some(Reading::new(at, end, What::Date(date), calendar, "timex.same-month"))
    }
}
