//! Atom (RFC 4287), paged by RFC 5005.

use super::{
    Channel, Entry, Format, Site, clean, entry,
    extension::{self, Element},
    frame::{self, Frame},
};
use atom_syndication::{
    Category, Content, Feed, Generator, Link, Person, Text, WriteConfig,
    extension::{Extension, ExtensionMap},
};
use chrono::{DateTime, FixedOffset, Utc};
use std::collections::BTreeMap;

/// The entries as an Atom feed.
#[must_use]
pub fn atom(channel: &Channel<'_>, entries: &[Entry<'_>]) -> Vec<u8> {
    frame(channel, entry::latest(entries)).around(entries.iter().map(|it| piece(channel.site, it)))
}

/// The feed without its entries.
pub(super) fn frame(channel: &Channel<'_>, updated: DateTime<Utc>) -> Frame {
    let first = channel.url(Format::Atom);
    let mut links = vec![
        link("self", &channel.here_url(Format::Atom), Format::Atom.media_type()),
        link("first", &first, Format::Atom.media_type()),
        link("alternate", &channel.url(Format::Html), Format::Html.media_type()),
    ];
    links.extend(
        channel.next_url(Format::Atom).map(|next| link("next", &next, Format::Atom.media_type())),
    );
    let feed = Feed {
        title: text(&channel.title),
        id: first,
        updated: fixed(updated),
        subtitle: Some(text(&channel.about)),
        authors: vec![Person {
            name: clean::line(&channel.site.title),
            email: channel.site.contact.as_deref().and_then(email),
            uri: channel.site.contact.clone().filter(|contact| contact.contains("://")),
            ..Person::default()
        }],
        generator: Some(Generator { value: "dateline".to_owned(), ..Generator::default() }),
        links,
        namespaces: BTreeMap::from([(
            extension::PREFIX.to_owned(),
            extension::NAMESPACE.to_owned(),
        )]),
        lang: Some("en".to_owned()),
        ..Feed::default()
    };
    Frame::of(&written(&feed), "\n</feed>")
}

/// An entry as it stands in a feed.
pub(super) fn piece(site: &Site, entry: &Entry<'_>) -> String {
    let feed = Feed { entries: vec![item(site, entry)], ..Feed::default() };
    frame::inner(&written(&feed), "\n <entry>", "\n</feed>")
}

/// Writing to memory cannot fail; an empty feed would be no answer, so the error has none either.
fn written(feed: &Feed) -> String {
    let config = WriteConfig { indent_size: Some(1), ..WriteConfig::default() };
    let bytes = feed.write_with_config(Vec::new(), config).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn item(site: &Site, entry: &Entry<'_>) -> atom_syndication::Entry {
    let mut links = vec![link("alternate", &entry.url, Format::Html.media_type())];
    links.extend(entry.reports.iter().filter_map(|report| {
        Some(Link {
            href: report.url.as_ref()?.to_string(),
            rel: "via".to_owned(),
            hreflang: Some(clean::tag(report.lang, &report.sentence).to_owned()),
            title: Some(clean::line(&report.source_name)),
            ..Link::default()
        })
    }));
    atom_syndication::Entry {
        title: text(&entry.title),
        id: entry.id.clone(),
        updated: fixed(entry.updated),
        published: Some(fixed(entry.published)),
        categories: entry
            .categories()
            .into_iter()
            .map(|(scheme, term, label)| Category {
                term: clean::line(term),
                scheme: Some(site.url(scheme)),
                label: Some(clean::line(label)),
            })
            .collect(),
        links,
        content: Some(Content {
            content_type: Some("html".to_owned()),
            value: Some(entry.html.clone()),
            ..Content::default()
        }),
        extensions: extensions(extension::elements(entry)),
        ..atom_syndication::Entry::default()
    }
}

fn extensions(elements: Vec<Element>) -> ExtensionMap {
    let mut fields: BTreeMap<String, Vec<Extension>> = BTreeMap::new();
    for Element { name, attributes, text } in elements {
        // atom_syndication writes the attributes of extensions as they are, so they are escaped here.
        let attrs = attributes
            .into_iter()
            .map(|(key, value)| (key.to_owned(), clean::html(&value)))
            .collect();
        let extension = Extension {
            name: name.to_owned(),
            value: Some(text),
            attrs,
            children: BTreeMap::new(),
        };
        fields.entry(name.to_owned()).or_default().push(extension);
    }
    BTreeMap::from([(extension::PREFIX.to_owned(), fields)])
}

/// The address behind `mailto:`, or one that stands alone.
fn email(contact: &str) -> Option<String> {
    let address = contact.strip_prefix("mailto:").unwrap_or(contact);
    (address.contains('@') && !address.contains("://")).then(|| clean::line(address))
}

fn text(value: &str) -> Text {
    Text::plain(clean::line(value))
}

fn link(rel: &str, href: &str, media_type: &str) -> Link {
    Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

fn fixed(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&FixedOffset::east_opt(0).unwrap_or_else(|| chrono::Offset::fix(&Utc)))
}
