-- The last number given out. Taking the next locks this row until commit, so that numbers are committed in order:
-- an export that sees number n has seen every smaller one.
create table log_head (
  only_row boolean primary key default true check (only_row),
  seq bigint not null
);
insert into log_head (seq) values (0);

-- Every move of every submission. No names and no free text: `account_id` is an internal key.
create table moderation_log (
  seq bigint primary key,
  at timestamptz not null default now(),
  gist_id text not null references submission,
  account_id bigint references account,
  move text not null,
  from_state text,
  to_state text not null,
  revision text not null,
  -- Revision the dataset listed last before this move, when there was one.
  previous_revision text,
  reason text,
  -- What the move means for the dataset; null when it means nothing.
  kind text check (kind in ('added', 'updated', 'suspended', 'withdrawn', 'removed', 'gone', 'restored'))
);
create index moderation_log_gist on moderation_log (gist_id, seq);
create index moderation_log_kind on moderation_log (seq) where kind is not null;
create index moderation_log_quarantine on moderation_log (at) where move = 'quarantine';
create index moderation_log_rejections on moderation_log (reason) where move = 'reject';

create function refuse_log_change() returns trigger language plpgsql as $$
begin
  raise exception 'the moderation log is append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger moderation_log_append_only before update or delete on moderation_log
  for each row execute function refuse_log_change();
create trigger moderation_log_no_truncate before truncate on moderation_log
  for each statement execute function refuse_log_change();

-- What moderators wrote to contributors, and contributors answered: free text, so erasable, so apart from the log.
create table note (
  seq bigint primary key references moderation_log,
  text text not null check (length(text) between 1 and 1000)
);

-- What readers reported. Open until a moderator has decided, whether or not it put the row in quarantine.
create table report (
  id bigint generated always as identity primary key,
  gist_id text not null references submission,
  account_id bigint references account on delete set null,
  reason text not null,
  text text not null check (length(text) <= 1000),
  at timestamptz not null default now(),
  closed_at timestamptz,
  unique (gist_id, account_id)
);
create index report_open on report (gist_id) where closed_at is null;
