//! Whatever a claim, an article or an event says is kept to the letter; and readers never wait.

use super::sample::{Sample, Story, at, day, put};
use chrono::{DateTime, FixedOffset, TimeZone as _};
use dateline::{
    article::{Article, Published},
    calendar::{Edtf, Precision},
    event::{Arrival, Cause, Change, Changes, Claim, Event, Revision},
    mention::Mention,
    model::{
        ArticleId, Basis, Confidence, Entity, EntityId, EventId, Evidence, Field, Kind, Located,
        MentionId, Party, Resolved, Role, RuleId, SourceId, Status, TopicId,
    },
    store::{EventQuery, Lookup, Outcome, StoredArticle},
    text::{Lang, Span},
};
use proptest::{collection::vec, option::of, prelude::*, sample::select};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

fn a_name() -> impl Strategy<Value = String> {
    "[\"\\\\/a-zčж-яا-ي\u{200c}\u{0} ]{0,12}"
}

fn a_date() -> impl Strategy<Value = Edtf> {
    const TEXTS: &[&str] = &[
        "2025-02-25",
        "2025-02-25~",
        "2025-02",
        "2025",
        "202X",
        "2025-21",
        "2025-34",
        "2025-02-25/..",
        "../2025-02-25",
        "2025-02-25~/2025-03-01",
        "0001-01-01",
        "9999-12-31",
        "999X",
        "9999-24",
    ];
    select(TEXTS).prop_map(|text| text.parse().unwrap())
}

prop_compose! {
    fn a_resolved()(
        when in a_date(),
        precision in select(&Precision::ALL[..]),
        basis in select(&Basis::ALL[..]),
        others in vec(a_date(), 0..3),
        conflict in any::<bool>(),
    ) -> Resolved {
        Resolved { when, precision, basis, others, conflict }
    }
}

prop_compose! {
    fn an_entity()(
        kind in select(&["person", "organisation", "place", "theme"][..]),
        name in a_name(),
        country in of(a_name()),
    ) -> Entity {
        Entity { id: EntityId::new(format!("{kind}:{name}")), name: name.into(), country: country.map(EntityId::new) }
    }
}

prop_compose! {
    fn a_place_in_the_text()(field in select(&[Field::Title, Field::Text][..]), start in 0..40usize, end in 0..40usize) -> Located {
        Located { field, span: Span::new(start, end) }
    }
}

prop_compose! {
    fn a_party()(who in an_entity(), role in select(&Role::ALL[..]), at in of(a_place_in_the_text())) -> Party {
        Party { who, role, at }
    }
}

prop_compose! {
    fn a_claim()(
        n in 0..1_000_000u32,
        kind in select(&Kind::ALL[..]),
        status in select(&Status::ALL[..]),
        when in a_resolved(),
        previous in of(a_date()),
        (parties, place) in (vec(a_party(), 0..4), of(an_entity())),
        themes in vec(a_name(), 0..3),
        (sentence, trigger, date) in (a_place_in_the_text(), a_place_in_the_text(), of(a_place_in_the_text())),
        confidence in 0..=100u8,
        rules in vec(a_name(), 0..3),
        (published, topics) in (of(0..9000i64), vec("[a-z0-9-]{1,9}", 0..3)),
    ) -> Claim {
        Claim {
            mention: Mention {
                id: MentionId::of(&[&n.to_le_bytes()]),
                kind, status, when, previous, parties, place,
                themes: themes.into_iter().map(EntityId::new).collect(),
                evidence: Evidence { sentence, trigger: trigger.span, date },
                confidence: Confidence::new(confidence),
                rules: rules.into_iter().map(|rule| RuleId(rule.into())).collect(),
            },
            article: article_id(),
            source: SourceId::new("agency").unwrap(),
            lang: Lang::Fa,
            published: published.map(|days| day("2010-01-01") + chrono::Duration::days(days)),
            topics: topics.iter().map(|topic| TopicId::new(topic).unwrap()).collect(),
            fetched: at(0),
        }
    }
}

fn article_id() -> ArticleId {
    ArticleId::of(&[b"kept"])
}

prop_compose! {
    fn an_article()(
        (title, text, source_name) in (a_name(), "[\"\\\\a-zčж-яا-ي\u{200c}\u{0}\n. ]{0,60}", a_name()),
        path in of("[a-z]{0,5}"),
        lang in select(&Lang::ALL[..]),
        published in of(prop_oneof![
            (0..9000i64).prop_map(|days| Published::On(day("2010-01-01") + chrono::Duration::days(days))),
            (0..2_000_000_000i64, 0..1000u32, -14 * 60..14 * 60).prop_map(|(second, milli, offset)| {
                let offset = FixedOffset::east_opt(offset * 60).unwrap();
                Published::At(offset.timestamp_opt(second, milli * 1_000_000).unwrap())
            }),
        ]),
        minute in 0..1000i64,
    ) -> Article {
        Article {
            id: article_id(),
            source: SourceId::new("agency").unwrap(),
            source_name,
            url: path.map(|path| format!("https://example.org/{path}?a=č").parse().unwrap()),
            title, text, lang, published,
            fetched: at(minute),
        }
    }
}

/// An event that holds a claim and says what it says.
fn event(claim: &Claim, at: DateTime<chrono::Utc>) -> Event {
    let mention = &claim.mention;
    Event {
        id: EventId::of(&[mention.id.as_bytes()]),
        revision: 1,
        kind: mention.kind,
        status: mention.status,
        when: mention.when.clone(),
        previous: mention.previous,
        parties: mention.parties.clone(),
        place: mention.place.clone(),
        themes: mention.themes.clone(),
        topics: claim.topics.clone(),
        headline: "\"Visit\": Ђ".to_owned(),
        mentions: vec![(claim.article, mention.id)],
        confidence: mention.confidence,
        first_seen: at,
        changed: at,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_put_comes_back_to_the_letter(
        article in an_article(),
        claims in vec(a_claim(), 1..4),
        reason in a_name(),
        fault in of(a_name()),
    ) {
        let sample = Sample::new();
        let fetched = article.fetched;
        let mut claims = claims.into_iter().map(|claim| Claim { fetched, ..claim }).collect::<Vec<_>>();
        claims.sort_unstable_by_key(|claim| claim.mention.id);
        claims.dedup_by_key(|claim| claim.mention.id);
        let outcome = Outcome { relevant: fault.is_none(), reason, topics: Vec::new(), rules: "r".to_owned(), fault };
        let events: Vec<Event> = claims.iter().map(|claim| event(claim, fetched)).collect();
        let revised = events.iter().map(|event| Revision {
            event: event.clone(),
            because: Cause::Article(article.id),
            changes: vec![Change { field: "headline", from: String::new(), to: event.headline.clone() }],
            recorded: fetched,
        }).collect::<Vec<_>>();

        let arrival = Arrival { article: article.id, before: Vec::new(), now: claims.clone(), at: fetched };
        let changes = Changes { revised: revised.clone(), ..Changes::default() };
        let (kept, told) = (article.clone(), outcome.clone());
        sample.store.write_blocking(move |writing| {
            writing.put_article(&kept, &told)?;
            writing.apply(&arrival, &changes)
        }).unwrap();

        let mut ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        ids.sort_unstable();
        let stored = sample.store.read(|reading| reading.article(article.id)).unwrap();
        prop_assert_eq!(stored, Some(StoredArticle { article: article.clone(), outcome, events: ids }));
        prop_assert_eq!(sample.store.read(|reading| reading.claims_by(article.id)).unwrap(), claims);
        for (event, revision) in events.into_iter().zip(revised) {
            let revisions = sample.store.read(|reading| reading.revisions(event.id)).unwrap();
            prop_assert_eq!(revisions, vec![revision]);
            let found = sample.store.read(|reading| reading.event(event.id)).unwrap();
            prop_assert!(matches!(found, Lookup::Found(found) if found.event == event && found.reports.len() == 1));
        }
    }
}

#[test]
fn readers_see_whole_commits_while_articles_come() {
    let sample = Sample::new();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let (mut seen, mut pages) = (0, 0);
                    while !done.load(Ordering::Relaxed) || pages == 0 {
                        let query = EventQuery { limit: 1000, ..EventQuery::default() };
                        let (count, page) = sample
                            .store
                            .read(|reading| Ok((reading.stats()?.events, reading.events(&query)?)))
                            .unwrap();
                        assert_eq!(count, page.events.len() as u64, "one moment of the database");
                        assert_eq!(count % 2, 0, "both articles of a commit or none");
                        assert!(count >= seen, "nothing goes back");
                        (seen, pages) = (count, pages + 1);
                    }
                })
            })
            .collect();
        for n in 0..60 {
            let pair = [0, 1].map(|half| Story {
                person: format!("person-{n}-{half}"),
                ..Story::on(&format!("{n}-{half}"), "2025-02-25")
            });
            let write = move |writing: &dateline::store::Writing<'_>| {
                pair.iter().try_for_each(|story| put(writing, story).map(drop))
            };
            sample.store.write_blocking(write).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.join().unwrap();
        }
    });
    assert_eq!(sample.store.read(|reading| reading.stats()).unwrap().events, 120);
}

#[tokio::test]
async fn writers_on_many_tasks_never_meet_a_lock() {
    let sample = Sample::new();
    let tasks: Vec<_> = (0..8)
        .map(|n| {
            let store = sample.store.clone();
            tokio::spawn(async move {
                for round in 0..5 {
                    let person = format!("person-{n}-{round}");
                    let story =
                        Story { person, ..Story::on(&format!("{n}-{round}"), "2025-02-25") };
                    store.write(move |writing| put(writing, &story).map(drop)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    sample.store.upkeep().await.unwrap();
    assert_eq!(sample.store.read(|reading| reading.stats()).unwrap().events, 40);
}
