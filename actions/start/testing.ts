import { join } from 'node:path';
import { readOwner } from '#sql/embedded/owner-file.ts';
import { openDatabase } from '#sql/open.ts';
import { silent } from '#sql/testing.ts';
import { readGitHubFile } from '../dev/github-file.ts';
import { freePort, type RunningProgram, runProgram, startProgram } from '../testing.ts';

/** A running development: the folder it was started from, and its folder of data. */
export interface Development {
  folder: string;
  index: string;
}

/** The database of development, from outside. Close it when done. */
export function databaseOf({ index }: Pick<Development, 'index'>) {
  return openDatabase({ databaseUrl: databaseUrlOf(index), log: silent });
}

interface Served {
  sessionSecret: string;
  moderatorIds: readonly string[];
  /** Where visitors find it, when something stands before it. */
  siteUrl?: string;
}

/**
 * Builds the site from the newest export of development and serves it as in production, on the same database and the same
 * stand-in for GitHub. The program's address is its own, whatever stands before it.
 */
export async function serveBuilt(
  { folder, index }: Development,
  { sessionSecret, moderatorIds, siteUrl }: Served,
): Promise<RunningProgram> {
  const github = readGitHubFile(index);
  if (!github) throw new Error('development runs no stand-in');
  const { serverUrl, apiUrl, graphqlUrl, rawUrl } = github.addresses;
  const port = await freePort();
  const env = {
    SITE_URL: siteUrl ?? `http://127.0.0.1:${port}`,
    DATASET_OUTPUT_DIR: join(folder, '.dataset'),
    GITHUB_SERVER_URL: serverUrl,
    GITHUB_API_URL: apiUrl,
    GITHUB_GRAPHQL_URL: graphqlUrl,
    GIST_RAW_URL: rawUrl,
    DATABASE_URL: databaseUrlOf(index),
    SESSION_SECRET: sessionSecret,
    GITHUB_CLIENT_ID: github.oauthApp.clientId,
    GITHUB_CLIENT_SECRET: github.oauthApp.clientSecret,
    MODERATOR_GITHUB_IDS: moderatorIds.join(','),
  };
  await runProgram('build', [], { cwd: folder, env });
  const ready = /Serving \S+ on (http:\S+)\/\n/;
  return await startProgram('start/testing-standin.ts', [port], { cwd: folder, env, ready });
}

function databaseUrlOf(index: string): string {
  const owner = readOwner(index);
  if (!owner) throw new Error('development serves no database');
  return `postgres://postgres:${owner.token}@127.0.0.1:${owner.port}/postgres`;
}
