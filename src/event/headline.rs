//! An English headline from typed slots: what happened, who took part as what, where. Nothing of it is
//! taken from the article's words.

use crate::model::{Kind, Party, Role, Status};

/// What a headline is made of.
#[derive(Debug, Clone, Copy)]
pub struct Slots<'a> {
    /// What kind of happening.
    pub kind: Kind,
    /// Whether it has happened.
    pub status: Status,
    /// Who, in the order in which they matter.
    pub parties: &'a [Party],
    /// Where, by its canonical name.
    pub place: Option<&'a str>,
}

/// The headline of an event.
///
/// ```
/// use dateline::{event::headline::{Slots, headline}, model::{Entity, EntityId, Kind, Party, Role, Status}};
/// let who = Entity { id: EntityId::new("person:sattar-hashemi"), name: "Sattar Hashemi".into(), country: None };
/// let parties = [Party { who, role: Role::Visitor, at: None }];
/// let slots = Slots { kind: Kind::Visit, status: Status::Planned, parties: &parties, place: Some("Belgrade") };
/// assert_eq!(headline(&slots), "Sattar Hashemi to visit Belgrade");
/// ```
#[must_use]
pub fn headline(slots: &Slots<'_>) -> String {
    let line = match slots.kind {
        Kind::Visit => visit(slots),
        Kind::Exhibition | Kind::Conference => gathering(slots),
        Kind::Message | Kind::Invitation => sending(slots),
        Kind::Meeting | Kind::Call | Kind::Negotiation | Kind::Agreement => together(slots),
        _ => plain(slots),
    };
    match slots.status {
        Status::Postponed => format!("Postponed: {line}"),
        Status::Cancelled => format!("Cancelled: {line}"),
        Status::Denied => format!("Denied: {line}"),
        Status::Proposed | Status::Planned | Status::Held => line,
    }
}

/// A verb by status: what is told as a fact stands in the present, as headlines do.
fn tense(slots: &Slots<'_>, held: &str, ahead: &str) -> String {
    match slots.status {
        Status::Held => held.to_owned(),
        Status::Proposed => format!("may {ahead}"),
        Status::Planned | Status::Postponed | Status::Cancelled | Status::Denied => {
            format!("to {ahead}")
        }
    }
}

fn at(slots: &Slots<'_>) -> String {
    slots.place.map(|place| format!(" in {place}")).unwrap_or_default()
}

fn names<'a>(parties: impl Iterator<Item = &'a Party>) -> Vec<&'a str> {
    parties.map(|party| &*party.who.name).collect()
}

/// "A", "A and B", "A, B and C"; of more than three the first two and their number.
fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} others", rest.len()),
    }
}

fn plural<'a>(parties: &[Party], one: &'a str, many: &'a str) -> &'a str {
    if parties.len() > 1 { many } else { one }
}

fn visit(slots: &Slots<'_>) -> String {
    let visitors: Vec<&Party> =
        slots.parties.iter().filter(|party| party.role != Role::Host).collect();
    let who = list(&names(visitors.iter().copied()));
    let held = if visitors.len() > 1 { "visit" } else { "visits" };
    let place = slots.place.map(|place| format!(" {place}"));
    let host = slots.parties.iter().find(|party| party.role == Role::Host);
    let goal = place.or_else(|| host.map(|host| format!(" {}", host.who.name))).unwrap_or_default();
    if who.is_empty() {
        return format!(
            "Visit{}",
            slots.place.map(|place| format!(" to {place}")).unwrap_or_default()
        );
    }
    if goal.is_empty() {
        return format!("{who} {}", tense(slots, "on a visit abroad", "travel"));
    }
    format!("{who} {}{goal}", tense(slots, held, "visit"))
}

fn gathering(slots: &Slots<'_>) -> String {
    let noun = if slots.kind == Kind::Exhibition { "Exhibition" } else { "Conference" };
    let with = list(&names(slots.parties.iter()));
    let with = if with.is_empty() { String::new() } else { format!(" with {with}") };
    let ahead = match slots.status {
        Status::Proposed => " proposed",
        Status::Planned => " planned",
        _ => "",
    };
    format!("{noun}{}{with}{ahead}", at(slots))
}

fn sending(slots: &Slots<'_>) -> String {
    let of = |role: Role| slots.parties.iter().find(|party| party.role == role);
    let sender = of(Role::Sender).or_else(|| slots.parties.first());
    let others =
        || slots.parties.iter().filter(|party| sender.is_none_or(|sender| sender.who != party.who));
    let recipient =
        others().find(|party| party.role == Role::Recipient).or_else(|| others().next());
    match (sender, recipient, slots.kind) {
        (Some(sender), Some(recipient), Kind::Invitation) => {
            format!(
                "{} {} {}",
                sender.who.name,
                tense(slots, "invites", "invite"),
                recipient.who.name
            )
        }
        (Some(sender), Some(recipient), _) => {
            format!(
                "{} {} a message to {}",
                sender.who.name,
                tense(slots, "sends", "send"),
                recipient.who.name
            )
        }
        (Some(sender), None, Kind::Invitation) => format!("Invitation from {}", sender.who.name),
        (Some(sender), None, _) => format!("Message from {}", sender.who.name),
        (None, ..) => plain(slots),
    }
}

fn together(slots: &Slots<'_>) -> String {
    let (held, ahead) = match slots.kind {
        Kind::Call => ("talk by telephone", "talk by telephone"),
        Kind::Negotiation => ("negotiate", "negotiate"),
        Kind::Agreement => {
            (plural(slots.parties, "signs an agreement", "sign an agreement"), "sign an agreement")
        }
        _ => ("meet", "meet"),
    };
    if let [one, other] = slots.parties
        && slots.kind == Kind::Meeting
    {
        let verb = tense(slots, "meets", "meet");
        return format!("{} {verb} {}{}", one.who.name, other.who.name, at(slots));
    }
    let who = list(&names(slots.parties.iter()));
    let place = if slots.kind == Kind::Call { String::new() } else { at(slots) };
    format!("{who} {}{place}", tense(slots, held, ahead))
}

fn plain(slots: &Slots<'_>) -> String {
    // Whoever receives the credentials does not take office.
    let hosts = slots.kind == Kind::Appointment;
    let acting: Vec<&Party> =
        slots.parties.iter().filter(|party| !hosts || party.role != Role::Host).collect();
    let who = list(&names(acting.iter().copied()));
    let (held, many, ahead) = match slots.kind {
        Kind::Vote => ("votes", "vote", "vote"),
        Kind::Sanction => ("under sanctions", "in a sanctions step", "take a sanctions step"),
        Kind::Launch => ("launches a service", "launch a service", "launch a service"),
        Kind::Appointment => ("takes office", "take office", "take office"),
        Kind::Incident => ("hit by an incident", "hit by an incident", "be part of an incident"),
        Kind::Statement => ("makes a statement", "make a statement", "make a statement"),
        _ => ("takes a step", "take a step", "take a step"),
    };
    let verb = if acting.len() > 1 { many } else { held };
    let place = if slots.kind == Kind::Statement
        && slots.parties.iter().all(|party| party.who.is_person())
    {
        slots.place.map(|place| format!(" from {place}")).unwrap_or_default()
    } else {
        at(slots)
    };
    format!("{who} {}{place}", tense(slots, verb, ahead))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entity, EntityId};

    #[test]
    fn nobody_writes_to_himself() {
        use Role::{Recipient, Sender};
        let party = |name: &str, role| Party {
            who: Entity {
                id: EntityId::new(format!("person:{name}")),
                name: name.into(),
                country: None,
            },
            role,
            at: None,
        };
        for (kind, roles, line) in [
            (Kind::Message, [Recipient, Sender], "Ben sends a message to Ana"),
            (Kind::Message, [Recipient, Recipient], "Ana sends a message to Ben"),
            (Kind::Invitation, [Recipient, Recipient], "Ana invites Ben"),
        ] {
            let [first, second] = roles;
            let parties = [party("Ana", first), party("Ben", second)];
            let slots = Slots { kind, status: Status::Held, parties: &parties, place: None };
            assert_eq!(headline(&slots), line);
        }
    }
}
