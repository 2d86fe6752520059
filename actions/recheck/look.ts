import { isStillMissed, isUntouched, settledPush } from '#domain/recheck.ts';
import { type NodesReading, readGistNodes } from '#github/gist-nodes.ts';
import { type DueRecheck, markChecked, markVerified } from '#sql/queries/due-rechecks.ts';
import type { Found } from './found.ts';
import { type Patiently, troubleOf } from './patience.ts';
import { readRow } from './read-row.ts';
import type { Input, Tools, Trouble } from './tools.ts';

export interface Looking {
  input: Input;
  tools: Tools;
  patiently: Patiently;
  found: Found;
}

/** So many gists that cannot be read one after another, or queries, are an outage; to go on would be to wait for nothing. */
const failuresInARow = 10;
const queriesInARow = 3;

/**
 * Looks at up to 100 rows. What GraphQL tells to be as it was is written at once; the others are read one by one. Null,
 * or why the run should not go on; a failure that may be over with the next rows is none.
 */
export async function lookAt(rows: readonly DueRecheck[], looking: Looking): Promise<Trouble | null> {
  const { tools, found, patiently, input } = looking;
  const at = tools.now();
  const ask = () => patiently<NodesReading>(() => readGistNodes(tools.github, nodeIds));
  const nodeIds = rows.map(({ nodeId }) => nodeId);
  const first = await ask();
  const reading = first.kind === 'unavailable' && !first.refused ? await ask() : first;
  if (reading.kind === 'missing') throw new Error('GraphQL is never missing');
  if (reading.kind !== 'nodes') {
    const trouble = troubleOf(reading);
    if (trouble.kind !== 'down') return trouble;
    found.counts.failed += rows.length;
    found.failuresInARow += 1;
    return found.failuresInARow < queriesInARow ? null : trouble;
  }
  found.failuresInARow = 0;

  const untouched: DueRecheck[] = [];
  const missed: DueRecheck[] = [];
  const rest: { row: DueRecheck; pushedAt: Date | null }[] = [];
  for (const [i, row] of rows.entries()) {
    const node = reading.nodes[i];
    if (node === undefined || node.kind === 'unknown') found.counts.failed += 1;
    else if (node.kind === 'gist' && isUntouched(row, node)) untouched.push(row);
    else if (node.kind === 'hidden' && isStillMissed(row, at)) missed.push(row);
    else rest.push({ row, pushedAt: node.kind === 'gist' ? settledPush(node.pushedAt, at) : null });
  }
  if (!input.dryRun && untouched.length > 0) await markVerified(tools.db, untouched, at);
  if (!input.dryRun && missed.length > 0)
    await markChecked(
      tools.db,
      missed.map(({ gistId }) => gistId),
      at,
    );
  for (const { ownerId } of [...untouched, ...missed]) found.owners.add(ownerId);
  found.counts.checked += untouched.length + missed.length;

  for (const { row, pushedAt } of rest) {
    tools.signal.throwIfAborted();
    const trouble = await readRow(row, pushedAt, looking);
    if (trouble === null) found.failuresInARow = 0;
    else if (trouble.kind !== 'down') return trouble;
    else {
      found.counts.failed += 1;
      found.failuresInARow += 1;
      tools.log(`Gist ${row.gistId} could not be read (${trouble.why}), and stays as it is.`);
      if (found.failuresInARow >= failuresInARow) return trouble;
    }
  }
  return null;
}
