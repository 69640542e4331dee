//! `dateline ingest`: one sweep, and a table of what came.

use super::{engine, signal, talk::Faults};
use crate::{
    config::Config,
    ingest::{Again, Ingest, Keep, Outcome, Report, Scope},
    lexicon::Lexicons,
    model::SourceId,
};
use anyhow::bail;
use clap::Args;
use indicatif::ProgressBar;
use std::{io::Write, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// `dateline ingest`
#[derive(Debug, Args)]
pub(super) struct IngestArgs {
    /// Ask this source alone, also when it is disabled
    #[arg(long, value_name = "ID", conflicts_with = "all")]
    source: Option<String>,
    /// Ask all enabled sources, also those that failed a short while ago
    #[arg(long)]
    all: bool,
    /// Read stored articles again that were read with other rules, words or topics; ask no source
    #[arg(long, conflicts_with_all = ["source", "all"])]
    again: bool,
    /// With `--again`: change nothing, and print what would change
    #[arg(long, requires = "again")]
    dry_run: bool,
}

/// Runs the verb; the table goes to `out`.
pub(super) async fn run(
    args: &IngestArgs,
    config: &Config,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    let scope = scope(args, config)?;
    let ingest = engine::start(config, Arc::new(Lexicons::embedded()?))?;
    let stop = CancellationToken::new();
    let watch = tokio::spawn(cancel_on_signal(stop.clone()));
    // Drawn on stderr, and only where that is a terminal.
    let spinner = ProgressBar::new_spinner();
    spinner.enable_steady_tick(Duration::from_millis(120));
    let mut faults = Faults::default();
    if args.again {
        spinner.set_message("reading stored articles again");
        let keep = if args.dry_run { Keep::Nothing } else { Keep::Changes };
        let again = ingest.read_again(keep, &stop).await?;
        spinner.finish_and_clear();
        if args.dry_run {
            write!(out, "{}", again.differences)?;
        }
        writeln!(out, "{}", told_again(&again, keep))?;
    } else {
        spinner.set_message("asking the sources");
        let report = ingest.sweep(&scope, &stop).await;
        spinner.finish_and_clear();
        write!(out, "{report}")?;
        faults = failures(&scope, &report);
    }
    watch.abort();
    close(&ingest).await;
    Ok(faults)
}

fn scope(args: &IngestArgs, config: &Config) -> anyhow::Result<Scope> {
    let Some(id) = &args.source else {
        return Ok(if args.all { Scope::All } else { Scope::Due });
    };
    if !config.sources.iter().any(|source| source.id.as_str() == id) {
        let known: Vec<&str> = config.sources.iter().map(|source| source.id.as_str()).collect();
        bail!("`{id}` is no [[source]] of the configuration; known are {}", known.join(", "));
    }
    Ok(Scope::Only(SourceId::new(id)?))
}

/// A sweep goes on when sources fail; only one that was asked for by name must answer.
fn failures(scope: &Scope, report: &Report) -> Faults {
    let mut faults = Faults::default();
    if let Scope::Only(_) = scope {
        for row in &report.rows {
            if let Outcome::Failed { why, .. } = &row.outcome {
                faults.tell(&anyhow::anyhow!("{}: {why}", row.id));
            }
        }
    }
    faults
}

fn told_again(again: &Again, keep: Keep) -> String {
    let Again { counts, differences, cut_short } = again;
    if *cut_short {
        return "told to end before all was read; nothing is changed".to_owned();
    }
    if counts.articles == 0 {
        return "nothing to read again: all articles were read with today's rules".to_owned();
    }
    let (read, changed) = match keep {
        Keep::Changes => ("read again", "changed"),
        Keep::Nothing => ("would read again", "would change"),
    };
    format!(
        "{read}: {} articles, {} of them on topic; {} new events, {} {changed}; {} of {} events keep their id",
        counts.articles,
        counts.relevant,
        differences.new_events(),
        differences.changed(),
        differences.before.saturating_sub(differences.lost() as u64),
        differences.before,
    )
}

async fn cancel_on_signal(stop: CancellationToken) {
    signal::stop().await;
    stop.cancel();
}

/// Leaves the database tidy. It is whole anyhow; a failure is only worth a line in the log.
pub(super) async fn close(ingest: &Arc<Ingest>) {
    if let Err(error) = ingest.store.upkeep().await {
        tracing::warn!("tidying the database: {error}");
    }
}
