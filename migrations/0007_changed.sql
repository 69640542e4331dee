-- 0007: when what is served changed last.
--
-- A second source for an event is shown and makes no revision: the last revision is not the last change,
-- and a reader that asks "has it changed since?" by date alone would never see the second source.

alter table sequence add column changed integer not null default 0;

update sequence set changed = coalesce((
  select max(recorded) from (
    select max(recorded) as recorded from event_revision
    union all select max(recorded) from event_end
    union all select max(fetched) from article
  )
), 0);
