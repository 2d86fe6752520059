-- What the moderators' desk shows and sorts by.

alter table submission
  -- The files of `approved_revision`; null where the row left it before they were kept.
  add column approved_files json,
  -- The revision the row stood at before `revision`, and its files: what a moderator may have read instead.
  add column previous_revision text,
  add column previous_files json,
  -- When the row began to wait for the decision that is, or was, due.
  add column waiting_since timestamptz not null default now();

update submission set
  approved_files = case when approved_revision = revision then files end,
  waiting_since = coalesce(
    (select max(at) from moderation_log
      where moderation_log.gist_id = submission.gist_id
        and to_state in ('pending', 'changed', 'quarantined')
        and (from_state is null or from_state not in ('pending', 'changed', 'quarantined'))),
    submitted_at
  );

-- The queue is read state by state, each in order.
drop index submission_queue;
create index submission_queue on submission (state, submitted_at, gist_id)
  where state in ('pending', 'changed', 'quarantined');
create index submission_queue_size on submission (state, total_bytes, gist_id)
  where state in ('pending', 'changed', 'quarantined');
create index submission_answered on submission (submitted_at, gist_id)
  where state = 'pending' and appealed_revision = revision;
create index submission_waiting on submission (waiting_since)
  where state in ('pending', 'changed', 'quarantined');
create index submission_owner on submission (owner_id, state);

alter table inspection
  -- What of it a moderator should look at (functions/domain/flag.ts), the licence aside, which is the submission's.
  add column flags text[] not null default '{}',
  add column declared_license text;

update inspection set
  declared_license = result #>> '{declared,license}',
  flags = array_remove(array[
    case when exists (
      select from json_array_elements(result -> 'findings') as f
       where f ->> 'severity' = 'high' and not (f ->> 'declared_false')::boolean) then 'secret' end,
    case when exists (
      select from json_array_elements(result -> 'findings') as f
       where f ->> 'severity' = 'high' and (f ->> 'declared_false')::boolean) then 'declared_false' end,
    case when exists (
      select from json_array_elements(result -> 'findings') as f
       where f ->> 'severity' = 'low') then 'personal' end,
    case when 'false' in (result #>> '{declared,consent_confirmed}', result #>> '{declared,redaction_done}')
      then 'contradiction' end,
    case when result ->> 'declaration_problem' is not null then 'declaration_problem' end,
    case when not exists (
      select from json_array_elements(result -> 'files') as f
       where f ->> 'format' is not null) then 'unrecognised' end
  ], null),
  -- Whether a declared agent, model or language contradicts the files, `npm run reinspect` finds out.
  formats_version = case when result #> '{declared,session}' is null then formats_version else '' end;

create index inspection_flags on inspection using gin (flags);
create index inspection_agent on inspection (agent);
create index inspection_content_key on inspection (content_key);
create index inspection_session_ids on inspection using gin (session_ids);

create index moderation_log_decisions on moderation_log (at)
  where move in ('approve', 'reject', 'remove', 'clear');
create index moderation_log_submits on moderation_log (account_id, seq) where move = 'submit';

-- Which moderator has which submission open. A row is what the last sign of life left; an old one means nothing.
create table reader (
  account_id bigint not null references account on delete cascade,
  gist_id text not null references submission on delete cascade,
  since timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  primary key (account_id, gist_id)
);
create index reader_gist on reader (gist_id);

-- A moderator asks another to look at a revision. It ends with the next decision, and means nothing at another revision.
create table escalation (
  gist_id text primary key references submission on delete cascade,
  account_id bigint references account on delete set null,
  revision text not null,
  note text check (length(note) between 1 and 1000),
  at timestamptz not null default now()
);
