-- Written by `npm run db:migrate -- --schema`.

create table account (
  id bigint not null generated always as identity,
  github_id bigint,
  login text,
  created_at timestamp with time zone default now(),
  seen_seq bigint not null default 0,
  feed_id uuid,
  erased_at timestamp with time zone,
  constraint account_feed_id_key UNIQUE (feed_id),
  constraint account_github_id_key UNIQUE (github_id),
  constraint account_pkey PRIMARY KEY (id),
  constraint erased_is_nobody CHECK (((num_nulls(github_id, login, created_at) =
CASE
    WHEN (erased_at IS NULL) THEN 0
    ELSE 3
END) AND ((erased_at IS NULL) OR ((feed_id IS NULL) AND (seen_seq = 0)))))
);

create table backup_run (
  id text not null,
  finished_at timestamp with time zone not null,
  bytes bigint not null,
  row_count bigint not null,
  log_seq bigint not null,
  constraint backup_run_bytes_check CHECK ((bytes >= 0)),
  constraint backup_run_log_seq_check CHECK ((log_seq >= 0)),
  constraint backup_run_pkey PRIMARY KEY (id),
  constraint backup_run_row_count_check CHECK ((row_count >= 0))
);
CREATE INDEX backup_run_finished ON public.backup_run USING btree (finished_at DESC);

create table escalation (
  gist_id text not null,
  account_id bigint,
  revision text not null,
  note text,
  at timestamp with time zone not null default now(),
  constraint escalation_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE SET NULL,
  constraint escalation_gist_id_fkey FOREIGN KEY (gist_id) REFERENCES submission(gist_id) ON DELETE CASCADE,
  constraint escalation_note_check CHECK (((length(note) >= 1) AND (length(note) <= 1000))),
  constraint escalation_pkey PRIMARY KEY (gist_id)
);

create table inspection (
  gist_id text not null,
  revision text not null,
  scanner_version text not null,
  formats_version text not null,
  inspected_at timestamp with time zone not null,
  scan text,
  result json not null,
  topic text,
  tags text[] not null,
  agent text,
  agent_version text,
  format text,
  session_ids text[],
  models text[],
  started_at text,
  ended_at text,
  user_messages bigint,
  assistant_messages bigint,
  tool_calls bigint,
  tool_names text[],
  input_tokens bigint,
  output_tokens bigint,
  languages text[],
  first_prompt_present boolean,
  tool_calls_paired boolean,
  truncated boolean,
  has_thinking boolean,
  has_subagents boolean,
  redactions bigint,
  content_key text,
  flags text[] not null default '{}'::text[],
  declared_license text,
  constraint inspection_gist_id_fkey FOREIGN KEY (gist_id) REFERENCES submission(gist_id),
  constraint inspection_pkey PRIMARY KEY (gist_id, revision),
  constraint inspection_scan_check CHECK ((scan = ANY (ARRAY['clean'::text, 'reviewed'::text])))
);
CREATE INDEX inspection_agent ON public.inspection USING btree (agent);
CREATE INDEX inspection_content_key ON public.inspection USING btree (content_key);
CREATE INDEX inspection_flags ON public.inspection USING gin (flags);
CREATE INDEX inspection_session_ids ON public.inspection USING gin (session_ids);

create table log_head (
  only_row boolean not null default true,
  seq bigint not null,
  constraint log_head_only_row_check CHECK (only_row),
  constraint log_head_pkey PRIMARY KEY (only_row)
);

create table migration (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (number)
);

create table moderation_log (
  seq bigint not null,
  at timestamp with time zone not null default now(),
  gist_id text not null,
  account_id bigint,
  move text not null,
  from_state text,
  to_state text not null,
  revision text not null,
  previous_revision text,
  reason text,
  kind text,
  constraint moderation_log_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint moderation_log_gist_id_fkey FOREIGN KEY (gist_id) REFERENCES submission(gist_id),
  constraint moderation_log_kind_check CHECK ((kind = ANY (ARRAY['added'::text, 'updated'::text, 'suspended'::text, 'withdrawn'::text, 'removed'::text, 'gone'::text, 'restored'::text]))),
  constraint moderation_log_pkey PRIMARY KEY (seq)
);
CREATE INDEX moderation_log_account ON public.moderation_log USING btree (account_id, seq);
CREATE INDEX moderation_log_decisions ON public.moderation_log USING btree (at) WHERE (move = ANY (ARRAY['approve'::text, 'reject'::text, 'remove'::text, 'clear'::text]));
CREATE INDEX moderation_log_gist ON public.moderation_log USING btree (gist_id, seq);
CREATE INDEX moderation_log_kind ON public.moderation_log USING btree (seq) WHERE (kind IS NOT NULL);
CREATE INDEX moderation_log_quarantine ON public.moderation_log USING btree (at) WHERE (move = 'quarantine'::text);
CREATE INDEX moderation_log_rejections ON public.moderation_log USING btree (reason) WHERE (move = 'reject'::text);
CREATE INDEX moderation_log_submits ON public.moderation_log USING btree (account_id, seq) WHERE (move = 'submit'::text);
CREATE TRIGGER moderation_log_append_only BEFORE DELETE OR UPDATE ON public.moderation_log FOR EACH ROW EXECUTE FUNCTION refuse_log_change();
CREATE TRIGGER moderation_log_no_truncate BEFORE TRUNCATE ON public.moderation_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change();

create table note (
  seq bigint not null,
  text text not null,
  constraint note_pkey PRIMARY KEY (seq),
  constraint note_seq_fkey FOREIGN KEY (seq) REFERENCES moderation_log(seq),
  constraint note_text_check CHECK (((length(text) >= 1) AND (length(text) <= 1000)))
);

create table rate_limit (
  key character varying(255) not null,
  points integer not null default 0,
  expire bigint,
  constraint rate_limit_pkey PRIMARY KEY (key)
);
CREATE INDEX rate_limit_expire ON public.rate_limit USING btree (expire);

create table reader (
  account_id bigint not null,
  gist_id text not null,
  since timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  constraint reader_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint reader_gist_id_fkey FOREIGN KEY (gist_id) REFERENCES submission(gist_id) ON DELETE CASCADE,
  constraint reader_pkey PRIMARY KEY (account_id, gist_id)
);
CREATE INDEX reader_gist ON public.reader USING btree (gist_id);

create table recheck_run (
  id bigint not null generated always as identity,
  shard integer not null,
  shards integer not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  outcome text,
  checked integer not null default 0,
  changed integer not null default 0,
  renamed integer not null default 0,
  suspended integer not null default 0,
  gone integer not null default 0,
  restored integer not null default 0,
  held integer not null default 0,
  failed integer not null default 0,
  api_calls integer not null default 0,
  constraint recheck_run_check CHECK (((shard >= 1) AND (shard <= shards))),
  constraint recheck_run_check1 CHECK (((finished_at IS NULL) = (outcome IS NULL))),
  constraint recheck_run_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'limited'::text, 'down'::text, 'refused'::text, 'canary'::text]))),
  constraint recheck_run_pkey PRIMARY KEY (id)
);
CREATE INDEX recheck_run_finished ON public.recheck_run USING btree (finished_at DESC) WHERE (outcome = 'done'::text);

create table report (
  id bigint not null generated always as identity,
  gist_id text not null,
  account_id bigint,
  reason text not null,
  text text not null,
  at timestamp with time zone not null default now(),
  closed_at timestamp with time zone,
  outcome text,
  quarantined boolean not null default false,
  constraint outcome_means_closed CHECK (((outcome IS NULL) OR (closed_at IS NOT NULL))),
  constraint report_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE SET NULL,
  constraint report_gist_id_account_id_key UNIQUE (gist_id, account_id),
  constraint report_gist_id_fkey FOREIGN KEY (gist_id) REFERENCES submission(gist_id),
  constraint report_outcome_check CHECK ((outcome = ANY (ARRAY['removed'::text, 'kept'::text, 'left'::text]))),
  constraint report_pkey PRIMARY KEY (id),
  constraint report_text_check CHECK ((length(text) <= 1000))
);
CREATE INDEX report_account ON public.report USING btree (account_id, at DESC, id DESC);
CREATE INDEX report_open ON public.report USING btree (gist_id) WHERE (closed_at IS NULL);

create table session (
  jti uuid not null,
  account_id bigint not null,
  created_at timestamp with time zone not null default now(),
  last_seen timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint session_pkey PRIMARY KEY (jti)
);
CREATE INDEX session_account ON public.session USING btree (account_id);

create table sign_in (
  state_sha256 text not null,
  browser_sha256 text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamp with time zone not null,
  constraint sign_in_pkey PRIMARY KEY (state_sha256)
);

create table snapshot (
  id text not null,
  previous_id text,
  log_seq bigint not null,
  schema_version text not null,
  record_count integer not null,
  verified_from timestamp with time zone,
  verified_to timestamp with time zone,
  exported_at timestamp with time zone not null,
  published_at timestamp with time zone,
  abandoned_at timestamp with time zone,
  constraint snapshot_pkey PRIMARY KEY (id),
  constraint snapshot_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES snapshot(id)
);
CREATE INDEX snapshot_published ON public.snapshot USING btree (published_at DESC) WHERE (published_at IS NOT NULL);

create table submission (
  gist_id text not null,
  record_id text not null,
  account_id bigint not null,
  gist_url text not null,
  node_id text not null,
  owner_id bigint,
  owner_login text not null,
  title text not null,
  files json not null,
  total_bytes bigint not null,
  revision text not null,
  approved_revision text,
  gist_updated_at timestamp with time zone not null,
  license text,
  attestation_version text,
  state text not null,
  availability text not null default 'available'::text,
  presence text not null default 'never'::text,
  last_seq bigint not null,
  listed_seq bigint,
  quarantined_from text,
  quarantined_at timestamp with time zone,
  appealed_revision text,
  submitted_at timestamp with time zone not null,
  approved_at timestamp with time zone,
  verified_at timestamp with time zone not null,
  approved_files json,
  previous_revision text,
  previous_files json,
  waiting_since timestamp with time zone not null default now(),
  pushed_at timestamp with time zone,
  lost_at timestamp with time zone,
  checked_at timestamp with time zone,
  objection text,
  constraint approved_means_read CHECK (((state <> 'approved'::text) OR ((approved_revision = revision) AND (approved_at IS NOT NULL)))),
  constraint licence_means_attested CHECK (((license IS NULL) = (attestation_version IS NULL))),
  constraint listed_means_approved CHECK (((presence = 'listed'::text) = ((state = 'approved'::text) AND (availability = 'available'::text)))),
  constraint listed_means_attested CHECK (((license IS NOT NULL) OR ((state <> ALL (ARRAY['approved'::text, 'changed'::text])) AND (quarantined_from IS DISTINCT FROM 'approved'::text)))),
  constraint objection_is_to_removal CHECK (((objection IS DISTINCT FROM 'open'::text) OR (state = 'removed'::text))),
  constraint ownerless_says_nothing CHECK (((owner_id IS NOT NULL) OR ((state = ANY (ARRAY['withdrawn'::text, 'removed'::text])) AND (presence = ANY (ARRAY['never'::text, 'departed'::text])) AND (owner_login = ''::text) AND (gist_url = ''::text) AND (node_id = ''::text) AND (title = ''::text) AND ((files)::text = '[]'::text) AND (num_nonnulls(approved_files, previous_files, objection) = 0)))),
  constraint quarantined_knows_where_from CHECK (((state = 'quarantined'::text) = (quarantined_from IS NOT NULL))),
  constraint submission_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint submission_availability_check CHECK ((availability = ANY (ARRAY['available'::text, 'missing'::text, 'secret'::text, 'owner_changed'::text, 'gone'::text]))),
  constraint submission_objection_check CHECK ((objection = ANY (ARRAY['open'::text, 'settled'::text]))),
  constraint submission_pkey PRIMARY KEY (gist_id),
  constraint submission_presence_check CHECK ((presence = ANY (ARRAY['never'::text, 'listed'::text, 'suspended'::text, 'departed'::text]))),
  constraint submission_quarantined_from_check CHECK ((quarantined_from = ANY (ARRAY['approved'::text, 'pending'::text]))),
  constraint submission_record_id_key UNIQUE (record_id),
  constraint submission_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'changed'::text, 'withdrawn'::text, 'removed'::text, 'quarantined'::text])))
);
CREATE INDEX submission_account ON public.submission USING btree (account_id, submitted_at DESC, gist_id);
CREATE INDEX submission_account_moved ON public.submission USING btree (account_id, last_seq);
CREATE INDEX submission_answered ON public.submission USING btree (submitted_at, gist_id) WHERE ((state = 'pending'::text) AND (appealed_revision = revision));
CREATE INDEX submission_listed ON public.submission USING btree (approved_at DESC, gist_id) WHERE (presence = 'listed'::text);
CREATE INDEX submission_objected ON public.submission USING btree (submitted_at, gist_id) WHERE (objection = 'open'::text);
CREATE INDEX submission_owner ON public.submission USING btree (owner_id, state);
CREATE INDEX submission_queue ON public.submission USING btree (state, submitted_at, gist_id) WHERE (state = ANY (ARRAY['pending'::text, 'changed'::text, 'quarantined'::text]));
CREATE INDEX submission_queue_size ON public.submission USING btree (state, total_bytes, gist_id) WHERE (state = ANY (ARRAY['pending'::text, 'changed'::text, 'quarantined'::text]));
CREATE INDEX submission_recheck ON public.submission USING btree (GREATEST(verified_at, checked_at), gist_id) WHERE (state = ANY (ARRAY['approved'::text, 'pending'::text, 'changed'::text]));
CREATE INDEX submission_unattested ON public.submission USING btree (submitted_at, gist_id) WHERE ((state = 'pending'::text) AND (license IS NULL));
CREATE INDEX submission_waiting ON public.submission USING btree (waiting_since) WHERE (state = ANY (ARRAY['pending'::text, 'changed'::text, 'quarantined'::text]));

CREATE OR REPLACE FUNCTION public.refuse_log_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the moderation log is append-only' using errcode = 'insufficient_privilege';
end
$function$;
