import { expect, test } from 'vitest';
import { readSelection } from '../../browse/selection.ts';
import { conditionsOf, offersOf, withValue } from './steps.ts';

const selectionOf = (query: string) => readSelection(new URLSearchParams(query)).selection;
const known = new Map([
  ['codex', 50],
  ['pi', 20],
  ['amp', 3],
]);

test('a value is added once and taken away again, and others stay', () => {
  const one = withValue(selectionOf('agent=pi&tag=x'), 'agent', 'codex', true);
  expect(one.facets).toEqual({ agent: ['pi', 'codex'], tag: ['x'] });
  expect(withValue(one, 'agent', 'codex', true)).toEqual(one);
  expect(withValue(one, 'agent', 'pi', false).facets).toEqual({ agent: ['codex'], tag: ['x'] });
});

test('each condition of an address can be taken away without the others', () => {
  const selection = selectionOf('q=tide&agent=pi&agent=amp&fit=whole&from=2026-01&to=2026-02&sort=oldest');
  const conditions = conditionsOf(selection);
  expect(conditions.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    'text tide',
    'agent pi',
    'agent amp',
    'fit whole',
    'from 2026-01',
    'to 2026-02',
  ]);
  for (const { kind, value, without } of conditions) {
    const left = conditionsOf(without).map((each) => `${each.kind} ${each.value}`);
    expect(left).toEqual(
      conditions
        .filter((each) => each.kind !== kind || each.value !== value)
        .map((each) => `${each.kind} ${each.value}`),
    );
    expect(without.sort).toBe('oldest');
  }
});

test('an order alone is no condition', () => {
  expect(conditionsOf(selectionOf('sort=largest&q=+'))).toEqual([]);
});

test('values are offered by how many of the selected sessions have them, those that none has at the end', () => {
  expect(offersOf('agent', known, [], { amp: 7, codex: 2, later: 1 })).toEqual([
    { value: 'amp', sessions: 7, chosen: false },
    { value: 'codex', sessions: 2, chosen: false },
    { value: 'later', sessions: 1, chosen: false },
    { value: 'pi', sessions: 0, chosen: false },
  ]);
});

test('without counts, values stay as they are in the whole index, or without numbers', () => {
  expect(offersOf('agent', known, [], 'all').map(({ value, sessions }) => [value, sessions])).toEqual([
    ...known,
  ]);
  expect(offersOf('agent', known, [], 'unknown').map(({ value, sessions }) => [value, sessions])).toEqual([
    ['codex', null],
    ['pi', null],
    ['amp', null],
  ]);
});

test('chosen values come first, unknown ones too, and their alternatives have no number that would mislead', () => {
  const counts = { amp: 3, constructor: 1 };
  expect(offersOf('agent', known, ['amp', 'nobody'], counts)).toEqual([
    { value: 'amp', sessions: 3, chosen: true },
    { value: 'nobody', sessions: 0, chosen: true },
    { value: 'codex', sessions: null, chosen: false },
    { value: 'pi', sessions: null, chosen: false },
    { value: 'constructor', sessions: null, chosen: false },
  ]);
});

test('where it was counted what an alternative would bring, it has that number', () => {
  const counts = { amp: 3, codex: 1 };
  const others = { amp: 3, codex: 40, pi: 8 };
  expect(offersOf('agent', known, ['amp'], counts, others)).toEqual([
    { value: 'amp', sessions: 3, chosen: true },
    { value: 'codex', sessions: 40, chosen: false },
    { value: 'pi', sessions: 8, chosen: false },
  ]);
  expect(offersOf('agent', known, ['amp'], 'unknown', others).map(({ sessions }) => sessions)).toEqual([
    null,
    null,
    null,
  ]);
});

test('of what all must hold, the others keep their numbers', () => {
  const fits = new Map([
    ['whole', 9],
    ['thinking', 5],
  ]);
  expect(offersOf('fit', fits, ['thinking'], { thinking: 5, whole: 4 })).toEqual([
    { value: 'thinking', sessions: 5, chosen: true },
    { value: 'whole', sessions: 4, chosen: false },
  ]);
});
