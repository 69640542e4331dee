//! Events as JSON objects: the shape that leaves the program, apart from the domain.

use super::{Site, clean};
use crate::{
    event::{Change, Event, Report, Reported, Revision},
    model::{Entity, EntityId, Field, Resolved, Role, TopicId},
    text::{Span, terms::Terms},
};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use std::fmt::Display;
use utoipa::ToSchema;

/// An event: one happening, however many articles tell it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventRow<'a> {
    /// The key: 32 hexadecimal digits, for ever.
    #[schema(value_type = String, example = "0f8fad5bd9cb469fa16570867728950e", pattern = "^[0-9a-f]{32}$")]
    id: Shown<crate::model::EventId>,
    /// The address of the event.
    #[schema(format = "uri")]
    url: String,
    /// English headline made from the fields below.
    headline: &'a str,
    #[serde(flatten)]
    when: WhenRow<'a>,
    /// The date it had before it was postponed, in EDTF.
    #[schema(value_type = Option<String>)]
    previous: Option<Shown<crate::calendar::Edtf>>,
    /// What kind of happening.
    #[schema(example = "visit")]
    kind: &'static str,
    /// Whether it has happened.
    #[schema(example = "held")]
    status: &'static str,
    /// Who takes part, in the order in which they matter.
    actors: Vec<ActorRow<'a>>,
    /// Where it happens.
    place: Option<NameRow<'a>>,
    /// What it is about, by key.
    #[schema(value_type = Vec<String>)]
    themes: Vec<&'a str>,
    /// The configured topics it belongs to.
    #[schema(value_type = Vec<String>)]
    topics: Vec<&'a str>,
    /// How likely it is right, in per cent.
    #[schema(minimum = 0, maximum = 100)]
    confidence: u8,
    /// Counts the changes that readers could see, from 1.
    #[schema(minimum = 1)]
    revision: u32,
    /// When dateline first saw it.
    #[schema(value_type = String, format = "date-time")]
    first_seen: Instant,
    /// When it last changed for readers.
    #[schema(value_type = String, format = "date-time")]
    changed: Instant,
    /// What the articles say, each with its evidence.
    sources: Vec<SourceRow<'a>>,
    /// How it came to be what it is, oldest first; only where one event is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    revisions: Option<Vec<RevisionRow<'a>>>,
}

/// A date with its doubts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WhenRow<'a> {
    /// The date in EDTF (ISO 8601-2 level 1); `~` for about.
    #[schema(value_type = String, example = "2025-02-25")]
    date: Shown<&'a crate::calendar::Edtf>,
    /// Its first day; null when its beginning is open.
    first: Option<NaiveDate>,
    /// Its last day; null when its end is open.
    last: Option<NaiveDate>,
    /// How finely the text tells it.
    #[schema(example = "day")]
    precision: &'static str,
    /// Whether it is told only approximately.
    approximate: bool,
    /// How it became known.
    #[schema(example = "stated")]
    basis: &'static str,
    /// Other dates that fit as well, in EDTF, nearest first.
    #[schema(value_type = Vec<String>)]
    others: Vec<Shown<&'a crate::calendar::Edtf>>,
    /// Whether evidence disagrees, such as a weekday that does not fit.
    conflict: bool,
}

/// Who takes part, and as what.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ActorRow<'a> {
    /// The key.
    #[schema(example = "person:sattar-hashemi")]
    id: &'a str,
    /// The name in English.
    #[schema(example = "Sattar Hashemi")]
    name: &'a str,
    /// The part played.
    #[schema(example = "visitor")]
    role: &'static str,
}

/// Something with a key and a name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NameRow<'a> {
    /// The key.
    #[schema(example = "place:belgrade")]
    id: &'a str,
    /// The name in English.
    #[schema(example = "Belgrade")]
    name: &'a str,
}

/// What one article says of an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceRow<'a> {
    /// The key of the source in the configuration.
    id: &'a str,
    /// What the source calls itself.
    name: &'a str,
    /// The key of the article.
    #[schema(value_type = String)]
    article: Shown<crate::model::ArticleId>,
    /// The address of the article.
    #[schema(format = "uri")]
    url: Option<&'a str>,
    /// The headline of the article.
    title: &'a str,
    /// The language of the article, as a BCP 47 tag.
    lang: &'static str,
    /// The day on which it was published.
    published: Option<NaiveDate>,
    /// The kind that this article tells.
    kind: &'static str,
    /// The status that this article tells.
    status: &'static str,
    /// The date that this article tells, in EDTF.
    #[schema(value_type = String)]
    date: Shown<&'a crate::calendar::Edtf>,
    /// How that date became known.
    basis: &'static str,
    /// How likely the claim is right, in per cent.
    confidence: u8,
    /// The words it rests on.
    evidence: EvidenceRow<'a>,
}

/// The words on which a claim rests. Offsets count Unicode code points of `field`, the end excluded.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EvidenceRow<'a> {
    /// The part of the article: `title` or `text`.
    field: &'static str,
    /// Where the sentence begins.
    start: usize,
    /// Where it ends.
    end: usize,
    /// The sentence, as printed.
    text: &'a str,
    /// The direction in which it is written: `ltr` or `rtl`.
    dir: &'static str,
    /// The words that say what happened.
    trigger: SpanRow,
    /// The words that say when; null where the date is inherited or is the publication day.
    date: Option<SpanRow>,
    /// The words that `q` looks for, where they are found in the sentence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hits: Vec<SpanRow>,
}

/// A run of Unicode code points in one part of an article.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SpanRow {
    /// The part of the article: `title` or `text`.
    field: &'static str,
    /// Where it begins.
    start: usize,
    /// Where it ends.
    end: usize,
}

/// A change that readers could see.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RevisionRow<'a> {
    /// Its number, from 1.
    revision: u32,
    /// When it was recorded.
    #[schema(value_type = String, format = "date-time")]
    recorded: Instant,
    /// The article because of which it was made; null where an analyst corrected the event.
    #[schema(value_type = Option<String>)]
    because: Option<Shown<crate::model::ArticleId>>,
    /// The reason that an analyst gives for correcting the event; absent where none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    correction: Option<&'a str>,
    /// What changed.
    changes: Vec<ChangeRow<'a>>,
}

/// One field, before and after.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangeRow<'a> {
    /// The field.
    #[schema(example = "date")]
    field: &'a str,
    /// Its value before; empty in a first revision.
    from: &'a str,
    /// Its value after.
    to: &'a str,
}

impl<'a> EventRow<'a> {
    /// The event as a list shows it.
    #[must_use]
    pub(super) fn new(site: &Site, reported: &'a Reported) -> Self {
        Self::of(site, &reported.event, &reported.reports)
    }

    /// The same, with the words marked that were looked for.
    #[must_use]
    pub(super) fn marked(site: &Site, reported: &'a Reported, terms: &Terms) -> Self {
        let sources = reported.reports.iter();
        let sources = sources.map(|report| SourceRow::new(report).marked(report, terms)).collect();
        Self { sources, ..Self::of(site, &reported.event, &[]) }
    }

    /// The event as its own document shows it.
    #[must_use]
    pub(super) fn with_revisions(
        site: &Site,
        reported: &'a Reported,
        revisions: &'a [Revision],
    ) -> Self {
        let revisions = Some(revisions.iter().map(RevisionRow::new).collect());
        Self { revisions, ..Self::new(site, reported) }
    }

    pub(super) fn of(site: &Site, event: &'a Event, reports: &'a [Report]) -> Self {
        Self {
            id: Shown(event.id),
            url: site.event_url(event.id),
            headline: &event.headline,
            when: WhenRow::new(&event.when),
            previous: event.previous.map(Shown),
            kind: event.kind.name(),
            status: event.status.name(),
            actors: event
                .parties
                .iter()
                .map(|party| ActorRow::new(&party.who, party.role))
                .collect(),
            place: event.place.as_ref().map(NameRow::new),
            themes: event.themes.iter().map(EntityId::as_str).collect(),
            topics: event.topics.iter().map(TopicId::as_str).collect(),
            confidence: event.confidence.per_cent(),
            revision: event.revision,
            first_seen: Instant(event.first_seen),
            changed: Instant(event.changed),
            sources: reports.iter().map(SourceRow::new).collect(),
            revisions: None,
        }
    }
}

impl<'a> WhenRow<'a> {
    fn new(resolved: &'a Resolved) -> Self {
        let range = resolved.when.range();
        Self {
            date: Shown(&resolved.when),
            first: range.first(),
            last: range.last(),
            precision: resolved.precision.name(),
            approximate: resolved.when.is_approximate(),
            basis: resolved.basis.name(),
            others: resolved.others.iter().map(Shown).collect(),
            conflict: resolved.conflict,
        }
    }
}

impl<'a> ActorRow<'a> {
    fn new(who: &'a Entity, role: Role) -> Self {
        Self { id: who.id.as_str(), name: &who.name, role: role.name() }
    }
}

impl<'a> NameRow<'a> {
    fn new(entity: &'a Entity) -> Self {
        Self { id: entity.id.as_str(), name: &entity.name }
    }
}

impl<'a> SourceRow<'a> {
    /// The report as a row.
    #[must_use]
    pub fn new(report: &'a Report) -> Self {
        Self {
            id: report.source.as_str(),
            name: &report.source_name,
            article: Shown(report.article),
            url: report.url.as_ref().map(url::Url::as_str),
            title: &report.title,
            lang: clean::tag(report.lang, &report.sentence),
            published: report.published,
            kind: report.kind.name(),
            status: report.status.name(),
            date: Shown(&report.when.when),
            basis: report.when.basis.name(),
            confidence: report.confidence.per_cent(),
            evidence: EvidenceRow {
                field: report.field.name(),
                start: report.sentence_at.start,
                end: report.sentence_at.end,
                text: &report.sentence,
                dir: clean::direction(report.lang),
                trigger: SpanRow::new(report.field, report.trigger_at),
                date: report.date_at.map(|(field, span)| SpanRow::new(field, span)),
                hits: Vec::new(),
            },
        }
    }

    fn marked(self, report: &Report, terms: &Terms) -> Self {
        let points = |byte: usize| {
            let before = report.sentence.get(..byte).unwrap_or_default();
            report.sentence_at.start + before.chars().count()
        };
        let hits = terms.places(&report.sentence).into_iter().map(|place| {
            SpanRow::new(report.field, Span::new(points(place.start), points(place.end)))
        });
        Self { evidence: EvidenceRow { hits: hits.collect(), ..self.evidence }, ..self }
    }
}

impl SpanRow {
    const fn new(field: Field, span: Span) -> Self {
        Self { field: field.name(), start: span.start, end: span.end }
    }
}

impl<'a> RevisionRow<'a> {
    /// The revision as a row.
    #[must_use]
    pub(super) fn new(revision: &'a Revision) -> Self {
        Self {
            revision: revision.event.revision,
            recorded: Instant(revision.recorded),
            because: revision.because.article().map(Shown),
            correction: revision.because.reason(),
            changes: revision.changes.iter().map(ChangeRow::new).collect(),
        }
    }
}

impl<'a> ChangeRow<'a> {
    pub(super) fn new(change: &'a Change) -> Self {
        Self { field: change.field, from: &change.from, to: &change.to }
    }
}

/// Serialized as it is displayed.
#[derive(Debug)]
pub(super) struct Shown<T>(pub(super) T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// An instant, serialized to the second (RFC 3339).
#[derive(Debug)]
pub(super) struct Instant(pub(super) DateTime<Utc>);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&instant(self.0))
    }
}

/// An instant as text: `2025-02-27T10:00:00Z`.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
