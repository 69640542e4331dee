//! Offices, what they are for, and who held them when.

use super::EntryIndex;
use crate::{calendar::DateRange, model::EntityId};
use chrono::NaiveDate;
use foldhash::fast::FixedState;
use std::{collections::HashMap, fmt, sync::Arc};

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

/// All offices, found by what they are and by who held them.
#[derive(Debug)]
pub(super) struct Offices {
    all: Vec<Office>,
    by_function: ByFunction,
    /// Of everybody who held one, the places of the offices and the terms, in the order of the offices.
    held: HashMap<EntryIndex, Vec<(usize, Term)>, FixedState>,
}

impl Offices {
    pub(super) fn new(all: Vec<Office>) -> Self {
        let by_function = ByFunction::new(all.iter().map(|office| Some(&office.function)));
        let mut held: HashMap<EntryIndex, Vec<(usize, Term)>, FixedState> = HashMap::default();
        for (place, office) in all.iter().enumerate() {
            for term in &office.terms {
                held.entry(term.holder).or_default().push((place, *term));
            }
        }
        Self { all, by_function, held }
    }

    pub(super) fn all(&self) -> &[Office] {
        &self.all
    }

    /// Those that fit what a text says of a function.
    pub(super) fn fitting(&self, told: &Function) -> impl Iterator<Item = &Office> {
        let places = self.by_function.places(told).iter();
        let known = places.filter_map(|place| self.all.get(*place));
        known.filter(|office| told.fits(&office.function))
    }

    /// The offices that somebody held, with the terms.
    pub(super) fn held_by(&self, person: EntryIndex) -> impl Iterator<Item = (&Office, Term)> {
        let held = self.held.get(&person).into_iter().flatten();
        held.filter_map(|(place, term)| Some((self.all.get(*place)?, *term)))
    }
}

/// The places in a list of what may fit a function, each list in its own order.
#[derive(Debug)]
pub(super) struct ByFunction {
    /// What heads or belongs to a body.
    bodies: HashMap<EntityId, Vec<usize>, FixedState>,
    /// What has none, by title: that of one country, and of any.
    titles: HashMap<(Arc<str>, Option<EntityId>), Vec<usize>, FixedState>,
}

impl ByFunction {
    /// The functions of a list; `None` for what has none.
    pub(super) fn new<'f>(list: impl Iterator<Item = Option<&'f Function>>) -> Self {
        let mut this = Self { bodies: HashMap::default(), titles: HashMap::default() };
        for (place, function) in list.enumerate() {
            let Some(function) = function else { continue };
            if let Some(body) = &function.body {
                this.bodies.entry(body.clone()).or_default().push(place);
                continue;
            }
            let mut file = |country| {
                let key = (Arc::clone(&function.title), country);
                this.titles.entry(key).or_default().push(place);
            };
            file(None);
            if let Some(country) = &function.country {
                file(Some(country.clone()));
            }
        }
        this
    }

    /// The places of all that may fit what a text tells, as [`Function::fits`] has it.
    pub(super) fn places(&self, told: &Function) -> &[usize] {
        let places = match &told.body {
            Some(body) => self.bodies.get(body),
            None => self.titles.get(&(Arc::clone(&told.title), told.country.clone())),
        };
        places.map_or(&[], Vec::as_slice)
    }
}
