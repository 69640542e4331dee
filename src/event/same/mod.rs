//! Are two claims reports of one happening? Compared by their typed fields alone: kind, dates, parties,
//! place; never by wording and never by language. Rules 23 and 24 of the annotation guide.

mod bond;
mod dates;
mod parties;

pub use dates::Dates;
pub use parties::Parties;

use super::{
    Claim,
    facts::{Facts, Spot, Words},
};
use crate::model::Kind;

/// The answer, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the two tell one happening.
    pub same: bool,
    /// Whether they cannot tell one happening, whatever a third report says.
    pub excluded: bool,
    /// How strongly the fields agree: 0 to 100. Orders pairs; says nothing on its own.
    pub score: u8,
    /// What was compared.
    pub reasons: Vec<Reason>,
}

/// What spoke for or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The kinds are the same.
    KindEqual,
    /// The kinds are a half match, such as a visit and a meeting.
    KindHalf,
    /// The kinds are different things.
    KindOther,
    /// How the dates stand.
    Dates(Dates),
    /// How the parties stand.
    Parties(Parties),
    /// How the places stand.
    Places(Places),
    /// One article tells both, and apart.
    OneArticle,
}

/// How two places stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// The same place.
    Equal,
    /// A country and a place in it.
    Within,
    /// One or both are not told.
    Unknown,
    /// Two places of one country.
    Elsewhere,
    /// Two countries.
    Abroad,
}

/// Compares two claims. The order of the two does not matter.
#[must_use]
pub fn same(a: &Claim, b: &Claim) -> Verdict {
    let one_article = a.article == b.article;
    let judged = judge(&Facts::new(a), &Facts::new(b), one_article);
    Verdict {
        same: judged.bond == Bond::Same,
        excluded: judged.bond == Bond::Excluded,
        score: judged.score,
        reasons: judged.reasons(),
    }
}

/// What two claims are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
    /// Reports of one happening.
    Same,
    /// Nothing says that they are, nothing that they are not.
    Open,
    /// Reports of two happenings.
    Excluded,
}

/// A comparison without its words, for the inner loop of clustering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) bond: Bond,
    pub(super) score: u8,
    kind: Option<bool>,
    dates: Dates,
    parties: Parties,
    places: Places,
    apart: bool,
}

impl Judged {
    fn reasons(&self) -> Vec<Reason> {
        let kind = match self.kind {
            Some(true) => Reason::KindEqual,
            Some(false) => Reason::KindHalf,
            None => Reason::KindOther,
        };
        let mut reasons = vec![
            kind,
            Reason::Dates(self.dates),
            Reason::Parties(self.parties),
            Reason::Places(self.places),
        ];
        if self.apart {
            reasons.push(Reason::OneArticle);
        }
        reasons
    }
}

/// Compares two claims, or two forms of claims of which an article tells both.
pub(super) fn judge(a: &Facts, b: &Facts, one_article: bool) -> Judged {
    let (one, two) = (&a.words, &b.words);
    let mut judged = Judged {
        bond: Bond::Excluded,
        score: 0,
        kind: kinds(one.kind, two.kind),
        dates: dates::compare(a, b),
        parties: parties::compare(one, two, host(one, two)),
        places: places(one.place, two.place),
        apart: false,
    };
    judged.apart = one_article && !judged.repeats();
    judged.bond = bond::of(&judged, a, b);
    judged.score = judged.strength(a, b);
    judged
}

/// A bond with what clustering asks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) bond: Bond,
    /// Orders ties: the closest are joined first.
    pub(super) score: u8,
    /// How much the tie speaks for joining two clusters; they are joined when the ties between them come to
    /// [`Tie::NEEDED`] each.
    pub(super) weight: i32,
}

impl Tie {
    pub(super) const NEEDED: i32 = 2;

    pub(super) const NONE: Self = Self { bond: Bond::Excluded, score: 0, weight: 0 };

    /// A report that tells the days may join two that tell different ones, should it tell of a
    /// postponement; a report that tells only the year may not. A name in common on one day in one place is
    /// too little for a tie of its own, and speaks for one that others make.
    fn weigh(judged: &Judged) -> i32 {
        match (judged.bond, judged.dates) {
            (Bond::Same, Dates::Inside) => 4,
            (Bond::Same, _) => 5,
            (Bond::Open, Dates::Equal)
                if judged.parties.named > 0 && judged.places == Places::Equal =>
            {
                1
            }
            (_, Dates::Apart) => -1,
            _ => 0,
        }
    }
}

/// Compares two claims as [`judge`] does, sooner where kinds or dates already decide.
pub(super) fn tie(a: &Facts, b: &Facts, one_article: bool) -> Tie {
    let other_kind = kinds(a.words.kind, b.words.kind).is_none();
    if other_kind || dates::compare(a, b) == Dates::Exclude {
        return Tie::NONE;
    }
    let judged = judge(a, b, one_article);
    Tie { bond: judged.bond, score: judged.score, weight: Tie::weigh(&judged) }
}

/// Equal, a half match, or neither; guide, rule 23.
fn kinds(a: Kind, b: Kind) -> Option<bool> {
    let half = |a: Kind, b: Kind| matches!((a, b), (Kind::Visit | Kind::Conference, Kind::Meeting));
    if a == b { Some(true) } else { (half(a, b) || half(b, a)).then_some(false) }
}

fn places(a: Option<Spot>, b: Option<Spot>) -> Places {
    let (Some(a), Some(b)) = (a, b) else { return Places::Unknown };
    if a.key == b.key {
        Places::Equal
    } else if a.country.is_none() || b.country.is_none() {
        Places::Elsewhere
    } else if a.country != b.country {
        Places::Abroad
    } else if a.is_country() || b.is_country() {
        Places::Within
    } else {
        Places::Elsewhere
    }
}

/// The country in which a visitor is received. Who receives them there differs from report to report; the
/// visit is the visitor's.
fn host(a: &Words, b: &Words) -> Option<u64> {
    let visits = a.kind == Kind::Visit && b.kind == Kind::Visit;
    let countries = [a, b].map(|words| words.place.and_then(|place| place.country));
    match countries {
        _ if !visits => None,
        [Some(one), Some(two)] if one != two => None,
        [one, two] => one.or(two),
    }
}

impl Judged {
    /// Whether an article says the same thing again, rather than telling two happenings: a writer who tells
    /// two meetings of one day tells them apart.
    /// Whether the two share days, finely told, and somebody who takes part.
    pub(super) const fn is_of_one_day_and_party(&self) -> bool {
        matches!(self.dates, Dates::Equal | Dates::Overlap) && self.parties.common() > 0
    }

    fn repeats(&self) -> bool {
        self.kind == Some(true)
            && self.dates == Dates::Equal
            && self.parties.longer == self.parties.common()
            && matches!(self.places, Places::Equal | Places::Unknown | Places::Within)
    }

    /// How strongly the fields agree. The figures order pairs: the closest are joined first.
    fn strength(&self, a: &Facts, b: &Facts) -> u8 {
        let dates = match self.dates {
            Dates::Equal if a.words.when.coarse || b.words.when.coarse => 24,
            Dates::Equal => 30,
            Dates::Overlap => 26,
            Dates::Near(gap) => 22 - gap,
            Dates::Inside => 14,
            Dates::Moved(gap) => 12 - (gap / 31).min(8),
            Dates::Apart | Dates::Exclude => 0,
        };
        let Parties { named, countries, standing, shorter, longer, .. } = self.parties;
        let parties = 8 * named.min(3)
            + 4 * countries.min(2)
            + 3 * standing.min(2)
            + if shorter == longer && named == longer { 6 } else { 0 };
        let place = match self.places {
            Places::Equal => 10,
            Places::Within => 6,
            Places::Unknown => 3,
            Places::Elsewhere | Places::Abroad => 0,
        };
        let kind = if self.kind == Some(true) { 15 } else { 0 };
        let subject = if a.themes.iter().any(|theme| b.themes.contains(theme)) { 5 } else { 0 };
        let status = if a.words.status == b.words.status { 4 } else { 0 };
        let sum = i64::try_from(parties).unwrap_or(0) + dates + place + kind + subject + status;
        u8::try_from(sum.clamp(0, 100)).unwrap_or(0)
    }
}
