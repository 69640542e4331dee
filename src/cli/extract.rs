//! `dateline extract`: the events and dates of the given articles, without a database. The tool for
//! writing lexicons, and what scorers read.

mod args;
mod row;
mod table;
mod timex3;
mod unresolved;

pub(super) use args::ExtractArgs;

use super::{
    documents::{self, Document},
    talk::Faults,
};
use crate::{
    clock::Clock,
    config::Config,
    event::{Topic, keep_claimed, topics_of},
    lexicon::Lexicons,
    mention,
};
use args::ExtractFormat;
use row::Rows;
use std::io::Write;
use unresolved::Tally;

/// Runs the verb; what it finds goes to `out`.
pub(super) fn run(
    args: &ExtractArgs,
    config: &Config,
    clock: &dyn Clock,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    let lexicons = Lexicons::embedded()?;
    let mut faults = Faults::default();
    let mut printer = Printer {
        args,
        topics: &config.topics,
        lexicons: &lexicons,
        printed: 0,
        tally: Tally::default(),
    };
    printer.begin(out)?;
    documents::read(&args.documents, clock, &mut |fault| faults.tell(&fault), &mut |document| {
        printer.document(&document, out)
    })?;
    printer.end(out)?;
    Ok(faults)
}

struct Printer<'a> {
    args: &'a ExtractArgs,
    topics: &'a [Topic],
    lexicons: &'a Lexicons,
    printed: usize,
    tally: Tally,
}

impl Printer<'_> {
    fn is_list(&self) -> bool {
        self.args.format == ExtractFormat::Json && !self.args.unresolved
    }

    fn begin(&self, out: &mut dyn Write) -> std::io::Result<()> {
        if self.is_list() { write!(out, "[") } else { Ok(()) }
    }

    fn document(&mut self, document: &Document, out: &mut dyn Write) -> anyhow::Result<()> {
        let mut extraction = mention::extract(&document.article, document.anchor, self.lexicons);
        if self.args.unresolved {
            self.tally.add(&document.article, &extraction);
            return Ok(());
        }
        let fitting = topics_of(self.topics, &[], &extraction.entities);
        let relevant = !fitting.is_empty();
        if !self.args.all {
            keep_claimed(self.topics, &fitting, &mut extraction);
        }
        let first = self.printed == 0;
        self.printed += 1;
        if self.args.format == ExtractFormat::Timex3 {
            let Document { id, article, anchor } = document;
            let marked = timex3::document(id, article, *anchor, &extraction);
            out.write_all(marked.as_bytes())?;
            return Ok(());
        }
        let shown = relevant || self.args.all;
        let rows = Rows::new(&document.article, self.args.explain);
        let row = rows.document(&document.id, relevant, shown, &extraction);
        match self.args.format {
            ExtractFormat::Table => table::write(out, &row, self.args.explain)?,
            ExtractFormat::Json => {
                write!(out, "{}", if first { "\n" } else { ",\n" })?;
                serde_json::to_writer_pretty(&mut *out, &row)?;
            }
            ExtractFormat::Ndjson | ExtractFormat::Timex3 => {
                serde_json::to_writer(&mut *out, &row)?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    fn end(&self, out: &mut dyn Write) -> std::io::Result<()> {
        if self.is_list() {
            writeln!(out, "\n]")?;
        }
        self.tally.write(out)
    }
}
