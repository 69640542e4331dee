//! `dateline timeline`: the events that the given articles tell together, each once, without a database.

use super::{
    documents::{self, Document, DocumentArgs},
    talk::Faults,
};
use crate::{
    clock::Clock,
    config::Config,
    event::{Arrival, Claim, Event, MemoryLedger, Options, consolidate, keep_claimed, topics_of},
    lexicon::Lexicons,
    mention::{self, Extraction, Mention},
    model::{Entity, Field, MentionId, Party, SourceId, TopicId},
    text::CodePoints,
};
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

/// `dateline timeline`
#[derive(Debug, Args)]
pub(super) struct TimelineArgs {
    #[command(flatten)]
    documents: DocumentArgs,
    /// How to print
    #[arg(long, value_enum, default_value_t = TimelineFormat::Table)]
    format: TimelineFormat,
    /// Read articles that fit no topic of the configuration too
    #[arg(long)]
    all: bool,
}

/// How `timeline` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TimelineFormat {
    /// For reading
    Table,
    /// One JSON object per event and line
    Ndjson,
}

/// Runs the verb; the timeline goes to `out` once all documents are read, the earliest event first.
pub(super) fn run(
    args: &TimelineArgs,
    config: &Config,
    clock: &dyn Clock,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    let lexicons = Lexicons::embedded()?;
    let mut faults = Faults::default();
    let mut timeline = Timeline { at: clock.now(), ..Timeline::default() };
    documents::read(&args.documents, clock, &mut |fault| faults.tell(&fault), &mut |document| {
        let mut extraction = mention::extract(&document.article, document.anchor, &lexicons);
        let topics = topics_of(&config.topics, &[], &extraction.entities);
        if !args.all {
            keep_claimed(&config.topics, &topics, &mut extraction);
        }
        if !topics.is_empty() || args.all {
            timeline.add(&document, &extraction, &topics)?;
        }
        Ok(())
    })?;
    timeline.print(args.format, out)?;
    out.flush()?;
    Ok(faults)
}

/// Where a mention stands.
#[derive(Debug, Serialize)]
struct MentionRow {
    article: String,
    /// Its place among the events that `extract` prints for the article.
    n: usize,
    date: String,
    kind: &'static str,
    /// The sentence, in Unicode code points.
    start: usize,
    end: usize,
}

/// An event. The shape is an interface, so it is apart from the domain types.
#[derive(Debug, Serialize)]
struct EventRow<'a> {
    id: String,
    date: String,
    kind: &'static str,
    status: &'static str,
    actors: Vec<ActorRow<'a>>,
    place: Option<EntityRow<'a>>,
    headline: &'a str,
    mentions: Vec<&'a MentionRow>,
}

#[derive(Debug, Serialize)]
struct ActorRow<'a> {
    #[serde(flatten)]
    who: EntityRow<'a>,
    role: &'static str,
}

#[derive(Debug, Serialize)]
struct EntityRow<'a> {
    id: &'a str,
    name: &'a str,
}

impl<'a> EntityRow<'a> {
    fn new(entity: &'a Entity) -> Self {
        Self { id: entity.id.as_str(), name: &entity.name }
    }
}

impl<'a> EventRow<'a> {
    fn new(event: &'a Event, mentions: Vec<&'a MentionRow>) -> Self {
        let actor = |party: &'a Party| ActorRow {
            who: EntityRow::new(&party.who),
            role: party.role.name(),
        };
        Self {
            id: event.id.to_string(),
            date: event.when.when.to_string(),
            kind: event.kind.name(),
            status: event.status.name(),
            actors: event.parties.iter().map(actor).collect(),
            place: event.place.as_ref().map(EntityRow::new),
            headline: &event.headline,
            mentions,
        }
    }

    fn table(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let Self { date, kind, status, headline, .. } = self;
        let articles: BTreeSet<&str> =
            self.mentions.iter().map(|mention| mention.article.as_str()).collect();
        let articles = match articles.len() {
            1 => "1 article".to_owned(),
            n => format!("{n} articles"),
        };
        writeln!(out, "{date:<22} {kind:<12} {status:<9} {articles:>12}  {headline}")
    }
}

#[derive(Debug, Default)]
struct Timeline {
    at: DateTime<Utc>,
    ledger: MemoryLedger,
    mentions: BTreeMap<MentionId, MentionRow>,
    read: usize,
}

impl Timeline {
    fn add(
        &mut self,
        document: &Document,
        extraction: &Extraction,
        topics: &[TopicId],
    ) -> anyhow::Result<()> {
        let article = &document.article;
        self.read += 1;
        // Who published a document is not told, so each speaks for itself.
        let source = SourceId::new(&format!("document-{}", self.read))?;
        let claim = |mention: &Mention| Claim {
            mention: mention.clone(),
            article: article.id,
            source: source.clone(),
            lang: article.lang,
            published: document.anchor.day(),
            topics: topics.to_vec(),
            fetched: article.fetched,
        };
        let (title, text) = (CodePoints::new(&article.title), CodePoints::new(&article.text));
        for (n, mention) in extraction.mentions.iter().enumerate() {
            let sentence = mention.evidence.sentence;
            let points = if sentence.field == Field::Title { &title } else { &text };
            self.mentions.insert(
                mention.id,
                MentionRow {
                    article: document.id.clone(),
                    n,
                    date: mention.when.when.to_string(),
                    kind: mention.kind.name(),
                    start: points.at(sentence.span.start),
                    end: points.at(sentence.span.end),
                },
            );
        }
        let arrival = Arrival {
            article: article.id,
            before: self.ledger.claims_by(article.id),
            now: extraction.mentions.iter().map(claim).collect(),
            at: self.at,
        };
        let changes = consolidate(&self.ledger, &arrival, &Options::default())?;
        self.ledger.apply(&arrival, changes);
        Ok(())
    }

    fn print(&self, format: TimelineFormat, out: &mut dyn Write) -> anyhow::Result<()> {
        let mut events: Vec<&Event> = self.ledger.events().collect();
        events.sort_by_key(|event| {
            let days = event.when.when.range();
            (days.first(), days.last(), event.id)
        });
        for event in events {
            let mentions =
                event.mentions.iter().filter_map(|(_, mention)| self.mentions.get(mention));
            let row = EventRow::new(event, mentions.collect());
            match format {
                TimelineFormat::Table => row.table(out)?,
                TimelineFormat::Ndjson => {
                    serde_json::to_writer(&mut *out, &row)?;
                    writeln!(out)?;
                }
            }
        }
        Ok(())
    }
}
