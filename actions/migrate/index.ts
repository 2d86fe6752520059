import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '#domain/environment.ts';
import { openDatabase } from '#sql/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { databaseLog } from '../database-log.ts';
import { JobFailure } from '../failure.ts';
import { runJob } from '../job.ts';
import { runMigrate } from './run.ts';

const pathOf = (file: string) => fileURLToPath(new URL(`../../sql/${file}`, import.meta.url));

await runJob('db:migrate', {
  description: [
    'Applies the migrations of sql/migrations that the database does not have yet: the server of DATABASE_URL, or',
    'without one the embedded database. On a server it also gives the roles of sql/roles.sql their rights. npm run db:migrate:deploy is the same, and refuses to run without DATABASE_URL.',
  ].join('\n'),
  flags: {
    schema: { type: 'boolean', description: 'Afterwards, write the schema to sql/schema.sql' },
    check: { type: 'boolean', description: 'Afterwards, fail when sql/schema.sql is not the schema' },
    throwaway: { type: 'boolean', description: 'Use a new embedded database, deleted afterwards' },
    deploy: { type: 'boolean', description: 'Refuse to run without DATABASE_URL' },
  },
  async run({ flags, env, log }) {
    const throwaway = flags.throwaway ? mkdtempSync(join(tmpdir(), 'openagentsessions-throwaway-')) : null;
    const { databaseUrl } = throwaway
      ? { databaseUrl: null }
      : readEnvironment('db:migrate', env, ['DATABASE_URL']);
    if (flags.deploy && databaseUrl === null) {
      throw new JobFailure('DATABASE_URL is not set. Set it, see .env.example.');
    }
    const quiet = databaseLog(log);
    const database = await openDatabase({
      databaseUrl,
      dataDir: throwaway ?? currentDataFolder(),
      log: quiet,
      statementTimeout: 0,
    });
    const dump = flags.schema ? 'write' : flags.check ? 'check' : undefined;
    const schemaFile = relative(process.cwd(), pathOf('schema.sql'));
    const lines: string[] = [];
    try {
      const directory = pathOf('migrations');
      await runMigrate({
        database,
        log: quiet,
        directory,
        grants: pathOf('grants.sql'),
        schemaFile,
        dump,
        print: (line) => lines.push(line),
      });
    } finally {
      await database.close();
      if (throwaway) rmSync(throwaway, { recursive: true });
    }
    return { ok: true, lines, summary: { lines } };
  },
});
