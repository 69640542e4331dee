//! Several of a kind: "the two ministers", "both chambers"; and the list of names after it.

use super::{
    draft::{Draft, Reader, Who},
    token::Gap,
};
use crate::{
    lexicon::gazetteer::{Function, Link, Sense},
    model::{EntityId, EntityType},
};
use std::{ops::Range, sync::Arc};

impl Reader<'_, '_> {
    /// Reads several of a kind that begin at item `at`; the item after them.
    pub(super) fn several_of(&self, kind: Arc<str>, at: usize, drafts: &mut Vec<Draft>) -> usize {
        let mut function = Function { title: kind, ..Function::default() };
        let mut end = at + 1;
        while self.follows(end)
            && let Some(portfolio) = self.portfolio(end)
        {
            function.portfolios.push(portfolio);
            end += 1;
        }
        let (countries, after) = self.countries_of(end);
        let most = if countries.is_empty() { 2 } else { countries.len() };
        let people = self.list(after, most);
        // "Ministers Đurić and Araghchi".
        let listed = |run: &Range<usize>| {
            run.len() == 1
                && (self.surname(run.start).is_some()
                    || self.named_as(run.start, EntityType::Person).is_some())
        };
        if countries.is_empty() && people.len() == 2 && people.iter().all(listed) {
            let last = people.last().map_or(end, |run| run.end);
            let name = |run: Range<usize>| Draft {
                function: Some(function.clone()),
                ..self.draft(run.clone(), self.who(&run))
            };
            drafts.extend(people.into_iter().map(name));
            return last;
        }
        if people.len() > 1 && people.len() == countries.len() {
            let mut last = after;
            for (run, country) in people.into_iter().zip(countries) {
                last = run.end;
                let function = Some(Function { country: Some(country), ..function.clone() });
                drafts.push(Draft { function, ..self.draft(run.clone(), self.who(&run)) });
            }
            return last;
        }
        drafts.push(Draft { function: Some(function), ..self.draft(at..end, Who::Several) });
        end
    }

    /// The countries that are told at item `at` and joined by "and"; the item after them.
    fn countries_of(&self, at: usize) -> (Vec<EntityId>, usize) {
        let mut countries = Vec::new();
        let mut end = at;
        while end == at || self.follows(end) {
            if self.follows(end)
                && self
                    .sense(end, |sense| {
                        matches!(sense, Sense::Link(Link::And | Link::Of | Link::The)).then_some(())
                    })
                    .is_some()
            {
                end += 1;
                continue;
            }
            let Some(country) = self.place(end).filter(|_| self.follows(end)) else { break };
            countries.push(country);
            end += 1;
        }
        (countries, end)
    }

    /// At most `most` names of people at item `at`, with commas or "and" between them.
    fn list(&self, at: usize, most: usize) -> Vec<Range<usize>> {
        let mut people = Vec::new();
        let mut next = at;
        while people.len() < most && self.text.gap(next) <= Gap::Comma {
            if self.is_and(next) {
                next += 1;
                continue;
            }
            let Some(start) = self.after_honorifics(next) else { break };
            let listed = self.named_as(start, EntityType::Person).map(|_| start..start + 1);
            let Some(run) = listed.or_else(|| self.name_right(start)) else { break };
            next = run.end;
            people.push(run);
        }
        people
    }
}
