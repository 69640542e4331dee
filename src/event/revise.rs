//! What of an event readers see, and so what is a revision.
//!
//! A revision is a change of date, contradicting dates, date before a postponement, kind, status, parties,
//! place, headline or topics. Another source that says the same, a surer confidence or a further theme is
//! none: it would raise an entry in every subscriber's reader and tell nothing new. The store keeps it as a
//! state of its own, so that validators change and the timeline as of an instant is whole.

use super::{Change, Event};
use crate::model::Party;

/// The fields that readers see, as text, in the order in which changes are told.
fn shown(event: &Event) -> [(&'static str, String); 9] {
    let parties = |parties: &[Party]| {
        join(parties.iter().map(|party| format!("{} ({})", party.who.name, party.role.name())))
    };
    [
        ("date", event.when.when.to_string()),
        ("contradictions", join(event.when.others.iter().map(ToString::to_string))),
        ("previous", event.previous.map(|date| date.to_string()).unwrap_or_default()),
        ("kind", event.kind.name().to_owned()),
        ("status", event.status.name().to_owned()),
        ("parties", parties(&event.parties)),
        ("place", event.place.as_ref().map(|place| place.name.to_string()).unwrap_or_default()),
        ("headline", event.headline.clone()),
        ("topics", join(event.topics.iter().map(ToString::to_string))),
    ]
}

/// What readers see differently in `after`; of a new event all that there is to see.
pub(super) fn changes(before: Option<&Event>, after: &Event) -> Vec<Change> {
    let before = before.map(shown);
    let was = |field: usize| {
        before.as_ref().and_then(|shown| shown.get(field)).map_or("", |(_, text)| text.as_str())
    };
    shown(after)
        .iter()
        .enumerate()
        .filter(|(field, (_, now))| was(*field) != now)
        .map(|(field, (name, now))| Change {
            field: name,
            from: was(field).to_owned(),
            to: now.clone(),
        })
        .collect()
}

fn join(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("; ")
}
