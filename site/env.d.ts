/// <reference types="astro/client" />

interface ImportMetaEnv {
  /** Folder of the published files, set by `published/integration.ts`. */
  readonly DATASET_FOLDER: string;
  /** Folder of the browse files, one folder a snapshot; null where pages are made, and these with them. */
  readonly BROWSE_FOLDER: string | null;
  /** Names a build among builds; empty in development. */
  readonly BUILD_ID: string;
  /** Where this site's code can be cloned from; null where nobody said. */
  readonly REPOSITORY_URL: string | null;
  /** GitHub's API, as a visitor's browser asks it. */
  readonly GITHUB_API_URL: string;
  /** The site's own scripts by name, set by `scripts/integration.ts`. */
  readonly SCRIPTS: Record<
    import('./scripts/build-scripts.ts').ScriptName,
    import('./scripts/build-scripts.ts').SiteScript
  >;
}

declare namespace App {
  interface Locals {
    /**
     * True on a page that is the same for everybody: prerendered, or made on request from published files alone. Nobody
     * is looked up for it, and it offers what all may follow.
     */
    everybody: boolean;
    /** Who is signed in. Always null on a page for everybody. */
    member: import('#domain/account-session.ts').Member | null;
    /** Asks our own API in-process, as this visitor; with `post` it is a POST of that JSON. */
    call(path: string, post?: object): Promise<Response>;
    /** What the last form post led to, shown once. `values` are the form's own fields to fill in again. */
    notice: {
      kind: 'done' | 'refused';
      code: string;
      sentence: string;
      values: Record<string, string>;
    } | null;
    /** Logs an error that the page has an answer to; while a site is built, throws it. */
    report(error: unknown): void;
    /** True in development without a GitHub client id: the stand-in is used and every page says so. */
    standin: boolean;
  }
}
