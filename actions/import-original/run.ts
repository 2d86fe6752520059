import type { Database } from '#sql/db.ts';
import { listHere } from '#sql/queries/take-over.ts';
import type { Tally } from '../tally.ts';
import type { Fault, Original } from './original.ts';
import { inPieces } from './pieces.ts';
import { type Plan, planTakeover, type Takeover } from './plan.ts';
import { readOriginals } from './read.ts';
import { writeTakeovers } from './write.ts';

export interface Tools {
  db: Database;
  original: Database;
  /** The schema the original's tables are in. */
  schema: string;
  now(): Date;
  progress(text: string): void;
  tally(tally: Tally): void;
  signal: AbortSignal;
}

export interface Outcome {
  /** Submissions there. */
  read: number;
  /** What becomes of them: see `Plan`. */
  counts: Record<Plan['kind'], number>;
  /** Where the new rows stood there. */
  states: Record<Original['state'], number>;
  skipped: Fault[];
  /** Gists that were removed there and stand here, where somebody has touched them. */
  removedThere: string[];
  /** Rows and log lines written; 0 in a dry run. */
  rows: number;
  lines: number;
  /** GitHub ids of who moderated there. */
  moderators: string[];
}

/** Rows looked up at once. */
const pieceSize = 500;

/**
 * Reads the whole original, then writes what is not here yet, all or nothing. What somebody here has touched stays as it
 * is. Killed at any moment and run again, it ends as if it had not been.
 */
export async function run({ dryRun }: { dryRun: boolean }, tools: Tools): Promise<Outcome> {
  const { submissions, moderators } = await readOriginals(tools.original, tools.schema, tools);
  const outcome: Outcome = {
    read: submissions.length,
    counts: { new: 0, moved: 0, same: 0, left: 0 },
    states: { pending: 0, approved: 0, rejected: 0, removed: 0 },
    skipped: [],
    removedThere: [],
    rows: 0,
    lines: 0,
    moderators,
  };
  const originals = usable(submissions, outcome.skipped);
  const takeovers: Takeover[] = [];
  for (const piece of inPieces(originals, pieceSize)) {
    tools.signal.throwIfAborted();
    const here = await listHere(
      tools.db,
      piece.map(({ gistId }) => gistId),
    );
    for (const original of piece) {
      const plan = planTakeover(original, here.get(original.gistId));
      outcome.counts[plan.kind] += 1;
      if (plan.kind === 'left' && plan.removedThere) outcome.removedThere.push(original.gistId);
      if (plan.kind === 'new') outcome.states[plan.takeover.state] += 1;
      if (plan.kind === 'new' || plan.kind === 'moved') takeovers.push(plan.takeover);
    }
  }
  if (dryRun || takeovers.length === 0) return outcome;
  tools.progress(`Writing ${takeovers.length} rows.`);
  return { ...outcome, ...(await writeTakeovers(tools.db, takeovers, tools.now())) };
}

/** Those that can be taken over, each gist once; the others go to `skipped`. */
function usable(submissions: readonly (Original | Fault)[], skipped: Fault[]): Original[] {
  const found = new Map<string, Original>();
  for (const each of submissions) {
    if ('because' in each) skipped.push(each);
    else if (found.has(each.gistId))
      skipped.push({ id: each.id, because: 'another one is of the same gist' });
    else found.set(each.gistId, each);
  }
  return [...found.values()];
}
