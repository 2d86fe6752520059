-- An account that was erased keeps its internal key, at which the log points, and nothing else.
alter table account
  alter column github_id drop not null,
  alter column login drop not null,
  alter column created_at drop not null,
  add column erased_at timestamptz,
  add constraint erased_is_nobody check (
    num_nulls(github_id, login, created_at) = case when erased_at is null then 0 else 3 end
    and (erased_at is null or (feed_id is null and seen_seq = 0))
  );

-- A submission of an erased account is out for good and says of its gist what the published departure says.
alter table submission
  -- The owner's one answer to a removal: open while it waits for a moderator; null where none was given.
  add column objection text check (objection in ('open', 'settled')),
  add constraint objection_is_to_removal check (objection is distinct from 'open' or state = 'removed'),
  alter column owner_id drop not null,
  add constraint ownerless_says_nothing check (
    owner_id is not null
    or (state in ('withdrawn', 'removed') and presence in ('never', 'departed')
        and owner_login = '' and gist_url = '' and node_id = '' and title = '' and files::text = '[]'
        and num_nonnulls(approved_files, previous_files, objection) = 0)
  );
create index submission_objected on submission (submitted_at, gist_id) where objection = 'open';

alter table report
  -- What became of it, told to whoever filed it and counted in public; null while it waits, and where it was closed
  -- before outcomes were kept.
  add column outcome text check (outcome in ('removed', 'kept', 'left')),
  -- Whether it hid the row.
  add column quarantined boolean not null default false,
  add constraint outcome_means_closed check (outcome is null or closed_at is not null);
create index report_account on report (account_id, at desc, id desc);

-- What an account has done, for the account itself.
create index moderation_log_account on moderation_log (account_id, seq);
