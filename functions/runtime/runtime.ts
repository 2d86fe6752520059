import type { Logger } from 'pino';
import type { GitHub } from '#github/client.ts';
import type { Database } from '#sql/db.ts';
import type { Limiter } from '#sql/limiter.ts';
import type { Load } from './load.ts';

/** What the endpoints work with. Made by the program that serves them (`actions/dev`, `actions/start`). */
export interface Runtime {
  /** Own origin, such as https://openagentsessions.org. */
  siteUrl: string;
  production: boolean;
  /** True when GitHub is the development stand-in. */
  standin: boolean;
  database: Database;
  limiter: Limiter;
  github: GitHub;
  /** Further hosts whose addresses name gists: the stand-in's. */
  gistHosts: readonly string[];
  moderatorIds: ReadonlySet<string>;
  sessionSecret: string;
  log: Logger;
  /** Null: whatever comes is taken on. */
  load: Load | null;
  /** True from the moment the program was told to end: a proxy should send nobody here any more. */
  isDraining(): boolean;
}

const key = Symbol.for('openagentsessions.runtime');
const shelf = globalThis as { [key]?: Runtime };

/**
 * Astro loads the endpoints as modules of its own, apart from the program that starts it; the runtime is handed over
 * on the global object, the only place both can see.
 */
export function provideRuntime(runtime: Runtime): void {
  shelf[key] = runtime;
}

/** Null while pages are prerendered by a build: there is no database then. */
export function currentRuntime(): Runtime | null {
  return shelf[key] ?? null;
}
