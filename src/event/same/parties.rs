//! How the parties of two claims stand to each other.

use super::super::facts::{Level, Member, Words};

/// What two lists of parties have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parties {
    /// Persons and bodies named by both.
    pub named: usize,
    /// Persons named by both who travel, so far as the place of a visit tells.
    pub visitors: usize,
    /// Countries named by both as such.
    pub countries: usize,
    /// Countries for which the one names a person and the other a body or the country: the one may stand
    /// for the other.
    pub standing: usize,
    /// Countries for which each names somebody, of the same level, whom the other does not.
    pub rivals: usize,
    /// Whether one list names, besides those in common, only further people of theirs.
    pub aside: bool,
    /// How many parties the shorter list has.
    pub shorter: usize,
    /// How many parties the longer list has.
    pub longer: usize,
}

impl Parties {
    /// Parties in common.
    #[must_use]
    pub const fn common(self) -> usize {
        self.named + self.countries
    }

    /// Whether everyone on the shorter list is on the longer, and somebody is.
    #[must_use]
    pub const fn contained(self) -> bool {
        self.shorter > 0 && self.common() >= self.shorter
    }

    /// Whether one report names nobody but the other's people and some more who came with them.
    #[must_use]
    pub const fn contained_aside(self) -> bool {
        self.named > 0 && self.rivals == 0 && self.aside
    }

    /// Whether everyone on the shorter list is on the longer or may be meant by somebody there.
    #[must_use]
    pub const fn covered(self) -> bool {
        self.shorter > 0 && self.common() + self.standing >= self.shorter
    }
}

/// `host` is the country whose people do not tell one happening from another.
pub(super) fn compare(a: &Words, b: &Words, host: Option<u64>) -> Parties {
    let mut parties = Parties {
        shorter: a.members.len().min(b.members.len()),
        longer: a.members.len().max(b.members.len()),
        ..Parties::default()
    };
    for member in a.members.iter().filter(|member| has(b, member)) {
        let travels = host.is_some() && member.country.is_some() && member.country != host;
        parties.visitors += usize::from(travels && member.level == Level::Person);
        match member.level {
            Level::Country => parties.countries += 1,
            Level::Body | Level::Person => parties.named += 1,
        }
    }
    let left: Vec<&Member> = a.members.iter().filter(|member| !has(b, member)).collect();
    let right: Vec<&Member> = b.members.iter().filter(|member| !has(a, member)).collect();
    let theirs: Vec<u64> = a
        .members
        .iter()
        .filter(|member| member.level != Level::Country && has(b, member))
        .filter_map(|member| member.country)
        .collect();
    let came_with = |rest: &[&Member]| {
        rest.iter().all(|member| member.country.is_some_and(|country| theirs.contains(&country)))
    };
    parties.aside = came_with(&left) || came_with(&right);
    let mut paired = Vec::new();
    for one in &left {
        for two in &right {
            if one.level == two.level {
                let country = one.country.or(two.country);
                let rival =
                    one.country == two.country || one.country.is_none() || two.country.is_none();
                let receives = host.is_some() && country == host;
                if rival
                    && !receives
                    && one.level != Level::Country
                    && !paired.contains(&(country, true))
                {
                    paired.push((country, true));
                    parties.rivals += 1;
                }
            } else if one.country.is_some()
                && one.country == two.country
                && !paired.contains(&(one.country, false))
            {
                paired.push((one.country, false));
                parties.standing += 1;
            }
        }
    }
    parties
}

fn has(words: &Words, member: &Member) -> bool {
    words.members.iter().any(|other| other.key == member.key)
}
