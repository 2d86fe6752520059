import type { Database } from '#sql/db.ts';
import { openPool } from '#sql/pool.ts';

/** One silent connection to a PostgreSQL server, for statements that may take as long as they take. */
export function openServer(url: string): Database {
  const log = { info: () => undefined, warn: () => undefined };
  return openPool({ url, kind: 'server', log, size: 1, statementTimeout: 0 });
}
