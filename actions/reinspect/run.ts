import { admitGist } from '#domain/gist.ts';
import { formatsVersion } from '#domain/transcript/version.ts';
import type { GitHubReader } from '#github/client.ts';
import type { Failure } from '#github/failure.ts';
import { readGist, readHeadRevision } from '#github/gists.ts';
import { inspectGist } from '#inspect/inspect-gist.ts';
import { rulesetVersion } from '#inspect/secrets/ruleset.ts';
import { withheld } from '#inspect/withheld.ts';
import type { Database } from '#sql/db.ts';
import {
  countDueInspections,
  type DueInspection,
  listDueInspections,
  type RuleVersions,
} from '#sql/queries/inspections.ts';
import { findSubmission } from '#sql/queries/moves.ts';
import { keep, wouldKeep } from './keep.ts';
import type { MadeInspection, Plan } from './plan.ts';

export interface Input {
  /** Rows at most; null for all that are due. */
  limit: number | null;
  /** Look, and write nothing. */
  dryRun: boolean;
}

export interface Tools {
  db: Database;
  github: GitHubReader;
  now(): Date;
  /** Takes a line worth telling the operator. */
  log(line: string): void;
  /** Called now and then with what is being done. */
  progress(text: string): void;
  /** Ends the work between two rows, by throwing its reason. */
  signal: AbortSignal;
}

/** What became of the rows, in numbers. */
export type Counts = Record<Plan['kind'] | 'left' | 'failed', number>;

export interface Outcome {
  /** `limited`: GitHub limits our requests. `down`: it failed many times in a row. */
  kind: 'done' | 'limited' | 'down';
  due: number;
  counts: Counts;
  /** When GitHub limits our requests: seconds until it stops. */
  retryAfter: number | null;
}

/** Rows looked up at a time. */
const batchSize = 500;
/** So many failures one after another, without an answer about any, are an outage; to go on would be to wait for nothing. */
const failuresInARow = 10;

/**
 * Inspects again what was not inspected by the rules of today, oldest first. Each row is one transaction, so this may
 * be killed anywhere and run again. What GitHub does not give stays as it is.
 */
export async function run({ limit, dryRun }: Input, tools: Tools): Promise<Outcome> {
  const rules = { scannerVersion: rulesetVersion, formatsVersion };
  const due = Math.min(await countDueInspections(tools.db, rules), limit ?? Number.POSITIVE_INFINITY);
  const counts: Counts = { kept: 0, suspect: 0, update: 0, outdated: 0, left: 0, failed: 0 };
  let done = 0;
  let failures = 0;
  for await (const row of dueRows(tools.db, rules)) {
    if (done === limit) break;
    tools.signal.throwIfAborted();
    tools.progress(`${done} of ${due} rows`);
    const made = await inspectRow(row, tools);
    if (made.kind === 'rate_limited') return { kind: 'limited', due, counts, retryAfter: made.retryAfter };
    done += 1;
    failures = made.kind === 'unavailable' && !(await isKnown(row, tools)) ? failures + 1 : 0;
    if (made.kind === 'unavailable') {
      counts.failed += 1;
      tools.log(`Gist ${row.gistId} could not be read, and stays as it is.`);
      if (failures === failuresInARow) return { kind: 'down', due, counts, retryAfter: null };
    } else if (made.kind === 'inspection') {
      const kind = await (dryRun ? wouldKeep : keep)(tools.db, made.made);
      counts[kind] += 1;
      if (kind === 'suspect')
        tools.log(`Gist ${row.gistId} holds a secret: it ${dryRun ? 'would be' : 'is'} suspended.`);
    } else counts.left += 1;
  }
  // The raw host may be down alone, which shows in one gist as in all.
  const nothingCame = counts.failed === done && done >= failuresInARow;
  return { kind: nothingCame ? 'down' : 'done', due, counts, retryAfter: null };
}

/** Does GitHub answer about the gist, if not with its files? Then it is the gist's trouble, and not GitHub's. */
async function isKnown({ gistId }: DueInspection, { github }: Tools): Promise<boolean> {
  const head = await readHeadRevision(github, gistId);
  return head.kind === 'revision' || head.kind === 'missing';
}

async function* dueRows(db: Database, rules: RuleVersions): AsyncGenerator<DueInspection> {
  let after: DueInspection | null = null;
  for (;;) {
    const rows: DueInspection[] = await listDueInspections(db, rules, { after, limit: batchSize });
    yield* rows;
    after = rows.at(-1) ?? null;
    if (rows.length < batchSize) return;
  }
}

type Looked = { kind: 'inspection'; made: MadeInspection } | { kind: 'left' } | Failure;

/** What is in the row's gist. `left`: the gist is no longer what the row says, which is a recheck's to find out. */
async function inspectRow({ gistId, revision }: DueInspection, tools: Tools): Promise<Looked> {
  const row = await findSubmission(tools.db, gistId);
  const read = await readGist(tools.github, gistId);
  if (read.kind === 'too_large' || read.kind === 'missing') return { kind: 'left' };
  if (read.kind !== 'gist') return read;
  const { gist, inline } = read;
  if (!row || gist.revision !== revision || !admitGist(gist, row.ownerId).ok) return { kind: 'left' };
  const looked = await inspectGist(tools.github, gist, inline);
  if (looked.kind === 'busy' || looked.kind === 'too_long') {
    return { kind: 'unavailable', retryAfter: 60, why: 'the inspection took too long' };
  }
  if (looked.kind !== 'inspection') return looked;
  const { inspection } = looked;
  const shown = await withheld(row, gist, inspection);
  return { kind: 'inspection', made: { gistId, revision, inspectedAt: tools.now(), inspection, shown } };
}
