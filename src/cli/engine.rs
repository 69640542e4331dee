//! What a sweep needs, put together from the configuration.

use crate::{
    article::Article,
    clock::SystemClock,
    config::Config,
    event::{self, Topic},
    fetch::Http,
    ingest::Ingest,
    lexicon::Lexicons,
    mention,
    model::EntityId,
    store::Store,
};
use anyhow::Context as _;
use std::sync::Arc;

/// Opens the database, and makes it where it is missing.
pub(super) fn start(config: &Config, lexicons: Arc<Lexicons>) -> anyhow::Result<Arc<Ingest>> {
    let store = Store::open(&config.store)?;
    let clock = Arc::new(SystemClock);
    let fetch = Http::new(config.fetch.clone(), clock.clone()).context("cannot fetch anything")?;
    Ok(Arc::new(Ingest {
        store,
        fetch: Arc::new(fetch),
        clock,
        read: Box::new(move |article: &Article, wanted| {
            mention::extract_if(article, article.anchor(), &lexicons, wanted)
        }),
        rules: rules(config),
        topics: config.topics.clone(),
        sources: config.sources.clone(),
        events: event::Options::default(),
        options: config.ingest.clone(),
    }))
}

/// Names the rules of this build together with the stories that are followed: what was read under another
/// name is stale.
fn rules(config: &Config) -> String {
    let mut stories = blake3::Hasher::new();
    for Topic { id, title: _, all_of, any_of } in &config.topics {
        // None of these keys holds a line break.
        let keys =
            |ids: &[EntityId]| ids.iter().map(EntityId::as_str).collect::<Vec<_>>().join("\t");
        stories.update(format!("{id}\n{}\n{}\n", keys(all_of), keys(any_of)).as_bytes());
    }
    format!(
        "{}-{}",
        env!("DATELINE_RULES"),
        stories.finalize().to_hex().get(..16).unwrap_or_default()
    )
}
