//! Whether a clause speaks of what has happened or of what will.

use super::{
    reading::{Reading, What, Year},
    token::{Kind, Tokens},
};
use crate::lexicon::{dates::DefaultTense, sense::Mark};

/// How many tokens of a sentence are looked at on each side: so that a text without a full stop costs no
/// more than its length.
const REACH: usize = 60;

/// How many tokens before "from" the word may stand that says that something is moved.
const MOVED: usize = 5;

/// How many tokens beside a date a heading has at the most.
const HEADING: usize = 4;

/// What the clause around a date speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// What has happened.
    Past,
    /// What will happen.
    Future,
    /// Neither is shown.
    Unknown,
}

impl Tokens<'_> {
    /// The tense of the part of the clause around a reading that has a verb of its own; the whole clause and
    /// the rest of the sentence are asked where that shows none.
    fn tense(&self, reading: &Reading) -> Tense {
        let (first, end) = (reading.first, reading.end);
        let (from, to) = self.sentence(first, end);
        let to = self.colon(from, first, end, to);
        let clause = self.clause(first, end, from, to);
        let near = self.near(clause, first, end);
        let settings = &self.lexicon.settings;
        if self.is_moved_from(first) {
            return Tense::Unknown;
        }
        if self.is_limit(first) {
            let moved = (clause.0..clause.1).any(|at| self.is(at, Mark::Moved));
            return match (near, settings.tense) {
                (Tense::Future, _) => Tense::Future,
                _ if moved => Tense::Future,
                (Tense::Unknown, DefaultTense::Future) => Tense::Future,
                _ => Tense::Unknown,
            };
        }
        if near != Tense::Unknown {
            return near;
        }
        let apart = !settings.tense_in_clause || self.stands_apart(clause, first, end);
        let range = matches!(reading.what, What::Range(..));
        match (self.cue(from, to, first, end), settings.tense) {
            (Tense::Future, _) => Tense::Future,
            (Tense::Past, _) if apart => Tense::Past,
            (_, DefaultTense::Past) => Tense::Unknown,
            // What has gone on "since Tuesday" began in the past.
            (_, DefaultTense::Future) if self.begins_before(first) && !range => Tense::Past,
            (_, DefaultTense::Future) => Tense::Future,
        }
    }

    /// The tense of the part of a clause in which the tokens `first..end` stand, else of the clause.
    fn near(&self, clause: (usize, usize), first: usize, end: usize) -> Tense {
        let (mut start, mut stop) = clause;
        for at in clause.0..first {
            if self.joins_verbs(at, start) {
                start = if self.is(at, Mark::And) { at + 1 } else { at };
            }
        }
        if let Some(joint) = (end..stop).find(|at| self.joins_verbs(*at, start)) {
            stop = joint;
        }
        match self.cue(start, stop, first, end) {
            Tense::Unknown => self.cue(clause.0, clause.1, first, end),
            tense => tense,
        }
    }

    /// Whether the "and" at `at` joins two verbs, each with its own tense: one stands right before it, or
    /// begins the part after it. After "will" a past form is no verb: "will discuss trade and proposed talks".
    fn joins_verbs(&self, at: usize, start: usize) -> bool {
        let (and, next) = match self.get(at) {
            Some(token) if token.clitic => (true, at),
            _ => (self.is(at, Mark::And), at + 1),
        };
        if !and {
            return false;
        }
        let ahead = || (start..at).any(|at| self.cue_at(at) == Tense::Future);
        let after = match self.cue_at(next) {
            Tense::Unknown if next > at => self.cue_at(next + 1),
            tense => tense,
        };
        let before = at.checked_sub(1).filter(|_| next > at).map(|before| self.cue_at(before));
        match after {
            Tense::Future => true,
            Tense::Past => !ahead(),
            Tense::Unknown => before.is_some_and(|tense| tense != Tense::Unknown),
        }
    }

    /// What the token at `at` says of the tense.
    fn cue_at(&self, at: usize) -> Tense {
        if self.is(at, Mark::Future) {
            Tense::Future
        } else if self.is(at, Mark::Past) || self.is_past_form(at) {
            Tense::Past
        } else {
            Tense::Unknown
        }
    }

    /// Whether "until", "to" or "by" leads to the token at `first`: what the verb says is not when this is.
    pub(super) fn is_limit(&self, first: usize) -> bool {
        first
            .checked_sub(1)
            .is_some_and(|before| self.is(before, Mark::To) || self.is(before, Mark::By))
    }

    /// Whether the token at `first` begins the time from which something is moved to another: "moved from 15
    /// April to 20 May" tells two days, not those between them.
    pub(super) fn is_moved_from(&self, first: usize) -> bool {
        let Some(from) = first.checked_sub(1).filter(|at| self.is(*at, Mark::From)) else {
            return false;
        };
        (from.saturating_sub(MOVED)..from)
            .rev()
            .take_while(|at| {
                let ahead = self.is(*at, Mark::Future) && !self.is(*at, Mark::Moved);
                !ahead && !self.sign(*at, ',')
            })
            .any(|at| self.is(at, Mark::Moved))
    }

    /// Gives a day or month without a year that of the end told after it in the sentence: "opens on 15 May and
    /// runs until 15 August 2027".
    pub(super) fn year_of_limit(&self, reading: &mut Reading) {
        let What::Date(date) = &mut reading.what else { return };
        let (Year::Missing, Some(month), None) = (date.year, date.month, date.toward) else {
            return;
        };
        let (_, to) = self.sentence(reading.first, reading.end);
        let end = (reading.end..to)
            .filter(|at| self.is_limit(*at))
            .find_map(|at| self.date(at).or_else(|| self.month_year(at)));
        if let Some((end, _)) = end
            && let (Year::Stated(year), Some(last)) = (end.year, end.month)
            && end.calendar == date.calendar
        {
            date.year = Year::Stated(year - i32::from(month > last));
        }
    }

    /// Whether "since" or "from" stands before the token at `first`.
    pub(super) fn begins_before(&self, first: usize) -> bool {
        first
            .checked_sub(1)
            .is_some_and(|before| self.is(before, Mark::Since) || self.is(before, Mark::From))
    }

    /// The tense in which a reading is told: what has lasted "since Monday" began in the past, and "by
    /// Friday" is ahead.
    pub(super) fn tense_of(&self, reading: &Reading) -> Tense {
        let weekday = matches!(reading.what, What::Weekday { .. });
        if reading.open {
            let (from, to) = self.sentence(reading.first, reading.end);
            let clause = self.clause(reading.first, reading.end, from, to);
            let ahead =
                reading.doubtful && self.near(clause, reading.first, reading.end) == Tense::Future;
            if ahead { Tense::Future } else { Tense::Past }
        } else if weekday && self.is_limit(reading.first) {
            Tense::Future
        } else {
            self.tense(reading)
        }
    }

    /// Where the sentence around a reading begins, and whether a word of it says that it looks ahead.
    pub(super) fn looks_ahead(&self, reading: &Reading, tense: Tense) -> (usize, bool) {
        let (from, to) = self.sentence(reading.first, reading.end);
        let cued = tense == Tense::Future
            && self.cue(from, to, reading.first, reading.end) == Tense::Future;
        (from, cued)
    }

    /// Whether the clause is hardly more than the date itself, set between commas.
    fn stands_apart(&self, clause: (usize, usize), first: usize, end: usize) -> bool {
        (clause.1 - clause.0).saturating_sub(end - first) <= 3
    }

    /// The tense cue nearest to the date in `from..to`.
    fn cue(&self, from: usize, to: usize, first: usize, end: usize) -> Tense {
        let mut best = (usize::MAX, Tense::Unknown);
        for at in (from..to).filter(|at| !(first..end).contains(at)) {
            let tense =
                if self.looks_ahead_of(at, first) { Tense::Future } else { self.cue_at(at) };
            if tense == Tense::Unknown {
                continue;
            }
            let far = if at < first { first - at } else { at - end + 1 };
            // A future cue outweighs an auxiliary that is a little nearer: "is expected to have".
            let weight = if tense == Tense::Future { far } else { far + 2 };
            if weight < best.0 {
                best = (weight, tense);
            }
        }
        best.1
    }

    /// Whether the token at `at` says that a month or a day of one behind it is ahead: "invited him to visit
    /// Tehran in May", "dogovorili vežbu u junu". One told in the past says so only of what it has as its
    /// object: "agreed in May".
    fn looks_ahead_of(&self, at: usize, first: usize) -> bool {
        let far = if self.is(at, Mark::Past) { 3 } else { 0 };
        self.is(at, Mark::Ahead) && first > at + far && self.weekday(first, true).is_none()
    }

    /// Whether a word outside the lexicon has an ending of the past. A name has none: "Ahmed".
    pub(super) fn is_past_form(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Word)
            && (!self.capital(at) || self.starts_sentence(at))
            && self
                .get(at)
                .and_then(|token| self.folded.as_str().get(token.start..token.end))
                .is_some_and(|word| {
                    let endings = &self.lexicon.settings.past_endings;
                    word.len() > 4 && endings.iter().any(|ending| word.ends_with(ending.as_str()))
                })
    }

    /// The tokens of the sentence around `first..end`.
    pub(super) fn sentence(&self, first: usize, end: usize) -> (usize, usize) {
        let stops = |at: usize| {
            self.get(at).is_some_and(|token| match token.kind {
                Kind::Sign('!' | '?' | ';') => true,
                Kind::Sign('.') => self.full_stop(at),
                _ => false,
            })
        };
        let mut from = first;
        while from > first.saturating_sub(REACH)
            && from > 0
            && !self.starts_line(from)
            && !stops(from - 1)
        {
            from -= 1;
        }
        let mut to = end;
        while to < self.len().min(end + REACH) && !self.starts_line(to) && !stops(to) {
            to += 1;
        }
        (from, to)
    }

    /// Whether the full stop at `at` ends a sentence. In scripts with capitals one does not before a small
    /// letter, nor after a time of day before a date: "at 2 p.m. Monday".
    fn full_stop(&self, at: usize) -> bool {
        let Some(next) = self.get(at + 1) else { return true };
        if !next.blank {
            return false;
        }
        let before = at.checked_sub(1);
        let number = before.is_some_and(|at| self.number(at).is_some());
        let cased = self.lexicon.settings.names != crate::lexicon::dates::NameCase::None;
        let small = cased
            && matches!(next.kind, Kind::Word | Kind::Known(_))
            && !self.capital(at + 1)
            && !next.line;
        let clock = before.is_some_and(|at| self.is(at, Mark::Clock))
            && (self.weekday(at + 1, true).is_some() || self.month(at + 1, true).is_some());
        !small && !clock && (!number || self.capital(at + 1))
    }

    /// Where the part of the sentence `from..to` around `first..end` ends: at a colon, what stands behind it has a
    /// tense of its own. A mere heading has none: "On Tuesday: the minister will visit the port".
    fn colon(&self, from: usize, first: usize, end: usize, to: usize) -> usize {
        let opens =
            |at: &usize| self.sign(*at, ':') && self.get(at + 1).is_some_and(|next| next.blank);
        let colon = (end..to).find(opens);
        colon.filter(|colon| (colon - from).saturating_sub(end - first) > HEADING).unwrap_or(to)
    }

    /// The part of the sentence `from..to` between commas and conjunctions around `first..end`.
    fn clause(&self, first: usize, end: usize, from: usize, to: usize) -> (usize, usize) {
        let parts =
            |at: usize| self.sign(at, ',') || self.is(at, Mark::Clause) || self.sign(at, '"');
        let mut start = first;
        while start > from && !parts(start - 1) {
            start -= 1;
        }
        let mut stop = end;
        while stop < to && !parts(stop) {
            stop += 1;
        }
        (start, stop)
    }
}
