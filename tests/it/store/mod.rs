//! The database through its public face.

mod asking;
mod opening;
pub(crate) mod sample;
mod telling;
