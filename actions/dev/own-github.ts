import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GitHubAddresses } from '#domain/environment.ts';
import type { GitHubOptions } from '#github/client.ts';
import { githubLimits } from '#github/standin/http/rate-limits.ts';
import { standinAccountId } from '#github/standin/ids.ts';
import { startStandin } from '#github/standin/server.ts';

const examples = fileURLToPath(import.meta.resolve('#github/standin/examples'));
const moderator = 'moderator';
// GitHub counts anonymous requests per address; here all browsers, a whole test run's too, come from one.
const hourlyLimits = { ...githubLimits, anonymous: 100_000 };

/** The GitHub that development brings along. */
export interface OwnGitHub {
  origin: string;
  addresses: GitHubAddresses;
  oauthApp: GitHubOptions['oauthApp'];
  moderatorId: string;
  /** The accounts that own gists. */
  logins: string[];
  close(): Promise<void>;
}

/**
 * Starts the stand-in on a port, or on a free one where that is taken or 0, with the account `moderator` besides the
 * owners of the gists.
 */
export async function startOwnGitHub(
  gists: string | undefined,
  port: number,
  log: (line: string) => void,
): Promise<OwnGitHub> {
  const gistsDir = gists ?? examples;
  const oauthApp = { clientId: 'development', clientSecret: randomBytes(16).toString('hex') };
  const start = (at: number) =>
    startStandin({ port: at, gistsDir, accounts: [moderator], hourlyLimits, ...oauthApp, log });
  const standin = await start(port).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return start(0);
  });
  const { origin } = standin;
  return {
    origin,
    addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
    oauthApp,
    moderatorId: String(standinAccountId(moderator)),
    logins: readdirSync(gistsDir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort(),
    close: () => standin.close(),
  };
}
