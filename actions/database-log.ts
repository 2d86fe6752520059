import type { DatabaseLog } from '#sql/db.ts';

/** Tells a job's log what a database warns of, in words alone, and nothing that is well. */
export function databaseLog(log: (line: string) => void): DatabaseLog {
  return { info: () => undefined, warn: (_details, message) => log(message) };
}
