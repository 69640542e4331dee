//! Reads one table of config.toml key by key, so that every mistake is told with its line and an unknown
//! key with the ones that are known.

use super::Fault;
use serde::de::DeserializeOwned;
use std::{collections::BTreeSet, ops::Range};
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

/// The file, and the mistakes found so far.
#[derive(Debug)]
pub(super) struct Reader<'i> {
    input: &'i str,
    faults: Vec<(usize, String)>,
    elsewhere: Vec<String>,
    /// Lines that are not TOML: what stands there is not also told to be a wrong value.
    unread: BTreeSet<usize>,
}

impl<'i> Reader<'i> {
    /// Reads the TOML of `input`; syntax errors are faults, and what stands around them is read.
    pub(super) fn new(input: &'i str) -> (Self, Section<'i>) {
        let (table, errors) = DeTable::parse_recoverable(input);
        let mut reader =
            Self { input, faults: Vec::new(), elsewhere: Vec::new(), unread: BTreeSet::new() };
        for error in errors {
            let at = error.span().unwrap_or_default();
            reader.fault(at.clone(), format!("not TOML: {}", error.message()));
            reader.unread.insert(reader.line(at.start));
        }
        (
            reader,
            Section { name: String::new(), at: 0..0, table: table.into_inner(), known: Vec::new() },
        )
    }

    /// Notes a mistake that stands at `at`.
    pub(super) fn fault(&mut self, at: Range<usize>, what: String) {
        if !self.unread.contains(&self.line(at.start)) {
            self.faults.push((at.start, what));
        }
    }

    /// Notes a mistake that stands outside of the file.
    pub(super) fn elsewhere(&mut self, what: String) {
        self.elsewhere.push(what);
    }

    /// All mistakes in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        self.faults.sort();
        let fault =
            |(at, what): &(usize, String)| Fault { line: Some(self.line(*at)), what: what.clone() };
        let outside = self.elsewhere.iter().map(|what| Fault { line: None, what: what.clone() });
        self.faults.iter().map(fault).chain(outside).collect()
    }

    fn line(&self, at: usize) -> usize {
        let before = self.input.as_bytes().get(..at).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// One table: `[fetch]`, one `[[source]]`.
#[derive(Debug)]
pub(super) struct Section<'i> {
    /// As it is written in the file, with brackets; empty for the file as a whole.
    name: String,
    at: Range<usize>,
    table: DeTable<'i>,
    known: Vec<&'static str>,
}

impl<'i> Section<'i> {
    /// The table `[name]`, empty when it is not there.
    pub(super) fn section(&mut self, reader: &mut Reader<'i>, name: &'static str) -> Self {
        self.known.push(name);
        let mut section =
            Self { name: format!("[{name}]"), at: 0..0, table: DeTable::new(), known: Vec::new() };
        if let Some(value) = self.table.remove(name) {
            section.at = value.span();
            match value.into_inner() {
                DeValue::Table(table) => section.table = table,
                _ => reader
                    .fault(section.at.clone(), format!("`{name}` is a table; write `[{name}]`")),
            }
        }
        section
    }

    /// The tables `[[name]]`, in the order of the file.
    pub(super) fn sections(&mut self, reader: &mut Reader<'i>, name: &'static str) -> Vec<Self> {
        self.known.push(name);
        let Some(value) = self.table.remove(name) else { return Vec::new() };
        let at = value.span();
        let wrong = || format!("`{name}` is a list of tables; write `[[{name}]]` for each");
        let DeValue::Array(values) = value.into_inner() else {
            reader.fault(at, wrong());
            return Vec::new();
        };
        let mut sections = Vec::new();
        for value in values {
            let at = value.span();
            match value.into_inner() {
                DeValue::Table(table) => {
                    sections.push(Self {
                        name: format!("[[{name}]]"),
                        at,
                        table,
                        known: Vec::new(),
                    });
                }
                _ => reader.fault(at, wrong()),
            }
        }
        sections
    }

    /// Where the section begins.
    pub(super) fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// The value of `key`; `None` when it is absent or wrong, which is then noted.
    pub(super) fn read<T: DeserializeOwned>(
        &mut self,
        reader: &mut Reader<'i>,
        key: &'static str,
    ) -> Option<T> {
        self.check(reader, key, Ok::<T, String>)
    }

    /// The value of `key` after `check`; `None` when it is absent or wrong, which is then noted.
    pub(super) fn check<T: DeserializeOwned, U, E: std::fmt::Display>(
        &mut self,
        reader: &mut Reader<'i>,
        key: &'static str,
        check: impl FnOnce(T) -> Result<U, E>,
    ) -> Option<U> {
        self.known.push(key);
        let value: Spanned<DeValue<'i>> = self.table.remove(key)?;
        let at = value.span();
        let read = T::deserialize(ValueDeserializer::from(value))
            .map_err(|error| format!("{} `{key}`: {}", self.name, error.message()))
            .and_then(|read| {
                check(read).map_err(|error| format!("{} `{key}`: {error}", self.name))
            });
        read.map_err(|what| reader.fault(at, what)).ok()
    }

    /// Like [`Section::check`], for a key that must be there.
    pub(super) fn required<T: DeserializeOwned, U, E: std::fmt::Display>(
        &mut self,
        reader: &mut Reader<'i>,
        key: &'static str,
        check: impl FnOnce(T) -> Result<U, E>,
    ) -> Option<U> {
        if !self.table.contains_key(key) {
            reader.fault(self.at(), format!("{} needs the key `{key}`", self.name));
        }
        self.check(reader, key, check)
    }

    /// Notes every key that was not asked for.
    pub(super) fn finish(self, reader: &mut Reader<'i>) {
        for key in self.table.keys() {
            let known: Vec<String> = self.known.iter().map(|key| format!("`{key}`")).collect();
            let place =
                if self.name.is_empty() { String::new() } else { format!(" in {}", self.name) };
            reader.fault(
                key.span(),
                format!("unknown key `{}`{place}; known are {}", key.get_ref(), known.join(", ")),
            );
        }
    }
}
