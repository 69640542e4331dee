//! Occasions that bear their year in their names, such as "Expo 2027": naming one tells an event of that
//! year, or of the days that the article tells.

use super::{
    candidate::Candidate,
    cast,
    name::Name,
    rules,
    times::{Times, Told},
    view::View,
};
use crate::{
    calendar::{Edtf, Point, Precision, Unit},
    lexicon::{
        Lexicons,
        cues::{Cue, Form, Mark, Occasion},
    },
    model::{Basis, Entity, Kind, Located, Party, Resolved, Role, Status},
};
use chrono::Datelike as _;

/// The occasions that an article names, each as one candidate; candidates that tell the days of one are
/// taken into it.
pub(super) fn occasions(view: &View<'_>, lexicons: &Lexicons, candidates: &mut Vec<Candidate>) {
    for (number, occasion) in lexicons.cues.occasions().iter().enumerate() {
        let Some(mut found) = named(view, lexicons, number, occasion) else { continue };
        candidates.retain(|other| {
            let same = other.kind == occasion.kind && tells_year(other, occasion.year);
            if same {
                let stated = other.times.clone();
                let about = stated.any().is_some_and(|told| told.when.when.is_approximate());
                if !about && span_is_finer(&found.times, &stated) {
                    found.times = stated;
                    found.sentence = other.sentence;
                    found.trigger = other.trigger;
                }
                found.told += 1;
            }
            !same
        });
        candidates.push(found);
    }
    candidates.retain(|other| {
        other.rules.contains(&rules::OCCASION)
            || other.kind != Kind::Exhibition
            || !names_occasion(view, other)
    });
}

/// Whether the trigger of a candidate is the name of an occasion, so that its date is that of something
/// else in the sentence.
fn names_occasion(view: &View<'_>, candidate: &Candidate) -> bool {
    view.sentences.get(candidate.sentence).is_some_and(|sentence| {
        sentence.cues.iter().any(|found| {
            matches!(found.cue, Cue::Occasion(_)) && found.span.overlaps(candidate.trigger)
        })
    })
}

fn tells_year(candidate: &Candidate, year: i32) -> bool {
    candidate.times.any().is_some_and(|told| {
        told.when.when.range().first().is_some_and(|first| first.year() == year)
            || told.when.when.range().last().is_some_and(|last| last.year() == year)
    })
}

fn span_is_finer(known: &Times, new: &Times) -> bool {
    let days = |times: &Times| {
        times.any().and_then(|told| told.when.when.range().days()).unwrap_or(i64::MAX)
    };
    days(new) < days(known)
}

fn named(
    view: &View<'_>,
    lexicons: &Lexicons,
    number: usize,
    occasion: &Occasion,
) -> Option<Candidate> {
    let number = u8::try_from(number).ok()?;
    let mut first = None;
    let mut told = 0;
    let mut tied: Vec<&Name> = Vec::new();
    for (place, sentence) in
        view.sentences.iter().enumerate().filter(|(_, sentence)| !sentence.furniture)
    {
        let cue = sentence.cues.iter().find(|found| found.cue == Cue::Occasion(number));
        let Some(cue) = cue else { continue };
        first = first.or(Some((place, cue.span, sentence.field)));
        told += 1;
        let others = view.names_of(sentence).filter(|name| name.country().is_some());
        tied.extend(others.filter(|name| name.country() != Some(&occasion.host)));
    }
    let (sentence, trigger, field) = first?;
    let host = lexicons.gazetteer.get(&occasion.host)?.entity.clone();
    let mut parties = vec![Party { who: host, role: Role::Host, at: None }];
    let guest = participant(view, &tied, occasion)?;
    parties.push(Party { who: guest, role: Role::Participant, at: None });
    let year = Edtf::point(Point::exact(Unit::Year(occasion.year)))?;
    let when = Resolved {
        when: year,
        precision: Precision::Year,
        basis: Basis::Stated,
        others: Vec::new(),
        conflict: false,
    };
    let ahead = year.range().last().is_some_and(|last| last > view.anchor.latest());
    Some(Candidate {
        sentence,
        kind: occasion.kind,
        form: Form::Noun,
        trigger,
        times: Times {
            day: Some(Told { when, at: Located { field, span: trigger } }),
            ..Times::default()
        },
        lasting: true,
        status: if ahead { Status::Planned } else { Status::Held },
        parties,
        place: lexicons.gazetteer.get(&occasion.place).map(|entry| entry.entity.clone()),
        previous: None,
        rules: vec![rules::OCCASION, rules::STATUS_DATE],
        told,
        borrowed: false,
        weak: None,
    })
}

/// The country that the article ties to the occasion: the one named most often beside it, else the one
/// named most often in the article.
fn participant(view: &View<'_>, tied: &[&Name], occasion: &Occasion) -> Option<Entity> {
    let all: Vec<Entity> =
        cast::most_told(view).into_iter().filter(|country| country.id != occasion.host).collect();
    let count =
        |country: &Entity| tied.iter().filter(|name| name.country() == Some(&country.id)).count();
    // The first of those named equally often beside it is the one named most often in the article.
    all.iter().rev().max_by_key(|country| count(country)).cloned()
}

/// Whether a sentence is about sport: an occasion of its own sort, which tells no event here.
pub(super) fn is_sport(view: &View<'_>) -> bool {
    view.count(Mark::Sport) >= 4
}
