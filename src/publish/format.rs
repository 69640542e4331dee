//! The formats in which a list of events is served, and how a client asks for one (RFC 9110 §12.5.1).

/// A format of a list of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// dateline's own JSON.
    Json,
    /// The timeline as a page.
    Html,
    /// Atom, RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    JsonFeed,
    /// iCalendar, RFC 5545.
    Calendar,
    /// Comma-separated values, RFC 4180.
    Csv,
    /// One JSON object a line, without end.
    Ndjson,
}

impl Format {
    /// All formats; the first wins where a client likes several equally.
    pub const ALL: [Self; 8] = [
        Self::Json,
        Self::Html,
        Self::Atom,
        Self::Rss,
        Self::JsonFeed,
        Self::Calendar,
        Self::Csv,
        Self::Ndjson,
    ];

    /// What stands behind the dot of an address: `json`, `atom` ...
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Atom => "atom",
            Self::Rss => "rss",
            Self::JsonFeed => "jsonfeed",
            Self::Calendar => "ics",
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }

    /// Reads a suffix as [`Format::suffix`] writes it.
    #[must_use]
    pub fn from_suffix(suffix: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.suffix() == suffix)
    }

    /// The name by which readers know it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Html => "Page",
            Self::Atom => "Atom",
            Self::Rss => "RSS",
            Self::JsonFeed => "JSON Feed",
            Self::Calendar => "Calendar",
            Self::Csv => "CSV",
            Self::Ndjson => "NDJSON",
        }
    }

    /// The media type without parameters, as it stands in links and `Accept`.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Html => "text/html",
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::JsonFeed => "application/feed+json",
            Self::Calendar => "text/calendar",
            Self::Csv => "text/csv",
            Self::Ndjson => "application/x-ndjson",
        }
    }

    /// The value of `Content-Type`: JSON is UTF-8 by its standard, all others say so.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Html => "text/html; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::JsonFeed => "application/feed+json",
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => "application/x-ndjson",
        }
    }

    /// Whether it lists what is new first, as feed readers expect.
    #[must_use]
    pub const fn is_feed(self) -> bool {
        matches!(self, Self::Atom | Self::Rss | Self::JsonFeed)
    }

    /// The format of `offered` that a client's `Accept` likes best; the first of equals; `None` when it
    /// likes none of them. An empty or unreadable `Accept` likes all.
    #[must_use]
    pub fn accepted(accept: &str, offered: &[Self]) -> Option<Self> {
        let ranges: Vec<Range<'_>> = accept.split(',').filter_map(Range::read).collect();
        if ranges.is_empty() {
            return offered.first().copied();
        }
        let mut best: Option<(Self, u16)> = None;
        for format in offered {
            let quality = ranges
                .iter()
                .filter_map(|range| Some((range.specificity(format.media_type())?, range.quality)))
                .max_by_key(|(specificity, _)| *specificity)
                .map_or(0, |(_, quality)| quality);
            if quality > best.map_or(0, |(_, quality)| quality) {
                best = Some((*format, quality));
            }
        }
        best.map(|(format, _)| format)
    }
}

/// A media range of `Accept`, with its quality in thousandths.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    quality: u16,
}

impl<'a> Range<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let quality = parts
            .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
            .map_or(1000, thousandths);
        Some(Self { kind, subtype, quality })
    }

    /// How closely it names `media_type`; `None` when it does not.
    fn specificity(&self, media_type: &str) -> Option<u8> {
        let (kind, subtype) = media_type.split_once('/')?;
        match (self.kind, self.subtype) {
            ("*", "*") => Some(0),
            (a, "*") if a.eq_ignore_ascii_case(kind) => Some(1),
            (a, b) if a.eq_ignore_ascii_case(kind) && b.eq_ignore_ascii_case(subtype) => Some(2),
            _ => None,
        }
    }
}

/// A weight such as `0.8` in thousandths; unreadable ones count as nothing.
fn thousandths(weight: &str) -> u16 {
    let (whole, rest) = weight.split_once('.').unwrap_or((weight, ""));
    let rest: String = rest.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u16>(), rest.parse::<u16>()) {
        (Ok(0), Ok(rest)) => rest,
        (Ok(1), _) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_gets_what_it_likes_best() {
        use Format::{Atom, Calendar, Html, Json, Rss};
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
        for (accept, format) in [
            ("", Some(Json)),
            ("*/*", Some(Json)),
            (browser, Some(Html)),
            ("application/atom+xml, application/rss+xml;q=0.9", Some(Atom)),
            ("application/rss+xml, */*;q=0.1", Some(Rss)),
            ("text/*;q=0.5", Some(Html)),
            ("text/*, text/html;q=0", Some(Calendar)),
            ("APPLICATION/JSON", Some(Json)),
            ("image/png", None),
            ("application/json;q=0", None),
            ("application/json;q=0.001, text/html;q=bad", Some(Json)),
        ] {
            assert_eq!(Format::accepted(accept, &Format::ALL), format, "{accept}");
        }
    }

    #[test]
    fn suffixes_are_read_as_they_are_written() {
        for format in Format::ALL {
            assert_eq!(Format::from_suffix(format.suffix()), Some(format));
        }
        assert_eq!(Format::from_suffix("xml"), None);
    }
}
