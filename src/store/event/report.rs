//! What articles say of an event, read back.

use crate::{
    event::{Event, Report, Reported},
    model::{ArticleId, Confidence, MentionId, SourceId},
    store::{
        Reading, StoreError,
        known::MENTION,
        mention::{self, ShownRow},
        row,
    },
    text::{Lang, Span},
};
use chrono::NaiveDate;
use rusqlite::Row;

impl Reading<'_> {
    /// Adds to an event what articles say of it, as stored now: in the order of its mentions, without
    /// those that were dropped since.
    pub(in crate::store) fn report(&self, event: Event) -> Result<Reported, StoreError> {
        let sql = format!(
            "select article.id, mention.id, article.source, article.source_name, article.url,
                    article.title, article.lang, mention.sentence, mention.body
             from mention join article on article.n = mention.article
             where mention.n = {MENTION}"
        );
        let mut statement = self.connection().prepare_cached(&sql)?;
        let mut reports = Vec::with_capacity(event.mentions.len());
        for (_, mention) in &event.mentions {
            let mut rows = statement.query([mention.as_bytes()])?;
            if let Some(columns) = rows.next()? {
                reports.push(report(columns)?);
            }
        }
        Ok(Reported { event, reports })
    }
}

fn report(columns: &Row<'_>) -> Result<Report, StoreError> {
    const TABLE: &str = "mention";
    let row: ShownRow<'_> = row::from_json(TABLE, mention::text(columns.get_ref(8)?)?)?;
    let span = |(start, end)| Span::new(start, end);
    let date_at = row.points.date.as_ref();
    let date_at =
        date_at.map(|at| Ok::<_, StoreError>((row::field(TABLE, &at.0)?, span((at.1, at.2)))));
    let url: Option<String> = columns.get(4)?;
    let source = mention::text(columns.get_ref(2)?)?;
    Ok(Report {
        mention: MentionId::from_bytes(columns.get(1)?),
        article: ArticleId::from_bytes(columns.get(0)?),
        source: SourceId::new(source).map_err(|error| StoreError::row(TABLE, error))?,
        source_name: columns.get(3)?,
        url: url.map(|url| row::parse(TABLE, &url)).transpose()?,
        title: columns.get(5)?,
        lang: row::named(TABLE, mention::text(columns.get_ref(6)?)?, Lang::from_tag)?,
        published: row
            .published
            .as_deref()
            .map(|day| row::parse::<NaiveDate>(TABLE, day))
            .transpose()?,
        field: row::field(TABLE, &row.sentence.0)?,
        sentence: columns.get(7)?,
        sentence_at: span(row.points.sentence),
        trigger_at: span(row.points.trigger),
        date_at: date_at.transpose()?,
        kind: row::kind(TABLE, &row.kind)?,
        status: row::status(TABLE, &row.status)?,
        when: row.date.into_resolved(TABLE)?,
        confidence: Confidence::new(row.confidence),
    })
}
