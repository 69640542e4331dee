//! Sources: the feeds that are followed, and what their bytes mean.
//!
//! Everything here is pure: bytes or text come in, articles come out.

pub mod charset;
pub mod date;
pub mod feed;
pub mod html;
pub mod identity;
pub mod repair;
pub mod seed;

use crate::{
    model::{SourceId, TopicId},
    text::Lang,
};
use chrono_tz::Tz;
use url::Url;

/// A feed that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its key in config.toml.
    pub id: SourceId,
    /// The address of the feed.
    pub url: Url,
    /// What it calls itself, for readers.
    pub name: String,
    /// The language of its articles.
    pub lang: Lang,
    /// The time zone in which its days are counted; where absent, the offset that each date is given in.
    pub timezone: Option<Tz>,
    /// The topics to which its articles may belong; all topics where empty.
    pub topics: Vec<TopicId>,
    /// Whether it is fetched.
    pub enabled: bool,
    /// Why it is not fetched, or another remark for the operator.
    pub reason: Option<String>,
}
