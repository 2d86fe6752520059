import { isMassLoss, isStillMissed, isUntouched, settledPush } from '#domain/recheck.ts';
import { type NodesReading, readGistNodes } from '#github/gist-nodes.ts';
import { type DueRecheck, markChecked, markVerified } from '#sql/queries/due-rechecks.ts';
import type { Found } from './found.ts';
import { type Patiently, troubleOf } from './patience.ts';
import { readRow, unreadLine } from './read-row.ts';
import type { Input, Tools, Trouble } from './tools.ts';

export interface Looking {
  input: Input;
  tools: Tools;
  patiently: Patiently;
  found: Found;
  /** Owners of all rows that are due. */
  dueOwners: number;
}

/** A row whose gist has to be read. */
interface Moved {
  row: DueRecheck;
  /** GitHub said that it does not show the gist. */
  hidden: boolean;
  pushedAt: Date | null;
}

/** So many gists that cannot be read one after another, or queries, are an outage; to go on would be to wait for nothing. */
const readsInARow = 10;
const queriesInARow = 3;

/**
 * Looks at up to 100 rows. What GraphQL tells to be as it was is written at once; the others are read one by one. Null,
 * or why the run should not go on; a failure that may be over with the next rows is none.
 */
export async function lookAt(rows: readonly DueRecheck[], looking: Looking): Promise<Trouble | null> {
  const { tools, found, input } = looking;
  const at = tools.now();
  const reading = await readNodes(rows, looking);
  if (reading.kind !== 'nodes') {
    const trouble = troubleOf(reading);
    if (trouble.kind !== 'down') return trouble;
    found.counts.failed += rows.length;
    found.failedQueries += 1;
    return found.failedQueries < queriesInARow ? null : trouble;
  }
  found.failedQueries = 0;

  const untouched: DueRecheck[] = [];
  const missed: DueRecheck[] = [];
  const moved: Moved[] = [];
  for (const [i, row] of rows.entries()) {
    const node = reading.nodes[i];
    const hidden = node?.kind === 'hidden';
    if (node === undefined || node.kind === 'unknown') found.counts.failed += 1;
    else if (node.kind === 'gist' && isUntouched(row, node)) untouched.push(row);
    else if (hidden && isStillMissed(row, at)) missed.push(row);
    else moved.push({ row, hidden, pushedAt: node.kind === 'gist' ? settledPush(node.pushedAt, at) : null });
  }
  if (!input.dryRun) {
    const missedIds = missed.map(({ gistId }) => gistId);
    if (untouched.length > 0) await markVerified(tools.db, untouched, at);
    if (missed.length > 0) await markChecked(tools.db, missedIds, at);
  }
  for (const { ownerId } of [...untouched, ...missed]) found.owners.add(ownerId);
  found.counts.checked += untouched.length + missed.length;
  return readMoved(moved, looking);
}

/** A query that fails is asked once more. */
async function readNodes(rows: readonly DueRecheck[], { tools, patiently }: Looking): Promise<NodesReading> {
  const nodeIds = rows.map(({ nodeId }) => nodeId);
  const ask = () => patiently(() => readGistNodes(tools.github, nodeIds));
  const first = await ask();
  return first.kind === 'unavailable' && !first.refused ? ask() : first;
}

async function readMoved(moved: readonly Moved[], looking: Looking): Promise<Trouble | null> {
  const { tools, found } = looking;
  for (const { row, hidden, pushedAt } of moved) {
    tools.signal.throwIfAborted();
    if (hidden && isHopeless(looking)) {
      found.counts.held += 1;
      continue;
    }
    const trouble = await readRow(row, pushedAt, looking);
    if (trouble === null) {
      found.failedReads = 0;
      continue;
    }
    if (trouble.kind !== 'down') return trouble;
    found.counts.failed += 1;
    found.failedReads += 1;
    tools.log(unreadLine(row.gistId, trouble.why));
    if (found.failedReads >= readsInARow) return trouble;
  }
  return null;
}

/** Are the losses so far too many, whatever is found out yet? Then further ones need no proof. */
function isHopeless({ input, found, dueOwners }: Looking): boolean {
  return !input.force && isMassLoss(found.lostOwners.size, dueOwners);
}
