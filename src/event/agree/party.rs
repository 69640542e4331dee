//! Who takes part, as all reports together say.

use super::Votes;
use crate::{
    event::{Claim, namesake},
    mention::Mention,
    model::{Entity, EntityId, EntityType, Party, Role},
};
use std::{borrow::Cow, cmp::Reverse, collections::BTreeMap};

/// One party in all its spellings.
#[derive(Debug)]
struct Named<'a> {
    /// The entry that tells most of it.
    best: &'a Entity,
    best_rank: Rank<'a>,
}

/// The keys under which parties are compared, by numbers: many claims name the same few.
#[derive(Default)]
struct Keys<'a> {
    keys: Vec<Cow<'a, str>>,
    /// Whom the claims name, each with the number of the key.
    known: Vec<(&'a EntityId, usize)>,
}

impl<'a> Keys<'a> {
    fn of(&mut self, id: &'a EntityId) -> usize {
        if let Some((_, number)) = self.known.iter().find(|(known, _)| *known == id) {
            return *number;
        }
        let key = namesake::key(id);
        let number = self.keys.iter().position(|known| *known == key).unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        self.known.push((id, number));
        number
    }
}

/// Orders what different articles know of one person: with a country rather than without, in a script that
/// writes its vowels rather than in one that does not, the longest name, the first key.
type Rank<'a> = (bool, bool, usize, Reverse<&'a Entity>);

/// All that are named, at most [`Mention::MAX_PARTIES`]. Those whom at least half of the sources name come
/// first, then by role and key, so that one more report seldom changes the order. A country gives way to
/// who acts for it, unless more sources name the country.
pub(super) fn agreed(claims: &[&Claim], sources: usize) -> Vec<Party> {
    let mut keys = Keys::default();
    let told: Vec<(usize, &Claim, &Party)> = claims
        .iter()
        .flat_map(|claim| claim.mention.parties.iter().map(|party| (*claim, party)))
        .map(|(claim, party)| (keys.of(&party.who.id), claim, party))
        .collect();
    let votes = Votes::new(told.iter().map(|(key, claim, _)| (*key, &claim.source)));
    let roles =
        Votes::new(told.iter().map(|(key, claim, party)| ((*key, party.role), &claim.source)));
    let mut named: BTreeMap<usize, Named<'_>> = BTreeMap::new();
    for (key, claim, party) in &told {
        let who = &party.who;
        let rank =
            (who.country.is_some(), !claim.lang.is_rtl(), who.name.chars().count(), Reverse(who));
        let known = named.entry(*key).or_insert(Named { best: who, best_rank: rank });
        if rank > known.best_rank {
            *known = Named { best: who, best_rank: rank };
        }
    }
    let acted_for = |country: &Entity, count: usize| {
        named.iter().any(|(key, other)| {
            other.best.country.as_ref() == Some(&country.id)
                && other.best.id.entity_type() != Some(EntityType::Place)
                && votes.of(key) >= count
        })
    };
    let mut parties: Vec<(bool, Reverse<usize>, Role, &Entity)> = named
        .iter()
        .map(|(key, named)| (*key, named.best, votes.of(key)))
        .filter(|(_, who, count)| !(who.is_country() && acted_for(who, *count)))
        .map(|(key, who, count)| {
            let most = Role::ALL.into_iter().rev().max_by_key(|role| roles.of(&(key, *role)));
            (count * 2 < sources, Reverse(count), most.unwrap_or(Role::Participant), who)
        })
        .collect();
    parties.sort_unstable();
    parties.truncate(Mention::MAX_PARTIES);
    parties.sort_unstable_by_key(|(minor, _, role, who)| (*minor, *role, &who.id));
    parties
        .into_iter()
        .map(|(_, _, role, who)| Party { who: who.clone(), role, at: None })
        .collect()
}
