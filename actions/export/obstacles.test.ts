import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Database } from '#sql/db.ts';
import { realServer } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { gistIdOf, listGists, takeOut } from '#sql/testing-rows.ts';
import { failureSentence } from '../failure-sentence.ts';
import { exportTo, history, outputFolder, readSnapshot } from './testing.ts';

const fresh = freshIndex();
beforeEach(() => listGists(fresh.db, 3));

/** What an operator reads when an export fails. */
async function failure(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => 'It did not fail.',
    (error) => failureSentence(error),
  );
}

const id = '2026-03-01T00-00-00-000Z';

test('two exports at once into one folder: one writes, the other says so', async () => {
  const output = outputFolder();
  const outcomes = await Promise.all([exportTo(fresh.db, output), exportTo(fresh.db, output)]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['busy', 'exported']);
  expect(await history(fresh.db)).toHaveLength(1);
  readSnapshot(join(output, 'latest'));
});

test.skipIf(!realServer)('two exports at once into two folders: one writes, the other says so', async () => {
  const outcomes = await Promise.all([
    exportTo(fresh.db, outputFolder()),
    exportTo(fresh.db, outputFolder()),
  ]);
  expect(outcomes).toContainEqual({ kind: 'busy', what: 'database' });
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['busy', 'exported']);
  expect(await history(fresh.db)).toHaveLength(1);
});

test('a `latest` that is a folder of somebody else’s is left alone', async () => {
  const output = outputFolder();
  mkdirSync(join(output, 'latest'));
  writeFileSync(join(output, 'latest/submissions.ndjson'), 'theirs');
  expect(await exportTo(fresh.db, output)).toEqual({ kind: 'latest_is_no_link' });
  expect(readFileSync(join(output, 'latest/submissions.ndjson'), 'utf8')).toBe('theirs');
  expect(await history(fresh.db)).toEqual([]);
});

test('a full disk: a sentence, nothing left behind, and the earlier snapshot whole', async () => {
  const output = outputFolder();
  await exportTo(fresh.db, output);
  await takeOut(fresh.db, 1, 'withdrawn');
  const diskFull = (folder: string) => () => symlinkSync('/dev/full', join(output, folder, 'changes.ndjson'));
  const second = '.export-2026-03-01T00-00-00-001Z';
  expect(await failure(exportTo(fresh.db, output, { progress: diskFull(second) }))).toMatch(
    /^The disk is full/,
  );
  expect(readdirSync(output).sort()).toEqual(['.lock', 'latest', 'snapshots']);
  expect(readSnapshot(join(output, 'latest')).rows).toHaveLength(3);
  expect(await history(fresh.db)).toHaveLength(1);
  expect((await exportTo(fresh.db, output)).kind).toBe('exported');
  expect(readSnapshot(join(output, 'latest')).rows).toHaveLength(2);
});

test('an output folder that cannot be made: a sentence naming it', async () => {
  const file = join(outputFolder(), 'file');
  writeFileSync(file, '');
  const sentence = await failure(exportTo(fresh.db, join(file, 'dataset')));
  expect(sentence).toContain(join(file, 'dataset'));
  expect(sentence).toContain('Choose another folder.');
});

test('an output folder that cannot be locked: a sentence', async () => {
  const output = outputFolder();
  mkdirSync(join(output, '.lock'));
  expect(await failure(exportTo(fresh.db, output))).toMatch(/lock/);
});

test('a folder that has the new snapshot’s name: a sentence, the folder untouched, and the next run gets through', async () => {
  const output = outputFolder();
  mkdirSync(join(output, 'snapshots', id), { recursive: true });
  writeFileSync(join(output, 'snapshots', id, 'theirs'), 'theirs');
  expect(await failure(exportTo(fresh.db, output))).toMatch(/is in the way/);
  expect(readdirSync(join(output, 'snapshots', id))).toEqual(['theirs']);
  expect((await exportTo(fresh.db, output)).kind).toBe('exported');
  expect((await history(fresh.db)).map(({ abandoned }) => abandoned)).toEqual([true, false]);
});

test('a row that does not fit the contract stops the export, which names the gist and the field but not its content', async () => {
  const output = outputFolder();
  await fresh.db.query(`update submission set title = repeat('hidden', 99) where gist_id = $1`, [
    gistIdOf(2),
  ]);
  expect(await failure(exportTo(fresh.db, output))).toBe(
    `The row of gist ${gistIdOf(2)} does not fit the dataset's schema (title), so nothing was exported.`,
  );
  expect(readdirSync(output)).toEqual(['.lock']);
  expect(await history(fresh.db)).toEqual([]);
});

test.each([
  ['rows', 'from submission', /^3 rows are listed, 2 of them came\.$/],
  ['changes', 'from moderation_log', /^The log has 3 changes, 2 of them came\.$/],
])('%s that do not come are missed, and nothing is exported', async (_, from, words) => {
  const output = outputFolder();
  const losing: Database = {
    ...fresh.db,
    connection: (work) =>
      fresh.db.connection((connection) =>
        work({
          ...connection,
          transaction: (inner, mode) =>
            connection.transaction(
              (tx) =>
                inner({
                  ...tx,
                  copy: (select) => tx.copy(select.includes(from) ? `${select} limit 2` : select),
                }),
              mode,
            ),
        }),
      ),
  };
  await expect(exportTo(losing, output)).rejects.toThrow(words);
  expect(readdirSync(output)).toEqual(['.lock']);
  expect(await history(fresh.db)).toEqual([]);
});

test('a stop between two batches ends the export and leaves nothing behind', async () => {
  const output = outputFolder();
  const stop = new AbortController();
  const progress = () => stop.abort(new Error('stopped'));
  await expect(exportTo(fresh.db, output, { signal: stop.signal, progress })).rejects.toThrow('stopped');
  expect(readdirSync(output)).toEqual(['.lock']);
  expect(await history(fresh.db)).toEqual([]);
});

test.skipIf(!realServer)(
  'a database that goes away in the middle: a sentence, and the next run gets through',
  async () => {
    const output = outputFolder();
    const progress = () => {
      ended ??= fresh.db.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
    };
    let ended: Promise<unknown> | undefined;
    const sentence = await failure(exportTo(fresh.db, output, { progress }));
    await ended;
    expect(sentence).toMatch(/^The database does not answer/);
    expect(readdirSync(output)).toEqual(['.lock']);
    expect((await exportTo(fresh.db, output)).kind).toBe('exported');
  },
);
