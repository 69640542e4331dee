//! An event on a page: its date in words with what should be doubted of it, and the sentences it rests on,
//! cut where they carry the claim.

use super::{Site, clean, words};
use crate::{
    calendar::{Precision, Unit},
    event::{Event, Report, Reported},
    model::Basis,
    text::{Span, terms::Terms},
};
use std::ops::Range;

/// An event as the page shows it.
pub(super) struct Item<'a> {
    pub(super) event: &'a Event,
    pub(super) headline: Vec<Piece<'a>>,
    pub(super) path: String,
    pub(super) when: String,
    pub(super) machine: Option<String>,
    pub(super) notes: Vec<&'static str>,
    pub(super) others: Vec<String>,
    pub(super) previous: Option<String>,
    pub(super) warning: &'static str,
    pub(super) quotes: Vec<Quote<'a>>,
}

impl<'a> Item<'a> {
    pub(super) fn new(
        site: &Site,
        Reported { event, reports }: &'a Reported,
        sought: Option<&Terms>,
    ) -> Self {
        Self {
            headline: cut(&event.headline, &[], sought),
            event,
            path: site.path(&format!("events/{}", event.id)),
            when: words::long(&event.when),
            machine: machine(event),
            notes: notes(event),
            others: event.when.others.iter().map(|other| words::short(*other)).collect(),
            previous: event.previous.map(words::short),
            warning: words::warning(event.status),
            quotes: reports.iter().map(|report| Quote::new(report, sought)).collect(),
        }
    }
}

/// What a reader should hear of a date that does not stand to the day in the text.
fn notes(event: &Event) -> Vec<&'static str> {
    let when = &event.when;
    let coarse = (when.precision != Precision::Day).then(|| words::precision(when.precision));
    let found = (when.basis != Basis::Stated).then(|| words::basis(when.basis));
    let doubt = when.conflict.then_some("part of the evidence disagrees");
    [coarse, found, doubt].into_iter().flatten().collect()
}

/// The date as HTML's `time` element takes it: a day, a month or a year, nothing approximate.
fn machine(event: &Event) -> Option<String> {
    let when = event.when.when;
    let (first, last) = when.ends();
    let plain = first == last && !when.is_approximate();
    match first?.unit {
        unit @ (Unit::Day(_) | Unit::Month(..) | Unit::Year(_)) if plain => Some(unit.to_string()),
        _ => None,
    }
}

/// A sentence of an article, in its own language.
pub(super) struct Quote<'a> {
    pub(super) report: &'a Report,
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) lang: &'static str,
    pub(super) dir: &'static str,
    pub(super) language: &'static str,
    pub(super) when: String,
}

/// A run of a sentence, with what it tells.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// `what` for the words that say what happened, `when` for those that say when, `hit` for those that
    /// were looked for; empty for all others.
    pub(super) tells: String,
}

impl<'a> Quote<'a> {
    fn new(report: &'a Report, sought: Option<&Terms>) -> Self {
        Self {
            report,
            pieces: cut(&report.sentence, &claims(report), sought),
            lang: clean::tag(report.lang, &report.sentence),
            dir: clean::direction(report.lang),
            language: words::language(report.lang),
            when: words::short(report.when.when),
        }
    }
}

/// The bytes of the sentence that carry the claim, and what they tell.
fn claims(report: &Report) -> Vec<(Range<usize>, &'static str)> {
    let offsets: Vec<usize> =
        report.sentence.char_indices().map(|(at, _)| at).chain([report.sentence.len()]).collect();
    let start = report.sentence_at.start;
    let byte = |point: usize| offsets.get(point.checked_sub(start)?).copied();
    let bytes = |span: Span| Some(byte(span.start)?..byte(span.end)?);
    let date = report.date_at.filter(|(field, _)| *field == report.field);
    let date = date.and_then(|(_, span)| bytes(span)).map(|range| (range, "when"));
    let trigger = bytes(report.trigger_at).map(|range| (range, "what"));
    let mut claims: Vec<_> = [date, trigger].into_iter().flatten().collect();
    claims.sort_by_key(|(range, _)| range.start);
    // The words for what and when may overlap: then the first holds.
    let mut at = 0;
    claims.retain(|(range, _)| {
        let free = range.start >= at && range.start < range.end;
        at = if free { range.end } else { at };
        free
    });
    claims
}

/// A text cut where what it tells begins and ends, and where words stand that were looked for.
fn cut<'a>(
    text: &'a str,
    claims: &[(Range<usize>, &'static str)],
    sought: Option<&Terms>,
) -> Vec<Piece<'a>> {
    let hits: Vec<Range<usize>> = sought
        .map(|terms| terms.places(text).into_iter().map(|span| span.start..span.end).collect())
        .unwrap_or_default();
    let claimed = claims.iter().map(|(range, _)| range);
    let mut ends: Vec<usize> =
        claimed.chain(&hits).flat_map(|range| [range.start, range.end]).collect();
    ends.extend([0, text.len()]);
    ends.sort_unstable();
    ends.dedup();
    let tells = |at: usize| {
        let claim = claims.iter().find(|(range, _)| range.contains(&at)).map(|(_, tells)| *tells);
        let hit = hits.iter().any(|range| range.contains(&at)).then_some("hit");
        claim.into_iter().chain(hit).collect::<Vec<_>>().join(" ")
    };
    ends.windows(2)
        .filter_map(|ends| {
            let [start, end] = ends else { return None };
            Some(Piece { text: text.get(*start..*end)?, tells: tells(*start) })
        })
        .collect()
}
