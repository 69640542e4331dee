//! What dateline knows of languages and of the world: data files, embedded, read once, checked when read.

pub mod matcher;
