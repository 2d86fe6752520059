import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standinAccountId } from '#github/standin/ids.ts';
import { freePort, ownEnvironment } from '../../testing.ts';
import { buildSite } from './build.ts';
import { type NewGist, writeGists } from './gists.ts';
import { createPostgres } from './postgres.ts';
import { launch, ownProgram, type Running, stop } from './process.ts';

export const memberNames = ['PostgreSQL', 'GitHub', 'site 1', 'site 2'] as const;
export type MemberName = (typeof memberNames)[number];

/** What runs while a drill lasts: the site twice, as in production, on one PostgreSQL, and a stand-in for GitHub. */
export interface World {
  /** The programs that run now. */
  members: ReadonlyMap<MemberName, Running>;
  /** Starts a program that has ended. Throws when it ends again before it is ready. */
  start(name: MemberName): Promise<void>;
  databaseUrl: string;
  /** Where visitors think the site is. */
  siteUrl: string;
  /** Where its two processes are. */
  sites: readonly string[];
  contributors: readonly string[];
  moderators: readonly string[];
  /** Nobody has offered these yet. */
  gists: NewGist[];
  /** What a job needs in its environment. */
  jobEnv: Readonly<Record<string, string>>;
  /** Has the logs, `site-1.log` for one; jobs may be run there. */
  folder: string;
  /** Ends all of it; `keep` leaves the folder, and says where it is. */
  close(keep: boolean): Promise<void>;
}

export interface Wanted {
  contributors: number;
  moderators: number;
  /** Gists that can be offered. */
  gists: number;
  /** Made-up sessions in the snapshot that the site is built from. */
  sessions: number;
  /** Are they in the index, too? No gist is behind them, so a recheck would miss all. */
  filled: boolean;
  say(text: string): void;
}

const oauthApp = { id: 'drill', secret: 'of the drill' };

/**
 * Builds the site and starts everything. The built site is left in `dist/`.
 * @throws JobFailure where there is no PostgreSQL on this machine
 */
export async function startWorld(wanted: Wanted): Promise<World> {
  const { say } = wanted;
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-drill-'));
  const members = new Map<MemberName, Running>();
  const contributors = Array.from({ length: wanted.contributors }, (_, n) => `drill-${n}`);
  const moderators = Array.from({ length: wanted.moderators }, (_, n) => `drill-moderator-${n}`);

  say(`Writing ${wanted.gists} gists`);
  const gistsDir = join(folder, 'gists');
  const gists = writeGists(gistsDir, contributors, wanted.gists);
  const [githubPort, firstPort, secondPort] = [await freePort(), await freePort(), await freePort()];
  const github = `http://127.0.0.1:${githubPort}`;
  const sites = [firstPort, secondPort].map((port) => `http://127.0.0.1:${port}`);
  const siteUrl = `http://127.0.0.1:${firstPort}`;

  const postgres = await createPostgres(folder, join(folder, 'postgres.log'));
  members.set('PostgreSQL', await postgres.start());
  const output = join(folder, 'dataset');
  mkdirSync(output);
  const { sessions, filled } = wanted;
  const databaseUrl = await buildSite(
    { server: postgres.url, sessions, filled, output, siteUrl, github },
    say,
  );

  const jobEnv = {
    ...ownEnvironment(),
    DATABASE_URL: databaseUrl,
    SITE_URL: siteUrl,
    GITHUB_SERVER_URL: github,
    GITHUB_API_URL: github,
    GITHUB_GRAPHQL_URL: `${github}/graphql`,
    GIST_RAW_URL: github,
    GITHUB_CLIENT_ID: oauthApp.id,
    GITHUB_CLIENT_SECRET: oauthApp.secret,
  };
  const siteEnv = {
    ...jobEnv,
    SESSION_SECRET: 'of the drill alone, and long enough',
    MODERATOR_GITHUB_IDS: moderators.map((login) => standinAccountId(login)).join(','),
    // Whoever asks stands for the proxy, and says who has asked it.
    TRUSTED_PROXIES: '127.0.0.1',
  };
  const site = (number: 1 | 2, port: string) => () =>
    launch({
      ...ownProgram('start/testing-standin.ts', [port]),
      cwd: folder,
      env: siteEnv,
      log: join(folder, `site-${number}.log`),
      ready: /Serving (\S+)/,
    });
  const accounts = moderators.flatMap((login) => ['--account', login]);
  const limit = ['--hourly-limit', '1000000000'];
  const starts: Record<MemberName, () => Promise<Running>> = {
    PostgreSQL: postgres.start,
    GitHub: () =>
      launch({
        ...ownProgram('standin/index.ts', ['--port', githubPort, '--gists', gistsDir, ...accounts, ...limit]),
        cwd: folder,
        env: ownEnvironment(),
        log: join(folder, 'github.log'),
        ready: /GitHub stand-in: (\S+)/,
      }),
    'site 1': site(1, firstPort),
    'site 2': site(2, secondPort),
  };
  const start = async (name: MemberName) => void members.set(name, await starts[name]());
  for (const name of memberNames) if (!members.has(name)) await start(name);

  return {
    members,
    start,
    databaseUrl,
    siteUrl,
    sites,
    contributors,
    moderators,
    gists,
    jobEnv,
    folder,
    async close(keep) {
      // The database last, and at once: a server that waits for its clients would wait for ever.
      for (const name of [...memberNames].reverse()) {
        const running = members.get(name);
        if (running) await stop(running, name === 'PostgreSQL' ? 'SIGINT' : 'SIGTERM');
      }
      if (keep) say(`The logs are in ${folder}.`);
      else rmSync(folder, { recursive: true, force: true });
    },
  };
}
