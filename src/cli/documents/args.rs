//! What can be said of the given articles on the command line.

use crate::{article::Published, text::Lang};
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Which articles to read, and what is known of them.
#[derive(Debug, Args)]
pub(in crate::cli) struct DocumentArgs {
    /// Files of plain text or of NDJSON documents {id, lang, published, not_after, title, text}; `-` is stdin
    #[arg(value_name = "FILE", default_value = "-")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// How to read the files
    #[arg(long, value_enum, default_value_t = Input::Auto)]
    pub(in crate::cli) input: Input,
    /// Language of documents that name none: ar, fa, sr or en [default: told from the text]
    #[arg(long, value_name = "LANG", value_parser = parse_lang)]
    pub(in crate::cli) lang: Option<Lang>,
    /// Day or instant of publication of documents that give none: 2025-02-27
    #[arg(long, value_name = "DAY", value_parser = parse_published)]
    pub(in crate::cli) published: Option<Published>,
    /// The day after which documents without publication day cannot have been written [default: today]
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub(in crate::cli) not_after: Option<NaiveDate>,
}

/// How a file of articles is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Input {
    /// NDJSON when the first character is `{`, else plain text
    Auto,
    /// One article, the whole file
    Text,
    /// One JSON object per line, one article each
    Ndjson,
}

/// Reads a language tag.
pub(in crate::cli) fn parse_lang(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| {
        format!(
            "dateline does not read the language `{tag}`; it reads ar, fa, sr (also hr, bs) and en"
        )
    })
}

/// Reads a day.
pub(in crate::cli) fn parse_day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|_| text.len() == 10)
        .ok_or_else(|| format!("`{text}` is not a day; write it as `2025-02-27`"))
}

/// Reads a day or an instant. An instant without an offset tells its day alone.
pub(in crate::cli) fn parse_published(text: &str) -> Result<Published, String> {
    if let Ok(day) = parse_day(text) {
        return Ok(Published::On(day));
    }
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(Published::At(instant));
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|local| Published::On(local.date()))
        .ok_or_else(|| {
            format!("`{text}` is neither a day nor an instant; write `2025-02-27` or `2025-02-27T09:30:00+01:00`")
        })
}
