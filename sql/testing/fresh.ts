import type { Database, DatabaseLog } from '../db.ts';
import type { Role } from './roles.ts';

export interface FreshDatabase {
  /** As its owner, who may do everything: for what tests prepare and look at. */
  db: Database;
  /** Connects to the same database with any PostgreSQL client, as its owner. */
  url: string;
  /** The same database with the rights of a role; the embedded one knows no roles. */
  as: Readonly<Record<Role, { db: Database; url: string }>>;
  /** Closes the database and deletes it. */
  close(): Promise<void>;
}

/** A log for tests that look at the outcome. */
export const silent: DatabaseLog = { info: () => undefined, warn: () => undefined };
