//! How the verbs read an article.

use crate::{
    article::Article,
    lexicon::Lexicons,
    mention::{Extraction, Left},
    model::{Anchor, Field, Located},
    text::Folded,
    timex,
};

/// Reads the dates of an article.
pub(super) fn read(article: &Article, anchor: Anchor, lexicons: &Lexicons) -> Extraction {
    let (title, text) = (Folded::new(&article.title), Folded::new(&article.text));
    let fields = [(Field::Title, &title), (Field::Text, &text)];
    let context = timex::Context { anchor, terms: &[] };
    let tagged = timex::tag(&fields, article.lang, lexicons, &context);
    let left = tagged.left.into_iter().map(|unread| Left {
        at: Located { field: unread.field, span: unread.span },
        why: unread.why.to_string(),
    });
    Extraction {
        lang: article.lang,
        timexes: tagged.timexes,
        mentions: Vec::new(),
        entities: Vec::new(),
        left: left.collect(),
    }
}
