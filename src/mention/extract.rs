//! From an article to its mentions, step by step.

use super::{
    Extraction, Left, Mention,
    candidate::{self, Candidate, is_long},
    cast,
    confidence::confidence,
    merge, name,
    name::Name,
    occasion, party, place, rules, scene, sift, status, stay, story, times,
    view::{Sentence, View},
};
use crate::{
    article::Article,
    calendar::Precision,
    lexicon::{
        Lexicons,
        cues::{Form, Mark},
    },
    model::{
        Anchor, Confidence, EntityId, EntityType, Evidence, Field, Kind, Located, MentionId, Party,
        Status,
    },
    text::{Folded, Span},
    timex::{self, Tagged},
};

/// Reads an article: its time expressions, the names in it, and the events that it claims.
///
/// `anchor` is what relative dates count from, usually [`Article::anchor`]. The same input gives the same
/// result; nothing can fail.
#[must_use]
pub fn extract(article: &Article, anchor: Anchor, lexicons: &Lexicons) -> Extraction {
    extract_if(article, anchor, lexicons, |_| true)
}

/// As [`extract`], but reads no further than to the names of an article that names nothing `wanted`:
/// [`Extraction::entities`] and [`Extraction::names`] are then as they would be, and all else is empty. Most of what
/// a newsroom writes is of no story that is followed, and costs less than half so. `wanted` is asked with what
/// [`Extraction::entities`] is going to be. An article without a day of publication is always read to the end, because
/// the dates in it take part in whom it names.
#[must_use]
pub fn extract_if(
    article: &Article,
    anchor: Anchor,
    lexicons: &Lexicons,
    wanted: impl Fn(&[EntityId]) -> bool,
) -> Extraction {
    let (title, text) = (Folded::new(&article.title), Folded::new(&article.text));
    let fields = [(Field::Title, &title), (Field::Text, &text)];
    let names = name::names(&fields, article.lang, lexicons, anchor);
    if anchor.day().is_some() {
        let entities = entities(&names);
        if !wanted(&entities) {
            return Extraction {
                lang: article.lang,
                timexes: Vec::new(),
                vague: Vec::new(),
                mentions: Vec::new(),
                entities,
                names,
                left: Vec::new(),
            };
        }
    }
    let (names, tagged) = dates(&fields, article, anchor, lexicons, names);
    let view = View::new(article, anchor, &fields, lexicons, &names, &tagged);
    let mut left = Vec::new();
    let mentions =
        if occasion::is_sport(&view) { Vec::new() } else { mentions(&view, lexicons, &mut left) };
    left.extend(tagged.left.iter().map(|unread| Left {
        at: Located { field: unread.field, span: unread.span },
        why: unread.why.clone(),
    }));
    left.sort_by_key(|left| (left.at.field, left.at.span));
    Extraction {
        lang: article.lang,
        timexes: tagged.timexes,
        vague: tagged.vague,
        mentions,
        entities: entities(&names),
        names,
        left,
    }
}

/// Time expressions, beside the names. An article without a day of publication is read twice: the dates found
/// first tell who held the offices that it names.
fn dates(
    fields: &[(Field, &Folded<'_>)],
    article: &Article,
    anchor: Anchor,
    lexicons: &Lexicons,
    names: Vec<Name>,
) -> (Vec<Name>, Tagged) {
    let tag = |names: &[Name]| {
        let terms = name::terms(names);
        let context = timex::Context { anchor, terms: &terms };
        timex::tag(fields, article.lang, lexicons, &context)
    };
    let tagged = tag(&names);
    let days = tagged.timexes.iter().filter(|timex| !timex.furniture).filter_map(|timex| {
        timex.resolved.as_ref()?.when.as_day().filter(|day| *day <= anchor.latest())
    });
    match (anchor.day(), days.max()) {
        (None, Some(day)) => {
            let names = name::names(fields, article.lang, lexicons, Anchor::Day(day));
            let tagged = tag(&names);
            (names, tagged)
        }
        _ => (names, tagged),
    }
}

fn entities(names: &[Name]) -> Vec<EntityId> {
    let own = names.iter().map(|name| name.entity.id.clone());
    let countries = names.iter().filter_map(|name| name.entity.country.clone());
    let mut all: Vec<EntityId> = own.chain(countries).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn mentions(view: &View<'_>, lexicons: &Lexicons, left: &mut Vec<Left>) -> Vec<Mention> {
    let mut candidates = Vec::new();
    let mut statements = Vec::new();
    for (number, sentence) in view.sentences.iter().enumerate().filter(|(_, s)| !s.furniture) {
        for mut found in candidate::candidates(view, number, sentence) {
            found.place = place::named(view, sentence, &found);
            if place::is_return(view, sentence, &found) {
                found.place = None;
                times::turn_back(&mut found);
            }
            if found.place.is_some() {
                found.rules.push(rules::PLACE);
            }
            let destination = found.place.as_ref().and_then(|place| place.country.clone());
            found.parties = party::named(view, sentence, &found, destination.as_ref());
            if !found.parties.is_empty() {
                found.rules.push(rules::NAMED);
            }
            let (status, rule) = status::status(view, sentence, &found);
            found.status = status;
            found.rules.push(rule);
            if status == Status::Postponed {
                times::postpone(view, sentence, &mut found);
            }
            if let Some(why) = sift::refused(view, sentence, &found) {
                left.push(left_out(sentence, &found, why));
                continue;
            }
            found.weak = sift::weak(sentence, &found);
            if found.kind == Kind::Statement {
                statements.push(found);
                continue;
            }
            if sentence.field != Field::Title {
                complete(view, number, &mut found, &candidates);
            }
            candidates.push(found);
        }
    }
    point_back(view, &mut candidates);
    date_back(view, &mut candidates);
    stay::lengths(view, &mut candidates);
    stay::ways_home(view, &mut candidates);
    occasion::occasions(view, lexicons, &mut candidates);
    let merged = merge::without_old_days(view, merge::merge(view, candidates));
    let mut kept = Vec::new();
    for mut found in merged {
        if found.weak.is_none() {
            let number = found.sentence;
            complete(view, number, &mut found, &kept);
            cast::of_bodies(view, &mut found, &kept);
        }
        let Some(sentence) = view.sentences.get(found.sentence) else { continue };
        match found.weak {
            Some(why) => left.push(left_out(sentence, &found, why)),
            None if found.parties.is_empty() => {
                left.push(left_out(sentence, &found, "nobody who acts is named"));
            }
            None => kept.push(found),
        }
    }
    kept.extend(main_news(view, &kept, statements));
    let (mut dated, undated) = story::date(view, kept);
    for event in &mut dated {
        begun_or_ahead(view, event);
    }
    for (found, why) in undated {
        if let Some(sentence) = view.sentences.get(found.sentence) {
            left.push(left_out(sentence, &found, why));
        }
    }
    let mut mentions: Vec<Mention> =
        dated.into_iter().filter_map(|dated| mention(view, dated)).collect();
    scene::settle(view, &mut mentions);
    for mention in &mut mentions {
        mention.confidence = confidence(mention);
    }
    mentions.sort_by_key(|mention| (mention.evidence.sentence, mention.evidence.trigger));
    mentions
}

/// "In this meeting X told Y": whoever is named beside the words that point back takes part in the talks
/// told last.
fn point_back(view: &View<'_>, candidates: &mut [Candidate]) {
    for (number, sentence) in view.sentences.iter().enumerate().filter(|(_, s)| !s.furniture) {
        let Some(back) = sentence.marks(Mark::Reference).next() else { continue };
        let talks = candidates.iter_mut().rev().find(|candidate| {
            candidate.kind == Kind::Meeting
                && candidate.sentence < number
                && candidate.sentence + 2 >= number
                && candidate.status == Status::Held
        });
        let Some(talks) = talks else { continue };
        let known = |talks: &Candidate, name: &Name| {
            talks.parties.iter().any(|party| party.who.id == name.entity.id)
        };
        for name in view.names_of(sentence) {
            let beside = sentence.distance(name.at.span, back) <= 6;
            if name.etype == EntityType::Person
                && beside
                && !known(talks, name)
                && talks.parties.len() < 4
            {
                let country = |party: &Party| {
                    party.who.is_country() && party.who.country == name.entity.country
                };
                talks.parties.retain(|party| !country(party));
                talks.parties.push(party::party(name, Kind::Meeting, None));
            }
        }
    }
}

/// The most words between what is pointed back at and the verb that tells when it was held.
const BEHIND: usize = 2;

/// "This meeting took place on Tuesday": the day is that of the event told last, if it has none of its own.
fn date_back(view: &View<'_>, candidates: &mut [Candidate]) {
    for (number, sentence) in view.sentences.iter().enumerate().filter(|(_, s)| !s.furniture) {
        for &(back, kind) in &sentence.pointers {
            // "The talks, which took place a day earlier", "the session, held on 20 May".
            let right_behind =
                |at: Span| at.start >= back.end && sentence.words_between(back, at) <= BEHIND;
            let held = [Mark::Hold, Mark::Begin].into_iter().any(|mark| {
                sentence.near(mark, back, 10) || sentence.marks(mark).any(right_behind)
            });
            if is_long(kind) && !(kind == Kind::Conference && held) {
                continue;
            }
            let day = sentence
                .timexes
                .iter()
                .filter(|timex| candidate::usable(view, sentence, timex, kind))
                .map(|timex| (sentence.distance(back, timex.span), *timex))
                .filter(|(way, _)| *way <= if held { 10 } else { 2 })
                .min_by_key(|(way, _)| *way);
            let told = candidates.iter_mut().rev().find(|known| {
                known.sentence < number
                    && (known.kind == kind || merge::is_talk(known.kind) && merge::is_talk(kind))
            });
            let (Some((_, timex)), Some(known)) = (day, told) else { continue };
            let undated = known.times.any().is_none()
                && matches!(known.status, Status::Held | Status::Planned);
            if let Some(when) = timex.resolved.clone().filter(|_| undated) {
                let at = Located { field: sentence.field, span: timex.span };
                known.times.day = Some(times::Told { when, at });
                known.rules.push(rules::STORY);
            }
        }
    }
}

fn left_out(sentence: &Sentence<'_>, found: &Candidate, why: &str) -> Left {
    let at = Located { field: sentence.field, span: found.trigger };
    Left { at, why: format!("{}: {why}", found.kind.name()) }
}

/// Adds what the sentence leaves to what was told before.
fn complete(view: &View<'_>, number: usize, found: &mut Candidate, earlier: &[Candidate]) {
    let destination = found.place.as_ref().and_then(|place| place.country.clone());
    let before = found.parties.len();
    let wanted = if party::needs_two(found.kind) || found.kind == Kind::Conference { 2 } else { 1 };
    if party::countries(&found.parties).len() < wanted || found.kind == Kind::Visit {
        cast::complete(view, number, found, earlier, destination.as_ref());
    }
    if found.parties.len() > before {
        found.rules.push(rules::TOLD_BEFORE);
    }
}

/// An announcement is an event when it is the article's main news: told in headline or lead, where nothing
/// else has happened.
fn main_news(view: &View<'_>, kept: &[Candidate], statements: Vec<Candidate>) -> Option<Candidate> {
    let head = |candidate: &Candidate| {
        view.sentences.get(candidate.sentence).is_some_and(Sentence::is_head)
    };
    let other_news = kept.iter().any(|candidate| {
        head(candidate)
            && !matches!(candidate.kind, Kind::Exhibition | Kind::Incident | Kind::Sanction)
    });
    // What is said in talks is no news of its own.
    let talks = |statement: &Candidate| {
        kept.iter().any(|event| {
            let near = view.sentences.get(event.sentence).is_some_and(|s| s.place <= 2);
            near && event.status == Status::Held
                && merge::is_talk(event.kind)
                && event.parties.iter().any(|party| {
                    let person = party.who.is_person();
                    person && statement.parties.iter().any(|own| own.who.id == party.who.id)
                })
        })
    };
    let mut heads: Vec<Candidate> = statements
        .into_iter()
        .filter(|candidate| candidate.form == Form::Told || !talks(candidate))
        .filter(|candidate| {
            // An interview is news beside other news; "announced" is not.
            let own_news = candidate.form == Form::Told || !other_news;
            head(candidate)
                && own_news
                && candidate.status == Status::Held
                && !candidate.parties.is_empty()
        })
        .collect();
    heads.sort_by_key(|candidate| {
        let title = view.sentences.get(candidate.sentence).is_some_and(|s| s.field == Field::Title);
        (title, candidate.sentence)
    });
    let mut news = heads.into_iter().next()?;
    news.rules.push(rules::MAIN_NEWS);
    Some(news)
}

/// A lasting event whose beginning is known is under way from then on, whatever single sentences say.
fn begun_or_ahead(view: &View<'_>, event: &mut story::Dated) {
    let candidate = &mut event.candidate;
    let told = matches!(candidate.status, Status::Held | Status::Planned);
    let Some(first) = event.when.when.range().first().filter(|_| told && candidate.lasting) else {
        return;
    };
    if first > view.anchor.latest() {
        candidate.status = Status::Planned;
    } else if first < view.told_on()
        && candidate.kind == Kind::Visit
        && event.when.precision == Precision::Day
    {
        candidate.status = Status::Held;
    }
}

fn mention(view: &View<'_>, dated: story::Dated) -> Option<Mention> {
    let story::Dated { candidate, when } = dated;
    let sentence = view.sentences.get(candidate.sentence)?;
    let id = MentionId::of(&[
        view.article.id.as_bytes(),
        sentence.field.name().as_bytes(),
        &candidate.trigger.start.to_le_bytes(),
        candidate.kind.name().as_bytes(),
    ]);
    let themes = view
        .names_of(sentence)
        .filter(|name| name.etype == EntityType::Theme)
        .map(|name| name.entity.id.clone());
    let mut themes: Vec<EntityId> = themes.collect();
    themes.sort_unstable();
    themes.dedup();
    Some(Mention {
        id,
        kind: candidate.kind,
        status: candidate.status,
        evidence: Evidence {
            sentence: sentence.located(),
            trigger: candidate.trigger,
            date: candidate.times.any().map(|told| told.at),
        },
        previous: candidate.previous.as_ref().map(|resolved| resolved.when),
        parties: candidate.parties,
        place: candidate.place,
        themes,
        confidence: Confidence::new(0),
        rules: candidate.rules,
        when,
    })
}
