import type { Environment, Required } from '#domain/environment.ts';
import { createGitHub, createTokenReader, type GitHubReader, type ReaderOptions } from '#github/client.ts';
import { readGitHubFile } from './dev/github-file.ts';
import { JobFailure } from './failure.ts';

/** What a job that reads gists cannot do without in production: a token, or the OAuth app. */
export function neededToReadGists(env: Readonly<Record<string, string | undefined>>): Required[] {
  return env.GITHUB_API_TOKEN?.trim()
    ? ['DATABASE_URL']
    : ['DATABASE_URL', 'GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'];
}

/**
 * GitHub as jobs read it: by the token, else in the name of our OAuth app; for the embedded database in `dataDir`, at the
 * stand-in of the development that serves it. `shared` tells whether the site spends the same budget.
 */
export function gistReader(
  environment: Pick<Environment, 'oauthApp' | 'github' | 'gistsToken' | 'databaseUrl'>,
  dataDir: string,
  optionsFor: (shared: boolean) => Omit<ReaderOptions, 'addresses'>,
): GitHubReader {
  const { oauthApp, github: addresses, gistsToken: token, databaseUrl } = environment;
  const standin = databaseUrl === null && oauthApp === null ? readGitHubFile(dataDir) : null;
  if (standin) return createGitHub({ ...standin, ...optionsFor(true) });
  if (token !== null) return createTokenReader({ addresses, token, ...optionsFor(false) });
  if (oauthApp !== null) return createGitHub({ addresses, oauthApp, ...optionsFor(true) });
  throw new JobFailure(
    'GITHUB_CLIENT_ID is not set, nor is GITHUB_API_TOKEN, and gists are read by one of them. Run this beside npm run dev, or set one, see .env.example.',
  );
}
