//! The text with its dates marked up as TIMEX3 (ISO-TimeML, ISO 24617-1): `type`, `value` and `mod`.

use crate::{
    article::Article,
    calendar::{Edtf, Point, Unit},
    mention::Extraction,
    model::{Anchor, Field, RuleId},
    text::Span,
    timex::Part,
};
use chrono::{Datelike as _, Days, Weekday};
use std::{cmp::Ordering, fmt::Write as _};

/// The whole document, as the TempEval corpora write them.
///
/// Periods of other calendars and weeks that begin on another day than Monday are told by the unit of TIMEX3
/// that shares most of their days; other intervals by their first end. Words that tell no date ("now") are
/// marked too, with their reference; DURATION, SET and TIME are left unmarked.
pub(super) fn document(
    id: &str,
    article: &Article,
    anchor: Anchor,
    extraction: &Extraction,
) -> String {
    let mut out = String::new();
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>");
    escape(&mut out, id);
    out.push_str("</DOCID>\n");
    if let Some(day) = anchor.day() {
        // Writing into a String cannot fail.
        let _ = writeln!(
            out,
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{day}\" temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\">{day}</TIMEX3></DCT>"
        );
    }
    let mut number = 0;
    if !article.title.is_empty() {
        out.push_str("<TITLE>");
        marked(&mut out, article, Field::Title, extraction, &mut number);
        out.push_str("</TITLE>\n");
    }
    out.push_str("<TEXT>");
    marked(&mut out, article, Field::Text, extraction, &mut number);
    out.push_str("</TEXT>\n</TimeML>\n");
    out
}

fn marked(
    out: &mut String,
    article: &Article,
    field: Field,
    extraction: &Extraction,
    number: &mut usize,
) {
    let text = article.field(field);
    let dates =
        extraction.timexes.iter().filter(|timex| timex.field == field).filter_map(|timex| {
            let when = timex.resolved.as_ref()?.when;
            Some((timex.core, value(when, &timex.rule), modifier(when, timex.part)))
        });
    let vague = extraction.vague.iter().filter(|vague| vague.field == field);
    let vague = vague.map(|vague| (vague.span, reference(vague.when).to_owned(), None));
    let mut all: Vec<(Span, String, Option<&str>)> = dates.chain(vague).collect();
    all.sort_by_key(|(span, ..)| span.start);
    let mut from = 0;
    for (span, value, modifier) in all {
        if span.start < from {
            continue;
        }
        escape(out, text.get(from..span.start).unwrap_or_default());
        *number += 1;
        // Writing into a String cannot fail.
        let _ = write!(out, "<TIMEX3 tid=\"t{number}\" type=\"DATE\" value=\"{value}\"");
        if let Some(modifier) = modifier {
            let _ = write!(out, " mod=\"{modifier}\"");
        }
        out.push('>');
        escape(out, span.of(text));
        out.push_str("</TIMEX3>");
        from = span.end;
    }
    escape(out, text.get(from..).unwrap_or_default());
}

/// The value of a word that tells no date.
const fn reference(when: Ordering) -> &'static str {
    match when {
        Ordering::Less => "PAST_REF",
        Ordering::Equal => "PRESENT_REF",
        Ordering::Greater => "FUTURE_REF",
    }
}

/// The part of the period that is meant: "early March" is the `START` of it.
fn modifier(when: Edtf, part: Option<Part>) -> Option<&'static str> {
    match part {
        Some(Part::Start) => Some("START"),
        Some(Part::Mid) => Some("MID"),
        Some(Part::End) => Some("END"),
        Some(Part::About) => Some("APPROX"),
        None => when.is_approximate().then_some("APPROX"),
    }
}

/// The value. TIMEX3 has no intervals: one that is no unit of its own is told by its first end.
fn value(when: Edtf, rule: &RuleId) -> String {
    let (first, last) = when.ends();
    whole(when, rule).or_else(|| first.or(last).map(unit)).unwrap_or_default()
}

fn unit(point: Point) -> String {
    match point.unit {
        Unit::Day(day) => day.to_string(),
        Unit::Month(year, month) => format!("{year:04}-{month:02}"),
        Unit::Season(year, season) => {
            let name = match season {
                21 => "SP",
                22 => "SU",
                23 => "FA",
                _ => "WI",
            };
            format!("{year:04}-{name}")
        }
        Unit::Quarter(year, quarter) => format!("{year:04}-Q{}", quarter.saturating_sub(32)),
        Unit::Year(year) => format!("{year:04}"),
        Unit::Decade(year) => format!("{:03}", year / 10),
        Unit::Century(year) => format!("{:02}", year / 100),
    }
}

/// The interval as one TIMEX3 unit, where there is such a unit: a weekend, an ISO week, a half of a year; and
/// for the months, seasons and years of other calendars the one that shares most of their days.
fn whole(when: Edtf, rule: &RuleId) -> Option<String> {
    let (first, last) = (when.range().first()?, when.range().last()?);
    if when.ends().0 == when.ends().1 {
        return None;
    }
    let days = when.range().days()?;
    let middle = first.checked_add_days(Days::new(u64::try_from(days / 2).ok()?))?;
    let period = matches!(&*rule.0, "timex.period" | "timex.weekend" | "timex.current-period");
    let week = middle.iso_week();
    match ((first.month(), first.day()), (last.month(), last.day())) {
        _ if days == 2 && period && first.weekday() == Weekday::Sat => {
            Some(format!("{:04}-W{:02}-WE", week.year(), week.week()))
        }
        _ if days == 7 && (period || first.weekday() == Weekday::Mon) => {
            Some(format!("{:04}-W{:02}", week.year(), week.week()))
        }
        ((1, 1), (6, 30)) if first.year() == last.year() => Some(format!("{:04}-H1", first.year())),
        ((7, 1), (12, 31)) if first.year() == last.year() => {
            Some(format!("{:04}-H2", first.year()))
        }
        _ if rule.0 == "timex.list" || rule.0 == "timex.range" => None,
        _ if (29..=31).contains(&days) => {
            Some(format!("{:04}-{:02}", middle.year(), middle.month()))
        }
        _ if (89..=94).contains(&days) => {
            Some(format!("{:04}-Q{}", middle.year(), middle.month().div_ceil(3)))
        }
        _ if (354..=366).contains(&days) => Some(format!("{:04}", middle.year())),
        _ if (3_640..=3_654).contains(&days) => Some(format!("{:03}", middle.year() / 10)),
        _ => None,
    }
}

/// Text as XML content: markup escaped, characters that XML 1.0 forbids left out.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}
