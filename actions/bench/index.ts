import { FlagError } from '../flags.ts';
import { runProgram } from '../program.ts';
import { benchCanaries } from './canaries/bench.ts';
import { benchCommand } from './command/bench.ts';
import { benchExplorer } from './explorer/bench.ts';
import { benchExport } from './export/bench.ts';
import { benchHydrate } from './hydrate/bench.ts';
import { benchInspect } from './inspect/bench.ts';
import { benchLighthouse } from './lighthouse/bench.ts';
import type { BenchOptions, Measured } from './measured.ts';
import { benchRecheck } from './recheck/bench.ts';
import { benchSite } from './site/bench.ts';
import { benchSiteBuild } from './site-build/bench.ts';
import { benchViewer } from './viewer/bench.ts';

/** Every benchmark, by name. Each measures us and a peer in the same run and prints one JSON object a line. */
const benches: Readonly<Record<string, (options: BenchOptions) => AsyncGenerator<Measured>>> = {
  site: benchSite,
  inspect: benchInspect,
  canaries: benchCanaries,
  command: benchCommand,
  viewer: benchViewer,
  lighthouse: benchLighthouse,
  recheck: benchRecheck,
  export: benchExport,
  explorer: benchExplorer,
  'site-build': benchSiteBuild,
  hydrate: benchHydrate,
};

await runProgram('bench', {
  description: `Prints one JSON object a line: {bench, metric, unit, ours, peer, peer_name, ratio}, both sides measured in this run,
ratio = ours / peer. Starts the servers it needs, on 127.0.0.1. Without a name, all of these:

  site      requests a second and tail latency of the built home page, beside a bare node:http server
  inspect   MB/s and peak memory on a session of 100 MB, beside jq -c . on the same file
  canaries  share of made-up secrets that is found, beside secretlint on the same text
  command   how soon the installed command line answers --help, beside a bare program of commander's and node -e 0
  viewer    a session of almost 10 MB in Chromium: time to its first prompt, frames while it is scrolled, nodes,
            scripts, search and memory, beside a page that holds all of it, or beside pi's HTML export
  lighthouse  Lighthouse's four scores of the built home page, list, session and dataset, compressed as in production, beside
            the same HTML without styles and scripts
  recheck   100,000 gists that are as they were: requests, time and peak memory, beside a conditional request a gist; and
            whether four shards leave the database that one run does
  export    an index of a million rows as NDJSON, and as a whole snapshot: time, memory, the same bytes twice, Parquet
            equal to the NDJSON; beside psql's COPY of the same rows
  explorer  finding sessions among 10,000, 100,000 and 1,000,000 in Chromium: bytes, requests, time and memory, beside
            Pagefind on the same sessions at the first two
  site-build  a full build of the site at 1000, 100,000 and 1,000,000 sessions: time, memory, files; beside a plain Astro
            site of one page a session, which is not built of a million
  hydrate   10,000 sessions from the stand-in into an empty copy, verified: time and peak memory, beside curl --parallel of
            the same addresses; and what a second run asks for`,
  operands: '[NAME]',
  flags: {
    pi: {
      type: 'string',
      value: 'FILE',
      description: "For viewer: pi's program, dist/bundle/cli.js of @earendil-works/pi-coding-agent",
    },
    most: {
      type: 'string',
      value: 'N',
      description: 'For site-build and explorer: no index of more than N sessions (default: 1000000)',
    },
    gists: {
      type: 'string',
      value: 'N',
      description: 'For hydrate: sessions to fetch (default: 10000)',
    },
  },
  async main({ flags, operands: [name, more], print }) {
    if (name !== undefined && !Object.hasOwn(benches, name)) {
      throw new FlagError(
        `There is no benchmark called ${name}. There are: ${Object.keys(benches).join(', ')}.`,
      );
    }
    if (more !== undefined) throw new FlagError('One benchmark at a time, or all.');
    const most = Number(flags.most ?? 1_000_000);
    if (!Number.isInteger(most) || most < 1) throw new FlagError('--most takes a whole number of sessions.');
    const gists = Number(flags.gists ?? 10_000);
    if (!Number.isInteger(gists) || gists < 1)
      throw new FlagError('--gists takes a whole number of sessions.');
    for (const [each, bench] of Object.entries(benches)) {
      if (name !== undefined && name !== each) continue;
      for await (const measured of bench({ pi: flags.pi ?? null, most, gists })) {
        const { ours, peer } = measured;
        // Of nothing there is no multiple: null in JSON.
        const ratio = peer === 0 || peer === null ? null : Number((ours / peer).toFixed(3));
        print(JSON.stringify({ bench: each, ...measured, ratio }));
      }
    }
    return undefined;
  },
});
