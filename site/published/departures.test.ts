import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Departure, departuresOf } from './departures.ts';

const gone = 'a'.repeat(32);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'departures-'));
  vi.stubEnv('DATASET_FOLDER', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

function departure(given: Partial<Departure>): Departure {
  const gist_id = given.gist_id ?? gone;
  return {
    seq: 7,
    kind: 'withdrawn',
    record_id: `github_gist:${gist_id}`,
    gist_id,
    gist_version: 'b'.repeat(40),
    previous_gist_version: null,
    reason: null,
    at: '2026-11-22T06:00:00.000Z',
    ...given,
  };
}

async function publish(lines: readonly string[]): Promise<void> {
  const snapshot = join(folder, 'snapshots/one');
  await mkdir(snapshot, { recursive: true });
  await writeFile(join(snapshot, 'removed.ndjson'), lines.map((line) => `${line}\n`).join(''));
  await symlink('snapshots/one', join(folder, 'latest'));
}

test('the departures of one gist come, and of no other', async () => {
  const own = [departure({ seq: 3, kind: 'suspended', reason: 'policy' }), departure({ seq: 9 })];
  const others = [departure({ gist_id: `${'a'.repeat(31)}b` }), departure({ gist_id: 'a'.repeat(20) })];
  await publish([...own, ...others].map((line) => JSON.stringify(line)));
  expect(await departuresOf(gone)).toEqual(own);
  expect(await departuresOf('c'.repeat(32))).toEqual([]);
});

test('where nothing was exported nothing has left', async () => {
  expect(await departuresOf(gone)).toEqual([]);
});

test('a damaged line of the gist is an error, and no departure left out', async () => {
  await publish([JSON.stringify(departure({})).slice(0, -5)]);
  await expect(departuresOf(gone)).rejects.toThrow();
  await rm(join(folder, 'snapshots/one/removed.ndjson'));
  await expect(departuresOf(gone)).rejects.toThrow(/ENOENT/);
});

test('of many who ask at once some are told to come back, and all who wait get their answer', async () => {
  await publish([JSON.stringify(departure({}))]);
  const answers = await Promise.all(Array.from({ length: 20 }, () => departuresOf(gone)));
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(12);
  expect(answers.filter((answer) => answer !== 'busy')).toEqual(Array(8).fill([departure({})]));
  expect(await departuresOf(gone)).toEqual([departure({})]);
});
