//! A generator of synthetic articles: as many as are asked for, always the same, in four languages.
//!
//! A day has [`PER_DAY`] articles, so that more articles mean a longer time, as they do for who follows a
//! story for years. Of five articles three are about other countries; the others tell of the story that is
//! followed. In three days it has twelve events, told by 1 to 30 articles each; half of them name persons,
//! every second of these somebody who is met again and again, the others name countries or bodies alone.
//! Each article is about 2.5 kB long, tells its event in the headline and in the first sentence, many tell one
//! of a month ago or announce one that comes later beside it, and all go on with sentences that tell none.

mod sentence;
mod words;

use chrono::{Days, NaiveDate};
use sentence::{Tense, headline, sentence};
use std::fmt::Write as _;
use words::fillers;

/// Articles a day.
pub(crate) const PER_DAY: u64 = 50;

/// Of so many articles [`FITTING`] belong to the story.
const OF: u64 = 5;
const FITTING: u64 = 2;

/// By how many articles the events of a few days are told.
const TOLD: [u64; 12] = [30, 9, 5, 3, 3, 2, 2, 2, 1, 1, 1, 1];

/// For how many days these events are told.
const TOLD_FOR: u64 = 3;

/// How many articles that makes.
const ROUND: u64 = TOLD_FOR * PER_DAY / OF * FITTING;

/// How long a text is at least, in bytes.
const LENGTH: usize = 2400;

/// The four languages, and Serbian in its other script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tongue {
    English,
    Serbian,
    Arabic,
    Persian,
    Cyrillic,
}

impl Tongue {
    /// That of the source `source`.
    pub(crate) fn of_source(source: u64) -> Self {
        match (source % 4, source % 8 < 4) {
            (0, _) => Self::English,
            (1, true) => Self::Serbian,
            (1, false) => Self::Cyrillic,
            (2, _) => Self::Arabic,
            _ => Self::Persian,
        }
    }

    /// Its tag.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Serbian | Self::Cyrillic => "sr",
            Self::Arabic => "ar",
            Self::Persian => "fa",
        }
    }

    const fn index(self) -> usize {
        match self {
            Self::English | Self::Serbian => 0,
            Self::Cyrillic => 1,
            Self::Arabic => 2,
            Self::Persian => 3,
        }
    }
}

/// An article.
#[derive(Debug, Clone)]
pub(crate) struct Synthetic {
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) published: NaiveDate,
}

/// Something that happens.
#[derive(Debug, Clone, Copy)]
struct Happening {
    /// Its number; of others than the followed countries beyond any of theirs.
    n: u64,
    /// Whether the followed countries have part in it.
    followed: bool,
    day: NaiveDate,
}

impl Happening {
    /// The `n`th of a round of days; before the first round there was nothing.
    fn of_round(round: u64, n: u64, followed: bool) -> Self {
        let all = TOLD.len() as u64;
        let number = round * all + n % all;
        let day = day(round * TOLD_FOR) - Days::new(mixed(number) % TOLD_FOR);
        Self { n: number, followed, day }
    }
}

/// The article `n` of a source.
pub(crate) fn article(n: u64, source: u64) -> Synthetic {
    let tongue = Tongue::of_source(source);
    let published = day(n / PER_DAY);
    let followed = mixed(n / OF) % OF + n % OF;
    let followed = followed % OF < FITTING;
    let (round, slot) = (n / OF * FITTING / ROUND, mixed(n) % ROUND);
    let mut told = slot;
    let nth = TOLD.iter().position(|of| {
        let found = told < *of;
        told = told.saturating_sub(*of);
        found
    });
    let nth = nth.unwrap_or_default() as u64 + round;
    let happening = Happening::of_round(round, nth, followed);
    let mut text = String::with_capacity(LENGTH + 400);
    text.push_str(&sentence(tongue, happening, Tense::Held));
    let mut chance = mixed(n);
    let fillers = fillers(tongue);
    let (past, planned) = (2 + (chance >> 8) % 2 * 100, 3 + (chance >> 16) % 20);
    let mut count = 0;
    while text.len() < LENGTH {
        count += 1;
        text.push_str(if count % 4 == 0 { "\n\n" } else { " " });
        if count == past && round > 10 {
            let past = Happening::of_round(round - 10, nth, followed);
            text.push_str(&sentence(tongue, past, Tense::Held));
        } else if count == planned {
            let planned = Happening::of_round(round + 7, nth, followed);
            text.push_str(&sentence(tongue, planned, Tense::Planned));
        } else {
            chance = mixed(chance);
            text.push_str(pick(fillers, chance));
        }
    }
    Synthetic { title: headline(tongue, happening), text, published }
}

/// A feed of RSS 2.0 with these articles of a source, the youngest first.
pub(crate) fn feed(articles: &[u64], source: u64) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Source {source}</title><link>https://s{source}.example/</link><description/>"
    );
    for n in articles.iter().rev() {
        let Synthetic { title, text, published } = article(*n, source);
        let paragraphs = text.replace("\n\n", "</p><p>");
        write!(
            out,
            "<item><title>{title}</title><link>https://s{source}.example/{n}</link><guid isPermaLink=\"false\">s{source}-{n}</guid><pubDate>{} 08:00:00 GMT</pubDate><description><![CDATA[<p>{paragraphs}</p>]]></description></item>",
            published.format("%a, %d %b %Y"),
        )
        .unwrap_or_default();
    }
    out.push_str("</channel></rss>");
    out
}

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(1990, 3, 1).unwrap_or_default() + Days::new(n)
}

/// A number that looks like chance and is always the same: splitmix64.
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

fn pick<T: Copy>(list: &[T], n: u64) -> T {
    list[usize::try_from(n % list.len() as u64).unwrap_or_default()]
}
