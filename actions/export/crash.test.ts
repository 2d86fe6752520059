import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#sql/testing.ts';
import { gistIdOf, listGists, takeOut } from '#sql/testing-rows.ts';
import { onceFree } from '../publish/testing-crash.ts';
import { exportTo, history, outputFolder, publishNewest, readSnapshot } from './testing.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
}, 60_000);
afterAll(() => fresh.close());

/** Runs an export in a process that dies before its nth step. Its steps if it got to the end, null if it died. */
async function exportUntil(n: number, output: string): Promise<string[] | null> {
  const program = join(import.meta.dirname, 'testing-kill.ts');
  const child = spawn(process.execPath, [program, fresh.db.kind, fresh.as.jobs.url, output, String(n)]);
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

test('killed before any of its steps, an export leaves `latest` whole, and the next run finishes the work', async ({
  annotate,
}) => {
  const output = outputFolder();
  const latest = join(output, 'latest');
  const now = () => new Date();
  await listGists(fresh.db, 150);
  await exportTo(fresh.db, output, { now });
  await publishNewest(fresh.db);

  const outcomes: string[] = [];
  let steps: string[] | null = null;
  let deaths = 0;
  for (; steps === null; deaths += steps === null ? 1 : 0) {
    const before = readSnapshot(latest);
    const departing = deaths + 1;
    await takeOut(fresh.db, departing, 'withdrawn');
    steps = await exportUntil(deaths, output);

    const after = readSnapshot(latest);
    const stood = after.manifest.snapshot_id === before.manifest.snapshot_id;
    if (stood) expect(after).toEqual(before);
    else expect(after.rows).toHaveLength(150 - departing);
    outcomes.push(stood ? 'the earlier snapshot, whole' : 'the new snapshot, whole');

    await onceFree(() => exportTo(fresh.db, output, { now }));
    const { rows, changes, removed, manifest } = readSnapshot(latest);
    expect(rows.map((row) => row.gist_id)).not.toContain(gistIdOf(departing));
    expect(rows).toHaveLength(150 - departing);
    expect(changes.map((change) => change.gist_id)).toEqual([gistIdOf(departing)]);
    expect(removed).toHaveLength(departing);
    expect(readlinkSync(latest)).toBe(manifest.snapshot_dir);
    expect(readdirSync(output).sort()).toEqual(['.lock', 'latest', 'snapshots']);
    await publishNewest(fresh.db);
  }

  expect(deaths).toBe(steps.length);
  const table = steps.map(
    (step, i) => `killed before ${step}: latest is ${outcomes[i]}; the next run finishes`,
  );
  await annotate(table.join('\n'));
  expect(steps.filter((step) => step === 'rename')).toHaveLength(2);
  // Of a death between the history and the folder's name only the history knows.
  const known = await history(fresh.db);
  const abandoned = known.filter((snapshot) => snapshot.abandoned).map(({ id }) => id);
  expect(abandoned.length).toBeGreaterThan(0);
  expect(readdirSync(join(output, 'snapshots')).sort()).toEqual(
    known.map(({ id }) => id).filter((id) => !abandoned.includes(id)),
  );
}, 600_000);
