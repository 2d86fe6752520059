import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const browserTests = 'site/e2e/**/*.test.ts';

export default defineConfig({
  root: here('../..'),
  test: {
    setupFiles: [here('own-addresses-only.ts')],
    // Starting a database takes a while on a busy machine; no test asserts time.
    hookTimeout: 120_000,
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'code',
          include: ['{functions,sql,actions,site,docs}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, browserTests],
          globalSetup: [here('tell-what-is-left-out.ts')],
          maxWorkers: 3,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browserTests],
          globalSetup: [here('../../site/e2e/one-dev.ts')],
          // As patient as a page is with what it waits for.
          expect: { poll: { timeout: 15_000 } },
          // One after the other, and after all others: they share one running development.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
