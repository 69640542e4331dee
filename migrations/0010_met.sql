-- 0010: what is met is compared before it is read.
--
-- Claims meet in `mention_slot` by day, so that a look brings those of the days that are asked for and no
-- others; `facts` are what is compared of a claim, in a hundred bytes: only what really joins is read in full.
-- A claim that only repeats is in neither. Both are derived; those of the claims that are there already are
-- filed by the program, right after this.

create table mention_slot (
  key     integer not null, -- shelf, kind, party and period; the period in front
  day     integer not null,
  mention integer not null,
  primary key (key, day, mention)
) strict, without rowid;

create table mention_facts (
  mention integer primary key,
  wording integer,          -- as in mention
  source  text    not null, -- as in article
  facts   blob    not null,
  slots   blob    not null  -- its rows in mention_slot, 12 bytes each, to find them when it goes
) strict;

create index mention_told on mention_facts (wording, source) where wording is not null;

drop index mention_wording;
drop table mention_block;
alter table mention drop column keys;

-- A further source closes one state of an event and opens the next, however many there were before. Nothing
-- looks for states by day.
create unique index event_revision_open on event_revision (event) where until is null;
drop index event_revision_day;

-- Events whose words are not in event_words yet: what comes in one sweep is filed once at its end.
create table event_unfiled (
  event integer primary key
) strict;
