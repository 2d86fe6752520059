import type { Db } from '../db.ts';

/** What an owner has offered so far, all gists taken together. */
export interface Contributor {
  ownerId: string;
  /** When they first submitted a gist. */
  since: Date;
  submissions: number;
  approved: number;
  rejected: number;
  removed: number;
  withdrawn: number;
  pending: number;
}

const counted = ['approved', 'rejected', 'removed', 'withdrawn', 'pending'] as const;

/** What each of these owners has offered, by owner id. */
export async function listContributors(
  db: Db,
  ownerIds: readonly string[],
): Promise<Map<string, Contributor>> {
  const counts = counted.map((state) => `count(*) filter (where state = '${state}')::int as ${state}`);
  // A row's own time of submission moves when it is submitted again; the log's does not.
  const { rows } = await db.query<Contributor>(
    `select owner_id as "ownerId", submissions, ${counted.join(', ')}, coalesce(first.at, earliest) as since
       from (select owner_id, count(*)::int as submissions, ${counts.join(', ')},
                    min(account_id) as account_id, min(submitted_at) as earliest
               from submission where owner_id = any($1::bigint[]) group by owner_id) as offered
       left join lateral (
         select at from moderation_log where account_id = offered.account_id and move = 'submit' order by seq limit 1
       ) as first on true`,
    [ownerIds],
  );
  return new Map(rows.map((row) => [row.ownerId, row]));
}
