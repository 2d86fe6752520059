import type { Departure } from '#domain/submission.ts';
import type { Database, Db } from './db.ts';

/** The id of the made-up gist with this number. */
export function gistIdOf(number: number): string {
  return number.toString(16).padStart(32, '0');
}

/** The revision that `listGists` has a moderator read. */
export function revisionOf(number: number): string {
  return number.toString(16).padStart(40, 'a');
}

/** Takes every gist, log line and snapshot out again, so that the next test finds the database as if new. */
export async function emptyIndex(database: Database): Promise<void> {
  await database.query(`
    begin;
    alter table moderation_log disable trigger user;
    truncate submission, snapshot cascade;
    update log_head set seq = 0;
    alter table moderation_log enable trigger user;
    commit;`);
}

const owner = { accountId: '7001', login: 'ada' };

/**
 * Puts made-up gists into the index as submitting and approving them would leave them, log included: `count` of them,
 * numbered from `first`. Gist n was approved n minutes after 2026-01-01T00:00:00Z.
 */
export async function listGists(database: Database, count: number, first = 1): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into account (id, github_id, login) overriding system value values ($1, $1, $2) on conflict do nothing`,
      [owner.accountId, owner.login],
    );
    const { rows } = await tx.query<{ base: string }>(
      'update log_head set seq = seq + 2 * $1::bigint returning seq - 2 * $1::bigint as base',
      [count],
    );
    const base = rows[0]?.base;
    await tx.query(
      `insert into submission (gist_id, record_id, account_id, gist_url, node_id, owner_id, owner_login, title, files,
         total_bytes, revision, approved_revision, gist_updated_at, license, attestation_version, state, presence,
         last_seq, listed_seq, submitted_at, approved_at, verified_at)
       select gist_id, 'github_gist:' || gist_id, $3, 'https://gist.github.com/ada/' || gist_id, 'G_' || n, $3, $4,
         'Session ' || n,
         json_build_array(json_build_object('name', 'session.jsonl', 'bytes', n, 'git_blob_sha', repeat('b', 40),
           'raw_url', 'https://gist.githubusercontent.com/ada/' || gist_id || '/raw/session.jsonl')),
         n, revision, revision, day, 'CC-BY-4.0', '2026-11-22', 'approved', 'listed',
         seq, seq, day, day + n * interval '1 minute', day + n * interval '1 minute'
       from (select n, lpad(to_hex(n), 32, '0') as gist_id, lpad(to_hex(n), 40, 'a') as revision,
                    $5::bigint + 2 * (n - $1::int + 1) as seq,
                    timestamptz '2026-01-01 00:00:00Z' as day
               from generate_series($1::int, $1::int + $2::int - 1) as n) as gist`,
      [first, count, owner.accountId, owner.login, base],
    );
    await tx.query(
      `insert into moderation_log (seq, at, gist_id, account_id, move, from_state, to_state, revision, kind)
       select listed_seq + shift, approved_at, gist_id, account_id, move, from_state, to_state, revision, kind
         from submission, (values (-1, 'submit', null, 'pending', null), (0, 'approve', 'pending', 'approved', 'added'))
              as step (shift, move, from_state, to_state, kind)
        where listed_seq > $1`,
      [base],
    );
  });
}

/** Gives a listed gist another title. */
export async function retitle(database: Database, number: number, title: string): Promise<void> {
  await database.query('update submission set title = $2 where gist_id = $1', [gistIdOf(number), title]);
}

const departed: Record<Departure, { state: string; availability: string; presence: string; move: string }> = {
  suspended: { state: 'changed', availability: 'available', presence: 'suspended', move: 'edit' },
  withdrawn: { state: 'withdrawn', availability: 'available', presence: 'departed', move: 'withdraw' },
  removed: { state: 'removed', availability: 'available', presence: 'departed', move: 'remove' },
  gone: { state: 'approved', availability: 'gone', presence: 'departed', move: 'give_up' },
};

/** Takes a listed gist out of the dataset. */
export async function takeOut(
  database: Database,
  number: number,
  kind: Departure,
  reason: string | null = null,
): Promise<void> {
  const { state, availability, presence, move } = departed[kind];
  await database.transaction(async (tx) => {
    const seq = await log(tx, number, { move, from: 'approved', to: state, kind, reason });
    await tx.query(
      `update submission set state = $2, availability = $3, presence = $4, last_seq = $5 where gist_id = $1`,
      [gistIdOf(number), state, availability, presence, seq],
    );
  });
}

/** Lists a gist again that was taken out. */
export async function putBack(database: Database, number: number): Promise<void> {
  await database.transaction(async (tx) => {
    const seq = await log(tx, number, {
      move: 'approve',
      from: 'changed',
      to: 'approved',
      kind: 'restored',
      reason: null,
    });
    await tx.query(
      `update submission set state = 'approved', availability = 'available', presence = 'listed',
              last_seq = $2, listed_seq = $2
        where gist_id = $1`,
      [gistIdOf(number), seq],
    );
  });
}

interface LogLine {
  move: string;
  from: string;
  to: string;
  kind: string;
  reason: string | null;
}

async function log(tx: Db, number: number, line: LogLine): Promise<string | undefined> {
  const { rows } = await tx.query<{ seq: string }>(
    `with head as (update log_head set seq = seq + 1 returning seq)
     insert into moderation_log (seq, at, gist_id, move, from_state, to_state, revision, previous_revision, reason, kind)
     select seq, timestamptz '2026-02-01 00:00:00Z' + seq * interval '1 second', $1, $2, $3, $4, $5, $5, $6, $7 from head
     returning seq`,
    [gistIdOf(number), line.move, line.from, line.to, revisionOf(number), line.reason, line.kind],
  );
  return rows[0]?.seq;
}
