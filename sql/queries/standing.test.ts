import { expect, test } from 'vitest';
import { departures } from '#domain/submission.ts';
import { freshIndex } from '../testing-index.ts';
import { gistIdOf, listGists, putBack, takeOut } from '../testing-rows.ts';
import { countStandings } from './standing.ts';

const fresh = freshIndex();
const none = { listed: 0, suspended: 0, withdrawn: 0, removed: 0, gone: 0 };

test('nothing was ever listed: no month', async () => {
  expect(await countStandings(fresh.db)).toEqual([]);
});

test.each(departures)('a session that is %s is counted so in the month it was listed first', async (kind) => {
  await listGists(fresh.db, 3);
  await takeOut(fresh.db, 2, kind);
  expect(await countStandings(fresh.db)).toEqual([{ ...none, month: '2026-01', listed: 2, [kind]: 1 }]);
});

test('a session is counted once, by what became of it last', async () => {
  await listGists(fresh.db, 2);
  await takeOut(fresh.db, 1, 'suspended');
  await putBack(fresh.db, 1);
  await takeOut(fresh.db, 2, 'suspended');
  await takeOut(fresh.db, 2, 'gone');
  expect(await countStandings(fresh.db)).toEqual([{ ...none, month: '2026-01', listed: 1, gone: 1 }]);
});

test('coming back and being told of anew leave a session in its first month', async () => {
  await listGists(fresh.db, 1);
  await takeOut(fresh.db, 1, 'withdrawn');
  // In February, as `takeOut` is.
  await putBack(fresh.db, 1);
  await fresh.db.query(
    `with head as (update log_head set seq = seq + 1 returning seq)
     insert into moderation_log (seq, at, gist_id, move, from_state, to_state, revision, kind)
     select seq, '2026-03-05Z', $1, 'update', 'approved', 'approved', repeat('a', 40), 'updated' from head`,
    [gistIdOf(1)],
  );
  expect(await countStandings(fresh.db)).toEqual([{ ...none, month: '2026-01', listed: 1 }]);
});

test('months are UTC’s, and the oldest is first', async () => {
  // Gist n is approved n minutes after the year began, so that these are on both sides of the month's end.
  await listGists(fresh.db, 2, 31 * 24 * 60 - 1);
  await fresh.db.transaction(async (tx) => {
    await tx.query(`set local time zone 'Pacific/Auckland'`);
    expect(await countStandings(tx)).toEqual([
      { ...none, month: '2026-01', listed: 1 },
      { ...none, month: '2026-02', listed: 1 },
    ]);
  });
});
