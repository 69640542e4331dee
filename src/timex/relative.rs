//! Dates that are counted from another: days, weekdays, distances, periods.

use super::{
    number::Read,
    reading::{Origin, Partial, Reading, What, Year},
    token::{Kind, Tokens},
};
use crate::{
    calendar::Calendar,
    lexicon::{
        dates::NameCase,
        sense::{Mark, Part, Sense, Side, TimeUnit},
    },
};
use chrono::Weekday;

impl Tokens<'_> {
    /// A day counted from today, with the weekday or date beside it.
    ///
    /// en "today, Wednesday", ar «أمس الخميس», fa «امروز یکشنبه», sr "juče, 25. februara".
    pub(super) fn day_shift(&self, at: usize) -> Option<Reading> {
        let by = self.sense(at, |sense| match sense {
            Sense::DayShift(by) => Some(*by),
            _ => None,
        })?;
        let calendar = self.lexicon.settings.calendar;
        let beside = self.beside(at + 1);
        if by == 0 && beside.is_none() && self.is_nowadays(at) {
            return None;
        }
        let what = What::Count { unit: TimeUnit::Day, by, from: Origin::Anchor };
        let mut reading = Reading::new(at, at + 1, what, calendar, "timex.day-shift");
        if let Some((weekday, date, end)) = beside {
            reading.end = end;
            reading.weekday_beside = weekday;
            if let Some(date) = date {
                (reading.what, reading.calendar) = (What::Date(date), date.calendar);
                reading.weekday_beside = None;
            }
        }
        Some(reading)
    }

    /// A weekday, or a date, that adjoins a relative day: after a comma, a bracket or nothing.
    fn beside(&self, at: usize) -> Option<(Option<Weekday>, Option<Partial>, usize)> {
        let (at, bracket) = match (self.sign(at, ','), self.sign(at, '(')) {
            (true, _) => (at + 1, false),
            (_, true) => (at + 1, true),
            _ => (at, false),
        };
        let at = if self.is(at, Mark::At) && self.lexicon.settings.dotted_ordinals {
            at + 1
        } else {
            at
        };
        let close =
            |end: usize| if !bracket { Some(end) } else { self.sign(end, ')').then_some(end + 1) };
        if let Some((date, end)) = self.date(at) {
            return Some((date.weekday, Some(date), close(end)?));
        }
        let (weekday, end) = self.weekday(at, true)?;
        Some((Some(weekday), None, close(end)?))
    }

    /// "Today" in the sense of "nowadays": "today's youth"; at the head of a sentence where the
    /// language uses it so.
    fn is_nowadays(&self, at: usize) -> bool {
        let noun = self.is_unit(at, TimeUnit::Day);
        let counted = noun
            && (self.ordinal(at + 1).is_some()
                || at.checked_sub(1).is_some_and(|before| {
                    self.toward(before, true).is_some()
                        || self.is(before, Mark::At) && !self.is(before, Mark::Of)
                }));
        counted
            || self.sign(at + 1, '\'') && self.glued(at + 1)
            || !self.lexicon.settings.initial_today && self.starts_sentence(at)
    }

    /// A day counted from the date told last.
    ///
    /// en "the next day", ar «في اليوم التالي» (without «في»), fa «روز بعد», sr "narednog dana".
    pub(super) fn told_shift(&self, at: usize) -> Option<Reading> {
        let by = self.sense(at, |sense| match sense {
            Sense::ToldShift(by) => Some(*by),
            _ => None,
        })?;
        let what = What::Count { unit: TimeUnit::Day, by, from: Origin::Told };
        Some(Reading::new(at, at + 1, what, self.lexicon.settings.calendar, "timex.told-shift"))
    }

    /// A weekday alone, with "last", "next" or "of last week".
    ///
    /// en "Thursday of last week", ar «الاثنين الماضي», fa «دوشنبه هفته گذشته», sr "narednog četvrtka".
    pub(super) fn weekday_alone(&self, at: usize) -> Option<Reading> {
        let calendar = self.lexicon.settings.calendar;
        let before = self.toward(at, true);
        let start = if before.is_some() { at + 1 } else { at };
        // "Do nedelje" is until Sunday; "nedelju dana" and "prošle nedelje" are weeks.
        let week = self.is_unit(start, TimeUnit::Week)
            && (self.is_limit(start) || self.begins_before(start))
            && !self.is_unit(start + 1, TimeUnit::Day);
        let (day, next) = self.weekday(start, before.is_some() || week)?;
        if before.is_some()
            && self.is_unit(start, TimeUnit::Week)
            && self
                .sense(start, |sense| {
                    matches!(sense, Sense::Weekday { weak: false, .. }).then_some(())
                })
                .is_none()
        {
            return None;
        }
        if before.is_none() && self.shifted(start, TimeUnit::Week).is_some() {
            return None;
        }
        if self.is_within_name(start, next) {
            return None;
        }
        let of = if self.is(next, Mark::Of) { next + 1 } else { next };
        let of = if self.sign(of, ',') { of + 1 } else { of };
        let week = self.shifted(of, TimeUnit::Week).filter(|_| before.is_none());
        let shared = week.is_none().then(|| self.week_of_next(next)).flatten();
        let (toward, week, end) = match (week, self.toward(next, false)) {
            (Some((week, end)), _) => (None, Some(week), end),
            (None, None) if shared.is_some() && before.is_none() => (None, shared, next),
            (None, Some(by)) => (Some(by), None, next + 1),
            (None, None) => (before, None, next),
        };
        let what = What::Weekday { day, toward, week };
        Some(Reading::new(at, end, what, calendar, "timex.weekday"))
    }

    /// The week of the weekday that "and" joins to the one before `at`: «پنجشنبه و جمعه هفته جاری».
    fn week_of_next(&self, at: usize) -> Option<i32> {
        let joined = self.get(at).is_some_and(|token| token.clitic);
        let at = if self.is(at, Mark::And) { Some(at + 1) } else { joined.then_some(at) }?;
        let (_, next) = self.weekday(at, true)?;
        let of = if self.is(next, Mark::Of) { next + 1 } else { next };
        self.shifted(of, TimeUnit::Week).map(|(week, _)| week)
    }

    /// Whether the weekday `at..end` is part of a name: en "the Sunday Times".
    fn is_within_name(&self, at: usize, end: usize) -> bool {
        self.lexicon.settings.names == NameCase::Capital
            && at.checked_sub(1).is_some_and(|before| self.is(before, Mark::The))
            && self.get(end).is_some_and(|token| token.blank && !token.line)
            && self.capital(end)
            && self.month(end, true).is_none()
    }

    /// A distance from the anchor, or from the date told last.
    ///
    /// en "two days ago", "in three days", "a week later"; ar «قبل يومين», «بعد خمسة أيام»;
    /// fa «سه روز پیش», «چهار روز دیگر»; sr "pre tri dana", "za nedelju dana".
    pub(super) fn distance(&self, at: usize) -> Option<Reading> {
        let lead = self.lead(at);
        let start = if lead.is_some() { at + 1 } else { at };
        let about = lead.is_some()
            && self
                .sense(start, |sense| matches!(sense, Sense::Approx(Part::About)).then_some(()))
                .is_some();
        let within = lead.is_some() && self.is(at, Mark::Deadline);
        let start = start + usize::from(about);
        let (count, unit, next) = self.amount(start)?;
        let (sign, from, end) = match lead {
            Some((sign, from)) => {
                // "after five days of talks" is a length of time.
                let told = self.follow(next);
                match told {
                    Some((by, from, end)) if from == Origin::Told || by == sign => (by, from, end),
                    _ if self.is(next, Mark::Of) => return None,
                    _ => (sign, from, next),
                }
            }
            None if self.unit(start).is_some_and(|(_, count)| count.is_none()) => {
                self.after_told(start, next)?
            }
            None => self.follow(next)?,
        };
        let by = i32::try_from(count).ok().filter(|count| (1..=2000).contains(count))?;
        if matches!(unit, TimeUnit::Hour | TimeUnit::Half | TimeUnit::Weekend) {
            return None;
        }
        let what = What::Count { unit, by: sign * by, from };
        let rule = if within { "timex.within" } else { "timex.distance" };
        let mut reading = Reading::new(at, end, what, self.lexicon.settings.calendar, rule);
        reading.part = (about || within).then_some(Part::About);
        Some(reading)
    }

    /// A unit without a number before "later" or "earlier": «روز بعد», "godinu dana kasnije". Other units
    /// than days are "next" and "last" where the word means that too: «هفته بعد».
    fn after_told(&self, at: usize, next: usize) -> Option<(i32, Origin, usize)> {
        if self
            .sense(next, |sense| matches!(sense, Sense::Ago(side) if side.after()).then_some(()))
            .is_some()
            && next > at + 1
        {
            return Some((-1, Origin::Anchor, next + 1));
        }
        let sign = self.sense(next, |sense| match sense {
            Sense::Later(side) if side.after() => Some(1),
            Sense::Earlier(side) if side.after() => Some(-1),
            _ => None,
        })?;
        let plain = self.is_unit(at, TimeUnit::Day) || self.toward(next, false).is_none();
        plain.then_some((sign, Origin::Told, next + 1))
    }

    /// The word before a distance that makes it a date.
    fn lead(&self, at: usize) -> Option<(i32, Origin)> {
        let later =
            self.sense(at, |sense| matches!(sense, Sense::Later(Side::Before)).then_some(()));
        self.sense(at, |sense| match sense {
            Sense::Hence(side) if side.before() && later.is_some() => Some((1, Origin::Near)),
            Sense::Ago(side) if side.before() => Some((-1, Origin::Anchor)),
            Sense::Hence(side) if side.before() => Some((1, Origin::Anchor)),
            Sense::Later(Side::Before) => Some((1, Origin::Told)),
            _ => None,
        })
    }

    /// The word after a distance that makes it a date.
    fn follow(&self, at: usize) -> Option<(i32, Origin, usize)> {
        self.sense(at, |sense| match sense {
            Sense::Ago(side) if side.after() => Some((-1, Origin::Anchor, at + 1)),
            Sense::Hence(side) if side.after() => Some((1, Origin::Anchor, at + 1)),
            Sense::Later(side) if side.after() => Some((1, Origin::Told, at + 1)),
            Sense::Earlier(side) if side.after() => Some((-1, Origin::Told, at + 1)),
            _ => None,
        })
    }

    /// An amount of time: "three days", «يومين», "nedelju dana", "a year". A plural without a number is
    /// none: «قبل سنوات».
    pub(super) fn amount(&self, at: usize) -> Option<(u32, TimeUnit, usize)> {
        if let Some((unit, count)) = self.unit(at) {
            let next = self.after_unit(at, unit);
            // "Nedelju" is Sunday where no "dana" follows.
            let sunday = next == at + 1 && self.weekday(at, false).is_some();
            let count = count.unwrap_or(1);
            return (count > 0 && !sunday).then_some((count, unit, next));
        }
        let (count, next) = self.cardinal(at)?;
        let next = if self.sign(next, '-') && self.glued(next) { next + 1 } else { next };
        let (unit, more) = self.unit(next)?;
        more.is_none_or(|more| more == 0).then_some((count, unit, self.after_unit(next, unit)))
    }

    /// The token after a unit: in Serbian "nedelju dana" is a week.
    fn after_unit(&self, at: usize, unit: TimeUnit) -> usize {
        let longer = unit != TimeUnit::Day && unit != TimeUnit::Hour;
        if longer && self.lexicon.settings.dotted_ordinals && self.is_unit(at + 1, TimeUnit::Day) {
            at + 2
        } else {
            at + 1
        }
    }

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

    /// The days of work by their first and last, without "from": "open Monday to Friday".
    fn working_week(&self, at: usize) -> Read<()> {
        let (first, next) = self.weekday(at, true)?;
        let joint = self.sign(next, '-') || self.is(next, Mark::To);
        let (last, end) = self.weekday(next + 1, true).filter(|_| joint)?;
        let led = at.checked_sub(1).is_some_and(|before| self.is(before, Mark::From));
        (!led && last.days_since(first) == 4).then_some(((), end))
    }

    /// Whether "days" sums up the weekdays after it, which are those of one week: «روزهای شنبه و یکشنبه» without
    /// "every" in the sentence.
    fn sums_up(&self, at: usize) -> bool {
        let Some((.., end)) = self.weekdays_in_a_row(at) else { return false };
        let (from, to) = self.sentence(at, end);
        (from..at).chain(end..to).all(|at| !self.is(at, Mark::Every))
    }

    /// A set: "every Friday", «كل يوم جمعة», "svakog petka". Returns the token after it.
    pub(super) fn set(&self, at: usize) -> Read<()> {
        if !self.is(at, Mark::Every) {
            return self.working_week(at);
        }
        if self.is_plural_day(at) && self.sums_up(at) {
            return None;
        }
        let mut next = at + 1;
        if let Some((_, after)) = self.ordinal(next) {
            next = after;
        } else if let Some((_, after)) = self.cardinal(next) {
            next = after;
        }
        if let Some((_, after)) = self.plain_date(next) {
            return Some(((), after));
        }
        if let Some((_, mut after)) = self.weekday(next, true) {
            let joined = |at: usize| self.is(at, Mark::And) || self.sign(at, ',');
            while let Some((_, end)) =
                joined(after).then(|| self.weekday(after + 1, true)).flatten()
            {
                after = end;
            }
            return Some(((), after));
        }
        let unit = self.unit(next).is_some()
            || self
                .sense(next, |sense| {
                    matches!(sense, Sense::Season(_) | Sense::Month { .. }).then_some(())
                })
                .is_some();
        unit.then_some(((), next + 1))
    }
}
