import type { Db } from '../db.ts';

/** How a run of the recheck ended: it did its work, or why it did not. */
export type RecheckOutcome = 'done' | 'limited' | 'down' | 'refused' | 'canary';

/** What a run did, in numbers. */
export interface RecheckCounts {
  /** Rows of which it found out what became of the gist. */
  checked: number;
  /** Took a new revision. */
  changed: number;
  renamed: number;
  suspended: number;
  gone: number;
  restored: number;
  /** Losses it did not apply. */
  held: number;
  /** Rows of which GitHub said nothing. */
  failed: number;
  apiCalls: number;
}

export function nothingCounted(): RecheckCounts {
  return {
    checked: 0,
    changed: 0,
    renamed: 0,
    suspended: 0,
    gone: 0,
    restored: 0,
    held: 0,
    failed: 0,
    apiCalls: 0,
  };
}

export interface Shard {
  /** From 1. */
  index: number;
  of: number;
}

/** The newest recheck of the whole index that did its work. */
export interface LastRecheck extends RecheckCounts {
  finishedAt: Date;
  outcome: 'done';
}

/** A run begins; returns its id. */
export async function startRecheck(db: Db, shard: Shard, startedAt: Date): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    'insert into recheck_run (shard, shards, started_at) values ($1, $2, $3) returning id',
    [shard.index, shard.of, startedAt],
  );
  if (rows[0] === undefined) throw new Error('an insert returned no row');
  return rows[0].id;
}

const columns = {
  checked: 'checked',
  changed: 'changed',
  renamed: 'renamed',
  suspended: 'suspended',
  gone: 'gone',
  restored: 'restored',
  held: 'held',
  failed: 'failed',
  apiCalls: 'api_calls',
} as const satisfies Record<keyof RecheckCounts, string>;
const names = Object.keys(columns) as (keyof RecheckCounts)[];

/** A run ends. */
export async function finishRecheck(
  db: Db,
  id: string,
  ended: { finishedAt: Date; outcome: RecheckOutcome; counts: RecheckCounts },
): Promise<void> {
  await db.query(
    `update recheck_run set finished_at = $2, outcome = $3, ${names
      .map((name, i) => `${columns[name]} = $${i + 4}`)
      .join(', ')} where id = $1`,
    [id, ended.finishedAt, ended.outcome, ...names.map((name) => ended.counts[name])],
  );
}

/**
 * The newest recheck that did its work, or null. One that ran in shards is all of them together: the newest run of each
 * shard that ended within a day of the last; null numbers are none.
 */
export async function lastRecheck(db: Db): Promise<LastRecheck | null> {
  const { rows } = await db.query<LastRecheck & { finishedAt: Date | null }>(
    `with last as (
       select shards, finished_at from recheck_run where outcome = 'done' order by finished_at desc, id desc limit 1
     ), part as (
       select distinct on (shard) recheck_run.* from recheck_run join last using (shards)
        where outcome = 'done' and recheck_run.finished_at > last.finished_at - interval '1 day'
        order by shard, recheck_run.finished_at desc, id desc
     )
     select max(finished_at) as "finishedAt", 'done' as outcome,
            ${names.map((name) => `coalesce(sum(${columns[name]}), 0)::float8 as "${name}"`).join(', ')}
       from part`,
  );
  const [last] = rows;
  return last?.finishedAt ? last : null;
}
