/**
 * A program for the crash test: makes a release and ends it by SIGKILL before its nth step, a step being each moment
 * before a request, after its answer, with half of an upload sent, and before a file is read. Prints its steps when it
 * gets to the end.
 *
 *   node testing-kill.ts server|embedded DATABASE_URL OUTPUT API_URL REPOSITORY N
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openRepository } from '#github/release-repository.ts';
import { openPool } from '#sql/pool.ts';
import { silent } from '#sql/testing/fresh.ts';
import { run } from './run.ts';

const [kind, url = '', output = '', apiUrl = '', repository = '', fatal] = process.argv.slice(2);
const steps: string[] = [];

/** Takes a step, or dies before it. */
function step(name: string): void {
  if (steps.length === Number(fatal)) process.kill(process.pid, 'SIGKILL');
  steps.push(name);
}

/** The second half of what is sent follows when the first has arrived, or never. */
async function* inHalves(body: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const piece of body) {
    if (!isFirst) yield piece;
    else {
      yield piece.subarray(0, piece.length / 2);
      await delay(20);
      step(`half of ${name}`);
      yield piece.subarray(piece.length / 2);
    }
    isFirst = false;
  }
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

const realFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const { pathname, searchParams } = new URL(String(input));
  const path = pathname.replace(`/repos/${repository}`, '').replace(/^(\/releases(?:\/assets)?\/)\d+/, '$1N');
  const name = `${init?.method} ${path} ${searchParams.get('name') ?? ''}`.trim();
  step(`before ${name}`);
  const body: unknown = init?.body;
  const sent: object = isStream(body) ? { ...init, body: inHalves(body, name) } : { ...init };
  const answer = await realFetch(input, sent);
  step(`after ${name}`);
  return answer;
};

type Call = (...args: never[]) => unknown;

/** Makes reading a file count as a step. */
function counted<F extends Call>(call: F): F {
  return new Proxy(call, {
    apply(target, self, args) {
      const [path] = args as unknown[];
      if (String(path).startsWith(output)) step(`read ${basename(String(path))}`);
      return Reflect.apply(target, self, args);
    },
  });
}

fs.createReadStream = counted(fs.createReadStream);
promises.readFile = counted(promises.readFile);
syncBuiltinESMExports();

const db = openPool({ url, kind: kind === 'server' ? 'server' : 'embedded', log: silent, size: 1 });
await run(
  { output, attestation: null, partBytes: 30_000, dryRun: false },
  {
    db,
    repository: openRepository({ addresses: { apiUrl }, repository, token: 'some-token' }),
    sleep: async () => undefined,
    log: () => undefined,
    tally: () => undefined,
    signal: new AbortController().signal,
  },
);
await db.close();
process.stdout.write(JSON.stringify(steps));
