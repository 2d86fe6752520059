import { expect, test } from 'vitest';
import { createGitHub } from '#github/client.ts';
import { standinAccountId } from '#github/standin/ids.ts';
import { fakeToken, indexOfTests } from '../reinspect/testing.ts';
import { hoursLater, startIndex } from './testing.ts';

const index = indexOfTests(startIndex);

const listed = { state: 'approved', availability: 'available', presence: 'listed' };
const edit = { 'session.jsonl': '{"edited":true}\n' };

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

test('many gists that GitHub cannot give keep it from no other', async () => {
  const heavy = new Set<string>();
  for (let i = 0; i < 12; i++) heavy.add(await index.taken(`ada/heavy-${i}`));
  const last = await index.taken('ada/last');
  await index.db.query(
    "update submission set verified_at = verified_at + interval '1 hour' where gist_id = $1",
    [last],
  );
  index.write('ada/last', edit);
  const github = createGitHub(index.readerOptions);
  github.octokit.hook.before('request', ({ url, gist_id }) => {
    if (url === '/gists/{gist_id}' && heavy.has(String(gist_id))) throw new Error('too much to put together');
  });
  expect((await index.recheck({ github })).counts).toMatchObject({ failed: 12, changed: 1 });
  expect(await index.row(last)).toMatchObject({ state: 'changed' });
});

test.each([
  [
    'was edited does not stay listed',
    true,
    { changed: 1, failed: 0 },
    { state: 'changed', presence: 'suspended' },
  ],
  ['was not edited stays as it is', false, { changed: 0, failed: 1 }, listed],
])('a gist that GitHub cannot give and that %s', async (_, edited, counts, row) => {
  const gistId = await index.taken('ada/heavy');
  if (edited) index.write('ada/heavy', edit);
  const github = createGitHub(index.readerOptions);
  github.octokit.hook.before('request', ({ url }) => {
    if (url === '/gists/{gist_id}') throw new Error('too much to put together');
  });
  expect((await index.recheck({ github })).counts).toMatchObject(counts);
  expect(await index.row(gistId)).toMatchObject(row);
  if (!edited) return;
  // Nothing was pushed since, which a query alone can tell.
  expect((await index.recheck({ now: () => hoursLater(1) })).counts).toMatchObject({ checked: 1 });
});

test('gists that wait for a moderator and cannot be read keep no other from leaving', async () => {
  const heavy = new Set<string>();
  for (let i = 0; i < 6; i++) heavy.add(await index.taken(`ada/heavy-${i}`, 'pending'));
  for (let i = 0; i < 12; i++) await index.taken(`owner-${i}/a`);
  const github = createGitHub(index.readerOptions);
  github.octokit.hook.before('request', ({ url, gist_id }) => {
    if (url === '/gists/{gist_id}' && heavy.has(String(gist_id))) throw new Error('too much to put together');
  });
  index.remove('owner-0/a');
  expect(await index.recheck({ github })).toMatchObject({
    ended: { kind: 'done' },
    counts: { failed: 0, suspended: 1 },
  });
});

test('no name or description with a secret of an edited gist is kept, nor names of earlier files', async () => {
  const gistId = await index.taken('ada/names');
  index.write('ada/names', {
    [`${fakeToken}.jsonl`]: '{}\n',
    '.gist.json': JSON.stringify({ description: `with ${fakeToken}` }),
  });
  const lines: string[] = [];
  await index.recheck({ log: (line) => lines.push(line) });
  expect(await index.row(gistId)).toMatchObject({ state: 'changed' });
  const { rows } = await index.db.query(
    `select submission.*, inspection.* from submission left join inspection using (gist_id)`,
  );
  expect(JSON.stringify([rows, lines])).not.toContain(fakeToken);
  expect(rows).toContainEqual(
    expect.objectContaining({ title: '(file 1)', approved_files: null, previous_files: null }),
  );
  index.remove('ada/names');
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
