import { expect, test } from 'vitest';
import { durationText, type Tally, tallyWords } from './tally.ts';

/** Words a series of tallies, each at its second. */
function worded(series: [second: number, tally: Partial<Tally>][]): string[] {
  let now = 0;
  const words = tallyWords(() => now);
  return series.map(([second, tally]) => {
    now = second * 1000;
    return words({ done: 0, total: 100_000, unit: 'gists', ...tally });
  });
}

test('the rate and the time left are told once there is enough to tell them by', () => {
  const note = 'API budget 3,900 of 5,000';
  expect(
    worded([
      [0, { done: 0 }],
      [1, { done: 310 }],
      [39, { done: 11_990 }],
      [40, { done: 12_300, note }],
    ]),
  ).toEqual([
    '0 of 100,000 gists',
    '310 of 100,000 gists',
    '11,990 of 100,000 gists · 307/s · 5 min left',
    '12,300 of 100,000 gists · 307/s · 5 min left · API budget 3,900 of 5,000',
  ]);
});

test('what an earlier run had done does not count as speed', () => {
  expect(
    worded([
      [0, { done: 90_000 }],
      [10, { done: 90_020 }],
    ])[1],
  ).toBe('90,020 of 100,000 gists · 2.0/s · 1 h 23 min left');
});

test('the rate is that of the last half minute', () => {
  const series = Array.from({ length: 121 }, (_, second): [number, Partial<Tally>] => [
    second,
    { done: second < 60 ? second * 1000 : 60_000 + (second - 60) * 10 },
  ]);
  expect(worded(series)[120]).toBe('60,600 of 100,000 gists · 10/s · 1 h 6 min left');
});

test('where nobody knows how many there are, no time is left', () => {
  const series: [number, Partial<Tally>][] = [
    [0, { total: null, unit: 'lines' }],
    [4, { total: null, unit: 'lines', done: 1 }],
  ];
  expect(worded(series)).toEqual(['0 lines', '1 lines · 15.0/min']);
});

test('what stands still has neither rate nor time left, and what is done has no time left', () => {
  expect(
    worded([
      [0, { done: 5 }],
      [50, { done: 5 }],
      [60, { done: 100_000 }],
    ]).slice(1),
  ).toEqual(['5 of 100,000 gists', '100,000 of 100,000 gists · 1,667/s']);
});

test('another thing to count begins anew', () => {
  expect(
    worded([
      [0, {}],
      [10, { done: 1000 }],
      [11, { done: 7, total: 9, unit: 'files' }],
      [21, { done: 1, total: 9, unit: 'files' }],
    ]).slice(1),
  ).toEqual(['1,000 of 100,000 gists · 100/s · 17 min left', '7 of 9 files', '1 of 9 files']);
});

test.each([
  [0.2, '1 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [3_599, '1 h'],
  [7_800, '2 h 10 min'],
])('%d seconds: %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
