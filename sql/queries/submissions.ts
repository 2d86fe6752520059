import type { Submission } from '#domain/move.ts';
import type { State } from '#domain/submission.ts';
import type { Db } from '../db.ts';
import { submissionColumns, submissionRow } from './submission-row.ts';

/** A place in a list sorted by time and gist id: the last row already seen. */
export interface Cursor {
  at: Date;
  gistId: string;
}

/** Where each of these gists stands; one that can be submitted as if it never was is not in the map. */
export async function findStates(db: Db, gistIds: readonly string[]): Promise<Map<string, State>> {
  const { rows } = await db.query<{ gistId: string; state: State }>(
    `select gist_id as "gistId", state from submission
      where gist_id = any($1) and (license is not null or state <> 'pending')`,
    [gistIds],
  );
  return new Map(rows.map(({ gistId, state }) => [gistId, state]));
}

/**
 * An account's submissions, newest first; `after` continues behind that row. `unattested`: only those that wait for its
 * owner to confirm them.
 */
export async function listSubmissionsOf(
  db: Db,
  accountId: string,
  page: { unattested?: boolean; after: Cursor | null; limit: number },
): Promise<Submission[]> {
  const { rows } = await db.query(
    `select ${submissionColumns} from submission
      where account_id = $1 and (not $5 or (state = 'pending' and license is null)) and ($2::timestamptz is null or (submitted_at, gist_id) < ($2, $3))
      order by submitted_at desc, gist_id desc
      limit $4`,
    [accountId, page.after?.at ?? null, page.after?.gistId ?? null, page.limit, page.unattested ?? false],
  );
  return rows.map((row) => submissionRow.parse(row));
}
