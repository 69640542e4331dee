//! Articles, from their text to stored events.
//!
//! An article is wholly in or wholly out. A commit costs as much as an article, so several articles that
//! come one after the other share one; each of them is undone alone where it fails.

use super::{
    Counts, Ingest,
    batch::{Batch, Done},
};
use crate::{
    article::Article,
    event::{Arrival, Changes, Claim, Topic, consolidate, topics_of},
    mention::{Extraction, Mention},
    model::{ArticleId, EntityId, TopicId},
    source::feed::Item,
    store::{self, KnownArticle, Outcome, Reading, StoreError, Writing},
};
use chrono::{DateTime, Utc};
use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use tokio_util::sync::CancellationToken;

/// An article that was read and is to be stored.
pub(super) struct ReadArticle {
    item: Item,
    outcome: Outcome,
    /// What it claims; `None` where it could not be read, and what it claimed before stays.
    claims: Option<Vec<Claim>>,
    /// Whether it was read with other rules before, so that its events are put together anew even where it
    /// claims what it claimed.
    again: bool,
}

/// What an article claims.
pub(super) struct Told<'a> {
    /// What it claimed before, if it did.
    pub(super) before: Vec<Claim>,
    /// What it claims now.
    pub(super) now: &'a [Claim],
}

/// How an article that came is stored, if it is, and under which id.
struct Stored {
    id: ArticleId,
    known: Option<KnownArticle>,
}

/// Looks up an article by its id, then by the key of its link.
fn look_up(
    reading: &Reading<'_>,
    id: ArticleId,
    link_key: Option<ArticleId>,
) -> Result<Stored, StoreError> {
    let known = reading.known_article(id)?;
    let (None, Some(key)) = (&known, link_key) else { return Ok(Stored { id, known }) };
    let other = reading.article_known_by(key)?.unwrap_or(key);
    let known = reading.known_article(other)?;
    let id = if known.is_some() { other } else { id };
    Ok(Stored { id, known })
}

impl Ingest {
    /// Reads articles, those left out that are known and say what they said, into a batch, which is stored
    /// whenever it is full; answers how many there were, and `told` what became of those that were stored.
    /// `among` holds the topics that their source may bring; all where empty. `None` when told to end before the
    /// last. Runs on the calling thread, which must be allowed to block.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails. An article that cannot be read is no error: it is stored
    /// with the reason.
    pub(super) fn take_in(
        &self,
        (row, among): (usize, &[TopicId]),
        items: impl Iterator<Item = Item>,
        batch: &mut Batch,
        told: &mut Vec<Done>,
        stop: &CancellationToken,
    ) -> Result<Option<usize>, StoreError> {
        let items: Vec<Item> = items.collect();
        let asked: Vec<_> = items.iter().map(|item| (item.article.id, item.link_key)).collect();
        let stored = self.store.read_to_write(move |reading| {
            asked
                .iter()
                .map(|(id, link)| look_up(reading, *id, *link))
                .collect::<Result<Vec<_>, _>>()
        })?;
        // What came since the database was asked, or waits to be stored.
        let mut since = batch.keys.clone();
        let mut count = 0;
        for (item, mut stored) in items.into_iter().zip(stored) {
            if stop.is_cancelled() {
                return Ok(None);
            }
            // What an article is known by is looked up in the database, so what stands in the batch must be
            // there first.
            let keys = [Some(item.article.id), item.link_key, Some(stored.id)];
            let met = keys.iter().flatten().any(|key| batch.keys.contains(key));
            if met || batch.is_full() {
                for (of, stored) in self.store_all(std::mem::take(batch)) {
                    match stored {
                        Err(error) if of == row => return Err(error),
                        stored => told.push((of, stored)),
                    }
                }
            }
            count += 1;
            if keys.iter().flatten().any(|key| since.contains(key)) {
                let (id, link) = (item.article.id, item.link_key);
                stored = self.store.read(|reading| look_up(reading, id, link))?;
            }
            if let Some(article) = self.read_if_new(item, stored, among)? {
                let keys = keys.into_iter().flatten().chain([article.item.article.id]);
                since.extend(keys.clone());
                batch.keys.extend(keys);
                batch.push(row, article);
            }
        }
        Ok(Some(count))
    }

    /// Reads an article, unless it is known and says what it said. One that is stored under another guid, or came
    /// without a guid before, takes the id that it has there.
    fn read_if_new(
        &self,
        item: Item,
        stored: Stored,
        among: &[TopicId],
    ) -> Result<Option<ReadArticle>, StoreError> {
        let Item { mut article, link_key } = item;
        let mut again = false;
        if let Some(known) = stored.known {
            article.id = stored.id;
            keep_day(&mut article, &known);
            again = known.rules != self.rules;
            if known.text_hash == article.text_hash()
                && known.published == article.published
                && !again
            {
                return Ok(None);
            }
            // Without a date, an edited article is anchored to the day on which it came first.
            if let Some(stored) = self.store.read(|reading| reading.article(article.id))? {
                article.fetched = stored.article.fetched;
            }
        }
        Ok(Some(self.read_article(Item { article, link_key }, among, again)))
    }

    /// Reads a stored article again, with today's rules.
    pub(super) fn read_stored(&self, article: Article) -> ReadArticle {
        let source = self.sources.iter().find(|source| source.id == article.source);
        let among = source.map(|source| source.topics.as_slice()).unwrap_or_default();
        self.read_article(Item { article, link_key: None }, among, true)
    }

    fn read_article(&self, item: Item, among: &[TopicId], again: bool) -> ReadArticle {
        let wanted = |named: &[EntityId]| !topics_of(&self.topics, among, named).is_empty();
        match catch_unwind(AssertUnwindSafe(|| (self.read)(&item.article, &wanted))) {
            Ok(extraction) => {
                let (outcome, claims) = self.claims(&item.article, &extraction, among);
                ReadArticle { item, outcome, claims: Some(claims), again }
            }
            Err(panic) => unreadable(item, super::schedule::message(panic), &self.rules),
        }
    }

    /// Stores a batch in one transaction; where that fails, each source alone, so that none disturbs another.
    pub(super) fn store_all(&self, batch: Batch) -> Vec<Done> {
        let rows = batch.rows();
        let batch = Arc::new(batch);
        match self.commit(&batch, None) {
            Ok(counts) => {
                let of = |row| counts.get(&row).copied().unwrap_or_default();
                rows.into_iter().map(|row| (row, Ok(of(row)))).collect()
            }
            Err(_) => {
                let alone = |row| {
                    let counts = self.commit(&batch, Some(row))?;
                    Ok(counts.into_values().fold(Counts::default(), Counts::and))
                };
                rows.into_iter().map(|row| (row, alone(row))).collect()
            }
        }
    }

    /// Stores what a batch holds, wholly or not at all; or what it holds of one row, and then an article that
    /// breaks on the way is undone and stored as unreadable.
    fn commit(
        &self,
        batch: &Arc<Batch>,
        only: Option<usize>,
    ) -> Result<BTreeMap<usize, Counts>, StoreError> {
        let (batch, rules) = (Arc::clone(batch), self.rules.clone());
        let (at, options) = (self.clock.now(), self.events.clone());
        self.store.write_blocking(move |writing| {
            let wanted = |row: usize| only.is_none_or(|only| only == row);
            // So that an article can be undone alone, SQLite keeps a copy of every page that it touches: that
            // is for where one has broken.
            let store = |article: &ReadArticle| {
                if only.is_none() {
                    return article.store(writing, at, &options);
                }
                writing.apart(|writing| article.store(writing, at, &options))
            };
            let mut counts: BTreeMap<usize, Counts> = BTreeMap::new();
            writing.file_words_later();
            for (row, article) in batch.articles.iter().filter(|(row, _)| wanted(*row)) {
                let stored = match store(article) {
                    Err(StoreError::Panicked { what }) => {
                        store(&unreadable(article.item.clone(), what, &rules))?
                    }
                    stored => stored?,
                };
                let of = counts.entry(*row).or_default();
                *of = of.and(stored);
            }
            for (_, id, state) in batch.states.iter().filter(|(row, ..)| wanted(*row)) {
                writing.put_source_state(id, state)?;
            }
            Ok(counts)
        })
    }

    fn claims(
        &self,
        article: &Article,
        extraction: &Extraction,
        among: &[TopicId],
    ) -> (Outcome, Vec<Claim>) {
        let topics = topics_of(&self.topics, among, &extraction.entities);
        let reason = if topics.is_empty() {
            "it names what no topic asks for"
        } else {
            "it names what its topics ask for"
        };
        let outcome = Outcome {
            relevant: !topics.is_empty(),
            reason: reason.to_owned(),
            topics: topics.clone(),
            rules: self.rules.clone(),
            fault: None,
        };
        if topics.is_empty() {
            return (outcome, Vec::new());
        }
        // A story holds the claims whose parties and places are its own, not all that the article tells.
        let claimed_by = |mention: &Mention| -> Vec<TopicId> {
            let fits =
                |topic: &&Topic| topics.contains(&topic.id) && topic.claims(mention, extraction);
            let mut claimed: Vec<TopicId> =
                self.topics.iter().filter(fits).map(|topic| topic.id.clone()).collect();
            claimed.sort_unstable();
            claimed
        };
        let claim = |mention: &Mention| Claim {
            mention: mention.clone(),
            article: article.id,
            source: article.source.clone(),
            lang: extraction.lang,
            published: article.published.map(crate::article::Published::day),
            topics: claimed_by(mention),
            fetched: article.fetched,
        };
        let claims = extraction.mentions.iter().map(claim).filter(|claim| !claim.topics.is_empty());
        (outcome, claims.collect())
    }
}

impl ReadArticle {
    /// How long its text is.
    pub(super) fn bytes(&self) -> usize {
        self.item.article.text.len()
    }

    /// Stores the article, its claims, and what they change.
    fn store(
        &self,
        writing: &Writing<'_>,
        at: DateTime<Utc>,
        options: &crate::event::Options,
    ) -> Result<Counts, StoreError> {
        let (counts, told) = self.put(writing)?;
        let Some(Told { before, now }) = told else { return Ok(counts) };
        if before == now && (before.is_empty() || !self.again) {
            return Ok(counts);
        }
        let article = self.item.article.id;
        let (changes, gone) = settle(writing, article, now, at, options)?;
        // Where a claim goes that others repeat, one of these counts from now on.
        for claim in gone {
            if let Some(id) = writing.repeated_by(&claim)? {
                settle(writing, id, &writing.claims_by(id)?, at, options)?;
            }
        }
        Ok(counts.and(Counts::of(&changes)))
    }

    /// Stores the article without its claims; answers them, those that it made before too. `None` where it
    /// could not be read.
    pub(super) fn put(
        &self,
        writing: &Writing<'_>,
    ) -> Result<(Counts, Option<Told<'_>>), StoreError> {
        let Item { article, link_key } = &self.item;
        let mut counts = counted(writing.put_article(article, &self.outcome)?);
        let Some(now) = &self.claims else {
            counts.unreadable = 1;
            return Ok((counts, None));
        };
        if let Some(key) = link_key {
            writing.put_article_key(article.id, *key)?;
        }
        counts.relevant = usize::from(self.outcome.relevant);
        let before = if counts.new > 0 { Vec::new() } else { writing.claims_by(article.id)? };
        Ok((counts, Some(Told { before, now })))
    }
}

/// An article that cannot be read: stored, so that it is not tried at every sweep.
fn unreadable(item: Item, fault: String, rules: &str) -> ReadArticle {
    let Article { id, source, .. } = &item.article;
    tracing::error!(article.id = %id, "article `{id}` of `{source}` cannot be read, the others go on: {fault}");
    let reason = "it could not be read".to_owned();
    let outcome =
        Outcome { reason, rules: rules.to_owned(), fault: Some(fault), ..Outcome::default() };
    ReadArticle { item, outcome, claims: None, again: false }
}

/// Stores what an article claims and all that this changes; answers the changes, and the claims that it made
/// before and makes no longer.
fn settle(
    writing: &Writing<'_>,
    article: ArticleId,
    claims: &[Claim],
    at: DateTime<Utc>,
    options: &crate::event::Options,
) -> Result<(Changes, Vec<Claim>), StoreError> {
    let (now, repeats) = parted(writing, claims)?;
    let before = writing.counted_claims_by(article)?;
    let arrival = Arrival { article, before, now, at };
    let changes = consolidate(writing, &arrival, options)?;
    writing.apply_with(&arrival, &repeats, &changes)?;
    let Arrival { mut before, now, .. } = arrival;
    before.retain(|claim| now.iter().all(|other| other.mention.id != claim.mention.id));
    Ok((changes, before))
}

/// Claims that count, and those that only repeat.
pub(super) fn parted(
    writing: &Writing<'_>,
    claims: &[Claim],
) -> Result<(Vec<Claim>, Vec<Claim>), StoreError> {
    let (mut now, mut repeats) = (Vec::with_capacity(claims.len()), Vec::new());
    for claim in claims {
        let list = if writing.repeats(claim)? { &mut repeats } else { &mut now };
        list.push(claim.clone());
    }
    Ok((now, repeats))
}

/// The first publication day that was told is kept: feeds that write "now" at each fetch would move the
/// dates of old articles. A day that was missing is taken.
fn keep_day(article: &mut Article, known: &KnownArticle) {
    if known.published.is_some() {
        article.published = known.published;
    }
}

fn counted(stored: store::Stored) -> Counts {
    let mut counts = Counts::default();
    match stored {
        store::Stored::New => counts.new = 1,
        store::Stored::Changed => counts.edited = 1,
        store::Stored::Same => {}
    }
    counts
}
