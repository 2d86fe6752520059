import { readEnvironment } from '#domain/environment.ts';
import { openDatabase } from '#sql/open.ts';
import { databaseLog } from '../database-log.ts';
import { JobFailure } from '../failure.ts';
import { runJob } from '../job.ts';
import { openBackupPlace } from './place.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'backup';

await runJob(script, {
  description: [
    'Puts a dump of the database in the private bucket, encrypted for BACKUP_RECIPIENT before it is written anywhere, and',
    'reads it back. Without a bucket in the environment it goes to the folder .backups. Old backups are taken away by the',
    "bucket's own rule. Can be killed and run again at any moment. Needs pg_dump, of the package postgresql-client.",
  ].join('\n'),
  flags: {
    place: { type: 'string', value: 'DIR', description: 'Keep it in this folder instead of the bucket' },
  },
  async run({ flags, env, progress, log, signal }) {
    const started = performance.now();
    const required = flags.place === undefined ? (['BACKUP_S3_BUCKET'] as const) : [];
    const environment = readEnvironment(script, env, ['DATABASE_URL', 'BACKUP_RECIPIENT', ...required]);
    const { databaseUrl, backupRecipients: recipients } = environment;
    if (databaseUrl === null || recipients.length === 0) {
      const missing = databaseUrl === null ? 'DATABASE_URL' : 'BACKUP_RECIPIENT';
      throw new JobFailure(`${missing} is not set. Set it, see .env.example.`);
    }
    const bucket = openBackupPlace(flags.place, environment.backupBucket);
    const db = await openDatabase({
      databaseUrl,
      log: databaseLog(log),
      statementTimeout: 0,
    });
    try {
      const tools = { db, bucket, env, now: () => new Date(), progress, signal };
      const made = await run({ databaseUrl, recipients }, tools);
      return report(made, bucket, (performance.now() - started) / 1000);
    } finally {
      await db.close();
    }
  },
});
