import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { datasetFields } from '#domain/dataset-row.ts';
import type { Db } from '../db.ts';
import { type FreshDatabase, freshDatabase, realServer } from '../testing.ts';
import { exampleInspection } from '../testing-inspections.ts';
import { emptyIndex, listGists, takeOut } from '../testing-rows.ts';
import { hasChangesAfter, readChanges, readDatasetHead, readListedRows } from './dataset.ts';
import { storeInspection } from './inspections.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
}, 60_000);
afterAll(() => fresh.close());
beforeEach(() => emptyIndex(fresh.db));

const reading = <T>(work: (tx: Db) => Promise<T>) => fresh.db.transaction(work, 'repeatable read read only');

async function batchSizes(tx: Db): Promise<number[]> {
  const sizes: number[] = [];
  for await (const batch of readListedRows(tx)) sizes.push(batch.length);
  return sizes;
}

test.each([
  [0, []],
  [1, [1]],
  [1000, [1000]],
  [2001, [1000, 1000, 1]],
])('%i rows come in batches of a thousand at most', async (count, sizes) => {
  if (count > 0) await listGists(fresh.db, count);
  expect(await reading(batchSizes)).toEqual(sizes);
});

test('a row has the dataset’s fields in the dataset’s order', async () => {
  await listGists(fresh.db, 1);
  const batch = await reading(async (tx) => (await readListedRows(tx).next()).value);
  expect(Object.keys(batch?.[0] ?? {})).toEqual(datasetFields);
});

test('only moves that mean something to the dataset are changes', async () => {
  await listGists(fresh.db, 1);
  expect(await hasChangesAfter(fresh.db, 1)).toBe(true);
  expect(await hasChangesAfter(fresh.db, 2)).toBe(false);
});

test.each([
  ['secret', 'policy'],
  ['personal_data', 'policy'],
  ['spam', 'spam'],
  [null, null],
])('a removal for the reason %s is published as %s', async (reason, published) => {
  await listGists(fresh.db, 1);
  await takeOut(fresh.db, 1, 'removed', reason);
  const batch = await reading(async (tx) => (await readChanges(tx, 'removed', 0, ['removed']).next()).value);
  expect(batch).toMatchObject([{ seq: 3, kind: 'removed', reason: published }]);
});

test.skipIf(!realServer)('rows, log and head are of one moment, whatever happens meanwhile', async () => {
  await listGists(fresh.db, 1500);
  await reading(async (tx) => {
    const head = await readDatasetHead(tx);
    await takeOut(fresh.db, 1, 'withdrawn');
    expect(await batchSizes(tx)).toEqual([1000, 500]);
    expect(await hasChangesAfter(tx, head.logSeq)).toBe(false);
    expect(await readDatasetHead(tx)).toEqual(head);
  });
  expect(await readDatasetHead(fresh.db)).toMatchObject({ recordCount: 1499, logSeq: 3001 });
});

test.skipIf(!realServer)('the index gives the rows in order, without sorting', async () => {
  await listGists(fresh.db, 5000);
  await storeInspection(fresh.db, exampleInspection(1));
  await fresh.db.query(
    `insert into inspection
     select (json_populate_record(inspection, json_build_object(
       'gist_id', submission.gist_id, 'revision', submission.revision))).*
       from inspection cross join submission where submission.gist_id <> inspection.gist_id`,
  );
  await fresh.db.query('analyze submission, inspection');
  const plan: string[] = [];
  const explaining: Db = {
    query: async (text, values) => {
      const select = /^declare \S+ no scroll cursor for ([\s\S]*)$/.exec(text)?.[1];
      if (select === undefined) return { rows: [], rowCount: 0 };
      const { rows } = await fresh.db.query<{ 'QUERY PLAN': string }>(`explain ${select} limit 1000`, values);
      plan.push(...rows.map((row) => row['QUERY PLAN']));
      return { rows: [], rowCount: 0 };
    },
  };
  await batchSizes(explaining);
  expect(plan.join('\n')).toContain('submission_listed');
  expect(plan.join('\n')).not.toContain('Sort');
});
