-- One row a backup that is kept, so that somebody hears when there are none any more.
create table backup_run (
  -- The id it has in the bucket.
  id text primary key,
  finished_at timestamptz not null,
  -- What it takes there, encrypted.
  bytes bigint not null check (bytes >= 0),
  -- Rows of all tables that it has, and the last log number it has seen.
  row_count bigint not null check (row_count >= 0),
  log_seq bigint not null check (log_seq >= 0)
);
create index backup_run_finished on backup_run (finished_at desc);
