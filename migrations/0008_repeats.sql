-- 0008: what only repeats, and what changed without a revision.
--
-- An event told by thousands of articles must not be put together from thousands of claims at each one that
-- comes. `wording` is a hash of what a claim says so far as it is compared; a claim whose source said the
-- same often enough `repeats`: it is kept and belongs to its event, but stands in no index, is not compared
-- and not shown. Rows from before have no wording and repeat nothing until they are read again.

alter table mention add column wording integer;
alter table mention add column repeats integer not null default 0 check (repeats in (0, 1));

create index mention_wording on mention (wording) where repeats = 0 and wording is not null;
create index mention_repeats on mention (wording) where repeats = 1;

-- A further source of an event is no revision, but readers see it: `minor` rows tell it for the timeline as it
-- was at an instant. They have the number of the revision that they follow.
create table event_revision_2 (
  seq      integer primary key,
  event    integer not null references event (n),
  number   integer not null,
  minor    integer not null default 0 check (minor in (0, 1)),
  recorded integer not null,
  until    integer,
  because  blob    not null check (length(because) = 16),
  changes  text    not null,
  day      text    not null,
  body     text    not null
) strict;

insert into event_revision_2
  select seq, event, number, 0, recorded, until, because, changes, day, body from event_revision;
drop table event_revision;
alter table event_revision_2 rename to event_revision;

create unique index event_revision_number on event_revision (event, number) where minor = 0;
create index event_revision_event on event_revision (event, seq);
create index event_revision_day on event_revision (day, event);
