import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MigrationFile {
  number: number;
  /** File name, as in `0001_accounts.sql`. */
  name: string;
  sha256: string;
  sql: string;
}

/** Why migrations were not applied, in one sentence. Nothing of the migration it names has been changed. */
export class MigrationRefused extends Error {}

/**
 * Reads the migrations of a folder, which must be called `NNNN_name.sql` and number 0001, 0002 and so on.
 * @throws MigrationRefused naming the file or number that breaks the row
 */
export function readMigrations(directory: string): MigrationFile[] {
  const names = readdirSync(directory)
    .filter((name) => !name.startsWith('.'))
    .sort();
  return names.map((name, index) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
    if (Number.isNaN(number)) {
      throw new MigrationRefused(`${name} is not called like a migration: rename it to NNNN_name.sql.`);
    }
    const expected = index + 1;
    if (number === 0) throw new MigrationRefused(`${name} has the number 0000: migrations start at 0001.`);
    if (number < expected) {
      throw new MigrationRefused(`${names[index - 1]} and ${name} have one number: renumber the newer one.`);
    }
    if (number > expected) {
      throw new MigrationRefused(`Migration ${numberText(expected)} is missing: ${name} comes after a gap.`);
    }
    const sql = readFileSync(join(directory, name), 'utf8');
    return { number, name, sha256: createHash('sha256').update(sql).digest('hex'), sql };
  });
}

/** One hash over all migrations: it changes when any of them does. */
export function migrationsHash(migrations: readonly MigrationFile[]): string {
  const hash = createHash('sha256');
  for (const { name, sha256 } of migrations) hash.update(`${name} ${sha256}\n`);
  return hash.digest('hex');
}

/** 7 → `0007`. */
export function numberText(number: number): string {
  return String(number).padStart(4, '0');
}
