//! Whose a title is: a country's, a body's, that of somebody served.

use super::{Head, Phrase};
use crate::{
    lexicon::gazetteer::{EntryIndex, Function, Link, Sense},
    mention::name::{draft::Reader, token::Gap},
    model::{EntityId, EntityType},
};

/// The most unknown words of a portfolio.
const UNKNOWN: usize = 5;
/// Titles of those who work for the holder of another one.
const AIDES: [&str; 3] = ["adviser", "spokesman", "envoy"];
/// Titles of those who are sent to another country.
pub(super) const ENVOYS: [&str; 6] =
    ["ambassador", "charge-daffaires", "consul", "attache", "envoy", "embassy"];

impl Reader<'_, '_> {
    /// The item after the name of a body in quotation marks, as in "direktor Instituta „Vinča“".
    pub(super) fn after_quoted_name(&self, item: usize, phrase: &Phrase) -> usize {
        let body = item.checked_sub(1).is_some_and(|last| self.is_body(last));
        if phrase.head != Head::Title || !body || !self.opens_quotation(item) {
            return item;
        }
        let mut end = item + 1;
        while self.follows(end) && end - item < UNKNOWN {
            end += 1;
        }
        if self.text.gap(end) == Gap::Quote { end } else { item }
    }

    /// The title of whoever is served: "adviser to the Iranian president" is not the president.
    pub(super) fn served(&self, item: usize, phrase: &mut Phrase) -> Option<usize> {
        if phrase.head != Head::Title || !AIDES.contains(&&*phrase.function.title) {
            return None;
        }
        let served = self.phrase(item, &[Head::Title])?;
        if phrase.function.country.is_none() {
            phrase.function.country.clone_from(&served.function.country);
        }
        phrase.function.portfolios.extend(served.function.portfolios.iter().cloned());
        phrase.function.body =
            Some(EntityId::new(format!("organisation:~office-of-{}", served.function.title)));
        Some(served.items.end - item)
    }

    /// A body told by words that no list has: "predsednik Iranske rvačke federacije" is not Iran's president.
    pub(super) fn unlisted_body(&self, item: usize, phrase: &mut Phrase) -> Option<usize> {
        if phrase.head != Head::Title || phrase.function.body.is_some() || self.lang.is_rtl() {
            return None;
        }
        let nation = self.nation(item);
        let first = if nation.is_some() { item + 1 } else { item };
        let mut head = first;
        while head - first < UNKNOWN && self.text.senses(head).is_empty() && self.follows(head + 1)
        {
            head += 1;
        }
        if head == first || !self.follows(first) || !self.is_body(head) {
            return None;
        }
        let mut body = self.phrase(head, &[Head::Body])?;
        if body.function.country.is_none() {
            body.function.country = nation.and_then(|nation| self.id(nation));
        }
        self.inside(&body, phrase);
        Some(body.items.end - item)
    }

    /// A word with the article belongs to the noun phrase before it: "مدير معهد الدراسات الأوروبية".
    pub(super) fn with_article(&self, item: usize) -> Option<usize> {
        let word = self.text.word(self.text.items.get(item)?.tokens.start);
        let article = &*self.grammar.article;
        let told =
            !article.is_empty() && self.text.senses(item).is_empty() && word.starts_with(article);
        told.then_some(1)
    }

    /// Takes a body at `next`, after a linking word that counts: "state secretary in the ministry of science".
    pub(super) fn at_body(&self, next: usize, phrase: &mut Phrase) -> Option<usize> {
        if phrase.head != Head::Title {
            return None;
        }
        if let Some(body) = self.named_as(next, EntityType::Organisation) {
            return self.of_body(body, phrase).then_some(2);
        }
        let body = self.phrase(next, &[Head::Body])?;
        self.inside(&body, phrase);
        Some(body.items.end + 1 - next)
    }

    /// Words of a portfolio that no list has, if the country follows them: "وزير التربية والرياضة الصربي".
    pub(super) fn unknown_portfolio(&self, item: usize, phrase: &mut Phrase) -> Option<usize> {
        let head = &*phrase.function.title;
        if !matches!(head, "minister" | "ministry")
            || phrase.function.country.is_some()
            || !self.lang.is_rtl()
        {
            return None;
        }
        let mut end = item;
        while end - item < UNKNOWN
            && self.text.senses(end).iter().all(|sense| matches!(sense, Sense::Link(Link::And)))
        {
            if end > item && !self.follows(end) {
                return None;
            }
            end += 1;
            if !self.follows(end) {
                return None;
            }
            if let Some(country) = self.country_of(end) {
                // A portfolio of its own, that fits no other.
                let words = self.text.tokens_of(&(item..end));
                let words: Vec<&str> = words.map(|word| self.text.word(word)).collect();
                phrase.function.portfolios.push(format!("~{}", words.join(" ")).into());
                phrase.function.country = Some(country);
                return Some(end + 1 - item);
            }
        }
        None
    }

    /// Takes a country: first whose the office is, then where its holder is sent.
    pub(super) fn country(&self, place: EntityId, at: bool, phrase: &mut Phrase) -> bool {
        let envoy = ENVOYS.contains(&&*phrase.function.title);
        if phrase.function.country.is_none() && !(at && envoy) {
            phrase.function.country = Some(place);
            return true;
        }
        if envoy
            && phrase.function.posted.is_none()
            && (at || phrase.function.country.as_ref() != Some(&place))
        {
            phrase.function.posted = Some(place);
            return true;
        }
        false
    }

    /// Takes the body that a title belongs to.
    pub(super) fn of_body(&self, body: EntryIndex, phrase: &mut Phrase) -> bool {
        let Some(entry) = self.gazetteer.entry(body) else { return false };
        if phrase.head == Head::Body || phrase.function.body.is_some() {
            return false;
        }
        match entry.sort.as_ref().map(|sort| &*sort.title) {
            Some("parliament")
                if matches!(&*phrase.function.title, "" | "president" | "head" | "speaker") =>
            {
                phrase.function.title = "speaker".into();
            }
            Some("government") if &*phrase.function.title == "president" => {
                phrase.function.title = "prime-minister".into();
            }
            _ => phrase.function.body = Some(entry.entity.id.clone()),
        }
        if phrase.function.country.is_none() {
            phrase.function.country.clone_from(&entry.entity.country);
        }
        true
    }

    /// Takes a body that is told by what it is: "state secretary in the ministry of science".
    pub(super) fn inside(&self, body: &Phrase, phrase: &mut Phrase) {
        let told = &body.function;
        if phrase.function.country.is_none() {
            phrase.function.country.clone_from(&told.country);
        }
        match &*told.title {
            "parliament" if matches!(&*phrase.function.title, "president" | "head" | "speaker") => {
                phrase.function.title = "speaker".into();
            }
            "government" if &*phrase.function.title == "president" => {
                phrase.function.title = "prime-minister".into();
            }
            "central-bank" => phrase.function.title = "governor".into(),
            _ => {
                phrase.function.portfolios.extend(told.portfolios.iter().cloned());
                let country = told.country.clone().or_else(|| phrase.function.country.clone());
                let sort = Function { country, ..told.clone() };
                let listed =
                    self.gazetteer.bodies_for(&sort).next().filter(|_| sort.country.is_some());
                if &*told.title != "ministry" {
                    // A body that no list has is none of those that have an office in the gazetteer.
                    let unlisted = || EntityId::new(format!("organisation:~{}", told.title));
                    let body = listed.map_or_else(unlisted, |entry| entry.entity.id.clone());
                    phrase.function.body = Some(body);
                }
            }
        }
    }
}
