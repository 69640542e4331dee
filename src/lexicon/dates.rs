//! The words of dates in each language: `data/lexicon/{ar,fa,sr,en}.toml`.
//!
//! A file has settings of the language, and blocks: `[[months]]` (twelve rows, first month first),
//! `[[weekdays]]` (seven rows, Monday first), `[[series]]` (forms that count upwards) and `[[words]]`.
//! Each block names its source. Forms are written as [`forms::expand`](super::forms::expand) reads them,
//! and a trailing `*` lets any letters follow.

pub(super) mod file;

use super::{
    LexiconError,
    matcher::Matcher,
    sense::{Mark, Sense},
};
use crate::text::Lang;
use chrono::Weekday;
use file::{Compiled, Months, Series, Weekdays, Words};
pub use file::{DefaultTense, NameCase, Settings};

/// The words of dates, per language.
#[derive(Debug)]
pub struct DateLexicons([DateLexicon; 4]);

impl DateLexicons {
    pub(super) fn new([ar, fa, sr, en]: [Compiled; 4]) -> Result<Self, LexiconError> {
        Ok(Self([
            DateLexicon::new("data/lexicon/ar.toml", ar)?,
            DateLexicon::new("data/lexicon/fa.toml", fa)?,
            DateLexicon::new("data/lexicon/sr.toml", sr)?,
            DateLexicon::new("data/lexicon/en.toml", en)?,
        ]))
    }

    /// The words of one language.
    #[must_use]
    pub const fn of(&self, lang: Lang) -> &DateLexicon {
        let [ar, fa, sr, en] = &self.0;
        match lang {
            Lang::Ar => ar,
            Lang::Fa => fa,
            Lang::Sr => sr,
            Lang::En => en,
        }
    }
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
    fn add(&mut self, sense: Sense) {
        if let Sense::Mark(mark) = sense {
            self.marks |= mark.bit();
        }
        self.role = self.role.max(Role::of(&sense));
        if !self.senses.contains(&sense) {
            self.senses.push(sense);
        }
    }

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
    matcher: Matcher,
    words: Vec<Word>,
}

impl DateLexicon {
    /// The words of a compiled file; `file` names it in errors.
    ///
    /// # Errors
    /// [`LexiconError`] that names the block at fault.
    fn new(file: &'static str, compiled: Compiled) -> Result<Self, LexiconError> {
        let Compiled { rows, matcher, meanings } = compiled;
        let mut senses = Senses { file, all: Vec::new() };
        rows.months.iter().try_for_each(|block| senses.months(block))?;
        rows.weekdays.iter().try_for_each(|block| senses.weekdays(block))?;
        rows.series.iter().try_for_each(|block| senses.series(block))?;
        rows.words.iter().try_for_each(|block| senses.words(block))?;
        let words = (0..meanings.len()).map(|word| {
            let numbers = meanings.of(word);
            let mut word = Word::default();
            let known = numbers.filter_map(|(_, number)| senses.all.get(number as usize));
            known.for_each(|sense| word.add(*sense));
            word
        });
        Ok(Self { settings: rows.settings, matcher, words: words.collect() })
    }

    /// All words, ready to be found; its values index [`DateLexicon::word`].
    #[must_use]
    pub const fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// What the pattern with this index means.
    #[must_use]
    pub fn word(&self, index: u16) -> Option<&Word> {
        self.words.get(usize::from(index))
    }
}

/// The senses of a file, in the order in which its forms are counted: one for each row of months and weekdays, for
/// each form of a series, for each block of words.
struct Senses {
    file: &'static str,
    all: Vec<Sense>,
}

impl Senses {
    fn fault(&self, block: &str, why: &str) -> LexiconError {
        LexiconError::Block { file: self.file, block: block.to_owned(), why: why.to_owned() }
    }

    fn months(&mut self, block: &Months) -> Result<(), LexiconError> {
        if block.names.len() != 12 {
            return Err(self.fault("months", "needs exactly 12 rows, the first month first"));
        }
        let (calendar, weak) = (block.calendar, block.weak);
        self.all.extend((1..=12).map(|month| Sense::Month { calendar, month, weak }));
        Ok(())
    }

    fn weekdays(&mut self, block: &Weekdays) -> Result<(), LexiconError> {
        if block.names.len() != 7 {
            return Err(self.fault("weekdays", "needs exactly 7 rows, Monday first"));
        }
        let mut day = Weekday::Mon;
        for _ in &block.names {
            self.all.push(Sense::Weekday { day, weak: block.weak });
            day = day.succ();
        }
        Ok(())
    }

    fn series(&mut self, block: &Series) -> Result<(), LexiconError> {
        for (n, _) in (0u32..).zip(&block.forms) {
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
            self.all.push(sense);
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
        self.all.push(sense);
        Ok(())
    }
}
