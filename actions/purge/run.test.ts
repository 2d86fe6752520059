import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { beforeEach, expect, test } from 'vitest';
import { sessionPath, storedPath } from '../copy/layout.ts';
import { takeCopyLock } from '../copy/lock.ts';
import { blobOf, inventedGist, lines, removal, revisionOf, rowOf } from '../copy/testing.ts';
import { temporaryFolder } from '../copy/testing-rows.ts';
import { run as hydrate } from '../hydrate/run.ts';
import { inputOf, toolsOf } from '../hydrate/testing-input.ts';
import { takeAllLocks } from './locks.ts';
import { report } from './report.ts';
import type { Outcome } from './run.ts';
import { everyFile, listed, purge, textsOf, wholeCopy } from './testing.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function namesOf(outcome: Outcome) {
  if (outcome.kind !== 'found' && outcome.kind !== 'purged') throw new Error(outcome.kind);
  return outcome.counts.named;
}

/** Files in which something can be read of the gist, its tombstone aside. */
function tracesOf(n: number): string[] {
  const marks = [inventedGist(n), `of gist ${n}"`, `The title of gist ${n}"`, `said in ${n}"`];
  return Object.entries(everyFile(folder))
    .filter(([path, text]) => marks.some((mark) => path.includes(mark) || text.includes(mark)))
    .map(([path]) => path)
    .filter((path) => !path.endsWith('removed.ndjson'));
}

const newest = 'snapshots/2026-11-03T06-00-00-000Z/submissions.ndjson';

test('of a session that departed nothing is left but what the newest snapshot says, and the others are as they were', async () => {
  const copy = wholeCopy(folder, 5);
  const before = everyFile(folder);
  copy.removed([removal(inventedGist(2), 90)]);

  const told = await purge(folder);
  expect(everyFile(folder)).toEqual({ ...before, 'removed.ndjson': lines([removal(inventedGist(2), 90)]) });
  expect(namesOf(told).map(({ path, lines: part, kind, reason }) => [path, part, kind, reason])).toEqual([
    [`sessions/${inventedGist(2).slice(0, 2)}/${inventedGist(2)}`, null, 'removed', 'policy'],
    [storedPath(blobOf(textsOf(2)['session.jsonl'] ?? '')), null, 'unlisted', null],
    ['snapshots/2026-11-02T06-00-00-000Z', null, 'removed', 'policy'],
    ['status.ndjson', 1, 'removed', 'policy'],
    [`sts/${inventedGist(2).slice(0, 2)}/${inventedGist(2)}.jsonl`, 2, 'removed', 'policy'],
    ['sts/dropped.ndjson', 1, 'removed', 'policy'],
    ['messages/dropped.ndjson', 1, 'removed', 'policy'],
    ['messages/messages.jsonl', 1, 'removed', 'policy'],
    ['parquet/dropped.ndjson', 1, 'removed', 'policy'],
    ['parquet/sessions.parquet', 1, 'removed', 'policy'],
  ]);

  const done = await purge(folder, { apply: true });
  expect(done).toMatchObject({ kind: 'purged', departed: 1, listedStill: 1, left: { obstacles: [] } });
  expect(done.kind === 'purged' && done.left.counts.named).toEqual([]);
  expect(tracesOf(2)).toEqual([newest]);
  expect(readdirSync(join(folder, 'snapshots'))).toEqual([
    '2026-11-01T06-00-00-000Z',
    '2026-11-03T06-00-00-000Z',
  ]);
  const without = (text: string) => text.replace(new RegExp(`^.*${inventedGist(2)}.*\n`, 'gm'), '');
  for (const [path, text] of Object.entries(everyFile(folder))) {
    if (/\.parquet$|^removed/.test(path)) continue;
    const isOfOutput = /^(?:status|sts|messages|parquet)/.test(path);
    expect(text, path).toBe(isOfOutput ? without(before[path] ?? '') : before[path]);
  }
  const kept = Object.keys(before).filter(
    (path) => !path.includes(inventedGist(2)) && !path.includes('2026-11-02'),
  );
  const spare = storedPath(blobOf(textsOf(2)['session.jsonl'] ?? ''));
  expect(Object.keys(everyFile(folder)).sort()).toEqual(
    [...kept.filter((path) => path !== spare), 'removed.ndjson'].sort(),
  );
  expect(await purge(folder)).toMatchObject({ kind: 'found', counts: { named: [] }, obstacles: [] });
});

test('rows of Parquet that stay keep their values, their order and what the file says of itself', async () => {
  const copy = wholeCopy(folder, 5);
  const path = join(folder, 'parquet/sessions.parquet');
  const read = async () => {
    const file = await asyncBufferFromFile(path);
    return { rows: await parquetReadObjects({ file }), metadata: await parquetMetadataAsync(file) };
  };
  const before = await read();
  copy.removed([removal(inventedGist(2), 90), removal(inventedGist(5), 91)]);
  await purge(folder, { apply: true });

  const { rows, metadata } = await read();
  expect(rows).toEqual([0, 2, 3].map((at) => before.rows[at]));
  expect(rows[2]?.messages[0].tokens).toBe(2n ** 60n + 3n);
  expect(metadata.schema).toEqual(before.metadata.schema);
  expect(metadata.key_value_metadata).toEqual(before.metadata.key_value_metadata);
  expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([1n, 2n]);
});

test('a session that was restored stays: its departure is void', async () => {
  const copy = wholeCopy(folder, 3);
  copy.snapshot(
    3,
    [1, 2, 3].map((n) => listed(n, n === 2 ? { seq: 95 } : {})),
  );
  copy.removed([removal(inventedGist(2), 90, { kind: 'suspended', reason: null })]);
  const before = everyFile(folder);
  expect(await purge(folder, { apply: true })).toMatchObject({ departed: 0, counts: { named: [] } });
  expect(everyFile(folder)).toEqual(before);
});

test('a session that was restored and left again goes', async () => {
  const copy = wholeCopy(folder, 3);
  copy.snapshot(
    3,
    [1, 2, 3].map((n) => listed(n, n === 2 ? { seq: 95 } : {})),
  );
  copy.removed([
    removal(inventedGist(2), 90, { kind: 'suspended' }),
    removal(inventedGist(2), 96, { kind: 'withdrawn' }),
  ]);
  await purge(folder, { apply: true });
  expect(tracesOf(2)).toEqual([newest]);
});

test('bytes that a listed session needs too stay in the store', async () => {
  const copy = wholeCopy(folder, 3);
  copy.removed([removal(inventedGist(2), 90)]);
  await purge(folder, { apply: true });
  expect(readFileSync(join(folder, storedPath(blobOf('For everybody.\n'))), 'utf8')).toBe('For everybody.\n');
  copy.removed([1, 2, 3].map((n) => removal(inventedGist(n), 90 + n)));
  await purge(folder, { apply: true });
  expect(existsSync(join(folder, storedPath(blobOf('For everybody.\n'))))).toBe(false);
  expect(readdirSync(join(folder, 'store'))).toEqual([]);
  expect(readdirSync(join(folder, 'sessions'))).toEqual([]);
  expect(readdirSync(join(folder, 'messages'))).toEqual(['README.md']);
});

test('revisions that are not listed any more go, with the lines made of them', async () => {
  const copy = wholeCopy(folder, 2);
  const edited = { 'session.jsonl': 'without the secret\n' };
  const row = rowOf(inventedGist(2), edited, { seq: 95, gist_version: revisionOf('second') });
  copy.snapshot(4, [listed(1), row]);
  copy.bring(row, edited);
  copy.removed([removal(inventedGist(2), 90, { kind: 'suspended', reason: null })]);
  const told = await purge(folder, { apply: true });
  expect(namesOf(told).map(({ kind }) => kind)).toContain('superseded');
  const path = `sessions/${inventedGist(2).slice(0, 2)}/${inventedGist(2)}`;
  expect(readdirSync(join(folder, path))).toEqual([revisionOf('second')]);
  expect(readFileSync(join(folder, 'messages/messages.jsonl'), 'utf8')).not.toContain('said in 2');
  expect(Object.values(everyFile(folder)).filter((text) => text.includes('"secret":"of gist 2"'))).toEqual(
    [],
  );
});

test('a suspended session goes as well, and is told to be one that may return', async () => {
  const copy = wholeCopy(folder, 3);
  copy.removed([removal(inventedGist(2), 90, { kind: 'suspended', reason: null })]);
  expect(await purge(folder, { apply: true })).toMatchObject({ departed: 1, mayReturn: 1 });
  expect(tracesOf(2)).toEqual([newest]);
});

test('somebody’s own removed.ndjson counts besides the copy’s', async () => {
  const copy = wholeCopy(folder, 3);
  copy.removed([removal(inventedGist(2), 90)]);
  const removed = join(temporaryFolder(), 'an-hour-ago.ndjson');
  writeFileSync(removed, lines([removal(inventedGist(3), 91)]));
  await purge(folder, { apply: true, removed });
  expect([tracesOf(2), tracesOf(3)]).toEqual([[newest], [newest]]);
});

test.each([
  ['no JSON', 'gone: everything\n'],
  ['another file', '{"gist_id":"00"}\n'],
  ['a line without an end', lines([removal(inventedGist(1), 90)]).trimEnd()],
  ['a line of 5 MB', `${'x'.repeat(5_000_000)}\n`],
])('departures that cannot be read (%s): a sentence, and nothing is deleted', async (_, text) => {
  const copy = wholeCopy(folder, 2);
  copy.write('removed.ndjson', text);
  const before = everyFile(folder);
  await expect(purge(folder, { apply: true })).rejects.toThrow(/removed\.ndjson/);
  expect(everyFile(folder)).toEqual(before);
});

test('names in departures lead nowhere', async () => {
  const outside = temporaryFolder();
  const copy = wholeCopy(folder, 2);
  writeFileSync(join(outside, 'mine'), 'mine');
  const hostile = ['../../mine', outside, '.', '..', '', 'sessions', '__proto__', '\u0000', '%2e%2e'];
  copy.removed(
    hostile.filter(Boolean).map((gist_id, at) => removal(gist_id, 90 + at, { record_id: `hostile ${at}` })),
  );
  const before = everyFile(folder);
  expect(await purge(folder, { apply: true })).toMatchObject({ counts: { named: [] } });
  expect(everyFile(folder)).toEqual(before);
  expect(everyFile(outside)).toEqual({ mine: 'mine' });
});

test('a departure of a record cannot take the gist of another that is listed', async () => {
  const copy = wholeCopy(folder, 2);
  copy.removed([removal(inventedGist(1), 90, { record_id: 'github_gist:somebody else' })]);
  expect(await purge(folder, { apply: true })).toMatchObject({ counts: { named: [] } });
});

test('links in the copy are taken away as links; what they lead to is left alone', async () => {
  const outside = temporaryFolder();
  const copy = wholeCopy(folder, 3);
  const gone = [10, 11, 12].map(inventedGist);
  copy.removed(gone.map((id, at) => removal(id, 90 + at)));
  const [first = '', second = '', third = ''] = gone;
  mkdirSync(join(outside, first), { recursive: true });
  writeFileSync(join(outside, first, 'mine'), 'mine');
  symlinkSync(outside, join(folder, 'sessions', first.slice(0, 2)));
  mkdirSync(join(folder, 'sessions', second.slice(0, 2)), { recursive: true });
  symlinkSync(outside, join(folder, 'sessions', second.slice(0, 2), second));
  mkdirSync(join(folder, sessionPath(third, revisionOf('first'))), { recursive: true });
  symlinkSync(
    join(outside, first, 'mine'),
    join(folder, sessionPath(third, revisionOf('first')), 'session.jsonl'),
  );
  symlinkSync(outside, join(folder, sessionPath(third, revisionOf('first')), 'folder'));
  symlinkSync(outside, join(folder, 'messages/elsewhere'));
  symlinkSync(outside, join(folder, 'store/zz'));
  symlinkSync(outside, join(folder, 'snapshots/2026-10-01T06-00-00-000Z'));

  const done = await purge(folder, { apply: true });
  expect(done).toMatchObject({ kind: 'purged', left: { obstacles: [], counts: { named: [] } } });
  expect(everyFile(outside)).toEqual({ [`${first}/mine`]: 'mine' });
  for (const id of gone) expect(existsSync(join(folder, 'sessions', id.slice(0, 2), id))).toBe(false);
  for (const path of ['messages/elsewhere', 'store/zz', 'snapshots/2026-10-01T06-00-00-000Z']) {
    expect(existsSync(join(folder, path))).toBe(false);
  }
});

test('a folder of the copy that is a link is not looked into, and nothing is proven', async () => {
  const outside = temporaryFolder();
  const copy = wholeCopy(folder, 2);
  copy.removed([removal(inventedGist(2), 90)]);
  renameSync(join(folder, 'sessions'), join(outside, 'sessions'));
  symlinkSync(join(outside, 'sessions'), join(folder, 'sessions'));
  const before = everyFile(outside);
  const done = await purge(folder, { apply: true });
  expect(done).toMatchObject({ kind: 'purged', left: { obstacles: [{ path: 'sessions' }] } });
  expect(report(done)).toMatchObject({ ok: true, summary: { clean: false }, exitCode: 3 });
  expect(everyFile(outside)).toEqual(before);
});

test('a file that stands in the way of a folder is told', async () => {
  wholeCopy(folder, 2).write('.part', 'in the way');
  const found = await purge(folder);
  expect(found).toMatchObject({ kind: 'found', obstacles: [{ path: '.part' }] });
});

test('a file among the outputs that names no gist is told and left alone', async () => {
  const copy = wholeCopy(folder, 2);
  copy.write('messages/mine.txt', 'what I made of them\n');
  const found = await purge(folder, { apply: true });
  expect(found).toMatchObject({ kind: 'purged', left: { obstacles: [{ path: 'messages/mine.txt' }] } });
});

test('a Parquet file that nobody can read is told and left alone', async () => {
  const copy = wholeCopy(folder, 2);
  copy.write('parquet/mine.parquet', 'no Parquet at all');
  const found = await purge(folder, { apply: true });
  expect(found).toMatchObject({ kind: 'purged', left: { obstacles: [{ path: 'parquet/mine.parquet' }] } });
  expect(existsSync(join(folder, 'parquet/mine.parquet'))).toBe(true);
});

test('something in snapshots/ that is no snapshot is told and left alone', async () => {
  const copy = wholeCopy(folder, 2);
  copy.write('snapshots/mine/notes.txt', 'mine');
  expect(await purge(folder, { apply: true })).toMatchObject({
    left: { obstacles: [{ path: 'snapshots/mine' }] },
  });
  expect(existsSync(join(folder, 'snapshots/mine/notes.txt'))).toBe(true);
});

test('nothing is written through a link in the place of .part/', async () => {
  const outside = temporaryFolder();
  const copy = wholeCopy(folder, 3);
  copy.removed([removal(inventedGist(2), 90)]);
  symlinkSync(outside, join(folder, '.part'));
  const done = await purge(folder, { apply: true });
  expect(done).toMatchObject({ kind: 'purged', left: { obstacles: [{ path: '.part' }] } });
  expect(readdirSync(outside)).toEqual([]);
  expect(report(done)).toMatchObject({ exitCode: 3, summary: { clean: false } });
});

test('a removed.ndjson that is not there: a sentence', async () => {
  wholeCopy(folder, 1);
  await expect(purge(folder, { removed: join(folder, 'nowhere') })).rejects.toThrow(
    /^--removed: .*nowhere cannot be read \(ENOENT\)\. Name a removed\.ndjson\.$/,
  );
});

test('what the disk will not do is told, and all else is done', async () => {
  const copy = wholeCopy(folder, 3);
  copy.removed([removal(inventedGist(2), 90)]);
  // New files cannot be made.
  writeFileSync(join(folder, '.part'), 'in the way');
  const done = await purge(folder, { apply: true });
  if (done.kind !== 'purged') throw new Error(done.kind);
  expect(new Set(done.left.counts.named.map(({ place }) => place))).toEqual(
    new Set(['status', 'sts', 'messages', 'parquet']),
  );
  expect(done.obstacles.map(({ path }) => path)).toContain('messages/messages.jsonl');
  const told = report(done);
  expect(told).toMatchObject({ ok: true, exitCode: 3, summary: { clean: false } });
  expect(tracesOf(2)).not.toContainEqual(expect.stringMatching(/^sessions|^store/));
  rmSync(join(folder, '.part'));
  expect(await purge(folder, { apply: true })).toMatchObject({
    left: { counts: { named: [] }, obstacles: [] },
  });
});

test('leftovers of a run that ended early go, and older snapshots that cannot be read', async () => {
  const copy = wholeCopy(folder, 2);
  copy.write('.part/fetch-1-of-1-7', 'half of a session');
  mkdirSync(join(folder, '.part/formats'));
  copy.write('.fetch-2026-11-04T06-00-00-000Z/submissions.ndjson', 'half of a snapshot');
  copy.write('snapshots/2026-10-01T06-00-00-000Z/urls.txt', 'https://gist.github.com/ada/1\n');
  const told = await purge(folder, { apply: true });
  expect(namesOf(told).map(({ path, kind }) => [path, kind])).toEqual([
    ['.part/fetch-1-of-1-7', 'leftover'],
    ['.fetch-2026-11-04T06-00-00-000Z', 'leftover'],
    ['snapshots/2026-10-01T06-00-00-000Z', 'unreadable'],
  ]);
  expect(readdirSync(join(folder, '.part'))).toEqual(['formats']);
});

test('a line of the status that says a session is gone stays: it holds nothing of it', async () => {
  const copy = wholeCopy(folder, 2);
  copy.removed([removal(inventedGist(2), 90)]);
  const gone = {
    gist_id: inventedGist(2),
    record_id: 'r',
    gist_version: revisionOf('first'),
    status: 'gone',
    why: 'It left.',
    files: [],
  };
  copy.write('status-2-of-8.ndjson', lines([gone]));
  await purge(folder, { apply: true });
  expect(readFileSync(join(folder, 'status-2-of-8.ndjson'), 'utf8')).toBe(lines([gone]));
});

test('of somebody’s own ids it tells which departed, and deletes nothing', async () => {
  const copy = wholeCopy(folder, 3);
  copy.removed([removal(inventedGist(2), 90), removal(inventedGist(20), 91, { kind: 'gone', reason: null })]);
  const before = everyFile(folder);
  const ids = new Set([1, 2, 20, 30].map(inventedGist));
  expect(await purge(folder, { ids, apply: true })).toMatchObject({
    kind: 'ids',
    asked: 4,
    listed: 1,
    unknown: 1,
    departed: [
      { gist_id: inventedGist(2), kind: 'removed', reason: 'policy', at: '2026-11-26T06:00:00.000Z' },
      { gist_id: inventedGist(20), kind: 'gone', reason: null, at: '2026-11-26T06:00:00.000Z' },
    ].sort((a, b) => (a.gist_id < b.gist_id ? -1 : 1)),
  });
  expect(everyFile(folder)).toEqual(before);
});

test('while another command is at work nothing is deleted', async () => {
  const copy = wholeCopy(folder, 2);
  copy.removed([removal(inventedGist(2), 90)]);
  const lock = await takeCopyLock(folder, '.lock-2-of-8');
  const before = everyFile(folder);
  expect(await purge(folder, { apply: true })).toEqual({ kind: 'busy', copy: folder });
  expect(everyFile(folder)).toEqual(before);
  await lock?.release();
  expect(await purge(folder, { apply: true })).toMatchObject({ kind: 'purged' });
});

test('what is found is told with places, sizes and reasons, and what to do about it', async () => {
  const copy = wholeCopy(folder, 3);
  copy.removed([
    removal(inventedGist(2), 90),
    removal(inventedGist(3), 91, { kind: 'suspended', reason: null }),
  ]);
  const told = report(await purge(folder, { most: 1 }));
  if (!told.ok) throw new Error(told.sentence);
  expect(told.exitCode).toBe(3);
  expect(told.summary).toMatchObject({
    applied: false,
    clean: false,
    departed: 2,
    may_return: 1,
    listed_still: 2,
  });
  expect(told.lines.join('\n')).toMatch(
    /^This has to go, of sessions that are 1 removed, 1 suspended:\n {2}sessions +2 folders/,
  );
  expect(told.lines.join('\n')).toContain('parquet    4 rows in 2 files');
  expect(told.lines.join('\n')).toContain('removed, policy at 2026-11-26T06:00:00.000Z');
  expect(told.lines.at(-1)).toBe('Nothing was deleted. With --apply it is.');

  const done = report(await purge(folder, { apply: true }));
  if (!done.ok) throw new Error(done.sentence);
  expect(done.exitCode).toBe(0);
  expect(done.lines.at(-1)).toBe(
    `Nothing of 2 departed sessions is left in ${folder} (1 is suspended and may return).`,
  );
  expect(done.summary).toMatchObject({ applied: true, clean: true, left: { found: [] } });
});

test('a shard that begins while a purge is at work is turned away, and goes on when it has ended', async () => {
  wholeCopy(folder, 2);
  const input = inputOf(folder, 'http://127.0.0.1:1', { shard: { index: 1, of: 2 } });
  const lock = await takeAllLocks(folder);
  expect(await hydrate(input, toolsOf())).toEqual({ kind: 'busy' });
  await lock?.release();
  expect(await hydrate(input, toolsOf())).toMatchObject({ kind: 'hydrated' });
});

test('where there is no copy, none is begun', async () => {
  const nowhere = join(folder, 'nowhere');
  await expect(purge(nowhere, { apply: true })).rejects.toThrow(/There is no snapshot in /);
  expect(existsSync(nowhere)).toBe(false);
});
