//! What an analyst corrects: decisions about single events, which stand above the rules.
//!
//! A correction is kept apart from what it corrects and is asked for whenever its event is put together, so
//! it survives new articles, re-reading and new rules. What it changes is told as revisions, mergers and
//! withdrawals like any other change.

use super::{
    Cause, Changes, Claim, Event, Heirs, Ledger, Options, Ruling,
    consolidate::{Case, settle},
    identity::mint,
    pins::hidden,
    region::around,
};
use crate::{
    calendar::Edtf,
    model::{ArticleId, CorrectionId, Entity, EventId, Kind, MentionId, Party, Resolved, Status},
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// A decision about an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its key.
    pub id: CorrectionId,
    /// The event that it corrects.
    pub event: EventId,
    /// What is decided.
    pub fix: Fix,
    /// Why, in the analyst's words.
    pub reason: String,
    /// When it was made.
    pub recorded: DateTime<Utc>,
}

/// What is decided about an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// It is none: readers do not see it, nor what later articles say of it.
    Hide,
    /// It happens then.
    Date(Resolved),
    /// It is of this kind.
    Kind(Kind),
    /// It has this status.
    Status(Status),
    /// These take part, and nobody else.
    Parties(Vec<Party>),
    /// It happens there; nowhere in particular where `None`.
    Place(Option<Entity>),
    /// It is the same as this other event, which stays.
    Merge(EventId),
    /// What these articles say is another event.
    Split {
        /// The articles.
        articles: Vec<ArticleId>,
        /// The other event. Made anew when the correction is made.
        into: EventId,
    },
    /// An earlier correction holds no longer.
    Undo(CorrectionId),
}

impl Fix {
    /// Its name, as on the command line: `hide`, `date` ...
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Hide => "hide",
            Self::Date(_) => "date",
            Self::Kind(_) => "kind",
            Self::Status(_) => "status",
            Self::Parties(_) => "parties",
            Self::Place(_) => "place",
            Self::Merge(_) => "merge",
            Self::Split { .. } => "split",
            Self::Undo(_) => "undo",
        }
    }

    /// Puts the decided field into an event as the rules made it. The date of the rules stays visible as
    /// one that contradicts.
    fn set(&self, event: &mut Event) {
        match self {
            Self::Date(when) => {
                let told = std::iter::once(event.when.when).chain(event.when.others.clone());
                let others: Vec<Edtf> = told.filter(|told| *told != when.when).collect();
                event.previous = event.previous.filter(|previous| *previous != when.when);
                event.when = Resolved { conflict: !others.is_empty(), others, ..when.clone() };
            }
            Self::Kind(kind) => event.kind = *kind,
            Self::Status(status) => event.status = *status,
            Self::Parties(parties) => event.parties.clone_from(parties),
            Self::Place(place) => event.place.clone_from(place),
            Self::Hide | Self::Merge(_) | Self::Split { .. } | Self::Undo(_) => {}
        }
    }
}

/// Why a correction is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such event, or it is no more.
    #[error("there is no event `{0}` to correct: it was never there, or was merged or withdrawn")]
    NoEvent(EventId),
    /// It is merged with itself.
    #[error("`{0}` cannot be merged with itself; give the event that stays as the second")]
    Itself(EventId),
    /// It is hidden.
    #[error("`{0}` is hidden; undo that before it is merged into another")]
    Hidden(EventId),
    /// An article to split off says nothing of the event.
    #[error("article `{article}` says nothing of the event `{event}`")]
    NotTold {
        /// The event.
        event: EventId,
        /// The article.
        article: ArticleId,
    },
    /// Nothing would be left.
    #[error("all that is said of `{0}` would be split off; leave at least one article")]
    NothingLeft(EventId),
    /// There is nothing to undo.
    #[error("no correction `{0}` is in force")]
    NotInForce(CorrectionId),
    /// It holds already.
    #[error("that is how `{0}` is corrected already")]
    Already(EventId),
}

/// What a correction comes to: the correction as it is to be kept, the events on which it bears, and what it
/// changes. All of it is applied in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The correction.
    pub ruling: Ruling,
    /// What it changes.
    pub changes: Changes,
}

/// What `correction` changes, or why it is refused. Reads the ledger and changes nothing itself. The id of
/// the event that a split makes is filled in here.
///
/// # Errors
/// When the ledger cannot be read.
pub fn correct<L: Ledger>(
    ledger: &L,
    mut correction: Correction,
    options: &Options,
) -> Result<Result<Corrected, Refusal>, L::Error> {
    let id = correction.event;
    let rulings = ledger.rulings(&[id])?;
    let Some(event) = held(ledger, id, &rulings)? else { return Ok(Err(Refusal::NoEvent(id))) };
    let name = correction.fix.name();
    let last = rulings.iter().rev().find(|ruling| ruling.correction.fix.name() == name);
    if last.is_some_and(|ruling| ruling.on == [id] && ruling.correction.fix == correction.fix) {
        return Ok(Err(Refusal::Already(id)));
    }
    let mut mentions: Vec<MentionId> = event.mentions.iter().map(|(_, mention)| *mention).collect();
    if let Fix::Merge(into) = correction.fix {
        if into == id {
            return Ok(Err(Refusal::Itself(id)));
        }
        if hidden(&rulings).contains(&id) {
            return Ok(Err(Refusal::Hidden(id)));
        }
        let Some(other) = ledger.event(into)? else { return Ok(Err(Refusal::NoEvent(into))) };
        mentions.extend(other.mentions.iter().map(|(_, mention)| *mention));
    }
    let region = around(ledger, &mentions, &Heirs::default(), options)?;
    let mut rulings = ledger.rulings(&region.ids())?;
    let was_hidden = hidden(&rulings);
    let mut on = vec![id];
    let mut case = Case::new(
        &region,
        Some(Cause::Correction { id: correction.id, reason: correction.reason.clone() }),
        correction.recorded,
    );
    match &mut correction.fix {
        Fix::Merge(into) => {
            case.merge(id, *into);
            on = vec![*into];
        }
        Fix::Split { articles, into } => {
            let mentions = |off: bool| -> Vec<MentionId> {
                let told = event.mentions.iter();
                let told = told.filter(|(article, _)| articles.contains(article) == off);
                told.map(|(_, mention)| *mention).collect()
            };
            let (off, rest) = (mentions(true), mentions(false));
            let tells = |article: &&ArticleId| event.mentions.iter().any(|(of, _)| of == *article);
            if let Some(article) = articles.iter().find(|article| !tells(article)) {
                return Ok(Err(Refusal::NotTold { event: id, article: *article }));
            }
            if off.is_empty() || rest.is_empty() {
                return Ok(Err(Refusal::NothingLeft(id)));
            }
            let claims: Vec<&Claim> =
                off.iter().filter_map(|mention| region.claim(*mention)).collect();
            let mut given: BTreeSet<EventId> = region.ids().into_iter().collect();
            loop {
                let Some(minted) = mint(ledger, &claims, &given)? else {
                    return Ok(Err(Refusal::NothingLeft(id)));
                };
                // An id that was served before would come back with another meaning.
                if minted.back.is_none() {
                    *into = minted.id;
                    break;
                }
                given.insert(minted.id);
            }
            case.split(id, *into, off);
            on.push(*into);
        }
        Fix::Undo(undone) => {
            if !rulings.iter().any(|ruling| ruling.correction.id == *undone) {
                return Ok(Err(Refusal::NotInForce(*undone)));
            }
            rulings.retain(|ruling| ruling.correction.id != *undone);
        }
        Fix::Hide
        | Fix::Date(_)
        | Fix::Kind(_)
        | Fix::Status(_)
        | Fix::Parties(_)
        | Fix::Place(_) => {}
    }
    on.sort_unstable();
    let ruling = Ruling { correction, on };
    if let Fix::Merge(into) = ruling.correction.fix {
        for earlier in &mut rulings {
            earlier.moved(id, into);
        }
    }
    rulings.push(ruling.clone());
    let changes = settle(ledger, &region, case, rulings, &was_hidden)?;
    Ok(Ok(Corrected { ruling, changes }))
}

/// The event `id`, also where an analyst hid it.
fn held<L: Ledger>(ledger: &L, id: EventId, rulings: &[Ruling]) -> Result<Option<Event>, L::Error> {
    match ledger.event(id)? {
        Some(event) => Ok(Some(event)),
        None if hidden(rulings).contains(&id) => ledger.withdrawn(id),
        None => Ok(None),
    }
}

impl Ruling {
    /// Notes that `event` became `into`.
    pub(super) fn moved(&mut self, event: EventId, into: EventId) {
        for on in &mut self.on {
            if *on == event {
                *on = into;
            }
        }
        self.on.sort_unstable();
        self.on.dedup();
    }
}

/// Puts what is decided about `event` in place of what the rules say.
pub(super) fn apply(rulings: &[Ruling], event: &mut Event) {
    let id = event.id;
    for ruling in rulings.iter().filter(|ruling| ruling.on.contains(&id)) {
        ruling.correction.fix.set(event);
    }
}
