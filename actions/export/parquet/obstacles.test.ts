import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { realServer } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { listGists } from '#sql/testing-rows.ts';
import { failureSentence } from '../../failure-sentence.ts';
import { exportTo, history, outputFolder, readSnapshot } from '../testing.ts';
import { writeParquet } from './write-parquet.ts';

const fresh = freshIndex();
beforeEach(() => listGists(fresh.db, 3));

/** The process that writes Parquet into an output folder, as soon as it runs. */
async function parquetProcess(output: string): Promise<number> {
  for (;;) {
    const found = readdirSync('/proc').find((pid) => {
      const words = /^\d+$/.test(pid) ? commandOf(pid) : '';
      return words.includes('parquet/child.ts') && words.includes(output);
    });
    if (found !== undefined) return Number(found);
    await sleep(5);
  }
}

/** Processes end while they are looked at. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** What an operator reads when an export fails. */
const sentenceOf = (work: Promise<unknown>) => work.then(() => 'It did not fail.', failureSentence);

async function expectNothingLeft(output: string): Promise<void> {
  expect(readdirSync(output)).toEqual(['.lock']);
  expect(await history(fresh.db)).toEqual([]);
  expect((await exportTo(fresh.db, output)).kind).toBe('exported');
  expect(readSnapshot(join(output, 'latest')).rows).toHaveLength(3);
}

test.each(['submissions.parquet', 'submissions-by-gist.parquet'])(
  'a disk that is full when %s is written: a sentence, and nothing left behind',
  async (name) => {
    const output = outputFolder();
    const progress = () => {
      const folder = join(output, '.export-2026-03-01T00-00-00-000Z');
      for (const written of [name, `tmp_${name}`]) symlinkSync('/dev/full', join(folder, written));
    };
    expect(await sentenceOf(exportTo(fresh.db, output, { progress }))).toBe(
      'submissions.parquet could not be written: the disk is full. Free some space, then run this again.',
    );
    await expectNothingLeft(output);
  },
);

test('something in the way of a file: what DuckDB calls it, and no more of what it says', async () => {
  const output = outputFolder();
  const progress = () =>
    mkdirSync(join(output, '.export-2026-03-01T00-00-00-000Z/submissions.parquet'), { recursive: true });
  expect(await sentenceOf(exportTo(fresh.db, output, { progress }))).toBe(
    'submissions.parquet could not be written: IO Error in DuckDB.',
  );
  await expectNothingLeft(output);
});

test('killed, as where memory runs out: a sentence, and nothing left behind', async () => {
  const output = outputFolder();
  const sentence = sentenceOf(exportTo(fresh.db, output));
  process.kill(await parquetProcess(output), 'SIGKILL');
  expect(await sentence).toBe(
    'submissions.parquet could not be written: it was ended by SIGKILL. Run this again.',
  );
  await expectNothingLeft(output);
});

/** A job that exports, and the process in it that writes Parquet, held before it gets anywhere. */
async function heldExport(output: string) {
  const program = join(import.meta.dirname, '../index.ts');
  const env = { PATH: process.env.PATH, DATABASE_URL: fresh.as.jobs.url };
  const job = spawn(process.execPath, [program, '--output', output], { env });
  const ended = once(job, 'exit');
  let told = '';
  job.stderr.on('data', (piece) => {
    told += piece;
  });
  const writing = await parquetProcess(output);
  process.kill(writing, 'SIGSTOP');
  onTestFinished(() => {
    job.kill('SIGKILL');
    if (runs(writing)) process.kill(writing, 'SIGKILL');
  });
  return { job, ended, writing, told: () => told };
}

const runs = (pid: number) => commandOf(String(pid)) !== '';

test('a stop ends the writing of Parquet too, and nothing is left behind', async () => {
  const output = outputFolder();
  const { job, ended, writing, told } = await heldExport(output);
  job.kill('SIGTERM');
  // It does not wait for what is held.
  expect(await ended).toEqual([143, null]);
  expect(told()).toMatch(/dataset:export: Stopped by SIGTERM\. Run it again to finish\.\n$/);
  expect(runs(writing)).toBe(false);
  await expectNothingLeft(output);
});

test('when a stopped writing says so, its process has ended', async () => {
  const [folder, stop] = [outputFolder(), new AbortController()];
  const written = writeParquet(folder, stop.signal);
  const writing = await parquetProcess(folder);
  stop.abort(new Error('stopped'));
  await expect(written).rejects.toThrow('stopped');
  expect(existsSync(`/proc/${writing}`)).toBe(false);
});

test('an export that is killed leaves nobody behind who writes into its folder', async () => {
  const output = outputFolder();
  const { job, ended, writing } = await heldExport(output);
  job.kill('SIGKILL');
  await ended;
  process.kill(writing, 'SIGCONT');
  while (runs(writing)) await sleep(5);
  const [folder = ''] = readdirSync(output).filter((name) => name.startsWith('.export-'));
  expect(readdirSync(join(output, folder))).not.toContain('submissions-by-gist.parquet');
});

test.skipIf(!realServer)('no transaction is open while Parquet is written', async () => {
  const output = outputFolder();
  const exported = exportTo(fresh.db, output);
  await parquetProcess(output);
  const { rows } = await fresh.db.query<{ state: string }>(
    `select state from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and xact_start is not null`,
  );
  expect(existsSync(join(output, 'latest'))).toBe(false);
  expect(rows).toEqual([]);
  await exported;
});
