import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { standinAccountId } from '#github/standin/ids.ts';
import { lastRecheck } from '#sql/queries/rechecks.ts';
import { emptyIndex } from '#sql/testing-rows.ts';
import { fakeToken, moveRow } from '../reinspect/testing.ts';
import { hoursLater, type Index, monday, startIndex } from './testing.ts';

let index: Index;
beforeAll(async () => {
  index = await startIndex();
});
afterAll(() => index.close());
beforeEach(async () => {
  await emptyIndex(index.db);
  await index.db.query('truncate recheck_run');
});
afterEach(() => index.standin.setFaults([]));

const listed = { state: 'approved', availability: 'available', presence: 'listed' };
const suspended = { state: 'approved', presence: 'suspended' };
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

test('a gist pushed to a minute ago is read again next time, because another push may hide behind that one', async () => {
  const gistId = await index.taken('ada/fresh');
  index.write('ada/fresh', edit, hoursLater(-1 / 60));
  await index.recheck();
  expect(await index.row(gistId)).toMatchObject({ state: 'changed' });
  expect((await index.recheck({ now: () => hoursLater(1) })).counts).toMatchObject({
    apiCalls: 2,
    changed: 0,
  });
  expect((await index.recheck({ now: () => hoursLater(2) })).counts).toMatchObject({ apiCalls: 1 });
});

test('an edited gist is suspended, with what is in the new revision, and edited again it waits as before', async () => {
  const gistId = await index.taken('ada/a');
  index.write('ada/a', { 'session.jsonl': `token ${fakeToken}` });
  const lines: string[] = [];
  const { counts } = await index.recheck({ log: (line) => lines.push(line) });
  expect(counts).toMatchObject({ checked: 1, changed: 1, suspended: 0 });
  expect(lines).toEqual([`Gist ${gistId} was edited: a moderator reads it again.`]);
  expect(await index.row(gistId)).toMatchObject({ state: 'changed', presence: 'suspended', read: false });
  const { rows } = await index.db.query(
    `select json_array_length(result -> 'findings') as findings from inspection join submission using (gist_id, revision)`,
  );
  expect(rows).toEqual([{ findings: 1 }]);
  index.write('ada/a', edit, hoursLater(1));
  await index.recheck({ now: () => hoursLater(2) });
  expect(await index.moves(gistId)).toEqual([
    ['edit', 'suspended'],
    ['edit', null],
  ]);
});

test('a pending gist takes the new revision and goes on waiting', async () => {
  const gistId = await index.taken('ada/a', 'pending');
  index.write('ada/a', edit);
  expect((await index.recheck()).counts).toMatchObject({ changed: 1 });
  expect(await index.row(gistId)).toMatchObject({ state: 'pending', presence: 'never' });
  expect(await index.moves(gistId)).toEqual([['edit', null]]);
});

test('an edited gist whose files do not come is suspended all the same; the next run looks into it', async () => {
  const gistId = await index.taken('ada/a');
  index.write('ada/a', { 'session.jsonl': 'x'.repeat(1024 * 1024 + 1) });
  index.standin.setFaults(['raw_429']);
  await index.recheck();
  expect(await index.row(gistId)).toMatchObject({ state: 'changed' });
  index.standin.setFaults([]);
  expect((await index.recheck({ now: () => hoursLater(1) })).reinspected).toMatchObject({ kept: 1 });
});

test.each([
  ['is empty now', { 'session.jsonl': '' }],
  ['has a file too large now', { 'session.jsonl': Buffer.alloc(10 * 1024 * 1024 + 1, 'x').toString() }],
  ['is a fork, for whatever reason', { '.gist.json': '{"fork_of":"bo/b"}' }],
])('a gist that %s does not stay listed', async (_, files) => {
  const gistId = await index.taken('ada/odd');
  index.write('ada/odd', files);
  expect((await index.recheck()).counts).toMatchObject({ changed: 1, failed: 0 });
  expect(await index.row(gistId)).toMatchObject({ state: 'changed', presence: 'suspended' });
  index.remove('ada/odd');
});

test('a gist whose answer is too large to be read does not stay listed', async () => {
  const gistId = await index.taken('ada/huge');
  const megabyte = 'x'.repeat(1024 * 1024);
  index.write('ada/huge', Object.fromEntries(Array.from({ length: 66 }, (_, i) => [`${i}.txt`, megabyte])));
  expect((await index.recheck()).counts).toMatchObject({ changed: 1 });
  expect(await index.row(gistId)).toMatchObject({ state: 'changed', presence: 'suspended' });
  index.remove('ada/huge');
});

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

test('another login of the same owner is an update, with the addresses of today', async () => {
  const gistId = await index.taken('ada/renamed');
  // The stand-in's ids follow from logins; to GitHub it is the id that stays.
  index.write('ada/renamed', { '.gist.json': '{"owner":"lovelace"}' });
  await index.db.query('update submission set owner_id = $1', [standinAccountId('lovelace')]);
  expect((await index.recheck()).counts).toMatchObject({ renamed: 1, suspended: 0 });
  const { rows } = await index.db.query(
    'select owner_login, gist_url, files::text, approved_files::text from submission',
  );
  expect(rows[0]).toMatchObject({
    owner_login: 'lovelace',
    gist_url: `https://gist.github.com/lovelace/${gistId}`,
  });
  expect(rows[0]?.files).toContain('/lovelace/');
  expect(rows[0]?.approved_files).toBe(rows[0]?.files);
  expect(await index.moves(gistId)).toEqual([['update', 'updated']]);
  expect((await index.recheck({ now: () => hoursLater(1) })).counts).toMatchObject({
    renamed: 0,
    apiCalls: 1,
  });
  index.remove('ada/renamed');
});

test('an edited description is no change, and nobody’s title', async () => {
  const gistId = await index.taken('ada/told');
  index.write('ada/told', { '.gist.json': '{"description":"Read me"}' });
  expect((await index.recheck()).counts).toMatchObject({ checked: 1, changed: 0 });
  expect(await index.moves(gistId)).toEqual([]);
  const { rows } = await index.db.query('select title from submission');
  expect(rows).toEqual([{ title: 'session.jsonl' }]);
  index.remove('ada/told');
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
