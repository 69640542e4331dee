//! Dates that are counted from another: days, weekdays, distances.

use super::{
    reading::{Origin, Partial, Reading, What},
    token::Tokens,
};
use crate::lexicon::{
    dates::NameCase,
    sense::{Mark, Part, Sense, Side, TimeUnit},
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
}
