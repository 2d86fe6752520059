import { expect, test } from 'vitest';
import { judgeVitals, lateAfter, type VitalName, type Vitals } from './vitals.ts';

const now = new Date('2026-11-30T12:00:00Z');
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const well: Vitals = {
  recheckedAt: ago(3),
  snapshot: { id: '2026-11-30T05-41-00-000Z', publishedAt: ago(6) },
  unpublishedSince: ago(5),
  waiting: 2,
  waitingSince: ago(20),
  backedUpAt: ago(10),
  listed: 10,
};
const states = (vitals: Vitals) =>
  Object.fromEntries(judgeVitals(vitals, now).map(({ name, state }) => [name, state]));

test('an index that does well is told so', () => {
  expect(states(well)).toEqual({
    recheck: 'well',
    snapshot: 'well',
    changes: 'well',
    queue: 'well',
    backup: 'well',
  });
});

test('what never was is none, and not late', () => {
  const fresh = {
    recheckedAt: null,
    snapshot: null,
    unpublishedSince: null,
    waiting: 0,
    waitingSince: null,
    backedUpAt: null,
    listed: 0,
  };
  expect(states(fresh)).toEqual({
    recheck: 'none',
    snapshot: 'none',
    changes: 'none',
    queue: 'none',
    backup: 'none',
  });
});

test.each<[VitalName, (since: Date) => Partial<Vitals>]>([
  ['recheck', (recheckedAt) => ({ recheckedAt })],
  ['snapshot', (publishedAt) => ({ snapshot: { id: 'x', publishedAt } })],
  ['changes', (unpublishedSince) => ({ unpublishedSince })],
  ['queue', (waitingSince) => ({ waitingSince })],
  ['backup', (backedUpAt) => ({ backedUpAt })],
])('%s is late after its hours, and not before', (name, changed) => {
  const hours = lateAfter[name];
  expect(states({ ...well, ...changed(ago(hours)) })[name]).toBe('well');
  expect(states({ ...well, ...changed(ago(hours + 0.01)) })).toEqual({ ...states(well), [name]: 'late' });
});

test('an index without a listed session needs no new snapshot', () => {
  const snapshot = { id: 'x', publishedAt: ago(1000) };
  expect(states({ ...well, snapshot, listed: 0 }).snapshot).toBe('well');
});
