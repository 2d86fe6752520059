import { readEnvironment } from '#domain/environment.ts';
import { openDatabase } from '#sql/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { databaseLog } from '../database-log.ts';
import { runJob } from '../job.ts';
import { readWhose } from './read-whose.ts';
import { run } from './run.ts';

const script = 'sessions:end';

await runJob(script, {
  description:
    'Ends every session of an account, or of everybody: their next request asks them to sign in again.',
  flags: {
    'github-id': { type: 'string', value: 'N', description: 'The account, by its number at GitHub' },
    all: {
      type: 'boolean',
      description: 'Everybody’s, as after a leak of SESSION_SECRET, which is to be changed too',
    },
    'dry-run': { type: 'boolean', description: 'Say how many would end, and write nothing' },
  },
  async run({ flags, env, log }) {
    const of = readWhose(flags['github-id'], flags.all);
    const environment = readEnvironment(script, env, ['DATABASE_URL']);
    for (const warning of environment.warnings) log(warning);
    const db = await openDatabase({
      databaseUrl: environment.databaseUrl,
      dataDir: currentDataFolder(),
      log: databaseLog(log),
      statementTimeout: 60_000,
    });
    try {
      const dryRun = flags['dry-run'];
      const { sessions, accounts } = await run({ of, dryRun }, db);
      const what = `${sessions} ${sessions === 1 ? 'session' : 'sessions'} of ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`;
      return {
        ok: true,
        lines: [`${dryRun ? 'Would end' : 'Ended'} ${what}.`],
        summary: { sessions, accounts, dry_run: dryRun },
      };
    } finally {
      await db.close();
    }
  },
});
