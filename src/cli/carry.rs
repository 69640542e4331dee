//! `dateline dump` and `dateline load`: the whole database as lines of JSON, and back.

use super::talk::{Faults, say};
use crate::{
    clock::Clock,
    config::Config,
    store::{Instants, Options, Pace, Store},
};
use anyhow::{Context as _, bail};
use clap::Args;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::PathBuf,
};

/// `dateline dump`
#[derive(Debug, Args)]
pub(super) struct DumpArgs {
    /// Tell the instants of our own clock too, and what is known of the sources: what is loaded then is what
    /// was dumped
    #[arg(long)]
    instants: bool,
}

/// `dateline load`
#[derive(Debug, Args)]
pub(super) struct LoadArgs {
    /// The dump; `-` is stdin
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
}

/// Writes the database to `out`.
pub(super) fn dump(
    args: &DumpArgs,
    config: &Config,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    let path = &config.store.path;
    if !path.exists() {
        bail!("there is no database at {}; `dateline ingest` makes one", path.display());
    }
    let instants = if args.instants { Instants::With } else { Instants::Without };
    Store::open(&config.store)?.read(|reading| reading.dump(out, instants))?;
    Ok(Faults::default())
}

/// Reads a dump into a database that is empty or not there yet; all of it or nothing.
pub(super) fn load(args: &LoadArgs, config: &Config, clock: &dyn Clock) -> anyhow::Result<Faults> {
    let input: Box<dyn BufRead + Send> = if args.file.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let file = File::open(&args.file);
        let file = file.with_context(|| format!("cannot read {}", args.file.display()))?;
        Box::new(BufReader::with_capacity(1 << 16, file))
    };
    let options = Options { pace: Pace::Filling, ..config.store.clone() };
    let (store, at) = (Store::open(&options)?, clock.now());
    store.write_blocking(move |writing| writing.load(input, at))?;
    let stats = store.read(|reading| reading.stats())?;
    say(format_args!("loaded {} articles and {} events", stats.articles, stats.events));
    Ok(Faults::default())
}
