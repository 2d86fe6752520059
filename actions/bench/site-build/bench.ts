import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownEnvironment } from '../../testing.ts';
import { measure } from '../measure.ts';
import type { BenchOptions, Measured } from '../measured.ts';
import { type Built, built } from './built.ts';
import { exportOf } from './export-of.ts';
import { buildPlain } from './plain-site.ts';

const root = join(import.meta.dirname, '../../..');
const dist = join(root, 'dist');

/**
 * Numbers of sessions, and whether the peer is built at that many: a page a session takes ten minutes and more memory
 * than it is given at a million, by what it takes at the others.
 */
const sizes = [
  { sessions: 1000, plain: true },
  { sessions: 100_000, plain: true },
  { sessions: 1_000_000, plain: false },
];

/**
 * What a full build of the site takes by number of sessions, from an export of that many, on a PostgreSQL server of its own; beside an Astro site of one
 * small page a session, as everybody would make it at first.
 */
export async function* benchSiteBuild({ most }: BenchOptions): AsyncGenerator<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-site-build-'));
  try {
    for (const { sessions, plain } of sizes.filter((size) => size.sessions <= most)) {
      const dataset = join(folder, 'dataset');
      mkdirSync(dataset);
      await exportOf(sessions, dataset);
      const ours = await buildOurs(dataset);
      const peer = plain ? await buildPlain(dataset, join(folder, 'plain')) : null;
      yield* figures(sessions, ours, peer);
      rmSync(dataset, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true });
    // Lest somebody starts it.
    rmSync(dist, { recursive: true, force: true });
  }
}

async function buildOurs(dataset: string): Promise<Built> {
  const env = { ...ownEnvironment(), DATASET_OUTPUT_DIR: dataset, SITE_URL: 'http://127.0.0.1:4321' };
  const run = await measure(process.execPath, [join(root, 'actions/build/index.ts')], { cwd: root, env });
  return built(run, dist);
}

function* figures(sessions: number, ours: Built, peer: Built | null): Generator<Measured> {
  const peer_name =
    peer === null
      ? 'astro build of one small page a session: not run at this size'
      : 'astro build of one small page a session';
  const figure = (metric: string, unit: string, of: (built: Built) => number): Measured => ({
    metric: `${sessions} sessions: ${metric}`,
    unit,
    ours: of(ours),
    peer: peer && of(peer),
    peer_name,
  });
  yield figure('full build', 's', ({ seconds }) => Number(seconds.toFixed(1)));
  yield figure('peak memory of that, all processes together', 'MB', ({ peakMb }) => Math.round(peakMb));
  yield figure('files in dist', 'files', ({ files }) => files);
}
