//! Which claims tell one happening: clusters that depend on the set of claims alone, never on the order of
//! their arrival, and that do not chain (guide, rule 24).
//!
//! The pairs that are [`super::same`] are joined from the strongest to the weakest, ties by key. Two
//! clusters become one only if no claim of the one excludes a claim of the other and enough of the pairs
//! between them are the same: so a summary that names five counterparts cannot glue five meetings, nor a
//! report that names only the year two plans.

use super::{
    Slot, Window,
    block::{finds, reach, slots},
    facts::{Facts, Words},
    pins::Pins,
    same::{Bond, Tie, tie},
};
use crate::model::{ArticleId, EventId, Kind, MentionId};
use foldhash::HashMap;

/// Claims that say exactly the same, from however many articles. Clustering works on forms, because the
/// hundredth article that announces a fair says nothing new.
struct Form {
    facts: Facts,
    /// The event whose claims an analyst's decision holds together or apart.
    of: Option<EventId>,
    slots: Vec<Slot>,
    reach: Vec<Window>,
    claims: Vec<MentionId>,
    articles: Vec<ArticleId>,
}

/// Parts `facts` into clusters of mentions, with regard to what an analyst decided; clusters and their
/// members are sorted by key.
pub(super) fn cluster<'a>(
    facts: impl Iterator<Item = &'a Facts>,
    pins: &Pins,
) -> Vec<Vec<MentionId>> {
    let forms = forms(facts, pins);
    let mut links = Links::new(&forms, pins);
    for (one, two) in links.strongest_first() {
        links.join(one, two);
    }
    let mut clusters: Vec<Vec<MentionId>> = vec![Vec::new(); forms.len()];
    for (index, form) in forms.iter().enumerate() {
        if let Some(cluster) = clusters.get_mut(links.root(index)) {
            cluster.extend(&form.claims);
        }
    }
    clusters.retain(|cluster| !cluster.is_empty());
    for cluster in &mut clusters {
        cluster.sort_unstable();
    }
    clusters.sort_unstable();
    pins.join(clusters)
}

fn forms<'a>(facts: impl Iterator<Item = &'a Facts>, pins: &Pins) -> Vec<Form> {
    let mut facts: Vec<&Facts> = facts.collect();
    facts.sort_unstable_by_key(|facts| facts.mention);
    let mut forms: Vec<Form> = Vec::new();
    let mut known: HashMap<(&Words, Option<EventId>), usize> = HashMap::default();
    for facts in facts {
        // Claims that name nobody hang on their subject: each is a form of its own.
        let nameless = facts.words.members.is_empty();
        let of = pins.of(facts.mention);
        let form = known.get(&(&facts.words, of)).filter(|_| !nameless).copied();
        match form.and_then(|form| forms.get_mut(form)) {
            Some(form) => {
                form.facts.published = earliest(form.facts.published, facts.published);
                form.claims.push(facts.mention);
                form.articles.push(facts.article);
            }
            None => {
                known.insert((&facts.words, of), forms.len());
                forms.push(Form {
                    facts: facts.clone(),
                    of,
                    slots: slots(&facts.words),
                    reach: reach(&facts.words),
                    claims: vec![facts.mention],
                    articles: vec![facts.article],
                });
            }
        }
    }
    for form in &mut forms {
        form.articles.sort_unstable();
        form.articles.dedup();
    }
    forms
}

/// An undated article may be of any day.
fn earliest<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    Some(a?.min(b?))
}

/// How forms, and the clusters that grow from them, stand to each other.
struct Links {
    /// For each pair of roots: how much the ties between their forms weigh, and whether any exclude each
    /// other.
    table: Vec<(i32, bool)>,
    /// The pairs of forms that are the same, with their strength.
    edges: Vec<(u8, usize, usize)>,
    root: Vec<usize>,
    size: Vec<i32>,
}

impl Links {
    fn new(forms: &[Form], pins: &Pins) -> Self {
        let count = forms.len();
        let mut links = Self {
            table: vec![(0, false); count * count],
            edges: Vec::new(),
            root: (0..count).collect(),
            size: vec![1; count],
        };
        for (two, b) in forms.iter().enumerate() {
            for (one, a) in forms.iter().enumerate().take(two) {
                let one_article = share(&a.articles, &b.articles);
                let Tie { bond, score, weight } = if pins.apart(a.of, b.of) {
                    Tie::NONE
                } else {
                    tie(&a.facts, &b.facts, one_article)
                };
                // Only claims that find each other in the index are linked: what is joined must not
                // depend on what else was loaded.
                let meet = || finds(&a.reach, &b.slots) && finds(&b.reach, &a.slots);
                if bond == Bond::Same && meet() {
                    links.edges.push((score, one, two));
                }
                let entry = (weight, bond == Bond::Excluded);
                links.set(one, two, entry);
            }
        }
        links.set_summaries_apart(forms);
        links
    }

    /// A summary names in one breath the counterparts of several talks that others tell one by one; it is
    /// none of them (guide, rule 24).
    fn set_summaries_apart(&mut self, forms: &[Form]) {
        let talks = |form: &Form| {
            matches!(form.facts.words.kind, Kind::Meeting | Kind::Call | Kind::Negotiation)
        };
        // Of weaker ties it depends on the claim that came last whether they are at hand.
        let tied = |one: usize, two: usize| self.get(one, two).0 >= Tie::NEEDED;
        let is_summary = |(summary, form): &(usize, &Form)| {
            let parts: Vec<usize> = forms
                .iter()
                .enumerate()
                .filter(|(other, part)| {
                    tied(*summary, *other) && form.facts.words.names_all_of(&part.facts.words)
                })
                .map(|(other, _)| other)
                .collect();
            let differ = |one: &usize| parts.iter().any(|two| self.get(*one, *two).1);
            talks(form) && form.facts.words.members.len() > 2 && parts.iter().any(differ)
        };
        let summaries: Vec<usize> =
            forms.iter().enumerate().filter(is_summary).map(|(summary, _)| summary).collect();
        for summary in &summaries {
            for other in (0..forms.len()).filter(|other| !summaries.contains(other)) {
                self.set(*summary, other, (0, true));
            }
        }
    }

    fn strongest_first(&self) -> Vec<(usize, usize)> {
        let mut edges = self.edges.clone();
        edges.sort_unstable_by_key(|&(score, one, two)| (std::cmp::Reverse(score), one, two));
        edges.into_iter().map(|(_, one, two)| (one, two)).collect()
    }

    /// Makes the clusters of two forms one, where nothing speaks against it.
    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        let (keep, lose) = (one.min(two), one.max(two));
        let (weight, excluded) = self.get(keep, lose);
        let pairs = self.size_of(keep) * self.size_of(lose);
        if keep == lose || excluded || weight < pairs * Tie::NEEDED {
            return;
        }
        for other in 0..self.root.len() {
            if other != keep && other != lose && self.root(other) == other {
                let (a, b) = (self.get(keep, other), self.get(lose, other));
                self.set(keep, other, (a.0 + b.0, a.1 || b.1));
            }
        }
        let grown = self.size_of(keep) + self.size_of(lose);
        if let Some(size) = self.size.get_mut(keep) {
            *size = grown;
        }
        for root in &mut self.root {
            if *root == lose {
                *root = keep;
            }
        }
    }

    fn root(&self, form: usize) -> usize {
        self.root.get(form).copied().unwrap_or(form)
    }

    fn size_of(&self, root: usize) -> i32 {
        self.size.get(root).copied().unwrap_or(0)
    }

    fn get(&self, one: usize, two: usize) -> (i32, bool) {
        self.table.get(one * self.root.len() + two).copied().unwrap_or((0, true))
    }

    fn set(&mut self, one: usize, two: usize, entry: (i32, bool)) {
        let count = self.root.len();
        for at in [one * count + two, two * count + one] {
            if let Some(slot) = self.table.get_mut(at) {
                *slot = entry;
            }
        }
    }
}

/// Whether two sorted lists have an entry in common.
fn share<T: Ord>(a: &[T], b: &[T]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.iter().any(|entry| long.binary_search(entry).is_ok())
}
