import { beforeEach, expect, test } from 'vitest';
import { lastRecheck } from '#sql/queries/rechecks.ts';
import { realServer } from '#sql/testing.ts';
import { recheckedContents, restoreIndex, saveIndex } from '#sql/testing-gists.ts';
import { indexOfTests } from '../reinspect/testing.ts';
import { hoursLater, startIndex } from './testing.ts';

const index = indexOfTests(startIndex);
beforeEach(() => index.db.query('truncate recheck_run'));

/** Thirty gists, of which some were edited, deleted or made secret. */
async function moved(): Promise<void> {
  for (let i = 0; i < 30; i++) {
    const place = `owner-${i % 10}/gist-${i}`;
    await index.taken(place);
    if (i % 5 === 1) index.write(place, { 'session.jsonl': `{"edited":${i}}\n` });
    if (i === 7) index.remove(place);
    if (i === 8) index.write(place, { '.gist.json': '{"public":false}' });
  }
}

const of = 4;
const shards = Array.from({ length: of }, (_, i) => ({ index: i + 1, of }));

test('four shards look at every row once, and leave what one run leaves', async () => {
  await moved();
  await saveIndex(index.db);
  const due = await Promise.all(
    shards.map(async (shard) => (await index.recheck({ shard, dryRun: true })).due),
  );
  expect(due.reduce((sum, rows) => sum + rows)).toBe(30);
  expect(Math.min(...due)).toBeGreaterThan(0);

  await index.recheck();
  const one = await recheckedContents(index.db);
  await restoreIndex(index.db);
  for (const shard of shards) await index.recheck({ shard });
  expect(await recheckedContents(index.db)).toEqual(one);
  expect(await lastRecheck(index.db)).toMatchObject({ checked: 30, changed: 6, suspended: 2 });
});

test.skipIf(!realServer)('runs at the same time, in shards and whole, make every move once', async () => {
  await moved();
  const runs = [...shards.map((shard) => ({ shard })), {}, {}];
  await Promise.all(runs.map((run) => index.recheck(run)));
  const { rows } = await index.db.query(
    `select move, count(*)::int as times from moderation_log where move in ('edit', 'lose') group by move order by move`,
  );
  expect(rows).toEqual([
    { move: 'edit', times: 6 },
    { move: 'lose', times: 2 },
  ]);
  expect((await index.recheck({ now: () => hoursLater(1) })).counts).toMatchObject({
    changed: 0,
    suspended: 0,
  });
});
