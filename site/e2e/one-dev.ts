import type { TestProject } from 'vitest/node';
import { type Dev, devFolder, endDev, startDev } from '../../actions/dev/testing.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dev: Dev;
  }
}

/** Starts development once for all browser tests. Each keeps to accounts of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = await startDev(await devFolder());
  const { url, gists, folder } = running;
  // The first page waits until the whole API is compiled; on a busy machine, longer than a test waits for a page.
  await fetch(`${url}/submit`);
  project.provide('dev', { url, gists, folder });
  return () => endDev(running);
}
