/**
 * A program for the crash test: rechecks, and ends itself by SIGKILL before its nth step, a step being every request to
 * GitHub and every statement to the database. Prints the step it dies at, or all of its steps when it gets to the end.
 *
 *   node testing-kill.ts server|embedded DATABASE_URL GITHUB CANARY NOW N
 */
import { writeSync } from 'node:fs';
import { createTokenReader } from '#github/client.ts';
import type { Db } from '#sql/db.ts';
import { openPool } from '#sql/pool.ts';
import { silent } from '#sql/testing/fresh.ts';
import { run } from './run.ts';

const [kind, url = '', origin = '', canaryGistId = '', now = '', fatal] = process.argv.slice(2);
const steps: string[] = [];

/** Takes a step, or dies before it. */
function step(name: string): void {
  if (steps.length === Number(fatal)) {
    writeSync(1, name);
    process.kill(process.pid, 'SIGKILL');
  }
  steps.push(name);
}

const realFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  step(`${init?.method ?? 'GET'} ${new URL(String(input)).pathname.replace(/[0-9a-f]{32}/, '{gist}')}`);
  return realFetch(input, init);
};

/** The statement in short: what it writes, or else what it reads. */
function inShort(text: string): string {
  const writes = text.match(/\b(?:insert into|(?<!for |do )update) (?!of\b)\w+/g);
  return [...new Set(writes ?? [`read ${/\bfrom\s+(\w+)/.exec(text)?.[1]}`])].join(', ');
}

function countedDb<T extends Db>(db: T): T {
  return {
    ...db,
    query: (text, values) => {
      step(inShort(text));
      return db.query(text, values);
    },
  };
}

const pool = openPool({ url, kind: kind === 'server' ? 'server' : 'embedded', log: silent, size: 1 });
await run(
  {
    limit: null,
    shard: { index: 1, of: 1 },
    dryRun: false,
    force: false,
    canaryGistId,
    patience: 0,
  },
  {
    db: {
      ...countedDb(pool),
      transaction: async (work, mode) => {
        const result = await pool.transaction(async (tx) => {
          const done = await work(countedDb(tx));
          step('commit');
          return done;
        }, mode);
        return result;
      },
      connection: (work) => pool.connection((held) => work(countedDb(held))),
    },
    github: createTokenReader({
      addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
      token: 'of-nobody',
      log: () => undefined,
      timeoutMs: 60_000,
    }),
    now: () => new Date(now),
    log: () => undefined,
    progress: () => undefined,
    signal: new AbortController().signal,
    sleep: () => Promise.resolve(),
  },
);
await pool.close();
process.stdout.write(JSON.stringify(steps));
