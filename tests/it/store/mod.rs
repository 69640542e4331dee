//! The database through its public face.

mod asking;
mod carrying;
mod keeping;
mod opening;
pub(crate) mod sample;
mod telling;
