import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { copyOf, existing, filesIn, hydrate, rowOf } from './testing.ts';
import { contentsOf, startHost } from './testing-host.ts';

const kills = 20;

/** Gists with a file of their own, one that many have, and now and then one too large for memory. */
const gists = Array.from({ length: 60 }, (_, i) => {
  const files = {
    'session.jsonl': `${`{"session":${i}}\n`.repeat(i % 20 === 7 ? 30_000 : 50)}`,
    'notes.md': `notes of ${i % 9}\n`,
  };
  return { row: rowOf(`${(i * 37).toString(16).padStart(4, '0')}`, files), files };
});

/** Hydrates in a process that dies before its nth step. Its number of steps if it got to the end, null if it died. */
async function hydrateUntil(n: number, copy: string, origin: string): Promise<number | null> {
  const program = join(import.meta.dirname, 'testing-kill.ts');
  const child = spawn(process.execPath, [program, copy, origin, String(n)]);
  const ended = once(child, 'exit');
  const [told, complaint, [status, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  if (signal === 'SIGKILL') return null;
  if (status !== 0) throw new Error(complaint);
  return Number(told);
}

const shasIn = (copy: string) =>
  Object.keys(filesIn(copy, ['store'])).map((path) => path.slice(path.lastIndexOf('/') + 1));

test('killed twenty times, a hydrate leaves what an undisturbed one leaves, and fetches nothing twice that was stored', {
  timeout: 300_000,
}, async ({ annotate }) => {
  const host = await startHost(contentsOf(gists));
  const rows = gists.map(({ row }) => row);
  const whole = copyOf(rows);
  await hydrate(whole, host.origin);
  const once = host.asked.length;
  host.asked.length = 0;

  const copy = copyOf(rows);
  const table: string[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    const stored = new Set(shasIn(copy));
    const before = host.asked.length;
    const n = 3 + ((kill * 11) % 23);
    expect(await hydrateUntil(n, copy, host.origin)).toBeNull();
    const asked = host.asked.slice(before).map((path) => path.split('/')[4] ?? '');
    expect(asked.filter((sha) => stored.has(sha))).toEqual([]);
    expect(existing(copy)).not.toContain('status.ndjson');
    table.push(`${kill}. before step ${n}: ${stored.size} files stored, ${asked.length} asked for`);
  }
  const stored = shasIn(copy);
  expect(stored.length).toBeGreaterThan(20);
  const before = host.asked.length;
  expect(await hydrateUntil(-1, copy, host.origin)).toBeGreaterThan(100);
  expect(host.asked.length - before).toBe(once - stored.length);
  expect(filesIn(copy)).toEqual(filesIn(whole));
  expect(existing(join(copy, '.part'))).toEqual([]);
  await annotate(table.join('\n'));
});
