-- 0001: articles and what they claim.
--
-- An article is stored once, whether it fits a topic or not: an article that is not kept would be read
-- again at every sweep. Its text stands in a table of its own, because pages of events read many
-- headlines and no texts, and rows without texts lie a dozen to a page.

create table article (
  n           integer primary key,
  id          blob    not null unique check (length(id) = 16),
  source      text    not null,
  source_name text    not null,
  url         text,
  title       text    not null,
  lang        text    not null,
  published   text,             -- a day, or an instant with the offset in which the source gives it
  fetched     integer not null, -- when it came first; an edit does not change it
  text_hash   blob    not null check (length(text_hash) = 32),
  relevant    integer not null check (relevant in (0, 1)),
  reason      text    not null, -- why it fits a topic or none
  topics      text    not null, -- JSON list of topic ids
  rules       text    not null, -- the version of rules and lexicons it was read with
  fault       text              -- why it could not be read; such an article is not tried at every sweep
) strict;

create table article_text (
  article integer primary key references article (n) on delete cascade,
  text    text    not null
) strict;

create table mention (
  n        integer primary key,
  id       blob    not null unique check (length(id) = 16),
  article  integer not null references article (n) on delete cascade,
  sentence text    not null, -- the evidence as printed, so that no page of events reads whole texts
  keys     blob    not null, -- its keys in mention_block, 8 bytes each, to find them when it goes
  body     text    not null
) strict;

create index mention_article on mention (article);

-- Derived: where claims that may tell the same event meet. Integer keys without a foreign key: six rows a
-- mention are the most frequent writes there are, and one function writes and removes them.
create table mention_block (
  key     integer not null,
  mention integer not null,
  primary key (key, mention)
) strict, without rowid;
