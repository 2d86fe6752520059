import type { State } from '#domain/submission.ts';
import type { Db } from '../db.ts';

/** A move made on the earlier site. */
export interface PastMove {
  move: 'submit' | 'resubmit' | 'approve' | 'reject' | 'remove' | 'reopen';
  at: Date;
  /** GitHub id of who made it; null where that is not known. */
  by: string | null;
  from: State | null;
  to: State;
  reason: 'other' | null;
  note: string | null;
}

/** A row as the earlier site leaves it. */
export interface TakenRow {
  gistId: string;
  recordId: string;
  ownerId: string;
  ownerLogin: string;
  gistUrl: string;
  title: string;
  revision: string;
  gistUpdatedAt: Date;
  submittedAt: Date;
  verifiedAt: Date;
}

/** An account of the earlier site. */
export interface TakenAccount {
  githubId: string;
  login: string;
  since: Date;
}

/** Where a gist stands here. */
export interface Here {
  gistId: string;
  state: State;
  lastSeq: number;
  /** Nobody has moved it here since it was taken over, nor erased the account it belongs to. */
  untouched: boolean;
  /** How many moves were taken over, where it is untouched. */
  pastMoves: number;
}

/** Where each of these gists stands here; one that is not in the index is not in the map. */
export async function listHere(db: Db, gistIds: readonly string[]): Promise<Map<string, Here>> {
  const { rows } = await db.query<Omit<Here, 'lastSeq'> & { lastSeq: string }>(
    `select s.gist_id as "gistId", s.state, s.last_seq as "lastSeq", l.move = 'import' and s.owner_id is not null as untouched,
            (select count(*)::int from moderation_log past where past.gist_id = s.gist_id and past.move <> 'import') as "pastMoves"
       from submission s join moderation_log l on l.seq = s.last_seq
      where s.gist_id = any($1)`,
    [gistIds],
  );
  return new Map(rows.map((row) => [row.gistId, { ...row, lastSeq: Number(row.lastSeq) }]));
}

/** Nobody moves these gists before the transaction ends. Whoever moves one locks it first, and the log then. */
export async function lockTaken(tx: Db, gistIds: readonly string[]): Promise<void> {
  await tx.query('select from submission where gist_id = any($1) order by gist_id for update', [gistIds]);
}

/** The last number of the log. Nobody else moves anything, or submits a gist, before the transaction ends. */
export async function lockLog(tx: Db): Promise<number> {
  const { rows } = await tx.query<{ seq: string }>('select seq from log_head for update');
  if (rows[0] === undefined) throw new Error('log_head has no row');
  return Number(rows[0].seq);
}

/** Writes the last number that was given out under `lockLog`. */
export async function moveLogHead(tx: Db, seq: number): Promise<void> {
  await tx.query('update log_head set seq = $1 where seq <= $1', [seq]);
}

/**
 * Our internal keys by GitHub id; an account that is not here yet is made. The login of one that is stays: it signed in
 * here since.
 */
export async function takeAccounts(tx: Db, accounts: readonly TakenAccount[]): Promise<Map<string, string>> {
  await tx.query(
    `insert into account (github_id, login, created_at)
     select "githubId"::bigint, login, since
       from json_to_recordset($1) as taken ("githubId" text, login text, since timestamptz)
      order by 1
     on conflict (github_id) do nothing`,
    [JSON.stringify(accounts)],
  );
  const { rows } = await tx.query<{ githubId: string; id: string }>(
    'select github_id as "githubId", id from account where github_id = any($1::bigint[])',
    [accounts.map(({ githubId }) => githubId)],
  );
  return new Map(rows.map(({ githubId, id }) => [githubId, id]));
}

/**
 * Writes rows of gists that are not in the index, with no licence, unread: no files, and a node id that no query of
 * GitHub's knows. They are looked at by nobody but their owners before those confirm them.
 */
export async function takeRows(
  tx: Db,
  rows: readonly (TakenRow & { accountId: string; state: State; lastSeq: number })[],
): Promise<void> {
  await tx.query(
    `insert into submission (
       gist_id, record_id, account_id, gist_url, node_id, owner_id, owner_login, title, files, total_bytes, revision,
       gist_updated_at, license, attestation_version, state, last_seq, submitted_at, verified_at
     )
     select "gistId", "recordId", "accountId", "gistUrl", '', "ownerId", "ownerLogin", title, '[]', 0, revision,
            "gistUpdatedAt", null, null, state, "lastSeq", "submittedAt", "verifiedAt"
       from json_to_recordset($1) as taken (
         "gistId" text, "recordId" text, "accountId" bigint, "gistUrl" text, "ownerId" bigint, "ownerLogin" text,
         title text, revision text, "gistUpdatedAt" timestamptz, state text, "lastSeq" bigint,
         "submittedAt" timestamptz, "verifiedAt" timestamptz
       )`,
    [JSON.stringify(rows)],
  );
}

/** Moves rows that nobody touched here where the earlier site has moved them since. */
export async function moveTakenRows(
  tx: Db,
  rows: readonly { gistId: string; state: State; lastSeq: number }[],
): Promise<void> {
  await tx.query(
    `update submission set state = taken.state, last_seq = taken."lastSeq"
       from json_to_recordset($1) as taken ("gistId" text, state text, "lastSeq" bigint)
      where gist_id = taken."gistId"`,
    [JSON.stringify(rows)],
  );
}

/** A line of the log as it is written; `accountId` is our internal key. */
export interface TakenLine {
  seq: number;
  at: Date;
  gistId: string;
  accountId: string | null;
  move: PastMove['move'] | 'import';
  from: State | null;
  to: State;
  revision: string;
  reason: string | null;
  note: string | null;
}

/** Writes log lines under their own times, and what was said with them. Nothing of it was in the dataset. */
export async function takeLines(tx: Db, lines: readonly TakenLine[]): Promise<void> {
  await tx.query(
    `with line as (
       select * from json_to_recordset($1) as taken (
         seq bigint, at timestamptz, "gistId" text, "accountId" bigint, move text, "from" text, "to" text,
         revision text, reason text, note text
       )
     ), logged as (
       insert into moderation_log (seq, at, gist_id, account_id, move, from_state, to_state, revision, reason)
       select seq, at, "gistId", "accountId", move, "from", "to", revision, reason from line
     )
     insert into note (seq, text) select seq, note from line where note is not null`,
    [JSON.stringify(lines)],
  );
}
