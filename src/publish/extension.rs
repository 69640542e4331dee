//! The typed fields of an event in Atom and RSS: elements of a namespace of dateline's own, described in
//! docs/api.md.

use super::{Entry, clean};

/// The namespace. A UUID, because an address would tie the format to an owner of that address.
pub(super) const NAMESPACE: &str = "urn:uuid:5a0e6f3c-2f6b-8d4a-9b51-6f3d1c9e7a20";

/// The prefix that dateline's own documents use.
pub(super) const PREFIX: &str = "dateline";

/// An element: its name with prefix, attributes and text. Attributes hold keys, dates and language tags.
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) attributes: Vec<(&'static str, String)>,
    pub(super) text: String,
}

/// The typed fields of an entry.
pub(super) fn elements(entry: &Entry<'_>) -> Vec<Element> {
    let Some(event) = entry.event else { return Vec::new() };
    let range = event.when.when.range();
    let mut date = vec![
        ("precision", event.when.precision.name().to_owned()),
        ("basis", event.when.basis.name().to_owned()),
    ];
    date.extend(range.first().map(|day| ("first", day.to_string())));
    date.extend(range.last().map(|day| ("last", day.to_string())));
    let mut out = vec![
        element("dateline:date", date, event.when.when.to_string()),
        element("dateline:kind", vec![], event.kind.name().to_owned()),
        element("dateline:status", vec![], event.status.name().to_owned()),
        element("dateline:confidence", vec![], event.confidence.per_cent().to_string()),
        element("dateline:revision", vec![], event.revision.to_string()),
    ];
    out.extend(
        event.previous.map(|previous| element("dateline:previous", vec![], previous.to_string())),
    );
    out.extend(event.parties.iter().map(|party| {
        let attributes =
            vec![("id", party.who.id.to_string()), ("role", party.role.name().to_owned())];
        element("dateline:actor", attributes, clean::line(&party.who.name))
    }));
    out.extend(event.place.iter().map(|place| {
        element("dateline:place", vec![("id", place.id.to_string())], clean::line(&place.name))
    }));
    for report in entry.reports {
        let attributes = vec![
            ("xml:lang", clean::tag(report.lang, &report.sentence).to_owned()),
            ("dir", clean::direction(report.lang).to_owned()),
            ("source", report.source.to_string()),
        ];
        out.push(element(
            "dateline:evidence",
            attributes,
            clean::xml(&report.sentence).into_owned(),
        ));
        if let Some(url) = &report.url {
            let attributes = vec![("source", report.source.to_string())];
            out.push(element("dateline:article", attributes, url.to_string()));
        }
    }
    out
}

const fn element(
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
) -> Element {
    Element { name, attributes, text }
}
