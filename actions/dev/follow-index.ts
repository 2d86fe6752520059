import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#sql/db.ts';
import { readDatasetHead } from '#sql/queries/dataset.ts';
import { newestSnapshot } from '#sql/queries/snapshots.ts';
import { readLatest } from '../export/output-folder.ts';
import { run as runExport } from '../export/run.ts';

/**
 * Makes the output folder show this index and no other: exports what is listed, or, for an index that never listed
 * anything, takes away the `latest` another index left. Snapshots stay where they are.
 */
export async function followIndex(
  database: Database,
  output: string,
  print: (line: string) => void,
): Promise<void> {
  const isNew =
    (await newestSnapshot(database)) === null && (await readDatasetHead(database)).recordCount === 0;
  if (!isNew) {
    const quiet = { progress: () => {}, signal: new AbortController().signal };
    await runExport({ output, force: true }, { db: database, now: () => new Date(), log: print, ...quiet });
  } else if ((await readLatest(output).catch(() => null))?.kind === 'link') {
    await rm(join(output, 'latest'));
  }
}
