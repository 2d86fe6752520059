import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { JobFailure } from '../failure.ts';

/** A client program of PostgreSQL at work. */
export interface ClientProgram {
  stdout: Readable;
  /** Resolves when it ended well. Throws JobFailure with what it said last otherwise. */
  ended: Promise<void>;
}

export interface World {
  /** What the program finds its way by: PATH, PGPASSFILE and the like. */
  env: Readonly<Record<string, string | undefined>>;
  /** Ends the program, by throwing its reason. */
  signal: AbortSignal;
}

/** Starts `pg_dump` or `pg_restore` on a database. Everybody on a machine sees the arguments: a password is not among them. */
export function startClientProgram(
  program: 'pg_dump' | 'pg_restore',
  databaseUrl: string,
  args: readonly string[],
  { env, signal }: World,
): ClientProgram {
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  // Prisma's, which the original site's address may have at its end: pg_dump refuses what it does not know.
  url.searchParams.delete('schema');
  const child = spawn(program, [`--dbname=${url.href}`, '--no-password', ...args], {
    env: { ...env, ...(password === '' ? {} : { PGPASSWORD: password }) },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const ended = endOf(program, child, signal);
  // Whoever reads its output first hears of it later.
  ended.catch(() => undefined);
  return { stdout: child.stdout, ended };
}

async function endOf(
  program: 'pg_dump' | 'pg_restore',
  child: ChildProcessByStdio<null, Readable, Readable>,
  signal: AbortSignal,
): Promise<void> {
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  let code: unknown;
  try {
    [code] = await once(child, 'close');
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new JobFailure(
      `${program} is missing. Install the package postgresql-client, then run this again.`,
    );
  }
  if (code === 0) return;
  const line = said.split('\n').findLast((text) => text.includes('error:')) ?? said.trim();
  const reason = line.replace(/^.*?error: */, '').replace(/\.$/, '');
  throw new JobFailure(`${program} failed: ${reason}. ${afterwards[program]}`);
}

const afterwards = {
  pg_dump: 'Nothing was kept; put that right, then run this again.',
  pg_restore: 'Put that right, drop the database that is filled in part, make it anew, then run this again.',
};
