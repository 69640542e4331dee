//! One article, from its text to stored events, in one transaction.

use super::{Counts, Ingest};
use crate::{
    article::Article,
    event::{Arrival, Claim, Topic, consolidate, topics_of},
    mention::{Extraction, Mention},
    model::{ArticleId, TopicId},
    source::feed::Item,
    store::{KnownArticle, Outcome, StoreError, Stored},
};
use std::panic::{AssertUnwindSafe, catch_unwind};

impl Ingest {
    /// Takes an article in, unless it is known and says what it said. `among` holds the topics that its
    /// source may bring; all where empty. Runs on the calling thread, which must be allowed to block.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails. An article that cannot be read is no error: it is stored
    /// with the reason.
    pub fn take(&self, item: Item, among: &[TopicId]) -> Result<Counts, StoreError> {
        let Item { mut article, link_key } = item;
        let seen = Counts { articles: 1, ..Counts::default() };
        if let Some(known) = self.known(&mut article, link_key)? {
            keep_day(&mut article, &known);
            if known.text_hash == article.text_hash()
                && known.published == article.published
                && known.rules == self.rules
            {
                return Ok(seen);
            }
            // Without a date, an edited article is anchored to the day on which it came first.
            if let Some(stored) = self.store.read(|reading| reading.article(article.id))? {
                article.fetched = stored.article.fetched;
            }
        }
        Ok(seen.and(self.read_and_store(Item { article, link_key }, among)?))
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
    pub(super) fn take_again(&self, id: ArticleId) -> Result<Counts, StoreError> {
        let seen = Counts { articles: 1, ..Counts::default() };
        let Some(stored) = self.store.read(|reading| reading.article(id))? else { return Ok(seen) };
        let source = self.sources.iter().find(|source| source.id == stored.article.source);
        let among = source.map(|source| source.topics.as_slice()).unwrap_or_default();
        Ok(seen.and(self.read_and_store(Item { article: stored.article, link_key: None }, among)?))
    }

    fn read_and_store(&self, item: Item, among: &[TopicId]) -> Result<Counts, StoreError> {
        let extraction = match catch_unwind(AssertUnwindSafe(|| (self.read)(&item.article))) {
            Ok(extraction) => extraction,
            Err(panic) => return self.mark(item.article, super::schedule::message(panic)),
        };
        let (outcome, claims) = self.claims(&item.article, &extraction, among);
        let article = item.article.clone();
        match self.write(item, outcome, claims) {
            Err(StoreError::Panicked { what }) => self.mark(article, what),
            stored => stored,
        }
    }

    /// The one transaction of an article: itself, its claims, and what they change.
    fn write(&self, item: Item, outcome: Outcome, now: Vec<Claim>) -> Result<Counts, StoreError> {
        let (at, options) = (self.clock.now(), self.events.clone());
        self.store.write_blocking(move |writing| {
            let Item { article, link_key } = item;
            let stored = writing.put_article(&article, &outcome)?;
            if let Some(key) = link_key {
                writing.put_article_key(article.id, key)?;
            }
            let mut counts = counted(stored);
            counts.relevant = usize::from(outcome.relevant);
            let before = writing.claims_by(article.id)?;
            if before == now {
                return Ok(counts);
            }
            let arrival = Arrival { article: article.id, before, now, at };
            let changes = consolidate(writing, &arrival, &options)?;
            writing.apply(&arrival, &changes)?;
            let new = changes.revised.iter().filter(|revision| revision.event.revision == 1);
            counts.new_events = new.count();
            counts.changed_events = changes.revised.len() - counts.new_events;
            Ok(counts)
        })
    }

    /// Stores an article that could not be read, so that it is not tried at every sweep. What it claimed
    /// before stays.
    fn mark(&self, article: Article, fault: String) -> Result<Counts, StoreError> {
        tracing::error!(article.id = %article.id, "article `{}` of `{}` cannot be read, the others go on: {fault}", article.id, article.source);
        let reason = "it could not be read".to_owned();
        let outcome =
            Outcome { reason, rules: self.rules.clone(), fault: Some(fault), ..Outcome::default() };
        let stored =
            self.store.write_blocking(move |writing| writing.put_article(&article, &outcome))?;
        Ok(Counts { unreadable: 1, ..counted(stored) })
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
