import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { standinAccountId, standinGistId } from '../ids.ts';
import { runningStandin, temporaryGists } from '../testing.ts';
import { gitBlobSha } from './git-hash.ts';

const first = `/gists/${standinGistId('ada', 'first')}`;

it('serves a folder as a gist of its login', async () => {
  const { dir } = temporaryGists({ 'ada/first/a session.jsonl': '{}\n' });
  const { standin, getJson } = await runningStandin(dir);
  const gist = await getJson(first);
  const blob = gitBlobSha(Buffer.from('{}\n'));
  expect(gist).toMatchObject({
    id: standinGistId('ada', 'first'),
    html_url: `https://gist.github.com/ada/${standinGistId('ada', 'first')}`,
    public: true,
    owner: { login: 'ada', id: standinAccountId('ada') },
    files: {
      'a session.jsonl': {
        content: '{}\n',
        size: 3,
        encoding: 'utf-8',
        truncated: false,
        raw_url: `${standin.origin}/ada/${standinGistId('ada', 'first')}/raw/${blob}/a%20session.jsonl`,
      },
    },
  });
  expect(gist.fork_of).toBeUndefined();
});

it('hashes files as git does', () => {
  // git hash-object on a file holding "abc"
  expect(gitBlobSha(Buffer.from('abc'))).toBe('f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f');
});

it('takes an edit as a new revision and still serves the one before', async () => {
  const { dir, write } = temporaryGists({ 'ada/first/a.txt': 'one\n' });
  const { getJson } = await runningStandin(dir);
  const before = await getJson(first);
  write('ada/first/a.txt', 'two\n');
  const after = await getJson(first);

  const [now, then] = await getJson(`${first}/commits`);
  expect(now.version).toBe(after.history[0].version);
  expect(then.version).toBe(before.history[0].version);
  expect(now.version).not.toBe(then.version);
  expect(Date.parse(now.committed_at)).toBeGreaterThan(Date.parse(then.committed_at));
  expect(now.change_status).toEqual({ total: 2, additions: 1, deletions: 1 });
  expect((await getJson(`${first}/${then.version}`)).files['a.txt'].content).toBe('one\n');
  expect((await getJson(`${first}/${now.version}`)).files['a.txt'].content).toBe('two\n');
});

it.each([
  ['a file is added', (gists: ReturnType<typeof temporaryGists>) => gists.write('ada/first/b.txt', 'b')],
  ['a file is removed', (gists: ReturnType<typeof temporaryGists>) => gists.remove('ada/first/a.txt')],
  [
    'bytes change, size does not',
    (gists: ReturnType<typeof temporaryGists>) => gists.write('ada/first/a.txt', 'A'),
  ],
])('has a new revision when %s', async (_, change) => {
  const gists = temporaryGists({ 'ada/first/a.txt': 'a', 'ada/first/z.txt': 'z' });
  const { getJson } = await runningStandin(gists.dir);
  const before = (await getJson(first)).history[0].version;
  change(gists);
  expect((await getJson(first)).history[0].version).not.toBe(before);
});

it('keeps the revision over a restart and over a change of the description', async () => {
  const { dir, write } = temporaryGists({ 'ada/first/a.txt': 'a' });
  const one = await runningStandin(dir);
  const before = await one.getJson(first);
  write('ada/first/.gist.json', JSON.stringify({ description: 'new words' }));
  const two = await runningStandin(dir);
  const after = await two.getJson(first);
  expect(after.history[0].version).toBe(before.history[0].version);
  expect(after.description).toBe('new words');
});

it('has no gist whose folder is removed, and has it again when it is back', async () => {
  const { dir, write, remove } = temporaryGists({ 'ada/first/a.txt': 'a' });
  const { get } = await runningStandin(dir);
  expect((await get(first)).status).toBe(200);
  remove('ada/first');
  const gone = await get(first);
  expect(gone.status).toBe(404);
  expect(await gone.json()).toMatchObject({ message: 'Not Found', status: '404' });
  write('ada/first/a.txt', 'a');
  expect((await get(first)).status).toBe(200);
});

it('finds a folder made while it runs, of a new login too', async () => {
  const { dir, write } = temporaryGists({ 'ada/first/a.txt': 'a' });
  const { get } = await runningStandin(dir);
  const address = `/gists/${standinGistId('bo', 'later')}`;
  expect((await get(address)).status).toBe(404);
  write('bo/later/a.txt', 'a');
  expect((await get(address)).status).toBe(200);
  expect((await get('/users/BO')).status).toBe(200);
});

it('tells a malformed revision from an unknown one', async () => {
  const { dir } = temporaryGists({ 'ada/first/a.txt': 'a' });
  const { get } = await runningStandin(dir);
  expect((await get(`${first}/not-a-sha`)).status).toBe(422);
  expect((await get(`${first}/${'0'.repeat(40)}`)).status).toBe(404);
});

it('serves neither links nor subfolders', async () => {
  const { dir } = temporaryGists({ 'ada/first/a.txt': 'a', 'ada/first/inner/b.txt': 'b' });
  const outside = temporaryGists({ 'stolen/secret.txt': 'outside' });
  symlinkSync(join(outside.dir, 'stolen/secret.txt'), join(dir, 'ada/first/link.txt'));
  symlinkSync(join(outside.dir, 'stolen'), join(dir, 'ada/linked'));
  symlinkSync(outside.dir, join(dir, 'eve'));
  const { get, getJson } = await runningStandin(dir);
  expect(Object.keys((await getJson(first)).files)).toEqual(['a.txt']);
  expect((await get(`/gists/${standinGistId('ada', 'linked')}`)).status).toBe(404);
  expect((await get(`/gists/${standinGistId('eve', 'stolen')}`)).status).toBe(404);
  expect((await get('/users/eve')).status).toBe(404);
});

it('lists public gists only, page by page, the latest updated first', async () => {
  const { dir } = temporaryGists(
    Object.fromEntries(
      [1, 2, 3, 4].flatMap((day) => [
        [`ada/gist-${day}/a.txt`, 'a'],
        [
          `ada/gist-${day}/.gist.json`,
          JSON.stringify({ public: day !== 4, updated_at: `2026-01-0${day}T00:00:00Z` }),
        ],
      ]),
    ),
  );
  const { get, getJson } = await runningStandin(dir);
  const page = await get('/users/ada/gists?per_page=2');
  const listed = (await page.json()) as { id: string; files: Record<string, object> }[];
  expect(listed.map((gist) => gist.id)).toEqual([
    standinGistId('ada', 'gist-3'),
    standinGistId('ada', 'gist-2'),
  ]);
  expect(Object.keys(listed[0]?.files['a.txt'] ?? {})).not.toContain('content');
  expect(page.headers.get('link')).toMatch(/<[^>]+page=2>; rel="next"/);
  expect(await getJson('/users/ada/gists?per_page=2&page=2')).toHaveLength(1);
  expect(await getJson(`/gists/${standinGistId('ada', 'gist-4')}`)).toMatchObject({ public: false });
});

it('follows what .gist.json says', async () => {
  const { dir } = temporaryGists({
    'ada/first/a.txt': 'a',
    'bo/fork/a.txt': 'a',
    'bo/fork/.gist.json': JSON.stringify({ fork_of: 'ada/first', created_at: '2025-05-05T10:00:00+02:00' }),
    'bo/orphan/a.txt': 'a',
    'bo/orphan/.gist.json': JSON.stringify({ fork_of: 'f00', owner_null: true }),
    'bo/given/a.txt': 'a',
    'bo/given/.gist.json': JSON.stringify({ owner: 'ada' }),
    'bo/tos/.gist.json': JSON.stringify({ blocked: 'tos' }),
    'bo/dmca/.gist.json': JSON.stringify({ blocked: 'dmca' }),
  });
  const { get, getJson } = await runningStandin(dir);
  const of = (name: string) => `/gists/${standinGistId('bo', name)}`;
  expect(await getJson(of('fork'))).toMatchObject({
    fork_of: { id: standinGistId('ada', 'first'), owner: { login: 'ada' } },
    created_at: '2025-05-05T08:00:00Z',
  });
  expect(await getJson(of('orphan'))).toMatchObject({ fork_of: { id: 'f00' }, owner: null });
  expect(await getJson(of('given'))).toMatchObject({ owner: { id: standinAccountId('ada') } });
  const tos = await get(of('tos'));
  expect(tos.status).toBe(403);
  expect(await tos.json()).toMatchObject({ block: { reason: 'tos' } });
  expect((await get(of('dmca'))).status).toBe(451);
});

it('says once what is wrong with a .gist.json and goes on with the defaults', async () => {
  const lines: string[] = [];
  const { dir, write } = temporaryGists({ 'ada/first/.gist.json': '{"public": "no"}' });
  const { getJson } = await runningStandin(dir, { log: (line) => lines.push(line) });
  expect(await getJson(first)).toMatchObject({ public: true });
  await getJson(first);
  expect(lines).toEqual([expect.stringContaining('ada/first/.gist.json "public": ')]);
  write('ada/first/.gist.json', '{"public": false, "pubic": true}');
  expect(await getJson(first)).toMatchObject({ public: false });
  expect(lines.at(-1)).toContain('keys the stand-in does not know: pubic');
});

it('cuts content at 1 MB, files at 300, and sends bytes that are no text as base64', async () => {
  const files: Record<string, string | Buffer> = { 'ada/first/big.txt': `${'é'.repeat(600_000)}` };
  for (let index = 0; index < 301; index += 1) files[`ada/many/${String(index).padStart(3, '0')}.txt`] = 'x';
  const bytes = Buffer.from([0xff, 0xfe, 0x00]);
  const { dir } = temporaryGists({ ...files, 'ada/first/bytes.bin': bytes });
  const { getJson } = await runningStandin(dir);
  const gist = await getJson(first);
  expect(gist.files['big.txt']).toMatchObject({ truncated: true, size: 1_200_000 });
  expect(gist.files['big.txt'].content).toBe('é'.repeat(524_288));
  expect(gist.files['bytes.bin']).toMatchObject({ encoding: 'base64', content: bytes.toString('base64') });
  const many = await getJson(`/gists/${standinGistId('ada', 'many')}`);
  expect(many.truncated).toBe(true);
  expect(Object.keys(many.files)).toHaveLength(300);
});

it('leaves out history and forks in version 2026-03-10, and refuses other versions', async () => {
  const { dir } = temporaryGists({ 'ada/first/a.txt': 'a' });
  const { get, getJson } = await runningStandin(dir);
  const old = await getJson(first, { 'x-github-api-version': '2022-11-28' });
  const recent = await getJson(first, { 'x-github-api-version': '2026-03-10' });
  expect(
    Object.keys(old)
      .filter((key) => !(key in recent))
      .sort(),
  ).toEqual(['forks', 'history']);
  expect((await get(first, { 'x-github-api-version': '2001-01-01' })).status).toBe(400);
});

it('keeps an account through a change of its login, and gives the former login to another', async () => {
  const { dir } = temporaryGists({ 'ada/first/a.txt': 'a', 'bo/second/b.txt': 'b' });
  const { standin, getJson, get } = await runningStandin(dir);
  const id = standinAccountId('ada');
  const { node_id } = await getJson(first);

  standin.rename('ada', 'lovelace');
  const owner = { login: 'lovelace', id };
  const html_url = `https://gist.github.com/lovelace/${standinGistId('ada', 'first')}`;
  expect(await getJson(first)).toMatchObject({ html_url, node_id, owner });
  expect(await getJson('/users/lovelace')).toMatchObject(owner);
  expect(await getJson('/users/lovelace/gists')).toMatchObject([{ html_url }]);
  expect((await get('/users/ada')).status).toBe(404);

  standin.rename('bo', 'ada');
  expect(await getJson('/users/ada')).toMatchObject({ login: 'ada', id: standinAccountId('bo') });
  expect(await getJson('/users/ada/gists')).toMatchObject([{ id: standinGistId('bo', 'second') }]);
  expect(await getJson(first)).toMatchObject({ owner });
});
