import { EnvironmentError } from '#domain/environment-values.ts';
import { FileLockError } from '#sql/file-lock.ts';
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
  // Nothing else throws such an error: GitHub's client returns values, and `listen` has sentences of its own.
  if (isDatabaseUnavailable(error)) {
    return `The database does not answer (${reasonOf(error)}). Check that it runs and that DATABASE_URL is right, then run this again.`;
  }
  if (error instanceof FileLockError) return `${error.message}. Check that this file may be written.`;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return databaseSentences[code]?.(error.message) ?? diskSentence(code, error);
}

/** The codes below are not the disk's alone: only a path, or a code that nothing else has, makes them so. */
function diskSentence(code: string, error: Error): string | null {
  if ('path' in error && typeof error.path === 'string') return diskSentences[code]?.(error.path) ?? null;
  return diskCodes.includes(code) ? (diskSentences[code]?.('the output folder') ?? null) : null;
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

const diskCodes = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'];
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
