import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['{functions,sql,actions,site,docs}/**/*.test.ts'],
    setupFiles: [fileURLToPath(new URL('own-addresses-only.ts', import.meta.url))],
    globalSetup: [fileURLToPath(new URL('tell-what-is-left-out.ts', import.meta.url))],
    // Starting a database takes a while on a busy machine; no test asserts time.
    hookTimeout: 120_000,
    testTimeout: 60_000,
    maxWorkers: 3,
  },
});
