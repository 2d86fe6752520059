import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import autocannon from 'autocannon';
import { type Measured, median } from '../measured.ts';
import { withServer } from './with-server.ts';

const rounds = 3;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const peer_name = 'node:http serving the same page from memory';

/** The built home page under load: our server as it runs in production, and the least a Node server can do. */
export async function* benchSite(): AsyncGenerator<Measured> {
  execFileSync(process.execPath, ['actions/build/index.ts'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ours: autocannon.Result[] = [];
  const peers: autocannon.Result[] = [];
  let transfer = { compressed: 0, plain: 0 };
  for (let round = 0; round < rounds; round++) {
    ours.push(
      await withServer('ours', async (origin) => {
        transfer = await homeTransfer(origin);
        return load(origin);
      }),
    );
    peers.push(await withServer('peer', load));
  }
  const middle = (results: autocannon.Result[], figure: (result: autocannon.Result) => number) =>
    median(results.map(figure));
  const pair = (figure: (result: autocannon.Result) => number) => ({
    ours: middle(ours, figure),
    peer: middle(peers, figure),
    peer_name,
  });
  yield { metric: 'home requests', unit: '1/s', ...pair((result) => result.requests.average) };
  yield { metric: 'home latency p99', unit: 'ms', ...pair((result) => result.latency.p99) };
  yield {
    metric: 'home transfer, page with all it loads, gzip',
    unit: 'bytes',
    ours: transfer.compressed,
    peer: transfer.plain,
    peer_name: 'the same files uncompressed',
  };
}

/** 64 connections for ten seconds, after two seconds of warming up. */
async function load(origin: string): Promise<autocannon.Result> {
  const options = { url: `${origin}/`, connections: 64 };
  await autocannon({ ...options, duration: 2 });
  const result = await autocannon({ ...options, duration: 10 });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} requests failed`);
  return result;
}

async function homeTransfer(origin: string): Promise<{ compressed: number; plain: number }> {
  const home = await (await fetch(`${origin}/`)).text();
  const linked = [...home.matchAll(/<link rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"/g)].map(
    (match) => match[1],
  );
  const sources = [...home.matchAll(/<(?:script|img)[^>]*src="([^"]+)"/g)].map((match) => match[1]);
  const bodies = [Buffer.from(home)];
  for (const path of new Set([...linked, ...sources])) {
    bodies.push(Buffer.from(await (await fetch(new URL(path ?? '', origin))).arrayBuffer()));
  }
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    compressed: sum(bodies.map((body) => gzipSync(body).length)),
    plain: sum(bodies.map((body) => body.length)),
  };
}
