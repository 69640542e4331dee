//! Articles, from their text to stored events.
//!
//! An article is wholly in or wholly out. A commit costs as much as an article, so several articles that
//! come one after the other share one; each of them is undone alone where it fails.

use super::{Counts, Ingest};
use crate::{
    article::Article,
    event::{Arrival, Changes, Claim, Topic, consolidate, topics_of},
    mention::{Extraction, Mention},
    model::{ArticleId, TopicId},
    source::feed::Item,
    store::{KnownArticle, Outcome, StoreError, Stored, Writing},
};
use chrono::{DateTime, Utc};
use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
};
use tokio_util::sync::CancellationToken;

/// How many articles share a commit at most.
const COMMIT: usize = 64;

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

/// Articles that are to share a commit.
#[derive(Default)]
struct Batch {
    articles: Vec<ReadArticle>,
    /// What they are known by.
    keys: HashSet<ArticleId>,
}

impl Ingest {
    /// Takes articles in, those left out that are known and say what they said. `among` holds the topics
    /// that their source may bring; all where empty. `None` when told to end before the last; what was read
    /// until then is stored. Runs on the calling thread, which must be allowed to block.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails. An article that cannot be read is no error: it is stored
    /// with the reason.
    pub(super) fn take_in(
        &self,
        items: impl Iterator<Item = Item>,
        among: &[TopicId],
        stop: &CancellationToken,
    ) -> Result<Option<Counts>, StoreError> {
        let mut counts = Counts::default();
        let mut batch = Batch::default();
        for item in items {
            if stop.is_cancelled() {
                self.store_all(batch)?;
                return Ok(None);
            }
            // What an article is known by is looked up in the database, so what stands in the batch must be
            // there first.
            let keys = [Some(item.article.id), item.link_key];
            let met = keys.iter().flatten().any(|key| batch.keys.contains(key));
            if met || batch.articles.len() >= COMMIT {
                counts = counts.and(self.store_all(std::mem::take(&mut batch))?);
            }
            counts.articles += 1;
            if let Some(article) = self.read_if_new(item, among)? {
                batch.keys.extend(keys.into_iter().flatten());
                batch.keys.insert(article.item.article.id);
                batch.articles.push(article);
            }
        }
        Ok(Some(counts.and(self.store_all(batch)?)))
    }

    /// Reads an article, unless it is known and says what it said.
    fn read_if_new(
        &self,
        item: Item,
        among: &[TopicId],
    ) -> Result<Option<ReadArticle>, StoreError> {
        let Item { mut article, link_key } = item;
        let mut again = false;
        if let Some(known) = self.known(&mut article, link_key)? {
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

    /// How an article is stored, if it is. One that is stored under another guid, or came without a guid
    /// before, takes the id that it has there.
    fn known(
        &self,
        article: &mut Article,
        link_key: Option<ArticleId>,
    ) -> Result<Option<KnownArticle>, StoreError> {
        self.store.read(|reading| {
            let known = reading.known_article(article.id)?;
            let (None, Some(key)) = (&known, link_key) else { return Ok(known) };
            let id = reading.article_known_by(key)?.unwrap_or(key);
            let known = reading.known_article(id)?;
            if known.is_some() {
                article.id = id;
            }
            Ok(known)
        })
    }

    /// Reads a stored article again, with today's rules.
    pub(super) fn read_stored(&self, article: Article) -> ReadArticle {
        let source = self.sources.iter().find(|source| source.id == article.source);
        let among = source.map(|source| source.topics.as_slice()).unwrap_or_default();
        self.read_article(Item { article, link_key: None }, among, true)
    }

    fn read_article(&self, item: Item, among: &[TopicId], again: bool) -> ReadArticle {
        match catch_unwind(AssertUnwindSafe(|| (self.read)(&item.article))) {
            Ok(extraction) => {
                let (outcome, claims) = self.claims(&item.article, &extraction, among);
                ReadArticle { item, outcome, claims: Some(claims), again }
            }
            Err(panic) => self.unreadable(item, super::schedule::message(panic)),
        }
    }

    /// An article that cannot be read: stored, so that it is not tried at every sweep.
    fn unreadable(&self, item: Item, fault: String) -> ReadArticle {
        let Article { id, source, .. } = &item.article;
        tracing::error!(article.id = %id, "article `{id}` of `{source}` cannot be read, the others go on: {fault}");
        let reason = "it could not be read".to_owned();
        let outcome =
            Outcome { reason, rules: self.rules.clone(), fault: Some(fault), ..Outcome::default() };
        ReadArticle { item, outcome, claims: None, again: false }
    }

    /// Stores articles in one transaction. One that breaks on the way is undone and stored as unreadable.
    fn store_all(&self, batch: Batch) -> Result<Counts, StoreError> {
        if batch.articles.is_empty() {
            return Ok(Counts::default());
        }
        let (at, options) = (self.clock.now(), self.events.clone());
        let (counts, broken) = self.store.write_blocking(move |writing| {
            let (mut counts, mut broken) = (Counts::default(), Vec::new());
            writing.file_words_later();
            for article in batch.articles {
                match writing.apart(|writing| article.store(writing, at, &options)) {
                    Ok((stored, _)) => counts = counts.and(stored),
                    Err(StoreError::Panicked { what }) => broken.push((article.item, what)),
                    Err(error) => return Err(error),
                }
            }
            Ok((counts, broken))
        })?;
        broken.into_iter().try_fold(counts, |counts, (item, fault)| {
            let article = self.unreadable(item, fault);
            let (at, options) = (self.clock.now(), self.events.clone());
            let stored =
                self.store.write_blocking(move |writing| article.store(writing, at, &options))?;
            Ok(counts.and(stored.0))
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
    /// Stores the article, its claims, and what they change.
    pub(super) fn store(
        &self,
        writing: &Writing<'_>,
        at: DateTime<Utc>,
        options: &crate::event::Options,
    ) -> Result<(Counts, Changes), StoreError> {
        let Item { article, link_key } = &self.item;
        let mut counts = counted(writing.put_article(article, &self.outcome)?);
        let Some(now) = &self.claims else {
            counts.unreadable = 1;
            return Ok((counts, Changes::default()));
        };
        if let Some(key) = link_key {
            writing.put_article_key(article.id, *key)?;
        }
        counts.relevant = usize::from(self.outcome.relevant);
        let before = if counts.new > 0 { Vec::new() } else { writing.claims_by(article.id)? };
        if before == *now && (before.is_empty() || !self.again) {
            return Ok((counts, Changes::default()));
        }
        let (changes, gone) = settle(writing, article.id, now, at, options)?;
        // Where a claim goes that others repeat, one of these counts from now on.
        for claim in gone {
            if let Some(id) = writing.repeated_by(&claim)? {
                settle(writing, id, &writing.claims_by(id)?, at, options)?;
            }
        }
        let new = changes.revised.iter().filter(|revision| revision.event.revision == 1);
        counts.new_events = new.count();
        counts.changed_events = changes.revised.len() - counts.new_events;
        Ok((counts, changes))
    }
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
    let (mut now, mut repeats) = (Vec::with_capacity(claims.len()), Vec::new());
    for claim in claims {
        let list = if writing.repeats(claim)? { &mut repeats } else { &mut now };
        list.push(claim.clone());
    }
    let before = writing.counted_claims_by(article)?;
    let arrival = Arrival { article, before, now, at };
    let changes = consolidate(writing, &arrival, options)?;
    writing.apply_with(&arrival, &repeats, &changes)?;
    let Arrival { mut before, now, .. } = arrival;
    before.retain(|claim| now.iter().all(|other| other.mention.id != claim.mention.id));
    Ok((changes, before))
}

/// The first publication day that was told is kept: feeds that write "now" at each fetch would move the
/// dates of old articles. A day that was missing is taken.
fn keep_day(article: &mut Article, known: &KnownArticle) {
    if known.published.is_some() {
        article.published = known.published;
    }
}

fn counted(stored: Stored) -> Counts {
    let mut counts = Counts::default();
    match stored {
        Stored::New => counts.new = 1,
        Stored::Changed => counts.edited = 1,
        Stored::Same => {}
    }
    counts
}
