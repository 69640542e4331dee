//! Files lists of numbers with words.

use crate::lexicon::numbers::{ALONE, Groups};

/// What to file for the lists of which each word has one: a list of one small number as that number, another as its
/// place among those that are kept. Answers them with the lists that are kept.
pub(super) fn filed(lists: Vec<Vec<u32>>) -> (Vec<u32>, Groups) {
    let mut kept: Vec<Vec<u32>> = Vec::new();
    let mut file = |list: Vec<u32>| match *list.as_slice() {
        [only] if only < ALONE => only | ALONE,
        _ => {
            kept.push(list);
            u32::try_from(kept.len() - 1).unwrap_or(ALONE - 1)
        }
    };
    let filed = lists.into_iter().map(&mut file).collect();
    (filed, kept.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_were_filed() {
        let lists = vec![vec![7], vec![], vec![1, ALONE - 1], vec![ALONE], vec![0]];
        let (filed, kept) = filed(lists.clone());
        assert_eq!(filed.iter().filter(|file| **file < ALONE).count(), 3);
        let back: Vec<Vec<u32>> = filed.iter().map(|file| kept.of_filed(*file).collect()).collect();
        assert_eq!(back, lists);
        assert!(filed.iter().all(|file| *file < 1 << 31));
    }
}
