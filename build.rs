//! Compiles the data files, so that the program starts with tables instead of text.
//!
//! Names the rules and words that this build reads articles with, so that articles read with others are
//! known to be stale, and the way in which it writes events ahead, for the same reason. A name is a hash of
//! the sources on which the result depends.

#![expect(clippy::disallowed_methods, reason = "a build script reads files")]

use lexicon::compile::{CompileError, compile};
use std::{collections::BTreeMap, env, fs, io, path::PathBuf};

// The modules of the library that compiling needs.
#[path = "src/calendar"]
#[expect(dead_code, unreachable_pub, reason = "the library uses the rest")]
mod calendar {
    mod system;
    pub(crate) use system::Calendar;
}
#[path = "src/lexicon"]
#[expect(
    dead_code,
    unreachable_pub,
    clippy::enum_variant_names,
    reason = "the library uses the rest"
)]
mod lexicon {
    pub(crate) mod compile;
    pub(crate) mod compiled;
    pub(crate) mod cues {
        pub(crate) mod file;
    }
    pub(crate) mod dates {
        pub(crate) mod file;
    }
    pub(crate) mod forms;
    pub(crate) mod gazetteer {
        pub(crate) mod file;
        pub(crate) mod grammar;
        pub(crate) mod inflection;
        pub(crate) mod phrases;
        pub(crate) mod sound;
    }
    pub(crate) mod matcher;
    pub(crate) mod numbers;
    pub(crate) mod prefixes;
    pub(crate) mod sense;
}
#[path = "src/text"]
#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    clippy::wrong_self_convention,
    reason = "the library uses the rest"
)]
mod text {
    pub(crate) mod fold;
    mod lang;
    mod span;
    pub(crate) mod translit;
    pub(crate) use lang::Lang;
    pub(crate) use span::Span;
}

/// What an article's reading depends on.
const RULES: &[&str] =
    &["data", "src/calendar", "src/event", "src/lexicon", "src/mention", "src/text", "src/timex"];

/// What the pieces of events depend on, in which lists are served; libraries write most of it.
const PIECES: &[&str] = &["Cargo.lock", "src/calendar", "src/model", "src/publish", "src/text"];

fn main() -> io::Result<()> {
    name("DATELINE_RULES", RULES)?;
    name("DATELINE_PIECES", PIECES)?;
    lexicons()
}

/// Writes the compiled data files to where the library embeds them. A faulty one stops the build, and is told.
fn lexicons() -> io::Result<()> {
    let root = root();
    let mut files = Vec::new();
    list(root.join("data"), &mut files)?;
    let mut contents = BTreeMap::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file);
        let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        contents.insert(name.join("/"), fs::read_to_string(&file)?);
    }
    let compiled = compile(|file| contents.get(file).map_or("", String::as_str));
    let bytes = match compiled {
        Ok(compiled) => postcard::to_stdvec(&compiled).map_err(io::Error::other)?,
        Err(fault) => {
            tell(&fault);
            return Ok(());
        }
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("lexicons"), bytes)
}

/// Ends the build with what is wrong with a data file.
fn tell(fault: &CompileError) {
    for line in fault.to_string().lines() {
        println!("cargo::error={line}");
    }
}

fn root() -> PathBuf {
    PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default())
}

/// Sets a variable for the compiler to the hash of some files.
fn name(variable: &str, paths: &[&str]) -> io::Result<()> {
    let root = root();
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
