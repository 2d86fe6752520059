import { beforeEach, expect, test } from 'vitest';
import { lastRecheck } from '#sql/queries/rechecks.ts';
import { indexOfTests, moveRow } from '../reinspect/testing.ts';
import { hoursLater, monday, startIndex } from './testing.ts';

const index = indexOfTests(startIndex);
beforeEach(() => index.db.query('truncate recheck_run'));

const listed = { state: 'approved', availability: 'available', presence: 'listed' };
const edit = { 'session.jsonl': '{"edited":true}\n' };

test('a gist that is as it was is verified without a log line, and the second time by one query alone', async () => {
  const gistIds = [await index.taken('ada/a'), await index.taken('bo/b', 'pending')];
  const first = await index.recheck();
  expect(first).toMatchObject({ ended: { kind: 'done' }, due: 2, counts: { checked: 2, apiCalls: 3 } });
  const again = await index.recheck({ now: () => hoursLater(1) });
  expect(again.counts).toMatchObject({ checked: 2, apiCalls: 1 });
  for (const gistId of gistIds) {
    expect(await index.row(gistId)).toMatchObject({ verified: hoursLater(1) });
    expect(await index.moves(gistId)).toEqual([]);
  }
});

test('quarantines that nobody decided end, and newer rules look again', async () => {
  const [hidden, old] = [await index.taken('ada/a'), await index.taken('bo/b')];
  await moveRow(index.db, hidden, 'quarantine');
  await index.db.query(
    `update submission set quarantined_at = now() - interval '73 hours' where gist_id = $1`,
    [hidden],
  );
  await index.db.query(`update inspection set scanner_version = '0' where gist_id = $1`, [old]);
  const outcome = await index.recheck();
  expect(outcome).toMatchObject({ lapsed: 1, counts: { checked: 2 }, reinspected: { kept: 1 } });
  expect(await index.row(hidden)).toMatchObject({ ...listed, verified: monday });
});

test('a limit leaves the rest for the next run, and those checked longest ago come first', async () => {
  const [recent, old] = [await index.taken('ada/a'), await index.taken('bo/b')];
  await index.db.query(`update submission set verified_at = '2025-12-01' where gist_id = $1`, [old]);
  expect(await index.recheck({ limit: 1 })).toMatchObject({ due: 1, counts: { checked: 1 } });
  expect([await index.row(old), await index.row(recent)]).toMatchObject([
    { verified: monday },
    { verified: new Date('2026-01-01T00:00:00Z') },
  ]);
  expect(await lastRecheck(index.db)).toBeNull();
});

test('a dry run tells what would be, and writes nothing', async () => {
  const gistIds = [await index.taken('ada/a'), await index.taken('bo/b'), await index.taken('cy/c')];
  index.remove('ada/a');
  index.write('bo/b', edit);
  const everything = async () =>
    (
      await index.db.query(
        'select * from submission left join moderation_log using (gist_id) order by gist_id, seq',
      )
    ).rows;
  const before = await everything();
  const lines: string[] = [];
  const { counts } = await index.recheck({ dryRun: true, log: (line) => lines.push(line) });
  expect(counts).toMatchObject({ checked: 3, suspended: 1, changed: 1 });
  expect(lines.sort()).toEqual(
    [
      `Gist ${gistIds[0]} is not there: it would be suspended.`,
      `Gist ${gistIds[1]} was edited: a moderator would read it again.`,
    ].sort(),
  );
  expect(await everything()).toEqual(before);
  expect((await index.db.query('select from recheck_run')).rowCount).toBe(0);
});

test('the history remembers a run and what it did', async () => {
  await index.taken('ada/a');
  await index.taken('bo/b');
  index.remove('ada/a');
  await index.recheck();
  expect(await lastRecheck(index.db)).toMatchObject({
    finishedAt: monday,
    checked: 2,
    suspended: 1,
    restored: 0,
  });
});

test('told to stop, it finishes the row in hand and applies no loss', async () => {
  const gistIds = [await index.taken('ada/a'), await index.taken('bo/b')];
  for (const place of ['ada/a', 'bo/b']) index.write(place, edit);
  const stop = new AbortController();
  const log = () => stop.abort(new Error('stopped'));
  await expect(index.recheck({ log, signal: stop.signal })).rejects.toThrow('stopped');
  const states = await Promise.all(gistIds.map(async (gistId) => (await index.row(gistId)).state));
  expect(states.sort()).toEqual(['approved', 'changed']);
  expect((await index.recheck()).counts).toMatchObject({ changed: 1 });
});
