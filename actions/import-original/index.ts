import { readEnvironment } from '#domain/environment.ts';
import { databaseUrl } from '#domain/environment-values.ts';
import { openDatabase } from '#sql/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { databaseLog } from '../database-log.ts';
import { JobFailure } from '../failure.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'import:original';
/** Milliseconds one statement may take. */
const statementTimeout = 300_000;

await runJob(script, {
  description: [
    'Takes over the submissions of the earlier site, Next.js and Prisma, from its database, which it only reads: gists,',
    'owners, decisions and times. What was approved there waits until its owner has confirmed it. Can be killed and run',
    'again: what is here already, or was touched here since, stays as it is. See docs/import.md.',
  ].join('\n'),
  flags: {
    from: {
      type: 'string',
      value: 'URL',
      description: 'The original database, postgres://..., in place of ORIGINAL_DATABASE_URL',
    },
    'dry-run': { type: 'boolean', description: 'Say what would be taken over, and write nothing' },
  },
  async run({ flags, env, progress, tally, log, signal }) {
    const environment = readEnvironment(script, env, ['DATABASE_URL']);
    for (const warning of environment.warnings) log(warning);
    const from =
      flags.from === undefined ? environment.originalDatabaseUrl : databaseUrl(flags.from, '--from');
    if (from === null) {
      throw new JobFailure(
        'Nothing says where the original is. Give --from or ORIGINAL_DATABASE_URL its address.',
      );
    }
    const quiet = databaseLog(log);
    const original = await openDatabase({ databaseUrl: from, log: quiet, statementTimeout });
    const db = await openDatabase({
      databaseUrl: environment.databaseUrl,
      dataDir: currentDataFolder(),
      log: quiet,
      statementTimeout,
    });
    try {
      const schema = new URL(from).searchParams.get('schema') ?? 'public';
      const dryRun = flags['dry-run'];
      const tools = { db, original, schema, now: () => new Date(), progress, tally, signal };
      return report(await run({ dryRun }, tools), dryRun);
    } finally {
      await Promise.all([original.close(), db.close()]);
    }
  },
});
