//! What `extract` prints as JSON: the shape is an interface, so it is apart from the domain types.

use crate::{
    article::Article,
    calendar::DateRange,
    event::headline,
    mention::{Extraction, Left, Mention, name::Name},
    model::{Field, Located, Resolved},
    text::{CodePoints, Span},
    timex::Timex,
};
use chrono::NaiveDate;
use serde::Serialize;

/// One article.
#[derive(Debug, Serialize)]
pub(super) struct DocumentRow<'a> {
    pub(super) id: &'a str,
    pub(super) lang: &'static str,
    pub(super) relevant: bool,
    pub(super) timexes: Vec<TimexRow<'a>>,
    pub(super) events: Vec<EventRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) names: Option<Vec<NameRow<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) left: Option<Vec<LeftRow<'a>>>,
}

/// A time expression. Offsets are Unicode code points.
#[derive(Debug, Serialize)]
pub(super) struct TimexRow<'a> {
    field: &'static str,
    start: usize,
    end: usize,
    pub(super) text: &'a str,
    pub(super) value: String,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    pub(super) basis: &'static str,
    calendar: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) explain: Option<DateExplained<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct DateExplained<'a> {
    pub(super) rule: &'a str,
    precision: &'static str,
    pub(super) others: Vec<String>,
    pub(super) conflict: bool,
}

/// A claim of the article.
#[derive(Debug, Serialize)]
pub(super) struct EventRow<'a> {
    pub(super) date: String,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    pub(super) basis: &'static str,
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) actors: Vec<ActorRow<'a>>,
    pub(super) place: Option<PlaceRow<'a>>,
    pub(super) evidence: EvidenceRow<'a>,
    pub(super) confidence: u8,
    pub(super) headline: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) explain: Option<EventExplained<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct ActorRow<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) role: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct PlaceRow<'a> {
    id: &'a str,
    pub(super) name: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct EvidenceRow<'a> {
    field: &'static str,
    start: usize,
    end: usize,
    pub(super) text: &'a str,
}

/// Why an event came out as it did.
#[derive(Debug, Serialize)]
pub(super) struct EventExplained<'a> {
    pub(super) trigger: &'a str,
    pub(super) date: Option<&'a str>,
    pub(super) rules: Vec<&'a str>,
    pub(super) themes: Vec<&'a str>,
    pub(super) others: Vec<String>,
    pub(super) conflict: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) previous: Option<String>,
}

/// Somebody or something named, and by what it was known.
#[derive(Debug, Serialize)]
pub(super) struct NameRow<'a> {
    field: &'static str,
    start: usize,
    end: usize,
    pub(super) text: &'a str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) via: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
}

/// Something that was left.
#[derive(Debug, Serialize)]
pub(super) struct LeftRow<'a> {
    field: &'static str,
    start: usize,
    end: usize,
    pub(super) text: &'a str,
    pub(super) why: &'a str,
}

/// Turns what was read out of one article into rows.
pub(super) struct Rows<'a> {
    article: &'a Article,
    title: CodePoints<'a>,
    text: CodePoints<'a>,
    explain: bool,
}

impl<'a> Rows<'a> {
    /// Counts the article's code points once.
    pub(super) fn new(article: &'a Article, explain: bool) -> Self {
        Self {
            article,
            title: CodePoints::new(&article.title),
            text: CodePoints::new(&article.text),
            explain,
        }
    }

    /// All rows of the article; the events only where they are to be `shown`.
    pub(super) fn document(
        &self,
        id: &'a str,
        relevant: bool,
        shown: bool,
        extraction: &'a Extraction,
    ) -> DocumentRow<'a> {
        let mentions = if shown { extraction.mentions.as_slice() } else { &[] };
        DocumentRow {
            id,
            lang: extraction.lang.tag(),
            relevant,
            timexes: extraction.timexes.iter().filter_map(|timex| self.timex(timex)).collect(),
            events: mentions.iter().map(|mention| self.event(mention)).collect(),
            names: self
                .explain
                .then(|| extraction.names.iter().map(|name| self.name(name)).collect()),
            left: self.explain.then(|| self.left(extraction)),
        }
    }

    fn timex(&self, timex: &'a Timex) -> Option<TimexRow<'a>> {
        let resolved = timex.resolved.as_ref()?;
        let (start, end) = self.offsets(timex.field, timex.span);
        let (first, last) = ends(resolved);
        Some(TimexRow {
            field: timex.field.name(),
            start,
            end,
            text: timex.span.of(self.article.field(timex.field)),
            value: resolved.when.to_string(),
            first,
            last,
            basis: resolved.basis.name(),
            calendar: timex.calendar.name(),
            explain: self.explain.then(|| DateExplained {
                rule: &timex.rule.0,
                precision: resolved.precision.name(),
                others: resolved.others.iter().map(ToString::to_string).collect(),
                conflict: resolved.conflict,
            }),
        })
    }

    fn event(&self, mention: &'a Mention) -> EventRow<'a> {
        let sentence = mention.evidence.sentence;
        let (start, end) = self.offsets(sentence.field, sentence.span);
        let (first, last) = ends(&mention.when);
        EventRow {
            date: mention.when.when.to_string(),
            first,
            last,
            basis: mention.when.basis.name(),
            kind: mention.kind.name(),
            status: mention.status.name(),
            actors: mention
                .parties
                .iter()
                .map(|party| ActorRow {
                    id: party.who.id.as_str(),
                    name: &party.who.name,
                    role: party.role.name(),
                })
                .collect(),
            place: mention
                .place
                .as_ref()
                .map(|place| PlaceRow { id: place.id.as_str(), name: &place.name }),
            evidence: EvidenceRow {
                field: sentence.field.name(),
                start,
                end,
                text: self.words(sentence),
            },
            confidence: mention.confidence.per_cent(),
            headline: headline(mention),
            explain: self.explain.then(|| self.explain(mention)),
        }
    }

    fn explain(&self, mention: &'a Mention) -> EventExplained<'a> {
        let trigger =
            Located { field: mention.evidence.sentence.field, span: mention.evidence.trigger };
        EventExplained {
            trigger: self.words(trigger),
            date: mention.evidence.date.map(|date| self.words(date)),
            rules: mention.rules.iter().map(|rule| &*rule.0).collect(),
            themes: mention.themes.iter().map(|theme| theme.as_str()).collect(),
            others: mention.when.others.iter().map(ToString::to_string).collect(),
            conflict: mention.when.conflict,
            previous: mention.previous.map(|previous| previous.to_string()),
        }
    }

    fn name(&self, name: &'a Name) -> NameRow<'a> {
        let (start, end) = self.offsets(name.at.field, name.at.span);
        NameRow {
            field: name.at.field.name(),
            start,
            end,
            text: self.words(name.at),
            id: name.entity.id.as_str(),
            name: &name.entity.name,
            via: name.via.name(),
            country: name.country().map(|country| country.as_str()),
        }
    }

    fn left(&self, extraction: &'a Extraction) -> Vec<LeftRow<'a>> {
        let row = |at: Located, why: &'a str| {
            let (start, end) = self.offsets(at.field, at.span);
            LeftRow { field: at.field.name(), start, end, text: self.words(at), why }
        };
        let unresolved = extraction.timexes.iter().filter(|timex| timex.resolved.is_none());
        unresolved
            .map(|timex| {
                let at = Located { field: timex.field, span: timex.span };
                row(at, "a date that could not be resolved")
            })
            .chain(extraction.left.iter().map(|Left { at, why }| row(*at, why)))
            .collect()
    }

    fn words(&self, at: Located) -> &'a str {
        at.span.of(self.article.field(at.field))
    }

    fn offsets(&self, field: Field, span: Span) -> (usize, usize) {
        let points = match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        };
        (points.at(span.start), points.at(span.end))
    }
}

fn ends(resolved: &Resolved) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let range: DateRange = resolved.when.range();
    (range.first(), range.last())
}

/// The headline that an event with this mention alone would have.
fn headline(mention: &Mention) -> String {
    headline::headline(&headline::Slots {
        kind: mention.kind,
        status: mention.status,
        parties: &mention.parties,
        place: mention.place.as_ref().map(|place| &*place.name),
    })
}
