//! From what is told of beginning, end and length to one date.

use super::{
    candidate::Candidate,
    times::{Times, Told},
};
use crate::{
    calendar::{Edtf, Point, Precision, Unit},
    lexicon::cues::Aspect,
    model::{Anchor, Basis, Kind, Resolved},
};
use chrono::{Days, Months, NaiveDate};

/// The date that a candidate's own sentences tell; `None` where they tell none.
pub(super) fn own(candidate: &Candidate, anchor: Anchor) -> Option<Resolved> {
    let times = &candidate.times;
    let told = times.any()?;
    if !candidate.lasting {
        return Some(told.when.clone());
    }
    let when =
        lasting(times, anchor).or_else(|| opening(candidate, anchor)).unwrap_or(told.when.when);
    let basis = if when == told.when.when { told.when.basis } else { times_basis(times, told) };
    Some(Resolved { when, basis, ..told.when.clone() })
}

/// A lasting event with some days told and nothing to count them from: its article's day is one of them.
pub(super) fn around(times: &Times, day: NaiveDate) -> Edtf {
    let about = |day: NaiveDate| Point::about(Unit::Day(day));
    let length = times.days.filter(|days| (2..60).contains(days)).map(u64::from);
    let back = |days: u64| day.checked_sub_days(Days::new(days));
    let interval = |first: Option<NaiveDate>, last: NaiveDate| {
        Edtf::interval(first.map(about), Some(about(last)))
    };
    let span = match (times.nth, length, times.turn) {
        (Some(0), Some(length), _) | (None, Some(length), Some(Aspect::End)) => {
            interval(back(length - 1), day)
        }
        (Some(nth), ..) if nth > 1 => interval(back(u64::from(nth) - 1), day),
        (_, Some(length), Some(Aspect::Start)) => {
            add(day, length).and_then(|last| interval(Some(day), last))
        }
        _ => None,
    };
    span.unwrap_or_else(|| Edtf::day(day).approximately())
}

/// The same days without doubt.
pub(super) fn exactly(when: Edtf) -> Edtf {
    let range = when.range();
    range
        .first()
        .zip(range.last())
        .and_then(|(first, last)| Edtf::days(first, last))
        .unwrap_or(when)
}

fn times_basis(times: &Times, told: &Told) -> Basis {
    times.start.as_ref().map_or(told.when.basis, |start| start.when.basis)
}

fn day_of(told: Option<&Told>) -> Option<NaiveDate> {
    told?.when.when.as_day()
}

/// The days from beginning to end, as far as two of beginning, end and length are told.
fn lasting(times: &Times, anchor: Anchor) -> Option<Edtf> {
    let whole = times.any().map(|told| told.when.when)?;
    if whole.as_day().is_none() && times.end.is_none() {
        return None;
    }
    let length = times.days.map(u64::from).filter(|days| *days > 1);
    let plus = |day: NaiveDate, length: u64| add(day, length);
    let minus =
        |day: NaiveDate, length: u64| day.checked_sub_days(Days::new(length.saturating_sub(1)));
    let (day, start, end) =
        (day_of(times.day.as_ref()), day_of(times.start.as_ref()), day_of(times.end.as_ref()));
    if let (Some(nth), Some(base)) = (times.nth, day.or(start).or(end).or(anchor.day())) {
        return match nth {
            0 => Edtf::days(minus(base, length?)?, base),
            n => {
                let first = minus(base, u64::from(n))?;
                let last = length.and_then(|length| plus(first, length)).unwrap_or(base);
                Edtf::days(first, last.max(base))
            }
        };
    }
    if let (Some(first), None, None, Some(today)) = (start, end, length, anchor.day())
        && times.goes_on
        && first < today
    {
        return Edtf::days(first, today);
    }
    match (start.or(if end.is_none() { day } else { None }), end, length) {
        (Some(first), Some(last), _) if first < last => Edtf::days(first, last),
        (Some(first), None, Some(length)) => Edtf::days(first, plus(first, length)?),
        (None, Some(last), Some(length)) => Edtf::days(minus(last, length)?, last),
        (Some(first), _, _) => Some(Edtf::day(first)),
        (None, Some(last), None) if last <= anchor.latest() => Some(Edtf::day(last)),
        _ => None,
    }
}

/// A day `length` days on, the first counted; whole months where the length is told in months.
fn add(day: NaiveDate, length: u64) -> Option<NaiveDate> {
    if length >= 30 && length.is_multiple_of(30) {
        let last = day.checked_add_months(Months::new(u32::try_from(length / 30).ok()?))?;
        // A season is counted from day to day, a month of lessons to the day before.
        return if length == 30 { last.pred_opt() } else { Some(last) };
    }
    day.checked_add_days(Days::new(length.saturating_sub(1)))
}

/// A show of which only the end is told runs from publication; one of which only the beginning is told is
/// known approximately.
fn opening(candidate: &Candidate, anchor: Anchor) -> Option<Edtf> {
    let times = &candidate.times;
    match (&times.start, &times.end, candidate.kind) {
        (None, Some(end), Kind::Exhibition | Kind::Conference | Kind::Visit) => {
            let last = end.when.when.as_day()?;
            let today = anchor.day().filter(|today| *today < last)?;
            let first = Point::about(Unit::Day(today));
            Edtf::interval(Some(first), Some(Point::exact(Unit::Day(last))))
        }
        (Some(start), None, Kind::Exhibition) => Some(start.when.when.approximately()),
        _ => None,
    }
}

/// A date taken from another event or from publication.
pub(super) const fn taken(when: Edtf, precision: Precision, basis: Basis) -> Resolved {
    Resolved { when, precision, basis, others: Vec::new(), conflict: false }
}
