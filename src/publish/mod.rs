//! Events as the world reads them: JSON, feeds, a calendar, tables and a page.
//!
//! Every writer is a pure function of a [`Channel`] (what the document is and where it lives) and the
//! events in the order in which they are to stand. Nothing here asks what time it is, so the same events
//! give the same bytes. The shapes are interfaces: they have their own row types, apart from the domain.

mod atom;
mod calendar;
mod changes;
mod channel;
mod clean;
mod entry;
mod extension;
mod format;
mod frame;
mod item;
mod json;
mod json_feed;
mod page;
mod ready;
mod row;
mod rss;
mod table;
mod words;

pub use atom::atom;
pub use calendar::{Coarse, calendar};
pub use changes::{Step, What, changes, changes_json};
pub use channel::{Channel, Options, Site, View};
pub use entry::{Entry, entries};
pub use format::Format;
pub use json::{event_json, events_json, ndjson};
pub use json_feed::json_feed;
pub use page::{Chosen, EventPage, ICON, Mend, NoticePage, STYLE, Sorted, TimelinePage};
pub use ready::{PIECES, Sheet, pieces};
pub use row::SourceRow;
pub use rss::rss;
pub use table::csv;
pub use words::language;

/// The shapes of the JSON documents, as schemas by name; the first describes a list of events, the second
/// one event, the third a list of changes.
#[must_use]
pub fn schemas() -> Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)> {
    use utoipa::{PartialSchema, ToSchema};
    fn add<T: ToSchema + PartialSchema>(
        out: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>,
    ) {
        out.push((T::name().into_owned(), T::schema()));
        T::schemas(out);
    }
    let mut out = Vec::new();
    add::<json::EventList<'_>>(&mut out);
    add::<row::EventRow<'_>>(&mut out);
    add::<changes::ChangeList<'_>>(&mut out);
    out
}
