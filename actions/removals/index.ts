import { readEnvironment } from '#domain/environment.ts';
import { bucketVariables } from '#domain/environment-values.ts';
import { openDatabase } from '#sql/open.ts';
import { openBucket } from '../bucket/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { databaseLog } from '../database-log.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'dataset:removals';

await runJob(script, {
  description: [
    'Refreshes latest/removed.ndjson, to which lines are only ever added, and latest/status.json, where snapshots are',
    'published, and nothing else. Waits while another job exports or publishes. Can be killed and run again.',
  ].join('\n'),
  flags: {
    to: {
      type: 'string',
      value: 'DIR',
      description: 'The folder dataset:publish published in, instead of the bucket',
    },
    'dry-run': { type: 'boolean', description: 'Say what would be written, and write nothing' },
  },
  async run({ flags, env, progress, log, signal }) {
    const required = flags.to === undefined ? bucketVariables : [];
    const environment = readEnvironment(script, env, ['DATABASE_URL', ...required]);
    for (const warning of environment.warnings) log(warning);
    const bucket = openBucket(flags.to, environment.bucket);
    const db = await openDatabase({
      databaseUrl: environment.databaseUrl,
      dataDir: currentDataFolder(),
      log: databaseLog(log),
      statementTimeout: 60_000,
    });
    try {
      const input = { output: environment.datasetOutputDir, dryRun: flags['dry-run'] };
      const patience = { tries: 120, pause: 5_000 };
      const tools = { db, bucket, now: () => new Date(), progress, signal, patience };
      return report(await run(input, tools), bucket);
    } finally {
      await db.close();
    }
  },
});
