//! Events as the world reads them: JSON, feeds, a calendar, tables and a page.
//!
//! Every writer is a pure function of a [`Channel`] (what the document is and where it lives) and the
//! events in the order in which they are to stand. Nothing here asks what time it is, so the same events
//! give the same bytes. The shapes are interfaces: they have their own row types, apart from the domain.

mod atom;
mod calendar;
mod channel;
mod clean;
mod entry;
mod extension;
mod format;
mod json;
mod json_feed;
mod page;
mod row;
mod rss;
mod table;
mod words;

pub use atom::atom;
pub use calendar::{Coarse, calendar};
pub use channel::{Channel, Options, Site};
pub use entry::{Entry, changes, entries};
pub use format::Format;
pub use json::{event_json, events_json, ndjson};
pub use json_feed::json_feed;
pub use page::{Chosen, EventPage, ICON, NoticePage, STYLE, Sorted, TimelinePage};
pub use rss::rss;
pub use table::csv;
