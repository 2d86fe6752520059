import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaults, parseFaults } from './faults.ts';
import { type GistsFolder, openGistsFolder } from './gists/gists-folder.ts';
import type { CredentialRules } from './http/credential.ts';
import { createRateLimits, githubLimits, type HourlyLimits } from './http/rate-limits.ts';
import { createIssueStore, type Issue } from './issues/issue-store.ts';
import { createListener } from './listener.ts';
import { createOauthStore } from './oauth/oauth-store.ts';
import { createReleaseStore, githubReleaseLimits, type ReleaseLimits } from './releases/release-store.ts';
import { createRequestNotes, type NotedRequest } from './request-notes.ts';
import { createWorkflowStore } from './workflows/workflow-store.ts';

export interface StandinOptions {
  /** 0 takes a free one. */
  port: number;
  /** `DIR/<login>/<gist-name>/<files>`; has to exist. Or gists from elsewhere, where there are too many for files. */
  gistsDir: string | GistsFolder;
  /** Logins that have no folder. */
  accounts?: readonly string[];
  /** As `faults.ts` writes them. */
  faults?: readonly string[];
  /** With these, any other app is refused. */
  clientId?: string;
  clientSecret?: string;
  /** Requests an hour; GitHub's own if not said. */
  hourlyLimits?: HourlyLimits;
  /** What a release takes; GitHub's own if not said. */
  releaseLimits?: ReleaseLimits;
  log?: (line: string) => void;
  /** Epoch milliseconds; decides when codes expire and limits reset. */
  now?: () => number;
}

/** A GitHub stand-in that is running. */
export interface Standin {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  port: number;
  /** Replaces the faults; throws a sentence about a name it does not know. */
  setFaults(names: readonly string[]): void;
  /** An account's login changes: its id and gists stay, and anybody may take the former login. */
  rename(login: string, newLogin: string): void;
  /** A run of a workflow ends so, in GitHub's word: `success`, `failure` and others. */
  finishRun(repository: string, file: string, conclusion: string): void;
  /** The issues of a repository, oldest first. */
  issuesOf(repository: string): readonly Issue[];
  /** The latest 1,000 requests, oldest first. */
  requests: readonly NotedRequest[];
  /** Ends at once, open requests included. */
  close(): Promise<void>;
}

function knownFaults(names: readonly string[]) {
  const parsed = parseFaults(names);
  if (!parsed.ok) throw new Error(parsed.sentence);
  return parsed.faults;
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * Starts GitHub for one machine: OAuth, gists, users, GraphQL nodes, raw files and releases on one origin, served
 * from a folder. Listens on 127.0.0.1 only. Rejects where the folder is missing, the port is taken (`EADDRINUSE`)
 * or a fault is unknown.
 */
export async function startStandin(options: StandinOptions): Promise<Standin> {
  const { now = Date.now, log = () => {}, accounts = [], clientId, clientSecret } = options;
  const faults = createFaults(knownFaults(options.faults ?? []));
  const { gistsDir } = options;
  const gists = typeof gistsDir === 'string' ? openGistsFolder({ dir: gistsDir, accounts, log }) : gistsDir;
  const oauth = createOauthStore(now);
  const releases = createReleaseStore(now, options.releaseLimits ?? githubReleaseLimits);
  const workflows = createWorkflowStore(now);
  const issues = createIssueStore();
  const limits = createRateLimits(options.hourlyLimits ?? githubLimits, now);
  const credentials: CredentialRules = {
    clientId,
    clientSecret,
    tokenLogin: (token) => oauth.token(token)?.login,
  };
  const notes = createRequestNotes(1000);

  const server = createServer();
  const port = await listenOn(server, options.port);
  const origin = `http://127.0.0.1:${port}`;
  server.on(
    'request',
    createListener(
      { origin, gists, oauth, releases, workflows, issues, faults, limits, credentials, now, log },
      notes,
    ),
  );

  return {
    origin,
    port,
    requests: notes.list,
    setFaults: (names) => faults.set(knownFaults(names)),
    rename: gists.rename,
    finishRun: (repository, file, conclusion) =>
      workflows.finishRun(`${repository.toLowerCase()}/${file}`, conclusion),
    issuesOf: (repository) => issues.of(repository.toLowerCase()),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await releases.close();
    },
  };
}
