import type { Submission } from '#domain/move.ts';
import type { Database, Db } from '../db.ts';
import { holdingLock } from './advisory-lock.ts';
import type { Shard } from './rechecks.ts';
import { filesJson } from './submission-row.ts';

/** A submission as a recheck needs it, of which one holds a hundred and more. */
export interface DueRecheck
  extends Pick<
    Submission,
    | 'gistId'
    | 'nodeId'
    | 'ownerLogin'
    | 'revision'
    | 'state'
    | 'availability'
    | 'pushedAt'
    | 'lostAt'
    | 'lastSeq'
  > {
  ownerId: string;
  /** When somebody last found out what became of the gist, as the database writes it: a place in the order. */
  lookedAt: string;
}

const lookedAt = 'greatest(verified_at, checked_at)';

/** Approved, pending and changed rows of the shard that nobody has looked at since a time; unattested ones nobody looks at. */
const due = `
    from submission
   where state in ('approved', 'pending', 'changed') and license is not null and ${lookedAt} < $1
     and ($3::int = 1 or ('x' || left(md5(gist_id), 7))::bit(28)::int % $3 = $2::int - 1)`;

export async function countDueRechecks(db: Db, since: Date, shard: Shard): Promise<number> {
  const { rows } = await db.query<{ count: string }>(`select count(*) ${due}`, [
    since,
    shard.index,
    shard.of,
  ]);
  return Number(rows[0]?.count ?? 0);
}

/** Owners of the rows that are due. */
export async function countDueOwners(db: Db, since: Date, shard: Shard): Promise<number> {
  const { rows } = await db.query<{ count: string }>(`select count(distinct owner_id) ${due}`, [
    since,
    shard.index,
    shard.of,
  ]);
  return Number(rows[0]?.count ?? 0);
}

/** Names the one advisory lock that every recheck takes which decides about losses. Chosen once, at random. */
const lossesLock = '4471820956317725';

/** Decides about losses while no other recheck on this server does; null, and nothing is decided, while one does. */
export function holdingLosses<T>(database: Database, decide: (held: Db) => Promise<T>): Promise<T | null> {
  return holdingLock(database, lossesLock, decide);
}

/** Owners of all rows that are rechecked, and the ids of those who lost one since a time. */
export async function readOwnersLost(db: Db, since: Date): Promise<{ owners: number; lost: string[] }> {
  const { rows } = await db.query<{ owners: string; lost: string[] }>(
    `select count(distinct owner_id) as owners,
            coalesce(array_agg(distinct owner_id::text) filter (where availability <> 'available' and lost_at >= $1), '{}') as lost
       from submission where state in ('approved', 'pending', 'changed') and license is not null`,
    [since],
  );
  const [told] = rows;
  if (told === undefined) throw new Error('An aggregate query gave no row.');
  return { owners: Number(told.owners), lost: told.lost };
}

/** The next rows that are due, those looked at longest ago first; `after` continues behind that one. */
export async function listDueRechecks(
  db: Db,
  since: Date,
  shard: Shard,
  page: { after: Pick<DueRecheck, 'lookedAt' | 'gistId'> | null; limit: number },
): Promise<DueRecheck[]> {
  const { rows } = await db.query<Omit<DueRecheck, 'lastSeq'> & { lastSeq: string }>(
    `select gist_id as "gistId", node_id as "nodeId", owner_id as "ownerId", owner_login as "ownerLogin", revision,
            state, availability, pushed_at as "pushedAt", lost_at as "lostAt", last_seq as "lastSeq",
            ${lookedAt}::text as "lookedAt" ${due}
        and ($4::timestamptz is null or (${lookedAt}, gist_id) > ($4, $5))
      order by ${lookedAt}, gist_id
      limit $6`,
    [since, shard.index, shard.of, page.after?.lookedAt ?? null, page.after?.gistId ?? null, page.limit],
  );
  return rows.map((row) => ({ ...row, lastSeq: Number(row.lastSeq) }));
}

/** A row as somebody saw it: it stands there still where its last move is the same. */
type Seen = Pick<DueRecheck, 'gistId' | 'lastSeq'>;

/** These rows, locked one after the other in one order, so that two who write the same ones do not wait for each other. */
const standing = `
  with standing as (
    select gist_id from submission join unnest($1::text[], $2::bigint[]) as seen (id, seq) on gist_id = id and last_seq = seq
     order by gist_id for update of submission
  )`;

const seenValues = (rows: readonly Seen[]) => [
  rows.map(({ gistId }) => gistId),
  rows.map(({ lastSeq }) => lastSeq),
];

/** Writes that these gists are as their rows say. Returns how many rows still stood as they were seen. */
export async function markVerified(db: Db, rows: readonly Seen[], at: Date): Promise<number> {
  const { rowCount } = await db.query(
    `${standing}
     update submission set verified_at = $3 from standing where submission.gist_id = standing.gist_id`,
    [...seenValues(rows), at],
  );
  return rowCount;
}

/** Writes that somebody found out what became of these gists, and that their rows do not say so. */
export async function markChecked(db: Db, gistIds: readonly string[], at: Date): Promise<void> {
  await db.query(
    `with standing as (select gist_id from submission where gist_id = any($1) order by gist_id for update)
     update submission set checked_at = $2 from standing where submission.gist_id = standing.gist_id`,
    [gistIds, at],
  );
}

/** What a row that is as it was takes over from a gist that was read. */
export type Reread = Pick<
  Submission,
  'ownerLogin' | 'gistUrl' | 'nodeId' | 'gistUpdatedAt' | 'verifiedAt' | 'pushedAt'
>;

/** Writes that a gist is as its row says, and what the dataset does not tell of as a change. False where the row moved. */
export async function storeReread(
  db: Db,
  seen: Seen,
  read: Reread,
  files: Submission['files'] | null,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update submission set owner_login = $3, gist_url = $4, node_id = $5, gist_updated_at = $6, verified_at = $7,
            pushed_at = $8, files = coalesce($9, files)
      where gist_id = $1 and last_seq = $2`,
    [
      seen.gistId,
      seen.lastSeq,
      read.ownerLogin,
      read.gistUrl,
      read.nodeId,
      read.gistUpdatedAt,
      read.verifiedAt,
      read.pushedAt,
      files && filesJson(files),
    ],
  );
  return rowCount === 1;
}
