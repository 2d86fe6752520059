import { readFileSync, writeFileSync } from 'node:fs';
import type { Database, DatabaseLog } from '#sql/db.ts';
import { dumpSchema } from '#sql/dump-schema.ts';
import { migrate } from '#sql/migrate.ts';
import { numberText, readMigrations } from '#sql/migration-files.ts';
import { JobFailure } from '../failure.ts';

export interface MigrateJob {
  database: Database;
  log: DatabaseLog;
  /** Folder of the migration files. */
  directory: string;
  /** File of what the database's roles may do. */
  grants?: string;
  /** The committed dump of the schema. */
  schemaFile: string;
  /** Afterwards: write the dump, or compare it with the schema. */
  dump?: 'write' | 'check';
  print(line: string): void;
}

/**
 * Applies what is missing, and says what was applied.
 * @throws MigrationRefused, see `migrate`; JobFailure when the committed dump is not the schema
 */
export async function runMigrate(job: MigrateJob): Promise<void> {
  const { database, directory, schemaFile, print } = job;
  const applied = await migrate(database, job);
  for (const { name } of applied) print(`Applied ${name}.`);
  if (applied.length === 0) {
    print(`Nothing to apply; schema at ${numberText(readMigrations(directory).length)}.`);
  }
  if (job.dump === undefined) return;

  const schema = await dumpSchema(database);
  if (job.dump === 'write') {
    writeFileSync(schemaFile, schema);
    print(`Wrote ${schemaFile}.`);
  } else if (schema !== readFileSync(schemaFile, 'utf8')) {
    throw new JobFailure(
      `${schemaFile} is not the schema of this database: if the migrations changed, run npm run db:migrate -- --schema and commit it.`,
    );
  } else {
    print(`${schemaFile} is the schema of this database.`);
  }
}
