/**
 * A program for the crash test: runs an export and ends it by SIGKILL before its nth step, a step being every change
 * of the files or the database. Syncing is none: it matters to a power cut, not to a kill. Prints its steps when it gets to the end.
 *
 *   node testing-kill.ts server|embedded DATABASE_URL OUTPUT N
 */
import childProcess from 'node:child_process';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Db } from '#sql/db.ts';
import { openPool } from '#sql/pool.ts';
import { silent } from '#sql/testing/fresh.ts';
import { run } from './run.ts';

const [kind, url = '', output = '', fatal] = process.argv.slice(2);
const steps: string[] = [];

/** Takes a step, or dies before it. */
function step(name: string): void {
  if (steps.length === Number(fatal)) process.kill(process.pid, 'SIGKILL');
  steps.push(name);
}

type Call = (...args: never[]) => unknown;

/** Makes a function count as a step, dying before it. */
function counted<F extends Call>(name: string, call: F): F {
  return new Proxy(call, {
    apply(target, self, args) {
      step(name);
      return Reflect.apply(target, self, args);
    },
  });
}

/** Starting, running and having run the process that writes Parquet are steps. */
function parquetFrom(execFile: typeof childProcess.execFile): typeof childProcess.execFile {
  const promised = promisify(execFile);
  const stepping = async (...args: Parameters<typeof promised>) => {
    step('start of the process that writes Parquet');
    const told = promised(...args);
    await sleep(100);
    step('end of the process that writes Parquet, while it runs');
    await told;
    step('what follows the process that writes Parquet');
    return told;
  };
  const replaced = (() => {
    throw new Error('Only as a promise.');
  }) as unknown as typeof childProcess.execFile;
  return Object.assign(replaced, { [promisify.custom]: stepping });
}

fs.mkdir = counted('mkdir', fs.mkdir);
fs.rename = counted('rename', fs.rename);
fs.symlink = counted('symlink', fs.symlink);
fs.rm = counted('rm', fs.rm);
childProcess.execFile = parquetFrom(childProcess.execFile);
syncBuiltinESMExports();

const handle = await fs.open(join(import.meta.dirname, 'run.ts'));
steps.length = 0;
const handles = Object.getPrototypeOf(handle);
const append = handles.appendFile;
handles.appendFile = async function (this: typeof handle, piece: Buffer) {
  step('append');
  // Half of it may reach the disk before the end.
  await append.call(this, piece.subarray(0, piece.length / 2));
  step('append the rest');
  await append.call(this, piece.subarray(piece.length / 2));
};
await handle.close();

function countedDb<T extends Db>(db: T): T {
  return {
    ...db,
    query: (text, values) => {
      if (/^\s*(?:insert|update)/.test(text)) step('query');
      return db.query(text, values);
    },
  };
}

const pool = openPool({ url, kind: kind === 'server' ? 'server' : 'embedded', log: silent, size: 1 });
const db = {
  ...countedDb(pool),
  connection: <T>(work: Parameters<typeof pool.connection<T>>[0]) =>
    pool.connection((connection) =>
      work({
        ...countedDb(connection),
        transaction: (inner, mode) => connection.transaction((tx) => inner(countedDb(tx)), mode),
      }),
    ),
};
await run(
  { output, force: false },
  {
    db,
    now: () => new Date(),
    log: () => undefined,
    progress: () => undefined,
    signal: new AbortController().signal,
  },
);
await pool.close();
process.stdout.write(JSON.stringify(steps));
