//! Whether it happens, as all reports together say.

use super::Votes;
use crate::{event::Claim, model::Status};
use chrono::NaiveDate;

/// The status that `claims` agree on; `None` when that is that it does not happen at all.
///
/// Told as a fact beats announced. A cancellation, postponement or denial beats what was published before
/// it, and of these the one published last counts; against a fact it needs as many sources as tell the
/// fact.
pub(super) fn agreed(claims: &[&Claim]) -> Option<Status> {
    let votes = Votes::new(claims.iter().map(|claim| (claim.mention.status, &claim.source)));
    let told = |status: Status| Told {
        latest: latest(claims, status),
        sources: votes.of(&status),
        status,
    };
    let turned = [Status::Postponed, Status::Cancelled, Status::Denied]
        .into_iter()
        .map(told)
        .filter(|told| told.sources > 0)
        .max();
    let held = told(Status::Held);
    let planned = told(Status::Planned);
    let status = match turned {
        Some(turned) if held.sources > 0 => {
            if turned.latest > held.latest && turned.sources >= held.sources {
                turned.status
            } else {
                Status::Held
            }
        }
        Some(turned) if planned.latest > turned.latest && planned.sources > turned.sources => {
            Status::Planned
        }
        Some(turned) => turned.status,
        None if held.sources > 0 => Status::Held,
        None if planned.sources > 0 => Status::Planned,
        None if claims.is_empty() => return None,
        None => Status::Proposed,
    };
    (status != Status::Denied).then_some(status)
}

/// Ordered by what beats what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    latest: Option<NaiveDate>,
    sources: usize,
    status: Status,
}

fn latest(claims: &[&Claim], status: Status) -> Option<NaiveDate> {
    let told = claims.iter().filter(|claim| claim.mention.status == status);
    told.filter_map(|claim| claim.published).max()
}
