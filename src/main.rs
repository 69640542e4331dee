//! The `dateline` program: everything stands in the library.

fn main() {}
