import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { freshDatabase } from '#sql/testing.ts';
import { writeSnapshotOf } from '../../actions/bench/large-snapshot.ts';
import { freePort, runProgram, startProgram } from '../../actions/testing.ts';

/** The built site of an index with these sessions, newest approval first, as production serves it. */
export async function startBuilt(
  rows: readonly DatasetRow[],
): Promise<{ address: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-explorer-'));
  const dataset = join(folder, 'dataset');
  await writeSnapshotOf(
    dataset,
    rows.map((row) => JSON.stringify(row)),
  );
  const port = await freePort();
  const settings = { SITE_URL: `http://127.0.0.1:${port}`, DATASET_OUTPUT_DIR: dataset };
  await runProgram('build', [], { cwd: folder, env: settings });
  const database = await freshDatabase();
  const secrets = {
    DATABASE_URL: database.url,
    SESSION_SECRET: 'of the tests, and long enough to be one',
    GITHUB_CLIENT_ID: 'tests',
    GITHUB_CLIENT_SECRET: 'of the tests',
    MODERATOR_GITHUB_IDS: '1',
  };
  const site = await startProgram('start', ['--port', port, '--drain', '0'], {
    cwd: folder,
    env: { ...settings, ...secrets },
    ready: /Serving (http:\S+) on/,
  });
  return {
    address: site.address,
    async stop() {
      await site.stop();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
