import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeFileLock } from '../file-lock.ts';
import { freshDataDir } from '../testing/fresh-embedded.ts';
import { silent } from '../testing.ts';
import { DatabaseUnavailable, isDatabaseUnavailable } from '../unavailable.ts';
import { type EmbeddedDatabase, openEmbedded } from './open.ts';
import { readOwner, writeOwner } from './owner-file.ts';

// Embedded databases start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const script = fileURLToPath(new URL('../testing/embedded-process.ts', import.meta.url));
let dataDir: string;
let children: ChildProcess[] = [];
let databases: EmbeddedDatabase[] = [];

beforeEach(async () => {
  dataDir = await freshDataDir();
});
afterEach(async () => {
  for (const child of children) await killed(child);
  for (const database of databases) await database.close();
  children = [];
  databases = [];
  rmSync(dataDir, { recursive: true, force: true });
});

async function open(): Promise<EmbeddedDatabase> {
  const database = await openEmbedded({ dataDir, log: silent });
  databases.push(database);
  return database;
}

/** Starts another process on the same folder; resolves with its role once it has the database. */
async function start(mode: 'hold' | 'insert', folder = dataDir) {
  const child = spawn(process.execPath, [script, folder, mode], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the process ended with ${code} before it had the database`);
  });
  await Promise.race([once(output, 'line'), failed]);
  return { child, role: lines[0], answered: () => lines.slice(1) };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'close');
}

async function ended(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  await once(child, 'close');
}

/** The connection to an owner that was killed may be found broken by one query, not by a second. */
async function countWritten(database: EmbeddedDatabase): Promise<number> {
  const count = async () =>
    (await database.query<{ n: number }>('select count(*)::int as n from written')).rows[0]?.n ?? -1;
  return await count().catch((error) => {
    if (!isDatabaseUnavailable(error)) throw error;
    return count();
  });
}

describe('several processes', () => {
  test('of three that start on a new folder one becomes the owner, and all work', async () => {
    const fresh = mkdtempSync(join(tmpdir(), 'openagentsessions-test-'));
    try {
      const started = await Promise.all([start('hold', fresh), start('hold', fresh), start('hold', fresh)]);
      expect(started.map(({ role }) => role).sort()).toEqual(['client', 'client', 'owner']);
      expect(readOwner(fresh)?.pid).toBe(started.find(({ role }) => role === 'owner')?.child.pid);
    } finally {
      for (const child of children) await killed(child);
      rmSync(fresh, { recursive: true });
    }
  });

  test('when the owner is killed, whoever needs the database next owns it, with everything written', async () => {
    const { child, role } = await start('hold');
    expect(role).toBe('owner');
    const database = await open();
    await database.query(`insert into written values ('before')`);
    expect(database.owner).toBe(false);
    await killed(child);
    expect(await countWritten(database)).toBe(1);
    expect(database.owner).toBe(true);
    expect((await start('hold')).role).toBe('client');
  });

  test('when a job was first and ends, the development server goes on as the owner', async () => {
    const job = await start('hold');
    const dev = await open();
    expect([job.role, dev.owner]).toEqual(['owner', false]);
    expect(readOwner(dataDir)?.pid).toBe(job.child.pid);
    await ended(job.child);
    expect(await countWritten(dev)).toBe(0);
    expect(readOwner(dataDir)?.pid).toBe(process.pid);
  });

  test('a transaction that loses its owner fails as unavailable and leaves nothing', async () => {
    const { child } = await start('hold');
    const database = await open();
    const outcome = database.transaction(async (tx) => {
      await tx.query(`insert into written values ('half')`);
      await killed(child);
      await tx.query(`insert into written values ('other half')`);
    });
    await expect(outcome).rejects.toSatisfy(isDatabaseUnavailable);
    expect(await countWritten(database)).toBe(0);
  });

  test('an owner that closes lets open transactions end and answers who waits; then another one owns', async () => {
    const owner = await open();
    const [busy, waiting] = [await open(), await open()];
    await owner.query('create table written (n text)');
    let answer: Promise<unknown> | undefined;
    let closing: Promise<void> | undefined;
    await busy.transaction(async (tx) => {
      await tx.query(`insert into written values ('last')`);
      answer = waiting.query('select n from written').then(({ rows }) => rows);
      await sleep(200);
      closing = owner.close();
      await sleep(50);
      await tx.query(`insert into written values ('very last')`);
    });
    expect(await answer).toEqual([{ n: 'last' }, { n: 'very last' }]);
    await closing;
    expect(await countWritten(waiting)).toBe(2);
    expect(await countWritten(busy)).toBe(2);
    expect([owner.owner, waiting.owner, busy.owner]).toEqual([false, true, false]);
  });
});

test('kill -9 of an owner that writes loses no answered row and doubles none', async () => {
  const answered: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    const writer = await start('insert');
    const other = await start('insert');
    expect([writer.role, other.role]).toEqual(['owner', 'client']);
    while (writer.answered().length < 100 || other.answered().length < 100) await sleep(5);
    await Promise.all([killed(writer.child), killed(other.child)]);
    answered.push(...writer.answered(), ...other.answered());
  }
  const database = await open();
  const { rows } = await database.query<{ n: string }>('select n from written');
  const found = new Set(rows.map(({ n }) => n));
  expect(answered.filter((n) => !found.has(n))).toEqual([]);
  expect(answered.length).toBeGreaterThanOrEqual(800);
  // The index was not left behind by the table.
  const again = await database.query('insert into written values ($1) on conflict do nothing', [answered[0]]);
  expect(again.rowCount).toBe(0);
}, 180_000);

describe('what a dead owner left behind', () => {
  test.each([
    ['garbage', 'not json{'],
    ['nothing', ''],
    ['another shape', '{"pid": "7", "port": -1}'],
    ['a dead process', JSON.stringify({ pid: 2 ** 22 + 1, port: 9, token: 'old' })],
    ['a process number used again', JSON.stringify({ pid: process.pid, port: 9, token: 'old' })],
  ])('%s in owner.json does not stop the next owner', async (_name, content) => {
    writeFileSync(join(dataDir, 'owner.json'), content);
    const database = await open();
    expect(database.owner).toBe(true);
    expect(readOwner(dataDir)?.pid).toBe(process.pid);
  });

  test('a process waits for an owner that is starting, past the address of the one before', async () => {
    const lock = takeFileLock(join(dataDir, 'owner.lock'));
    writeOwner(dataDir, { pid: process.pid, port: 9, token: 'old' });
    const opening = open();
    await sleep(200);
    lock?.release();
    expect((await opening).owner).toBe(true);
  });
});

test('an owner that never answers is named, and the wait ends', async () => {
  const lock = takeFileLock(join(dataDir, 'owner.lock'));
  writeOwner(dataDir, { pid: 4711, port: 9, token: 'old' });
  const opening = openEmbedded({ dataDir, log: silent, patience: 100 });
  await expect(opening).rejects.toThrow(DatabaseUnavailable);
  await expect(opening).rejects.toThrow(/belongs to process 4711, which does not answer/);
  lock?.release();
});

test('a program on the port of an owner is not taken for the database', async () => {
  const stranger = createServer((socket) => {
    socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const address = stranger.address();
  const lock = takeFileLock(join(dataDir, 'owner.lock'));
  if (address === null || typeof address === 'string') throw new Error('a port was asked for');
  writeOwner(dataDir, { pid: process.pid, port: address.port, token: 'old' });
  await expect(openEmbedded({ dataDir, log: silent, patience: 100 })).rejects.toThrow();
  lock?.release();
  stranger.close();
  expect((await open()).owner).toBe(true);
});

test('what was written is there after closing and opening again', async () => {
  const first = await open();
  await first.query('create table written (n text)');
  await first.query(`insert into written values ('kept')`);
  await first.close();
  const second = await open();
  expect((await second.query('select n from written')).rows).toEqual([{ n: 'kept' }]);
});
