import { beforeEach, expect, test } from 'vitest';
import { freshIndex } from '../testing-index.ts';
import { gistIdOf, listGists } from '../testing-rows.ts';
import { readDeskStatistics } from './desk-statistics.ts';

const fresh = freshIndex();
beforeEach(() => listGists(fresh.db, 5));

type Line = [
  number: number,
  move: string,
  from: string | null,
  to: string,
  hoursAgo: number,
  reason?: string,
];

async function log(...lines: Line[]): Promise<void> {
  for (const [number, move, from, to, hoursAgo, reason = null] of lines) {
    await fresh.db.query(
      `with head as (update log_head set seq = seq + 1 returning seq)
       insert into moderation_log (seq, at, gist_id, move, from_state, to_state, revision, reason)
       select seq, now() - make_interval(hours => $6), $1, $2, $3, $4, 'r', $5 from head`,
      [gistIdOf(number), move, from, to, reason, hoursAgo],
    );
  }
}

test('the median is over rows that waited, from the question to the answer', async () => {
  await log(
    [1, 'submit', null, 'pending', 100],
    [1, 'approve', 'pending', 'approved', 99],
    [2, 'edit', 'approved', 'changed', 50],
    // The row waits already: it has waited since the first edit.
    [2, 'edit', 'changed', 'changed', 42],
    [2, 'reject', 'changed', 'rejected', 40, 'spam'],
    [2, 'appeal', 'rejected', 'pending', 30],
    [2, 'reject', 'pending', 'rejected', 27, 'spam'],
    // Nobody had asked.
    [1, 'remove', 'approved', 'removed', 1, 'secret'],
  );
  expect(await readDeskStatistics(fresh.db, 30)).toEqual({
    oldestWaiting: null,
    decided: 4,
    medianHours: 3,
    approve: 1,
    reject: 2,
    remove: 1,
    byReason: { secret: 1, spam: 2 },
  });
});

test('a cleared quarantine is a decision about its report', async () => {
  await log(
    [1, 'submit', null, 'pending', 100],
    [1, 'quarantine', 'pending', 'quarantined', 12, 'secret'],
    [1, 'clear', 'quarantined', 'pending', 10],
  );
  expect(await readDeskStatistics(fresh.db, 30)).toMatchObject({ decided: 1, medianHours: 2, byReason: {} });
});

test('what was decided before is not counted', async () => {
  await log([1, 'submit', null, 'pending', 31 * 24 + 2], [1, 'approve', 'pending', 'approved', 31 * 24]);
  expect(await readDeskStatistics(fresh.db, 30)).toMatchObject({ decided: 0, medianHours: null });
});

test('an approved row with an open report waits since the report', async () => {
  await fresh.db.query(
    `insert into report (gist_id, account_id, reason, text, at)
     select gist_id, account_id, 'spam', '', '2026-05-06T07:08:09Z' from submission where gist_id = $1`,
    [gistIdOf(3)],
  );
  const { oldestWaiting } = await readDeskStatistics(fresh.db, 30);
  expect(oldestWaiting).toEqual(new Date('2026-05-06T07:08:09Z'));
});
