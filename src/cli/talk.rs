//! Talk with the user, on stderr. Nothing is done about a stderr that cannot be written to: there is
//! nobody left to tell.

use std::{
    fmt::Display,
    io::{self, Write as _},
    process::ExitCode,
};

/// Mistakes that were told while the rest of the work went on.
#[derive(Debug, Default)]
pub(super) struct Faults(usize);

impl Faults {
    /// Tells a mistake.
    pub(super) fn tell(&mut self, error: &anyhow::Error) {
        fault(error);
        self.0 += 1;
    }

    /// Failure when there was any.
    pub(super) fn exit_code(&self) -> ExitCode {
        if self.0 == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Says something.
pub(super) fn say(words: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// Tells a mistake with its causes. A cause that the mistake itself already quotes is not told twice.
pub(super) fn fault(error: &anyhow::Error) {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    let mut stderr = io::stderr().lock();
    for line in text.lines() {
        let _ = writeln!(stderr, "dateline: {line}");
    }
}
