//! dateline follows a story over time: it reads news feeds in Arabic, Persian, Serbian and English, finds
//! the dated events in them and serves them as one timeline.
//!
//! Read in this order: [`text`], [`calendar`] and [`model`] are the words; [`lexicon`], [`timex`],
//! [`mention`] and [`event`] are the pure core from text to events; [`source`] and [`publish`] translate
//! from and to the formats of the world; [`fetch`], [`store`], [`ingest`] and [`serve`] are the edges;
//! [`config`] and [`cli`] put them together.

pub mod article;
pub mod calendar;
pub mod cli;
pub mod clock;
pub mod config;
pub mod event;
pub mod fetch;
pub mod ingest;
pub mod lexicon;
pub mod mention;
pub mod model;
pub mod publish;
pub mod serve;
pub mod source;
pub mod store;
pub mod text;
pub mod timex;
