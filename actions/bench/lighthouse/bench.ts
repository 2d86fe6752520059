import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from 'lighthouse';
import { listGists } from '#sql/testing-rows.ts';
import { dataFolderFor } from '../../data-folder.ts';
import { lighthouseReport } from '../../lighthouse.ts';
import { listen } from '../../listen.ts';
import { databaseOf, serveBuilt } from '../../start/testing.ts';
import { startBrowser } from '../../start-browser.ts';
import { freePort, runProgram, startProgram } from '../../testing.ts';
import { type Measured, median } from '../measured.ts';
import { openFront } from './front.ts';

const rounds = 3;
const peer_name = 'the HTML of the same page without styles, scripts and icon';

/**
 * Lighthouse on the built site with the bundled examples and a thousand made-up sessions more, compressed as in
 * production: its four scores, and when the page's largest element is painted on a slow phone. The peer is what no page
 * with these words can beat.
 */
export async function* benchLighthouse(): AsyncGenerator<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-lighthouse-'));
  const index = join(folder, dataFolderFor(undefined));
  const dev = await startProgram('dev', ['--port', await freePort()], {
    cwd: folder,
    ready: /for development: (http:\S+)\/\n/,
  });
  const stops = [() => rm(folder, { recursive: true }), () => dev.stop()];
  try {
    const session = await listSessions(folder, index, dev.address);
    let site = '';
    const bare = new Map<string, Buffer>();
    const front = openFront(() => site, bare);
    const frontPort = await freePort();
    await listen(front, Number(frontPort), '127.0.0.1');
    stops.push(async () => {
      front.close();
      front.closeAllConnections();
      if (front.listening) await once(front, 'close');
    });
    const siteUrl = `http://127.0.0.1:${frontPort}`;
    const served = await serveBuilt(
      { folder, index },
      { sessionSecret: 'nobody signs in while this is measured', moderatorIds: ['1'], siteUrl },
    );
    stops.push(() => served.stop());
    site = served.address;

    const port = await freePort();
    const browser = await startBrowser({ port });
    stops.push(() => browser.close());
    for (const path of ['/', '/sessions', session, '/dataset']) {
      bare.set(`/bare${path}`, Buffer.from(withoutLooks(await (await fetch(site + path)).text())));
      const reports: Record<'ours' | 'peer', Result[]> = { ours: [], peer: [] };
      for (let round = 0; round < rounds; round++) {
        reports.ours.push(await lighthouseReport(siteUrl + path, port));
        reports.peer.push(await lighthouseReport(`${siteUrl}/bare${path}`, port));
      }
      const name = path === session ? 'a session' : path;
      const middle = (metric: string, unit: string, of: (report: Result) => number): Measured => ({
        metric: `${name}: ${metric}`,
        unit,
        ours: median(reports.ours.map(of)),
        peer: median(reports.peer.map(of)),
        peer_name,
      });
      for (const category of ['performance', 'accessibility', 'best-practices', 'seo']) {
        yield middle(category, 'of 100', ({ categories }) =>
          Math.round((categories[category]?.score ?? 0) * 100),
        );
      }
      yield middle('largest paint', 'ms', ({ audits }) =>
        Math.round(audits['largest-contentful-paint']?.numericValue ?? Number.NaN),
      );
    }
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** Lists a thousand sessions besides those of the examples, and exports them. Returns the path of an example's page. */
async function listSessions(folder: string, index: string, address: string): Promise<string> {
  const database = await databaseOf({ index });
  await listGists(database, 1000, 10_000);
  await database.close();
  await runProgram('export', [], { cwd: folder });
  const home = await (await fetch(`${address}/`)).text();
  const [path] = /\/sessions\/[0-9a-f]{32}/.exec(home) ?? [];
  if (path === undefined) throw new Error('the home page shows no session');
  return path;
}

function withoutLooks(html: string): string {
  return html.replaceAll(/<link [^>]*>|<script\b.*?<\/script>/gs, '');
}
