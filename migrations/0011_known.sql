-- 0011: keys at random places are filed together.
--
-- Ids of articles, keys of links and ids of claims are hashes: in an index of a large database each of them falls on
-- a page of its own, to be read, written to the log and folded into the file for thirty bytes. They stand in
-- `known_key`; those that came lately in `known_key_new`, on few pages, from where some thousands are moved at a time,
-- in order. So no column `id` of articles and mentions is unique by itself any longer: the program looks before it
-- writes. `wording` begins with the week for the same end, and all claims are filed anew by the program, right after
-- this.

create table known_key (
  key    blob    not null check (length(key) = 16),
  sort   integer not null check (sort in (0, 1, 2)), -- id of an article, key of its link, id of a mention
  number integer not null,                           -- of the article, or of the mention
  primary key (key, sort)
) strict, without rowid;

insert into known_key
  select id, 0, n from article
  union all select key, 1, article from article_key
  union all select id, 2, n from mention
  order by 1, 2;

create table known_key_new (
  key    blob    not null check (length(key) = 16),
  sort   integer not null check (sort in (0, 1, 2)),
  number integer not null,
  primary key (key, sort)
) strict, without rowid;

create view known (key, sort, number) as
  select key, sort, number from known_key_new
  union all select key, sort, number from known_key;

drop table article_key;

create table article_2 (
  n           integer primary key,
  id          blob    not null check (length(id) = 16),
  source      text    not null,
  source_name text    not null,
  url         text,
  title       text    not null,
  lang        text    not null,
  published   text,
  fetched     integer not null,
  text_hash   blob    not null check (length(text_hash) = 32),
  relevant    integer not null check (relevant in (0, 1)),
  reason      text    not null,
  topics      text    not null,
  rules       text    not null,
  fault       text
) strict;

insert into article_2
  select n, id, source, source_name, url, title, lang, published, fetched, text_hash, relevant, reason, topics,
         rules, fault
  from article order by n;
drop table article;
alter table article_2 rename to article;

create table mention_2 (
  n        integer primary key,
  id       blob    not null check (length(id) = 16),
  article  integer not null references article (n) on delete cascade,
  sentence text    not null,
  body     text    not null,
  wording  integer,
  repeats  integer not null default 0 check (repeats in (0, 1))
) strict;

insert into mention_2 select n, id, article, sentence, body, wording, repeats from mention order by n;
drop table mention;
alter table mention_2 rename to mention;

create index mention_article on mention (article);
create index mention_repeats on mention (wording) where repeats = 1;

delete from mention_slot;
delete from mention_facts;
