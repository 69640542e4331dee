-- 0009: events written ahead.
--
-- A list that is read and written anew for each request costs ten times what sending it does. `ready` holds
-- what stands of each event in the list that is asked for most, beside its neighbours in the order of days: its
-- number `slot` is made of class of length, day and the first bits of the id. `ready_more` holds the same for
-- other formats, in one row, because rows that nearly fill a page waste the rest of it. Derived: written with
-- the event, anew by a program that writes them otherwise (another generation), and done without where a row is
-- missing.

create table ready (
  slot       integer primary key,
  event      integer not null,
  generation integer not null,
  changed    integer not null,
  body       blob    not null
) strict;

create table ready_more (
  slot       integer primary key,
  event      integer not null,
  generation integer not null,
  changed    integer not null,
  body       blob    not null,
  second     blob    not null,
  third      blob    not null
) strict;

create table ready_generation (
  number  integer primary key autoincrement,
  version text    not null unique
) strict;

-- Null until the event is written ahead for the first time.
alter table event add column slot integer;

create index event_unready on event (n) where state = 'live' and slot is null;

-- The indexes of lists hold all that a list of days needs, the state they ask for included, so that it reads no
-- event.
drop index event_day;
drop index event_length;
drop index event_seen;
create index event_day on event (day, id, first, last, length, slot, state) where state = 'live';
create index event_length on event (length, day, id, first, last, slot, state) where state = 'live';
create index event_seen on event (first_seen, id, first, last, length, day, slot, state) where state = 'live';
