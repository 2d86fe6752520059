/**
 * A process that the benchmark measures:
 *   node process.ts rows URL DIR     writes the rows as NDJSON and their addresses, with hashes
 *   node process.ts whole URL DIR    writes a whole snapshot
 */
import { mkdir } from 'node:fs/promises';
import { readDatasetHead } from '#sql/queries/dataset.ts';
import { run } from '../../export/run.ts';
import { writeRows } from '../../export/write-rows.ts';
import { openServer } from '../open-server.ts';

const [what, url = '', folder = ''] = process.argv.slice(2);
const db = openServer(url);
const watch = { progress: () => undefined, signal: new AbortController().signal };
await mkdir(folder, { recursive: true });
if (what === 'rows') {
  await db.transaction(async (tx) => {
    const { recordCount } = await readDatasetHead(tx);
    await writeRows(tx, folder, recordCount, watch);
  }, 'repeatable read read only');
} else {
  await run({ output: folder, force: false }, { ...watch, db, now: () => new Date(), log: () => undefined });
}
await db.close();
