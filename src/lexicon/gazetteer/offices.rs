//! Offices, what they are for, and who held them when.

use super::EntryIndex;
use crate::{calendar::DateRange, model::EntityId};
use chrono::NaiveDate;
use std::{fmt, sync::Arc};

/// The key of an office: `office:president-of-serbia`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OfficeId(Arc<str>);

impl OfficeId {
    /// The key as written.
    #[must_use]
    pub fn new(key: impl Into<Arc<str>>) -> Self {
        Self(key.into())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OfficeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an office is, as far as a text tells it: a minister, for telecommunications, of Serbia.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Function {
    /// The title: `president`, `minister`, `ambassador` ...; empty where it is not told.
    pub title: Arc<str>,
    /// What it is in charge of: `ict`, `foreign-affairs` ...; several where one ministry has several.
    pub portfolios: Vec<Arc<str>>,
    /// Whose office it is.
    pub country: Option<EntityId>,
    /// The country to which an envoy is sent.
    pub posted: Option<EntityId>,
    /// The body that it heads or belongs to.
    pub body: Option<EntityId>,
    /// The city, where the office is not the whole country's.
    pub city: Option<EntityId>,
    /// `deputy`, `acting` and the like, where the holder is not the head.
    pub rank: Option<Arc<str>>,
}

impl Function {
    /// Whether what a text tells of a function agrees with a listed office. All that is told must fit.
    #[must_use]
    pub fn fits(&self, office: &Self) -> bool {
        let agrees =
            |told: &Option<EntityId>, known: &Option<EntityId>| told.is_none() || told == known;
        let portfolios = if self.portfolios.is_empty() {
            // "the minister" fits any minister, but "minister" without a portfolio names no office.
            office.portfolios.is_empty()
        } else {
            self.portfolios.iter().any(|portfolio| office.portfolios.contains(portfolio))
        };
        // Whoever leads a body is called its head, president, director or rector as its language pleases.
        let leads = |title: &str| matches!(title, "head" | "president" | "rector");
        let same = self.title == office.title
            || self.body.is_some() && leads(&self.title) && leads(&office.title);
        same && self.rank == office.rank
            && portfolios
            && agrees(&self.country, &office.country)
            && self.body == office.body
            && self.city == office.city
            && (self.posted == office.posted || self.posted.is_none())
    }
}

/// A time in office, in whole days; open where it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Who held the office.
    pub holder: EntryIndex,
    /// From which day to which.
    pub days: DateRange,
}

impl Term {
    pub(super) fn meets(self, first: Option<NaiveDate>, last: NaiveDate) -> bool {
        DateRange::new(first, Some(last)).is_ok_and(|days| days.overlaps(self.days))
    }

    pub(super) fn begins(self) -> NaiveDate {
        self.days.first().unwrap_or(NaiveDate::MIN)
    }
}

/// An office of the gazetteer.
#[derive(Debug, Clone)]
pub struct Office {
    /// Its key.
    pub id: OfficeId,
    /// Its name in English.
    pub name: Arc<str>,
    /// What it is.
    pub function: Function,
    /// Who held it.
    pub terms: Vec<Term>,
}
