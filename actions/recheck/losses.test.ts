import { expect, test } from 'vitest';
import { indexOfTests, moveRow } from '../reinspect/testing.ts';
import { hoursLater, monday, startIndex } from './testing.ts';

const index = indexOfTests(startIndex);

const listed = { state: 'approved', availability: 'available', presence: 'listed' };
const suspended = { state: 'approved', presence: 'suspended' };
const edit = { 'session.jsonl': '{"edited":true}\n' };

test('a deleted gist is suspended, gone a day later, and restored when it is there again', async () => {
  const gistId = await index.taken('ada/a');
  index.remove('ada/a');
  expect((await index.recheck()).counts).toMatchObject({ suspended: 1, held: 0 });
  expect(await index.row(gistId)).toMatchObject({ ...suspended, availability: 'missing' });
  expect((await index.recheck({ now: () => hoursLater(23) })).counts).toMatchObject({ checked: 1, gone: 0 });
  expect((await index.recheck({ now: () => hoursLater(24) })).counts).toMatchObject({ checked: 1, gone: 1 });
  expect(await index.row(gistId)).toMatchObject({ availability: 'gone', presence: 'departed' });
  const after = await index.recheck({ now: () => hoursLater(99) });
  expect(after.counts).toMatchObject({ checked: 1, gone: 0, apiCalls: 1 });
  index.write('ada/a', { 'session.jsonl': '{"place":"ada/a"}\n' }, hoursLater(-24));
  expect((await index.recheck({ now: () => hoursLater(100) })).counts).toMatchObject({ restored: 1 });
  expect(await index.row(gistId)).toMatchObject({ ...listed, verified: hoursLater(100) });
  expect(await index.moves(gistId)).toEqual([
    ['lose', 'suspended'],
    ['give_up', 'gone'],
    ['recover', 'restored'],
  ]);
});

test.each([
  ['made secret', { '.gist.json': '{"public":false}' }, 'secret'],
  ['of another account', { '.gist.json': '{"owner":"eve"}' }, 'owner_changed'],
  ['blocked for its terms', { '.gist.json': '{"blocked":"tos"}' }, 'missing'],
  ['blocked by law', { '.gist.json': '{"blocked":"dmca"}' }, 'missing'],
])('a gist that is %s is suspended, and restored by itself', async (_, files, availability) => {
  const gistId = await index.taken('ada/lost');
  index.write('ada/lost', files);
  expect((await index.recheck()).counts).toMatchObject({ suspended: 1 });
  expect(await index.row(gistId)).toMatchObject({ ...suspended, availability });
  index.write('ada/lost', { '.gist.json': '{}' });
  expect((await index.recheck({ now: () => hoursLater(1) })).counts).toMatchObject({ restored: 1 });
  expect(await index.row(gistId)).toMatchObject(listed);
  index.remove('ada/lost');
});

test('a gist that comes back edited waits for a moderator', async () => {
  const gistId = await index.taken('ada/a');
  index.remove('ada/a');
  await index.recheck();
  index.write('ada/a', edit);
  expect((await index.recheck({ now: () => hoursLater(1) })).counts).toMatchObject({
    changed: 1,
    restored: 0,
  });
  expect(await index.row(gistId)).toMatchObject({
    state: 'changed',
    availability: 'available',
    presence: 'suspended',
  });
  await moveRow(index.db, gistId, 'approve');
  expect(await index.moves(gistId)).toEqual([
    ['lose', 'suspended'],
    ['edit', null],
  ]);
  expect(await index.row(gistId)).toMatchObject(listed);
});

test('its owner can withdraw a gist that is missed', async () => {
  const gistId = await index.taken('ada/a');
  index.remove('ada/a');
  await index.recheck();
  await moveRow(index.db, gistId, 'withdraw');
  expect((await index.recheck({ now: () => hoursLater(30) })).due).toBe(0);
  expect(await index.moves(gistId)).toEqual([
    ['lose', 'suspended'],
    ['withdraw', 'withdrawn'],
  ]);
});

test('a pending gist that is missed waits on', async () => {
  const gistId = await index.taken('ada/a', 'pending');
  index.remove('ada/a');
  expect((await index.recheck()).counts).toMatchObject({ checked: 1, suspended: 0, held: 0 });
  expect(await index.row(gistId)).toMatchObject({ state: 'pending', availability: 'available' });
});

test('a gist that names no owner stays as it is, and is told of', async () => {
  const gistId = await index.taken('ada/nobody');
  await index.taken('bo/b');
  index.write('ada/nobody', { '.gist.json': '{"owner_null":true}' });
  const lines: string[] = [];
  const { ended, counts } = await index.recheck({ log: (line) => lines.push(line) });
  expect(ended).toEqual({ kind: 'done' });
  expect(counts).toMatchObject({ checked: 1, failed: 1 });
  expect(lines).toEqual([`Gist ${gistId} could not be read (it names no owner), and stays as it is.`]);
  expect(await index.row(gistId)).toMatchObject(listed);
  index.remove('ada/nobody');
});

test('gists that name no owner, however many, do not keep others from being looked at', async () => {
  const good = await index.taken('bo/b');
  for (let i = 0; i < 11; i++) {
    const nobody = await index.taken(`ada/nobody-${i}`);
    index.write(`ada/nobody-${i}`, { '.gist.json': '{"owner_null":true}' });
    await index.db.query(`update submission set verified_at = '2025-12-01' where gist_id = $1`, [nobody]);
  }
  const { counts } = await index.recheck();
  expect(counts).toMatchObject({ failed: 11, checked: 1 });
  expect(await index.row(good)).toMatchObject({ verified: monday });
  for (let i = 0; i < 11; i++) index.remove(`ada/nobody-${i}`);
});

test('what was decided while it looked is not decided over', async () => {
  const gistId = await index.taken('ada/a');
  index.remove('ada/a');
  const { db } = index;
  const outcome = await index.recheck({
    db: {
      ...db,
      // What a run needs for its verdict.
      connection: async (work) => {
        await moveRow(db, gistId, 'withdraw');
        return db.connection(work);
      },
    },
  });
  expect(outcome.counts).toMatchObject({ suspended: 0 });
  expect(await index.row(gistId)).toMatchObject({ state: 'withdrawn' });
  expect(await index.moves(gistId)).toEqual([['withdraw', 'withdrawn']]);
});
