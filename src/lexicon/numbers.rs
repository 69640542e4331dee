//! Lists of numbers, used as they lie in the program: nothing is made of them at the start.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{borrow::Cow, fmt};

/// The bytes of a number, the least significant first.
const SIZE: usize = size_of::<u32>();

/// A list of numbers.
#[derive(Clone, Default)]
pub(super) struct Numbers(Cow<'static, [u8]>);

impl Numbers {
    pub(super) fn get(&self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at.checked_mul(SIZE)?..)?;
        bytes.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len() / SIZE
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<T: IntoIterator<Item = u32>>(numbers: T) -> Self {
        Self(numbers.into_iter().flat_map(u32::to_le_bytes).collect())
    }
}

impl fmt::Debug for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Numbers({})", self.len())
    }
}

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de: 'static> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&'static [u8]>::deserialize(deserializer)?;
        if bytes.len() % SIZE == 0 {
            Ok(Self(bytes.into()))
        } else {
            Err(de::Error::custom("a list of numbers ends inside one"))
        }
    }
}

/// Lists of numbers, one after the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Groups {
    /// Where each list begins, and where the last one ends.
    starts: Numbers,
    numbers: Numbers,
}

impl Groups {
    /// The numbers of a list, each with its place among those of all lists; none where there is no such list.
    pub(super) fn of(&self, list: usize) -> impl DoubleEndedIterator<Item = (usize, u32)> {
        let place = |at| self.starts.get(at).map_or(0, |start| start as usize);
        let (first, end) = (place(list), place(list + 1));
        (first..end).filter_map(|at| Some((at, self.numbers.get(at)?)))
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The numbers of the list that was filed as this.
    pub(super) fn of_filed(&self, filed: u32) -> impl DoubleEndedIterator<Item = u32> {
        let alone = (filed & ALONE != 0).then_some(filed & !ALONE);
        let list = alone.is_none().then(|| self.of(filed as usize).map(|(_, number)| number));
        alone.into_iter().chain(list.into_iter().flatten())
    }
}

impl<L: IntoIterator<Item = u32>> FromIterator<L> for Groups {
    fn from_iter<T: IntoIterator<Item = L>>(lists: T) -> Self {
        let (mut starts, mut numbers) = (vec![0], Vec::new());
        for list in lists {
            numbers.extend(list);
            starts.push(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
        }
        Self { starts: starts.into_iter().collect(), numbers: numbers.into_iter().collect() }
    }
}

/// The bit of a number filed in a [`Prefixes`](super::prefixes::Prefixes) that says that it is the only number of its
/// list, and not where the list is.
pub(super) const ALONE: u32 = 1 << 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_empty() {
        let groups: Groups = [vec![3, 4]].into_iter().collect();
        assert_eq!(groups.of(0).collect::<Vec<_>>(), [(0, 3), (1, 4)]);
        assert_eq!(groups.of(1).count() + Groups::default().of(0).count(), 0);
        assert_eq!(Numbers::default().get(usize::MAX), None);
    }
}
