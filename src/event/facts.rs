//! What of a claim takes part in a comparison, prepared once per claim.

use super::{Claim, block::MONTH, namesake};
use crate::{
    calendar::{Edtf, Precision},
    model::{Entity, EntityId, EntityType, Kind, Status},
};
use chrono::{Days, NaiveDate};
use std::borrow::Cow;

/// The longest run of days that still tells when something happens; a longer one tells a period.
const FINE_DAYS: i64 = 14;

/// How far an open end is taken to reach.
const OPEN_END: Days = Days::new(365);

/// First and last day of a claim, and how they are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What a party counts as when one report names the minister, another the ministry, a third the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Country,
    Body,
    Person,
}

/// A party as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) level: Level,
    pub(super) country: Option<&'a EntityId>,
}

impl<'a> Member<'a> {
    fn new(entity: &'a Entity) -> Self {
        let level = match entity.id.entity_type() {
            Some(EntityType::Person) => Level::Person,
            Some(EntityType::Place) => Level::Country,
            Some(EntityType::Organisation | EntityType::Theme) | None => Level::Body,
        };
        Self { key: namesake::key(&entity.id), level, country: entity.country.as_ref() }
    }
}

/// A claim with its days and parties as they are compared.
#[derive(Debug, Clone)]
pub(super) struct Facts<'a> {
    pub(super) claim: &'a Claim,
    pub(super) kind: Kind,
    pub(super) status: Status,
    pub(super) when: Stretch,
    /// The day on which it was published, where known.
    pub(super) published: Option<NaiveDate>,
    /// Sorted by key, each once. A country beside a person or body of its own is left out: it adds nothing
    /// to what the person says.
    pub(super) members: Vec<Member<'a>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(claim: &'a Claim) -> Self {
        let mention = &claim.mention;
        let mut members: Vec<Member<'a>> =
            mention.parties.iter().map(|party| Member::new(&party.who)).collect();
        members.sort_unstable();
        members.dedup_by(|a, b| a.key == b.key);
        let acted_for: Vec<&str> = members
            .iter()
            .filter(|member| member.level != Level::Country)
            .filter_map(|member| member.country.map(EntityId::as_str))
            .collect();
        members.retain(|member| {
            member.level != Level::Country || !acted_for.contains(&member.key.as_ref())
        });
        Self {
            claim,
            kind: mention.kind,
            status: mention.status,
            when: Stretch::new(mention.when.when, mention.when.precision),
            published: claim.published,
            members,
        }
    }

    /// Whether the two claims differ in nothing that is compared, but perhaps in article and subject. Claims
    /// that name nobody hang on their subject, so they never count as the same words.
    pub(super) fn says_the_same(&self, other: &Facts<'_>) -> bool {
        let (one, two) = (&self.claim.mention, &other.claim.mention);
        let place = |place: &Option<Entity>| place.as_ref().map(|place| place.id.clone());
        (self.kind, self.status, self.when) == (other.kind, other.status, other.when)
            && self.members == other.members
            && !self.members.is_empty()
            && one.previous == two.previous
            && place(&one.place) == place(&two.place)
    }

    /// Whether it names everybody whom `other` names, and more.
    pub(super) fn names_all_of(&self, other: &Facts<'_>) -> bool {
        other.members.len() < self.members.len()
            && other.members.iter().all(|member| self.members.contains(member))
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
    pub(super) fn countries(&self) -> Vec<&str> {
        let acts_for = |member: &'_ Member<'a>| member.country.map(EntityId::as_str);
        let mut countries: Vec<&str> = self
            .members
            .iter()
            .filter_map(|member| {
                let itself = (member.level == Level::Country).then_some(member.key.as_ref());
                acts_for(member).or(itself)
            })
            .collect();
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    /// Whether it tells what is to come or was to come, so that its day may differ from the day on which
    /// it happens.
    pub(super) fn is_announced(&self) -> bool {
        matches!(
            self.status,
            Status::Proposed | Status::Planned | Status::Postponed | Status::Cancelled
        )
    }
}
