-- 0012: what is written most is checked against a range.
--
-- For a check against a list of three values SQLite builds a table of them anew with every row that is written.

drop view known;

create table known_key_2 (
  key    blob    not null check (length(key) = 16),
  sort   integer not null check (sort between 0 and 2), -- id of an article, key of its link, id of a mention
  number integer not null,                              -- of the article, or of the mention
  primary key (key, sort)
) strict, without rowid;

insert into known_key_2 select key, sort, number from known_key order by key, sort;
drop table known_key;
alter table known_key_2 rename to known_key;

create table known_key_new_2 (
  key    blob    not null check (length(key) = 16),
  sort   integer not null check (sort between 0 and 2),
  number integer not null,
  primary key (key, sort)
) strict, without rowid;

insert into known_key_new_2 select key, sort, number from known_key_new order by key, sort;
drop table known_key_new;
alter table known_key_new_2 rename to known_key_new;

create view known (key, sort, number) as
  select key, sort, number from known_key_new
  union all select key, sort, number from known_key;
