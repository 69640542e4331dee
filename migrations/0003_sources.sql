-- 0003: what is remembered of each source between sweeps: what to ask with, how it fared, when to ask next.

create table source_state (
  source        text    primary key,
  etag          text,
  last_modified text,
  body_hash     blob    check (length(body_hash) = 32),
  failures      integer not null check (failures >= 0),
  last_error    text,
  last_attempt  integer,
  last_success  integer,
  last_item     integer,
  next_check    integer
) strict, without rowid;
