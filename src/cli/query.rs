//! `dateline query`: the stored timeline, as a table or in any of the formats that are served.

use super::talk::{Faults, say};
use crate::{
    calendar::{DateRange, Edtf},
    config::Config,
    event::Reported,
    model::{EntityId, Kind, SourceId, Status, TopicId},
    publish::{self, Channel, Coarse, Site},
    store::{EventQuery, Order, Sort, Store},
    text::Lang,
};
use anyhow::bail;
use clap::{Args, ValueEnum};
use std::io::Write;

/// How many events are read from the database at once.
const PAGE: u32 = 500;

/// `dateline query`
#[derive(Debug, Args)]
pub(super) struct QueryArgs {
    /// From this day, month or year on: 2025-02-25, 2025-02, 2025
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<DateRange>,
    /// Up to this day, month or year, included
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    to: Option<DateRange>,
    /// Only these kinds: visit, meeting, agreement ...
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = parse_kind)]
    kind: Vec<Kind>,
    /// Only these statuses: proposed, planned, held, postponed, cancelled
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = parse_status)]
    status: Vec<Status>,
    /// Only with one of these taking part: keys such as place:serbia, person:sattar-hashemi
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    actor: Vec<String>,
    /// Only in one of these places: keys such as place:belgrade; a country stands for all in it
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    place: Vec<String>,
    /// Only about one of these themes: keys such as theme:ai
    #[arg(long, value_name = "KEY", value_delimiter = ',')]
    theme: Vec<String>,
    /// Only of these topics of the configuration
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = parse_topic)]
    topic: Vec<TopicId>,
    /// Only told by one of these sources of the configuration
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = parse_source)]
    source: Vec<SourceId>,
    /// Only told in one of these languages: ar, fa, sr, en
    #[arg(long, value_name = "LANG", value_delimiter = ',', value_parser = super::documents::parse_lang)]
    lang: Vec<Lang>,
    /// Only with these words in headline, names or evidence, in any script
    #[arg(long, value_name = "WORDS")]
    q: Option<String>,
    /// By what to sort
    #[arg(long, value_enum, default_value_t = SortBy::Event)]
    sort: SortBy,
    /// Latest first
    #[arg(long)]
    reverse: bool,
    /// How many at most [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Output::Table)]
    format: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SortBy {
    /// The day of the event
    Event,
    /// When it was first seen
    Seen,
    /// When it last changed
    Changed,
}

/// The formats: a table, and those that are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For reading
    Table,
    /// One JSON document
    Json,
    /// One JSON object per event and line
    Ndjson,
    /// For spreadsheets
    Csv,
    /// For calendars
    Ics,
    /// Atom
    Atom,
    /// RSS 2.0
    Rss,
    /// JSON Feed 1.1
    Jsonfeed,
}

/// Runs the verb; the events go to `out`.
pub(super) fn run(
    args: &QueryArgs,
    config: &Config,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    if !config.store.path.exists() {
        bail!(
            "there is no database at {}; `dateline ingest` makes one",
            config.store.path.display()
        );
    }
    let store = Store::open(&config.store)?;
    let events = events(args, &store)?;
    match args.format {
        Output::Table => table(&events, out)?,
        format => out.write_all(&document(&events, format, config))?,
    }
    out.flush()?;
    Ok(Faults::default())
}

/// All events that were asked for, page by page.
fn events(args: &QueryArgs, store: &Store) -> anyhow::Result<Vec<Reported>> {
    let entities = |keys: &[String]| keys.iter().map(|key| EntityId::new(key.as_str())).collect();
    let mut query = EventQuery {
        from: args.from.and_then(DateRange::first),
        to: args.to.and_then(DateRange::last),
        kinds: args.kind.clone(),
        statuses: args.status.clone(),
        actors: entities(&args.actor),
        places: entities(&args.place),
        themes: entities(&args.theme),
        topics: args.topic.clone(),
        sources: args.source.clone(),
        langs: args.lang.clone(),
        text: args.q.clone(),
        sort: match args.sort {
            SortBy::Event => Sort::Event,
            SortBy::Seen => Sort::Seen,
            SortBy::Changed => Sort::Changed,
        },
        order: if args.reverse { Order::Descending } else { Order::Ascending },
        ..EventQuery::default()
    };
    let mut left = args.limit.unwrap_or(u32::MAX);
    let mut events = Vec::new();
    while left > 0 {
        query.limit = left.min(PAGE);
        let page = store.read(|reading| reading.events(&query))?;
        left = left.saturating_sub(u32::try_from(page.events.len()).unwrap_or(u32::MAX));
        events.extend(page.events);
        if page.next.is_none() {
            break;
        }
        query.cursor = page.next;
    }
    Ok(events)
}

fn document(events: &[Reported], format: Output, config: &Config) -> Vec<u8> {
    let site = Site::new(&config.site, config.listen);
    let channel = Channel {
        site: &site,
        title: config.site.title.as_str().into(),
        about: "Dated events found in the news".into(),
        stem: "events",
        query: "",
        next: None,
    };
    let entries = || publish::entries(&site, events);
    match format {
        Output::Table | Output::Json => publish::events_json(&channel, events),
        Output::Ndjson => publish::ndjson(&site, events),
        Output::Csv => publish::csv(&site, events, true),
        Output::Ics => publish::calendar(&channel, events, Coarse::LeaveOut),
        Output::Atom => publish::atom(&channel, &entries()),
        Output::Rss => publish::rss(&channel, &entries()),
        Output::Jsonfeed => publish::json_feed(&channel, &entries()),
    }
}

fn table(events: &[Reported], out: &mut dyn Write) -> anyhow::Result<()> {
    if events.is_empty() {
        say("no events fit");
        return Ok(());
    }
    let dates: Vec<String> =
        events.iter().map(|reported| reported.event.when.when.to_string()).collect();
    let width = dates.iter().map(String::len).max().unwrap_or_default().max("date".len());
    writeln!(
        out,
        "{:width$}  {:<11}  {:<9}  {:>4}  {:>7}  headline",
        "date", "kind", "status", "sure", "sources"
    )?;
    for (date, Reported { event, reports }) in dates.iter().zip(events) {
        let mut sources: Vec<&str> = reports.iter().map(|report| report.source.as_str()).collect();
        sources.sort_unstable();
        sources.dedup();
        writeln!(
            out,
            "{date:width$}  {:<11}  {:<9}  {:>3}%  {:>7}  {}",
            event.kind.name(),
            event.status.name(),
            event.confidence.per_cent(),
            sources.len(),
            event.headline
        )?;
    }
    Ok(())
}

fn parse_date(text: &str) -> Result<DateRange, String> {
    text.parse::<Edtf>().map(Edtf::range).map_err(|error| error.to_string())
}

fn parse_kind(name: &str) -> Result<Kind, String> {
    Kind::from_name(name)
        .ok_or_else(|| format!("known are {}", Kind::ALL.map(Kind::name).join(", ")))
}

fn parse_status(name: &str) -> Result<Status, String> {
    let served = Status::ALL.into_iter().filter(|status| *status != Status::Denied);
    let known: Vec<&str> = served.clone().map(Status::name).collect();
    served
        .clone()
        .find(|status| status.name() == name)
        .ok_or_else(|| format!("known are {}", known.join(", ")))
}

fn parse_topic(name: &str) -> Result<TopicId, String> {
    TopicId::new(name).map_err(|error| error.to_string())
}

fn parse_source(name: &str) -> Result<SourceId, String> {
    SourceId::new(name).map_err(|error| error.to_string())
}
