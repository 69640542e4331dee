-- 0002: events, their history, and how they are found.
--
-- An id that was given out leads somewhere for ever: a merged event to the one it became, a withdrawn one
-- to its tombstone. Their rows stay and change their state; only live ones are in the indexes.

create table event (
  n           integer primary key,
  id          blob    not null unique check (length(id) = 16),
  state       text    not null check (state in ('live', 'merged', 'withdrawn')),
  into_id     blob    check ((into_id is not null) = (state = 'merged')),
  kind        text    not null,
  status      text    not null,
  first       text    check (first glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  last        text    check (last glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  day         text    not null, -- the day it is listed under: the first, or the last where the beginning is open
  length      integer not null check (length between 0 and 6), -- class of length, see store/query
  precision   text    not null,
  approximate integer not null check (approximate in (0, 1)),
  first_seen  integer not null,
  changed     integer not null,
  seq         integer not null, -- of the last change that readers could see
  stamp       integer not null, -- of the last change of any kind
  body        text    not null,
  facets      text    not null default '{}', -- its rows in event_facet
  indexed     integer not null default 0,    -- hash of what stands in event_words
  check (first <= last)
) strict;

create index event_day on event (day, id) where state = 'live';
create index event_length on event (length, day, id) where state = 'live';
create index event_seen on event (first_seen, id) where state = 'live';
create index event_seq on event (seq) where state = 'live';

-- A mention belongs to one event at most.
create table event_mention (
  mention integer primary key references mention (n) on delete cascade,
  event   integer not null references event (n)
) strict;

create index event_mention_event on event_mention (event);

-- Derived: who, where, what about, kind, status, topic, source and language; length and day stand in the
-- key, so that a facet is read in date order as events are.
create table event_facet (
  facet  text    not null,
  value  text    not null,
  length integer not null,
  day    text    not null,
  event  integer not null,
  primary key (facet, value, length, day, event)
) strict, without rowid;

-- What readers saw and when: a row is valid from `recorded` until `until`. `seq` counts the changes of all
-- events together.
create table event_revision (
  seq      integer primary key,
  event    integer not null references event (n),
  number   integer not null,
  recorded integer not null,
  until    integer,
  because  blob    not null check (length(because) = 16),
  changes  text    not null,
  day      text    not null,
  body     text    not null,
  unique (event, number)
) strict;

create index event_revision_day on event_revision (day, event);

-- When an event ended: merged into another, or withdrawn. One that came back has a later revision.
create table event_end (
  seq      integer primary key,
  event    integer not null references event (n),
  recorded integer not null,
  into_id  blob
) strict;

create index event_end_event on event_end (event);

-- The last number given out: the version of all that is served.
create table sequence (
  one  integer primary key check (one = 1),
  last integer not null
) strict;

insert into sequence values (1, 0);
