//! What the compared fields say together.

use super::{Bond, Dates, Judged, Parties, Places};
use crate::{
    event::{
        block::MONTH,
        facts::{Facts, Stretch},
    },
    model::Kind,
};

/// Whether two claims, compared in `judged`, tell one happening, may do so, or cannot.
pub(super) fn of(judged: &Judged, a: &Facts, b: &Facts) -> Bond {
    let pair = Pair { judged, a, b, parties: judged.parties };
    let apart = judged.apart || judged.kind.is_none() || judged.dates == Dates::Exclude;
    if apart || pair.others_took_part() || pair.is_elsewhere() {
        Bond::Excluded
    } else if pair.dates_and_parties_agree() && pair.kind_agrees() && pair.place_agrees() {
        Bond::Same
    } else {
        Bond::Open
    }
}

struct Pair<'a> {
    judged: &'a Judged,
    a: &'a Facts,
    b: &'a Facts,
    parties: Parties,
}

impl Pair<'_> {
    /// Whether the one names somebody in the place of somebody whom the other names.
    ///
    /// Of those who attend a conference or sign a text two reports may name different people, so there one
    /// name in common speaks against it, and so does, on the same day, somebody who acts for a country that
    /// the other names.
    fn others_took_part(&self) -> bool {
        let Parties { rivals, named, standing, .. } = self.parties;
        let many = self.is_gathering() && self.parties.common() > 0;
        let stands = standing > 0 && self.judged.dates == Dates::Equal;
        let some = !talks(self.a.words.kind) && (named > 0 || stands);
        rivals > 0 && named < 2 && !many && !some
    }

    /// Whether the places exclude each other. A place is easily misread: two names in common on the same
    /// days say more, and so does one name with a stay of the same days.
    fn is_elsewhere(&self) -> bool {
        let stay = self.a.words.when.length() > 1 && self.parties.named > 0;
        let days = match self.judged.dates {
            Dates::Equal => self.parties.named >= 2 || (stay && self.parties.contained()),
            Dates::Overlap | Dates::Near(_) => self.parties.named >= 2,
            _ => false,
        };
        self.judged.places == Places::Abroad && bound_to_place(self.a.words.kind) && !days
    }

    /// Whether the places leave it open that the two are one: they do, or enough is the same besides.
    fn place_agrees(&self) -> bool {
        if !matches!(self.judged.places, Places::Abroad | Places::Elsewhere) {
            return true;
        }
        let named = if bound_to_place(self.a.words.kind) { 2 } else { 1 };
        let stay = self.judged.dates == Dates::Equal && self.a.words.when.length() > 1;
        self.parties.named >= named || ((stay || self.is_on_tour()) && self.parties.named > 0)
    }

    /// Whether the one tells a stay of several days and the other, of about one of them, that the visitor is
    /// there: reports of a tour name now the first town, now the last.
    fn is_on_tour(&self) -> bool {
        let (one, two) = (self.a.words.when, self.b.words.when);
        let visits = [self.a, self.b].iter().all(|facts| facts.words.kind == Kind::Visit);
        let within = |stay: Stretch, about: Stretch| {
            !stay.approximate && stay.length() > 1 && about.approximate && about.length() == 1
        };
        visits && self.judged.dates == Dates::Overlap && (within(one, two) || within(two, one))
    }

    fn dates_and_parties_agree(&self) -> bool {
        let parties = self.parties;
        match self.judged.dates {
            Dates::Exclude | Dates::Apart => false,
            Dates::Moved(gap) => self.moved_agree(gap),
            Dates::Inside => {
                let there = self.is_gathering() && self.judged.places == Places::Equal;
                parties.contained()
                    || self.stands_in()
                    || (there && parties.common() + parties.standing > 0)
            }
            Dates::Equal | Dates::Overlap | Dates::Near(_) => {
                parties.common() >= 2
                    || parties.contained()
                    || parties.contained_aside()
                    || self.stands_in()
                    || (parties.named > 0 && parties.standing > 0)
                    || parties.visitors > 0
                    || self.is_nameless()
            }
        }
    }

    /// A half match needs everything else to be the same.
    fn kind_agrees(&self) -> bool {
        let Parties { named, longer, .. } = self.parties;
        self.judged.kind == Some(true)
            || (self.judged.dates == Dates::Equal && named >= 2 && named == longer)
    }

    /// Whether an announced day and another one belong together: only by somebody who is named, and the
    /// farther apart, the more must agree.
    fn moved_agree(&self, gap: i64) -> bool {
        let Parties { named, rivals, .. } = self.parties;
        let told = matches!(self.judged.places, Places::Equal | Places::Within);
        // A plan that names a body and a country stands for what this body does with one of that country.
        let covered = self.is_gathering() && self.parties.covered() && gap <= MONTH && told;
        rivals == 0
            && (named >= 2
                || (named == 1 && self.parties.contained() && (gap <= MONTH || told))
                || (named == 1 && covered))
    }

    /// Whether a claim without persons stands for one that names them.
    fn stands_in(&self) -> bool {
        let parties = self.parties;
        let (a, b) = (&self.a.words, &self.b.words);
        parties.covered()
            && parties.standing > 0
            && (a.is_faceless() || b.is_faceless())
            && !(a.is_long() || b.is_long())
            && (parties.common() + parties.standing >= 2
                || self.judged.dates == Dates::Equal
                || self.judged.places == Places::Equal)
    }

    /// Whether claims that name nobody agree by place and subject.
    fn is_nameless(&self) -> bool {
        let (one, two) = (&self.a.themes, &self.b.themes);
        self.parties.longer == 0
            && self.judged.dates == Dates::Equal
            && self.judged.places == Places::Equal
            && (one.is_empty() && two.is_empty() || one.iter().any(|theme| two.contains(theme)))
    }

    fn is_gathering(&self) -> bool {
        self.a.words.is_gathering() && self.b.words.is_gathering()
    }
}

/// Kinds that are told by who takes part: another counterpart, another talk.
const fn talks(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Meeting
            | Kind::Visit
            | Kind::Call
            | Kind::Message
            | Kind::Negotiation
            | Kind::Invitation
            | Kind::Appointment
            | Kind::Statement
    )
}

/// Kinds that happen in one place; a route is opened at both ends, a call is made from two.
const fn bound_to_place(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Meeting
            | Kind::Visit
            | Kind::Negotiation
            | Kind::Conference
            | Kind::Exhibition
            | Kind::Appointment
            | Kind::Incident
    )
}
