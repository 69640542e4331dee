//! Whether a clause speaks of what has happened or of what will.

use super::{
    reading::{Reading, What},
    token::{Kind, Tokens},
};
use crate::lexicon::{dates::DefaultTense, sense::Mark};

/// How many tokens of a sentence are looked at on each side: so that a text without a full stop costs no
/// more than its length.
const REACH: usize = 60;

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
    /// The tense of the clause around the tokens `first..end`; the rest of the sentence is asked where
    /// the clause shows none.
    fn tense(&self, first: usize, end: usize) -> Tense {
        let (from, to) = self.sentence(first, end);
        let clause = self.clause(first, end, from, to);
        if self.is_limit(first) {
            return Tense::Unknown;
        }
        let near = self.cue(clause.0, clause.1, first, end);
        if near != Tense::Unknown {
            return near;
        }
        let settings = &self.lexicon.settings;
        let apart = !settings.tense_in_clause || self.stands_apart(clause, first, end);
        match (self.cue(from, to, first, end), settings.tense) {
            (Tense::Future, _) => Tense::Future,
            (Tense::Past, _) if apart => Tense::Past,
            (_, DefaultTense::Past) => Tense::Unknown,
            // What has gone on "since Tuesday" began in the past.
            (_, DefaultTense::Future) if self.begins_before(first) => Tense::Past,
            (_, DefaultTense::Future) => Tense::Future,
        }
    }

    /// Whether "until", "to" or "by" leads to the token at `first`: what the verb says is not when this is.
    fn is_limit(&self, first: usize) -> bool {
        first
            .checked_sub(1)
            .is_some_and(|before| self.is(before, Mark::To) || self.is(before, Mark::By))
    }

    /// Whether "since" or "from" stands before the token at `first`.
    fn begins_before(&self, first: usize) -> bool {
        first
            .checked_sub(1)
            .is_some_and(|before| self.is(before, Mark::Since) || self.is(before, Mark::From))
    }

    /// The tense in which a reading is told: what has lasted "since Monday" began in the past, and "by
    /// Friday" is ahead.
    pub(super) fn tense_of(&self, reading: &Reading) -> Tense {
        let weekday = matches!(reading.what, What::Weekday { .. });
        if reading.open {
            Tense::Past
        } else if weekday && self.is_limit(reading.first) {
            Tense::Future
        } else {
            self.tense(reading.first, reading.end)
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
            let tense = if self.is(at, Mark::Future) {
                Tense::Future
            } else if self.is(at, Mark::Past) || self.is_past_form(at) {
                Tense::Past
            } else {
                continue;
            };
            let far = if at < first { first - at } else { at - end + 1 };
            // A future cue outweighs an auxiliary that is a little nearer: "is expected to have".
            let weight = if tense == Tense::Future { far } else { far + 2 };
            if weight < best.0 {
                best = (weight, tense);
            }
        }
        best.1
    }

    /// Whether a word outside the lexicon has an ending of the past.
    pub(super) fn is_past_form(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Word)
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
