//! The database through its public face.

mod asking;
mod carrying;
mod keeping;
mod knowing;
mod opening;
pub(crate) mod sample;
mod telling;
