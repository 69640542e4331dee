//! Stored articles, read again with today's rules: all at once or not at all.
//!
//! First all articles are read, then all events are put together, each once: so that an event is compared with
//! what it was before and never with what half of its articles made of it on the way.

use super::{
    Counts, Ingest,
    article::{Told, parted},
};
use crate::{
    event::{Changes, Claim, Heirs, Resettled, resettle},
    model::{ArticleId, EventId, MentionId},
    store::{StoreError, Writing},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fmt,
    sync::Arc,
};
use tokio_util::sync::CancellationToken;

/// How many articles are asked for at once.
const PAGE: u32 = 256;

/// Whether what reading again changes is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Readers see the old state until all is read, and then the new one.
    Changes,
    /// Nothing is kept: a rehearsal.
    Nothing,
}

/// What reading again came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Again {
    /// What became of the articles.
    pub counts: Counts,
    /// What became of the events.
    pub differences: Differences,
    /// Whether it was told to end before it was through; then nothing is changed.
    pub cut_short: bool,
}

/// How the events differ after many changes from what they were before, told once for each event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// How many events there were before.
    pub before: u64,
    events: BTreeMap<EventId, Difference>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Difference {
    is_new: bool,
    headline: String,
    /// Field, value before, value after.
    fields: BTreeMap<&'static str, (String, String)>,
    end: Option<End>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Merged(EventId),
    Withdrawn,
}

impl Ingest {
    /// Reads all stored articles again that were read with other rules than today's, in one transaction.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn read_again(
        self: &Arc<Self>,
        keep: Keep,
        stop: &CancellationToken,
    ) -> Result<Again, StoreError> {
        let (ingest, stop) = (Arc::clone(self), stop.clone());
        self.store
            .write_if(move |writing| {
                let mut again = Again::default();
                again.differences.before = writing.stats()?.events;
                let read = ingest.read_stale(writing, &mut again.counts, &stop)?;
                let settled = match read {
                    Some(read) => ingest.settle_again(writing, &read, &mut again, &stop)?,
                    None => false,
                };
                again.cut_short = !settled;
                Ok((again, settled && keep == Keep::Changes))
            })
            .await
    }

    /// Reads stale articles, and stores what they claim now. Events stay as they are, even where that does not
    /// fit any longer. `None` when told to end before the last.
    fn read_stale(
        &self,
        writing: &Writing<'_>,
        counts: &mut Counts,
        stop: &CancellationToken,
    ) -> Result<Option<Reread>, StoreError> {
        let mut read = Reread::default();
        let mut after: Option<ArticleId> = None;
        loop {
            let stale = writing.articles_not_read_with(&self.rules, after, PAGE)?;
            let Some(last) = stale.last() else { return Ok(Some(read)) };
            after = Some(*last);
            for id in stale {
                if stop.is_cancelled() {
                    return Ok(None);
                }
                let Some(stored) = writing.article(id)? else { continue };
                read.events.extend(&stored.events);
                let article = self.read_stored(stored.article);
                let (put, told) = article.put(writing)?;
                *counts = counts.and(put);
                counts.articles += 1;
                if let Some(Told { before, now }) = told {
                    read.replace(writing, id, &before, now)?;
                }
            }
        }
    }

    /// Puts all events together that have to do with what was read. Answers whether it came to an end.
    fn settle_again(
        &self,
        writing: &Writing<'_>,
        read: &Reread,
        again: &mut Again,
        stop: &CancellationToken,
    ) -> Result<bool, StoreError> {
        let at = self.clock.now();
        let mut done = (HashSet::new(), HashSet::new());
        let events = read.events.iter().map(|event| (Some(*event), None));
        let mentions = read.mentions.iter().map(|mention| (None, Some(*mention)));
        for (event, mention) in events.chain(mentions) {
            if stop.is_cancelled() {
                return Ok(false);
            }
            let is_done = event.is_some_and(|event| done.0.contains(&event))
                || mention.is_some_and(|mention| done.1.contains(&mention));
            if is_done {
                continue;
            }
            let event = event.map(|event| writing.last_known(event)).transpose()?.map(Arc::new);
            let mentions = mention.as_slice();
            let Resettled { changes, events, mentions } =
                resettle(writing, event, mentions, &read.heirs, at, &self.events)?;
            writing.apply_resettled(&changes, at)?;
            again.counts = again.counts.and(Counts::of(&changes));
            again.differences.add(&changes);
            done.0.extend(events);
            done.1.extend(mentions);
        }
        again.differences.settle();
        writing.settle_repeats(read.repeats.iter().copied())?;
        Ok(true)
    }
}

/// Articles that were read again, and on which events that has a bearing.
#[derive(Default)]
struct Reread {
    /// The events that the articles told of before.
    events: BTreeSet<EventId>,
    /// What they claim now.
    mentions: BTreeSet<MentionId>,
    /// What they only repeat now.
    repeats: BTreeSet<MentionId>,
    heirs: Heirs,
}

impl Reread {
    /// Stores what an article claims now.
    fn replace(
        &mut self,
        writing: &Writing<'_>,
        article: ArticleId,
        before: &[Claim],
        now: &[Claim],
    ) -> Result<(), StoreError> {
        self.heirs.add(before, now);
        self.file(writing, article, now)?;
        // Where a claim goes that others repeat, one of these counts from now on.
        for gone in before {
            if now.iter().all(|claim| claim.mention.id != gone.mention.id)
                && let Some(id) = writing.repeated_by(gone)?
            {
                self.file(writing, id, &writing.claims_by(id)?)?;
            }
        }
        Ok(())
    }

    fn file(
        &mut self,
        writing: &Writing<'_>,
        article: ArticleId,
        claims: &[Claim],
    ) -> Result<(), StoreError> {
        let (now, repeats) = parted(writing, claims)?;
        writing.replace_claims(article, &now, &repeats, &self.heirs)?;
        for id in now.iter().map(|claim| claim.mention.id) {
            self.repeats.remove(&id);
            self.mentions.insert(id);
        }
        for id in repeats.iter().map(|claim| claim.mention.id) {
            self.mentions.remove(&id);
            self.repeats.insert(id);
        }
        Ok(())
    }
}

impl Differences {
    /// Adds what changed. An event that was withdrawn may come back.
    fn add(&mut self, changes: &Changes) {
        for (event, into) in &changes.merged {
            self.events.entry(*event).or_default().end = Some(End::Merged(*into));
        }
        for event in &changes.withdrawn {
            self.events.entry(*event).or_default().end = Some(End::Withdrawn);
        }
        for revision in &changes.revised {
            let event = &revision.event;
            let fresh = Difference { is_new: event.revision == 1, ..Difference::default() };
            let difference = self.events.entry(event.id).or_insert(fresh);
            difference.end = None;
            difference.headline.clone_from(&event.headline);
            for change in &revision.changes {
                let from = || (change.from.clone(), String::new());
                let field = difference.fields.entry(change.field).or_insert_with(from);
                field.1.clone_from(&change.to);
            }
        }
    }

    /// Leaves out what changed and changed back.
    fn settle(&mut self) {
        self.events.retain(|_, difference| {
            difference.fields.retain(|_, (from, to)| from != to);
            match difference.end {
                Some(_) => !difference.is_new,
                None => difference.is_new || !difference.fields.is_empty(),
            }
        });
    }

    /// How many events of before have no longer their own id: they lead to another, or nowhere.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.events.values().filter(|difference| difference.end.is_some()).count()
    }

    /// How many events are new.
    #[must_use]
    pub fn new_events(&self) -> usize {
        self.events.values().filter(|difference| difference.is_new).count()
    }

    /// How many events have other fields than before.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.events.len() - self.lost() - self.new_events()
    }
}

/// One line for each event that differs.
impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, Difference { is_new, headline, fields, end }) in &self.events {
            match end {
                Some(End::Merged(into)) => writeln!(f, "merged     {id}  into {into}")?,
                Some(End::Withdrawn) => writeln!(f, "withdrawn  {id}")?,
                None if *is_new => {
                    let date = fields.get("date").map_or("", |(_, to)| to.as_str());
                    writeln!(f, "new        {id}  {date}  {headline}")?;
                }
                None => {
                    write!(f, "changed    {id}  {headline}: ")?;
                    for (n, (field, (from, to))) in fields.iter().enumerate() {
                        let comma = if n > 0 { ", " } else { "" };
                        write!(f, "{comma}{field} `{from}` to `{to}`")?;
                    }
                    writeln!(f)?;
                }
            }
        }
        Ok(())
    }
}
