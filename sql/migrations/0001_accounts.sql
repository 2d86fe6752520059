-- People who signed in. The log points at `id`; logins are here, and in the `owner_login` and `gist_url`
-- of their submissions, where they can be erased.
create table account (
  id bigint generated always as identity primary key,
  github_id bigint not null unique,
  login text not null,
  created_at timestamptz not null default now()
);

-- One row a signed-in browser. The cookie's JWT carries `jti`; the row decides whether it still counts.
create table session (
  jti uuid primary key,
  account_id bigint not null references account on delete cascade,
  created_at timestamptz not null default now(),
  last_seen timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_account on session (account_id);

-- A sign-in under way: taken out by its callback, so a `state` works once, in the browser that started it.
create table sign_in (
  state_sha256 text primary key,
  browser_sha256 text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamptz not null
);
