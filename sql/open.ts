import type { Database, DatabaseLog } from './db.ts';
import { openPool } from './pool.ts';

export interface OpenDatabaseOptions {
  /** postgres://..., or null for the embedded database. */
  databaseUrl: string | null;
  log: DatabaseLog;
  /** Folder of the embedded database. */
  dataDir?: string;
  /** Milliseconds a statement may run on a server, 0 for no limit: 5 seconds suit requests, jobs need more. */
  statementTimeout?: number;
}

/** Opens the PostgreSQL server of DATABASE_URL, or else the embedded database. Close it when done. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { databaseUrl, log, dataDir = '.data', statementTimeout } = options;
  if (databaseUrl !== null) return openPool({ url: databaseUrl, kind: 'server', log, statementTimeout });
  // A production server never loads the embedded database.
  const { openEmbedded } = await import('./embedded/open.ts');
  return await openEmbedded({ dataDir, log });
}
