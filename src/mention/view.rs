//! An article laid out for reading: its sentences, and what stands in each.

use super::{
    border::Clauses,
    layout::Layout,
    name::{How, Name},
};
use crate::{
    article::Article,
    calendar::DateRange,
    lexicon::{
        Lexicons,
        cues::{Cue, Form, Found, Mark, Things, Trigger},
    },
    model::{Anchor, EntityType, Field, Kind, Located},
    text::{Folded, Span, sentence::sentences},
    timex::{Duration, Tagged, Timex},
};
use chrono::NaiveDate;
use std::rc::Rc;

/// An article with all that was found in it.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) article: &'a Article,
    pub(super) anchor: Anchor,
    pub(super) names: &'a [Name],
    pub(super) lexicons: &'a Lexicons,
    pub(super) sentences: Vec<Sentence<'a>>,
}

/// A sentence.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    pub(super) field: Field,
    pub(super) span: Span,
    /// The printed text of the whole field.
    text: &'a str,
    layout: Rc<Layout>,
    /// Its place among the sentences of its field, from 0.
    pub(super) place: usize,
    pub(super) cues: Vec<Found>,
    /// Names, by their place in the article's list.
    pub(super) names: Vec<usize>,
    pub(super) timexes: Vec<&'a Timex>,
    pub(super) durations: Vec<&'a Duration>,
    /// It belongs to the page and not to the article.
    pub(super) furniture: bool,
    /// What stands between quotation marks.
    quotes: Vec<Span>,
    pub(super) things: Things,
    /// The words that tell events, in reading order.
    pub(super) triggers: Vec<(Span, Trigger)>,
    /// Words that point back at an event told before, and its kind: "this meeting".
    pub(super) pointers: Vec<(Span, Kind)>,
    /// The clauses that a word begins.
    pub(super) clauses: Clauses,
    /// Whether its language puts the verb last.
    pub(super) verb_final: bool,
}

/// What stands behind a dateline.
const DASHES: [char; 3] = ['–', '—', '-'];

/// What the name of an occasion tells.
const OCCASION: Trigger = Trigger {
    kind: Kind::Exhibition,
    form: Form::Noun,
    aspect: None,
    needs: Things::NONE,
    sited: false,
};

impl<'a> View<'a> {
    pub(super) fn new(
        article: &'a Article,
        anchor: Anchor,
        fields: &[(Field, &Folded<'a>)],
        lexicons: &'a Lexicons,
        names: &'a [Name],
        tagged: &'a Tagged,
    ) -> Self {
        let language = lexicons.cues.of(article.lang);
        let mut view = Self { article, anchor, names, lexicons, sentences: Vec::new() };
        for (field, folded) in fields {
            let text = folded.printed();
            let layout = Rc::new(Layout::new(text));
            let mut found = language.find(folded);
            drop_parts_of_names(&mut found, names, *field);
            for (place, span) in sentences(text, &language.abbreviations).into_iter().enumerate() {
                let inside = |at: Field, inner: Span| at == *field && span.contains(inner);
                let first = found.partition_point(|cue| cue.span.start < span.start);
                let end = found.partition_point(|cue| cue.span.start < span.end);
                let inner = found.get(first..end).unwrap_or_default().iter();
                let cues: Vec<Found> =
                    inner.filter(|cue| span.contains(cue.span)).copied().collect();
                let things = cues.iter().fold(Things::default(), |all, found| match found.cue {
                    Cue::Thing(things) => all.with(things),
                    _ => all,
                });
                let furniture = cues.iter().any(|found| {
                    found.cue == Cue::Mark(Mark::Furniture) && found.span.start == span.start
                }) || tagged
                    .timexes
                    .iter()
                    .any(|timex| timex.furniture && inside(timex.field, timex.span));
                let dateline = tagged
                    .timexes
                    .iter()
                    .find(|timex| timex.dateline && inside(timex.field, timex.span))
                    .and_then(|timex| dateline_after(text, timex.span, span));
                // Who is named there is the agency.
                let is_agency = |name: &Name| {
                    let acts = matches!(name.etype, EntityType::Person | EntityType::Organisation);
                    acts && dateline.is_some_and(|dateline| dateline.contains(name.at.span))
                };
                let names = names.iter().enumerate();
                let mut sentence = Sentence {
                    field: *field,
                    span,
                    text,
                    layout: Rc::clone(&layout),
                    place,
                    things,
                    furniture,
                    names: names
                        .clone()
                        .filter(|(_, name)| inside(name.at.field, name.at.span) && !is_agency(name))
                        .map(|(number, _)| number)
                        .collect(),
                    timexes: tagged
                        .timexes
                        .iter()
                        .filter(|timex| inside(timex.field, timex.span) && !timex.furniture)
                        .collect(),
                    durations: tagged
                        .durations
                        .iter()
                        .filter(|length| inside(length.field, length.span))
                        .collect(),
                    quotes: quotes(text, span),
                    cues,
                    triggers: Vec::new(),
                    pointers: Vec::new(),
                    clauses: Clauses::default(),
                    verb_final: language.verb_final,
                };
                sentence.sort_triggers();
                // The words of a body's name tell nothing: "the visitors' centre".
                let inside_name = |trigger: Span| {
                    names.clone().any(|(_, name)| {
                        inside(name.at.field, name.at.span)
                            && matches!(name.via, How::Structure | How::Office | How::Title)
                            && name.etype == EntityType::Organisation
                            && name.at.span.contains(trigger)
                    })
                };
                sentence.triggers.retain(|(span, _)| !inside_name(*span));
                sentence.clauses = Clauses::read(&sentence);
                view.sentences.push(sentence);
            }
        }
        view
    }

    /// The names of a sentence.
    pub(super) fn names_of(&self, sentence: &Sentence<'_>) -> impl Iterator<Item = &'a Name> {
        sentence.names.iter().filter_map(|number| self.names.get(*number))
    }

    /// The day on which the article was written or, where that is not known, the latest day before today
    /// that it tells.
    pub(super) fn told_on(&self) -> NaiveDate {
        let latest = self.anchor.latest();
        let days =
            self.sentences.iter().flat_map(|sentence| &sentence.timexes).filter_map(|timex| {
                timex.resolved.as_ref()?.when.as_day().filter(|day| *day <= latest)
            });
        self.anchor.day().or_else(|| days.max()).unwrap_or(latest)
    }

    /// Whether some days begin after all on which the article may have been written.
    pub(super) fn begins_ahead(&self, days: DateRange) -> bool {
        days.first().is_some_and(|first| first > self.anchor.latest())
    }

    /// How many sentences carry a mark.
    pub(super) fn count(&self, mark: Mark) -> usize {
        self.sentences.iter().map(|sentence| sentence.marks(mark).count()).sum()
    }
}

impl<'a> Sentence<'a> {
    /// The places of a mark.
    pub(super) fn marks(&self, mark: Mark) -> impl Iterator<Item = Span> + '_ {
        self.cues.iter().filter(move |found| found.cue == Cue::Mark(mark)).map(|found| found.span)
    }

    /// Whether the sentence carries a mark.
    pub(super) fn has(&self, mark: Mark) -> bool {
        self.marks(mark).next().is_some()
    }

    /// Whether a trigger only points back at an event: "in this meeting".
    pub(super) fn refers(&self, trigger: Span) -> bool {
        self.marks(Mark::Reference).any(|over| over.contains(trigger))
    }

    /// Sorts out the triggers: those whose needs are met here, in reading order, without the shorter ones
    /// inside longer ones and without those that only point back; a stay or session that is pointed back at
    /// is kept, for what is said of its days.
    fn sort_triggers(&mut self) {
        let met: Vec<(Span, Trigger)> = self
            .cues
            .iter()
            .filter_map(|found| match found.cue {
                Cue::Trigger(trigger) => Some((found.span, trigger)),
                Cue::Occasion(_) => Some((found.span, OCCASION)),
                _ => None,
            })
            .filter(|(_, trigger)| trigger.needs.is_empty() || trigger.needs.meets(self.things))
            .filter(|(span, _)| !self.marks(Mark::Homonym).any(|over| over.contains(*span)))
            .collect();
        let shadowed = |span: Span, kind: Kind| {
            let lasting = matches!(kind, Kind::Visit | Kind::Conference | Kind::Exhibition);
            !lasting && self.refers(span)
                || met.iter().any(|(over, other)| {
                    over.contains(span)
                        && (over.len() > span.len() || (*over == span && other.kind < kind))
                })
        };
        let mut clear: Vec<_> =
            met.iter().filter(|(span, trigger)| !shadowed(*span, trigger.kind)).copied().collect();
        // "The visit" is a noun, though "visit" may be a verb.
        let noun = |span: Span, kind: Kind| {
            let same = |(over, other): &(Span, Trigger)| {
                *over == span && other.kind == kind && other.form == Form::Noun
            };
            self.refers(span) && met.iter().any(same)
        };
        clear.retain(|(span, trigger)| trigger.form == Form::Noun || !noun(*span, trigger.kind));
        clear.dedup_by_key(|(span, trigger)| (*span, trigger.kind));
        let back = met.iter().filter(|(span, _)| self.refers(*span));
        let mut pointers: Vec<_> = back.map(|(span, trigger)| (*span, trigger.kind)).collect();
        // "The conversation", "the session": words that tell no event by themselves.
        for over in self.marks(Mark::Reference) {
            if !met.iter().any(|(span, _)| over.contains(*span)) {
                pointers.extend([(over, Kind::Meeting), (over, Kind::Conference)]);
            }
        }
        self.pointers = pointers;
        self.triggers = clear;
    }

    /// How many words stand between two spans of this sentence.
    pub(super) fn words_between(&self, one: Span, other: Span) -> usize {
        self.layout.words(between(one, other))
    }

    /// The printed words under a span.
    pub(super) fn words(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// How far two spans are apart: words, and clause borders counted as several.
    pub(super) fn distance(&self, one: Span, other: Span) -> usize {
        if one.overlaps(other) {
            return 0;
        }
        self.words_between(one, other) + 4 * self.borders(one, other)
    }

    /// How many clause borders stand between two spans.
    pub(super) fn borders(&self, one: Span, other: Span) -> usize {
        self.layout.borders(between(one, other))
    }

    /// Where the first clause border at or behind a byte of the field stands, else the end of the sentence.
    pub(super) fn border_after(&self, from: usize) -> usize {
        self.layout.border_after(from).map_or(self.span.end, |at| at.min(self.span.end))
    }

    /// Whether no clause border stands between two spans.
    pub(super) fn same_clause(&self, one: Span, other: Span) -> bool {
        one.overlaps(other) || self.borders(one, other) == 0
    }

    /// The first colon behind `from`.
    pub(super) fn colon(&self, from: usize) -> Option<usize> {
        let rest = self.text.get(from..self.span.end)?;
        Some(from + rest.find(':')?)
    }

    /// Whether a verb that tells something stands behind one span and before another.
    pub(super) fn verb_between(&self, one: Span, other: Span) -> bool {
        self.triggers.iter().any(|(verb, trigger)| {
            trigger.form != Form::Noun && verb.start >= one.end && verb.end <= other.start
        })
    }

    /// Whether a span stands between quotation marks.
    pub(super) fn quoted(&self, span: Span) -> bool {
        self.quotes.iter().any(|quote| quote.contains(span))
    }

    /// Whether a mark ends at most `words` words before `span`.
    pub(super) fn before(&self, mark: Mark, span: Span, words: usize) -> bool {
        self.marks(mark).any(|at| {
            at.end <= span.start && self.words_between(at, span) <= words
                || at.contains(span) && at.start < span.start
        })
    }

    /// Whether a mark stands in the clause of `span`, or within `words` words of it.
    pub(super) fn near(&self, mark: Mark, span: Span, words: usize) -> bool {
        self.marks(mark).any(|at| {
            at.overlaps(span) || self.same_clause(at, span) && self.words_between(at, span) <= words
        })
    }

    /// Whether it is the headline, or the first sentence of the text.
    pub(super) fn is_head(&self) -> bool {
        self.field == Field::Title || self.place == 0
    }

    /// The sentence, located.
    pub(super) const fn located(&self) -> Located {
        Located { field: self.field, span: self.span }
    }
}

/// Leaves out the cues that are parts of names: "U Nišu" denies nothing, though "nisu" does; the company Expo 2027 is no
/// exhibition, nor is its director.
fn drop_parts_of_names(found: &mut Vec<Found>, names: &[Name], field: Field) {
    let occasions: Vec<Span> = found
        .iter()
        .filter(|cue| matches!(cue.cue, Cue::Occasion(_)))
        .map(|cue| cue.span)
        .collect();
    let of_occasion = |words: Span, cue: &Found| {
        let part = |occasion: &Span| words.contains(*occasion) && words.len() > occasion.len();
        words.contains(cue.span) && occasions.iter().any(part)
    };
    let silent = |name: &Name, cue: &Found| {
        let mark = matches!(cue.cue, Cue::Mark(_)) && name.core.contains(cue.span);
        match name.etype {
            EntityType::Place => mark,
            EntityType::Person => mark || of_occasion(name.at.span, cue),
            EntityType::Organisation => of_occasion(name.core, cue),
            EntityType::Theme => false,
        }
    };
    found.retain(|cue| !names.iter().any(|name| name.at.field == field && silent(name, cue)));
}

/// What stands of a dateline behind its day: the agency in brackets, else all up to the dash: "BELGRADE, Nov. 19 (Sava
/// Dispatch)", "BELGRADE, Nov. 19, Sava Dispatch –".
fn dateline_after(text: &str, day: Span, sentence: Span) -> Option<Span> {
    let rest = text.get(day.end..sentence.end)?;
    let end = if rest.trim_start().starts_with('(') { rest.find(')') } else { rest.find(DASHES) };
    Some(Span::new(day.end, day.end + end?))
}

/// What stands between two spans; empty where they overlap.
const fn between(one: Span, other: Span) -> Span {
    let (start, end) =
        if one.end <= other.start { (one.end, other.start) } else { (other.end, one.start) };
    Span { start, end }
}

/// The spans between quotation marks in a sentence, the marks included; one that is not closed runs to the
/// end of the sentence.
fn quotes(text: &str, sentence: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in sentence.of(text).char_indices() {
        let at = sentence.start + at;
        match (open, c) {
            (None, '„' | '“' | '«' | '"' | '”') => open = Some((at, c)),
            (Some((from, '„' | '“' | '”')), '“' | '”' | '"')
            | (Some((from, '«')), '»')
            | (Some((from, '"')), '"' | '”') => {
                found.push(Span::new(from, at + c.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    if let Some((from, _)) = open {
        found.push(Span::new(from, sentence.end));
    }
    found
}
