import { readEnvironment } from '#domain/environment.ts';
import type { Database } from '#sql/db.ts';
import { openDatabase } from '#sql/open.ts';
import { currentDataFolder } from './data-folder.ts';
import { databaseLog } from './database-log.ts';
import type { JobCall } from './job.ts';

/** Works on the database that a script's environment names, a minute a statement at most, and closes it. */
export async function onDatabase<T>(
  script: string,
  { env, log }: Pick<JobCall<Record<never, never>>, 'env' | 'log'>,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const environment = readEnvironment(script, env, ['DATABASE_URL']);
  for (const warning of environment.warnings) log(warning);
  const db = await openDatabase({
    databaseUrl: environment.databaseUrl,
    dataDir: currentDataFolder(),
    log: databaseLog(log),
    statementTimeout: 60_000,
  });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
