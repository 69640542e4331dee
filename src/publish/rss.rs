//! RSS 2.0.

use super::{
    Channel, Entry, Format, Site, clean, entry,
    extension::{self, Element},
    frame::{self, Frame},
    row,
};
use chrono::{DateTime, Utc};
use rss::{
    Category, Guid, Item,
    extension::{Extension, ExtensionMap},
};
use std::collections::BTreeMap;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// The entries as an RSS channel.
#[must_use]
pub fn rss(channel: &Channel<'_>, entries: &[Entry<'_>]) -> Vec<u8> {
    frame(channel, entry::latest(entries)).around(entries.iter().map(|it| piece(channel.site, it)))
}

/// The channel without its items.
pub(super) fn frame(channel: &Channel<'_>, updated: DateTime<Utc>) -> Frame {
    let mut links = vec![
        atom_link("self", &channel.here_url(Format::Rss)),
        atom_link("first", &channel.url(Format::Rss)),
    ];
    links.extend(channel.next_url(Format::Rss).map(|next| atom_link("next", &next)));
    let feed = rss::Channel {
        title: clean::line(&channel.title),
        link: channel.url(Format::Html),
        description: clean::line(&channel.about),
        language: Some("en".to_owned()),
        last_build_date: Some(rfc822(updated)),
        generator: Some("dateline".to_owned()),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        namespaces: BTreeMap::from([
            ("atom".to_owned(), ATOM.to_owned()),
            (extension::PREFIX.to_owned(), extension::NAMESPACE.to_owned()),
        ]),
        extensions: collect("atom", links),
        ..rss::Channel::default()
    };
    Frame::of(&written(&feed), "\n </channel>")
}

/// An entry as it stands in a channel.
pub(super) fn piece(site: &Site, entry: &Entry<'_>) -> String {
    let feed = rss::Channel { items: vec![item(site, entry)], ..rss::Channel::default() };
    frame::inner(&written(&feed), "\n  <item>", "\n </channel>")
}

/// Writing to memory cannot fail.
fn written(feed: &rss::Channel) -> String {
    let bytes = feed.pretty_write_to(Vec::new(), b' ', 1).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn item(site: &Site, entry: &Entry<'_>) -> Item {
    let fields = extension::elements(entry).into_iter().map(extension).collect();
    let updated = Extension {
        name: "atom:updated".to_owned(),
        value: Some(row::instant(entry.updated)),
        ..Extension::default()
    };
    let mut extensions = collect(extension::PREFIX, fields);
    extensions.extend(collect("atom", vec![updated]));
    Item {
        title: Some(clean::line(&entry.title)),
        link: Some(entry.url.clone()),
        description: Some(entry.html.clone()),
        guid: Some(Guid { value: entry.id.clone(), permalink: false }),
        pub_date: Some(rfc822(entry.published)),
        categories: entry
            .categories()
            .into_iter()
            .map(|(scheme, _, label)| Category {
                name: clean::line(label),
                domain: Some(site.url(scheme)),
            })
            .collect(),
        extensions,
        ..Item::default()
    }
}

fn extension(Element { name, attributes, text }: Element) -> Extension {
    Extension {
        name: name.to_owned(),
        value: Some(text),
        attrs: attributes.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        ..Extension::default()
    }
}

fn collect(prefix: &str, elements: Vec<Extension>) -> ExtensionMap {
    let mut fields: BTreeMap<String, Vec<Extension>> = BTreeMap::new();
    for element in elements {
        fields.entry(element.name.clone()).or_default().push(element);
    }
    BTreeMap::from([(prefix.to_owned(), fields)])
}

fn atom_link(rel: &str, href: &str) -> Extension {
    let attrs = [("rel", rel), ("href", href), ("type", Format::Rss.media_type())];
    Extension {
        name: "atom:link".to_owned(),
        attrs: attrs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        ..Extension::default()
    }
}

/// A date in the form of RFC 822 with a year of four digits, in English whatever the locale.
fn rfc822(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
