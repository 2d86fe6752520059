import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { recordId } from '#domain/record-id.ts';
import { switchesPath } from '#github/standin/fault-switches.ts';
import { bundle } from '../../pack/bundle.ts';
import { highWaterMb } from '../high-water.ts';
import { largeIndex } from '../large-index.ts';
import { writeSnapshotOf } from '../large-snapshot.ts';
import { type BenchOptions, type Measured, median } from '../measured.ts';
import { type ServedGist, writeGists } from './made-up.ts';

const serve = fileURLToPath(new URL('serve.ts', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const first = new URL('../../node-24.mjs', import.meta.url).href;

const rounds = 3;
const atOnce = 16;
/** How late a host on a good network answers. */
const milliseconds = 10;
const peer_name = `curl --parallel --parallel-max ${atOnce} of the same addresses, nothing verified`;

const told = z.object({ requests: z.int(), ok: z.int() });

/** Hydrates a copy from the stand-in with the command as it is installed, in turns with curl, which fetches the same addresses to files and looks at no byte of them. */
export async function* benchHydrate({ gists }: BenchOptions): AsyncGenerator<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-hydrate-'));
  const served = await writeGists(join(folder, 'gists'), gists);
  await writeSnapshotOf(join(folder, 'published'), rowsOf(served));
  await bundle(root, join(folder, 'command/dist'));
  await writeFile(join(folder, 'command/package.json'), '{"type":"module","version":"0.0.0"}');
  const command = join(folder, 'command/dist/index.js');
  const server = spawn(process.execPath, ['--import', first, serve, join(folder, 'gists')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [printed] = await once(server.stdout, 'data');
    const origin = String(printed).trim();
    // The first to ask for a gist waits until the stand-in has read it.
    await fetchWithCurl(join(folder, 'warm'), origin, served);
    const many = `${gists.toLocaleString('en')} sessions, verified`;
    const near = await takeTurns(folder, 'near', command, origin, served);
    yield { metric: `time, ${many}, a host that answers at once`, unit: 's', ...near.times };
    await delay(origin, milliseconds);
    const far = await takeTurns(folder, 'far', command, origin, served);
    yield { metric: `time, ${many}, a host ${milliseconds} ms away`, unit: 's', ...far.times };
    const peakMb = Math.max(near.peakMb, far.peakMb);
    yield { metric: 'peak memory', unit: 'MB', ours: rounded(peakMb), peer: null, peer_name: 'none' };
    const again = await hydrate(command, near.last, origin);
    yield {
      metric: 'requests of a second run',
      unit: 'requests',
      ours: again.requests,
      peer: gists,
      peer_name,
    };
    const seconds = rounded(again.seconds);
    yield { metric: 'time of a second run', unit: 's', ours: seconds, peer: near.times.peer, peer_name };
    const made = await hydrate(command, near.last, origin, '--format', 'sts,messages,parquet');
    const formatMb = rounded(made.peakMb);
    yield { metric: 'peak memory, all formats', unit: 'MB', ours: formatMb, peer: null, peer_name: 'none' };
  } finally {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Hydrates and lets curl fetch, by turns. Every file of every round has to come. */
async function takeTurns(
  folder: string,
  name: string,
  command: string,
  origin: string,
  served: readonly ServedGist[],
): Promise<{ times: Pick<Measured, 'ours' | 'peer' | 'peer_name'>; peakMb: number; last: string }> {
  const ours: Hydration[] = [];
  const peers: number[] = [];
  let last = '';
  for (let round = 1; round <= rounds; round += 1) {
    peers.push(await fetchWithCurl(join(folder, `curl-${name}-${round}`), origin, served));
    last = await copyIn(folder, `copy-${name}-${round}`);
    const one = await hydrate(command, last, origin);
    const { requests, ok } = one;
    if (requests !== served.length || ok !== served.length) {
      throw new Error(`${requests} were asked for, and ${ok} came.`);
    }
    ours.push(one);
  }
  const middle = rounded(median(ours.map(({ seconds }) => seconds)));
  return {
    times: { ours: middle, peer: rounded(median(peers)), peer_name },
    peakMb: Math.max(...ours.map((one) => one.peakMb)),
    last,
  };
}

/** From now on the stand-in answers so much later, as a host on a network does. */
async function delay(origin: string, by: number): Promise<void> {
  const answer = await fetch(`${origin}${switchesPath}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ faults: [`slow=${by}:raw`] }),
  });
  if (!answer.ok) throw new Error(`The stand-in answers ${answer.status}.`);
}

const rounded = (figure: number) => Number(figure.toFixed(2));

/** Rows of a large index, about these gists. */
function* rowsOf(served: readonly ServedGist[]): Generator<string> {
  let number = 0;
  for (const line of largeIndex(served.length)) {
    const gist = served[number];
    if (gist === undefined) return;
    number += 1;
    const { gistId, login, revision, file: own } = gist;
    const { rawPath, ...named } = own;
    yield JSON.stringify({
      ...JSON.parse(line),
      gist_id: gistId,
      gist_url: `https://gist.github.com/${login}/${gistId}`,
      gist_owner_login: login,
      gist_version: revision,
      record_id: recordId(gistId),
      files: [{ ...named, raw_url: `https://gist.githubusercontent.com${rawPath}` }],
      total_bytes: own.bytes,
    });
  }
}

/** A copy that has the snapshot, and nothing else yet. What was just deleted slows down what is made next, so each round has its own. */
async function copyIn(folder: string, name: string): Promise<string> {
  const copy = join(folder, name);
  await promisify(execFile)('cp', ['-a', join(folder, 'published'), copy]);
  return copy;
}

/** Seconds it takes curl to write what is at these addresses to files of a new folder. */
async function fetchWithCurl(output: string, origin: string, served: readonly ServedGist[]): Promise<number> {
  await mkdir(output);
  const lines = served.map(
    ({ file: { rawPath } }, i) => `url = "${origin}${rawPath}"\noutput = "${join(output, String(i))}"\n`,
  );
  const config = `${output}.config`;
  await writeFile(config, lines.join(''));
  const started = performance.now();
  const flags = ['--silent', '--fail', '--parallel', '--parallel-max', String(atOnce), '--config', config];
  await promisify(execFile)('curl', flags);
  return (performance.now() - started) / 1000;
}

interface Hydration {
  seconds: number;
  peakMb: number;
  requests: number;
  ok: number;
}

/** Hydrates in a process of its own. Its peak memory is the kernel's own high-water mark, read while it runs. */
async function hydrate(command: string, copy: string, origin: string, ...more: string[]): Promise<Hydration> {
  const flags = [
    '--offline',
    '--output',
    copy,
    '--raw-host',
    origin,
    '--concurrency',
    String(atOnce),
    '--json',
  ];
  const started = performance.now();
  const child = spawn(process.execPath, [command, 'hydrate', ...flags, ...more], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let peakMb = 0;
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, highWaterMb(child.pid));
  }, 25);
  const ended = once(child, 'exit');
  const printed = await text(child.stdout);
  const [code] = await ended;
  clearInterval(poll);
  if (code !== 0) throw new Error('The hydrate failed.');
  return { seconds: (performance.now() - started) / 1000, peakMb, ...told.parse(JSON.parse(printed)) };
}
