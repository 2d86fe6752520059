import type { Browser } from 'playwright-core';
import { type Memory, memoryOf } from '../viewer/memory.ts';
import type { StaticServer } from './static-server.ts';

/** What a browser was sent until a moment. */
interface Transferred {
  bytes: number;
  requests: number;
  ms: number;
}

export interface Visited {
  /** Until it is seen from outside that what was asked for is shown; some of what the page fetches next may be in it. */
  shown: Transferred;
  /** Until nothing more is done. */
  ended: Transferred;
  memory: Memory;
}

/** How to see in a page that it shows what was asked for, and that it is done. */
export interface Signs {
  shown: string;
  ended: string;
}

/** Opens an address of the server in a browser that has seen nothing yet; nobody else may ask it meanwhile. */
export async function visit(
  browser: Browser,
  server: StaticServer,
  path: string,
  signs: Signs,
): Promise<Visited> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const before = server.sent();
    const begin = performance.now();
    const until = (): Transferred => {
      const { bytes, requests } = server.sent();
      return {
        bytes: bytes - before.bytes,
        requests: requests - before.requests,
        ms: Math.round(performance.now() - begin),
      };
    };
    await page.goto(server.origin + path, { waitUntil: 'commit' });
    const see = (selector: string) =>
      page.locator(selector).first().waitFor({ state: 'attached', timeout: 120_000 });
    await see(signs.shown);
    const shown = until();
    await see(signs.ended);
    const ended = until();
    return { shown, ended, memory: await memoryOf(browser, session) };
  } finally {
    await context.close();
  }
}
