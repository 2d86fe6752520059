import type { Database, DatabaseLog } from '../db.ts';

export interface FreshDatabase {
  db: Database;
  /** Connects to the same database with any PostgreSQL client. */
  url: string;
  /** Closes the database and deletes it. */
  close(): Promise<void>;
}

/** A log for tests that look at the outcome. */
export const silent: DatabaseLog = { info: () => undefined, warn: () => undefined };
