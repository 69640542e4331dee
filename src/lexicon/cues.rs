//! Words by which a text tells that something happens: triggers of each kind of event, the things that
//! some triggers need beside them, and marks that say whether, when and between whom.
//!
//! `data/cues/{lang}.toml` lists them; `docs/lexicons.md` teaches the format.

mod file;

use super::{LexiconError, matcher::Matcher};
use crate::{
    model::{EntityId, Kind},
    text::{Folded, Lang, Span, sentence::Abbreviations},
};
use file::{OCCASIONS, OccasionRow, OccasionsFile, load};
use serde::Deserialize;
use std::fmt;

/// How a trigger tells its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A finite verb in the past or present: "met".
    Told,
    /// A verb without tense or in the future: "meet", "سيلتقي".
    Bare,
    /// A noun: "meeting".
    Noun,
}

/// Which end of a stay or a session a trigger tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// It begins: "arrived".
    Start,
    /// It is over: "returned".
    End,
}

/// What a word says of the events around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A future tense.
    Future,
    /// A plan, told as settled.
    Plan,
    /// A hope, an offer, a request.
    Hope,
    /// A possibility or condition.
    Modal,
    /// Called off.
    Cancel,
    /// Put off.
    Postpone,
    /// A negation or denial.
    Deny,
    /// Biography and history of institutions.
    Background,
    /// The day of what was told before: "the same day", "on the sidelines".
    Same,
    /// Inside a visit: "during the visit".
    Inside,
    /// After something that is over: "after the two-day session".
    After,
    /// Some time before, without saying when.
    Earlier,
    /// The place after it is where something happens.
    At,
    /// The person after it leads a delegation: "headed by".
    Led,
    /// Beside a country or its people: its capital.
    Capital,
    /// Takes place by video.
    Video,
    /// Points back at an event, or at events in general: "in this meeting".
    Reference,
    /// Only looks like the word of an event: «وزارة» (ministry) like «و» and «زار» (visited).
    Homonym,
    /// The date after it begins something.
    Since,
    /// The date after it ends something.
    Until,
    /// The date after it is a deadline.
    Deadline,
    /// The place after it is left or only names somebody.
    From,
    /// Somebody told before who is a guest or a delegation.
    Guest,
    /// Somebody told before.
    Pronoun,
    /// Both sides told before.
    Both,
    /// Whoever is named next invites or receives: "at the invitation of".
    Invite,
    /// A session or a show opens.
    Begin,
    /// A session or a show closes.
    End,
    /// A session or a show takes place, or somebody takes part.
    Hold,
    /// Somebody says something.
    Say,
    /// Sport.
    Sport,
    /// Begins a line that belongs to the page and not to the article.
    Furniture,
    /// A letter or message.
    Letter,
}

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
    matcher: Matcher<Cue>,
    /// Words after which a full stop does not end a sentence.
    pub abbreviations: Abbreviations,
    kinds: Vec<Kind>,
}

impl LanguageCues {
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
            .filter(|hit| !matches!(hit.value, Cue::Trigger(_)) || !compound(hit.word.end))
            .map(|hit| Found { span: folded.to_printed(hit.word), cue: *hit.value })
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
    /// Reads and compiles the files that the program carries.
    ///
    /// # Errors
    /// [`LexiconError`] when a file is faulty.
    pub fn embedded() -> Result<Self, LexiconError> {
        let file = OCCASIONS;
        let rows: OccasionsFile = toml::from_str(include_str!("../../data/occasions.toml"))
            .map_err(|source| LexiconError::Syntax { file, source: Box::new(source) })?;
        let load = |file, text| load(file, text, &rows.occasion);
        let languages = [
            load("data/cues/ar.toml", include_str!("../../data/cues/ar.toml"))?,
            load("data/cues/fa.toml", include_str!("../../data/cues/fa.toml"))?,
            load("data/cues/sr.toml", include_str!("../../data/cues/sr.toml"))?,
            load("data/cues/en.toml", include_str!("../../data/cues/en.toml"))?,
        ];
        let occasions = rows.occasion.iter().map(OccasionRow::read).collect::<Result<_, _>>()?;
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

#[cfg(test)]
mod tests {
    use super::*;

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
            load("data/cues/en.toml", &text, &[]).unwrap()
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
