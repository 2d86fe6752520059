import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freshIndex } from '#sql/testing-index.ts';
import { listGists, takeOut } from '#sql/testing-rows.ts';
import { type Place, places, textAt } from '../bucket/testing.ts';
import { outputFolder, readSnapshot } from '../export/testing.ts';
import { endOf } from '../testing.ts';
import { strangerReads } from './testing.ts';

const fresh = freshIndex();

/** Runs a job as people do, on the test's database and with nothing else in its environment. */
const job = (name: string, args: string[], env: Record<string, string> = {}) =>
  endOf(name, args, { cwd: outputFolder(), env: { DATABASE_URL: fresh.as.jobs.url, ...env } });

describe.each(places)('by way of a $name', ({ make }) => {
  test('exported, planned, published, refreshed and fetched', async () => {
    const [place, output, elsewhere]: [Place, string, string] = [
      await make(),
      outputFolder(),
      outputFolder(),
    ];
    const env = { ...place.env, DATASET_OUTPUT_DIR: output };
    await listGists(fresh.db, 3);
    expect(await job('publish', place.flags, env)).toMatchObject({
      code: 0,
      stdout: 'There is no snapshot yet. Run npm run dataset:export first.\n',
    });
    expect((await job('export', [], env)).code).toBe(0);
    const { snapshot_id: id } = readSnapshot(join(output, 'latest')).manifest;

    const planned = await job('publish', [...place.flags, '--dry-run'], env);
    expect(planned.code).toBe(0);
    expect(planned.stdout).toContain(`  create  snapshots/${id}/submissions.ndjson  `);
    expect(planned.stdout).toMatch(/Nothing was written\.\n$/);
    expect(await strangerReads(place)).toBeNull();

    const done = await job('publish', [...place.flags, '--json'], env);
    expect(done.code).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({
      published: true,
      snapshot_id: id,
      place: place.bucket.publicPlace,
      found: 0,
      seconds: expect.any(Number),
    });
    expect(await strangerReads(place)).toMatchObject({ id, rows: 3 });
    expect(await job('publish', place.flags, env)).toMatchObject({
      code: 0,
      stdout: `Nothing to publish: ${id} is the newest snapshot, and is published.\n`,
    });

    await takeOut(fresh.db, 1, 'withdrawn');
    const refreshed = await job('removals', place.flags, env);
    expect(refreshed).toMatchObject({ code: 0 });
    expect(refreshed.stdout).toContain('latest/removed.ndjson has new lines; departures so far: 1\n');
    expect((await textAt(place.bucket, 'latest/removed.ndjson'))?.split('\n')).toHaveLength(2);

    // Needs no keys and no database.
    const fetched = await job('fetch', ['--from', place.bucket.publicPlace], {
      DATABASE_URL: '',
      DATASET_OUTPUT_DIR: elsewhere,
    });
    expect(fetched.code).toBe(0);
    expect(readSnapshot(join(elsewhere, 'latest')).manifest.snapshot_id).toBe(id);
    if (place.access !== null) {
      expect(await job('fetch', ['--output', elsewhere], place.env)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`Snapshot ${id} is here already, whole.`),
      });
    }
  });
});

test.each(['publish', 'removals', 'fetch'])('%s --help names every flag and starts nothing', async (name) => {
  const { code, stdout } = await job(name, ['--help'], { DATABASE_URL: 'postgres://127.0.0.1:1/none' });
  expect(code).toBe(0);
  const flags = { publish: '--to DIR', removals: '--to DIR', fetch: '--from PLACE' }[name] ?? '';
  for (const flag of [flags, '--json', '--help']) expect(stdout).toContain(flag);
});

test.each(['publish', 'removals'])('in GitHub Actions, %s refuses to do without a bucket', async (name) => {
  const ended = await job(name, [], { GITHUB_ACTIONS: 'true' });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/^dataset:\w+: HETZNER_S3_ENDPOINT is not set\./);
});

test('no database there: a sentence, exit code 1', async () => {
  const output = join(outputFolder(), 'dataset');
  const env = { DATABASE_URL: 'postgres://x@127.0.0.1:1/x', DATASET_OUTPUT_DIR: output };
  const ended = await job('publish', ['--to', join(output, 'public')], env);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/^dataset:publish: The database does not answer .+\n$/);
  expect(existsSync(join(output, 'public'))).toBe(false);
});

test('keys that are not all there: a sentence naming the one that is missing', async () => {
  const ended = await job('publish', [], {
    HETZNER_S3_ENDPOINT: 'http://127.0.0.1:1',
    HETZNER_S3_BUCKET: 'b-b',
  });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/^dataset:publish: AWS_ACCESS_KEY_ID is not set, but other parts/);
});
