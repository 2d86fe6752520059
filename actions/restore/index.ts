import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isBackupId } from '#domain/backup.ts';
import { readEnvironment } from '#domain/environment.ts';
import { databaseUrl, EnvironmentError } from '#domain/environment-values.ts';
import { openDatabase } from '#sql/open.ts';
import { identitiesIn } from '../backup/age.ts';
import { openBackupPlace } from '../backup/place.ts';
import { databaseLog } from '../database-log.ts';
import { FlagError, readCount } from '../flags.ts';
import { runJob } from '../job.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const script = 'restore';
const pathOf = (file: string) => fileURLToPath(new URL(`../../sql/${file}`, import.meta.url));

await runJob(script, {
  description: [
    'Brings a backup into an empty database, and holds what is there then against what the backup counted: the rows of',
    'each table, and what an export would write. Run it now and then, into a database of its own: a backup that nobody',
    'restored is none. Needs pg_restore, of the package postgresql-client, and room in TMPDIR for the dump as it is.',
  ].join('\n'),
  flags: {
    into: { type: 'string', value: 'URL', description: 'The empty database, as its owner: postgres://...' },
    identity: { type: 'string', value: 'FILE', description: 'The age identity, as age-keygen wrote it' },
    backup: { type: 'string', value: 'ID', description: 'Restore this one (default: the newest)' },
    place: { type: 'string', value: 'DIR', description: 'Take it from this folder instead of the bucket' },
    workers: {
      type: 'string',
      value: 'N',
      description: 'Tables and indexes at once (default: as many as there are processors)',
    },
  },
  async run({ flags, env, progress, log, signal }) {
    if (flags.into === undefined) throw new FlagError('--into must name the empty database.');
    if (flags.identity === undefined)
      throw new FlagError('--identity must name the file of the age identity.');
    if (flags.backup !== undefined && !isBackupId(flags.backup)) {
      throw new FlagError('--backup must be the id of a backup, such as 2026-11-22T03-15-00-000Z.');
    }
    const into = readInto(flags.into);
    const workers =
      flags.workers === undefined ? availableParallelism() : readCount('--workers', flags.workers);
    const required = flags.place === undefined ? (['BACKUP_S3_BUCKET'] as const) : [];
    const environment = readEnvironment(script, env, required);
    const identities = identitiesIn(readFileSync(flags.identity, 'utf8'), flags.identity);
    const db = await openDatabase({
      databaseUrl: into,
      log: databaseLog(log),
      statementTimeout: 0,
    });
    try {
      const restored = await run(
        {
          databaseUrl: into,
          backupId: flags.backup ?? null,
          identities,
          workers,
          migrations: pathOf('migrations'),
          grants: pathOf('grants.sql'),
        },
        {
          db,
          bucket: openBackupPlace(flags.place, environment.backupBucket),
          env,
          clock: () => performance.now(),
          progress,
          signal,
        },
      );
      return report(restored);
    } finally {
      await db.close();
    }
  },
});

function readInto(text: string): string {
  try {
    return databaseUrl(text) ?? text;
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new FlagError('--into must look like postgres://user@host:5432/database.');
  }
}
