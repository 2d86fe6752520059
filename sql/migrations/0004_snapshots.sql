-- The history of the dataset. It lives here, not in the output folder: losing the folder loses nothing.
create table snapshot (
  id text primary key,
  -- The newest snapshot published when this one was made; its changes start after that one's `log_seq`.
  previous_id text references snapshot,
  log_seq bigint not null,
  schema_version text not null,
  record_count integer not null,
  verified_from timestamptz,
  verified_to timestamptz,
  exported_at timestamptz not null,
  published_at timestamptz,
  -- Set when an unpublished snapshot's files are lost; its id is never used again.
  abandoned_at timestamptz
);
create index snapshot_published on snapshot (published_at desc) where published_at is not null;
