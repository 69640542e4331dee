//! The text with its dates marked up as TIMEX3 (ISO-TimeML, ISO 24617-1): `type`, `value` and `mod`.

use crate::{
    article::Article,
    calendar::{Edtf, Point, Unit},
    model::{Anchor, Field},
    timex::Timex,
};
use chrono::{Datelike as _, Weekday};
use std::fmt::Write as _;

/// The whole document, as the TempEval corpora write them.
pub(super) fn document(id: &str, article: &Article, anchor: Anchor, timexes: &[Timex]) -> String {
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
        marked(&mut out, article, Field::Title, timexes, &mut number);
        out.push_str("</TITLE>\n");
    }
    out.push_str("<TEXT>");
    marked(&mut out, article, Field::Text, timexes, &mut number);
    out.push_str("</TEXT>\n</TimeML>\n");
    out
}

fn marked(
    out: &mut String,
    article: &Article,
    field: Field,
    timexes: &[Timex],
    number: &mut usize,
) {
    let text = article.field(field);
    let mut from = 0;
    for timex in timexes.iter().filter(|timex| timex.field == field) {
        let Some(resolved) = &timex.resolved else { continue };
        if timex.span.start < from {
            continue;
        }
        escape(out, text.get(from..timex.span.start).unwrap_or_default());
        *number += 1;
        let value = value(resolved.when);
        let _ = write!(out, "<TIMEX3 tid=\"t{number}\" type=\"DATE\" value=\"{value}\"");
        out.push_str(if resolved.when.is_approximate() { " mod=\"APPROX\">" } else { ">" });
        escape(out, timex.span.of(text));
        out.push_str("</TIMEX3>");
        from = timex.span.end;
    }
    escape(out, text.get(from..).unwrap_or_default());
}

/// The value. TIMEX3 has no intervals: one that is no unit of its own is told by its first end.
fn value(when: Edtf) -> String {
    let (first, last) = when.ends();
    whole(when).or_else(|| first.or(last).map(unit)).unwrap_or_default()
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
    }
}

/// The interval as one TIMEX3 unit, where there is such a unit: an ISO week, a half of a year.
fn whole(when: Edtf) -> Option<String> {
    let (first, last) = (when.range().first()?, when.range().last()?);
    let days = when.range().days()?;
    if days == 7 && first.weekday() == Weekday::Mon {
        let week = first.iso_week();
        return Some(format!("{:04}-W{:02}", week.year(), week.week()));
    }
    match ((first.month(), first.day()), (last.month(), last.day())) {
        ((1, 1), (6, 30)) if first.year() == last.year() => Some(format!("{:04}-H1", first.year())),
        ((7, 1), (12, 31)) if first.year() == last.year() => {
            Some(format!("{:04}-H2", first.year()))
        }
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
