import {
  lstatSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshIndex } from '#sql/testing-index.ts';
import { gistIdOf, listGists, takeOut } from '#sql/testing-rows.ts';
import { exportTo, history, outputFolder, publishNewest, readSnapshot } from './testing.ts';

const fresh = freshIndex();

const first = '2026-03-01T00-00-00-000Z';
const second = '2026-03-01T00-00-00-001Z';

/** Two listed gists and one snapshot of them. */
async function exported(): Promise<string> {
  const output = outputFolder();
  await listGists(fresh.db, 2);
  await exportTo(fresh.db, output);
  return output;
}

test('nothing changed: no new snapshot, and no byte of the old one is touched', async () => {
  const output = await exported();
  const before = lstatSync(join(output, 'latest')).ino;
  expect(await exportTo(fresh.db, output)).toEqual({ kind: 'unchanged', id: first, latest: 'kept' });
  expect(lstatSync(join(output, 'latest')).ino).toBe(before);
  expect(await history(fresh.db)).toEqual([{ id: first, abandoned: false }]);
});

test('a move that means nothing to the dataset is no change', async () => {
  const output = await exported();
  await fresh.db.query(`with head as (update log_head set seq = seq + 1 returning seq)
    insert into moderation_log (seq, gist_id, move, to_state, revision) select seq, '${gistIdOf(1)}', 'appeal', 'pending', 'r' from head`);
  expect((await exportTo(fresh.db, output)).kind).toBe('unchanged');
});

test('a change makes a new snapshot beside the old one, which stays as it is', async () => {
  const output = await exported();
  const old = readSnapshot(join(output, 'snapshots', first));
  await takeOut(fresh.db, 1, 'withdrawn');
  expect((await exportTo(fresh.db, output)).kind).toBe('exported');
  expect(readSnapshot(join(output, 'snapshots', first))).toEqual(old);
  expect(readlinkSync(join(output, 'latest'))).toBe(`snapshots/${second}`);
  expect(readSnapshot(join(output, 'latest')).rows).toHaveLength(1);
});

test('ids grow although the clock stands still or goes back', async () => {
  const output = await exported();
  await takeOut(fresh.db, 1, 'withdrawn');
  await exportTo(fresh.db, output);
  await takeOut(fresh.db, 2, 'withdrawn');
  await exportTo(fresh.db, output, { now: () => new Date('2020-01-01T00:00:00Z') });
  expect((await history(fresh.db)).map(({ id }) => id)).toEqual([first, second, '2026-03-01T00-00-00-002Z']);
  expect(readSnapshot(join(output, 'latest')).manifest.generated_at).toBe('2026-03-01T00:00:00.002Z');
});

test('an unpublished snapshot whose folder is deleted is abandoned and made again under a new id', async () => {
  const output = await exported();
  rmSync(output, { recursive: true });
  const lines: string[] = [];
  expect((await exportTo(fresh.db, output, { log: (line) => lines.push(line) })).kind).toBe('exported');
  expect(lines).toEqual([
    `Snapshot ${first} was never published and its files are not whole in ${output}: it is abandoned.`,
  ]);
  expect(await history(fresh.db)).toEqual([
    { id: first, abandoned: true },
    { id: second, abandoned: false },
  ]);
  expect(readSnapshot(join(output, 'latest')).rows).toHaveLength(2);
});

const damages: [string, (folder: string) => void][] = [
  ['with a file cut off', (folder) => truncateSync(join(folder, 'submissions.ndjson'), 10)],
  ['with a file altered', (folder) => writeFileSync(join(folder, 'urls.txt'), 'https://example.org/\n')],
  ['with a file missing', (folder) => unlinkSync(join(folder, 'changes.ndjson'))],
  ['without sums', (folder) => unlinkSync(join(folder, 'SHA256SUMS'))],
  ['without a readable manifest', (folder) => writeFileSync(join(folder, 'manifest.json'), '{')],
  [
    'with a file that the sums leave out',
    (folder) => {
      const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').split('\n');
      writeFileSync(join(folder, 'SHA256SUMS'), sums.filter((line) => !line.endsWith('urls.txt')).join('\n'));
    },
  ],
];
test.each(damages)('an unpublished snapshot %s is abandoned', async (_, damage) => {
  const output = await exported();
  damage(join(output, 'snapshots', first));
  expect((await exportTo(fresh.db, output)).kind).toBe('exported');
  expect((await history(fresh.db)).map(({ abandoned }) => abandoned)).toEqual([true, false]);
  readSnapshot(join(output, 'latest'));
});

test('a lost `latest` is made again', async () => {
  const output = await exported();
  unlinkSync(join(output, 'latest'));
  expect(await exportTo(fresh.db, output)).toEqual({ kind: 'unchanged', id: first, latest: 'restored' });
  expect(readSnapshot(join(output, 'latest')).rows).toHaveLength(2);
});

test('a published snapshot whose files are gone needs no new one: the history stands', async () => {
  const output = await exported();
  await publishNewest(fresh.db);
  rmSync(output, { recursive: true });
  expect(await exportTo(fresh.db, output)).toEqual({
    kind: 'unchanged',
    id: first,
    latest: 'files_not_here',
  });

  await takeOut(fresh.db, 2, 'gone');
  await exportTo(fresh.db, output);
  const { changes, removed, manifest } = readSnapshot(join(output, 'latest'));
  expect(manifest.previous_snapshot).toBe(first);
  expect(changes.map(({ kind }) => kind)).toEqual(['gone']);
  expect(removed).toHaveLength(1);
});

test('another shape of the files makes a new snapshot', async () => {
  const output = await exported();
  await fresh.db.query(`update snapshot set schema_version = '0.9.0'`);
  expect((await exportTo(fresh.db, output)).kind).toBe('exported');
});

test('after a week, newer checks make a new snapshot, and the same checks do not', async () => {
  const output = await exported();
  await fresh.db.query(`update snapshot set verified_from = '2026-02-01T00:00:00Z'`);
  await fresh.db.query(`update submission set verified_at = '2026-02-01T00:00:00Z'`);
  expect((await exportTo(fresh.db, output)).kind).toBe('unchanged');
  await fresh.db.query(`update submission set verified_at = '2026-02-27T00:00:00Z'`);
  expect((await exportTo(fresh.db, output)).kind).toBe('exported');
  expect(readSnapshot(join(output, 'latest')).manifest.verified_from).toBe('2026-02-27T00:00:00.000Z');
});

test('a great loss of rows is refused until somebody insists', async () => {
  const output = outputFolder();
  await listGists(fresh.db, 60);
  await exportTo(fresh.db, output);
  for (let number = 1; number <= 21; number++) await takeOut(fresh.db, number, 'suspended');
  expect(await exportTo(fresh.db, output)).toEqual({ kind: 'shrunk', before: 60, now: 39 });
  expect(readSnapshot(join(output, 'latest')).rows).toHaveLength(60);
  expect(await history(fresh.db)).toHaveLength(1);
  expect((await exportTo(fresh.db, output, { force: true })).kind).toBe('exported');
  expect(readSnapshot(join(output, 'latest')).rows).toHaveLength(39);
});
