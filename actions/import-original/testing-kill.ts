/**
 * A program for the crash test: takes an original over, and ends itself by SIGKILL before its nth statement to the index, a
 * commit being one. Prints the number of them when it gets to the end.
 *
 *   node testing-kill.ts server|embedded DATABASE_URL ORIGINAL_URL NOW N
 */
import type { Db } from '#sql/db.ts';
import { openPool } from '#sql/pool.ts';
import { silent } from '#sql/testing/fresh.ts';
import { run } from './run.ts';

const [given, url = '', originalUrl = '', now = '', fatal] = process.argv.slice(2);
const kind = given === 'server' ? 'server' : 'embedded';
let steps = 0;

function step(): void {
  if (steps === Number(fatal)) process.kill(process.pid, 'SIGKILL');
  steps += 1;
}

function countedDb<T extends Db>(db: T): T {
  return {
    ...db,
    query: (text, values) => {
      step();
      return db.query(text, values);
    },
  };
}

const pool = openPool({ url, kind, log: silent, size: 1 });
const original = openPool({ url: originalUrl, kind, log: silent, size: 1 });
await run(
  { dryRun: false },
  {
    db: {
      ...countedDb(pool),
      transaction: (work, mode) =>
        pool.transaction(async (tx) => {
          const done = await work(countedDb(tx));
          step();
          return done;
        }, mode),
    },
    original,
    schema: 'public',
    now: () => new Date(now),
    progress: () => undefined,
    tally: () => undefined,
    signal: new AbortController().signal,
  },
);
await Promise.all([pool.close(), original.close()]);
process.stdout.write(String(steps));
