import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { inventedGist, removal } from '../copy/testing.ts';
import { temporaryFolder } from '../copy/testing-rows.ts';
import { everyFile, purge, wholeCopy } from './testing.ts';

/** Purges in a process that dies before its nth step. Its steps if it got to the end, null if it died. */
async function purgeUntil(n: number, copy: string): Promise<string[] | null> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing-kill.ts'), copy, String(n)]);
  const ended = once(child, 'exit');
  const [told, complaint, [status, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  if (signal === 'SIGKILL') return null;
  if (status !== 0) throw new Error(complaint);
  return JSON.parse(told);
}

test('killed before any of its steps, a purge leaves outputs whole, and the next one finishes the work', async ({
  annotate,
}) => {
  const undisturbed = temporaryFolder();
  const folder = temporaryFolder();
  const begin = (copy: string) => {
    rmSync(copy, { recursive: true, force: true });
    const made = wholeCopy(copy, 4);
    made.removed([removal(inventedGist(2), 90), removal(inventedGist(3), 91)]);
    made.write('.part/fetch-1-of-1-7', 'half of a session');
  };
  begin(undisturbed);
  await purge(undisturbed, { apply: true });
  const expected = everyFile(undisturbed);

  let steps: string[] | null = null;
  let deaths = 0;
  for (; steps === null; deaths += steps === null ? 1 : 0) {
    begin(folder);
    steps = await purgeUntil(deaths, folder);
    // Whoever trains meanwhile finds the earlier file or the new one.
    const lines = readFileSync(join(folder, 'messages/messages.jsonl'), 'utf8').split('\n').length - 1;
    expect([2, 4]).toContain(lines);
    const rows = await parquetReadObjects({
      file: await asyncBufferFromFile(join(folder, 'parquet/sessions.parquet')),
    });
    expect([2, 4]).toContain(rows.length);

    expect(await purge(folder, { apply: true })).toMatchObject({
      kind: 'purged',
      left: { counts: { named: [] } },
    });
    expect(everyFile(folder)).toEqual(expected);
  }
  await annotate(`killed before each of ${steps.length} steps: ${[...new Set(steps)].join(', ')}`);
  expect(deaths).toBe(steps.length);
  for (const step of ['rename', 'append the rest', 'write of rows', 'unlink below', 'rmdir of a tree']) {
    expect(steps).toContain(step);
  }
}, 600_000);
