import { EnvironmentError } from '#domain/environment.ts';
import { MigrationRefused } from '#sql/migration-files.ts';
import { isDatabaseUnavailable } from '#sql/unavailable.ts';

/** Ends a job with this sentence: what is wrong, and what to do next. */
export class JobFailure extends Error {
  override name = 'JobFailure';
}

/** The sentence that tells an operator of an error, or null for one that nobody foresaw. */
export function failureSentence(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ([JobFailure, EnvironmentError, MigrationRefused].some((kind) => error instanceof kind))
    return error.message;
  if (isDatabaseUnavailable(error)) {
    return `The database does not answer (${reasonOf(error)}). Check that it runs and that DATABASE_URL is right, then run this again.`;
  }
  if (isLockFailure(error)) {
    return `The output folder cannot be locked (${error.message}). Check that its file .lock may be written.`;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'the output folder';
  return databaseSentences[code]?.(error.message) ?? diskSentences[code]?.(path) ?? null;
}

/** Locks are SQLite's; see `takeOwnerLock`. */
function isLockFailure(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_SQLITE_ERROR';
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

const full = (path: string) =>
  `The disk is full: ${path} could not be written. Free some space, then run this again.`;
const forbidden = (path: string) =>
  `${path} may not be written. Correct its permissions or choose another folder.`;

const diskSentences: Record<string, (path: string) => string> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  ENOENT: (path) => `${path} is not there. Something else removed it, or its folder cannot be made.`,
  ENOTDIR: (path) =>
    `${path} cannot be a folder, because a part of its path is a file. Choose another folder.`,
  EEXIST: (path) => `${path} is in the way. Move it elsewhere or choose another folder.`,
  ENOTEMPTY: (path) => `${path} is in the way. Move it elsewhere or choose another folder.`,
  EIO: (path) => `The disk failed to read or write ${path}. Check the disk, then run this again.`,
};
