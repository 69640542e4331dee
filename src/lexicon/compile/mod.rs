//! Compiles the data files, when the program is built: everything that can be done to them before a text is there is
//! done then. The build script has this module, and the tests.

mod cues;
mod dates;
mod gazetteer;
mod grammar;
mod inflection;
mod matcher;
mod numbers;
mod phrases;
mod prefixes;

use super::{
    compiled::{Capitals, Compiled},
    forms::expand,
};
use serde::de::DeserializeOwned;

/// Why a data file was refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CompileError {
    /// Not TOML, or not with the keys that the file should have.
    #[error("{file}: {source}")]
    Syntax {
        /// The file, as it is called in the repository.
        file: String,
        /// What is wrong, with line and column.
        source: Box<toml::de::Error>,
    },
    /// A block that can be read but means nothing.
    #[error("{file}: the block with `{block}` {why}")]
    Block {
        /// The file.
        file: String,
        /// The form at fault.
        block: String,
        /// What is wrong and how to mend it.
        why: String,
    },
    /// A form holds a character that none may hold.
    #[error("{file}: a form holds the character NUL; take it out")]
    Nul {
        /// The file.
        file: String,
    },
}

impl CompileError {
    fn nul(file: &str) -> Self {
        Self::Nul { file: file.to_owned() }
    }
}

/// Compiles all data files; `read` gives their contents by their names in the repository.
pub(crate) fn compile<'d>(read: impl Fn(&str) -> &'d str) -> Result<Compiled, CompileError> {
    let dates = |lang: &str| {
        let file = format!("data/lexicon/{lang}.toml");
        dates::compile(&file, read(&file))
    };
    let file = "data/occasions.toml";
    let occasions: cues::Occasions = parse(file, read(file))?;
    let cues = |lang: &str| {
        let file = format!("data/cues/{lang}.toml");
        cues::compile(&file, read(&file), &occasions.occasion)
    };
    let file = "data/capitals.toml";
    let capitals: Capitals = parse(file, read(file))?;
    Ok(Compiled {
        dates: [dates("ar")?, dates("fa")?, dates("sr")?, dates("en")?],
        cues: [cues("ar")?, cues("fa")?, cues("sr")?, cues("en")?],
        occasions: occasions.occasion,
        capitals,
        gazetteer: gazetteer::compile(&read)?,
    })
}

/// Compiles a file of cues, without occasions.
#[cfg(test)]
pub(super) fn cues(content: &str) -> Result<super::cues::file::Compiled, CompileError> {
    cues::compile("data/cues/en.toml", content, &[])
}

fn parse<T: DeserializeOwned>(file: &str, content: &str) -> Result<T, CompileError> {
    toml::from_str(content)
        .map_err(|source| CompileError::Syntax { file: file.to_owned(), source: Box::new(source) })
}

/// All forms that a form stands for.
fn forms(file: &str, written: &str) -> Result<Vec<String>, CompileError> {
    expand(written).ok_or_else(|| CompileError::Block {
        file: file.to_owned(),
        block: written.to_owned(),
        why: "has a bracket that is not closed or stands inside another".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATES: &str = r#"
        [settings]
        week_starts = "Mon"
        weekend = "Sat"
        names = "small"
        month_first = false
        calendar = "gregorian"
        other_calendar = "jalali"
        tense = "past"
        tense_in_clause = true
        proclitics = []
        dotted_ordinals = true
        initial_today = true
        "#;
    const CUES: &str = r#"
        trigger = []
        nth = []
        marks = {}
        things = {}
        settings = { proclitics = [], endings = [], abbreviations = [] }
        "#;
    const WORDS: &str = r#"
        inflected_names = false
        honorific = []
        counterpart = []
        ours = []
        stop = []
        surname_endings = []
        oblique_endings = []
        particles = []
        before_head = []
        country_at = false
        name_before_title = false
        inflection = {}
        title = {}
        portfolio = {}
        rank = {}
        link = {}
        body = {}
        several = {}
        "#;
    const NAMES: &str = r#"
        family_endings = []
        given = {}
        family = {}
        family_signs = {}
        labels = {}
        "#;

    /// What is told of the data files, where one of them has this content and the rest are bare.
    fn told(other: &str, content: &str) -> Result<(), String> {
        let read = |file: &str| match file {
            _ if file == other => content,
            "data/capitals.toml" => "capital = {}",
            "data/occasions.toml" => "occasion = []",
            "data/gazetteer/names.toml" => NAMES,
            _ if file.starts_with("data/lexicon/") => DATES,
            _ if file.starts_with("data/cues/") => CUES,
            _ if file.starts_with("data/names/") => WORDS,
            _ => "",
        };
        compile(read).map(|_| ()).map_err(|error| error.to_string())
    }

    #[test]
    fn faulty_files_are_told_with_what_is_wrong() {
        assert_eq!(told("", ""), Ok(()));
        let open = CUES.replace("marks = {}", "marks = { hope = [\"wish(\"] }");
        let month = format!("{DATES}[[words]]\nsource = 'own'\nsense = 'of'\nforms = ['a)']");
        for (file, content, parts) in [
            ("data/cues/fa.toml", &*open, ["data/cues/fa.toml", "`wish(`", "bracket"]),
            ("data/lexicon/ar.toml", &month, ["data/lexicon/ar.toml", "`a)`", "bracket"]),
            ("data/lexicon/en.toml", "x = 1", ["data/lexicon/en.toml", "`x`", "line 1"]),
            ("data/capitals.toml", "capitol = {}", ["data/capitals.toml", "line 1", "capitol"]),
            ("data/names/sr.toml", "[", ["data/names/sr.toml", "line 1", "key"]),
            ("data/gazetteer/people.toml", "x = 1", ["data/gazetteer/people.toml", "`x`", "line"]),
        ] {
            let told = told(file, content).unwrap_err();
            assert!(parts.iter().all(|part| told.contains(part)), "{file}: {told}");
        }
    }
}
