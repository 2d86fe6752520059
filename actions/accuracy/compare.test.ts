import { expect, test } from 'vitest';
import { derivedOf } from '#domain/combine.ts';
import type { Derived } from '#domain/derived.ts';
import { compareCells } from './compare.ts';
import { type TruthColumn, type TruthRow, truthColumns } from './truth.ts';

const row = (cells: Partial<Record<TruthColumn, string>>): TruthRow => ({
  path: 'a.jsonl',
  provenance: 'real',
  expected: 'pi',
  cells: Object.fromEntries(truthColumns.map((name) => [name, cells[name] ?? ''])) as TruthRow['cells'],
});
const ours = (fields: Partial<Derived>): Derived => ({
  ...derivedOf({ summary: null, problems: [] }),
  ...fields,
});

const differing = (truth: TruthRow, fields: Partial<Derived>) =>
  compareCells(truth, ours(fields)).flatMap(({ column, truth, ours, same }) =>
    same ? [] : [{ column, truth, ours }],
  );

test('what the truth does not tell is not compared', () => {
  expect(compareCells(row({}), ours({ user_messages: 7 }))).toEqual([]);
});

test('lists and counts are the same only when each name and number is', () => {
  const truth = row({ models: 'a;b', user_prompts: '0', tool_names: 'Read' });
  expect(compareCells(truth, ours({ format: 'pi' }))).toHaveLength(3);
  expect(differing(truth, { models: ['a', 'b'], user_messages: 0, tool_names: ['Read'] })).toEqual([]);
  expect(differing(truth, { models: ['b'], user_messages: null, tool_names: ['Read'] })).toEqual([
    { column: 'models', truth: 'a;b', ours: 'b' },
    { column: 'user_prompts', truth: '0', ours: '' },
  ]);
});

test.each([
  ['2026-01-05T08:00:00Z', '2026-01-05T08:00:00.000Z', true],
  ['2026-01-05T09:00:00+01:00', '2026-01-05T08:00:00.000Z', true],
  ['2026-01-05 08:00:00', '2026-01-05T08:00:00', true],
  ['1/5/2026, 1:02:03 PM', '2026-01-05T13:02:03', true],
  ['1/5/2026, 12:02:03 AM', '2026-01-05T00:02:03', true],
  ['2026-01-05T08:00:00', '2026-01-05T08:00:00Z', false],
  ['2026-01-05T08:00:00Z', '2026-01-05T08:00:01Z', false],
  ['about noon', '2026-01-05T12:00:00Z', false],
])('the times %s and %s: the same is %s', (truth, started_at, same) => {
  expect(differing(row({ first_ts: truth }), { started_at }).length === 0).toBe(same);
});
