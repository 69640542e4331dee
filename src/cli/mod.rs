//! The command line: data goes to stdout, talk to stderr; exit status 0 done, 1 failed, 2 wrong usage.

mod args;
mod carry;
mod check;
mod correct;
mod documents;
mod engine;
mod extract;
mod ingest;
mod log;
mod query;
mod run;
mod signal;
mod talk;
mod timeline;

use crate::{
    clock::SystemClock,
    config::{Config, Environment},
};
use anyhow::Context as _;
use args::{Cli, Verb};
use clap::Parser as _;
use std::{
    ffi::OsString,
    io::{self, Write as _},
    process::ExitCode,
};
use tokio::runtime::Runtime;

/// Does what the command line asks for, and answers with the exit status.
///
/// # Errors
/// Whatever kept the verb from being done; [`report`] tells it to the user.
pub fn run(args: impl IntoIterator<Item = OsString>) -> anyhow::Result<ExitCode> {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too, with status 0.
            error.print()?;
            return Ok(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)));
        }
    };
    let environment = Environment::read();
    let config = || Config::load(cli.config.as_deref(), &environment);
    let verb = cli.verb.unwrap_or(Verb::Run);
    let standard = if matches!(verb, Verb::Run | Verb::Serve) { "info" } else { "warn" };
    log::start(cli.log.as_deref(), standard)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let faults = match verb {
        Verb::Run => runtime()?.block_on(run::run(&config()?))?,
        Verb::Serve => runtime()?.block_on(run::serve(&config()?))?,
        Verb::Ingest(args) => runtime()?.block_on(ingest::run(&args, &config()?, &mut out))?,
        Verb::Query(args) => query::run(&args, &config()?, &SystemClock, &mut out)?,
        Verb::Extract(args) => extract::run(&args, &config()?, &SystemClock, &mut out)?,
        Verb::Timeline(args) => timeline::run(&args, &config()?, &SystemClock, &mut out)?,
        Verb::Correct(args) => correct::run(args, &config()?, &SystemClock, &mut out)?,
        Verb::Dump(args) => carry::dump(&args, &config()?, &mut out)?,
        Verb::Load(args) => carry::load(&args, &config()?, &SystemClock)?,
        Verb::Check => check::run(config(), &mut out)?,
    };
    out.flush()?;
    Ok(faults.exit_code())
}

fn runtime() -> anyhow::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the threads that dateline works with")
}

/// Tells the user what went wrong, in as many lines as there are mistakes, and answers with the exit
/// status. A reader of our output that went away (`dateline query | head`) is no mistake.
#[must_use]
pub fn report(error: &anyhow::Error) -> ExitCode {
    let gone = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json =
            cause.downcast_ref::<serde_json::Error>().and_then(|error| error.io_error_kind());
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(gone) {
        return ExitCode::SUCCESS;
    }
    talk::fault(error);
    let usage = error.is::<log::WrongFilter>() || error.is::<query::WrongQuery>();
    if usage { ExitCode::from(2) } else { ExitCode::FAILURE }
}
