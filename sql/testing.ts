import { fileURLToPath } from 'node:url';
import type { Database } from './db.ts';
import type { FreshDatabase } from './testing/fresh.ts';
import { freshEmbedded } from './testing/fresh-embedded.ts';
import { freshOnServer } from './testing/fresh-on-server.ts';
import type { Role } from './testing/roles.ts';

export { type FreshDatabase, silent } from './testing/fresh.ts';

const serverUrl = process.env.TEST_DATABASE_URL;

/**
 * Whether tests run on a real PostgreSQL server: TEST_DATABASE_URL, a superuser's. Locks, timeouts, roles and races
 * between connections exist only there; their tests say `test.skipIf(!realServer)`.
 */
export const realServer = Boolean(serverUrl);

const migrationsDirectory = fileURLToPath(new URL('./migrations', import.meta.url));

/** By the pool of their owner. */
const known = new WeakMap<Database, FreshDatabase>();

/** A new database with every migration applied, for one test file. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const fresh = await (serverUrl
    ? freshOnServer(serverUrl, migrationsDirectory)
    : freshEmbedded(migrationsDirectory));
  known.set(fresh.db, fresh);
  return fresh;
}

/** What a test prepared as the owner of a fresh database, as a role sees it; any other database as it is. */
export function asRole(role: Role, db: Database): Database {
  return known.get(db)?.as[role].db ?? db;
}

/** A new database without any tables. */
export function emptyDatabase(): Promise<FreshDatabase> {
  return serverUrl ? freshOnServer(serverUrl) : freshEmbedded();
}
