//! What of a claim takes part in a comparison, prepared once per claim: small, and free of text.

use super::{
    Claim,
    block::{MONTH, POSTPONABLE},
    namesake,
};
use crate::{
    calendar::{Edtf, Precision},
    model::{ArticleId, Entity, EntityId, EntityType, Kind, MentionId, Status},
};
use chrono::{Days, NaiveDate};

/// The longest run of days that still tells when something happens; a longer one tells a period.
const FINE_DAYS: i64 = 14;

/// How far an open end is taken to reach.
const OPEN_END: Days = Days::new(365);

/// First and last day of a claim, and how they are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Stretch {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) approximate: bool,
    /// Told as a month, a season, a year, a long run of days: what happens lies somewhere inside.
    pub(super) coarse: bool,
}

impl Stretch {
    /// Of a date as told with some precision.
    pub(super) fn new(when: Edtf, precision: Precision) -> Self {
        let range = when.range();
        let (first, last) = match (range.first(), range.last()) {
            (Some(first), Some(last)) => (first, last),
            (Some(first), None) => (first, first.checked_add_days(OPEN_END).unwrap_or(first)),
            (None, Some(last)) => (last.checked_sub_days(OPEN_END).unwrap_or(last), last),
            (None, None) => (NaiveDate::MIN, NaiveDate::MIN),
        };
        let mut stretch = Self { first, last, approximate: when.is_approximate(), coarse: false };
        stretch.coarse = precision >= Precision::Month || stretch.length() > FINE_DAYS;
        stretch
    }

    /// In days, at least one.
    pub(super) fn length(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Whole days between the two; zero where they meet or overlap.
    pub(super) fn gap(self, other: Self) -> i64 {
        let after = (other.first - self.last).num_days();
        let before = (self.first - other.last).num_days();
        after.max(before).max(0)
    }
}

/// FNV-1a. Keys made with it are stored, so it is ours and does not change with a compiler or a crate; that
/// two texts of some thousands meet in 64 bits need not be feared.
pub(super) fn hash(parts: &[&[u8]]) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
    parts.iter().fold(BASIS, |hash, part| step(part.iter().fold(hash, step), &0))
}

fn key(id: &EntityId) -> u64 {
    hash(&[namesake::key(id).as_bytes()])
}

/// What a party counts as when one report names the minister, another the ministry, a third the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Level {
    Country,
    Body,
    Person,
}

/// A party as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Member {
    pub(super) key: u64,
    pub(super) level: Level,
    pub(super) country: Option<u64>,
}

impl Level {
    pub(super) const ALL: [Self; 3] = [Self::Country, Self::Body, Self::Person];
}

impl Member {
    fn new(entity: &Entity) -> Self {
        let level = match entity.id.entity_type() {
            Some(EntityType::Person) => Level::Person,
            Some(EntityType::Place) => Level::Country,
            Some(EntityType::Organisation | EntityType::Theme) | None => Level::Body,
        };
        Self { key: key(&entity.id), level, country: entity.country.as_ref().map(key) }
    }
}

/// A place as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    pub(super) key: u64,
    pub(super) country: Option<u64>,
}

impl Spot {
    fn new(entity: &Entity) -> Self {
        Self { key: key(&entity.id), country: entity.country.as_ref().map(key) }
    }

    pub(super) fn is_country(self) -> bool {
        self.country == Some(self.key)
    }
}

/// All that is compared but the subject, the article and the day of publication. Claims with the same words
/// say the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Words {
    pub(super) kind: Kind,
    pub(super) status: Status,
    pub(super) when: Stretch,
    /// The days that a postponement left.
    pub(super) previous: Option<Stretch>,
    pub(super) place: Option<Spot>,
    /// Sorted, each once. A country beside a person or body of its own is left out: it adds nothing to what
    /// the person says.
    pub(super) members: Vec<Member>,
}

/// A claim with its days and parties as they are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub(super) mention: MentionId,
    pub(super) article: ArticleId,
    /// The day on which it was published, where known.
    pub(super) published: Option<NaiveDate>,
    pub(super) themes: Vec<u64>,
    pub(super) words: Words,
}

impl Facts {
    /// What of `claim` is compared.
    #[must_use]
    pub fn new(claim: &Claim) -> Self {
        let mention = &claim.mention;
        let stretch = |when: Edtf| Stretch::new(when, mention.when.precision);
        Self {
            mention: mention.id,
            article: claim.article,
            published: claim.published,
            themes: mention.themes.iter().map(key).collect(),
            words: Words {
                kind: mention.kind,
                status: mention.status,
                when: stretch(mention.when.when),
                previous: mention.previous.map(stretch),
                place: mention.place.as_ref().map(Spot::new),
                members: members(mention.parties.iter().map(|party| Member::new(&party.who))),
            },
        }
    }
}

fn members(parties: impl Iterator<Item = Member>) -> Vec<Member> {
    let mut members: Vec<Member> = parties.collect();
    members.sort_unstable();
    members.dedup_by_key(|member| member.key);
    let acted_for: Vec<u64> = members
        .iter()
        .filter(|member| member.level != Level::Country)
        .filter_map(|member| member.country)
        .collect();
    members.retain(|member| member.level != Level::Country || !acted_for.contains(&member.key));
    members
}

impl Words {
    /// Whether it names everybody whom `other` names, and more.
    pub(super) fn names_all_of(&self, other: &Self) -> bool {
        other.members.len() < self.members.len()
            && other.members.iter().all(|member| self.members.contains(member))
    }

    /// Whether it tells one day, without doubt.
    pub(super) fn is_exact(&self) -> bool {
        self.when.length() == 1 && !self.when.approximate
    }

    /// Whether it tells a period longer than a month.
    pub(super) fn is_long(&self) -> bool {
        self.when.length() > MONTH
    }

    /// Whether many take part, so that two reports may name different people of them.
    pub(super) const fn is_gathering(&self) -> bool {
        matches!(
            self.kind,
            Kind::Conference | Kind::Exhibition | Kind::Vote | Kind::Sanction | Kind::Incident
        )
    }

    /// Whether nobody who is named tells this happening from others of the countries: it names no person,
    /// or many take part.
    pub(super) fn is_faceless(&self) -> bool {
        self.is_gathering() || self.members.iter().all(|member| member.level != Level::Person)
    }

    /// The countries on whose behalf somebody acts, sorted, each once.
    pub(super) fn countries(&self) -> Vec<u64> {
        let acts_for = |member: &Member| {
            member.country.or((member.level == Level::Country).then_some(member.key))
        };
        let mut countries: Vec<u64> = self.members.iter().filter_map(acts_for).collect();
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    /// How many days after the announced day a happening of this kind may still be the announced one. People
    /// who meet often meet again; a route is opened once.
    pub(super) const fn patience(&self) -> i64 {
        match self.kind {
            Kind::Meeting | Kind::Call | Kind::Message | Kind::Statement | Kind::Incident => 7,
            Kind::Negotiation | Kind::Invitation | Kind::Other => MONTH,
            Kind::Agreement
            | Kind::Vote
            | Kind::Sanction
            | Kind::Exhibition
            | Kind::Conference
            | Kind::Launch
            | Kind::Appointment
            | Kind::Visit => POSTPONABLE,
        }
    }

    /// Whether something may come of what it tells: it is announced, also for another day than before.
    pub(super) const fn is_plan(&self) -> bool {
        matches!(self.status, Status::Proposed | Status::Planned | Status::Postponed)
    }

    /// Whether it tells what came of something announced.
    pub(super) const fn is_outcome(&self) -> bool {
        matches!(self.status, Status::Held | Status::Postponed | Status::Cancelled)
    }

    /// Whether it tells what is to come or was to come, so that its day may differ from the day on which
    /// it happens.
    pub(super) const fn is_announced(&self) -> bool {
        matches!(
            self.status,
            Status::Proposed | Status::Planned | Status::Postponed | Status::Cancelled
        )
    }
}
