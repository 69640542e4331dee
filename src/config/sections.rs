//! The sections of config.toml, one function each; together, because each is short and all are read the same way.

use super::{
    Config, Environment, Fault,
    section::{Reader, Section},
};
use crate::{
    event::Topic,
    fetch, ingest,
    model::{EntityId, SourceId, TopicId},
    publish::{self, View},
    serve,
    source::Source,
    store,
    text::Lang,
};
use chrono_tz::Tz;
use ipnet::IpNet;
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};
use url::Url;

pub(super) fn parse(
    text: &str,
    path: &Path,
    environment: &Environment,
) -> Result<Config, Vec<Fault>> {
    let (mut reader, mut root) = Reader::new(text);
    let folder = path.parent().unwrap_or(Path::new(""));
    let views = read_views(&mut reader, &mut root);
    let site = read_site(&mut reader, &mut root, views);
    let serve = read_server(&mut reader, &mut root, environment);
    let store = read_store(&mut reader, &mut root, folder, environment);
    let fetch = read_fetch(&mut reader, &mut root);
    let ingest = read_ingest(&mut reader, &mut root, folder);
    let topics = read_topics(&mut reader, &mut root);
    let sources = read_sources(&mut reader, &mut root, &topics);
    root.finish(&mut reader);
    let faults = reader.finish();
    if faults.is_empty() {
        Ok(Config {
            file: Some(path.to_owned()),
            site,
            serve,
            store,
            fetch,
            ingest,
            topics,
            sources,
        })
    } else {
        Err(faults)
    }
}

/// `[site]`
fn read_site<'i>(
    reader: &mut Reader<'i>,
    root: &mut Section<'i>,
    views: Vec<View>,
) -> publish::Options {
    let standard = publish::Options::default();
    let mut section = root.section(reader, "site");
    let options = publish::Options {
        title: section.check(reader, "title", some_text).unwrap_or(standard.title),
        base_url: section.check(reader, "base_url", |text: String| address(&text)),
        contact: section.read(reader, "contact"),
        publish_text: section
            .check(reader, "publish_text", |ids: Vec<String>| source_ids(&ids))
            .unwrap_or_default(),
        front: section.check(reader, "front", |id: String| known_view(id, &views)),
        views,
    };
    section.finish(reader);
    options
}

/// `[server]`
fn read_server<'i>(
    reader: &mut Reader<'i>,
    root: &mut Section<'i>,
    environment: &Environment,
) -> serve::Options {
    let standard = serve::Options::default();
    let mut section = root.section(reader, "server");
    let written = section.check(reader, "listen", |text: String| socket(&text));
    let mut limit = |key, standard| section.check(reader, key, seconds).unwrap_or(standard);
    let request_timeout = limit("request_timeout_s", standard.request_timeout);
    let header_timeout = limit("header_timeout_s", standard.header_timeout);
    let write_timeout = limit("write_timeout_s", standard.write_timeout);
    let stop_deadline = limit("stop_deadline_s", standard.stop_deadline);
    let max_connections =
        section.check(reader, "max_connections", at_least(1)).unwrap_or(standard.max_connections);
    let page_size = section.check(reader, "page_size", page_size).unwrap_or(standard.page_size);
    section.finish(reader);
    let set = environment.listen.as_ref().map(|value| socket(&value.to_string_lossy()));
    let set = set.and_then(|set| {
        set.map_err(|what| reader.elsewhere(format!("DATELINE_LISTEN: {what}"))).ok()
    });
    serve::Options {
        listen: set.or(written).unwrap_or(standard.listen),
        request_timeout,
        header_timeout,
        write_timeout,
        stop_deadline,
        max_connections,
        page_size,
    }
}

/// `[store]`
fn read_store<'i>(
    reader: &mut Reader<'i>,
    root: &mut Section<'i>,
    folder: &Path,
    environment: &Environment,
) -> store::Options {
    let standard = store::Options::default();
    let mut section = root.section(reader, "store");
    let path = section.read::<PathBuf>(reader, "path").unwrap_or(standard.path);
    let busy_timeout =
        section.check(reader, "busy_timeout_ms", millis).unwrap_or(standard.busy_timeout);
    let readers = section.check(reader, "readers", at_least(1)).unwrap_or(standard.readers);
    section.finish(reader);
    let path = environment.db.as_ref().map_or_else(|| folder.join(path), PathBuf::from);
    store::Options {
        path,
        busy_timeout,
        readers,
        read_limit: None,
        mapped: false,
        pace: store::Pace::default(),
        ready: Some(store::Ready { version: publish::PIECES, write: publish::pieces }),
    }
}

/// `[fetch]`
fn read_fetch<'i>(reader: &mut Reader<'i>, root: &mut Section<'i>) -> fetch::Options {
    let standard = fetch::Options::default();
    let mut section = root.section(reader, "fetch");
    let options = fetch::Options {
        timeout: section.check(reader, "timeout_s", seconds).unwrap_or(standard.timeout),
        max_body_bytes: section
            .check(reader, "max_body_bytes", at_least(1024))
            .unwrap_or(standard.max_body_bytes),
        per_host: section.check(reader, "per_host", at_least(1)).unwrap_or(standard.per_host),
        max_redirects: section
            .check(reader, "max_redirects", at_least(0))
            .unwrap_or(standard.max_redirects),
        allow_private: section
            .check(reader, "allow_private", nets)
            .unwrap_or(standard.allow_private),
        user_agent: section.check(reader, "user_agent", header).unwrap_or(standard.user_agent),
    };
    section.finish(reader);
    options
}

/// `[schedule]` and `[seeds]`
fn read_ingest<'i>(
    reader: &mut Reader<'i>,
    root: &mut Section<'i>,
    folder: &Path,
) -> ingest::Options {
    let standard = ingest::Options::default();
    let mut section = root.section(reader, "schedule");
    let cron = section.check(reader, "cron", cron).unwrap_or(standard.cron);
    let jitter = section.check(reader, "jitter_s", seconds_or_none).unwrap_or(standard.jitter);
    let stop_deadline =
        section.check(reader, "stop_deadline_s", seconds).unwrap_or(standard.stop_deadline);
    let workers = section.check(reader, "workers", at_least(1)).unwrap_or(standard.workers);
    section.finish(reader);
    let mut section = root.section(reader, "seeds");
    let seeds = section.read::<PathBuf>(reader, "folder").or(standard.seeds);
    let seeds = seeds.filter(|seeds| !seeds.as_os_str().is_empty()).map(|seeds| folder.join(seeds));
    section.finish(reader);
    ingest::Options { cron, jitter, stop_deadline, workers, seeds }
}

/// `[[topic]]`
fn read_topics<'i>(reader: &mut Reader<'i>, root: &mut Section<'i>) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for mut section in root.sections(reader, "topic") {
        let id = section.required(reader, "id", |id: String| TopicId::new(&id));
        let title = section.read::<String>(reader, "title");
        let all_of = section.check(reader, "all_of", entities).unwrap_or_default();
        let any_of = section.check(reader, "any_of", entities).unwrap_or_default();
        let at = section.at();
        section.finish(reader);
        let Some(id) = id else { continue };
        if all_of.is_empty() && any_of.is_empty() {
            reader.fault(
                at.clone(),
                format!("[[topic]] `{id}` fits every article; give `all_of` or `any_of`"),
            );
        }
        if topics.iter().any(|topic| topic.id == id) {
            reader.fault(at, format!("[[topic]] `{id}` is there twice; give each its own `id`"));
        }
        topics.push(Topic { title: title.unwrap_or_else(|| id.to_string()), id, all_of, any_of });
    }
    topics
}

/// `[[view]]`
fn read_views<'i>(reader: &mut Reader<'i>, root: &mut Section<'i>) -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    for mut section in root.sections(reader, "view") {
        let id = section.required(reader, "id", |id: String| view_id(&id));
        let title = section.check(reader, "title", some_text);
        let about = section.check(reader, "about", some_text);
        let query = section.required(reader, "query", |query: String| view_query(&query));
        let at = section.at();
        section.finish(reader);
        let (Some(id), Some(query)) = (id, query) else { continue };
        if views.iter().any(|view| view.id == id) {
            reader.fault(at, format!("[[view]] `{id}` is there twice; give each its own `id`"));
        }
        views.push(View { title: title.unwrap_or_else(|| id.clone()), id, about, query });
    }
    views
}

/// `[[source]]`
fn read_sources<'i>(
    reader: &mut Reader<'i>,
    root: &mut Section<'i>,
    known: &[Topic],
) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    let mut seen = BTreeMap::new();
    for mut section in root.sections(reader, "source") {
        let id = section.required(reader, "id", |id: String| SourceId::new(&id));
        let url = section.required(reader, "url", |text: String| address(&text));
        let name = section.read::<String>(reader, "name");
        let lang = section.required(reader, "lang", |tag: String| lang(&tag));
        let timezone = section.check(reader, "timezone", |name: String| timezone(&name));
        let topics =
            section.check(reader, "topics", |names| topics(names, known)).unwrap_or_default();
        let enabled = section.read(reader, "enabled").unwrap_or(true);
        let reason = section.read(reader, "reason");
        let at = section.at();
        section.finish(reader);
        let (Some(id), Some(url), Some(lang)) = (id, url, lang) else { continue };
        if let Some(other) = seen.insert(id.clone(), url.clone()) {
            reader.fault(
                at,
                format!(
                    "[[source]] `{id}` is there twice, also for {other}; give each its own `id`"
                ),
            );
        }
        let name = name.unwrap_or_else(|| id.to_string());
        sources.push(Source { id, url, name, lang, timezone, topics, enabled, reason });
    }
    sources
}

fn view_id(id: &str) -> Result<String, String> {
    let id = SourceId::new(id).map_err(|error| error.to_string())?.to_string();
    if serve::is_taken(&id) {
        return Err(format!("`{id}` is an address of the service; give the view another one"));
    }
    Ok(id)
}

fn source_ids(ids: &[String]) -> Result<Vec<SourceId>, String> {
    ids.iter().map(|id| SourceId::new(id).map_err(|error| error.to_string())).collect()
}

fn known_view(id: String, views: &[View]) -> Result<String, String> {
    if views.iter().any(|view| view.id == id) {
        Ok(id)
    } else {
        Err(format!("`{id}` is no [[view]] of this file"))
    }
}

fn view_query(query: &str) -> Result<String, String> {
    let query = query.trim_start_matches('?');
    let told = |faults: Vec<serve::Fault>| {
        let told = faults.into_iter().map(|fault| {
            let example = match fault.example.as_str() {
                "" => String::new(),
                example => format!(", such as `{example}`"),
            };
            format!("{}; give {}{example}", fault.detail, fault.allowed)
        });
        told.collect::<Vec<_>>().join("; ")
    };
    serve::check_view(query).map_err(told).map(|()| query.to_owned())
}

fn seconds(n: i64) -> Result<Duration, String> {
    match u64::try_from(n) {
        Ok(n @ 1..=86_400) => Ok(Duration::from_secs(n)),
        _ => Err(format!("`{n}` is not a number of seconds from 1 to 86400")),
    }
}

fn millis(n: i64) -> Result<Duration, String> {
    match u64::try_from(n) {
        Ok(n @ 0..=600_000) => Ok(Duration::from_millis(n)),
        _ => Err(format!("`{n}` is not a number of milliseconds from 0 to 600000")),
    }
}

fn seconds_or_none(n: i64) -> Result<Duration, String> {
    if n == 0 { Ok(Duration::ZERO) } else { seconds(n) }
}

fn at_least(least: usize) -> impl Fn(i64) -> Result<usize, String> {
    move |n| {
        usize::try_from(n)
            .ok()
            .filter(|n| *n >= least)
            .ok_or_else(|| format!("`{n}` is too small; give at least {least}"))
    }
}

fn nets(nets: Vec<String>) -> Result<Vec<IpNet>, String> {
    let net = |net: String| {
        net.parse()
            .map_err(|_| format!("`{net}` is not a net; write it as `127.0.0.0/8` or `::1/128`"))
    };
    nets.into_iter().map(net).collect()
}

fn page_size(n: i64) -> Result<u32, String> {
    u32::try_from(n)
        .ok()
        .filter(|n| (1..=serve::MOST).contains(n))
        .ok_or_else(|| format!("`{n}` is not a number of events from 1 to {}", serve::MOST))
}

fn some_text(text: String) -> Result<String, &'static str> {
    if text.trim().is_empty() { Err("it is empty") } else { Ok(text) }
}

fn socket(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!(
            "`{text}` is not an address to listen on; write it as `127.0.0.1:8080` or `[::]:8080`"
        )
    })
}

fn header(text: String) -> Result<String, String> {
    if !text.trim().is_empty() && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        Ok(text)
    } else {
        Err(format!("`{}` cannot be sent; use printable ASCII letters", text.escape_debug()))
    }
}

fn cron(text: String) -> Result<String, ingest::CronError> {
    ingest::Cron::new(&text).map(|_| text)
}

fn address(text: &str) -> Result<Url, String> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        Ok(url) => Err(format!(
            "`{text}` has the scheme `{}`; feeds are fetched over http or https",
            url.scheme()
        )),
        Err(error) => Err(format!("`{text}` is not an address: {error}; write it with https://")),
    }
}

fn lang(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| format!("`{tag}` is not read; use ar, fa, sr or en"))
}

fn timezone(name: &str) -> Result<Tz, String> {
    name.parse().map_err(|_| {
        format!("`{name}` is not a time zone; write it as `Europe/Belgrade` or `Asia/Tehran`")
    })
}

fn topics(names: Vec<String>, known: &[Topic]) -> Result<Vec<TopicId>, String> {
    let topic = |name: String| match known.iter().find(|topic| topic.id.as_str() == name) {
        Some(topic) => Ok(topic.id.clone()),
        None => Err(format!("`{name}` is no [[topic]] of this file")),
    };
    names.into_iter().map(topic).collect()
}

fn entities(keys: Vec<String>) -> Result<Vec<EntityId>, String> {
    let entity = |key: String| {
        let id = EntityId::new(key);
        if id.entity_type().is_some() {
            Ok(id)
        } else {
            Err(format!(
                "`{id}` is no key of the gazetteer; write it as `place:iran`, `theme:ai`, `person:...` or `organisation:...`"
            ))
        }
    };
    keys.into_iter().map(entity).collect()
}
