import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives work a path for all departures so far; what is written there is gone afterwards. */
export async function withDeparturesFile<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'openagentsessions-removals-'));
  try {
    return await work(join(folder, 'removed.ndjson'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
