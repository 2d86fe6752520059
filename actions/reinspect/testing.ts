import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { gistMetadata } from '#domain/gist-metadata.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { recordId } from '#domain/record-id.ts';
import { ok } from '#domain/result.ts';
import type { Move } from '#domain/submission.ts';
import { createGitHub, type GitHub } from '#github/client.ts';
import { readGist } from '#github/gists.ts';
import { standinGistId } from '#github/standin/ids.ts';
import { type Standin, startStandin } from '#github/standin/server.ts';
import { inspectGist } from '#inspect/inspect-gist.ts';
import type { Database } from '#sql/db.ts';
import { recordAccount } from '#sql/queries/accounts.ts';
import { insertSubmission, moveSubmission } from '#sql/queries/moves.ts';
import { asRole, type FreshDatabase, freshDatabase } from '#sql/testing.ts';
import { emptyIndex } from '#sql/testing-rows.ts';
import { type Input, type Outcome, run, type Tools } from './run.ts';

/** Looks like a token of GitHub's, and is none. */
export const fakeToken = ['ghp', 'R7tKq2WmZx9LbVc4NfYh8JdPsA3GuE5TiQ1o'].join('_');

/** An index and a GitHub of its own. */
export interface Index {
  fresh: FreshDatabase;
  db: Database;
  standin: Standin;
  github: GitHub;
  /** Writes a gist of ada's. */
  write(name: string, files: Record<string, string>): string;
  remove(name: string): void;
  /** A gist in the index at its head, as rules of another day left it: inspected, and nothing found. */
  taken(name: string, text: string, state?: 'pending' | 'approved'): Promise<string>;
  move(gistId: string, move: Move): Promise<void>;
  close(): Promise<void>;
}

/** What `start` makes, for the top of a test file: there once tests run, empty and of a GitHub without faults for each. */
export function indexOfTests<I extends Pick<Index, 'db' | 'standin' | 'close'>>(start: () => Promise<I>): I {
  const index = {} as I;
  beforeAll(async () => {
    Object.assign(index, await start());
  });
  afterAll(() => index.close());
  beforeEach(() => emptyIndex(index.db));
  afterEach(() => index.standin.setFaults([]));
  return index;
}

export async function startIndex(): Promise<Index> {
  const gistsDir = mkdtempSync(join(tmpdir(), 'openagentsessions-reinspect-'));
  const standin = await startStandin({ port: 0, gistsDir });
  const fresh = await freshDatabase();
  const { db } = fresh;
  const { origin } = standin;
  const github = createGitHub({
    addresses: { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin },
    oauthApp: { clientId: 'app', clientSecret: 'secret' },
    log: () => undefined,
    timeoutMs: 5_000,
  });
  const write: Index['write'] = (name, files) => {
    const folder = join(gistsDir, 'ada', name);
    mkdirSync(folder, { recursive: true });
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
    return standinGistId('ada', name);
  };
  const move: Index['move'] = (gistId, wanted) => moveRow(db, gistId, wanted);
  return {
    fresh,
    db,
    standin,
    github,
    write,
    remove: (name) => rmSync(join(gistsDir, 'ada', name), { recursive: true }),
    async taken(name, text, state = 'approved') {
      const gistId = write(name, { 'session.jsonl': text });
      await insertEarlier(db, github, gistId);
      if (state === 'approved') await move(gistId, 'approve');
      return gistId;
    },
    move,
    async close() {
      await standin.close();
      await fresh.close();
      rmSync(gistsDir, { recursive: true });
    },
  };
}

/** Makes a row's move, as nobody in particular. */
export async function moveRow(db: Database, gistId: string, move: Move): Promise<void> {
  const moved = await moveSubmission(db, gistId, (row) => {
    if (!row) throw new Error('no such row');
    const approved = move === 'approve' ? { approvedRevision: row.revision, approvedAt: new Date() } : {};
    const planned = planMove(move, row, approved);
    return planned.ok ? ok({ planned: planned.value, accountId: null, reason: null, note: null }) : planned;
  });
  if (!moved.ok) throw new Error(moved.code);
}

/** Puts a gist at its head into the index: inspected on New Year's Day, and nothing found, by rules of another day if not said. */
export async function insertEarlier(
  db: Database,
  github: GitHub,
  gistId: string,
  scannerVersion = '0',
): Promise<void> {
  const read = await readGist(github, gistId);
  if (read.kind !== 'gist' || !read.gist.owner) throw new Error(read.kind);
  const { gist, inline } = read;
  const looked = await inspectGist(github, gist, inline);
  if (looked.kind !== 'inspection') throw new Error(looked.kind);
  const { id: ownerId, login } = read.gist.owner;
  const earlier = new Date('2026-01-01T00:00:00Z');
  const row: Submission = {
    ...gistMetadata(gist, login, earlier),
    gistId,
    recordId: recordId(gistId),
    accountId: await recordAccount(db, { githubId: ownerId, login }),
    ownerId,
    license: 'MIT',
    attestationVersion: '2026-11-22',
    submittedAt: earlier,
    approvedRevision: null,
    approvedFiles: null,
    previousRevision: null,
    previousFiles: null,
    state: 'pending',
    presence: 'never',
    quarantinedFrom: null,
    quarantinedAt: null,
    appealedRevision: null,
    objection: null,
    approvedAt: null,
    pushedAt: null,
    lastSeq: 0,
  };
  const inspection = { ...looked.inspection, scanner_version: scannerVersion, findings: [] };
  await insertSubmission(db, row, {
    gistId,
    revision: gist.revision,
    inspectedAt: earlier,
    scan: 'clean',
    inspection,
  });
}

/** Runs the job over the whole index, unless told otherwise. */
export function reinspect(
  { db, github }: Index,
  options: Partial<Input> & Partial<Tools> = {},
): Promise<Outcome> {
  const { limit = null, dryRun = false, ...tools } = options;
  return run(
    { limit, dryRun },
    {
      db: asRole('jobs', db),
      github,
      now: () => new Date(),
      log: () => undefined,
      progress: () => undefined,
      signal: new AbortController().signal,
      ...tools,
    },
  );
}
