//! `dateline extract`: the events and dates of the given articles, without a database. The tool for
//! writing lexicons, and what scorers read.

mod args;
mod row;
mod table;
mod timex3;

pub(super) use args::ExtractArgs;

use super::{
    documents::{self, Document},
    talk::Faults,
};
use crate::{
    clock::Clock,
    config::Config,
    event::Topic,
    lexicon::Lexicons,
    mention::{Extraction, Left},
    model::{Field, Located},
    text::Folded,
    timex,
};
use args::ExtractFormat;
use row::Rows;
use std::io::Write;

/// Runs the verb; what it finds goes to `out`.
pub(super) fn run(
    args: &ExtractArgs,
    config: &Config,
    clock: &dyn Clock,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    let lexicons = Lexicons::embedded()?;
    let mut faults = Faults::default();
    let mut printer = Printer { args, topics: &config.topics, lexicons: &lexicons, printed: 0 };
    printer.begin(out)?;
    documents::read(&args.documents, clock, &mut |fault| faults.tell(&fault), &mut |document| {
        printer.document(&document, out)
    })?;
    printer.end(out)?;
    out.flush()?;
    Ok(faults)
}

struct Printer<'a> {
    args: &'a ExtractArgs,
    topics: &'a [Topic],
    lexicons: &'a Lexicons,
    printed: usize,
}

impl Printer<'_> {
    fn begin(&self, out: &mut dyn Write) -> std::io::Result<()> {
        if self.args.format == ExtractFormat::Json { write!(out, "[") } else { Ok(()) }
    }

    fn document(&mut self, document: &Document, out: &mut dyn Write) -> anyhow::Result<()> {
        let extraction = read(document, self.lexicons);
        let relevant = self.topics.iter().any(|topic| topic.fits(&extraction.entities));
        let first = self.printed == 0;
        self.printed += 1;
        if self.args.format == ExtractFormat::Timex3 {
            let Document { id, article, anchor } = document;
            let marked = timex3::document(id, article, *anchor, &extraction.timexes);
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
        if self.args.format == ExtractFormat::Json { writeln!(out, "\n]") } else { Ok(()) }
    }
}

/// Reads the dates of a document.
fn read(document: &Document, lexicons: &Lexicons) -> Extraction {
    let article = &document.article;
    let (title, text) = (Folded::new(&article.title), Folded::new(&article.text));
    let fields = [(Field::Title, &title), (Field::Text, &text)];
    let context = timex::Context { anchor: document.anchor, terms: &[] };
    let tagged = timex::tag(&fields, article.lang, lexicons, &context);
    let left = tagged.left.into_iter().map(|unread| Left {
        at: Located { field: unread.field, span: unread.span },
        why: unread.why.to_string(),
    });
    Extraction {
        lang: article.lang,
        timexes: tagged.timexes,
        mentions: Vec::new(),
        entities: Vec::new(),
        left: left.collect(),
    }
}
