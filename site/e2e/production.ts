import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { readOwner } from '#sql/embedded/owner-file.ts';
import { openDatabase } from '#sql/open.ts';
import { silent } from '#sql/testing.ts';
import { dataFolderFor } from '../../actions/data-folder.ts';
import { readGitHubFile } from '../../actions/dev/github-file.ts';
import type { Dev } from '../../actions/dev/testing.ts';
import { freePort, runProgram, startProgram } from '../../actions/testing.ts';
import { sessionCookie } from './session-cookie.ts';

const secret = 'of the tests, and long enough to be one';

/** The database of development, from outside. Close it when done. */
export function databaseOf(dev: Dev) {
  return openDatabase({ databaseUrl: databaseUrlOf(dev), log: silent });
}

/**
 * Builds the site from the newest export of development and serves it as in production, on the same database and the same
 * stand-in for GitHub. `signedIn` is what a browser keeps of somebody who has signed in there.
 */
export async function startProduction(dev: Dev, moderatorIds: readonly string[]) {
  const github = readGitHubFile(indexOf(dev));
  if (!github) throw new Error('development runs no stand-in');
  const { serverUrl, apiUrl, graphqlUrl, rawUrl } = github.addresses;
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const settings = {
    SITE_URL: address,
    DATASET_OUTPUT_DIR: join(dev.folder, '.dataset'),
    GITHUB_SERVER_URL: serverUrl,
    GITHUB_API_URL: apiUrl,
    GITHUB_GRAPHQL_URL: graphqlUrl,
    GIST_RAW_URL: rawUrl,
  };
  await runProgram('build', [], { cwd: dev.folder, env: settings });
  const secrets = {
    DATABASE_URL: databaseUrlOf(dev),
    SESSION_SECRET: secret,
    GITHUB_CLIENT_ID: github.oauthApp.clientId,
    GITHUB_CLIENT_SECRET: github.oauthApp.clientSecret,
    MODERATOR_GITHUB_IDS: moderatorIds.join(','),
  };
  const site = await startProgram('start/testing-standin.ts', [port], {
    cwd: dev.folder,
    env: { ...settings, ...secrets },
    ready: /Serving (http:\S+) on/,
  });
  const database = await databaseOf(dev);
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

function indexOf(dev: Dev): string {
  return join(dev.folder, dataFolderFor(dev.gists));
}

function databaseUrlOf(dev: Dev): string {
  const owner = readOwner(indexOf(dev));
  if (!owner) throw new Error('development serves no database');
  return `postgres://postgres:${owner.token}@127.0.0.1:${owner.port}/postgres`;
}
