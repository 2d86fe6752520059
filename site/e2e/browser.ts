import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { ownChromium } from './chromium.ts';

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  // Whatever else it wants to reach is nowhere.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Starts Chromium with nothing of this process's environment, and with its sandbox wherever it can have one. */
async function startBrowser(): Promise<Browser> {
  const { executable, env } = await ownChromium();
  const start = (chromiumSandbox: boolean) =>
    chromium.launch({ executablePath: executable, env, args: quiet, chromiumSandbox });
  if (process.getuid?.() === 0) return await start(false);
  return await start(true).catch((error: Error) => {
    // Most containers refuse the namespaces it is made of.
    if (!error.message.includes('sandboxing failed')) throw error;
    return start(false);
  });
}

/**
 * One browser for a test file. The function it returns opens a window of its own in it, with its own cookies; windows
 * close after the test. A request from one to anywhere but 127.0.0.1 fails the test, naming the address.
 */
export function useBrowser(): (options?: BrowserContextOptions) => Promise<Page> {
  const contexts: BrowserContext[] = [];
  const elsewhere: string[] = [];
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(elsewhere.splice(0), 'requests to other machines').toEqual([]);
  });
  afterAll(() => browser.close());

  return async (options) => {
    const context = await browser.newContext(options);
    contexts.push(context);
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol !== 'data:' && hostname !== '127.0.0.1') elsewhere.push(request.url());
    });
    // Longer than the desk holds a decision, on a busy machine, too.
    context.setDefaultTimeout(30_000);
    return await context.newPage();
  };
}
