//! What articles claim: tables of cases in four languages, and floors under the scores on annotated articles.

mod cases;
mod gold;
mod score;

use dateline::{
    article::Article,
    event::{Topic, keep_claimed, topics_of},
    lexicon::Lexicons,
    mention::{self, Mention},
    model::{Anchor, ArticleId, EntityId, SourceId, TopicId},
    text::Lang,
};
use std::sync::LazyLock;

static LEXICONS: LazyLock<Lexicons> = LazyLock::new(|| Lexicons::embedded().unwrap());

fn article(title: &str, text: &str, lang: Lang, anchor: Anchor) -> Article {
    Article {
        id: ArticleId::of(&[title.as_bytes(), text.as_bytes()]),
        source: SourceId::new("test").unwrap(),
        source_name: "test".to_owned(),
        url: None,
        title: title.to_owned(),
        text: text.to_owned(),
        lang,
        published: None,
        fetched: anchor.latest().and_hms_opt(0, 0, 0).unwrap().and_utc(),
    }
}

fn story() -> Topic {
    Topic {
        id: TopicId::new("iran-serbia").unwrap(),
        title: "Iran and Serbia".to_owned(),
        all_of: ["place:iran", "place:serbia"].map(EntityId::new).to_vec(),
        any_of: Vec::new(),
    }
}

/// What an article claims of the story of Iran and Serbia.
fn read(title: &str, text: &str, lang: Lang, anchor: Anchor) -> Vec<Mention> {
    let (article, story) = (article(title, text, lang, anchor), story());
    let mut extraction = mention::extract(&article, anchor, &LEXICONS);
    let fitting = topics_of(std::slice::from_ref(&story), &[], &extraction.entities);
    if fitting.is_empty() {
        return Vec::new();
    }
    keep_claimed(&[story], &fitting, &mut extraction);
    extraction.mentions
}
