import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startBrowser } from '../../actions/start-browser.ts';

/**
 * One browser for a test file. The function it returns opens a window of its own in it, with its own cookies; windows
 * close after the test. A request from one to anywhere but 127.0.0.1 fails the test, naming the address; but origins
 * that the test answers itself, by `page.route`. They are nowhere where it does not.
 */
export function useBrowser({
  answered = [],
}: {
  answered?: readonly string[];
} = {}): (options?: BrowserContextOptions) => Promise<Page> {
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
      const { protocol, hostname, origin } = new URL(request.url());
      if (protocol === 'data:' || hostname === '127.0.0.1' || answered.includes(origin)) return;
      elsewhere.push(request.url());
    });
    // Longer than the desk holds a decision, on a busy machine, too.
    context.setDefaultTimeout(30_000);
    return await context.newPage();
  };
}
