//! A document without what it lists: what stands before, and what stands behind.

/// A document without what it lists.
pub(super) struct Frame {
    pub(super) head: String,
    pub(super) tail: String,
}

impl Frame {
    /// The frame of a document that lists nothing; `end` begins what stands behind a list.
    pub(super) fn of(document: &str, end: &str) -> Self {
        let (head, tail) = document.split_at(document.rfind(end).unwrap_or(document.len()));
        Self { head: head.to_owned(), tail: tail.to_owned() }
    }

    /// The document that lists `pieces`.
    pub(super) fn around(self, pieces: impl Iterator<Item = String>) -> Vec<u8> {
        let mut out = self.head;
        pieces.for_each(|piece| out.push_str(&piece));
        out.push_str(&self.tail);
        out.into_bytes()
    }
}

/// What stands between the first `start`, which counts in, and the last `end` of a document.
pub(super) fn inner(document: &str, start: &str, end: &str) -> String {
    let range = document.find(start).unwrap_or_default()..document.rfind(end).unwrap_or_default();
    document.get(range).unwrap_or_default().to_owned()
}
