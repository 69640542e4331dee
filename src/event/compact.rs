//! [`Facts`] in few bytes, for the index: what is met there is compared before anything else is read.
//!
//! Numbers are little-endian, what may be absent has a byte in front that says so, lists have their length
//! in one byte. The form is the store's: a change of it needs a migration.

use super::facts::{Facts, Level, Member, Spot, Stretch, Words};
use crate::model::{ArticleId, Kind, MentionId, Status};
use chrono::{Datelike as _, NaiveDate};

impl Facts {
    /// In bytes; some hundred.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Out(Vec::with_capacity(160));
        out.0.extend(self.mention.as_bytes());
        out.0.extend(self.article.as_bytes());
        out.option(self.published, Out::day);
        out.list(&self.themes, |out, theme| out.number(*theme));
        out.words(&self.words);
        out.0
    }

    /// Reads what [`Facts::to_bytes`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut input = In(bytes);
        let (mention, article) = (input.take()?, input.take()?);
        let facts = Self {
            mention: MentionId::from_bytes(mention),
            article: ArticleId::from_bytes(article),
            published: input.option(In::day)?,
            themes: input.list(In::number)?,
            words: input.words()?,
        };
        input.0.is_empty().then_some(facts)
    }
}

impl Words {
    /// In bytes; the same words, the same bytes.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Out(Vec::with_capacity(96));
        out.words(self);
        out.0
    }
}

struct Out(Vec<u8>);

impl Out {
    fn words(&mut self, words: &Words) {
        self.position(&Kind::ALL, words.kind);
        self.position(&Status::ALL, words.status);
        self.stretch(words.when);
        self.option(words.previous, Self::stretch);
        self.option(words.place, Self::spot);
        self.list(&words.members, |out, member| {
            out.position(&Level::ALL, member.level);
            out.number(member.key);
            out.option(member.country, Self::number);
        });
    }

    fn number(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    fn day(&mut self, day: NaiveDate) {
        self.0.extend(day.num_days_from_ce().to_le_bytes());
    }

    fn stretch(&mut self, stretch: Stretch) {
        self.day(stretch.first);
        self.day(stretch.last);
        self.0.push(u8::from(stretch.approximate) | u8::from(stretch.coarse) << 1);
    }

    fn spot(&mut self, spot: Spot) {
        self.number(spot.key);
        self.option(spot.country, Self::number);
    }

    /// The position of `one` in the list of all.
    fn position<T: Copy + PartialEq>(&mut self, all: &[T], one: T) {
        let position = all.iter().position(|other| *other == one);
        self.0.push(position.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX));
    }

    fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.0.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// A list; what exceeds the length that a byte can tell is left out.
    fn list<T>(&mut self, list: &[T], write: impl Fn(&mut Self, &T)) {
        let length = u8::try_from(list.len()).unwrap_or(u8::MAX);
        self.0.push(length);
        list.iter().take(usize::from(length)).for_each(|entry| write(self, entry));
    }
}

struct In<'b>(&'b [u8]);

impl In<'_> {
    fn words(&mut self) -> Option<Words> {
        Some(Words {
            kind: self.position(&Kind::ALL)?,
            status: self.position(&Status::ALL)?,
            when: self.stretch()?,
            previous: self.option(Self::stretch)?,
            place: self.option(Self::spot)?,
            members: self.list(Self::member)?,
        })
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take().map(|[byte]| byte)
    }

    fn number(&mut self) -> Option<u64> {
        self.take().map(u64::from_le_bytes)
    }

    fn day(&mut self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(self.take()?))
    }

    fn stretch(&mut self) -> Option<Stretch> {
        let (first, last, flags) = (self.day()?, self.day()?, self.byte()?);
        Some(Stretch { first, last, approximate: flags & 1 != 0, coarse: flags & 2 != 0 })
    }

    fn spot(&mut self) -> Option<Spot> {
        Some(Spot { key: self.number()?, country: self.option(Self::number)? })
    }

    fn member(&mut self) -> Option<Member> {
        let level = self.position(&Level::ALL)?;
        Some(Member { level, key: self.number()?, country: self.option(Self::number)? })
    }

    fn position<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(usize::from(self.byte()?)).copied()
    }

    fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            1 => read(self).map(Some),
            _ => None,
        }
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.byte()?;
        (0..length).map(|_| read(self)).collect()
    }
}
