//! Titles and words for bodies, and what stands around them: whose, for what, where.

mod whose;

use super::{draft::Reader, token::Gap};
use crate::{
    lexicon::gazetteer::{EntryIndex, Function, Link, Modifier, OfficeId, Rank, Sense},
    model::{EntityId, EntityType},
};
use std::ops::Range;
use whose::ENVOYS;

/// A head word, a title or a sort of body, with all that is told of it.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub items: Range<usize>,
    pub head: Head,
    pub function: Function,
    pub office: Option<OfficeId>,
    /// Whether its rank makes it somebody else than the holder.
    pub aide: bool,
    pub former: bool,
}

/// What a [`Phrase`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// A person by title.
    Title,
    /// A person by being a counterpart.
    Counterpart,
    /// A body by its sort.
    Body,
}

/// The portfolio of a country's diplomacy.
const DIPLOMACY: &str = "foreign-affairs";
/// The most items that may stand before a head word.
const BEFORE: usize = 5;

impl Reader<'_, '_> {
    /// A head of one of these sorts with all that belongs to it, beginning at item `at`.
    pub(super) fn phrase(&self, at: usize, heads: &[Head]) -> Option<Phrase> {
        // No phrase begins with an unknown word.
        if self.text.senses(at).is_empty() {
            return None;
        }
        let mut phrase = Phrase {
            items: at..at,
            head: Head::Title,
            function: Function::default(),
            office: None,
            aide: false,
            former: false,
        };
        let mut item = at;
        if self.sense(at, |sense| matches!(sense, Sense::Link(_)).then_some(())).is_some() {
            return None;
        }
        while !self.head(item, &mut phrase) {
            if item - at > BEFORE || !self.before(item, &mut phrase) || !self.follows(item + 1) {
                return None;
            }
            item += 1;
        }
        if !heads.contains(&phrase.head) {
            return None;
        }
        phrase.items.end = item + 1;
        self.complete(&mut phrase);
        // Who heads a country's diplomacy is its foreign minister.
        let told = &mut phrase.function;
        let diplomacy = matches!(&*told.title, "head" | "president")
            && told.body.is_none()
            && told.rank.is_none()
            && matches!(told.portfolios.as_slice(), [only] if &**only == DIPLOMACY);
        if diplomacy {
            told.title = "minister".into();
        }
        Some(phrase)
    }

    fn head(&self, item: usize, phrase: &mut Phrase) -> bool {
        if self.several(item).is_some() {
            return false;
        }
        for sense in self.text.senses(item) {
            match *sense {
                Sense::Office(number) => {
                    let Some(office) = self.gazetteer.offices().get(usize::from(number)) else {
                        continue;
                    };
                    phrase.office = Some(office.id.clone());
                    phrase.function = office.function.clone();
                    return true;
                }
                Sense::Title(number) => {
                    let Some(title) = self.grammar.titles.get(usize::from(number)) else {
                        continue;
                    };
                    // "Iranian parliament speaker", told before the title.
                    let led = &*phrase.function.title == "speaker"
                        && matches!(&**title, "president" | "head");
                    if !led {
                        phrase.function.title = title.clone();
                    }
                    return true;
                }
                Sense::Counterpart => {
                    phrase.head = Head::Counterpart;
                    return true;
                }
                Sense::Body(number) => {
                    let Some(body) = self.grammar.bodies.get(usize::from(number)) else { continue };
                    phrase.head = Head::Body;
                    phrase.function.title = body.clone();
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// Takes a word that stands before the head.
    fn before(&self, item: usize, phrase: &mut Phrase) -> bool {
        if self.has(item, Sense::Link(Link::The)) {
            return true;
        }
        if let Some(rank) = self.rank(item) {
            self.rank_told(rank, phrase);
            return true;
        }
        // "A deputy to Iran's energy minister."
        if phrase.function.rank.is_some() && self.has(item, Sense::Link(Link::At)) {
            return true;
        }
        let may = |modifier| self.grammar.before_head.contains(&modifier);
        if let Some(nation) = self.nation(item).filter(|_| may(Modifier::Nation)) {
            phrase.function.country = self.id(nation);
            return true;
        }
        let ranked = phrase.function.rank.is_some();
        if let Some(portfolio) = self.portfolio(item).filter(|_| ranked || may(Modifier::Portfolio))
        {
            phrase.function.portfolios.push(portfolio);
            return true;
        }
        if let Some(body) =
            self.named_as(item, EntityType::Organisation).filter(|_| may(Modifier::Place))
        {
            return self.of_body(body, phrase);
        }
        if let Some(place) = self.place(item).filter(|_| may(Modifier::Place)) {
            phrase.function.country = Some(place);
            return true;
        }
        false
    }

    /// Takes all that stands after the head and belongs to it.
    fn complete(&self, phrase: &mut Phrase) {
        loop {
            let item = phrase.items.end;
            let gap = self.text.gap(item);
            if gap == Gap::Comma
                && !phrase.function.portfolios.is_empty()
                && self.portfolio(item).is_some()
                && phrase.function.country.is_none()
            {
                let next = self.portfolio(item);
                phrase.function.portfolios.extend(next);
                phrase.items.end = item + 1;
                continue;
            }
            if gap > Gap::Joined {
                phrase.items.end = self.after_quoted_name(item, phrase);
                return;
            }
            let Some(taken) = self.after(item, phrase) else { return };
            phrase.items.end = item + taken;
        }
    }

    /// Whether a quotation mark stands right before the item.
    pub(super) fn opens_quotation(&self, item: usize) -> bool {
        let first =
            self.text.items.get(item).and_then(|item| self.text.tokens.get(item.tokens.start));
        first.is_some_and(|token| token.quoted)
    }

    /// Takes what stands at `item`; how many items it is, `None` for what does not belong to the phrase.
    fn after(&self, item: usize, phrase: &mut Phrase) -> Option<usize> {
        if let Some(rank) =
            self.rank(item).filter(|rank| matches!(rank, Rank::Former | Rank::Acting))
        {
            self.rank_told(rank, phrase);
            return Some(1);
        }
        if let Some(portfolio) = self.portfolio(item).filter(|_| {
            phrase.function.country.is_none()
                || phrase.function.rank.is_some()
                || self.grammar.before_head.contains(&Modifier::Nation)
        }) {
            phrase.function.portfolios.push(portfolio);
            return Some(1);
        }
        if let Some(taken) = self.served(item, phrase).or_else(|| self.unlisted_body(item, phrase))
        {
            return Some(taken);
        }
        if let Some(nation) = self.nation(item) {
            return self.country(self.id(nation)?, false, phrase).then_some(1);
        }
        if let Some(body) = self.named_as(item, EntityType::Organisation) {
            return self.of_body(body, phrase).then_some(1);
        }
        if let Some(place) = self.place(item) {
            let taken = self.country(place, false, phrase);
            if taken && !ENVOYS.contains(&&*phrase.function.title) {
                phrase.function.city = self.city(item);
            }
            return taken.then_some(1);
        }
        if self.has(item, Sense::Honorific) {
            return None;
        }
        if let Some(link) = self.sense(item, |sense| match sense {
            Sense::Link(link) => Some(link),
            _ => None,
        }) {
            return self.linked(link, item, phrase);
        }
        if phrase.head == Head::Title
            && let Some(body) = self
                .phrase(item, &[Head::Body])
                .filter(|body| body.function.country.is_some() || phrase.function.body.is_none())
            && self.sense(item, |sense| matches!(sense, Sense::Title(_)).then_some(())).is_none()
        {
            self.inside(&body, phrase);
            return Some(body.items.end - item);
        }
        self.unknown_portfolio(item, phrase).or_else(|| self.with_article(item))
    }

    /// Takes what a linking word at `item` joins to the phrase.
    fn linked(&self, link: Link, item: usize, phrase: &mut Phrase) -> Option<usize> {
        let next = item + 1;
        if !self.follows(next) {
            return None;
        }
        match link {
            Link::And => {
                let portfolio =
                    self.portfolio(next).filter(|_| !phrase.function.portfolios.is_empty())?;
                phrase.function.portfolios.push(portfolio);
                Some(2)
            }
            Link::At => {
                if let Some(taken) = self.served(next, phrase) {
                    return Some(taken + 1);
                }
                let Some(place) = self.place(next) else { return self.at_body(next, phrase) };
                let envoy = ENVOYS.contains(&&*phrase.function.title);
                let whole = self
                    .named(next)
                    .and_then(|entry| self.gazetteer.entry(entry))
                    .is_some_and(|entry| entry.is_country);
                let own = self.grammar.country_at && whole && phrase.function.country.is_none();
                (envoy || own).then_some(())?;
                self.country(place, true, phrase).then_some(2)
            }
            Link::Of | Link::For | Link::The => {
                let before = phrase.items.end;
                let taken = self.after(next, phrase);
                phrase.items.end = before;
                taken.map(|taken| taken + 1)
            }
        }
    }

    fn rank(&self, item: usize) -> Option<Rank> {
        self.sense(item, |sense| match sense {
            Sense::Rank(rank) => Some(rank),
            _ => None,
        })
    }

    fn rank_told(&self, rank: Rank, phrase: &mut Phrase) {
        match rank {
            Rank::Former => {
                phrase.former = true;
                phrase.function.rank = Some(rank.name().into());
            }
            Rank::Aide => phrase.aide = true,
            Rank::Deputy | Rank::Acting => phrase.function.rank = Some(rank.name().into()),
        }
    }

    pub(super) fn portfolio(&self, item: usize) -> Option<std::sync::Arc<str>> {
        self.sense(item, |sense| match sense {
            Sense::Portfolio(number) => self.grammar.portfolios.get(usize::from(number)).cloned(),
            _ => None,
        })
    }

    /// The country that a country or city at `item` stands for.
    pub(super) fn place(&self, item: usize) -> Option<EntityId> {
        let entry = self.named_as(item, EntityType::Place)?;
        self.gazetteer.entry(entry)?.entity.country.clone()
    }

    /// The country of the nation or place at `item`.
    pub(super) fn country_of(&self, item: usize) -> Option<EntityId> {
        self.nation(item).and_then(|nation| self.id(nation)).or_else(|| self.place(item))
    }

    /// Whether the item is a word for a sort of body.
    pub(super) fn is_body(&self, item: usize) -> bool {
        self.text.senses(item).iter().any(|sense| matches!(sense, Sense::Body(_)))
    }

    /// The city at `item`.
    pub(super) fn city(&self, item: usize) -> Option<EntityId> {
        let entry = self.gazetteer.entry(self.named_as(item, EntityType::Place)?)?;
        (!entry.is_country).then(|| entry.entity.id.clone())
    }

    fn id(&self, entry: EntryIndex) -> Option<EntityId> {
        Some(self.gazetteer.entry(entry)?.entity.id.clone())
    }
}
