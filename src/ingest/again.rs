//! Stored articles, read again with today's rules: all at once or not at all.

use super::{Counts, Ingest};
use crate::{
    event::Changes,
    model::{ArticleId, EventId},
    store::StoreError,
};
use std::{collections::BTreeMap, fmt, sync::Arc};
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
        let at = self.clock.now();
        self.store
            .write_if(move |writing| {
                let mut again = Again::default();
                again.differences.before = writing.stats()?.events;
                let mut after: Option<ArticleId> = None;
                loop {
                    let stale = writing.articles_not_read_with(&ingest.rules, after, PAGE)?;
                    let Some(last) = stale.last() else { break };
                    after = Some(*last);
                    for id in stale {
                        if stop.is_cancelled() {
                            again.cut_short = true;
                            return Ok((again, false));
                        }
                        let Some(stored) = writing.article(id)? else { continue };
                        let article = ingest.read_stored(stored.article);
                        let (counts, changes) = article.store(writing, at, &ingest.events)?;
                        again.counts = again.counts.and(counts);
                        again.counts.articles += 1;
                        again.differences.add(&changes);
                    }
                }
                again.differences.settle();
                Ok((again, keep == Keep::Changes))
            })
            .await
    }
}

impl Differences {
    /// Adds what one more article changed.
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
