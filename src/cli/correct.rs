//! `dateline correct`: an analyst puts right what the rules got wrong.

use super::talk::{Faults, say};
use crate::{
    calendar::Edtf,
    clock::Clock,
    config::Config,
    event::{self, Correction, Event, Fix, Ruling, correct},
    lexicon::Lexicons,
    model::{
        ArticleId, Basis, CorrectionId, Entity, EntityId, EventId, Kind, Party, Resolved, Role,
        Status,
    },
    store::{Lookup, Store},
};
use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, builder::NonEmptyStringValueParser};
use std::io::Write;

/// `dateline correct`
#[derive(Debug, Args)]
pub(super) struct CorrectArgs {
    #[command(subcommand)]
    verb: CorrectVerb,
}

/// What to correct.
#[derive(Debug, Subcommand)]
enum CorrectVerb {
    /// Take an event out of the timeline, with all that later articles say of it
    Hide {
        /// The event
        event: EventId,
        #[command(flatten)]
        why: Why,
    },
    /// Set date, kind, status, parties or place of an event
    Set(SetArgs),
    /// Make two events one; the first leads to the second from then on
    Merge {
        /// The event that is no more
        event: EventId,
        /// The event that stays
        into: EventId,
        #[command(flatten)]
        why: Why,
    },
    /// Make what some of an event's articles say an event of its own
    Split {
        /// The event
        event: EventId,
        /// An article whose claims go to the new event; can be given several times
        #[arg(long = "article", value_name = "ARTICLE", required = true)]
        articles: Vec<ArticleId>,
        #[command(flatten)]
        why: Why,
    },
    /// Let a correction hold no longer
    Undo {
        /// The correction, as `list` names it
        correction: CorrectionId,
        #[command(flatten)]
        why: Why,
    },
    /// Print all corrections, the oldest first
    List,
}

#[derive(Debug, Args)]
struct Why {
    /// Why; readers see it in the history of the event
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    reason: String,
}

/// `dateline correct set`
#[derive(Debug, Args)]
#[group(id = "fields", multiple = true, required = true, args = ["date", "kind", "status", "parties", "place", "no_place"])]
struct SetArgs {
    /// The event
    event: EventId,
    /// When: a day, month, year or interval in EDTF, such as `2025-02-25`, `2025-02~` or `2025-02-25/2025-02-27`
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Resolved>,
    /// What kind of happening, such as `visit`
    #[arg(long, value_parser = parse_kind)]
    kind: Option<Kind>,
    /// Whether it happens: proposed, planned, held, postponed or cancelled
    #[arg(long, value_parser = parse_status)]
    status: Option<Status>,
    /// Who takes part, by the key in data/gazetteer, with the role if it is another than `participant`:
    /// `person:sattar-hashemi=visitor`. Give it once for each; all others are taken out
    #[arg(long = "party", value_name = "KEY[=ROLE]", value_parser = parse_party)]
    parties: Vec<(EntityId, Role)>,
    /// Where, by the key in data/gazetteer, such as `place:belgrade`
    #[arg(long, value_name = "KEY")]
    place: Option<String>,
    /// Nowhere in particular
    #[arg(long, conflicts_with = "place")]
    no_place: bool,
    #[command(flatten)]
    why: Why,
}

/// Runs the verb; what was done goes to `out`.
pub(super) fn run(
    args: CorrectArgs,
    config: &Config,
    clock: &dyn Clock,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    let path = &config.store.path;
    if !path.exists() {
        bail!("there is no database at {}; `dateline ingest` makes one", path.display());
    }
    let desk = Desk { store: Store::open(&config.store)?, clock };
    match args.verb {
        CorrectVerb::Hide { event, why } => desk.make(event, vec![Fix::Hide], &why, out)?,
        CorrectVerb::Set(args) => {
            let fixes = desk.fixes(&args)?;
            desk.make(args.event, fixes, &args.why, out)?;
        }
        CorrectVerb::Merge { event, into, why } => {
            let into = desk.today(into)?;
            desk.make(event, vec![Fix::Merge(into)], &why, out)?;
        }
        CorrectVerb::Split { event, articles, why } => {
            // The id of the new event is found when the correction is made.
            let split = Fix::Split { articles, into: event };
            desk.make(event, vec![split], &why, out)?;
        }
        CorrectVerb::Undo { correction, why } => {
            let all = desk.store.read(|reading| reading.corrections())?;
            let undone = all.iter().find(|ruling| ruling.correction.id == correction);
            let Some(event) = undone.and_then(|ruling| ruling.on.first()) else {
                bail!(
                    "no correction `{correction}` is in force; `dateline correct list` tells them"
                );
            };
            desk.make(*event, vec![Fix::Undo(correction)], &why, out)?;
        }
        CorrectVerb::List => list(&desk.store, out)?,
    }
    Ok(Faults::default())
}

struct Desk<'a> {
    store: Store,
    clock: &'a dyn Clock,
}

impl Desk<'_> {
    /// Makes corrections of one event, all of them or none.
    fn make(
        &self,
        event: EventId,
        fixes: Vec<Fix>,
        why: &Why,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let event = self.today(event)?;
        let (reason, recorded) = (why.reason.clone(), self.clock.now());
        let made = self.store.write_blocking(move |writing| {
            let mut made = Vec::new();
            for fix in fixes {
                let id = writing.new_correction(event, &fix)?;
                let correction = Correction { id, event, fix, reason: reason.clone(), recorded };
                match correct(writing, correction, &event::Options::default())? {
                    Ok(corrected) => {
                        writing.correct(&corrected)?;
                        made.push(corrected.ruling);
                    }
                    Err(event::Refusal::Already(_)) => {}
                    // Those before it are undone with it.
                    Err(refusal) => return Err(refusal.into()),
                }
            }
            Ok(made)
        })?;
        if made.is_empty() {
            writeln!(out, "nothing to do: that is how `{event}` is corrected already")?;
        }
        for Ruling { correction: Correction { id, event, fix, .. }, .. } in &made {
            write!(out, "correction {id}: {} {event}", fix.name())?;
            match fix {
                Fix::Merge(into) => write!(out, " into {into}")?,
                Fix::Split { into, .. } => write!(out, ", the new event is {into}")?,
                _ => {}
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// The event that `id` leads to today.
    fn today(&self, id: EventId) -> anyhow::Result<EventId> {
        match self.store.read(|reading| reading.event(id))? {
            Lookup::Merged(into) => {
                say(format_args!("`{id}` was merged into `{into}`"));
                Ok(into)
            }
            Lookup::Unknown => bail!("there never was an event `{id}`"),
            Lookup::Found(_) | Lookup::Withdrawn { .. } => Ok(id),
        }
    }

    fn fixes(&self, args: &SetArgs) -> anyhow::Result<Vec<Fix>> {
        let id = self.today(args.event)?;
        let found = self.store.read(|reading| reading.event(id))?;
        let Lookup::Found(found) = found else { bail!("there is no event `{id}` any longer") };
        let lexicons = Lexicons::embedded()?;
        let entity = |key: &EntityId| -> anyhow::Result<Entity> {
            let listed = lexicons.gazetteer.get(key).map(|entry| entry.entity.clone());
            let named = || named(&found.event).find(|entity| entity.id == *key).cloned();
            listed.or_else(named).with_context(|| {
                format!("`{key}` is neither in data/gazetteer nor named by the event; give a key such as `place:belgrade`")
            })
        };
        let mut fixes = Vec::new();
        fixes.extend(args.date.clone().map(Fix::Date));
        fixes.extend(args.kind.map(Fix::Kind));
        fixes.extend(args.status.map(Fix::Status));
        if !args.parties.is_empty() {
            let party = |(key, role): &(EntityId, Role)| {
                Ok(Party { who: entity(key)?, role: *role, at: None })
            };
            let parties: anyhow::Result<Vec<Party>> = args.parties.iter().map(party).collect();
            fixes.push(Fix::Parties(parties?));
        }
        if let Some(key) = &args.place {
            fixes.push(Fix::Place(Some(entity(&EntityId::new(key.as_str()))?)));
        }
        if args.no_place {
            fixes.push(Fix::Place(None));
        }
        Ok(fixes)
    }
}

/// The people, bodies and places that an event names.
fn named(event: &Event) -> impl Iterator<Item = &Entity> {
    event.parties.iter().map(|party| &party.who).chain(&event.place)
}

fn list(store: &Store, out: &mut dyn Write) -> anyhow::Result<()> {
    for Ruling { correction, on } in store.read(|reading| reading.corrections())? {
        let Correction { id, event, fix, reason, recorded } = correction;
        let holds = match (&fix, on.is_empty()) {
            (Fix::Undo(undone), _) => format!("undoes {undone}"),
            (_, true) => "undone".to_owned(),
            (_, false) => "holds".to_owned(),
        };
        let recorded = recorded.format("%F %R");
        writeln!(out, "{id}  {recorded}  {:<7}  {event}  {holds}: {reason}", fix.name())?;
    }
    Ok(())
}

fn parse_date(text: &str) -> Result<Resolved, String> {
    let wrong = || {
        format!(
            "`{text}` is not a date; write `2025-02-25`, `2025-02`, `2025`, with `~` for about, or two of them with `/` between"
        )
    };
    let when: Edtf = text.parse().map_err(|_| wrong())?;
    let (first, last) = when.ends();
    let precision = first.or(last).map(|point| point.unit.precision()).ok_or_else(wrong)?;
    let (others, conflict) = (Vec::new(), false);
    Ok(Resolved { when, precision, basis: Basis::Corrected, others, conflict })
}

fn parse_kind(text: &str) -> Result<Kind, String> {
    let known = || Kind::ALL.map(Kind::name).join(", ");
    Kind::from_name(text).ok_or_else(|| format!("there is no kind `{text}`; known are {}", known()))
}

fn parse_status(text: &str) -> Result<Status, String> {
    // What is denied is no event: that is `hide`.
    Status::from_name(text).filter(|status| *status != Status::Denied).ok_or_else(|| {
        let known = Status::ALL.into_iter().filter(|status| *status != Status::Denied);
        let known: Vec<&str> = known.map(Status::name).collect();
        format!("there is no status `{text}`; known are {}", known.join(", "))
    })
}

fn parse_party(text: &str) -> Result<(EntityId, Role), String> {
    let (key, role) = match text.split_once('=') {
        None => (text, Some(Role::Participant)),
        Some((key, role)) => (key, Role::from_name(role)),
    };
    let role = role.ok_or_else(|| {
        let known = Role::ALL.map(Role::name).join(", ");
        format!("`{text}` names no role that is known; these are {known}")
    })?;
    Ok((EntityId::new(key), role))
}
