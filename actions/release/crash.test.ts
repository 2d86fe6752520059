import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Standin } from '#github/standin/server.ts';
import { type FreshDatabase, freshDatabase } from '#sql/testing.ts';
import { emptyIndex } from '#sql/testing-rows.ts';
import { onceFree } from '../publish/testing-crash.ts';
import { byHand, isWholeRelease, publishedSnapshot, release, releasesOf } from './testing.ts';

const compiled = mkdtempSync(join(tmpdir(), 'openagentsessions-compiled-'));
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
}, 60_000);
afterAll(async () => {
  await fresh.close();
  rmSync(compiled, { recursive: true });
});
beforeEach(() => emptyIndex(fresh.db));

type World = Awaited<ReturnType<typeof publishedSnapshot>>;
const whole = 'the release, whole';
/** Splits the rows, and nothing else. */
const partBytes = 30_000;
const rows = 35;

/** Makes a release in a process that dies before its nth step. Its steps if it got to the end, null if it died. */
async function releaseUntil(
  n: number,
  { output, standin }: World,
  repository: string,
): Promise<string[] | null> {
  const program = join(import.meta.dirname, 'testing-kill.ts');
  const args = [fresh.db.kind, fresh.as.jobs.url, output, standin.origin, repository, String(n)];
  // What the first process compiled, the others need not: half of their time.
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  const child = spawn(process.execPath, [program, ...args], { env });
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

/** What is public and what is not, in words: "nothing", "a draft with 3 files", "the release, whole". */
async function stateOf({ standin, folder }: World, repository: string): Promise<string> {
  const releases = await releasesOf(standin, repository);
  const words: string[] = [];
  for (const one of releases) {
    const broken = one.assets.filter(({ state }) => state !== 'uploaded').length;
    const draft = `a draft with ${one.assets.length - broken} files${broken > 0 ? ` and ${broken} broken` : ''}`;
    words.push(one.draft ? draft : (await isWholeRelease(one, folder)) ? whole : 'the release, torn');
  }
  return words.join(' and ') || 'nothing';
}

/** What may stand after a death. */
const allowed = /^(?:nothing|a draft with \d+ files(?: and 1 broken)?|the release, whole)$/;

/** Kills at one step, runs again and once more, and says what was seen. */
async function killAndRerun(n: number, world: World, repository: string): Promise<string> {
  const { standin, output } = world;
  expect(await releaseUntil(n, world, repository)).toBeNull();
  const after = await stateOf(world, repository);
  expect(after).toMatch(allowed);
  const rerun = await onceFree(() => release(fresh.db, standin, { output, repository, partBytes }));
  expect(rerun.kind).toBe(after === whole ? 'already' : 'released');
  expect(await stateOf(world, repository)).toBe(whole);
  const before = standin.requests.length;
  expect((await release(fresh.db, standin, { output, repository, partBytes })).kind).toBe('already');
  expect(standin.requests.slice(before).every(({ method }) => method === 'GET')).toBe(true);
  return `${after}; run again: ${rerun.kind}`;
}

/** Every step but the reads after the first: nothing leaves the process between one and the request that follows. */
function fatalSteps(steps: readonly string[]): [number, string][] {
  const firstRead = steps.findIndex((step) => step.startsWith('read'));
  return [...steps.entries()].filter(([n, step]) => n === firstRead || !step.startsWith('read'));
}

async function draftWithRubbish(standin: Standin, repository: string, tag: string): Promise<void> {
  const made = await byHand(standin, 'POST', `${repository}/releases`, { tag_name: tag, draft: true });
  const { id } = await made.json();
  await byHand(standin, 'POST', `${repository}/releases/${id}/assets?name=urls.txt`, 'other bytes');
}

test('killed at any step, a release is public whole or not at all, and the next run finishes it', async ({
  annotate,
}) => {
  const world = await publishedSnapshot(fresh.db, rows);
  const steps = await releaseUntil(Number.POSITIVE_INFINITY, world, 'ada/unharmed');
  expect(await stateOf(world, 'ada/unharmed')).toBe(whole);
  if (steps === null) throw new Error('It died though nobody killed it.');
  expect(steps).toContain('before POST /releases/N/assets submissions.ndjson.part-002');
  expect(steps.filter((step) => step.startsWith('half of POST'))).not.toHaveLength(0);
  expect(steps.filter((step) => step.startsWith('before PATCH'))).toHaveLength(1);
  for (const [n, step] of fatalSteps(steps)) {
    await annotate(`killed at ${step}: ${await killAndRerun(n, world, `ada/run-${n}`)}`);
  }
}, 600_000);

test('killed while it clears a draft of an earlier run, too', async ({ annotate }) => {
  const world = await publishedSnapshot(fresh.db, rows);
  await draftWithRubbish(world.standin, 'ada/unharmed', world.tag);
  const steps = await releaseUntil(Number.POSITIVE_INFINITY, world, 'ada/unharmed');
  if (steps === null) throw new Error('It died though nobody killed it.');
  const clearing = [...steps.entries()]
    .filter(([, step]) => /DELETE|GET \/releases\/N$/.test(step))
    .slice(0, 4);
  expect(clearing.map(([, step]) => step)).toContain('before DELETE /releases/assets/N');
  for (const [n, step] of clearing) {
    const repository = `ada/clearing-${n}`;
    await draftWithRubbish(world.standin, repository, world.tag);
    await annotate(`killed at ${step}: ${await killAndRerun(n, world, repository)}`);
  }
}, 600_000);
