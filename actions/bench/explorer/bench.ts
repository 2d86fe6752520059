import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../../start-browser.ts';
import { runProgram } from '../../testing.ts';
import { writeLargeSnapshot } from '../large-snapshot.ts';
import { type BenchOptions, type Measured, median } from '../measured.ts';
import { dropSite } from '../viewer/build-site.ts';
import { buildPagefind } from './pagefind.ts';
import { serveFolder } from './static-server.ts';
import { type Signs, type Visited, visit } from './visit.ts';

const root = join(import.meta.dirname, '../../..');
const rounds = 3;

/** Pagefind is built at the sizes it is meant for: one file a session is a million of them. */
const sizes = [
  { sessions: 10_000, pagefind: true },
  { sessions: 100_000, pagefind: true },
  { sessions: 1_000_000, pagefind: false },
];

interface Scenario {
  name: string;
  ours: string;
  /** Null where the peer has no such thing. */
  peer: string | null;
}

const signs: Record<'ours' | 'peer', Signs> = {
  ours: { shown: '[data-explorer]:is([data-state=shown], [data-state=ended])', ended: '[data-state=ended]' },
  peer: { shown: '[data-found]', ended: '[data-found]' },
};

/**
 * The explorer of the built site on plain static hosting, in our own Chromium, each time with nothing in its cache: what is
 * sent and how long it takes until the sessions are shown, and until nothing more is done; and what the page then holds. The
 * peer searches the same sessions with Pagefind, which shows fifty of them.
 */
export async function* benchExplorer({ most }: BenchOptions): AsyncGenerator<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-explorer-'));
  const browser = await startBrowser();
  try {
    for (const { sessions, pagefind } of sizes.filter((size) => size.sessions <= most)) {
      const output = join(folder, 'dataset');
      await mkdir(output);
      await writeLargeSnapshot(output, sessions);
      const env = { DATASET_OUTPUT_DIR: output, SITE_URL: 'http://127.0.0.1:4321' };
      await runProgram('build', [], { cwd: root, env });
      const submissions = join(output, 'latest/submissions.ndjson');
      const peer = pagefind ? join(folder, 'pagefind') : null;
      if (peer) await buildPagefind(submissions, peer);
      yield* figures(browser, sessions, await scenarios(submissions, sessions), peer);
      await rm(output, { recursive: true });
      if (peer) await rm(peer, { recursive: true });
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
    await dropSite();
  }
}

/** What is asked for: a rare word and a gist are those of a session in the middle of the index. */
async function scenarios(submissions: string, sessions: number): Promise<Scenario[]> {
  let line = 0;
  let rare = '';
  for await (const text of createInterface({ input: createReadStream(submissions) })) {
    if (line++ < sessions / 2) continue;
    rare = JSON.parse(text).title.split(' ').at(-1);
    break;
  }
  return [
    { name: 'first page', ours: '', peer: '' },
    { name: 'one facet', ours: 'agent=codex', peer: 'agent=codex' },
    { name: 'two facets', ours: 'agent=codex&license=MIT', peer: 'agent=codex&license=MIT' },
    { name: 'a common word', ours: 'q=parser', peer: 'q=parser' },
    { name: 'a rare word', ours: `q=${rare}`, peer: `q=${rare}` },
    { name: 'a contributor', ours: 'contributor=10005', peer: null },
    { name: 'largest first', ours: 'sort=largest', peer: null },
  ];
}

async function* figures(
  browser: Browser,
  sessions: number,
  all: readonly Scenario[],
  pagefind: string | null,
): AsyncGenerator<Measured> {
  const ours = await serveFolder(join(root, 'dist/client'));
  const peer = pagefind === null ? null : await serveFolder(pagefind);
  try {
    for (const { name, ours: query, peer: peerQuery } of all) {
      const [mine, theirs]: Visited[][] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        mine?.push(await visit(browser, ours, `/sessions?${query}`, signs.ours));
        if (peer && peerQuery !== null)
          theirs?.push(await visit(browser, peer, `/?${peerQuery}`, signs.peer));
      }
      const peer_name = theirs?.length ? 'Pagefind' : 'Pagefind: not measured';
      const figure = (metric: string, unit: string, of: (visited: Visited) => number): Measured => ({
        metric: `${sessions} sessions, ${name}: ${metric}`,
        unit,
        ours: median(mine?.map(of) ?? []),
        peer: theirs?.length ? median(theirs.map(of)) : null,
        peer_name,
      });
      yield figure('sent until shown', 'bytes', ({ shown }) => shown.bytes);
      yield figure('requests until shown', 'requests', ({ shown }) => shown.requests);
      yield figure('time until shown', 'ms', ({ shown }) => shown.ms);
      yield figure('sent in all', 'bytes', ({ ended }) => ended.bytes);
      yield figure('requests in all', 'requests', ({ ended }) => ended.requests);
      yield figure('time in all', 'ms', ({ ended }) => ended.ms);
      yield figure('heaps of page and worker', 'MB', ({ memory }) =>
        Number((memory.pageHeap + memory.workerHeap).toFixed(1)),
      );
    }
  } finally {
    await ours.close();
    await peer?.close();
  }
}
