//! The `dateline` program: everything stands in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    match dateline::cli::run(std::env::args_os()) {
        Ok(code) => code,
        Err(error) => dateline::cli::report(&error),
    }
}
