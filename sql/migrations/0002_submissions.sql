-- One row a gist. Metadata only: no session content, here or anywhere.
create table submission (
  gist_id text primary key,
  record_id text not null unique,
  account_id bigint not null references account,
  gist_url text not null,
  node_id text not null,
  owner_id bigint not null,
  owner_login text not null,
  title text not null,
  -- [{name, bytes, git_blob_sha, raw_url}] of `revision`. json, not jsonb: the export copies the text as it is.
  files json not null,
  total_bytes bigint not null,
  -- The revision under consideration; `approved_revision` is the one a moderator read last.
  revision text not null,
  approved_revision text,
  gist_updated_at timestamptz not null,
  license text not null,
  attestation_version text not null,
  state text not null check (
    state in ('pending', 'approved', 'rejected', 'changed', 'withdrawn', 'removed', 'quarantined')
  ),
  availability text not null default 'available' check (
    availability in ('available', 'missing', 'secret', 'owner_changed', 'gone')
  ),
  presence text not null default 'never' check (presence in ('never', 'listed', 'suspended', 'departed')),
  -- Log number of the last move: what a compare-and-set holds on to.
  last_seq bigint not null,
  -- Log number of the move that put the row into the dataset at its present revision.
  listed_seq bigint,
  quarantined_from text check (quarantined_from in ('approved', 'pending')),
  quarantined_at timestamptz,
  -- The revision whose rejection the owner has answered; one answer each.
  appealed_revision text,
  submitted_at timestamptz not null,
  approved_at timestamptz,
  -- When the gist was last read at GitHub and found as it says here.
  verified_at timestamptz not null,
  constraint approved_means_read check (
    state <> 'approved' or (approved_revision = revision and approved_at is not null)
  ),
  constraint listed_means_approved check (
    (presence = 'listed') = (state = 'approved' and availability = 'available')
  ),
  constraint quarantined_knows_where_from check ((state = 'quarantined') = (quarantined_from is not null))
);
create index submission_account on submission (account_id, submitted_at desc, gist_id);
create index submission_queue on submission (submitted_at, gist_id)
  where state in ('pending', 'changed', 'quarantined');
create index submission_listed on submission (approved_at desc, gist_id) where presence = 'listed';
