import { EnvironmentError } from '#domain/environment-values.ts';
import { FileLockError } from '#sql/file-lock.ts';
import { MigrationRefused } from '#sql/migration-files.ts';
import { isDatabaseUnavailable } from '#sql/unavailable.ts';
import { diskSentence } from './disk-sentence.ts';
import { JobFailure } from './failure.ts';

/** The sentence that tells an operator of an error, or null for one that nobody foresaw. */
export function failureSentence(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ([JobFailure, EnvironmentError, MigrationRefused].some((kind) => error instanceof kind))
    return error.message;
  // Nothing else throws such an error: GitHub's client returns values, and `listen` has sentences of its own.
  if (isDatabaseUnavailable(error)) {
    return `The database does not answer (${reasonOf(error)}). Check that it runs and that DATABASE_URL is right, then run this again.`;
  }
  if (error instanceof FileLockError) return `${error.message}. Check that this file may be written.`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return databaseSentences[code]?.(error.message) ?? diskSentence(error);
}

/** A connection refused on every address of a host has no message of its own. */
function reasonOf(error: Error): string {
  return error instanceof AggregateError ? error.errors.map(String).join(', ') : error.message;
}

const unmigrated = () =>
  'The database does not have the tables this version needs. Run npm run db:migrate, then run this again.';
const refused = (message: string) =>
  `The database refuses the connection: ${message}. Correct DATABASE_URL, then run this again.`;

/** By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const databaseSentences: Record<string, (message: string) => string> = {
  '28000': refused,
  '28P01': refused,
  '3D000': refused,
  '42P01': unmigrated,
  '42703': unmigrated,
  '42501': (message) => `The database's user may not do this: ${message}. Grant it, then run this again.`,
};
