//! Events written ahead, in the formats that are asked for most, so that a list of them is put together by
//! copying.
//!
//! The piece of an event is what stands of it in a list. It does not know under which address the site is
//! reached: it has gaps where that stands, so that it holds wherever the site moves.

use super::{Channel, Coarse, Entry, Format, Site, atom, calendar, clean, frame::Frame, json, rss};
use crate::event::Reported;
use chrono::{DateTime, Utc};

/// Names the way in which this build writes pieces: those written otherwise are stale.
pub const PIECES: &str = env!("DATELINE_PIECES");

/// The formats in which there are pieces.
const FORMATS: [Format; 4] = [Format::Json, Format::Calendar, Format::Atom, Format::Rss];

/// Stands for the address of the site; no text of XML or iCalendar holds it.
const GAP: char = '\u{1}';

/// The same in JSON: the address comes behind the key, which is hexadecimal, so that the first place is it.
const GAP_IN_JSON: &str = "\"url\":\"\\u0001";

/// Room before the pieces of a sheet for what stands before a list: an ordinary one.
const HEADROOM: usize = 4096;

/// The bytes of an ordinary piece.
const ORDINARY: usize = 2048;

impl Format {
    /// Which of [`pieces`] is of this format; `None` where there is none.
    #[must_use]
    pub fn piece(self) -> Option<usize> {
        FORMATS.iter().position(|format| *format == self)
    }
}

/// The pieces of an event: JSON, iCalendar, Atom, RSS.
///
/// A piece begins with the number of its gaps (two bytes), whether a calendar leaves it out that does not
/// hold coarse dates (one), and the places of the gaps in what follows (four each); little end first.
#[must_use]
pub fn pieces(reported: &Reported) -> [Vec<u8>; 4] {
    let site = Site::unknown(GAP);
    let entry = Entry::of_event(&site, reported);
    let is_coarse = calendar::is_coarse(&reported.event);
    let text = |format| match format {
        Format::Atom => atom::piece(&site, &entry),
        Format::Rss => rss::piece(&site, &entry),
        Format::Calendar => calendar::piece(&site, reported),
        _ => {
            let json = json::piece(&site, reported);
            let gap = GAP_IN_JSON.replace("\\u0001", &GAP.to_string());
            String::from_utf8_lossy(&json).replacen(GAP_IN_JSON, &gap, 1)
        }
    };
    FORMATS.map(|format| encoded(&text(format), is_coarse))
}

fn encoded(text: &str, is_coarse: bool) -> Vec<u8> {
    let mut body = String::with_capacity(text.len());
    let mut gaps = Vec::new();
    for (n, part) in text.split(GAP).enumerate() {
        if n > 0 {
            gaps.push(u32::try_from(body.len()).unwrap_or(u32::MAX));
        }
        body.push_str(part);
    }
    let count = u16::try_from(gaps.len()).unwrap_or(u16::MAX);
    let mut out = count.to_le_bytes().to_vec();
    out.push(u8::from(is_coarse));
    gaps.iter().take(usize::from(count)).for_each(|gap| out.extend(gap.to_le_bytes()));
    out.extend(body.as_bytes());
    out
}

/// A list that is being put together of pieces.
#[derive(Debug)]
pub struct Sheet {
    format: Format,
    coarse: Coarse,
    /// The address of the site, as the format writes it.
    base: Vec<u8>,
    /// Room for the head, then pieces.
    out: Vec<u8>,
    changed: Option<DateTime<Utc>>,
}

impl Sheet {
    /// An empty list for about `events` events.
    #[must_use]
    pub fn new(site: &Site, format: Format, coarse: Coarse, events: usize) -> Self {
        let base = site.url("");
        let base = match format {
            Format::Calendar => base.into_bytes(),
            Format::Atom | Format::Rss => clean::html(&base).into_bytes(),
            _ => {
                let quoted = json::bytes(&base);
                let inner = quoted.get(1..quoted.len().saturating_sub(1));
                inner.map(<[u8]>::to_vec).unwrap_or_default()
            }
        };
        let mut out = Vec::with_capacity(HEADROOM + events.saturating_mul(ORDINARY));
        out.resize(HEADROOM, 0);
        Self { format, coarse, base, out, changed: None }
    }

    /// Adds an event by its piece, as [`pieces`] made it; `changed` is when it last did.
    pub fn add(&mut self, piece: &[u8], changed: DateTime<Utc>) {
        self.changed = self.changed.max(Some(changed));
        let Some((&[low, high, is_coarse], rest)) = piece.split_first_chunk() else { return };
        let gaps = usize::from(u16::from_le_bytes([low, high]));
        let Some((gaps, body)) = rest.split_at_checked(gaps * 4) else { return };
        if self.format == Format::Calendar && is_coarse == 1 && self.coarse == Coarse::LeaveOut {
            return;
        }
        if self.format == Format::Json && self.out.len() > HEADROOM {
            self.out.push(b',');
        }
        let mut from = 0;
        let (gaps, _) = gaps.as_chunks();
        for gap in gaps {
            let gap = usize::try_from(u32::from_le_bytes(*gap)).unwrap_or(usize::MAX);
            self.out.extend_from_slice(body.get(from..gap).unwrap_or_default());
            self.out.extend_from_slice(&self.base);
            from = gap;
        }
        let rest = body.get(from..).unwrap_or_default();
        if self.format == Format::Calendar {
            self.fold_end(rest);
        } else {
            self.out.extend_from_slice(rest);
        }
    }

    /// Goes on with what stands behind the gap of a calendar's piece, whose line may have grown too long.
    fn fold_end(&mut self, rest: &[u8]) {
        let start = self.out.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        let (line, rest) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        self.out.extend_from_slice(line);
        if self.out.len() - start > calendar::LONGEST + 2 {
            let line = self.out.split_off(start);
            self.out.extend(calendar::folded(&String::from_utf8_lossy(&line)).into_bytes());
        }
        self.out.extend_from_slice(rest);
    }

    /// The document, which begins at the byte that is given beside it.
    #[must_use]
    pub fn finish(self, channel: &Channel<'_>) -> (Vec<u8>, usize) {
        let Self { format, mut out, changed, .. } = self;
        let updated = changed.unwrap_or(DateTime::UNIX_EPOCH);
        let Frame { head, tail } = match format {
            Format::Atom => atom::frame(channel, updated),
            Format::Rss => rss::frame(channel, updated),
            Format::Calendar => calendar::frame(channel, changed),
            _ => json::frame(channel),
        };
        out.extend_from_slice(tail.as_bytes());
        let start = HEADROOM.saturating_sub(head.len());
        out.splice(start..HEADROOM, head.into_bytes());
        (out, start)
    }
}
