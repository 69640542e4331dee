//! The JSON in `body` columns: row types of their own, so that a change of the domain types is a decision
//! about stored data and never an accident.

use super::StoreError;
use crate::{
    calendar::{Edtf, Precision},
    event::Event,
    model::{
        ArticleId, Basis, Confidence, Entity, EntityId, EventId, Field, Kind, Located, MentionId,
        Party, Resolved, Role, Status, TopicId,
    },
    text::Span,
};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::{fmt::Display, str::FromStr};

/// Field, first byte, end.
pub(super) type At = (String, usize, usize);

/// A [`Resolved`].
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DateRow {
    when: String,
    precision: String,
    basis: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    others: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    conflict: bool,
}

/// An [`Entity`].
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EntityRow {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) country: Option<String>,
}

/// A [`Party`].
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PartyRow {
    pub(super) who: EntityRow,
    role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<At>,
}

/// An [`Event`], without its id.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EventRow {
    revision: u32,
    kind: String,
    status: String,
    date: DateRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    parties: Vec<PartyRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<EntityRow>,
    themes: Vec<String>,
    topics: Vec<String>,
    headline: String,
    mentions: Vec<(String, String)>,
    confidence: u8,
    first_seen: i64,
    changed: i64,
}

impl EventRow {
    pub(super) fn of(event: &Event) -> Self {
        Self {
            revision: event.revision,
            kind: event.kind.name().to_owned(),
            status: event.status.name().to_owned(),
            date: DateRow::of(&event.when),
            previous: event.previous.map(|date| date.to_string()),
            parties: event.parties.iter().map(PartyRow::of).collect(),
            place: event.place.as_ref().map(EntityRow::of),
            themes: event.themes.iter().map(ToString::to_string).collect(),
            topics: event.topics.iter().map(ToString::to_string).collect(),
            headline: event.headline.clone(),
            mentions: event
                .mentions
                .iter()
                .map(|(article, mention)| (article.to_string(), mention.to_string()))
                .collect(),
            confidence: event.confidence.per_cent(),
            first_seen: event.first_seen.timestamp_millis(),
            changed: event.changed.timestamp_millis(),
        }
    }

    pub(super) fn into_event(self, id: EventId) -> Result<Event, StoreError> {
        const TABLE: &str = "event";
        Ok(Event {
            id,
            revision: self.revision,
            kind: kind(TABLE, &self.kind)?,
            status: status(TABLE, &self.status)?,
            when: self.date.into_resolved(TABLE)?,
            previous: self.previous.map(|text| parse(TABLE, &text)).transpose()?,
            parties: parties(TABLE, self.parties)?,
            place: self.place.map(EntityRow::into_entity),
            themes: self.themes.into_iter().map(EntityId::new).collect(),
            topics: topics(TABLE, &self.topics)?,
            headline: self.headline,
            mentions: self
                .mentions
                .iter()
                .map(|(article, mention)| {
                    Ok((parse::<ArticleId>(TABLE, article)?, parse::<MentionId>(TABLE, mention)?))
                })
                .collect::<Result<_, StoreError>>()?,
            confidence: Confidence::new(self.confidence),
            first_seen: instant(TABLE, self.first_seen)?,
            changed: instant(TABLE, self.changed)?,
        })
    }
}

impl DateRow {
    pub(super) fn of(date: &Resolved) -> Self {
        Self {
            when: date.when.to_string(),
            precision: date.precision.name().to_owned(),
            basis: date.basis.name().to_owned(),
            others: date.others.iter().map(ToString::to_string).collect(),
            conflict: date.conflict,
        }
    }

    pub(super) fn into_resolved(self, table: &'static str) -> Result<Resolved, StoreError> {
        Ok(Resolved {
            when: parse(table, &self.when)?,
            precision: named(table, &self.precision, Precision::from_name)?,
            basis: named(table, &self.basis, Basis::from_name)?,
            others: self
                .others
                .iter()
                .map(|text| parse::<Edtf>(table, text))
                .collect::<Result<_, _>>()?,
            conflict: self.conflict,
        })
    }
}

impl EntityRow {
    pub(super) fn of(entity: &Entity) -> Self {
        Self {
            id: entity.id.to_string(),
            name: entity.name.to_string(),
            country: entity.country.as_ref().map(ToString::to_string),
        }
    }

    pub(super) fn into_entity(self) -> Entity {
        Entity {
            id: EntityId::new(self.id),
            name: self.name.into(),
            country: self.country.map(EntityId::new),
        }
    }
}

impl PartyRow {
    pub(super) fn of(party: &Party) -> Self {
        Self {
            who: EntityRow::of(&party.who),
            role: party.role.name().to_owned(),
            at: party.at.map(at),
        }
    }
}

pub(super) fn parties(table: &'static str, rows: Vec<PartyRow>) -> Result<Vec<Party>, StoreError> {
    rows.into_iter()
        .map(|row| {
            Ok(Party {
                who: row.who.into_entity(),
                role: named(table, &row.role, Role::from_name)?,
                at: row.at.map(|at| located(table, &at)).transpose()?,
            })
        })
        .collect()
}

pub(super) fn at(located: Located) -> At {
    (located.field.name().to_owned(), located.span.start, located.span.end)
}

pub(super) fn located(table: &'static str, at: &At) -> Result<Located, StoreError> {
    Ok(Located { field: field(table, &at.0)?, span: Span::new(at.1, at.2) })
}

pub(super) fn field(table: &'static str, name: &str) -> Result<Field, StoreError> {
    named(table, name, Field::from_name)
}

pub(super) fn kind(table: &'static str, name: &str) -> Result<Kind, StoreError> {
    named(table, name, Kind::from_name)
}

pub(super) fn status(table: &'static str, name: &str) -> Result<Status, StoreError> {
    named(table, name, Status::from_name)
}

pub(super) fn topics(table: &'static str, names: &[String]) -> Result<Vec<TopicId>, StoreError> {
    names
        .iter()
        .map(|name| TopicId::new(name).map_err(|error| StoreError::row(table, error)))
        .collect()
}

pub(super) fn named<T>(
    table: &'static str,
    name: &str,
    from_name: impl FnOnce(&str) -> Option<T>,
) -> Result<T, StoreError> {
    from_name(name).ok_or_else(|| StoreError::row(table, format!("`{name}` is not known")))
}

pub(super) fn parse<T: FromStr>(table: &'static str, text: &str) -> Result<T, StoreError>
where
    T::Err: Display,
{
    text.parse().map_err(|error: T::Err| StoreError::row(table, error))
}

pub(super) fn instant(table: &'static str, millis: i64) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_millis(millis)
        .ok_or_else(|| StoreError::row(table, format!("`{millis}` is not an instant")))
}

/// A day as columns hold it. Days outside the years 1 to 9999, which only the end of the last decade
/// reaches, are held to these, so that text sorts as days do.
pub(super) fn iso_day(day: NaiveDate) -> String {
    match day.year() {
        ..=0 => "0001-01-01".to_owned(),
        1..=9999 => day.to_string(),
        _ => "9999-12-31".to_owned(),
    }
}

pub(super) fn to_json<T: Serialize>(table: &'static str, row: &T) -> Result<String, StoreError> {
    serde_json::to_string(row).map_err(|error| StoreError::row(table, error))
}

pub(super) fn from_json<'a, T: Deserialize<'a>>(
    table: &'static str,
    text: &'a str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::row(table, error))
}
