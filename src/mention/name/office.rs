//! Titles and what stands around them: whose, for what, where; and the name beside them.

use super::{
    draft::{Draft, Reader, Who},
    token::Gap,
};
use crate::{
    lexicon::gazetteer::{EntryIndex, Function, Link, Modifier, OfficeId, Rank, Sense},
    model::{EntityId, EntityType},
};
use std::ops::Range;

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

/// The most items that may stand before a head word.
const BEFORE: usize = 5;
/// The most unknown words of a portfolio.
const UNKNOWN: usize = 5;
/// Titles of those who work for the holder of another one.
const AIDES: [&str; 3] = ["adviser", "spokesman", "envoy"];
/// Titles of those who are sent to another country.
const ENVOYS: [&str; 6] =
    ["ambassador", "charge-daffaires", "consul", "attache", "envoy", "embassy"];

impl Reader<'_, '_> {
    /// A title with its holder that begins at item `at`; the item after it.
    pub(super) fn office(&self, at: usize, first: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let phrase = self.phrase(at, &[Head::Title, Head::Counterpart])?;
        let end = phrase.items.end;
        if phrase.aide {
            return Some(end);
        }
        let function = Some(phrase.function.clone());
        let office = phrase.office.clone();
        if let Some(run) = self.holder_right(&phrase) {
            let who = self.who(&run);
            let function = function.map(|function| self.with_country_after(run.end, function));
            let mut draft = self.draft(phrase.items.start..run.end, who);
            draft.core = self.text.tokens_of(&run);
            drafts.push(Draft { function, office, ..draft });
            return Some(run.end);
        }
        if self.bind_left(&phrase, first, drafts) {
            return Some(end);
        }
        if let Some(run) = self.apposition(&phrase, drafts) {
            let mut draft = self.draft(phrase.items.start..run.end, self.who(&run));
            draft.core = self.text.tokens_of(&run);
            drafts.push(Draft { function, office, ..draft });
            return Some(run.end);
        }
        // "Deputy prime minister and interior minister Ivica Dačić" is one person with two offices.
        if self.is_and(end)
            && let Some(next) = self.phrase(end + 1, &[Head::Title])
            && (phrase.function.country.is_none() || next.function.country.is_none())
            && self.holder_right(&next).is_some()
        {
            return Some(end + 1);
        }
        if phrase.former {
            return Some(end);
        }
        let who = if phrase.head == Head::Counterpart { Who::Counterpart } else { Who::Holder };
        drafts.push(Draft { function, office, ..self.draft(phrase.items, who) });
        Some(end)
    }

    /// "Prime Minister Jovan Dren of Montenegro": the country after the name.
    fn with_country_after(&self, item: usize, function: Function) -> Function {
        let told = function.country.is_some()
            || !self.follows(item + 1)
            || !self.has(item, Sense::Link(Link::Of));
        let country = if told { function.country } else { self.place(item + 1) };
        Function { country, ..function }
    }

    /// The name right after a title: "ministar Dejan Ristić".
    fn holder_right(&self, phrase: &Phrase) -> Option<Range<usize>> {
        let end = phrase.items.end;
        if self.text.gap(end) > Gap::Quote {
            return None;
        }
        let start = self.after_honorifics(end)?;
        if self.text.gap(start) > Gap::Quote {
            return None;
        }
        if self.named_as(start, EntityType::Person).is_some() {
            return Some(start..start + 1);
        }
        let run = self.name_right(start)?;
        let words = self.text.tokens_of(&run);
        let last = words.end.checked_sub(1)?;
        // "The head of the Veterinary organisation": an adjective of a body, not a name.
        let described = run.len() == 1 && self.follows(run.end) && self.is_body(run.end);
        if described {
            return None;
        }
        let plausible = if self.lang.is_rtl() {
            let quoted = self.text.tokens.get(words.start).is_some_and(|token| token.quoted);
            quoted
                || run.clone().any(|item| self.is_given(item)) && words.len() > 1
                || self.grammar.ends_like_surname(self.text.word(last))
                || self.surname(run.start).is_some()
                || words.len() > 1 && self.told_enough(phrase)
        } else {
            true
        };
        plausible.then_some(run)
    }

    /// Whether a title is so complete that what follows is a name rather than more of the title.
    fn told_enough(&self, phrase: &Phrase) -> bool {
        let last = phrase.items.end.checked_sub(1);
        last.is_some_and(|last| self.nation(last).is_some() || self.place(last).is_some())
    }

    /// Gives the office to the person named right before it: "Dejan Ristić, the Serbian minister".
    fn bind_left(&self, phrase: &Phrase, first: usize, drafts: &mut Vec<Draft>) -> bool {
        let mut start = phrase.items.start;
        while start > 0 && self.follows(start) && self.has(start - 1, Sense::Link(Link::The)) {
            start -= 1;
        }
        let gap = self.text.gap(start);
        let near = matches!(gap, Gap::Comma | Gap::Aside)
            || gap <= Gap::Quote && self.grammar.name_before_title;
        if !near {
            return false;
        }
        let words = self.text.tokens_of(&(start..phrase.items.end));
        let last = drafts.len();
        if let Some(draft) =
            drafts.last_mut().filter(|draft| last > first && draft.words.end == words.start)
        {
            let person = match &draft.who {
                Who::Listed(entry) => self.gazetteer.entry(*entry).is_some_and(|known| {
                    known.entity_type == EntityType::Person && self.may_hold(*entry, phrase)
                }),
                Who::Surname(people) => people.iter().any(|person| self.may_hold(*person, phrase)),
                Who::Unlisted(_) | Who::Family(_) => true,
                _ => false,
            };
            if person && draft.function.is_none() {
                draft.words.end = words.end;
                draft.function = Some(phrase.function.clone());
                draft.office.clone_from(&phrase.office);
                return true;
            }
            return false;
        }
        let Some(run) = self.name_left(start) else { return false };
        let core = self.text.tokens_of(&run);
        if drafts.iter().skip(first).any(|draft| draft.words.end > core.start) {
            return false;
        }
        let mut draft = self.draft(run.start..phrase.items.end, self.who(&run));
        draft.core = core;
        drafts.push(Draft {
            function: Some(phrase.function.clone()),
            office: phrase.office.clone(),
            ..draft
        });
        true
    }

    /// Whether the gazetteer does not speak against a person holding this office.
    fn may_hold(&self, person: EntryIndex, phrase: &Phrase) -> bool {
        let known =
            self.gazetteer.offices_for(&phrase.function).any(|office| !office.terms.is_empty());
        let country = self.gazetteer.entry(person).and_then(|entry| entry.entity.country.clone());
        let foreign = phrase.function.country.is_some()
            && country.is_some()
            && phrase.function.country != country;
        !foreign
            && (!known
                || self.gazetteer.terms_of(person, &phrase.function).next().is_some()
                || phrase.former)
    }

    /// The name after a title and a comma: "the Serbian minister, Dejan Ristić, said".
    fn apposition(&self, phrase: &Phrase, drafts: &[Draft]) -> Option<Range<usize>> {
        let end = phrase.items.end;
        if self.text.gap(end) != Gap::Comma
            || drafts
                .last()
                .is_some_and(|last| last.words.end > self.text.tokens_of(&phrase.items).start)
        {
            return None;
        }
        let start = self.after_honorifics(end)?;
        if let Some(person) = self.named_as(start, EntityType::Person) {
            return self.may_hold(person, phrase).then(|| start..start + 1);
        }
        let run = self.name_right(start)?;
        let words = self.text.tokens_of(&run);
        let closed = self.text.gap(run.end) >= Gap::Quote;
        let likely = self.is_given(run.start)
            || self.grammar.ends_like_surname(self.text.word(words.end.checked_sub(1)?));
        (words.len() > 1 && (likely || closed && !self.lang.is_rtl())).then_some(run)
    }

    /// A head of one of these sorts with all that belongs to it, beginning at item `at`.
    pub(super) fn phrase(&self, at: usize, heads: &[Head]) -> Option<Phrase> {
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

    /// The item after the name of a body in quotation marks, as in "direktor Instituta „Vinča“".
    fn after_quoted_name(&self, item: usize, phrase: &Phrase) -> usize {
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

    /// The title of whoever is served: "adviser to the Iranian president" is not the president.
    fn served(&self, item: usize, phrase: &mut Phrase) -> Option<usize> {
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
    fn unlisted_body(&self, item: usize, phrase: &mut Phrase) -> Option<usize> {
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
    fn with_article(&self, item: usize) -> Option<usize> {
        let word = self.text.word(self.text.items.get(item)?.tokens.start);
        let article = &*self.grammar.article;
        let told =
            !article.is_empty() && self.text.senses(item).is_empty() && word.starts_with(article);
        told.then_some(1)
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

    /// Takes a body at `next`, after a linking word that counts: "state secretary in the ministry of science".
    fn at_body(&self, next: usize, phrase: &mut Phrase) -> Option<usize> {
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
    fn unknown_portfolio(&self, item: usize, phrase: &mut Phrase) -> Option<usize> {
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
    fn country(&self, place: EntityId, at: bool, phrase: &mut Phrase) -> bool {
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
    fn of_body(&self, body: EntryIndex, phrase: &mut Phrase) -> bool {
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
    fn inside(&self, body: &Phrase, phrase: &mut Phrase) {
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
