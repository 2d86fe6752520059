import { expect, test } from 'vitest';
import { latencies, manners, recovery } from './figures.ts';
import { mannerOf, type Sample } from './timings.ts';

const sample = (changes: Partial<Sample>): Sample => ({
  at: 0,
  kind: 'submit',
  api: true,
  manner: 'good',
  status: 200,
  milliseconds: 10,
  ...changes,
});
const each = (count: number, make: (n: number) => Partial<Sample>) =>
  Array.from({ length: count }, (_, n) => sample(make(n)));

test('percentiles are of those who were served, and the goal is on the API alone', () => {
  const samples = [
    ...each(100, (n) => ({ milliseconds: n + 1 })),
    ...each(10, () => ({ milliseconds: 9000, manner: 'later' })),
    ...each(10, () => ({ milliseconds: 500, api: false, kind: 'home' })),
  ];
  const told = latencies('steady', samples, { most: 100 });
  expect(told.find(({ metric }) => metric === 'steady: API p95')).toMatchObject({
    value: 95,
    goal: { most: 100 },
  });
  expect(told.find(({ metric }) => metric === 'steady: home p50')).toMatchObject({ value: 500, goal: null });
});

test('503 and 429 are polite when they say when to come again, and a refusal that was deserved is no error', () => {
  const answer = (status: number | null, headers = {}) => ({ status, headers, body: '' });
  expect(mannerOf(answer(503, { 'retry-after': '2' }))).toBe('later');
  expect(mannerOf(answer(503))).toBe('rude');
  expect(mannerOf(answer(500, { 'retry-after': '2' }))).toBe('rude');
  expect(mannerOf(answer(409))).toBe('rude');
  expect(mannerOf(answer(409), [409])).toBe('good');
  expect(mannerOf(answer(null))).toBe('none');
});

test('where there is room for everybody, sending one away is a failure', () => {
  const samples = each(2, () => ({ manner: 'later' }));
  const sentAway = (how: 'never' | 'politely') => manners('x', samples, how)[1];
  expect(sentAway('never')).toMatchObject({ value: 2, goal: { most: 0 } });
  expect(sentAway('politely')).toMatchObject({ value: 2, goal: null });
});

test('recovered is from when all is well for five seconds on end', () => {
  const slow = each(20, (n) => ({ at: n, milliseconds: n < 4 || n === 6 ? 300 : 20 }));
  expect(recovery(slow, 20)).toBe(7);
  expect(
    recovery(
      each(20, (n) => ({ at: n })),
      20,
    ),
  ).toBe(0);
  expect(
    recovery(
      each(20, (n) => ({ at: n, manner: 'later' })),
      20,
    ),
  ).toBe(20);
});
