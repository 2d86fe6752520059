import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from '#sql/db.ts';
import { migrate } from '#sql/migrate.ts';
import { copyDatabase } from '#sql/testing-gists.ts';
import { fillIndex } from '#sql/testing-sessions.ts';
import { openServer } from '../../bench/open-server.ts';
import { runProgram } from '../../testing.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const directory = join(root, 'sql/migrations');
const silent = { info: () => undefined, warn: () => undefined };

interface Wanted {
  /** A superuser's address on an empty server. */
  server: string;
  /** Made-up sessions in the snapshot that the site is built from. */
  sessions: number;
  /** Are they in the index, too? No gist is behind them, so a recheck would miss all. */
  filled: boolean;
  /** Where the snapshot goes. */
  output: string;
  siteUrl: string;
  github: string;
}

/** Makes the index, and the site's `dist/` of a snapshot as large as is wanted. Returns the index's address. */
export async function buildSite(wanted: Wanted, say: (text: string) => void): Promise<string> {
  const { server, sessions, filled, output, siteUrl, github } = wanted;
  const at = (name: string) => Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await using(at('template1'), (db) => migrate(db, { directory, log: silent }));
  const copy = (name: string, from: string) => using(server, (db) => copyDatabase(db, { name, from }));

  say(`Making ${sessions} sessions and a snapshot of them`);
  await copy('snapshot', 'template1');
  await using(at('snapshot'), (db) => fillIndex(db, sessions));
  await runProgram('export', ['--output', output], { cwd: output, env: { DATABASE_URL: at('snapshot') } });
  await copy('index', filled ? 'snapshot' : 'template1');

  say('Building the site');
  const env = { DATASET_OUTPUT_DIR: output, GITHUB_API_URL: github, SITE_URL: siteUrl };
  await runProgram('build', [], { cwd: root, env });
  return at('index');
}

async function using<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openServer(url);
  return await work(db).finally(() => db.close());
}
