//! What happens again and again, and is no date: "every Friday".

use super::{number::Read, token::Tokens};
use crate::lexicon::sense::{Mark, Sense};

impl Tokens<'_> {
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
