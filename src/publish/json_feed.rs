//! JSON Feed 1.1, with the typed fields of each event as the extension `_dateline`.

use super::{
    Channel, Entry, Format, clean, json,
    row::{self, EventRow},
};
use serde::Serialize;

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    description: &'a str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    language: &'static str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    title: &'a str,
    content_html: &'a str,
    content_text: &'a str,
    date_published: String,
    date_modified: String,
    language: &'static str,
    tags: Vec<&'a str>,
    #[serde(rename = "_dateline", skip_serializing_if = "Option::is_none")]
    dateline: Option<Extension<'a>>,
}

#[derive(Serialize)]
struct Extension<'a> {
    about: String,
    #[serde(flatten)]
    event: EventRow<'a>,
}

/// The entries as a JSON Feed.
#[must_use]
pub fn json_feed(channel: &Channel<'_>, entries: &[Entry<'_>]) -> Vec<u8> {
    let contact = channel.site.contact.as_deref();
    json::bytes(&Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        description: &channel.about,
        home_page_url: channel.url(Format::Html),
        feed_url: channel.url(Format::JsonFeed),
        next_url: channel.next_url(Format::JsonFeed),
        language: "en",
        authors: [Author { name: &channel.site.title, url: contact.and_then(author_url) }],
        items: entries.iter().map(|entry| item(channel, entry)).collect(),
    })
}

fn item<'a>(channel: &Channel<'_>, entry: &'a Entry<'a>) -> Item<'a> {
    Item {
        id: &entry.id,
        url: &entry.url,
        external_url: entry.reports.iter().find_map(|report| Some(report.url.as_ref()?.as_str())),
        title: &entry.title,
        content_html: &entry.html,
        content_text: &entry.text,
        date_published: row::instant(entry.published),
        date_modified: row::instant(entry.updated),
        language: "en",
        tags: entry.categories().into_iter().map(|(_, _, label)| label).collect(),
        dateline: entry.event.map(|event| Extension {
            about: channel.site.url("openapi.json"),
            event: EventRow::of(channel.site, event, entry.reports),
        }),
    }
}

/// Where readers reach the operator, as a URL.
fn author_url(contact: &str) -> Option<String> {
    if contact.contains("://") || contact.starts_with("mailto:") {
        Some(contact.to_owned())
    } else {
        contact.contains('@').then(|| format!("mailto:{}", clean::line(contact)))
    }
}
