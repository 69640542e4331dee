-- 0006: what an analyst corrected.
--
-- Apart from what it corrects, so that it stands above the rules when articles come or are read again. A
-- correction is never changed or removed; one that holds no longer was undone by another. `correction_event`
-- tells on which events those in force bear today: where an event was merged into another, its corrections
-- went with it.

create table correction (
  n        integer primary key, -- in the order in which they were made
  id       blob    not null unique check (length(id) = 16),
  event    blob    not null check (length(event) = 16), -- the event as it was named then
  fix      text    not null, -- what was decided, as JSON
  reason   text    not null,
  recorded integer not null
) strict;

create table correction_event (
  event      integer not null references event (n),
  correction integer not null references correction (n),
  primary key (event, correction)
) strict, without rowid;

create index correction_event_correction on correction_event (correction);

-- The correction because of which an event ended, if one was.
alter table event_end add column because blob;
