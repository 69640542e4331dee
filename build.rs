//! Names the rules and words that this build reads articles with, so that articles read with others are
//! known to be stale, and the way in which it writes events ahead, for the same reason. A name is a hash of
//! the sources on which the result depends.

#![expect(clippy::disallowed_methods, reason = "a build script reads files")]

use std::{env, fs, io, path::PathBuf};

/// What an article's reading depends on.
const RULES: &[&str] =
    &["data", "src/calendar", "src/event", "src/lexicon", "src/mention", "src/text", "src/timex"];

/// What the pieces of events depend on, in which lists are served; libraries write most of it.
const PIECES: &[&str] = &["Cargo.lock", "src/calendar", "src/model", "src/publish", "src/text"];

fn main() -> io::Result<()> {
    name("DATELINE_RULES", RULES)?;
    name("DATELINE_PIECES", PIECES)
}

/// Sets a variable for the compiler to the hash of some files.
fn name(variable: &str, paths: &[&str]) -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hash = Fnv::default();
    for path in paths {
        println!("cargo::rerun-if-changed={path}");
        let mut files = Vec::new();
        list(root.join(path), &mut files)?;
        files.sort();
        for file in files {
            // Git may check text out with other line ends; the rules are the same.
            let bytes = fs::read(&file)?;
            hash.add(bytes.iter().copied().filter(|byte| *byte != b'\r'));
        }
    }
    println!("cargo::rustc-env={variable}={:016x}", hash.0);
    Ok(())
}

fn list(path: PathBuf, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        return fs::read_dir(path)?.try_for_each(|entry| list(entry?.path(), files));
    }
    files.push(path);
    Ok(())
}

/// FNV-1a, 64 bits: enough to tell builds apart, and the same on every machine.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: impl Iterator<Item = u8>) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
