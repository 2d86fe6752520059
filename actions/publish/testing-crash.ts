import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FreshDatabase } from '#sql/testing.ts';
import type { Place } from '../bucket/testing.ts';
import type { Settings } from './testing-kill.ts';

/** How a run ended that dies at its nth step: at which, or with all of its steps. */
export type Ended = { died: string } | { steps: string[] };

/** Runs a job in a process that dies at its nth step. */
export async function runUntil(
  n: number,
  job: 'publish' | 'removals',
  { db, as }: Pick<FreshDatabase, 'db' | 'as'>,
  output: string,
  place: Place,
): Promise<Ended> {
  const { url } = as.jobs;
  const settings: Settings = { kind: db.kind, url, output, place: place.access ?? place.bucket.publicPlace };
  const program = join(import.meta.dirname, 'testing-kill.ts');
  const args = [program, job, JSON.stringify(settings), String(n)];
  // What the dead leave in the temporary folder goes with the test's.
  const env = { PATH: process.env.PATH, TMPDIR: output, NODE_COMPILE_CACHE: join(output, '.compiled') };
  const child = spawn(process.execPath, args, { env });
  const [told, complaint, [status, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  if (signal === 'SIGKILL') return { died: told };
  if (status !== 0) throw new Error(complaint);
  return { steps: JSON.parse(told) };
}

/** Runs a job again until the database has noticed that the one before is dead, and lets go of its lock. */
export async function onceFree<T extends { kind: string }>(run: () => Promise<T>): Promise<T> {
  for (;;) {
    const outcome = await run();
    if (outcome.kind !== 'busy') return outcome;
    await sleep(20);
  }
}
