-- 0004: finding events by words.
--
-- Derived: one row an event, over folded text. `words` are headline, names and evidence; `tails` are the
-- words of Arabic script without their first letters, where particles are written attached. No texts of
-- articles: indexing those would cost more than all the rest of ingest. Contentless, because the words
-- stand elsewhere already.

create virtual table event_words using fts5 (
  words,
  tails,
  content = '',
  contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 0'
);
