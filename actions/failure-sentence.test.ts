import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeFileLock } from '#sql/file-lock.ts';
import { openPool } from '#sql/pool.ts';
import { failureSentence } from './failure-sentence.ts';

async function sentenceOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
  } catch (error) {
    return failureSentence(error);
  }
  throw new Error('It did not fail.');
}

test('a full disk', async () => {
  const full = await open('/dev/full', 'w');
  expect(await sentenceOf(() => full.appendFile('x'))).toMatch(
    /^The disk is full: the output folder .* run this again\.$/,
  );
  await full.close();
});

test('a path through a file, a missing one, one in the way: each is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-failure-'));
  const file = join(folder, 'file');
  await writeFile(file, '');
  expect(await sentenceOf(() => mkdir(join(file, 'x'), { recursive: true }))).toContain(file);
  expect(await sentenceOf(() => readFile(join(folder, 'none')))).toMatch(/none is not there/);
  expect(await sentenceOf(() => mkdir(file))).toMatch(/file is in the way/);
  await rm(folder, { recursive: true });
});

test('an error without a path is no error of the disk', () => {
  const listening = Object.assign(new Error('listen EACCES: permission denied 0.0.0.0:80'), {
    code: 'EACCES',
    syscall: 'listen',
  });
  expect(failureSentence(listening)).toBeNull();
});

test('a file that cannot be locked is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-failure-'));
  const file = join(folder, 'owner.lock');
  await writeFile(file, 'not a lock file, but long enough to be taken for one'.repeat(20));
  expect(await sentenceOf(async () => takeFileLock(file))).toBe(
    `${file} cannot be locked: file is not a database. Check that this file may be written.`,
  );
  expect(await sentenceOf(async () => takeFileLock(join(folder, 'none', 'owner.lock')))).toContain(
    join('none', 'owner.lock'),
  );
  await rm(folder, { recursive: true });
});

test.each(['127.0.0.1', 'localhost'])('no database at %s: the reason is named', async (host) => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await new Promise((closed) => server.close(closed));
  const silent = { info: () => undefined, warn: () => undefined };
  const pool = openPool({ url: `postgres://x@${host}:${port}/x`, kind: 'server', log: silent });
  expect(await sentenceOf(() => pool.query('select 1'))).toMatch(
    /^The database does not answer \(.*ECONNREFUSED/,
  );
  await pool.close();
});

test('a bug has no sentence', () => {
  expect(failureSentence(new TypeError('x is not a function'))).toBeNull();
  expect(failureSentence('thrown text')).toBeNull();
});
