import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { datasetFields } from '#domain/dataset-row.ts';
import type { Transaction } from '../db.ts';
import { realServer } from '../testing.ts';
import { freshIndex } from '../testing-index.ts';
import { exampleInspection } from '../testing-inspections.ts';
import { gistIdOf, listGists, takeOut } from '../testing-rows.ts';
import { copyChanges, copyListedRows, countChanges, hasChangesAfter, readDatasetHead } from './dataset.ts';
import { storeInspection } from './inspections.ts';

const fresh = freshIndex();

const reading = <T>(work: (tx: Transaction) => Promise<T>) =>
  fresh.db.transaction(work, 'repeatable read read only');

/** Rows of COPY's text format, as their fields. */
async function fieldsOf(pieces: AsyncIterable<Buffer>): Promise<string[][]> {
  return (await text(pieces))
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}

test.each([0, 1, 3000])(
  '%i rows are copied, the newest first, each with the dataset’s fields',
  async (count) => {
    if (count > 0) await listGists(fresh.db, count);
    const rows = await reading((tx) => fieldsOf(copyListedRows(tx)));
    expect(rows.map(([gistId]) => gistId)).toEqual(
      Array.from({ length: count }, (_, i) => gistIdOf(count - i)),
    );
    for (const row of rows) expect(row).toHaveLength(datasetFields.length);
  },
);

test('a transaction goes on after its rows were copied, on the same connection', async () => {
  await listGists(fresh.db, 2);
  await reading(async (tx) => {
    await fieldsOf(copyListedRows(tx));
    expect((await tx.query('show statement_timeout')).rows).toEqual(
      fresh.db.kind === 'embedded' ? expect.anything() : [{ statement_timeout: '1min' }],
    );
    expect(await fieldsOf(copyListedRows(tx))).toHaveLength(2);
  });
});

test('a reader that stops in the middle of the rows ends its transaction, and the next one finds the database', async () => {
  await listGists(fresh.db, 5000);
  const stopped = reading(async (tx) => {
    for await (const _ of copyListedRows(tx)) throw new Error('enough');
  });
  await expect(stopped).rejects.toThrow('enough');
  expect(await reading((tx) => fieldsOf(copyListedRows(tx)))).toHaveLength(5000);
});

test('a copy that the database refuses is an error, and the next one finds the database', async () => {
  const refused = reading((tx) => text(tx.copy('select nothing from nowhere')));
  await expect(refused).rejects.toMatchObject({ code: '42P01' });
  expect(await reading((tx) => fieldsOf(copyListedRows(tx)))).toEqual([]);
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
  const [change] = await reading((tx) => fieldsOf(copyChanges(tx, 0, ['removed'])));
  expect(change?.slice(0, 2)).toEqual(['3', 'removed']);
  expect(change?.[6]).toBe(published ?? '\\N');
});

test.skipIf(!realServer)('rows, log and head are of one moment, whatever happens meanwhile', async () => {
  await listGists(fresh.db, 1500);
  await reading(async (tx) => {
    const head = await readDatasetHead(tx);
    await takeOut(fresh.db, 1, 'withdrawn');
    expect(await fieldsOf(copyListedRows(tx))).toHaveLength(1500);
    expect(await countChanges(tx, 0, ['added', 'withdrawn'])).toEqual({ added: 1500 });
    expect(await hasChangesAfter(tx, head.logSeq)).toBe(false);
    expect(await readDatasetHead(tx)).toEqual(head);
  });
  expect(await readDatasetHead(fresh.db)).toMatchObject({ recordCount: 1499, logSeq: 3001 });
});

test.skipIf(!realServer)('what is sorted is where the rows are, not the rows', async () => {
  await listGists(fresh.db, 5000);
  await storeInspection(fresh.db, exampleInspection(1));
  await fresh.db.query(
    `insert into inspection
     select (json_populate_record(inspection, json_build_object(
       'gist_id', submission.gist_id, 'revision', submission.revision))).*
       from inspection cross join submission where submission.gist_id <> inspection.gist_id`,
  );
  await fresh.db.query('analyze submission, inspection');
  const plan = await reading((tx) => {
    const explain = (select: string) => tx.query<{ 'QUERY PLAN': string }>(`explain ${select}`);
    const explaining = { ...tx, copy: (select: string) => planOf(explain(select)) };
    return text(copyListedRows(explaining));
  });
  expect(plan).toMatch(/Tid Scan on submission[\s\S]*Tid Scan on inspection/);
  const [sort, ...others] = plan.match(/Sort +\(.*width=\d+/g) ?? [];
  expect(others).toEqual([]);
  expect(Number(/width=(\d+)/.exec(sort ?? '')?.[1])).toBeLessThan(100);
});

async function* planOf(answer: Promise<{ rows: { 'QUERY PLAN': string }[] }>): AsyncGenerator<Buffer> {
  for (const row of (await answer).rows) yield Buffer.from(`${row['QUERY PLAN']}\n`);
}
