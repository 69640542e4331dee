//! Four events made by hand: two reports in two languages, an approximate plan in Serbian Cyrillic, a date
//! that is only a year, and one whose texts try to break every format.

use chrono::{DateTime, Utc};
use dateline::{
    calendar::Precision,
    event::{Cause, Change, Event, Report, Reported, Revision},
    model::{
        ArticleId, Basis, Confidence, Entity, EntityId, EventId, Field, Kind, MentionId, Party,
        Resolved, Role, SourceId, Status, TopicId,
    },
    text::{Lang, Span},
};

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn resolved(edtf: &str, precision: Precision, basis: Basis) -> Resolved {
    Resolved { when: edtf.parse().unwrap(), precision, basis, others: vec![], conflict: false }
}

fn entity(id: &str, name: &str) -> Entity {
    Entity { id: EntityId::new(id), name: name.into(), country: None }
}

fn party(id: &str, name: &str, role: Role) -> Party {
    Party { who: entity(id, name), role, at: None }
}

fn event(n: u8, kind: Kind, status: Status, when: Resolved, headline: &str) -> Event {
    Event {
        id: EventId::from_bytes([n; 16]),
        revision: 1,
        kind,
        status,
        when,
        previous: None,
        parties: vec![],
        place: None,
        themes: vec![],
        topics: vec![TopicId::new("iran-serbia").unwrap()],
        headline: headline.to_owned(),
        mentions: vec![],
        confidence: Confidence::new(90),
        first_seen: instant("2026-11-23T10:00:00Z"),
        changed: instant("2026-11-23T10:00:00Z"),
    }
}

fn report(event: &Event, n: u8, lang: Lang, source: &str, sentence: &str) -> Report {
    Report {
        mention: MentionId::from_bytes([n; 16]),
        article: ArticleId::from_bytes([n; 16]),
        source: SourceId::new(source).unwrap(),
        source_name: source.to_owned(),
        url: Some(format!("https://{source}.example/a?n={n}&x=1").parse().unwrap()),
        title: format!("Article {n}"),
        lang,
        published: "2025-02-27".parse().ok(),
        field: Field::Text,
        sentence: sentence.to_owned(),
        sentence_at: Span::new(10, 10 + sentence.chars().count()),
        trigger_at: Span::new(10, 13),
        date_at: Some((Field::Text, Span::new(20, 28))),
        kind: event.kind,
        status: event.status,
        when: event.when.clone(),
        confidence: Confidence::new(80),
    }
}

/// The events in the order of their dates.
pub(crate) fn events() -> Vec<Reported> {
    let mut visit = event(
        1,
        Kind::Visit,
        Status::Held,
        resolved("2025-02-25", Precision::Day, Basis::YearFromOffice),
        "Sattar Hashemi visits Belgrade",
    );
    visit.revision = 2;
    visit.changed = instant("2026-11-23T12:30:00Z");
    visit.parties = vec![
        party("person:sattar-hashemi", "Sattar Hashemi", Role::Visitor),
        party("place:serbia", "Serbia", Role::Host),
    ];
    visit.place = Some(entity("place:belgrade", "Belgrade"));
    visit.themes = vec![EntityId::new("theme:telecom")];
    let visit_reports = vec![
        report(&visit, 1, Lang::Ar, "al-wasl", "وصل الوزير إلى بلغراد يوم الثلاثاء 25 فبراير."),
        report(
            &visit,
            2,
            Lang::Fa,
            "rooz",
            "وزیر ارتباطات روز سه\u{200c}شنبه ۷ اسفند وارد بلگراد شد.",
        ),
    ];

    let mut plan = event(
        2,
        Kind::Meeting,
        Status::Postponed,
        resolved("2025-03-10~", Precision::Day, Basis::Relative),
        "Joint commission meets in Tehran",
    );
    plan.previous = "2025-03-03".parse().ok();
    plan.when.others = vec!["2025-03-17".parse().unwrap()];
    plan.first_seen = instant("2026-11-23T11:00:00Z");
    plan.changed = plan.first_seen;
    let plan_reports =
        vec![report(&plan, 3, Lang::Sr, "jutro", "Заседање комисије биће одржано око 10. марта.")];

    let hostile = "=cmd|' /C calc'!A0 <script>alert(\"1\")</script> & \u{1}\u{fffe}a,b;c\\d\r\nBEGIN:VEVENT ]]>";
    let mut call = event(
        3,
        Kind::Call,
        Status::Cancelled,
        resolved("2025-03-28/2025-04-02", Precision::Day, Basis::Stated),
        hostile,
    );
    call.place = Some(entity("place:~odd", hostile));
    call.parties = vec![party("person:~\"odd\"&<", hostile, Role::Participant)];
    let mut odd = report(&call, 4, Lang::En, "odd", hostile);
    odd.source_name = hostile.to_owned();
    let call_reports = vec![odd];

    let expo = event(
        4,
        Kind::Exhibition,
        Status::Planned,
        resolved("2027", Precision::Year, Basis::Stated),
        "Serbia hosts Expo 2027",
    );
    let expo_reports =
        vec![report(&expo, 5, Lang::Sr, "jutro", "Srbija će 2027. biti domaćin izložbe.")];

    [(visit, visit_reports), (plan, plan_reports), (call, call_reports), (expo, expo_reports)]
        .into_iter()
        .map(|(event, reports)| Reported { event, reports })
        .collect()
}

/// How the first event came to be what it is.
pub(crate) fn revisions() -> Vec<Revision> {
    let after = events().swap_remove(0).event;
    let before = Event { revision: 1, changed: after.first_seen, ..after.clone() };
    let because = Cause::Article(ArticleId::from_bytes([1; 16]));
    let change = |field, from: &str, to: &str| Change { field, from: from.into(), to: to.into() };
    vec![
        Revision {
            recorded: before.changed,
            event: before,
            because,
            changes: vec![change("date", "", "2025-02~")],
        },
        Revision {
            recorded: after.changed,
            event: after,
            because: Cause::Article(ArticleId::from_bytes([2; 16])),
            changes: vec![change("date", "2025-02~", "2025-02-25"), change("sources", "1", "2")],
        },
    ]
}
