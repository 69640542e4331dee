//! `dateline check`: everything that could be wrong with configuration, data files, seeds and database,
//! at once.

use super::talk::Faults;
use crate::{
    config::{Config, ConfigError},
    lexicon::{
        Lexicons,
        gazetteer::{self, Gazetteer},
    },
    source::seed,
    store::Store,
};
use anyhow::{Context as _, anyhow};
use std::{io::Write, path::Path};

/// Runs the verb; what is right goes to `out`, what is wrong to stderr.
pub(super) fn run(
    config: Result<Config, ConfigError>,
    out: &mut dyn Write,
) -> anyhow::Result<Faults> {
    let mut faults = Faults::default();
    let lexicons = match Lexicons::embedded() {
        Ok(lexicons) => {
            writeln!(out, "data files: all read; names: {}", lexicons.gazetteer.entries().len())?;
            data(&lexicons, &mut faults);
            Some(lexicons)
        }
        Err(error) => {
            faults.tell(&error.into());
            None
        }
    };
    match config {
        Ok(config) => {
            configuration(&config, out)?;
            if let Some(lexicons) = &lexicons {
                topics(&config, &lexicons.gazetteer, &mut faults);
            }
            if let Some(folder) = &config.ingest.seeds {
                seeds(folder, out, &mut faults)?;
            }
            if let Err(error) = database(&config, out) {
                faults.tell(&error);
            }
        }
        Err(error) => faults.tell(&error.into()),
    }
    Ok(faults)
}

/// Data that can be read and cannot be right.
fn data(lexicons: &Lexicons, faults: &mut Faults) {
    for fault in gazetteer::lint(&lexicons.gazetteer) {
        faults.tell(&anyhow!("data/gazetteer: {fault}"));
    }
    for untold in lexicons.cues.untold() {
        faults.tell(&anyhow!("{untold}"));
    }
}

fn configuration(config: &Config, out: &mut dyn Write) -> anyhow::Result<()> {
    let file = match &config.file {
        Some(file) => file.display().to_string(),
        None => "the configuration that comes with dateline".to_owned(),
    };
    let enabled = config.sources.iter().filter(|source| source.enabled).count();
    writeln!(
        out,
        "{file}: topics: {}, sources: {}, enabled: {enabled}",
        config.topics.len(),
        config.sources.len()
    )?;
    if config.topics.is_empty() {
        writeln!(out, "  no [[topic]]: no article will make an event")?;
    }
    for source in config.sources.iter().filter(|source| !source.enabled) {
        let reason = source.reason.as_deref().unwrap_or("no reason given");
        writeln!(out, "  `{}` is disabled: {reason}", source.id)?;
    }
    Ok(())
}

/// A topic that asks for a key which no gazetteer has would never fit.
fn topics(config: &Config, gazetteer: &Gazetteer, faults: &mut Faults) {
    for topic in &config.topics {
        let unknown =
            topic.all_of.iter().chain(&topic.any_of).filter(|id| gazetteer.get(id).is_none());
        for id in unknown {
            faults.tell(&anyhow!(
                "[[topic]] `{}`: `{id}` stands in no file of data/gazetteer; correct the key or add an entry",
                topic.id
            ));
        }
    }
}

fn seeds(folder: &Path, out: &mut dyn Write, faults: &mut Faults) -> anyhow::Result<()> {
    let list = folder.join(seed::MANIFEST);
    if !list.exists() {
        writeln!(out, "{}: not there, so no seeds are read", list.display())?;
        return Ok(());
    }
    let seeds = read(&list)
        .and_then(|text| seed::manifest(&text).with_context(|| format!("in {}", folder.display())));
    match seeds {
        Ok(seeds) => {
            writeln!(out, "{}: seeds: {}", list.display(), seeds.len())?;
            for seed in seeds {
                if let Err(error) = read(&folder.join(&seed.file)) {
                    faults.tell(&error);
                }
            }
        }
        Err(error) => faults.tell(&error),
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "checking the seeds means opening them")]
fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn database(config: &Config, out: &mut dyn Write) -> anyhow::Result<()> {
    let path = config.store.path.display();
    if !config.store.path.exists() {
        writeln!(out, "{path}: not there yet; `dateline run` or `dateline ingest` makes it")?;
        return Ok(());
    }
    let stats = Store::open(&config.store)?.read(|reading| reading.stats())?;
    writeln!(
        out,
        "{path}: articles: {}, on topic: {}, events: {}",
        stats.articles, stats.relevant, stats.events
    )?;
    Ok(())
}
