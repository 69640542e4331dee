//! A text as words, and as the phrases of the gazetteer and the words between them.

use crate::{
    lexicon::gazetteer::{
        Gazetteer, Grammar, Sense,
        phrases::{Case, Form},
    },
    text::{Folded, Span, fold::is_alphanumeric},
};
use std::{cell::OnceCell, ops::Range};

/// What stands between two words, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing but blanks, or nothing.
    Blank,
    /// A hyphen or an apostrophe inside a word.
    Joined,
    /// A full stop that may belong to an abbreviation.
    Point,
    /// A quotation mark.
    Quote,
    /// A comma, perhaps with a quotation mark.
    Comma,
    /// A bracket or a dash.
    Aside,
    /// The end of a sentence or of a part of it.
    Break,
}

/// A word.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Its bytes in the folded text.
    pub span: Span,
    /// What stands before it.
    pub gap: Gap,
    /// Whether a quotation mark stands right before it.
    pub quoted: bool,
    /// How it is printed.
    pub case: Case,
    /// Whether it is a given name, once somebody has asked.
    pub given: OnceCell<bool>,
    /// Whether it is a family name, once somebody has asked.
    pub family: OnceCell<bool>,
    forms: Range<usize>,
}

/// A phrase of the gazetteer, or a word that is in none.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its words.
    pub tokens: Range<usize>,
    /// What it may mean; empty for an unknown word.
    pub senses: Vec<Sense>,
}

/// A field of an article, read.
#[derive(Debug)]
pub(super) struct Text<'a, 't> {
    pub folded: &'a Folded<'t>,
    pub tokens: Vec<Token>,
    pub items: Vec<Item>,
}

impl<'a, 't> Text<'a, 't> {
    pub(super) fn new(folded: &'a Folded<'t>, gazetteer: &Gazetteer, grammar: &Grammar) -> Self {
        let (tokens, forms) = tokens(folded, gazetteer, grammar);
        let items = items(&tokens, &forms, grammar);
        Self { folded, tokens, items }
    }

    /// The folded letters of a word.
    pub(super) fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| token.span.of(self.folded.as_str()))
    }

    /// What stands before an item; a break before the first and after the last.
    pub(super) fn gap(&self, item: usize) -> Gap {
        let first = self.items.get(item).map(|item| item.tokens.start);
        match first {
            Some(0) | None => Gap::Break,
            Some(first) => self.tokens.get(first).map_or(Gap::Break, |token| token.gap),
        }
    }

    /// The printed bytes of a run of words.
    pub(super) fn printed(&self, tokens: &Range<usize>) -> Span {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.span.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        self.folded.to_printed(Span::new(start, end.map_or(start, |token| token.span.end)))
    }

    /// The readings of an item.
    pub(super) fn senses(&self, item: usize) -> &[Sense] {
        self.items.get(item).map_or(&[], |item| &item.senses)
    }

    /// The words of a run of items.
    pub(super) fn tokens_of(&self, items: &Range<usize>) -> Range<usize> {
        let start = self.items.get(items.start).map_or(0, |item| item.tokens.start);
        let end = items.end.checked_sub(1).and_then(|last| self.items.get(last));
        start..end.map_or(start, |item| item.tokens.end)
    }

    /// How a word is printed.
    pub(super) fn case(&self, token: usize) -> Case {
        self.tokens.get(token).map_or(Case::Any, |token| token.case)
    }
}

fn tokens(
    folded: &Folded<'_>,
    gazetteer: &Gazetteer,
    grammar: &Grammar,
) -> (Vec<Token>, Vec<Form>) {
    let text = folded.as_str();
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 6);
    let mut forms = Vec::with_capacity(text.len() / 6);
    let (mut own, mut link) = (Vec::new(), Vec::new());
    let mut end = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if !is_alphanumeric(c) {
            continue;
        }
        let mut stop = start + c.len_utf8();
        while let Some((at, next)) = rest.next_if(|(_, next)| is_alphanumeric(*next)) {
            stop = at + next.len_utf8();
        }
        let span = Span::new(start, stop);
        let before = text.get(end..start).unwrap_or_default();
        let mut span = span;
        grammar.phrases.forms(span.of(text), &mut own);
        let mut before = before;
        if let Some(joined) = joined_and(span.of(text), &own, gazetteer, grammar) {
            let and = Span::new(span.start, span.start + joined);
            grammar.phrases.forms(and.of(text), &mut link);
            let start = forms.len();
            forms.append(&mut link);
            tokens.push(Token {
                span: and,
                gap: gap(before, tokens.last().map(|token| token.span.of(text))),
                quoted: before.ends_with('"'),
                case: Case::Any,
                given: OnceCell::new(),
                family: OnceCell::new(),
                forms: start..forms.len(),
            });
            span = Span::new(and.end, span.end);
            before = "";
        }
        let first = forms.len();
        forms.append(&mut own);
        tokens.push(Token {
            span,
            gap: gap(before, tokens.last().map(|token| token.span.of(text))),
            quoted: before.ends_with('"'),
            // Arabic letters have no capitals.
            case: match c {
                '\u{600}'..='\u{6ff}' => Case::Any,
                _ => case(folded.to_printed(span).of(folded.printed())),
            },
            given: OnceCell::new(),
            family: OnceCell::new(),
            forms: first..forms.len(),
        });
        end = stop;
    }
    (tokens, forms)
}

fn case(printed: &str) -> Case {
    let mut letters = printed.chars();
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            let mut rest = letters.peekable();
            if rest.peek().is_some() && rest.all(|c| !c.is_lowercase()) {
                Case::Upper
            } else {
                Case::Capital
            }
        }
        _ => Case::Any,
    }
}

/// How many bytes of an unknown word are an "and" joined to a given name: "ودراغان".
fn joined_and(
    word: &str,
    forms: &[Form],
    gazetteer: &Gazetteer,
    grammar: &Grammar,
) -> Option<usize> {
    let and = grammar.joined_and.as_str();
    let name =
        word.strip_prefix(and).filter(|_| forms.iter().all(Form::is_clitic) && !and.is_empty())?;
    (name.chars().nth(2).is_some() && gazetteer.is_given(name)).then_some(and.len())
}

/// Abbreviations end with a point that ends no sentence; a longer word before it does.
const ABBREVIATION: usize = 4;

fn gap(between: &str, before: Option<&str>) -> Gap {
    if between.bytes().all(|byte| byte == b' ') {
        return Gap::Blank;
    }
    if between.contains('\n') {
        return Gap::Break;
    }
    let marks: String = between.chars().filter(|c| *c != ' ').collect();
    let short = before.is_some_and(|word| word.len() <= ABBREVIATION && word.is_ascii());
    match marks.as_str() {
        "-" | "'" if marks == between => Gap::Joined,
        "." if short => Gap::Point,
        marks if marks.contains(['.', '!', '?', ';', ':', '*', '|', '/', '\u{2026}']) => Gap::Break,
        marks if marks.contains(['(', ')', '[', ']', '-']) => Gap::Aside,
        marks if marks.contains(',') => Gap::Comma,
        marks if marks.contains('"') => Gap::Quote,
        "'" | "&" | "%" | "#" | "@" | "_" | "+" | "=" => Gap::Joined,
        _ => Gap::Aside,
    }
}

fn items(tokens: &[Token], forms: &[Form], grammar: &Grammar) -> Vec<Item> {
    let mut items = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let within = |next: usize| {
            let token = tokens.get(next)?;
            // A name may hold one in quotation marks, and letters with points: "Institute “Mihajlo Pupin”",
            // "EXPO 2027 d.o.o.".
            let letter = |token: &Token| token.span.len() == 1;
            let inside = next == at
                || token.gap <= Gap::Joined
                || matches!(token.gap, Gap::Comma | Gap::Quote)
                || token.gap == Gap::Point
                    && letter(token)
                    && tokens.get(next - 1).is_some_and(letter);
            if inside { forms.get(token.forms.clone()) } else { None }
        };
        let comma = |next: usize| tokens.get(next).is_some_and(|token| token.gap == Gap::Comma);
        let fits = |case: Case| match case {
            Case::Any => true,
            Case::Capital => token.case != Case::Any,
            Case::Upper => token.case == Case::Upper,
        };
        let mut senses = Vec::new();
        let words = grammar.phrases.longest(at, within, comma, fits, &mut senses).unwrap_or(1);
        if senses.iter().any(|sense| *sense != Sense::Stop) {
            senses.retain(|sense| *sense != Sense::Stop);
        }
        items.push(Item { tokens: at..at + words, senses });
        at += words;
    }
    items
}
