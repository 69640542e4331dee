//! The names of the rules that make a mention, as `extract --explain` prints them.

use crate::{lexicon::cues::Form, model::RuleId};

/// A finite verb tells it: "met".
pub(super) const VERB: RuleId = RuleId::new("trigger.verb");
/// A verb without tense or in the future tells it: "will meet", "سيلتقي".
pub(super) const BARE: RuleId = RuleId::new("trigger.bare");
/// A noun tells it: "a meeting".
pub(super) const NOUN: RuleId = RuleId::new("trigger.noun");
/// An occasion that bears its year in its name: "Expo 2027".
pub(super) const OCCASION: RuleId = RuleId::new("trigger.occasion");
/// The date stands in the sentence: "met on Monday".
pub(super) const SAME_SENTENCE: RuleId = RuleId::new("bind.same-sentence");
/// The date is that of the dated event told before: "Later he met the speaker".
pub(super) const STORY: RuleId = RuleId::new("bind.story");
/// The date is the span of the visit inside which it is told: "During the visit he will meet ...".
pub(super) const VISIT: RuleId = RuleId::new("bind.visit");
/// No date is told: the article's own news, on the day of publication.
pub(super) const PUBLISHED: RuleId = RuleId::new("bind.published");
/// The sentence names the parties of both sides.
pub(super) const NAMED: RuleId = RuleId::new("party.named");
/// One side is somebody told before: "the guest", "he".
pub(super) const TOLD_BEFORE: RuleId = RuleId::new("party.told-before");
/// The sentence names the place.
pub(super) const PLACE: RuleId = RuleId::new("place.named");
/// The place is that of the visit or of the event told before.
pub(super) const PLACE_STORY: RuleId = RuleId::new("place.story");
/// The day of the event lies after or before publication.
pub(super) const STATUS_DATE: RuleId = RuleId::new("status.date");
/// A word says so: "called off", "scheduled".
pub(super) const STATUS_WORD: RuleId = RuleId::new("status.word");
/// Several sentences tell it.
pub(super) const TOLD_TWICE: RuleId = RuleId::new("merge.told-twice");
/// The headline tells it.
pub(super) const HEADLINE: RuleId = RuleId::new("merge.headline");
/// An announcement that is itself the news.
pub(super) const MAIN_NEWS: RuleId = RuleId::new("kind.main-news");

/// The rule for a trigger of this form.
pub(super) const fn trigger(form: Form) -> RuleId {
    match form {
        Form::Told => VERB,
        Form::Bare => BARE,
        Form::Noun => NOUN,
    }
}
