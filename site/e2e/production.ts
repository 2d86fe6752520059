import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { dataFolderFor } from '../../actions/data-folder.ts';
import type { Dev } from '../../actions/dev/testing.ts';
import { databaseOf, serveBuilt } from '../../actions/start/testing.ts';
import { sessionCookie } from './session-cookie.ts';

/** Development's own database, for what no page can do. Close it when done. */
export function databaseBehind(dev: Dev) {
  return databaseOf(indexOf(dev));
}

/**
 * Builds the site from the newest export of development and serves it as in production, on the same database and the same
 * stand-in for GitHub. `signedIn` is what a browser keeps of somebody who has signed in there.
 */
export async function startProduction(dev: Dev, moderatorIds: readonly string[]) {
  const secret = 'of the tests, and long enough to be one';
  const site = await serveBuilt(indexOf(dev), { sessionSecret: secret, moderatorIds });
  const database = await databaseBehind(dev);
  const { address } = site;
  return {
    address,
    async signedIn(
      githubId: string,
      login: string,
    ): Promise<NonNullable<BrowserContextOptions['storageState']>> {
      const cookie = await sessionCookie(database, { siteUrl: address, secret, githubId, login });
      return { cookies: [{ ...cookie, expires: -1 }], origins: [] };
    },
    async stop(): Promise<void> {
      await database.close();
      await site.stop();
    },
  };
}

function indexOf(dev: Dev) {
  return { folder: dev.folder, index: join(dev.folder, dataFolderFor(dev.gists)) };
}
