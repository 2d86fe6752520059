import { expect, test } from 'vitest';
import { schemaVersion } from '#domain/snapshot.ts';
import { decide } from './decide.ts';

const now = new Date('2026-03-10T00:00:00Z');

function situation(before: number, after: number) {
  const snapshot = {
    id: '2026-03-09T00-00-00-000Z',
    logSeq: 5,
    schemaVersion,
    recordCount: before,
    verifiedFrom: new Date('2026-03-08T00:00:00Z'),
    published: true,
  };
  const head = { logSeq: 9, recordCount: after, verifiedFrom: '2026-03-09T00:00:00.000Z', verifiedTo: null };
  return { newest: snapshot, published: snapshot, head, changed: true, now, force: false };
}

test.each([
  { before: 100, after: 80, kind: 'write', because: 'exactly 20%' },
  { before: 105, after: 84, kind: 'write', because: '21 rows, exactly 20%' },
  { before: 104, after: 83, kind: 'shrunk', because: '21 rows, just more than 20%' },
  { before: 20, after: 0, kind: 'write', because: 'everything, but only 20 rows' },
  { before: 21, after: 0, kind: 'shrunk', because: '21 rows' },
  { before: 1000, after: 801, kind: 'write', because: '199 rows, less than 20%' },
  { before: 10, after: 5000, kind: 'write', because: 'a gain' },
])('from $before rows to $after: $kind ($because)', ({ before, after, kind }) => {
  expect(decide(situation(before, after)).kind).toBe(kind);
});

test('several losses are compared with the snapshot published last, not with the ones between', () => {
  const { newest, ...rest } = situation(150, 115);
  const between = { ...newest, recordCount: 130, published: false };
  expect(decide({ ...rest, newest: between })).toEqual({ kind: 'shrunk', before: 150, now: 115 });
  expect(decide({ ...rest, newest: between, published: null })).toEqual({ kind: 'write' });
});

test('without a published snapshot the newest one counts', () => {
  const { newest, ...rest } = situation(150, 115);
  const unpublished = { ...newest, published: false };
  expect(decide({ ...rest, newest: unpublished, published: null }).kind).toBe('shrunk');
});

test('no loss counts before the first snapshot', () => {
  expect(decide({ ...situation(0, 0), newest: null, published: null }).kind).toBe('write');
});

test.each([
  { verifiedFrom: '2026-03-03T00:00:00Z', kind: 'unchanged', because: 'exactly seven days old' },
  { verifiedFrom: '2026-03-02T23:59:59Z', kind: 'write', because: 'older than seven days' },
])('oldest check $because: $kind', ({ verifiedFrom, kind }) => {
  const { newest, ...rest } = situation(10, 10);
  const aged = { ...newest, verifiedFrom: new Date(verifiedFrom) };
  expect(decide({ ...rest, newest: aged, changed: false }).kind).toBe(kind);
});
