//! `dateline query`: the stored timeline, asked with the parameters of the service, as a table or in any
//! of the formats that are served.

use super::talk::{Faults, say};
use crate::{
    clock::Clock,
    config::Config,
    event::Reported,
    lexicon::{gazetteer::Gazetteer, spellings::Spellings},
    publish::{self, Channel, Format, Site, TimelinePage, View},
    serve::{self, PARAMETERS, Query},
    store::{EventQuery, Store},
    text::terms::Terms,
};
use anyhow::bail;
use clap::{
    Arg, ArgMatches, Args, Command, FromArgMatches,
    builder::{PossibleValuesParser, ValueParser},
};
use std::io::Write;
use url::form_urlencoded;

/// The table for reading, beside the formats that are served.
const TABLE: &str = "table";

/// `dateline query`: one option for each parameter of `/events`.
#[derive(Debug, Clone)]
pub(super) struct QueryArgs {
    /// The parameters that were given, as a query string.
    query: String,
    /// The key of the view that they narrow.
    view: Option<String>,
    /// `None` for the table.
    format: Option<Format>,
}

impl Args for QueryArgs {
    fn augment_args(command: Command) -> Command {
        let formats = std::iter::once(TABLE).chain(Format::ALL.map(Format::suffix));
        let format = Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .default_value(TABLE)
            .value_parser(PossibleValuesParser::new(formats))
            .help("How to print");
        let view = Arg::new("view")
            .long("view")
            .value_name("ID")
            .help("A [[view]] of config.toml, which the other options narrow");
        let parameters = PARAMETERS.iter().filter(|parameter| parameter.name != "cursor");
        parameters
            .map(|parameter| {
                Arg::new(parameter.name)
                    .long(parameter.name.replace('_', "-"))
                    .value_name("VALUE")
                    .value_parser(ValueParser::string())
                    .help(format!("{} Example: {}", parameter.what, parameter.example))
                    .long_help(format!(
                        "{} Takes {}. Example: {}",
                        parameter.what,
                        parameter.shape.allowed(),
                        parameter.example
                    ))
            })
            .fold(command, Command::arg)
            .arg(view)
            .arg(format)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for QueryArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for parameter in PARAMETERS.iter().filter(|parameter| parameter.name != "cursor") {
            if let Some(value) = matches.get_one::<String>(parameter.name) {
                query.append_pair(parameter.name, value);
            }
        }
        let format = matches.get_one::<String>("format").and_then(|name| Format::from_suffix(name));
        let view = matches.get_one::<String>("view").cloned();
        Ok(Self { query: query.finish(), view, format })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// A parameter with a wrong value: wrong usage, told in the words of the service.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct WrongQuery(String);

/// Runs the verb; the events go to `out`.
pub(super) fn run(
    args: &QueryArgs,
    config: &Config,
    clock: &dyn Clock,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    let view = args.view.as_deref().map(|id| known_view(config, id)).transpose()?;
    let within = view.map_or("", |view| view.query.as_str());
    let query =
        Query::read_in(within, &args.query, clock.now().date_naive()).map_err(|faults| {
            let told = faults.iter().map(|fault| {
                let option = format!("--{}", fault.parameter.replace('_', "-"));
                let detail = fault.detail.replacen(&format!("`{}`", fault.parameter), &option, 1);
                let example = fault.example.split_once('=').map_or("", |(_, value)| value);
                format!("{detail}; give {}, such as `{option} {example}`", fault.allowed)
            });
            WrongQuery(told.collect::<Vec<_>>().join("\n"))
        })?;
    if !config.store.path.exists() {
        bail!(
            "there is no database at {}; `dateline ingest` makes one",
            config.store.path.display()
        );
    }
    let store = Store::open(&config.store)?;
    let format = args.format.unwrap_or(Format::Ndjson);
    let mut asked = query.events(format, serve::MOST);
    if let Some(terms) = asked.text.take() {
        asked.text = Some(Spellings::new(&Gazetteer::embedded()?).widen(terms));
    }
    let sought = asked.text.clone();
    let events = events(asked, query.is_limited(), &store)?;
    match args.format {
        None => table(&events, out)?,
        Some(format) => {
            let sought = sought.as_ref();
            out.write_all(&document(&events, (&query, sought), view, format, config))?;
        }
    }
    Ok(Faults::default())
}

fn known_view<'a>(config: &'a Config, id: &str) -> Result<&'a View, WrongQuery> {
    let views = &config.site.views;
    views.iter().find(|view| view.id == id).ok_or_else(|| {
        let known: Vec<&str> = views.iter().map(|view| view.id.as_str()).collect();
        WrongQuery(match known.join(", ") {
            known if known.is_empty() => {
                format!("--view: `{id}` is not known; config.toml has no [[view]]")
            }
            known => format!("--view: `{id}` is not known; config.toml has {known}"),
        })
    })
}

/// The events that were asked for: one page where the query says how many, else all.
fn events(mut query: EventQuery, limited: bool, store: &Store) -> anyhow::Result<Vec<Reported>> {
    let mut events = Vec::new();
    loop {
        let page = store.read(|reading| reading.events(&query))?;
        events.extend(page.events);
        if limited || page.next.is_none() {
            return Ok(events);
        }
        query.cursor = page.next;
    }
}

fn document(
    events: &[Reported],
    (query, sought): (&Query, Option<&Terms>),
    view: Option<&View>,
    format: Format,
    config: &Config,
) -> Vec<u8> {
    let site = Site::new(&config.site, config.serve.listen).standalone();
    let canonical = query.canonical();
    let channel = Channel {
        site: &site,
        title: view.map_or(&config.site.title, |view| &view.title).as_str().into(),
        about: "Dated events found in the news".into(),
        stem: view.map_or("events", |view| view.id.as_str()),
        view,
        query: &canonical,
        here: &canonical,
        next: None,
        sought,
    };
    let entries = || publish::entries(&site, events);
    match format {
        Format::Json => publish::events_json(&channel, events),
        Format::Html => {
            let (words, chosen) = (query.words(), query.chosen());
            let empty = "No events fit.";
            let page =
                TimelinePage { channel: &channel, events, words: &words, chosen: &chosen, empty };
            page.render().into_bytes()
        }
        Format::Ndjson => publish::ndjson(&site, events),
        Format::Csv => publish::csv(&site, events, true),
        Format::Calendar => publish::calendar(&channel, events, query.coarse()),
        Format::Atom => publish::atom(&channel, &entries()),
        Format::Rss => publish::rss(&channel, &entries()),
        Format::JsonFeed => publish::json_feed(&channel, &entries()),
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
