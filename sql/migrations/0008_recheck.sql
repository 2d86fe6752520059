-- What a recheck remembers, and what it did.

alter table submission
  -- When GitHub said the gist was last pushed to, as of the revision the row stands at; null where that is not known.
  add column pushed_at timestamptz,
  -- When a recheck first missed the gist; null while it is available.
  add column lost_at timestamptz,
  -- When a recheck last found out what became of the gist without it being as the row says; `verified_at` is when it was.
  add column checked_at timestamptz;

update submission set lost_at = verified_at where availability <> 'available';

-- The rows looked at longest ago come first.
create index submission_recheck on submission (greatest(verified_at, checked_at), gist_id)
  where state in ('approved', 'pending', 'changed');

-- One row a run of the recheck. Without `finished_at` the run goes on, or was killed.
create table recheck_run (
  id bigint primary key generated always as identity,
  -- Shard `shard` of `shards`; 1 of 1 is everything.
  shard integer not null check (shard between 1 and shards),
  shards integer not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome text check (outcome in ('done', 'limited', 'down', 'refused', 'canary')),
  -- Rows of which the run found out what became of them, and what did.
  checked integer not null default 0,
  changed integer not null default 0,
  renamed integer not null default 0,
  suspended integer not null default 0,
  gone integer not null default 0,
  restored integer not null default 0,
  -- Losses that were not applied, and rows of which GitHub said nothing.
  held integer not null default 0,
  failed integer not null default 0,
  api_calls integer not null default 0,
  check ((finished_at is null) = (outcome is null))
);
create index recheck_run_finished on recheck_run (finished_at desc) where outcome = 'done';
