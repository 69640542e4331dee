//! The `body` of a mention: what its row says, as JSON.

use super::TABLE;
use crate::{
    event::Claim,
    mention::Mention,
    model::{
        ArticleId, Confidence, EntityId, Evidence, Field, MentionId, RuleId, SourceId, TopicId,
    },
    store::{
        StoreError,
        row::{self, At, DateRow, EntityRow, PartyRow},
    },
    text::{CodePoints, Lang, Span},
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The `body` of a mention: the claim without its ids, and the evidence in code points, so that showing it
/// needs no text.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::store) struct MentionRow {
    pub(in crate::store) kind: String,
    pub(in crate::store) status: String,
    pub(in crate::store) date: DateRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    parties: Vec<PartyRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<EntityRow>,
    themes: Vec<String>,
    pub(in crate::store) sentence: At,
    trigger: (usize, usize),
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date_at: Option<At>,
    pub(in crate::store) points: Points,
    pub(in crate::store) confidence: u8,
    rules: Vec<String>,
    source: String,
    lang: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) published: Option<String>,
    topics: Vec<String>,
    fetched: i64,
}

/// As much of a [`MentionRow`] as is shown beside an event: pages read many.
#[derive(Debug, Deserialize)]
pub(in crate::store) struct ShownRow<'a> {
    #[serde(borrow)]
    pub(in crate::store) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(in crate::store) status: Cow<'a, str>,
    pub(in crate::store) date: DateRow,
    pub(in crate::store) sentence: At,
    pub(in crate::store) points: Points,
    pub(in crate::store) confidence: u8,
    #[serde(borrow, default)]
    pub(in crate::store) published: Option<Cow<'a, str>>,
}

/// Evidence in code points.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::store) struct Points {
    pub(in crate::store) sentence: (usize, usize),
    pub(in crate::store) trigger: (usize, usize),
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::store) date: Option<At>,
}

impl MentionRow {
    pub(super) fn of<'p, 't: 'p>(
        claim: &Claim,
        fetched: i64,
        part: impl Fn(Field) -> &'p Part<'t>,
    ) -> Self {
        let Claim { mention, source, lang, published, topics, .. } = claim;
        let evidence = &mention.evidence;
        let field = evidence.sentence.field;
        let date = evidence.date.map(|date| {
            let (start, end) = part(date.field).points(date.span);
            (date.field.name().to_owned(), start, end)
        });
        Self {
            kind: mention.kind.name().to_owned(),
            status: mention.status.name().to_owned(),
            date: DateRow::of(&mention.when),
            previous: mention.previous.map(|date| date.to_string()),
            parties: mention.parties.iter().map(PartyRow::of).collect(),
            place: mention.place.as_ref().map(EntityRow::of),
            themes: mention.themes.iter().map(ToString::to_string).collect(),
            sentence: row::at(evidence.sentence),
            trigger: (evidence.trigger.start, evidence.trigger.end),
            date_at: evidence.date.map(row::at),
            points: Points {
                sentence: part(field).points(evidence.sentence.span),
                trigger: part(field).points(evidence.trigger),
                date,
            },
            confidence: mention.confidence.per_cent(),
            rules: mention.rules.iter().map(ToString::to_string).collect(),
            source: source.to_string(),
            lang: lang.tag().to_owned(),
            published: published.map(|day| day.to_string()),
            topics: topics.iter().map(TopicId::to_string).collect(),
            fetched,
        }
    }
}

/// One part of an article, with the way from bytes to code points.
pub(super) struct Part<'t> {
    pub(super) text: &'t str,
    points: CodePoints<'t>,
}

impl<'t> Part<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, points: CodePoints::new(text) }
    }

    fn points(&self, span: Span) -> (usize, usize) {
        (self.points.at(span.start), self.points.at(span.end))
    }
}

/// The claim in a row.
pub(in crate::store) fn claim(
    id: MentionId,
    article: ArticleId,
    body: &str,
) -> Result<Claim, StoreError> {
    let row: MentionRow = row::from_json(TABLE, body)?;
    let mention = Mention {
        id,
        kind: row::kind(TABLE, &row.kind)?,
        status: row::status(TABLE, &row.status)?,
        when: row.date.into_resolved(TABLE)?,
        previous: row.previous.map(|text| row::parse(TABLE, &text)).transpose()?,
        parties: row::parties(TABLE, row.parties)?,
        place: row.place.map(EntityRow::into_entity),
        themes: row.themes.into_iter().map(EntityId::new).collect(),
        evidence: Evidence {
            sentence: row::located(TABLE, &row.sentence)?,
            trigger: Span::new(row.trigger.0, row.trigger.1),
            date: row.date_at.map(|at| row::located(TABLE, &at)).transpose()?,
        },
        confidence: Confidence::new(row.confidence),
        rules: row.rules.into_iter().map(|rule| RuleId(rule.into())).collect(),
    };
    Ok(Claim {
        mention,
        article,
        source: SourceId::new(&row.source).map_err(|error| StoreError::row(TABLE, error))?,
        lang: row::named(TABLE, &row.lang, Lang::from_tag)?,
        published: row.published.map(|day| row::parse(TABLE, &day)).transpose()?,
        topics: row::topics(TABLE, &row.topics)?,
        fetched: row::instant(TABLE, row.fetched)?,
    })
}
