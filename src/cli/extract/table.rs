//! What `extract` prints for reading.

use super::row::{DocumentRow, EventRow, TimexRow};
use std::io::{self, Write};

/// One article: a line about it, its events, and its dates when they are asked for or nothing else was
/// found.
pub(super) fn write(out: &mut dyn Write, row: &DocumentRow<'_>, explain: bool) -> io::Result<()> {
    let found = [counted(row.timexes.len(), "date"), counted(row.events.len(), "event")].join(", ");
    let topic = if row.relevant { "" } else { "; it fits no topic" };
    writeln!(out, "{} ({}): {found}{topic}", row.id, row.lang)?;
    for event in &row.events {
        event_lines(out, event)?;
    }
    if explain || row.events.is_empty() {
        for timex in &row.timexes {
            timex_line(out, timex)?;
        }
    }
    for name in row.names.iter().flatten() {
        let words = one_line(name.text);
        writeln!(out, "  name      \"{words}\": {} ({})  [{}]", name.name, name.id, name.via)?;
    }
    for left in row.left.iter().flatten() {
        writeln!(out, "  left      \"{}\": {}", one_line(left.text), left.why)?;
    }
    Ok(())
}

fn event_lines(out: &mut dyn Write, event: &EventRow<'_>) -> io::Result<()> {
    writeln!(
        out,
        "  {:<11} {:<12} {:<9} {:>3}%  {}",
        event.date, event.kind, event.status, event.confidence, event.headline
    )?;
    writeln!(out, "              \"{}\"", one_line(event.evidence.text))?;
    let Some(explain) = &event.explain else { return Ok(()) };
    writeln!(out, "              trigger: {}", one_line(explain.trigger))?;
    let words =
        explain.date.map(|date| format!(", from \"{}\"", one_line(date))).unwrap_or_default();
    let doubt = if explain.conflict { ", though the words contradict each other" } else { "" };
    writeln!(out, "              date: {}{words}{doubt}", event.basis)?;
    list(out, "date could also be", explain.others.iter().map(String::as_str))?;
    list(out, "date before", explain.previous.as_deref().into_iter())?;
    for actor in &event.actors {
        writeln!(out, "              {}: {} ({})", actor.role, actor.name, actor.id)?;
    }
    list(out, "place", event.place.iter().map(|place| place.name))?;
    list(out, "themes", explain.themes.iter().copied())?;
    list(out, "rules", explain.rules.iter().copied())
}

fn timex_line(out: &mut dyn Write, timex: &TimexRow<'_>) -> io::Result<()> {
    write!(out, "  date      {:<24} {:<18}", timex.value, timex.basis)?;
    write!(out, " \"{}\"", one_line(timex.text))?;
    if let Some(explain) = &timex.explain {
        write!(out, "  [{}]", explain.rule)?;
        if !explain.others.is_empty() {
            write!(out, " or {}", explain.others.join(", "))?;
        }
        if explain.conflict {
            write!(out, "; the words contradict each other")?;
        }
    }
    writeln!(out)
}

fn list<'a>(
    out: &mut dyn Write,
    name: &str,
    values: impl Iterator<Item = &'a str>,
) -> io::Result<()> {
    let values: Vec<&str> = values.collect();
    if values.is_empty() {
        return Ok(());
    }
    writeln!(out, "              {name}: {}", values.join(", "))
}

fn counted(n: usize, what: &str) -> String {
    match n {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// The text on one line, without the control characters that could steer a terminal.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
