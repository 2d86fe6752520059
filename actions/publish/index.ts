import { readEnvironment } from '#domain/environment.ts';
import { bucketVariables } from '#domain/environment-values.ts';
import { openDatabase } from '#sql/open.ts';
import { openBucket } from '../bucket/open.ts';
import { currentDataFolder } from '../data-folder.ts';
import { databaseLog } from '../database-log.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'dataset:publish';

await runJob(script, {
  description: [
    'Publishes the newest snapshot: its own files first, each read back, then latest/, and latest/manifest.json last.',
    'Nothing that was published is changed or deleted. Can be killed and run again at any moment.',
    'Without a bucket in the environment it publishes in the folder .published.',
  ].join('\n'),
  flags: {
    to: { type: 'string', value: 'DIR', description: 'Publish in this folder instead of the bucket' },
    output: {
      type: 'string',
      value: 'DIR',
      description: 'Where dataset:export wrote (default: DATASET_OUTPUT_DIR, else .dataset)',
    },
    'dry-run': { type: 'boolean', description: 'Say what would be sent, and write nothing' },
    'empty-bucket': {
      type: 'boolean',
      description: 'Begin in a bucket that has nothing yet, though snapshots were published before',
    },
  },
  async run({ flags, env, tally, log, signal }) {
    const started = performance.now();
    const required = flags.to === undefined ? bucketVariables : [];
    const environment = readEnvironment(script, env, ['DATABASE_URL', ...required]);
    for (const warning of environment.warnings) log(warning);
    const output = flags.output ?? environment.datasetOutputDir;
    const bucket = openBucket(flags.to, environment.bucket);
    const db = await openDatabase({
      databaseUrl: environment.databaseUrl,
      dataDir: currentDataFolder(),
      log: databaseLog(log),
    });
    try {
      const outcome = await run(
        { output, dryRun: flags['dry-run'], emptyBucket: flags['empty-bucket'] },
        {
          db,
          bucket,
          tally: (done, total) =>
            tally({ done: Math.round(done / 1000), total: Math.round(total / 1000), unit: 'kB' }),
          signal,
        },
      );
      return report(outcome, bucket, output, (performance.now() - started) / 1000);
    } finally {
      await db.close();
    }
  },
});
