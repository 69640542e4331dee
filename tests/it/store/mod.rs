//! The database through its public face.

mod asking;
mod carrying;
mod opening;
pub(crate) mod sample;
mod telling;
