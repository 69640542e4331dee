//! The words of dates in each language: `data/lexicon/{ar,fa,sr,en}.toml`.
//!
//! A file has settings of the language, and blocks: `[[months]]` (twelve rows, first month first),
//! `[[weekdays]]` (seven rows, Monday first), `[[series]]` (forms that count upwards) and `[[words]]`.
//! Each block names its source. Forms are written as [`forms::expand`](super::forms::expand) reads them,
//! and a trailing `*` lets any letters follow.

use super::{
    LexiconError,
    forms::expand,
    matcher::{Affixes, Inflection, Matcher, MatcherBuilder},
    sense::{Mark, Part, Sense, Side, TimeUnit},
};
use crate::{
    calendar::Calendar,
    text::{Lang, fold::fold},
};
use chrono::Weekday;
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::HashMap;

/// The words of dates, per language.
#[derive(Debug)]
pub struct DateLexicons {
    ar: DateLexicon,
    fa: DateLexicon,
    sr: DateLexicon,
    en: DateLexicon,
}

impl DateLexicons {
    /// Reads the embedded files.
    ///
    /// # Errors
    /// [`LexiconError`] for a faulty file.
    pub fn embedded() -> Result<Self, LexiconError> {
        Ok(Self {
            ar: DateLexicon::read("ar.toml", include_str!("../../data/lexicon/ar.toml"))?,
            fa: DateLexicon::read("fa.toml", include_str!("../../data/lexicon/fa.toml"))?,
            sr: DateLexicon::read("sr.toml", include_str!("../../data/lexicon/sr.toml"))?,
            en: DateLexicon::read("en.toml", include_str!("../../data/lexicon/en.toml"))?,
        })
    }

    /// The words of one language.
    #[must_use]
    pub const fn of(&self, lang: Lang) -> &DateLexicon {
        match lang {
            Lang::Ar => &self.ar,
            Lang::Fa => &self.fa,
            Lang::Sr => &self.sr,
            Lang::En => &self.en,
        }
    }
}

/// How a language writes and counts dates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The day with which a week begins.
    pub week_starts: Weekday,
    /// The first of the two days of rest.
    pub weekend: Weekday,
    /// Whether names of months and weekdays are written with a capital letter.
    pub names: NameCase,
    /// Whether "February 25" is a way to write a day.
    pub month_first: bool,
    /// The calendar of "last month" and of years without an era.
    pub calendar: Calendar,
    /// The calendar of a year such as 1403 after the word "year", where the number can be no other.
    pub other_calendar: Calendar,
    /// What a clause without any cue speaks of.
    pub tense: DefaultTense,
    /// Whether each clause shows its tense, so that the tense of its neighbour says nothing of it.
    pub tense_in_clause: bool,
    /// Letters that may be written before a word and do not belong to it.
    pub proclitics: Vec<String>,
    /// What may be written glued before a number and belongs to it: «الـ25».
    #[serde(default)]
    pub number_articles: Vec<String>,
    /// Whether a full stop after a number makes it an ordinal: "25. februara".
    pub dotted_ordinals: bool,
    /// Whether "today" at the head of a sentence means a day; where not, it means "nowadays".
    pub initial_today: bool,
    /// What makes a number a decade: "1970s", "1970-ih".
    pub decade_ending: Option<String>,
    /// Endings of verbs in the past, where they tell.
    #[serde(default)]
    pub past_endings: Vec<String>,
}

/// How names of months and weekdays are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameCase {
    /// With a capital: in small letters a weak name is another word.
    Capital,
    /// Small: inside a sentence a capital makes it a person's name.
    Small,
    /// The script has no capitals.
    None,
}

/// What a clause without any cue speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DefaultTense {
    /// What has happened.
    Past,
    /// What will happen: the language marks its past.
    Future,
}

/// All that one pattern of the lexicon can mean.
#[derive(Debug, Clone, Default)]
pub struct Word {
    senses: Vec<Sense>,
    marks: u64,
    role: Role,
}

/// What a word can be at the head of a time expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Role {
    /// No expression begins with it.
    #[default]
    None,
    /// An expression may begin with it, but never with such words alone: "the", "in", "early", "two".
    Lead,
    /// It may be an expression, or the core of one: "Monday", "year", "third".
    Core,
}

impl Role {
    const fn of(sense: &Sense) -> Self {
        match sense {
            Sense::Month { .. }
            | Sense::Weekday { .. }
            | Sense::Ordinal(_)
            | Sense::Unit { .. }
            | Sense::Season(_)
            | Sense::DayShift(_)
            | Sense::ToldShift(_)
            | Sense::YearShift(_)
            | Sense::Decade(_)
            | Sense::Quarter(_)
            | Sense::Vague(_)
            | Sense::Duration(_)
            | Sense::Mark(Mark::SameMonth) => Self::Core,
            Sense::Number(_)
            | Sense::Toward { .. }
            | Sense::ToldToward { .. }
            | Sense::Ago(_)
            | Sense::Hence(_)
            | Sense::Later(_)
            | Sense::Approx(_)
            | Sense::Mark(
                Mark::The
                | Mark::Since
                | Mark::From
                | Mark::Within
                | Mark::Every
                | Mark::Final
                | Mark::New,
            ) => Self::Lead,
            Sense::Earlier(_) | Sense::Era(_) | Sense::Mark(_) => Self::None,
        }
    }
}

impl Word {
    /// Its meanings, marks too.
    #[must_use]
    pub fn senses(&self) -> &[Sense] {
        &self.senses
    }

    /// What it can be at the head of a time expression.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Whether it plays this part.
    #[must_use]
    pub const fn is(&self, mark: Mark) -> bool {
        self.marks & mark.bit() != 0
    }
}

/// The words of dates in one language.
#[derive(Debug)]
pub struct DateLexicon {
    /// How the language writes dates.
    pub settings: Settings,
    matcher: Matcher<u16>,
    words: Vec<Word>,
}

impl DateLexicon {
    /// Compiles the content of a data file; `file` names it in errors.
    ///
    /// # Errors
    /// [`LexiconError`] that names the block at fault.
    pub fn read(file: &'static str, content: &str) -> Result<Self, LexiconError> {
        let content: File = toml::from_str(content)
            .map_err(|source| LexiconError::Syntax { file, source: Box::new(source) })?;
        let mut gathered = Gathered { file, index: HashMap::default(), patterns: Vec::new() };
        for block in &content.months {
            gathered.months(block)?;
        }
        for block in &content.weekdays {
            gathered.weekdays(block)?;
        }
        for block in &content.series {
            gathered.series(block)?;
        }
        for block in &content.words {
            gathered.words(block)?;
        }
        let affixes = Affixes::new(&content.settings.proclitics, &[]);
        let mut builder = MatcherBuilder::new(affixes);
        let mut words = Vec::with_capacity(gathered.patterns.len());
        for (pattern, word) in gathered.patterns {
            let at = u16::try_from(words.len()).map_err(|_| LexiconError::Block {
                file,
                block: pattern.clone(),
                why: "is one too many: a file holds at most 65536 forms".to_owned(),
            })?;
            builder.add_folded(&pattern, Inflection::Fixed, at);
            words.push(word);
        }
        Ok(Self { settings: content.settings, matcher: builder.build(), words })
    }

    /// All words, ready to be found; its values index [`DateLexicon::word`].
    #[must_use]
    pub const fn matcher(&self) -> &Matcher<u16> {
        &self.matcher
    }

    /// What the pattern with this index means.
    #[must_use]
    pub fn word(&self, index: u16) -> Option<&Word> {
        self.words.get(usize::from(index))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    settings: Settings,
    #[serde(default)]
    months: Vec<Months>,
    #[serde(default)]
    weekdays: Vec<Weekdays>,
    #[serde(default)]
    series: Vec<Series>,
    #[serde(default)]
    words: Vec<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Months {
    #[expect(dead_code, reason = "required of every block so that a reader can check it")]
    source: String,
    calendar: Calendar,
    #[serde(default)]
    weak: bool,
    names: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weekdays {
    #[expect(dead_code, reason = "required of every block so that a reader can check it")]
    source: String,
    #[serde(default)]
    weak: bool,
    names: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    #[expect(dead_code, reason = "required of every block so that a reader can check it")]
    source: String,
    sense: String,
    first: u32,
    #[serde(default = "one")]
    step: u32,
    forms: Vec<String>,
}

const fn one() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[expect(dead_code, reason = "required of every block so that a reader can check it")]
    source: String,
    sense: String,
    value: Option<i32>,
    unit: Option<TimeUnit>,
    part: Option<Part>,
    calendar: Option<Calendar>,
    #[serde(default)]
    side: Side,
    forms: Vec<String>,
}

/// The patterns of a file, each once, with all its meanings.
struct Gathered {
    file: &'static str,
    index: HashMap<String, usize, FixedState>,
    patterns: Vec<(String, Word)>,
}

impl Gathered {
    fn fault(&self, block: &str, why: &str) -> LexiconError {
        LexiconError::Block { file: self.file, block: block.to_owned(), why: why.to_owned() }
    }

    fn add(&mut self, form: &str, sense: Sense) -> Result<(), LexiconError> {
        let forms = expand(form).ok_or_else(|| {
            self.fault(form, "has a bracket that is not closed or stands inside another")
        })?;
        for form in forms {
            self.add_one(&form, sense);
            // A zero-width non-joiner is typed, left out, or typed as a blank.
            if form.contains('\u{200c}') {
                self.add_one(&form.replace('\u{200c}', " "), sense);
            }
        }
        Ok(())
    }

    fn add_one(&mut self, form: &str, sense: Sense) {
        let open = if form.ends_with('*') { "*" } else { "" };
        let pattern = fold(form.trim_end_matches('*')) + open;
        if pattern.is_empty() {
            return;
        }
        let at = *self.index.entry(pattern).or_insert_with_key(|pattern| {
            self.patterns.push((pattern.clone(), Word::default()));
            self.patterns.len() - 1
        });
        if let Some((_, word)) = self.patterns.get_mut(at) {
            if let Sense::Mark(mark) = sense {
                word.marks |= mark.bit();
            }
            word.role = word.role.max(Role::of(&sense));
            if !word.senses.contains(&sense) {
                word.senses.push(sense);
            }
        }
    }

    fn months(&mut self, block: &Months) -> Result<(), LexiconError> {
        if block.names.len() != 12 {
            return Err(self.fault("months", "needs exactly 12 rows, the first month first"));
        }
        for (month, row) in (1u8..).zip(&block.names) {
            let sense = Sense::Month { calendar: block.calendar, month, weak: block.weak };
            row.iter().try_for_each(|form| self.add(form, sense))?;
        }
        Ok(())
    }

    fn weekdays(&mut self, block: &Weekdays) -> Result<(), LexiconError> {
        if block.names.len() != 7 {
            return Err(self.fault("weekdays", "needs exactly 7 rows, Monday first"));
        }
        let mut day = Weekday::Mon;
        for row in &block.names {
            let sense = Sense::Weekday { day, weak: block.weak };
            row.iter().try_for_each(|form| self.add(form, sense))?;
            day = day.succ();
        }
        Ok(())
    }

    fn series(&mut self, block: &Series) -> Result<(), LexiconError> {
        for (n, form) in (0u32..).zip(&block.forms) {
            let value = block.first + n * block.step;
            let sense = match block.sense.as_str() {
                "number" => Sense::Number(value),
                "ordinal" => Sense::Ordinal(value),
                "decade" => Sense::Decade(value),
                "duration" => Sense::Duration(value),
                "season" => Sense::Season(u8::try_from(value).unwrap_or_default()),
                "quarter" => Sense::Quarter(u8::try_from(value).unwrap_or_default()),
                _ => {
                    return Err(self.fault(
                        &block.sense,
                        "is no series; use number, ordinal, decade, duration, season or quarter",
                    ));
                }
            };
            self.add(form, sense)?;
        }
        Ok(())
    }

    fn words(&mut self, block: &Words) -> Result<(), LexiconError> {
        let name = block.sense.as_str();
        let needs = |what: &str| self.fault(name, &format!("needs `{what}`"));
        let value = || block.value.ok_or_else(|| needs("value"));
        let sense = match name {
            "day-shift" => Sense::DayShift(value()?),
            "told-shift" => Sense::ToldShift(value()?),
            "year-shift" => Sense::YearShift(value()?),
            "vague" => Sense::Vague(value()?),
            "toward" => Sense::Toward { by: value()?, side: block.side },
            "told-toward" => Sense::ToldToward { by: value()?, side: block.side },
            "unit" => Sense::Unit {
                unit: block.unit.ok_or_else(|| needs("unit"))?,
                count: block.value.and_then(|count| u32::try_from(count).ok()),
            },
            "ago" => Sense::Ago(block.side),
            "hence" => Sense::Hence(block.side),
            "later" => Sense::Later(block.side),
            "earlier" => Sense::Earlier(block.side),
            "approx" => Sense::Approx(block.part.ok_or_else(|| needs("part"))?),
            "era" => Sense::Era(block.calendar.ok_or_else(|| needs("calendar"))?),
            "duration" => Sense::Duration(
                u32::try_from(value()?).map_err(|_| self.fault(name, "has a negative value"))?,
            ),
            name => Sense::Mark(
                Mark::from_name(name)
                    .ok_or_else(|| self.fault(name, "has no sense that dateline knows"))?,
            ),
        };
        block.forms.iter().try_for_each(|form| self.add(form, sense))
    }
}
