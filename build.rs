//! Names the rules and words that this build reads articles with, so that articles read with others are
//! known to be stale. The name is a hash of the sources of reading and of the data files.

#![expect(clippy::disallowed_methods, reason = "a build script reads files")]

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

/// What an article's reading depends on.
const RULES: &[&str] =
    &["data", "src/calendar", "src/event", "src/lexicon", "src/mention", "src/text", "src/timex"];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut hash = Fnv::default();
    for rules in RULES {
        println!("cargo::rerun-if-changed={rules}");
        let mut files = Vec::new();
        list(&root.join(rules), &mut files)?;
        files.sort();
        for file in files {
            // Git may check text out with other line ends; the rules are the same.
            let bytes = fs::read(&file)?;
            hash.add(bytes.iter().copied().filter(|byte| *byte != b'\r'));
        }
    }
    println!("cargo::rustc-env=DATELINE_RULES={:016x}", hash.0);
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { list(&path, files)? } else { files.push(path) }
    }
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
