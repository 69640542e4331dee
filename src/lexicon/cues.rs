//! Words by which a text tells that something happens: triggers of each kind of event, the things that
//! some triggers need beside them, and marks that say whether, when and between whom.
//!
//! `data/cues/{lang}.toml` lists them; `docs/lexicons.md` teaches the format.

pub(super) mod file;

use super::{LexiconError, matcher::Matcher};
use crate::{
    model::{EntityId, Kind},
    text::{Folded, Lang, Span, sentence::Abbreviations},
};
pub use file::{Aspect, Form, Mark};
use file::{Compiled, OccasionRow, TriggerRow};
use std::{collections::BTreeMap, fmt};

/// A trigger of one kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    /// The kind.
    pub kind: Kind,
    /// How it is told.
    pub form: Form,
    /// Which end of the event it tells, where it tells one.
    pub aspect: Option<Aspect>,
    /// The things of which one must be named in the same sentence; nothing is needed where it is empty.
    pub needs: Things,
    /// What is told is done on the site of an occasion that the article names: "handed over the pavilion".
    pub sited: bool,
}

/// A set of classes of things, such as letters or flights, by their numbers in the language's data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Things(u32);

impl Things {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// Whether the set is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two sets share a class.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// All classes of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a found word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// It tells an event.
    Trigger(Trigger),
    /// It names a thing that some triggers need.
    Thing(Things),
    /// It says something of the events around it.
    Mark(Mark),
    /// It counts the days of a stay: "on the second day". Zero is the last day.
    Nth(u8),
    /// An occasion that bears its year in its name, by its number in [`Cues::occasions`].
    Occasion(u8),
}

/// A cue found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The words, in bytes of the printed text.
    pub span: Span,
    /// What they mean.
    pub cue: Cue,
}

/// The cues of one language.
#[derive(Debug)]
pub struct LanguageCues {
    matcher: Matcher,
    /// What the values of the matcher mean.
    meanings: Vec<Cue>,
    /// Words after which a full stop does not end a sentence.
    pub abbreviations: Abbreviations,
    /// Whether a clause ends on its verb.
    pub verb_final: bool,
    kinds: Vec<Kind>,
}

impl LanguageCues {
    /// The cues of a compiled file; `file` names it in errors.
    fn new(file: &'static str, compiled: Compiled, occasions: usize) -> Result<Self, LexiconError> {
        let Compiled { rows, matcher } = compiled;
        let mut meanings: Vec<Cue> = rows.marks.keys().map(|mark| Cue::Mark(*mark)).collect();
        let mut classes: BTreeMap<&str, Things> = BTreeMap::new();
        for (name, number) in rows.things.keys().zip(0_u32..) {
            let set = 1_u32.checked_shl(number).map(Things).ok_or_else(|| LexiconError::Block {
                file,
                block: name.clone(),
                why: "is one of more than 32 classes of things; merge some".to_owned(),
            })?;
            classes.insert(name, set);
            meanings.push(Cue::Thing(set));
        }
        let mut kinds = Vec::new();
        for row in &rows.trigger {
            let trigger = trigger(file, row, &classes)?;
            kinds.push(trigger.kind);
            meanings.push(Cue::Trigger(trigger));
        }
        meanings.extend(rows.nth.iter().map(|row| Cue::Nth(row.n)));
        meanings.extend((0..).take(occasions).map(Cue::Occasion));
        kinds.sort_unstable();
        kinds.dedup();
        let abbreviations = Abbreviations::new(&rows.settings.abbreviations);
        let verb_final = rows.settings.verb_final;
        Ok(Self { matcher, meanings, abbreviations, verb_final, kinds })
    }

    /// All cues in `folded`, in the order in which they begin; overlapping ones too.
    #[must_use]
    pub fn find(&self, folded: &Folded<'_>) -> Vec<Found> {
        let hits = self.matcher.find(folded.as_str());
        // "start-up" is no start: a trigger is not the first part of a compound.
        let compound = |end: usize| {
            let rest = folded.as_str().get(end..).unwrap_or_default();
            rest.starts_with('-') && rest.chars().nth(1).is_some_and(char::is_alphabetic)
        };
        let mut found: Vec<Found> = hits
            .into_iter()
            .filter_map(|hit| Some((hit.word, *self.meanings.get(usize::from(hit.value))?)))
            .filter(|(word, cue)| !matches!(cue, Cue::Trigger(_)) || !compound(word.end))
            .map(|(word, cue)| Found { span: folded.to_printed(word), cue })
            .collect();
        found.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
        found
    }

    /// The kinds that have a trigger in this language, in the order of [`Kind::ALL`].
    #[must_use]
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }
}

/// A kind of event that no text of a language can tell, since nothing triggers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untold {
    /// The language.
    pub lang: Lang,
    /// The kind.
    pub kind: Kind,
}

impl fmt::Display for Untold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lang, kind) = (self.lang, self.kind.name());
        write!(f, "data/cues/{lang}.toml: no [[trigger]] has the kind `{kind}`; add its words")
    }
}

/// An occasion that bears its year in its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The kind of event it is.
    pub kind: Kind,
    /// The year in which it takes place.
    pub year: i32,
    /// Where.
    pub place: EntityId,
    /// The country that holds it.
    pub host: EntityId,
}

/// The cues of all languages.
#[derive(Debug)]
pub struct Cues {
    languages: [LanguageCues; 4],
    occasions: Vec<Occasion>,
}

impl Cues {
    pub(super) fn new(
        [ar, fa, sr, en]: [Compiled; 4],
        occasions: &[OccasionRow],
    ) -> Result<Self, LexiconError> {
        let languages = [
            LanguageCues::new("data/cues/ar.toml", ar, occasions.len())?,
            LanguageCues::new("data/cues/fa.toml", fa, occasions.len())?,
            LanguageCues::new("data/cues/sr.toml", sr, occasions.len())?,
            LanguageCues::new("data/cues/en.toml", en, occasions.len())?,
        ];
        let occasions = occasions.iter().map(occasion).collect::<Result<_, _>>()?;
        Ok(Self { languages, occasions })
    }

    /// The occasions that bear their year in their names; [`Cue::Occasion`] counts them.
    #[must_use]
    pub fn occasions(&self) -> &[Occasion] {
        &self.occasions
    }

    /// The cues of a language.
    #[must_use]
    pub const fn of(&self, lang: Lang) -> &LanguageCues {
        let [ar, fa, sr, en] = &self.languages;
        match lang {
            Lang::Ar => ar,
            Lang::Fa => fa,
            Lang::Sr => sr,
            Lang::En => en,
        }
    }

    /// The kinds that have no trigger in a language, by language.
    #[must_use]
    pub fn untold(&self) -> Vec<Untold> {
        let untold = |lang| {
            let told = self.of(lang).kinds();
            let kinds = Kind::ALL.into_iter().filter(move |kind| !told.contains(kind));
            kinds.map(move |kind| Untold { lang, kind })
        };
        Lang::ALL.into_iter().flat_map(untold).collect()
    }
}

fn trigger(
    file: &'static str,
    row: &TriggerRow,
    classes: &BTreeMap<&str, Things>,
) -> Result<Trigger, LexiconError> {
    let fault = |why: String| LexiconError::Block {
        file,
        block: row.words.first().cloned().unwrap_or_default(),
        why,
    };
    let kind = Kind::from_name(&row.kind).ok_or_else(|| {
        fault(format!("has the kind `{}`, which is none of the sixteen", row.kind))
    })?;
    let mut needs = Things::default();
    for name in &row.needs {
        let class = classes
            .get(name.as_str())
            .ok_or_else(|| fault(format!("needs `{name}`, which [things] does not list")))?;
        needs = needs.with(*class);
    }
    Ok(Trigger { kind, form: row.form, aspect: row.aspect, needs, sited: row.sited })
}

fn occasion(row: &OccasionRow) -> Result<Occasion, LexiconError> {
    let kind = Kind::from_name(&row.kind).ok_or_else(|| LexiconError::Block {
        file: "data/occasions.toml",
        block: row.names.first().cloned().unwrap_or_default(),
        why: format!("has the kind `{}`, which is none of the sixteen", row.kind),
    })?;
    let id = |key: &str| EntityId::new(key);
    Ok(Occasion { kind, year: row.year, place: id(&row.place), host: id(&row.host) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::compile;

    const SETTINGS: &str = "nth = []\n[settings]\nproclitics = []\nendings = []\nabbreviations = []\n[marks]\n[things]\n";

    /// Cues of which each language tells only the kinds in `told`.
    fn cues(told: [&[Kind]; 4]) -> Cues {
        let languages = told.map(|kinds| {
            let row = |kind: &Kind| {
                format!(
                    "[[trigger]]\nkind = \"{0}\"\nform = \"noun\"\nwords = [\"{0}\"]\n",
                    kind.name()
                )
            };
            let text = format!("{SETTINGS}{}", kinds.iter().map(row).collect::<String>());
            let compiled = compile::cues(&text).unwrap();
            LanguageCues::new("data/cues/en.toml", compiled, 0).unwrap()
        });
        Cues { languages, occasions: Vec::new() }
    }

    #[test]
    fn kinds_without_a_trigger_are_told() {
        let all = &Kind::ALL[..];
        let without: Vec<Kind> = all.iter().copied().filter(|kind| *kind != Kind::Vote).collect();
        assert_eq!(cues([all; 4]).untold(), []);
        let untold = cues([all, &without, all, all]).untold();
        assert_eq!(untold, [Untold { lang: Lang::Fa, kind: Kind::Vote }]);
        assert!(untold[0].to_string().contains("data/cues/fa.toml"), "{}", untold[0]);
        assert_eq!(cues([all, all, &[Kind::Vote], all]).untold().len(), Kind::ALL.len() - 1);
    }
}
