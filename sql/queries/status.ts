import type { PublishedStatus } from '#domain/status.ts';
import type { Db } from '../db.ts';

/** How many rows are in the dataset, out for a while, and out for good; and the last log number given out. */
export async function readStanding(tx: Db): Promise<{ logSeq: number; counts: PublishedStatus['counts'] }> {
  const { rows } = await tx.query<Record<'logSeq' | 'listed' | 'suspended' | 'departed', number>>(
    `select (select seq from log_head)::float8 as "logSeq",
            (count(*) filter (where presence = 'listed'))::float8 as listed,
            (count(*) filter (where presence = 'suspended'))::float8 as suspended,
            (count(*) filter (where presence = 'departed'))::float8 as departed
       from submission`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate query gave no row.');
  const { logSeq, ...counts } = row;
  return { logSeq, counts };
}
