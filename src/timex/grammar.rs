//! Walks the tokens of a field, lets the rules read, and has what they read resolved.

use super::{
    Duration, Tagged, Timex, Unread, Vague,
    furniture::Furniture,
    reading::{Origin, Reading, What, Year},
    resolve::{Fault, Outcome, Reason, Story},
    tense::Tense,
    token::{Kind, Tokens},
};
use crate::{
    calendar::{Calendar, Edtf, Ymd},
    lexicon::{
        dates::{Role, Word},
        sense::{Mark, Sense, TimeUnit},
    },
    model::{Anchor, Field},
    text::Span,
};
use chrono::NaiveDate;

/// How many bytes may stand between two dates that name one day: a bracket, "corresponding to".
const BESIDE: usize = 32;

/// How many words that only lead to an expression may stand before its core.
const LEADS: usize = 6;

/// Reads one field of an article into `tagged`.
pub(super) fn read(tokens: &Tokens<'_>, field: Field, story: &mut Story<'_>, tagged: &mut Tagged) {
    let furniture = Furniture::new(tokens, field);
    story.leave();
    let mut page = Page { tokens, field, furniture, story, tagged };
    let mut at = 0;
    while at < tokens.len() {
        at = page.step(at);
    }
}

/// The days that a field tells in full.
pub(super) fn stated_days(tokens: &Tokens<'_>) -> Vec<NaiveDate> {
    let number = |at: &usize| tokens.number(*at).is_some();
    (0..tokens.len())
        .filter(number)
        .filter_map(|at| tokens.date(at))
        .filter_map(|(date, _)| match (date.year, date.month, date.day) {
            (Year::Stated(year), Some(month), Some(day)) => {
                date.calendar.day(Ymd { year, month, day }).ok()
            }
            _ => None,
        })
        .collect()
}

/// A field while it is read.
struct Page<'p, 'a, 's> {
    tokens: &'p Tokens<'a>,
    field: Field,
    furniture: Furniture,
    story: &'p mut Story<'s>,
    tagged: &'p mut Tagged,
}

impl Page<'_, '_, '_> {
    /// Reads what begins at `at`; returns the token to go on with.
    fn step(&mut self, at: usize) -> usize {
        let tokens = self.tokens;
        if !tokens.may_begin(at) {
            return at + 1;
        }
        if let Some(((), end)) = tokens.set(at) {
            return end;
        }
        if let Some(readings) = tokens.list(at).filter(|_| !tokens.is_name(at)) {
            let end = readings.last().map_or(at + 1, |reading| reading.end);
            readings.into_iter().for_each(|reading| self.put(reading));
            return end;
        }
        if let Some(reading) = tokens.expression(at) {
            let end = reading.end;
            if !tokens.is_name_at(&reading) {
                self.put(reading);
            }
            return end;
        }
        if let Some((days, end)) = tokens.duration(at) {
            if let Some(days) = days {
                let span = printed(tokens, at, end);
                self.tagged.durations.push(Duration { field: self.field, span, days });
            }
            return end;
        }
        let vague = tokens.sense(at, |sense| match sense {
            Sense::Vague(by) => Some(by.cmp(&0)),
            _ => None,
        });
        if let Some(when) = vague {
            let (field, span) = (self.field, printed(tokens, at, at + 1));
            self.tagged.vague.push(Vague { field, span, when });
        }
        at + 1
    }

    /// Resolves a reading and puts it with the rest.
    fn put(&mut self, mut reading: Reading) {
        let tokens = self.tokens;
        tokens.year_of_limit(&mut reading);
        let tense = tokens.tense_of(&reading);
        let (sentence, ahead) = tokens.looks_ahead(&reading, tense);
        self.story.enter(sentence, ahead);
        let mut outcome = self.story.resolve(&reading, tense);
        if reading.doubtful && self.story.is_ahead(&outcome) {
            reading.open = false;
            reading.first += reading.signal;
            outcome = self.story.resolve(&reading, tense);
        }
        let (field, span) = (self.field, printed(tokens, reading.first, reading.end));
        if is_length(&reading, tense, ahead, &outcome) {
            let why = "it is a length of time, not a date".to_owned();
            self.tagged.left.push(Unread { field, span, why });
            return;
        }
        let Ok(Outcome { resolved, reasons }) = outcome else {
            let why = "there is no such day in the calendar".to_owned();
            self.tagged.left.push(Unread { field, span, why });
            return;
        };
        let furniture = self.furniture.holds(reading.first);
        let dateline = !furniture && field == Field::Text && tokens.is_dateline(&reading);
        if let Some(resolved) = resolved.as_ref().filter(|_| !furniture) {
            self.story.tell(resolved, &reading, tokens.is_limit(reading.first));
            if let Some(day) = resolved.when.as_day().filter(|_| dateline) {
                self.story.anchor_on(day);
            }
        }
        let Reading { calendar, rule, part, .. } = reading;
        let signal = if reading.open { reading.signal } else { 0 };
        let core = printed(tokens, reading.first + signal, reading.end);
        self.tagged.timexes.push(Timex {
            field,
            span,
            core,
            calendar,
            rule,
            resolved,
            part,
            furniture,
            dateline,
            reasons,
        });
        self.confirm_lunar();
    }
}

impl Page<'_, '_, '_> {
    /// Lets two adjoining dates for one day confirm the lunar one: "26 Shaaban 1446 (25 February 2025)".
    fn confirm_lunar(&mut self) {
        let [.., first, second] = self.tagged.timexes.as_mut_slice() else { return };
        let apart = second.span.start.saturating_sub(first.span.end);
        if first.field != second.field || apart > BESIDE || first.calendar == second.calendar {
            return;
        }
        let (lunar, witness) = match (first.calendar, second.calendar) {
            (Calendar::Hijri, _) => (first, second),
            (_, Calendar::Hijri) => (second, first),
            _ => return,
        };
        let (Some(resolved), Some(other)) = (&mut lunar.resolved, &witness.resolved) else {
            return;
        };
        let (Some(day), Some(sure)) = (resolved.when.as_day(), other.when.as_day()) else { return };
        if resolved.when.is_approximate()
            && !other.when.is_approximate()
            && (day - sure).num_days().abs() <= 1
        {
            resolved.when = Edtf::day(sure);
            lunar.reasons.push(Reason::LunarConfirmed);
        }
    }
}

impl Tokens<'_> {
    /// Whether an expression may begin at `at`: a cheap look before all rules are tried. Words that only lead
    /// to an expression need its core after them.
    fn may_begin(&self, at: usize) -> bool {
        let Some(token) = self.get(at) else { return false };
        let role = match token.kind {
            Kind::Number(..) => Role::Core,
            Kind::Known(_) => self.word(at).map_or(Role::None, Word::role),
            Kind::Word | Kind::Sign(_) => return false,
        };
        match role {
            Role::Core => true,
            Role::Lead => self.leads_to_core(at + 1),
            // "I polugodište": a Roman numeral that is another word too.
            Role::None => {
                self.roman_number(at).is_some()
                    && (self.is_unit(at + 1, TimeUnit::Quarter)
                        || self.is_unit(at + 1, TimeUnit::Half))
            }
        }
    }

    fn leads_to_core(&self, from: usize) -> bool {
        for at in from..from + LEADS {
            let Some(token) = self.get(at) else { return false };
            match token.kind {
                Kind::Number(..) => return true,
                Kind::Known(_) => match self.word(at).map(|word| (word.role(), word)) {
                    Some((Role::Core, _)) => return true,
                    Some((Role::Lead, _)) => {}
                    Some((Role::None, word))
                        if word.is(Mark::Of) || word.is(Mark::And) || word.is(Mark::At) => {}
                    _ => return false,
                },
                Kind::Sign(_) => {}
                Kind::Word if self.after_article(at) > at => {}
                Kind::Word => return false,
            }
        }
        false
    }

    /// The longest expression that begins at `at`.
    fn expression(&self, at: usize) -> Option<Reading> {
        self.since(at)
            .or_else(|| self.range(at))
            .into_iter()
            .chain(self.about(at))
            .chain(self.unit_of_time(at))
            .reduce(|best, other| if other.end > best.end { other } else { best })
    }

    /// Whether the word before `at` makes what follows a name: "27. marta Street".
    fn is_name(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is(before, Mark::NotDateBefore))
    }

    fn is_name_at(&self, reading: &Reading) -> bool {
        let year = matches!(reading.what, What::Date(date) if date.month.is_none());
        !year && (self.is_name(reading.first) || self.is(reading.end, Mark::NotDateAfter))
    }

    /// A length of time, and its days where they can be told: "three-day", «ثلاثة أيام», "trodnevna".
    fn duration(&self, at: usize) -> Option<(Option<u32>, usize)> {
        let word = self.sense(at, |sense| match sense {
            Sense::Duration(days) => Some(*days),
            _ => None,
        });
        if let Some(days) = word {
            return Some((Some(days), at + 1));
        }
        if self.toward(at, true).is_some()
            && let Some((_, _, end)) = self.cardinal(at + 1).and_then(|_| self.amount(at + 1))
        {
            return Some((None, end));
        }
        let counted = self.cardinal(at).is_some()
            || self.unit(at).is_some_and(|(_, n)| n.is_some_and(|n| n > 0));
        let (count, unit, end) = self.amount(at).filter(|_| counted)?;
        let each = match unit {
            TimeUnit::Day => 1,
            TimeUnit::Week => 7,
            TimeUnit::Month => 30,
            _ => return Some((None, end)),
        };
        let end = end + usize::from(self.toward(end, false).is_some());
        Some((Some(count.saturating_mul(each)), end))
    }
}

fn printed(tokens: &Tokens<'_>, first: usize, end: usize) -> Span {
    let start = tokens.get(first).map_or(0, |token| token.start) - tokens.article_before(first);
    let stop = end.checked_sub(1).and_then(|at| tokens.get(at)).map_or(start, |token| token.end);
    tokens.folded.to_printed(Span::new(start, stop))
}

/// Whether a distance is only a length of time: "after 27 years the line was reopened", «بعد 27 عاماً».
/// One ahead of the anchor needs a clause that looks ahead; one from the date told needs such a date.
fn is_length(
    reading: &Reading,
    tense: Tense,
    ahead: bool,
    outcome: &Result<Outcome, Fault>,
) -> bool {
    let What::Count { unit, by, from } = reading.what else { return false };
    // "Within two days" is a deadline only of what is said to be ahead.
    if reading.rule.0 == "timex.within" {
        return !ahead;
    }
    if reading.rule.0 != "timex.distance" {
        return false;
    }
    let long = matches!(unit, TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century) && by > 5;
    let from_anchor = outcome.as_ref().is_ok_and(|outcome| {
        outcome.reasons.iter().any(|reason| matches!(reason, Reason::CountedFrom(_)))
    });
    match (from, tense) {
        (Origin::Told, _) => matches!(outcome, Ok(Outcome { resolved: None, .. })),
        (Origin::Near, _) if !from_anchor => false,
        (_, Tense::Past) => by > 0,
        (_, Tense::Unknown) => long,
        (_, Tense::Future) => false,
    }
}

impl Story<'_> {
    /// Whether a period that "from" opens lies ahead, or is a day: then it is its beginning that is told.
    fn is_ahead(&self, outcome: &Result<Outcome, Fault>) -> bool {
        let Ok(Outcome { resolved: Some(resolved), .. }) = outcome else { return true };
        let ahead =
            resolved.when.range().first().is_some_and(|first| first > self.anchor().latest());
        ahead || resolved.precision == crate::calendar::Precision::Day
    }

    /// What relative dates are counted from.
    pub(super) const fn anchor(&self) -> Anchor {
        self.anchor
    }
}
