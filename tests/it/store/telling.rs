//! What is written comes back: articles, claims, events, and their history.

use super::sample::{Sample, Story, at};
use dateline::{
    event::Ledger as _,
    model::Status,
    store::{EventQuery, HistoryQuery, HistoryStep, Lookup, Stored},
    text::{Span, terms::Terms},
};

#[test]
fn an_article_and_its_event_come_back_as_they_went() {
    let sample = Sample::new();
    let story = Story::default();
    let (stored, changes) = sample.put(&story);
    assert_eq!(stored, Stored::New);
    let event = &changes.revised.first().unwrap().event;

    let article = sample.store.read(|reading| reading.article(story.id())).unwrap().unwrap();
    assert_eq!(article.article, story.article());
    assert_eq!(article.outcome, story.outcome());
    assert_eq!(article.events, [event.id]);

    let Lookup::Found(found) = sample.store.read(|reading| reading.event(event.id)).unwrap() else {
        unreachable!("the event is there")
    };
    assert_eq!(found.event, *event);
    let report = found.reports.first().unwrap();
    assert_eq!(report.sentence, story.sentence);
    assert_eq!(report.sentence_at, Span::new(7, 7 + story.sentence.chars().count()));
    assert_eq!(report.trigger_at, Span::new(7, 8));
    assert_eq!(report.source_name, "AGENCY");
    assert_eq!(report.url.as_ref().unwrap().as_str(), "https://example.org/one");

    let claims = sample.store.write_blocking(move |writing| {
        let by = writing.claims_by(story.id())?;
        let of = writing.claims_of(&[by[0].mention.id])?;
        Ok((story, by, of))
    });
    let (story, by, of) = claims.unwrap();
    assert_eq!(by, story.claims());
    assert_eq!(of.iter().map(|claim| &**claim).collect::<Vec<_>>(), by.iter().collect::<Vec<_>>());
}

#[test]
fn the_same_again_changes_nothing() {
    let sample = Sample::new();
    let story = Story::default();
    sample.put(&story);
    let before = sample.store.read(|reading| reading.revision()).unwrap();
    let later = Story { at: at(60), ..story };
    assert_eq!(sample.put(&later).0, Stored::Same);
    assert_eq!(sample.store.read(|reading| reading.revision()).unwrap(), before);
    assert_eq!(sample.store.read(|reading| reading.stats()).unwrap().revisions, 1);
}

#[test]
fn an_edit_makes_a_revision_and_keeps_the_id() {
    let sample = Sample::new();
    let story = Story { status: Status::Planned, ..Story::default() };
    let id = sample.put(&story).1.revised[0].event.id;
    let (stored, _) = sample.put(&Story {
        status: Status::Held,
        title: "He came".to_owned(),
        at: at(5),
        ..story
    });
    assert_eq!(stored, Stored::Changed);
    let revisions = sample.store.read(|reading| reading.revisions(id)).unwrap();
    let statuses: Vec<_> = revisions.iter().map(|revision| revision.event.status).collect();
    assert_eq!(statuses, [Status::Planned, Status::Held]);
    let change = revisions[1].changes.iter().find(|change| change.field == "status").unwrap();
    assert_eq!((change.from.as_str(), change.to.as_str()), ("planned", "held"));
    assert_eq!(sample.list(&EventQuery::default())[0].reports[0].title, "He came");
}

#[test]
fn a_withdrawn_event_is_gone_and_may_come_back() {
    let sample = Sample::new();
    let story = Story::default();
    let id = sample.put(&story).1.revised[0].event.id;
    let denied = Story { status: Status::Denied, at: at(5), ..story.clone() };
    assert_eq!(sample.put(&denied).1.withdrawn, [id]);
    let look = || sample.store.read(|reading| reading.event(id)).unwrap();
    assert_eq!(look(), Lookup::Withdrawn { since: at(5), reason: None });
    assert!(sample.list(&EventQuery::default()).is_empty());
    let text = Some(Terms::read("Belgrade"));
    assert!(sample.list(&EventQuery { text: text.clone(), ..EventQuery::default() }).is_empty());

    sample.put(&Story { at: at(9), ..story });
    assert!(matches!(look(), Lookup::Found(found) if found.event.revision == 2));
    assert_eq!(sample.list(&EventQuery { text, ..EventQuery::default() }).len(), 1);
    let query = HistoryQuery { limit: 10, ..HistoryQuery::default() };
    let history = sample.store.read(|reading| reading.history(&query)).unwrap();
    let steps: Vec<_> = history
        .iter()
        .map(|entry| match entry.step {
            HistoryStep::Revised(_) => "revised",
            HistoryStep::Merged(_) => "merged",
            HistoryStep::Withdrawn => "withdrawn",
        })
        .collect();
    assert_eq!(steps, ["revised", "withdrawn", "revised"]);
    let rest = HistoryQuery { after: Some(history[1].seq), ..query };
    assert_eq!(sample.store.read(|reading| reading.history(&rest)).unwrap(), history[2..]);
}
