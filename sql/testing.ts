import { fileURLToPath } from 'node:url';
import type { FreshDatabase } from './testing/fresh.ts';
import { freshEmbedded } from './testing/fresh-embedded.ts';
import { freshOnServer } from './testing/fresh-on-server.ts';

export { type FreshDatabase, silent } from './testing/fresh.ts';

const serverUrl = process.env.TEST_DATABASE_URL;

/**
 * Whether tests run on a real PostgreSQL server: TEST_DATABASE_URL, a superuser's. Locks, timeouts, roles and races
 * between connections exist only there; their tests say `test.skipIf(!realServer)`.
 */
export const realServer = Boolean(serverUrl);

const migrationsDirectory = fileURLToPath(new URL('./migrations', import.meta.url));

/** A new database with every migration applied, for one test file. */
export function freshDatabase(): Promise<FreshDatabase> {
  return serverUrl ? freshOnServer(serverUrl, migrationsDirectory) : freshEmbedded(migrationsDirectory);
}

/** A new database without any tables. */
export function emptyDatabase(): Promise<FreshDatabase> {
  return serverUrl ? freshOnServer(serverUrl) : freshEmbedded();
}
