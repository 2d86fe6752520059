import type { Database } from '../db.ts';

/** A connection that holds a lock. */
export type Held = Parameters<Parameters<Database['connection']>[0]>[0];

/**
 * Runs work while nobody else on this server holds the lock with this number, on the connection that holds it. Null, and
 * no work, when another does. The lock ends with its connection. The embedded database has one session, which no advisory
 * lock keeps apart: there nobody is kept out.
 */
export function holdingLock<T>(
  database: Database,
  lock: string,
  work: (held: Held) => Promise<T>,
): Promise<T | null> {
  return database.connection(async (connection) => {
    if (database.kind === 'embedded') return work(connection);
    const { rows } = await connection.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
      lock,
    ]);
    if (!rows[0]?.held) return null;
    try {
      return await work(connection);
    } finally {
      // Where this fails the connection is lost, and the lock with it.
      await connection.query('select pg_advisory_unlock($1)', [lock]).catch(() => undefined);
    }
  });
}
