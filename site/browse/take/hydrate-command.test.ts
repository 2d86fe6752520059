import fc from 'fast-check';
import { expect, test } from 'vitest';
import { facetNames, facetsOf } from '../facets.ts';
import type { Selection } from '../selection.ts';
import { hydrateCommand, hydrateConditions } from './hydrate-command.ts';
import { everything, hostile, rows, selected, selections } from './testing-rows.ts';

const comparisons: Readonly<Record<string, (value: string, bound: string) => boolean>> = {
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
};

/** What docs/hydrate.md says of `--where`: one of the values, of a list any; what is not known fulfils nothing. */
function chosenBy(conditions: readonly string[]): string[] {
  const chosen = rows.filter((row) =>
    conditions.every((condition) => {
      const [, field = '', sign = '', bounds = ''] = /^([a-z_]+)(=|>=|<)([^=<>]+)$/.exec(condition) ?? [];
      const value: unknown = Object.entries(row).find(([name]) => name === field)?.[1];
      const values = Array.isArray(value) ? value : value === null ? [] : [value];
      return values.some((each) =>
        bounds.split(',').some((bound) => comparisons[sign]?.(String(each), bound) === true),
      );
    }),
  );
  return chosen.map((row) => row.gist_id);
}

const sorted = (ids: readonly string[]) => ids.toSorted();

test.each(['agent', 'model', 'language', 'license', 'month', 'fit', 'contributor'] as const)(
  'each plain value of %s is a condition',
  (name) => {
    const values = [...new Set(rows.flatMap((row) => facetsOf(row)[name]))];
    for (const value of values.filter((each) => !hostile.includes(each))) {
      const selection = { ...everything, facets: { [name]: [value] } };
      const conditions = hydrateConditions(selection);
      expect(conditions, value).not.toBeNull();
      expect(chosenBy(conditions ?? []), value).toEqual(selected(selection));
      expect(selected(selection).length, value).toBeGreaterThan(0);
    }
  },
);

test('where there are conditions, they choose the same sessions as the selection', () => {
  let told = 0;
  fc.assert(
    fc.property(selections, (selection) => {
      const conditions = hydrateConditions({ ...selection, text: '' });
      if (conditions === null) return;
      told += 1;
      expect(sorted(chosenBy(conditions))).toEqual(sorted(selected({ ...selection, text: '' })));
    }),
    { numRuns: 1000 },
  );
  expect(told).toBeGreaterThan(50);
});

test('everything is no condition, in whatever order and after spaces', () => {
  expect(hydrateConditions(everything)).toEqual([]);
  expect(hydrateConditions({ ...everything, text: ' !! ', sort: 'largest', facets: { agent: [] } })).toEqual(
    [],
  );
});

const without: [string, Partial<Selection>][] = [
  ['words', { text: 'fix' }],
  ['a length', { facets: { length: ['10-49'] } }],
  ['two months', { facets: { month: ['2026-01', '2026-03'] } }],
  ['what is no month', { facets: { month: ['2026-13'] } }],
  ['the end of time', { to: '9999-12' }],
  ['a fitness nobody knows', { facets: { fit: ['paired', 'toString'] } }],
  ...facetNames.flatMap((name) =>
    [
      ...hostile,
      'a,b',
      'a=b',
      'a<b',
      'a"b',
      '$HOME',
      '`id`',
      '%PATH%',
      ' a',
      'a ',
      'a  b',
      '',
      '\u202e',
      '!',
    ].map((value): [string, Partial<Selection>] => [
      `${name} ${JSON.stringify(value)}`,
      { facets: { [name]: ['plain', value] } },
    ]),
  ),
];
test.each(without)('there are no conditions for %s', (_, selection) => {
  expect(hydrateConditions({ ...everything, ...selection })).toBeNull();
});

test('a December ends with its year', () => {
  expect(hydrateConditions({ ...everything, facets: { month: ['2025-12'] } })).toEqual([
    'started_at>=2025-12-01',
    'started_at<2026-01-01',
  ]);
});

test('a command names the place it takes snapshots from, where that is another', () => {
  const snapshot = '/dataset/snapshots/2026-11-22T06-00-00-000Z';
  expect(hydrateCommand([], `https://openagentsessions.org${snapshot}`)).toBe(
    'npx openagentsessions hydrate',
  );
  expect(hydrateCommand([['--ids', 'a.ndjson']], `http://127.0.0.1:4321${snapshot}`)).toBe(
    'npx openagentsessions hydrate --from http://127.0.0.1:4321/dataset --ids a.ndjson',
  );
});

test('what a shell would take for its own is in quotes', () => {
  const flags = [
    'agent=codex',
    'agent=codex,pi',
    'languages=C#',
    'tags=two words',
    'started_at<2026-01-01',
  ].map((condition) => ['--where', condition] as const);
  expect(hydrateCommand(flags, 'https://openagentsessions.org/dataset/snapshots/x')).toBe(
    'npx openagentsessions hydrate --where agent=codex --where "agent=codex,pi" --where "languages=C#" --where "tags=two words" --where "started_at<2026-01-01"',
  );
});
