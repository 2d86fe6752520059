import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBudget } from '#github/budget.ts';
import { createGitHub, type GitHubOptions } from '#github/client.ts';
import { standinGistId } from '#github/standin/ids.ts';
import { type Standin, type StandinOptions, startStandin } from '#github/standin/server.ts';
import { rulesetVersion } from '#inspect/secrets/ruleset.ts';
import type { Database } from '#sql/db.ts';
import { type FreshDatabase, freshDatabase } from '#sql/testing.ts';
import { insertEarlier, moveRow } from '../reinspect/testing.ts';
import { run } from './run.ts';
import type { Input, Outcome, Tools } from './tools.ts';

/** When the tests' rechecks are; the gists are from two days before. */
export const monday = new Date('2026-03-02T06:00:00Z');
export const hoursLater = (hours: number) => new Date(monday.getTime() + hours * 3_600_000);

/** An index and a GitHub of its own. */
export interface Index {
  fresh: FreshDatabase;
  db: Database;
  standin: Standin;
  /** How the stand-in is read. */
  readerOptions: GitHubOptions;
  /** Writes files of a gist as of a time, one hour before the recheck if not said; returns its id. */
  write(place: string, files: Record<string, string>, at?: Date): string;
  remove(place: string): void;
  /** A gist in the index at its head: written at the time of `write`, read there on New Year's Day. */
  taken(place: string, state?: 'pending' | 'approved'): Promise<string>;
  /** Rechecks the index on Monday, as one run without a canary, unless told otherwise. */
  recheck(options?: Partial<Input> & Partial<Tools>): Promise<Outcome>;
  row(gistId: string): Promise<Record<string, unknown>>;
  /** Moves that the log tells of a gist, with what the dataset makes of them. */
  moves(gistId: string): Promise<(string | null)[][]>;
  close(): Promise<void>;
}

export async function startIndex(options: Partial<StandinOptions> = {}): Promise<Index> {
  const gistsDir = mkdtempSync(join(tmpdir(), 'openagentsessions-recheck-'));
  const standin = await startStandin({ port: 0, gistsDir, ...options });
  const fresh = await freshDatabase();
  const { db } = fresh;
  const { origin } = standin;
  const readerOptions = {
    addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
    oauthApp: { clientId: 'app', clientSecret: 'secret' },
    log: () => undefined,
    timeoutMs: 5_000,
  };
  const folderOf = (place: string) => join(gistsDir, place);
  const idOf = (place: string) => standinGistId(...(place.split('/') as [string, string]));
  const write: Index['write'] = (place, files, at = hoursLater(-1)) => {
    mkdirSync(folderOf(place), { recursive: true });
    for (const [file, content] of Object.entries(files)) {
      writeFileSync(join(folderOf(place), file), content);
      utimesSync(join(folderOf(place), file), at, at);
    }
    utimesSync(folderOf(place), at, at);
    return idOf(place);
  };
  return {
    fresh,
    db,
    standin,
    readerOptions,
    write,
    remove: (place) => rmSync(folderOf(place), { recursive: true, force: true }),
    async taken(place, state = 'approved') {
      const gistId = write(place, { 'session.jsonl': `{"place":"${place}"}\n` }, hoursLater(-48));
      await insertEarlier(db, createGitHub(readerOptions), gistId, rulesetVersion);
      if (state === 'approved') await moveRow(db, gistId, 'approve');
      return gistId;
    },
    async recheck(given = {}) {
      const input: Input = {
        limit: null,
        shard: { index: 1, of: 1 },
        dryRun: false,
        force: false,
        canaryGistId: null,
        patience: 0,
        ...pick(given, inputNames),
      };
      return run(input, {
        db: fresh.as.jobs.db,
        github: createGitHub({ ...readerOptions, budget: createBudget({ reserve: 0.2, now: Date.now }) }),
        now: () => monday,
        log: () => undefined,
        progress: () => undefined,
        signal: new AbortController().signal,
        sleep: () => Promise.resolve(),
        ...given,
      });
    },
    async row(gistId) {
      const { rows } = await db.query(
        `select state, availability, presence, revision = approved_revision as read, owner_login as login,
                verified_at as verified from submission where gist_id = $1`,
        [gistId],
      );
      return rows[0] ?? {};
    },
    async moves(gistId) {
      const { rows } = await db.query<{ move: string; kind: string | null }>(
        `select move, kind from moderation_log where gist_id = $1 and move not in ('submit', 'approve') order by seq`,
        [gistId],
      );
      return rows.map(({ move, kind }) => [move, kind]);
    },
    async close() {
      await standin.close();
      await fresh.close();
      rmSync(gistsDir, { recursive: true });
    },
  };
}

const inputNames = ['limit', 'shard', 'dryRun', 'force', 'canaryGistId', 'patience'] as const;

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => key in from).map((key) => [key, from[key]])) as Pick<T, K>;
}
