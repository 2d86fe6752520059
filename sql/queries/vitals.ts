import type { Vitals } from '#domain/vitals.ts';
import type { Db } from '../db.ts';
import { countQueue } from './queue.ts';
import { lastRecheck } from './rechecks.ts';

/** How the index does, from indexes alone, whatever its size. */
export async function readVitals(db: Db): Promise<Vitals> {
  const { rows } = await db.query<Facts>(
    `with published as (
       select id, published_at, log_seq, record_count from snapshot
        where published_at is not null order by id desc limit 1
     )
     select (select id from published) as id, (select published_at from published) as "publishedAt",
            coalesce((select record_count from published), 0) as listed,
            (select at from moderation_log
              where kind is not null and seq > coalesce((select log_seq from published), 0)
              order by seq limit 1) as "unpublishedSince",
            least(
              (select min(waiting_since) from submission
                where state in ('pending', 'changed', 'quarantined') and (state <> 'pending' or license is not null)),
              (select min(at) from report join submission using (gist_id)
                where closed_at is null and state = 'approved')
            ) as "waitingSince",
            (select max(finished_at) from backup_run) as "backedUpAt"`,
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error('A query without a table gave no row.');
  const { id, publishedAt, listed, unpublishedSince, waitingSince, backedUpAt } = facts;
  const { unattested: _, ...forModerators } = await countQueue(db);
  const waiting = Object.values(forModerators).reduce((sum, count) => sum + count, 0);
  return {
    recheckedAt: (await lastRecheck(db))?.finishedAt ?? null,
    snapshot: id === null || publishedAt === null ? null : { id, publishedAt },
    unpublishedSince,
    waiting,
    waitingSince,
    backedUpAt,
    listed,
  };
}

interface Facts {
  id: string | null;
  publishedAt: Date | null;
  listed: number;
  unpublishedSince: Date | null;
  waitingSince: Date | null;
  backedUpAt: Date | null;
}
