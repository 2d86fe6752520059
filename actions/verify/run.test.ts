import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { localNames } from '#domain/local-name.ts';
import { sessionPath, storedPath } from '../copy/layout.ts';
import { blobOf, inventedGist, lines, removal, revisionOf, rowOf } from '../copy/testing.ts';
import { temporaryFolder } from '../copy/testing-rows.ts';
import { everyFile, listed, textsOf, wholeCopy } from '../purge/testing.ts';
import { report } from './report.ts';
import { type Outcome, run } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const signal = new AbortController().signal;

function verify(most = Number.POSITIVE_INFINITY): Promise<Outcome> {
  return run({ copy: folder, most }, { tally: () => undefined, progress: () => undefined, signal });
}

async function findings(): Promise<unknown[]> {
  return (await verify()).findings.map(({ finding, path, gist_id }) => [finding, path, gist_id]);
}

const folderOf = (n: number) => sessionPath(inventedGist(n), revisionOf('first'));
const ownBlob = (n: number) => blobOf(textsOf(n)['session.jsonl'] ?? '');

test('a copy that is as its snapshot says is clean, and is left as it was', async () => {
  wholeCopy(folder, 4);
  const before = everyFile(folder);
  const outcome = await verify();
  expect(outcome).toMatchObject({ sessions: 4, files: 8, findings: [], obstacles: [], others: [] });
  expect(report(outcome)).toMatchObject({ ok: true, exitCode: 0, summary: { clean: true, departed: 0 } });
  expect(everyFile(folder)).toEqual(before);
});

test.each([
  [
    'another byte',
    (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace('secret', 'sacred')),
  ],
  ['cut off', (path: string) => truncateSync(path, 5)],
  ['longer', (path: string) => writeFileSync(path, 'x', { flag: 'a' })],
])('a file that was changed (%s) is damaged under each of its names', async (_, change) => {
  wholeCopy(folder, 3);
  change(join(folder, folderOf(2), 'session.jsonl'));
  expect(await findings()).toEqual([['damaged', `${folderOf(2)}/session.jsonl`, inventedGist(2)]]);
});

test('bytes that several sessions share are damaged in each of them', async () => {
  wholeCopy(folder, 3);
  writeFileSync(join(folder, folderOf(2), 'LICENSE.md'), 'For nobody!!!!\n');
  expect((await findings()).length).toBe(3);
});

test('where a file and the stored one are two files, each is read', async () => {
  wholeCopy(folder, 2);
  const path = join(folder, storedPath(ownBlob(2)));
  const text = readFileSync(path, 'utf8');
  rmSync(path);
  writeFileSync(path, text.replace('secret', 'sacred'));
  expect(await findings()).toEqual([['damaged', storedPath(ownBlob(2)), null]]);
});

test('a file that is not there is missing, and so is a gist that the status has', async () => {
  wholeCopy(folder, 3);
  rmSync(join(folder, folderOf(1), 'LICENSE.md'));
  rmSync(join(folder, 'sessions', inventedGist(2).slice(0, 2)), { recursive: true });
  expect((await findings()).sort()).toEqual(
    [
      ['missing', `${folderOf(1)}/LICENSE.md`, inventedGist(1)],
      ['missing', folderOf(2), inventedGist(2)],
    ].sort(),
  );
});

test('what departed is found wherever it is', async () => {
  wholeCopy(folder, 3).removed([removal(inventedGist(2), 90)]);
  const outcome = await verify();
  expect(outcome.counts).toMatchObject({ departed: 9, unknown: 1, damaged: 0, missing: 0 });
  expect(outcome.findings.map(({ path }) => path)).toContain('parquet/sessions.parquet');
  expect(report(outcome)).toMatchObject({ exitCode: 3, summary: { clean: false, departed: 1 } });
});

test('a revision that is not the one listed is superseded', async () => {
  const copy = wholeCopy(folder, 2);
  const texts = { 'session.jsonl': 'new\n' };
  const row = rowOf(inventedGist(2), texts, { seq: 95, gist_version: revisionOf('second') });
  copy.snapshot(4, [listed(1), row]);
  expect(await findings()).toContainEqual(['superseded', folderOf(2), inventedGist(2)]);
});

test('whatever belongs to nothing listed is told, and links are not followed', async () => {
  const outside = temporaryFolder();
  const copy = wholeCopy(folder, 2);
  writeFileSync(join(outside, 'session.jsonl'), textsOf(1)['session.jsonl'] ?? '');
  copy.write(`${folderOf(1)}/notes.txt`, 'mine');
  copy.write('sessions/notes.txt', 'mine');
  copy.write(`sessions/${inventedGist(50).slice(0, 2)}/${inventedGist(50)}/${revisionOf('first')}/a`, 'mine');
  copy.write('store/notes.txt', 'mine');
  copy.write(storedPath(blobOf('nobody’s')), 'nobody’s');
  copy.write('messages/mine.jsonl', lines([{ gist_id: inventedGist(51), messages: [] }]));
  copy.write('mine/notes.txt', 'mine');
  rmSync(join(folder, folderOf(1), 'session.jsonl'));
  symlinkSync(join(outside, 'session.jsonl'), join(folder, folderOf(1), 'session.jsonl'));
  symlinkSync(outside, join(folder, 'sessions/zz'));
  symlinkSync(outside, join(folder, 'sts/elsewhere'));

  expect((await findings()).sort()).toEqual(
    [
      ['unknown', `${folderOf(1)}/notes.txt`, inventedGist(1)],
      ['link', `${folderOf(1)}/session.jsonl`, inventedGist(1)],
      ['unknown', 'sessions/notes.txt', null],
      ['unknown', `sessions/${inventedGist(50).slice(0, 2)}/${inventedGist(50)}`, inventedGist(50)],
      ['unknown', 'store/notes.txt', null],
      ['unknown', storedPath(blobOf('nobody’s')), null],
      ['unknown', 'messages/mine.jsonl', inventedGist(51)],
      ['link', 'sessions/zz', null],
      ['link', 'sts/elsewhere', null],
    ].sort(),
  );
  expect((await verify()).others).toEqual(['mine']);
});

test('an output may hold a listed session whose files are not here', async () => {
  const copy = wholeCopy(folder, 3);
  copy.write('status.ndjson', '');
  rmSync(join(folder, 'sessions', inventedGist(2).slice(0, 2)), { recursive: true });
  expect(await findings()).toEqual([]);
});

test('a snapshot whose files are not what its manifest says is damaged', async () => {
  wholeCopy(folder, 2);
  const path = 'snapshots/2026-11-03T06-00-00-000Z/removed.ndjson';
  writeFileSync(join(folder, path), lines([removal(inventedGist(9), 90)]));
  expect(await findings()).toEqual([['damaged', path, null]]);
});

test('names that no system takes are where hydrate puts them', async () => {
  const copy = wholeCopy(folder, 1);
  const name = '../CON';
  const texts = { [localNames([name]).get(name) ?? '']: 'x' };
  const row = rowOf(inventedGist(2), { [name]: 'x' });
  copy.snapshot(4, [listed(1), row]);
  copy.bring(row, texts);
  expect(await findings()).toEqual([]);
  rmSync(join(folder, folderOf(2)), { recursive: true });
  mkdirSync(join(folder, folderOf(2)), { recursive: true });
  expect((await findings()).length).toBe(1);
  expect(existsSync(join(folder, 'sessions', 'CON'))).toBe(false);
});

test('a file that may not be read is told, and the others are read', async () => {
  wholeCopy(folder, 2);
  rmSync(join(folder, folderOf(1), 'session.jsonl'));
  mkdirSync(join(folder, folderOf(1), 'session.jsonl'));
  const { findings: found } = await verify();
  expect(found).toMatchObject([{ finding: 'damaged', why: 'it is no file' }]);
});

test('only the first of each kind are named where few are asked for, and all are counted', async () => {
  wholeCopy(folder, 4);
  for (const n of [1, 2, 3]) rmSync(join(folder, folderOf(n), 'session.jsonl'));
  const outcome = await verify(1);
  expect([outcome.counts.missing, outcome.findings.length]).toEqual([3, 1]);
  const told = report(outcome);
  expect(told.ok && told.lines.join('\n')).toMatch(
    /^4 sessions .*\n3 missing:\n {2}sessions\/.*\n {2}and 2 more; --json tells all of them\nDamaged and missing files/,
  );
});

test('a stop ends it', async () => {
  wholeCopy(folder, 2);
  const stopped = AbortSignal.abort(new Error('stopped'));
  const tools = { tally: () => undefined, progress: () => undefined, signal: stopped };
  await expect(run({ copy: folder, most: 1 }, tools)).rejects.toThrow('stopped');
});

test('without a snapshot there is nothing to hold it against', async () => {
  await expect(verify()).rejects.toThrow(/no snapshot/);
});

test('what a run that ended early left is no session, but nobody knows whose it is', async () => {
  const copy = wholeCopy(folder, 2);
  copy.write('.part/formats/messages.d/messages.jsonl', 'half of a session');
  mkdirSync(join(folder, '.part/empty'));
  const outcome = await verify();
  expect(outcome.findings).toEqual([
    { finding: 'leftover', path: '.part/formats', gist_id: null, why: null },
  ]);
  const told = report(outcome);
  expect(told.ok && told.lines.at(-1)).toBe(
    'What runs left that ended early: run hydrate again, which goes on, or purge --apply, which deletes it.',
  );
  expect(told).toMatchObject({ exitCode: 3, summary: { clean: false, counts: { leftover: 1 } } });
});
