//! Any article in any language: no panic, evidence on character boundaries, the same answer twice.
#![no_main]

use chrono::{DateTime, Utc};
use dateline::{
    article::Article,
    lexicon::Lexicons,
    mention::extract,
    model::{ArticleId, SourceId},
    text::Lang,
};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| Lexicons::embedded().expect("data files are read by the tests"));

fuzz_target!(|input: (&str, &str)| {
    let (title, text) = input;
    for lang in Lang::ALL {
        let article = Article {
            id: ArticleId::of(&[text.as_bytes()]),
            source: SourceId::new("fuzz").expect("a slug"),
            source_name: "fuzz".to_owned(),
            url: None,
            title: title.to_owned(),
            text: text.to_owned(),
            lang,
            published: None,
            fetched: DateTime::<Utc>::UNIX_EPOCH,
        };
        let first = extract(&article, article.anchor(), &LEXICONS);
        for mention in &first.mentions {
            let sentence = mention.evidence.sentence;
            let field = article.field(sentence.field);
            assert!(field.get(sentence.span.start..sentence.span.end).is_some());
        }
        assert_eq!(first, extract(&article, article.anchor(), &LEXICONS));
    }
});
