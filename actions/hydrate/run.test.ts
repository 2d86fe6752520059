import fs, {
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { sessionPath, storedPath } from '../copy/layout.ts';
import type { ListedRow } from '../copy/listed-row.ts';
import { readSelection } from '../copy/selection/selection.ts';
import { temporaryFolder } from '../copy/testing-rows.ts';
import { run as verify } from '../verify/run.ts';
import { run } from './run.ts';
import { copyOf, existing, filesIn, hydrate, outcomesOf, pullInto, rowOf, statusOf } from './testing.ts';
import { contentsOf, startHost } from './testing-host.ts';
import { inputOf, toolsOf } from './testing-input.ts';

type Files = Record<string, string | Buffer>;
const gistOf = (id: string, files: Files, fields: Partial<ListedRow> = {}) => ({
  row: rowOf(id, files, fields),
  files,
});

async function world(gists: readonly { row: ListedRow; files: Files }[], removed: readonly object[] = []) {
  const host = await startHost(contentsOf(gists));
  return {
    host,
    copy: copyOf(
      gists.map(({ row }) => row),
      removed,
    ),
  };
}

const twenty = Array.from({ length: 20 }, (_, i) =>
  gistOf(`a${i.toString(16).padStart(3, '0')}`, {
    'session.jsonl': `{"session":${i}}\n`,
    'notes.md': 'the same\n',
  }),
);

test('the files of every gist come to their folders, each byte once in the store, with a line a gist', async () => {
  const { host, copy } = await world(twenty);
  const outcome = await hydrate(copy, host.origin);
  expect(outcome.counts).toMatchObject({ ok: 20, error: 0 });
  for (const { row, files } of twenty) {
    for (const [name, content] of Object.entries(files)) {
      const path = join(copy, sessionPath(row.gist_id, row.gist_version), name);
      expect(readFileSync(path, 'utf8')).toBe(content);
    }
  }
  const [first] = statusOf(copy);
  expect(first).toEqual({
    gist_id: 'a000',
    record_id: 'github_gist:a000',
    gist_version: twenty[0]?.row.gist_version,
    status: 'ok',
    why: null,
    files: twenty[0]?.row.files.map(({ name, bytes, git_blob_sha }) => ({
      name,
      path: `${sessionPath('a000', twenty[0]?.row.gist_version ?? '')}/${name}`,
      bytes,
      git_blob_sha,
    })),
  });
  expect(statusOf(copy).map(({ gist_id }) => gist_id)).toEqual(twenty.map(({ row }) => row.gist_id));
  // What all of them have was asked for once, though they came at the same time.
  expect(host.asked).toHaveLength(21);
  expect(outcome.requests).toBe(21);
  const shared = join(copy, storedPath(twenty[0]?.row.files[1]?.git_blob_sha ?? ''));
  expect(lstatSync(shared).nlink).toBe(21);
  expect(existing(join(copy, '.part'))).toEqual([]);
  expect(host.headers().every((sent) => sent['accept-encoding'] === 'gzip' && sent['user-agent'])).toBe(true);
});

test('a file that one gist has no more is asked for of the next that has the same', async () => {
  const gists = ['a1', 'a2', 'a3'].map((id) => gistOf(id, { 'LICENSE.md': 'the same' }));
  const { host, copy } = await world(gists);
  host.behave('/a1/', (response) => void response.writeHead(404).end());
  host.behave('/a2/', (response) => void response.writeHead(302, { location: '/' }).end());
  await hydrate(copy, host.origin);
  expect(outcomesOf(copy)).toEqual(['a1 gone', 'a2 error', 'a3 ok']);
  expect(host.asked).toHaveLength(3);
});

test('a second run asks for nothing and writes the same', async () => {
  const { host, copy } = await world(twenty);
  await hydrate(copy, host.origin);
  const before = filesIn(copy);
  host.asked.length = 0;
  const again = await hydrate(copy, host.origin);
  expect(host.asked).toEqual([]);
  expect(again).toMatchObject({ requests: 0, received: 0, counts: { ok: 20 } });
  expect(filesIn(copy)).toEqual(before);
});

test('what is in the store, or lost from a folder, is not fetched again', async () => {
  const { host, copy } = await world(twenty);
  await hydrate(copy, host.origin);
  const before = filesIn(copy);
  host.asked.length = 0;
  rmSync(join(copy, 'sessions'), { recursive: true });
  await hydrate(copy, host.origin);
  expect(host.asked).toEqual([]);
  expect(filesIn(copy)).toEqual(before);
});

test('what was cut off is fetched again; other bytes of the same length only when all is hashed', async () => {
  const { host, copy } = await world(twenty);
  await hydrate(copy, host.origin);
  const before = filesIn(copy);
  const at = (number: number) => {
    const { row } = twenty[number] ?? { row: rowOf('a', {}) };
    return join(copy, sessionPath(row.gist_id, row.gist_version), 'session.jsonl');
  };
  truncateSync(at(1), 3);
  writeFileSync(at(2), 'x'.repeat(lstatSync(at(2)).size));
  host.asked.length = 0;
  await hydrate(copy, host.origin);
  expect(host.asked).toHaveLength(1);
  const fresh = await hydrate(copy, host.origin, { recheck: true });
  expect(fresh).toMatchObject({ requests: 1, counts: { ok: 20 } });
  expect(filesIn(copy)).toEqual(before);
  expect((await hydrate(copy, host.origin, { recheck: true })).requests).toBe(0);
});

test('a gist that left the index is not fetched, and its line says how it left', async () => {
  const gists = ['a1', 'a2', 'a3', 'a4', 'a5'].map((id) => gistOf(id, { 'a.txt': id }, { seq: 10 }));
  const departure = (gist_id: string, kind: string, seq: number, reason: string | null = null) => ({
    seq,
    kind,
    record_id: `github_gist:${gist_id}`,
    gist_id,
    reason,
    at: '2026-11-23T06:00:00.000Z',
  });
  const { host, copy } = await world(gists, [departure('a5', 'suspended', 9)]);
  const hourly = [
    departure('a1', 'suspended', 11, 'policy'),
    departure('a2', 'withdrawn', 12),
    departure('a3', 'suspended', 13),
    departure('a3', 'gone', 14),
    departure('a4', 'removed', 15, 'spam'),
  ];
  writeFileSync(join(copy, 'removed.ndjson'), hourly.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const { counts } = await hydrate(copy, host.origin);
  expect(outcomesOf(copy)).toEqual(['a1 changed', 'a2 gone', 'a3 gone', 'a4 gone', 'a5 ok']);
  expect(statusOf(copy).map(({ why }) => why)).toEqual([
    'The index does not list it for now: it was edited, or is looked at again.',
    'Its owner took it back.',
    'GitHub did not have it any more when the index last looked.',
    'The index took it out.',
    null,
  ]);
  expect(counts).toMatchObject({ changed: 1, gone: 3, ok: 1 });
  expect(host.asked.map((path) => path.split('/')[2])).toEqual(['a5']);
});

test('the selection, its limit and the size of a gist are kept', async () => {
  const gists = ['b1', 'b2', 'b3', 'b4'].map((id, i) =>
    gistOf(id, { 'a.txt': 'x'.repeat(10 * (i + 1)) }, { tool_calls: i }),
  );
  const { host, copy } = await world(gists);
  const selection = await readSelection({ minToolCalls: '1', limit: '2' });
  await hydrate(copy, host.origin, { selection, maxBytes: 20 });
  expect(outcomesOf(copy)).toEqual(['b2 ok', 'b3 too_large']);
  expect(host.asked).toHaveLength(1);
  const none = await readSelection({ minToolCalls: '50' });
  await hydrate(copy, host.origin, { selection: none });
  expect(statusOf(copy)).toEqual([]);
});

test('every id that was asked for has a line, whether the snapshot lists it or not', async () => {
  const gists = ['a1', 'a2'].map((id) => gistOf(id, { 'a.txt': id }));
  const departure = (gist_id: string, kind: string, seq: number) => ({
    seq,
    kind,
    record_id: `github_gist:${gist_id}`,
    gist_id,
    reason: null,
    at: '2026-11-21T06:00:00.000Z',
  });
  const removed = [departure('b2', 'suspended', 1), departure('b3', 'suspended', 2)];
  const { host, copy } = await world(gists, [...removed, departure('b3', 'withdrawn', 3)]);
  const selection = { ...(await readSelection({})), ids: new Set(['b3', 'a2', 'b2', 'b1']) };
  const tallies: (number | null)[] = [];
  const { counts, unlisted } = await hydrate(
    copy,
    host.origin,
    { selection },
    { tally: ({ total }) => tallies.push(total) },
  );
  expect(outcomesOf(copy)).toEqual(['a2 ok', 'b1 gone', 'b2 changed', 'b3 gone']);
  expect(statusOf(copy).map(({ gist_version, why }) => [gist_version === null, why])).toEqual([
    [false, null],
    [
      true,
      'This snapshot does not list it, and no departure tells of it: it was never in the index, or is not yet.',
    ],
    [true, 'The index does not list it for now: it was edited, or is looked at again.'],
    [true, 'Its owner took it back.'],
  ]);
  expect(counts).toMatchObject({ ok: 1, changed: 1, gone: 2 });
  expect(unlisted).toBe(3);
  expect(new Set(tallies)).toEqual(new Set([4]));
  // In shards, and where a limit ends before them, each has one line all the same.
  for (const index of [1, 2])
    await hydrate(copy, host.origin, { selection: { ...selection, limit: 1 }, shard: { index, of: 2 } });
  const lines = [1, 2].flatMap((index) => outcomesOf(copy, `status-${index}-of-2.ndjson`));
  expect(lines.sort()).toEqual(['a2 ok', 'b1 gone', 'b2 changed', 'b3 gone']);
  const done = await verify({ copy, most: 9 }, { tally() {}, progress() {}, signal: toolsOf().signal });
  expect(done.findings.filter(({ path }) => path.startsWith('status'))).toEqual([]);
});

test('names that lead elsewhere, are reserved, long or twins, stay within the gist’s folder', async () => {
  const names = ['../../x', 'CON', `${'n'.repeat(300)}.jsonl`, 'Notes.md', 'notes.md', '/etc/passwd'];
  const files = Object.fromEntries(names.map((name, i) => [name, `${i}`]));
  const { host, copy } = await world([gistOf('c1', files)]);
  await hydrate(copy, host.origin);
  const [{ files: told } = { files: [] }] = statusOf(copy);
  expect(told.map(({ name }) => name)).toEqual(names);
  expect(new Set(told.map(({ path }) => path.toLowerCase())).size).toBe(6);
  for (const { name, path } of told) {
    expect(path.split('/')).toHaveLength(5);
    expect(path).toMatch(/^sessions\/c1\/c1\/[0-9a-f]{40}\/[^/]{1,120}$/);
    expect(readFileSync(join(copy, path), 'utf8')).toBe(files[name]);
  }
  expect(existing(join(copy, '..'))).not.toContain('x');
});

test('when a newer revision is whole, the older one’s folder goes, and what nothing else needs of it', async () => {
  const old = gistOf('d1', { 'a.txt': 'old', 'b.txt': 'stays', 'c.txt': 'shared' });
  const other = gistOf('d2', { 'c.txt': 'shared' });
  const now = gistOf('d1', { 'a.txt': 'new', 'b.txt': 'stays' }, { seq: 2 });
  const { host, copy } = await world([old, other]);
  await hydrate(copy, host.origin);
  const kept = join(copy, 'sessions/d1/d1/mine');
  mkdirSync(kept);
  pullInto(copy, [now.row, other.row]);
  // It does not come: what is here of the older one stays.
  await hydrate(copy, host.origin);
  expect(outcomesOf(copy)).toEqual(['d1 gone', 'd2 ok']);
  expect(existing(join(copy, 'sessions/d1/d1'))).toContain(old.row.gist_version);
  const better = await startHost(contentsOf([now]));
  const { requests } = await hydrate(copy, better.origin);
  expect(requests).toBe(1);
  expect(existing(join(copy, 'sessions/d1/d1')).sort()).toEqual([now.row.gist_version, 'mine'].sort());
  expect(Object.values(filesIn(copy, ['store'])).sort()).toEqual(['new', 'shared', 'stays']);
});

test('rows lead to no other host than the official one and the one that is used', async () => {
  const gists = ['e1', 'e2', 'e3'].map((id) => gistOf(id, { 'a.txt': id }));
  const { host, copy } = await world([]);
  const good = await startHost(contentsOf(gists));
  const [first, second, third] = gists.map(({ row }) => row);
  if (!first || !second || !third) throw new Error('There are three.');
  const moved = (row: ListedRow, to: string): ListedRow => ({
    ...row,
    files: row.files.map((file) => ({ ...file, raw_url: to + new URL(file.raw_url).pathname })),
  });
  pullInto(copy, [
    moved(first, host.origin),
    moved(second, good.origin),
    moved(third, 'https://u:p@gist.githubusercontent.com'),
  ]);
  await hydrate(copy, good.origin);
  expect(outcomesOf(copy)).toEqual(['e1 error', 'e2 ok', 'e3 error']);
  expect(statusOf(copy)[0]?.why).toBe(
    "Its files are at another host than GitHub's and that of --raw-host, so they were not asked for.",
  );
  expect(host.asked).toEqual([]);
});

test('nothing is written through a link that somebody put into the copy', async () => {
  const gist = gistOf('f1', { 'a.txt': 'content' });
  const [sha = ''] = gist.row.files.map(({ git_blob_sha }) => git_blob_sha);
  const folder = sessionPath('f1', gist.row.gist_version);
  const places = [
    'store',
    `store/${sha.slice(0, 2)}`,
    'sessions',
    'sessions/f1',
    'sessions/f1/f1',
    folder,
    '.part',
  ];
  for (const place of places) {
    const { host, copy } = await world([gist]);
    const outside = temporaryFolder();
    mkdirSync(join(copy, place, '..'), { recursive: true });
    symlinkSync(outside, join(copy, place));
    const path = join(copy, place);
    await expect(run(inputOf(copy, host.origin), toolsOf())).rejects.toThrow(
      `${path} is a link, and nothing is written through it. Remove it, then run this again.`,
    );
    expect(existing(outside)).toEqual([]);
  }
});

test('a link in place of a file is replaced, and what it leads to is left alone', async () => {
  const gist = gistOf('f2', { 'a.txt': 'content' });
  const { host, copy } = await world([gist]);
  await hydrate(copy, host.origin);
  const outside = join(temporaryFolder(), 'theirs.txt');
  writeFileSync(outside, 'theirs!');
  for (const path of Object.keys(filesIn(copy))) {
    rmSync(join(copy, path));
    symlinkSync(outside, join(copy, path));
  }
  await hydrate(copy, host.origin);
  expect(Object.values(filesIn(copy, ['sessions', 'store']))).toEqual(['content', 'content']);
  expect(readFileSync(outside, 'utf8')).toBe('theirs!');
});

test('shards at once in one copy leave what one run leaves', async () => {
  const { host, copy } = await world(twenty);
  const whole = copyOf(twenty.map(({ row }) => row));
  await hydrate(whole, host.origin);
  const shards = [1, 2, 3].map((index) => ({ index, of: 3 }));
  const outcomes = await Promise.all(shards.map((shard) => hydrate(copy, host.origin, { shard })));
  expect(filesIn(copy, ['sessions', 'store'])).toEqual(filesIn(whole, ['sessions', 'store']));
  const lines = outcomes.flatMap(({ status }) => statusOf(copy, status));
  expect(outcomes.map(({ status }) => status)).toEqual(
    shards.map(({ index }) => `status-${index}-of-3.ndjson`),
  );
  const byId = (a: { gist_id: string }, b: { gist_id: string }) => (a.gist_id < b.gist_id ? -1 : 1);
  expect(lines.sort(byId)).toEqual(statusOf(whole).sort(byId));
  expect(outcomes.every(({ counts }) => counts.ok > 0)).toBe(true);
});

test('shards keep one limit together', async () => {
  const { host, copy } = await world(twenty);
  const selection = await readSelection({ limit: '7' });
  for (const index of [1, 2, 3]) await hydrate(copy, host.origin, { selection, shard: { index, of: 3 } });
  const lines = [1, 2, 3].flatMap((index) => outcomesOf(copy, `status-${index}-of-3.ndjson`));
  expect(lines.sort()).toEqual(twenty.slice(0, 7).map(({ row }) => `${row.gist_id} ok`));
});

test('another run at work there is told of, and what it had begun stays', async () => {
  const { host, copy } = await world(twenty);
  let told = () => {};
  const arrived = new Promise<void>((resolve) => {
    told = resolve;
  });
  let goOn = () => {};
  host.behave('/a003/', (response, content) => {
    goOn = () => void response.end(content);
    told();
  });
  const first = hydrate(copy, host.origin);
  await arrived;
  expect(await run(inputOf(copy, host.origin), toolsOf())).toEqual({ kind: 'busy' });
  goOn();
  expect((await first).counts.ok).toBe(20);
});

test('where links cannot be made, files are copied, and no more is kept than is needed', async () => {
  const old = gistOf('d1', { 'a.txt': 'old', 'b.txt': 'stays' });
  const now = gistOf('d1', { 'a.txt': 'new', 'b.txt': 'stays' }, { seq: 2 });
  const { host, copy } = await world([old]);
  const link = vi.spyOn(fs, 'linkSync').mockImplementation(() => {
    throw Object.assign(new Error('Not here.'), { code: 'EPERM' });
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    link.mockRestore();
    syncBuiltinESMExports();
  });
  await hydrate(copy, host.origin);
  const paths = Object.keys(filesIn(copy, ['sessions', 'store']));
  expect(paths.map((path) => lstatSync(join(copy, path)).nlink)).toEqual([1, 1, 1, 1]);
  expect((await hydrate(copy, host.origin)).requests).toBe(0);
  pullInto(copy, [now.row]);
  const better = await startHost(contentsOf([now]));
  expect((await hydrate(copy, better.origin)).counts.ok).toBe(1);
  expect(Object.values(filesIn(copy, ['sessions'])).sort()).toEqual(['new', 'stays']);
  expect(Object.values(filesIn(copy, ['store']))).not.toContain('old');
  expect((await hydrate(copy, better.origin)).requests).toBe(0);
  expect(existing(join(copy, '.part'))).toEqual([]);
});
