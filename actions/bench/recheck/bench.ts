import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { formatsVersion } from '#domain/transcript/version.ts';
import { rulesetVersion } from '#inspect/secrets/ruleset.ts';
import type { Database } from '#sql/db.ts';
import { copyDatabase, insertListed, recheckedContents, settleDown } from '#sql/testing-gists.ts';
import { gistIdOf } from '#sql/testing-rows.ts';
import { highWaterMb } from '../high-water.ts';
import type { Measured } from '../measured.ts';
import { openServer } from '../open-server.ts';
import { withPostgres } from '../with-postgres.ts';
import { listedGist } from './made-up.ts';

const first = new URL('../../node-24.mjs', import.meta.url).href;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const serve = fileURLToPath(new URL('serve.ts', import.meta.url));

const many = 100_000;
const some = 20_000;
const shards = 4;
/** Gists the peer asks for; its figures for all of them are these, times how many more there are. */
const sample = 2_000;
const peer_name = `a conditional REST request a gist, ${sample.toLocaleString('en')} of them, for ${many.toLocaleString('en')}`;

/** Rechecks an index whose gists are as they were, and one in which some moved, by one run and by four shards. */
export async function* benchRecheck(): AsyncGenerator<Measured> {
  const { ours, peer } = await withIndex(many, 'as they were', async (url, origin) => {
    const run = await runRecheck(url, origin, []);
    return { ours: run, peer: await askEach(origin) };
  });
  const scale = many / sample;
  yield { metric: 'requests, nothing changed', unit: 'requests', ours: ours.apiCalls, peer: many, peer_name };
  yield {
    metric: 'time',
    unit: 's',
    ours: rounded(ours.seconds),
    peer: rounded(peer.seconds * scale),
    peer_name,
  };
  yield { metric: 'peak memory', unit: 'MB', ours: rounded(ours.peakMb), peer: null, peer_name: 'none' };

  const differing = await withIndex(some, 'moved', async (url, origin) => {
    const [whole = '', parts = ''] = await copies(url, ['whole', 'parts']);
    await runRecheck(whole, origin, []);
    const each = Array.from({ length: shards }, (_, i) => `--shard=${i + 1}/${shards}`);
    await Promise.all(each.map((shard) => runRecheck(parts, origin, [shard])));
    const one = await using(whole, recheckedContents);
    const four = await using(parts, recheckedContents);
    if (!one.some((line) => line.includes('lose'))) throw new Error('Nothing was found to have moved.');
    return one.filter((line, i) => line !== four[i]).length;
  });
  const metric = `rows of ${some.toLocaleString('en')} that ${shards} shards leave otherwise than one run`;
  yield { metric, unit: 'rows', ours: differing, peer: null, peer_name: 'one run' };
}

const rounded = (figure: number) => Number(figure.toFixed(1));

async function using<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openServer(url);
  return work(db).finally(() => db.close());
}

/** An index with so many gists on a server of its own, and the stand-in that serves them, while work lasts. */
function withIndex<T>(
  count: number,
  world: 'as they were' | 'moved',
  work: (url: string, origin: string) => Promise<T>,
): Promise<T> {
  return withPostgres(async (url) => {
    await using(url, async (db) => {
      for (let number = 1; number <= count; number += 1000) {
        const gists = Array.from({ length: 1000 }, (_, i) => listedGist(number + i));
        await insertListed(db, gists, { scannerVersion: rulesetVersion, formatsVersion });
      }
      await settleDown(db);
    });
    const server = spawn(process.execPath, ['--import', first, serve, String(count), world], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [origin] = await once(server.stdout, 'data');
      return await work(url, String(origin).trim());
    } finally {
      server.kill();
    }
  });
}

/** Databases on the same server with the same in them. */
async function copies(url: string, names: readonly string[]): Promise<string[]> {
  const at = (database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href;
  await using(at('template1'), async (db) => {
    for (const name of names) await copyDatabase(db, { name, from: new URL(url).pathname.slice(1) });
  });
  return names.map(at);
}

interface Run {
  seconds: number;
  peakMb: number;
  apiCalls: number;
}

/** Runs the job as an operator does. Its peak memory is the kernel's own high-water mark, read while it runs. */
async function runRecheck(url: string, origin: string, flags: readonly string[]): Promise<Run> {
  const started = performance.now();
  // What memory it takes depends on how package.json has Node start it.
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, ...script] = scripts.recheck.split(' ');
  const child = spawn(process.execPath, [...script, '--json', ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      DATABASE_URL: url,
      GITHUB_API_TOKEN: 'of-nobody',
      GITHUB_SERVER_URL: origin,
      GITHUB_API_URL: origin,
      GITHUB_GRAPHQL_URL: `${origin}/graphql`,
      GIST_RAW_URL: origin,
    },
  });
  let peakMb = 0;
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, highWaterMb(child.pid));
  }, 25);
  const ended = once(child, 'exit');
  const [told, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  clearInterval(poll);
  const [code] = await ended;
  if (code !== 0) throw new Error(`The recheck failed: ${complaint}`);
  return { seconds: (performance.now() - started) / 1000, peakMb, apiCalls: JSON.parse(told).api_calls };
}

/** Asks for some gists one after another, each by the ETag an earlier answer brought. */
async function askEach(origin: string): Promise<{ seconds: number }> {
  const headers = { authorization: 'bearer of-nobody' };
  const urls = Array.from({ length: sample }, (_, i) => `${origin}/gists/${gistIdOf(i + 1)}`);
  const tags: string[] = [];
  for (const url of urls) {
    const answer = await fetch(url, { headers });
    await answer.arrayBuffer();
    tags.push(answer.headers.get('etag') ?? '');
  }
  const started = performance.now();
  for (const [i, url] of urls.entries()) {
    const answer = await fetch(url, { headers: { ...headers, 'if-none-match': tags[i] ?? '' } });
    if (answer.status !== 304) throw new Error(`A gist that is as it was is answered with ${answer.status}.`);
  }
  return { seconds: (performance.now() - started) / 1000 };
}
