import { readEnvironment } from '#domain/environment.ts';
import { openDatabase } from '#sql/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { databaseLog } from '../database-log.ts';
import { readCount } from '../flags.ts';
import { gistReader, neededToReadGists } from '../gist-reader.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'reinspect';
/** Nobody is waiting: GitHub may take its time, in milliseconds. */
const timeoutMs = 30_000;

await runJob(script, {
  description: [
    'Inspects again, oldest first, every approved, pending or changed submission whose gist was not inspected by the',
    'rules of today. An approved one in which a secret is found is suspended, and waits for a moderator.',
    'Can be killed and run again at any moment.',
  ].join('\n'),
  flags: {
    limit: { type: 'string', value: 'N', description: 'Inspect N submissions at most' },
    'dry-run': { type: 'boolean', description: 'Look and count, and write nothing' },
  },
  async run({ flags, env, progress, log, signal }) {
    const limit = flags.limit === undefined ? null : readCount('--limit', flags.limit);
    const dryRun = flags['dry-run'];
    const environment = readEnvironment(script, env, neededToReadGists(env));
    for (const warning of environment.warnings) log(warning);
    const { databaseUrl } = environment;
    const dataDir = currentDataFolder();
    const github = gistReader(environment, dataDir, () => ({ log, timeoutMs }));
    const db = await openDatabase({
      databaseUrl,
      dataDir,
      log: databaseLog(log),
      statementTimeout: 60_000,
    });
    try {
      const tools = { db, github, now: () => new Date(), log, progress, signal };
      return report(await run({ limit, dryRun }, tools), dryRun);
    } finally {
      await db.close();
    }
  },
});
