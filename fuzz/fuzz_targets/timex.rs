//! Any text in any language: no panic, spans in order and on character boundaries, the same answer twice.
#![no_main]

use dateline::{
    lexicon::Lexicons,
    model::{Anchor, Field},
    text::{Folded, Lang},
    timex::{Context, tag},
};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| Lexicons::embedded().expect("data files are read by the tests"));

fuzz_target!(|text: &str| {
    let folded = Folded::new(text);
    let day = chrono::NaiveDate::from_ymd_opt(2025, 2, 27).expect("a day");
    for lang in Lang::ALL {
        for anchor in [Anchor::Day(day), Anchor::NotAfter(day)] {
            let context = Context { anchor, terms: &[] };
            let tagged = tag(&[(Field::Text, &folded)], lang, &LEXICONS, &context);
            let mut last = 0;
            for timex in &tagged.timexes {
                assert!(timex.span.start >= last && text.get(timex.span.start..timex.span.end).is_some());
                last = timex.span.end;
            }
            assert_eq!(tagged, tag(&[(Field::Text, &folded)], lang, &LEXICONS, &context));
        }
    }
});
