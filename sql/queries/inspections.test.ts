import { beforeEach, expect, test } from 'vitest';
import { freshIndex } from '../testing-index.ts';
import { exampleDerived, exampleFinding, exampleInspection } from '../testing-inspections.ts';
import { gistIdOf, listGists, revisionOf, takeOut } from '../testing-rows.ts';
import {
  countDueInspections,
  type DueInspection,
  findInspection,
  listDueInspections,
  listInspections,
  storeInspection,
} from './inspections.ts';

const fresh = freshIndex();
beforeEach(() => listGists(fresh.db, 3));

const find = (number: number) => findInspection(fresh.db, gistIdOf(number), revisionOf(number));
const rules = { scannerVersion: '1+secretlint-1.2.3', formatsVersion: 'abcdef012345' };

test('an inspection is found as it was stored', async () => {
  const record = exampleInspection(1, { findings: [exampleFinding('a')] }, null);
  expect(await storeInspection(fresh.db, record)).toBe(true);
  expect(await find(1)).toEqual(record);
  expect(await find(2)).toBeNull();
  expect(await listInspections(fresh.db, [gistIdOf(1), gistIdOf(2)])).toEqual(
    new Map([[gistIdOf(1), record]]),
  );
});

test('a later inspection of the same revision takes the earlier one’s place, column by column', async () => {
  await storeInspection(fresh.db, exampleInspection(1));
  const nothing = Object.fromEntries(Object.keys(exampleDerived).map((field) => [field, null]));
  const later = {
    ...exampleInspection(1, { derived: nothing as typeof exampleDerived, declared: null }, null),
    inspectedAt: new Date('2026-02-01T00:00:00Z'),
  };
  await storeInspection(fresh.db, later);
  expect(await find(1)).toEqual(later);
  const { rows } = await fresh.db.query('select * from inspection');
  expect(rows).toMatchObject([{ ...nothing, topic: null, tags: [], scan: null }]);
});

test('an inspection of a revision at which the row does not stand is not stored', async () => {
  const other = { ...exampleInspection(1), revision: 'f'.repeat(40) };
  expect(await storeInspection(fresh.db, other)).toBe(false);
  expect(await storeInspection(fresh.db, { ...exampleInspection(1), gistId: gistIdOf(99) })).toBe(false);
  expect((await fresh.db.query('select from inspection')).rowCount).toBe(0);
});

test('characters that PostgreSQL stores nowhere are replaced', async () => {
  const derived = { ...exampleDerived, models: ['a\0b', 'half \ud83d of one'] };
  await storeInspection(fresh.db, exampleInspection(1, { derived }));
  expect((await find(1))?.inspection.derived.models).toEqual(['a\ufffdb', 'half \ufffd of one']);
});

test('an inspection in a shape nobody reads any more counts as none', async () => {
  await storeInspection(fresh.db, exampleInspection(1));
  await fresh.db.query(`update inspection set result = '{"old":"shape"}'`);
  expect(await find(1)).toBeNull();
  expect(await listInspections(fresh.db, [gistIdOf(1)])).toEqual(new Map());
});

test('due is what was not inspected by the rules of today, longest ago first', async () => {
  const at = (record: ReturnType<typeof exampleInspection>, day: number) => ({
    ...record,
    inspectedAt: new Date(`2026-01-0${day}T00:00:00Z`),
  });
  await storeInspection(fresh.db, at(exampleInspection(1, { scanner_version: '0' }), 5));
  await storeInspection(fresh.db, at(exampleInspection(3, { formats_version: '0' }), 4));
  const due: string[] = [];
  for (let after: DueInspection | null = null; ; ) {
    const [next] = await listDueInspections(fresh.db, rules, { after, limit: 1 });
    if (!next) break;
    due.push(next.gistId);
    after = next;
  }
  expect(due).toEqual([2, 3, 1].map(gistIdOf));
  expect(await countDueInspections(fresh.db, rules)).toBe(3);

  await storeInspection(fresh.db, exampleInspection(3));
  await takeOut(fresh.db, 1, 'withdrawn');
  await takeOut(fresh.db, 2, 'gone');
  expect(await countDueInspections(fresh.db, rules)).toBe(0);
});
