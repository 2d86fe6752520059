import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from '../../start-browser.ts';
import { writeSession } from '../inspect/session.ts';
import { type BenchOptions, type Measured, median } from '../measured.ts';
import { withServer } from '../site/with-server.ts';
import { buildSite, dropSite } from './build-site.ts';
import { figures } from './figures.ts';
import { openHost } from './host.ts';
import { type Look, look } from './look.ts';
import { piRecords } from './pi-session.ts';
import { type Scripts, scriptsOf } from './scripts.ts';
import { ours, piExport, plainPage } from './viewers.ts';

const rounds = 3;
/** Under GitHub's limit for a raw file, 10 MiB, by more than a turn. */
const bytes = 9.8e6;

/**
 * A session of almost 10 MB in the built site, as production serves it but for where gists are, in our own Chromium. The
 * peer shows the same file: pi's HTML export of it, or the least a page can do, which is to put all of it into the page.
 * Times begin when the first 64 KB of what brings the session were handed to the browser's socket, the first prompt being
 * among them, and end with the frame that shows what was waited for. A frame is from one animation frame to the next.
 * Nothing is left of the built site, which lists nothing but this session.
 */
export async function* benchViewer({ pi }: BenchOptions): AsyncGenerator<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-viewer-'));
  const host = await openHost();
  const browser = await startBrowser();
  try {
    const session = join(folder, 'session.jsonl');
    await writeSession(session, bytes, piRecords);
    await buildSite(session, folder, host);
    const peer = pi === null ? await plainPage(host) : await piExport(pi, session, folder, host);
    const looks: Record<'ours' | 'peer', Look[]> = { ours: [], peer: [] };
    const scripts = await withServer(
      'ours',
      async (origin) => {
        const viewer = ours(origin);
        for (let round = 0; round < rounds; round++) {
          looks.ours.push(await look(browser, host, viewer));
          looks.peer.push(await look(browser, host, peer.viewer));
        }
        return { ours: await scriptsOf(browser, viewer), peer: await scriptsOf(browser, peer.viewer) };
      },
      host.origin,
    );
    const peer_name = peer.name;
    for (const { metric, unit, of } of figures) {
      const found = middle(looks.ours.map(of));
      if (found === null) throw new Error(`nothing was measured of ${metric}`);
      yield { metric, unit, ours: found, peer: middle(looks.peer.map(of)), peer_name };
    }
    const weights = (metric: string, of: (each: Scripts) => number): Measured => ({
      metric,
      unit: 'kB',
      ours: of(scripts.ours),
      peer: of(scripts.peer),
      peer_name,
    });
    yield weights('scripts of the page without its worker, gzip', (each) => each.page);
    yield weights('script of the worker, gzip', (each) => each.workers);
  } finally {
    await browser.close();
    await host.close();
    await rm(folder, { recursive: true });
    await dropSite();
  }
}

/** The middle of the rounds; null where nothing was measured. */
function middle(rounds: readonly (number | null)[]): number | null {
  const measured = rounds.filter((figure) => figure !== null);
  return measured.length === 0 ? null : Number(median(measured).toFixed(1));
}
