import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { emptyIndex } from '#sql/testing-rows.ts';
import { bothDatabases, everythingTaken } from './testing.ts';
import { fillOriginal } from './testing-original.ts';

const { index, original } = bothDatabases();

/** Takes the original over in a process that dies before its nth statement; null where it came to its end. */
async function takeOverUntil(n: number | null): Promise<NodeJS.Signals | null> {
  const program = join(import.meta.dirname, 'testing-kill.ts');
  const child = spawn(process.execPath, [
    ...[program, index.db.kind, index.url, original.url],
    ...['2026-12-01T06:00:00.000Z', String(n)],
  ]);
  const ended = once(child, 'exit');
  const [complaint, [status, signal]] = await Promise.all([text(child.stderr), ended]);
  if (status !== 0 && signal !== 'SIGKILL') throw new Error(complaint);
  return signal;
}

async function empty(): Promise<void> {
  await emptyIndex(index.db);
  await index.db.query('delete from account');
}

test('killed before any of its statements, it has taken over nothing, and the next run everything', {
  timeout: 600_000,
}, async () => {
  await original.db.query('truncate "User" cascade');
  await fillOriginal(original.db, 60);
  const nothing = await everythingTaken(index.db);
  await takeOverUntil(null);
  const everything = await everythingTaken(index.db);
  expect(everything.rows).toHaveLength(60);

  let deaths = 0;
  for (;;) {
    await empty();
    if ((await takeOverUntil(deaths)) === null) break;
    expect(await everythingTaken(index.db)).toEqual(nothing);
    await takeOverUntil(null);
    expect(await everythingTaken(index.db)).toEqual(everything);
    deaths += 1;
  }
  // The index is looked up, the log locked, and accounts, rows and lines are written before the commit.
  expect(deaths).toBeGreaterThan(8);
});
