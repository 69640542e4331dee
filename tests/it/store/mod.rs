//! The database through its public face.

mod asking;
mod opening;
mod sample;
mod telling;
