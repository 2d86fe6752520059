-- What an inspection found in a gist at one revision; a later one of the same revision takes its place.
-- Metadata only, and findings masked. `result` is all of it (functions/domain/inspection.ts), for the owner and the
-- moderators. The fields that the dataset's row takes from it are columns besides, under the row's names and with its
-- types: the export reads them without opening a `result`, which may hold a thousand findings.
create table inspection (
  gist_id text not null references submission,
  revision text not null,
  scanner_version text not null,
  formats_version text not null,
  inspected_at timestamptz not null,
  -- 'clean': no findings. 'reviewed': a moderator who approved has seen each. Null: somebody has to look.
  scan text check (scan in ('clean', 'reviewed')),
  result json not null,
  topic text,
  tags text[] not null,
  agent text,
  agent_version text,
  format text,
  session_ids text[],
  models text[],
  -- Text: a session's time may be local to a zone nobody knows.
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
  primary key (gist_id, revision)
);
