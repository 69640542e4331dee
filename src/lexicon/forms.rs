//! The short way in which data files write many forms of one word: `septemb(ar|ra|ru)`.
//!
//! Alternatives stand in round brackets, parted by `|`; an empty alternative lets the part be absent:
//! `(ال|)اسبوع`. Brackets do not nest, so that a reader sees the forms at a glance.

/// All forms that `pattern` stands for, in the order in which they are written; `None` when a bracket is
/// not closed or stands inside another.
///
/// ```
/// use dateline::lexicon::forms::expand;
/// assert_eq!(expand("maj(|a|u)").unwrap(), ["maj", "maja", "maju"]);
/// assert_eq!(expand("maj("), None);
/// ```
#[must_use]
pub fn expand(pattern: &str) -> Option<Vec<String>> {
    let mut forms = vec![String::new()];
    let mut rest = pattern;
    while let Some((plain, bracket)) = rest.split_once('(') {
        let (inside, after) = bracket.split_once(')')?;
        if inside.contains('(') || plain.contains(')') {
            return None;
        }
        forms = forms
            .iter()
            .flat_map(|form| inside.split('|').map(move |part| [form, plain, part].concat()))
            .collect();
        rest = after;
    }
    if rest.contains(')') {
        return None;
    }
    forms.iter_mut().for_each(|form| form.push_str(rest));
    Some(forms)
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn brackets_multiply() {
        assert_eq!(expand("(a|b)c(|d)").unwrap(), ["ac", "acd", "bc", "bcd"]);
        assert_eq!(expand("plain").unwrap(), ["plain"]);
        for wrong in ["a)", "(a(b))", "(a", "a)(b"] {
            assert_eq!(expand(wrong), None, "{wrong}");
        }
    }
}
