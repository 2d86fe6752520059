import { join } from 'node:path';
import { fillIndex } from '#sql/testing-sessions.ts';
import { measure } from '../measure.ts';
import { openServer } from '../open-server.ts';
import { withPostgres } from '../with-postgres.ts';

const program = join(import.meta.dirname, '../export/process.ts');

/** Fills an index with that many sessions and exports it into an empty folder. */
export async function exportOf(sessions: number, folder: string): Promise<void> {
  await withPostgres(async (url) => {
    const database = openServer(url);
    await fillIndex(database, sessions).finally(() => database.close());
    await measure(process.execPath, [program, 'whole', url, folder]);
  });
}
