//! From a query string to a draft, by a table of parameters.

use super::{Draft, Parameter};
use crate::serve::problem::Fault;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use url::form_urlencoded;

/// A query string that was read: what it asks for, what was given, and what is wrong with it.
#[derive(Debug)]
pub(in crate::serve) struct Reading {
    pub(in crate::serve) draft: Draft,
    /// What was given, in the order of the table; without the cursor.
    pub(in crate::serve) given: Vec<(&'static str, String)>,
    pub(in crate::serve) faults: Vec<Fault>,
}

impl Reading {
    /// Reads a percent-encoded query string by a table.
    pub(in crate::serve) fn new(table: &'static [Parameter], text: &str, today: NaiveDate) -> Self {
        let mut values: BTreeMap<&str, String> = BTreeMap::new();
        let mut faults = Vec::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let Some(parameter) = table.iter().find(|parameter| parameter.name == name) else {
                faults.push(unknown(table, &name, &value));
                continue;
            };
            if parameter.shape.is_too_long(&value) {
                let part: String = value.chars().take(40).collect();
                faults.push(parameter.fault(&part, "is not allowed"));
                continue;
            }
            let value = parameter.shape.trimmed(&value);
            if value.is_empty() {
                continue;
            }
            match values.get_mut(parameter.name) {
                None => drop(values.insert(parameter.name, value.to_owned())),
                Some(list) if parameter.shape.is_list() => {
                    list.push(',');
                    list.push_str(value);
                }
                Some(_) => faults.push(parameter.fault(value, "is given twice")),
            }
        }
        let mut draft = Draft::new(today);
        let mut given = Vec::new();
        for parameter in table {
            let Some(value) = values.remove(parameter.name) else { continue };
            match (parameter.read)(&mut draft, &value) {
                Ok(()) if parameter.name == "cursor" => {}
                Ok(()) => given.push((parameter.name, value)),
                Err(part) => {
                    let fault = parameter.fault(&part, "is not allowed");
                    // A day of another calendar: right in the common one, wrong beside `cal`.
                    let contradicts = draft.is_of_another_calendar(parameter, &value);
                    faults.push(Fault { contradicts, ..fault });
                }
            }
        }
        Self { draft, given, faults }
    }
}

impl Parameter {
    /// What is wrong with a value of this parameter.
    pub(in crate::serve) fn fault(&self, value: &str, why: &str) -> Fault {
        let value: String = value.chars().take(60).collect();
        Fault {
            parameter: self.name.to_owned(),
            detail: format!("`{}`: `{value}` {why}", self.name),
            value,
            allowed: self.shape.allowed(),
            example: format!("{}={}", self.name, self.example),
            contradicts: false,
        }
    }
}

fn unknown(table: &[Parameter], name: &str, value: &str) -> Fault {
    let name: String = name.chars().take(60).collect();
    let names: Vec<&str> = table.iter().map(|parameter| parameter.name).collect();
    let nearest = table.iter().min_by_key(|parameter| distance(&name, parameter.name));
    let allowed = if names.is_empty() {
        "no parameter at all".to_owned()
    } else {
        format!("one of {}", names.join(", "))
    };
    Fault {
        detail: format!("there is no parameter `{name}`"),
        parameter: name,
        value: value.chars().take(60).collect(),
        allowed,
        example: nearest.map(|at| format!("{}={}", at.name, at.example)).unwrap_or_default(),
        contradicts: false,
    }
}
/// How many letters must be changed, put in or left out to turn one name into the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let before = std::mem::replace(&mut row, vec![i + 1]);
        for (to, pair) in b.iter().zip(before.windows(2)) {
            let &[diagonal, above] = pair else { continue };
            let left = row.last().copied().unwrap_or_default();
            row.push((diagonal + usize::from(from != *to)).min(above + 1).min(left + 1));
        }
    }
    row.last().copied().unwrap_or_default()
}
