import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { migrate } from '#sql/migrate.ts';
import { openServer } from './open-server.ts';

const start = fileURLToPath(new URL('../test/postgres.sh', import.meta.url));
const directory = fileURLToPath(new URL('../../sql/migrations', import.meta.url));
const log = { info: () => undefined, warn: () => undefined };

/**
 * Runs a PostgreSQL server of our own while work lasts, and gives it the address of an empty database with every
 * migration applied, as a superuser. The server ends with its input, so with this process too.
 * @throws Error when there are no server programs, or it does not start
 */
export async function withPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  const told = 'echo "$TEST_DATABASE_URL"; exec cat';
  const server = spawn('bash', [start, 'sh', '-c', told], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  try {
    for await (const chunk of server.stdout) {
      const url = String(chunk).trim();
      const database = openServer(url);
      await migrate(database, { directory, log }).finally(() => database.close());
      return await work(url);
    }
    throw new Error('PostgreSQL did not start; see above.');
  } finally {
    server.stdin.end();
    await ended;
  }
}
