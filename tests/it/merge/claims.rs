//! Claims for tests, written shortly.

use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use dateline::{
    calendar::{Edtf, Precision},
    event::{Arrival, Claim},
    mention::Mention,
    model::{
        ArticleId, Basis, Confidence, Entity, EntityId, Evidence, Field, Kind, Located, MentionId,
        Party, Resolved, Role, SourceId, Status, TopicId,
    },
    text::{Lang, Span},
};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, path::Path};

#[derive(Deserialize)]
struct Groups {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    r#type: String,
    country: Option<String>,
    names: Vec<String>,
}

/// The people, bodies and places of the test texts by name.
pub(super) struct Names(BTreeMap<String, Entity>);

impl Names {
    pub(super) fn load() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/merge/parties.toml");
        let groups: Groups = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let mut names = BTreeMap::new();
        for group in &groups.group {
            for name in &group.names {
                let country = group.country.as_ref().map(|country| key("place", country));
                let id = key(&group.r#type, name);
                names.insert(name.clone(), Entity { id, name: name.as_str().into(), country });
            }
        }
        Self(names)
    }

    pub(super) fn get(&self, name: &str) -> Entity {
        self.0.get(name).ok_or(name).unwrap().clone()
    }
}

fn key(entity_type: &str, name: &str) -> EntityId {
    EntityId::new(format!("{entity_type}:{}", name.to_lowercase().replace(' ', "-")))
}

/// What a test says of a claim; the rest is filled in.
#[derive(Debug, Clone)]
pub(super) struct Told<'a> {
    pub(super) article: &'a str,
    pub(super) source: &'a str,
    pub(super) lang: Lang,
    pub(super) published: Option<NaiveDate>,
    /// Tells the mentions of one article apart.
    pub(super) n: usize,
    pub(super) kind: Kind,
    pub(super) status: Status,
    pub(super) date: &'a str,
    pub(super) basis: Basis,
    pub(super) parties: Vec<Entity>,
    pub(super) place: Option<Entity>,
    pub(super) previous: Option<&'a str>,
}

impl Told<'_> {
    pub(super) fn claim(&self) -> Claim {
        let article = ArticleId::of(&[self.article.as_bytes()]);
        let span = Span::new(self.n, self.n + 1);
        let party = |who: &Entity| Party { who: who.clone(), role: Role::Participant, at: None };
        Claim {
            mention: Mention {
                id: MentionId::of(&[self.article.as_bytes(), &self.n.to_le_bytes()]),
                kind: self.kind,
                status: self.status,
                when: resolved(self.date, self.basis),
                previous: self.previous.map(|date| date.parse().unwrap()),
                parties: self.parties.iter().map(party).collect(),
                place: self.place.clone(),
                themes: Vec::new(),
                evidence: Evidence {
                    sentence: Located { field: Field::Text, span },
                    trigger: span,
                    date: None,
                },
                confidence: Confidence::new(80),
                rules: Vec::new(),
            },
            article,
            source: SourceId::new(self.source).unwrap(),
            lang: self.lang,
            published: self.published,
            topics: vec![TopicId::new("iran-serbia").unwrap()],
            fetched: instant(0),
        }
    }
}

/// The date as extraction would give it: a run of days that is a solar Hijri month or season has that
/// precision.
fn resolved(date: &str, basis: Basis) -> Resolved {
    let when: Edtf = date.parse().unwrap();
    let ends = when.ends();
    let precision = ends.0.or(ends.1).map(|point| point.unit.precision()).unwrap();
    let solar =
        when.range().first().is_some_and(|day| (20..=23).contains(&chrono::Datelike::day(&day)));
    let precision = match when.range().days() {
        Some(29..=31) if solar => Precision::Month,
        Some(89..=93) if solar => Precision::Season,
        _ => precision,
    };
    Resolved { when, precision, basis, others: Vec::new(), conflict: false }
}

pub(super) fn instant(seconds: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_790_000_000 + seconds, 0).unwrap()
}

/// The first reading of one article.
pub(super) fn arrival(claims: Vec<Claim>, seconds: i64) -> Arrival {
    let article = claims.first().map_or(ArticleId::of(&[]), |claim| claim.article);
    Arrival { article, before: Vec::new(), now: claims, at: instant(seconds) }
}
