//! The database through its public face.

mod opening;
mod sample;
mod telling;
