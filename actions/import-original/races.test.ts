import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Database, Db } from '#sql/db.ts';
import { openPool } from '#sql/pool.ts';
import { realServer, silent } from '#sql/testing.ts';
import { run } from './run.ts';
import { bothDatabases } from './testing.ts';
import { addSubmission, decideThere } from './testing-original.ts';

vi.setConfig({ testTimeout: 60_000 });

const { index, original } = bothDatabases();

const takeOver = (db: Database) =>
  run(
    { dryRun: false },
    {
      db,
      original: original.db,
      schema: 'public',
      now: () => new Date('2026-12-01T06:00:00Z'),
      progress: () => undefined,
      tally: () => undefined,
      signal: new AbortController().signal,
    },
  );

async function somebodyWaits(tx: Db): Promise<void> {
  for (;;) {
    const { rowCount } = await tx.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rowCount > 0) return;
    await wait(10);
  }
}

test.skipIf(!realServer)(
  'who moves a gist here while it is taken over again is waited for, and neither breaks off',
  async () => {
    await addSubmission(original.db, 1, { by: 2 });
    await takeOver(index.db);
    await decideThere(original.db, 1, 'REJECTED', { hours: 1 });
    const owner = openPool({ url: index.url, kind: 'server', log: silent, size: 1 });
    const { again } = await owner.transaction(async (tx) => {
      // As every move begins and ends.
      await tx.query('select from submission for update');
      const again = takeOver(index.db);
      again.catch(() => undefined);
      await somebodyWaits(tx);
      await tx.query('update log_head set seq = seq + 1');
      return { again };
    });
    expect(await again).toMatchObject({ counts: { moved: 1 }, rows: 1 });
    await owner.close();
  },
);
