import { datasetChange, type Manifest } from '#domain/snapshot.ts';
import type { ChangeKind } from '#domain/submission.ts';
import type { Transaction } from '#sql/db.ts';
import { copyChanges, countChanges } from '#sql/queries/dataset.ts';
import { encodeRows } from './encode/encode.ts';
import { type FileDigest, HashedFile } from './hashed-file.ts';
import { changeLine } from './lines.ts';

export interface WrittenChanges {
  digest: FileDigest;
  lines: number;
  counts: Manifest['changes'];
}

/**
 * Writes the log's lines of these kinds after a number: `changes.ndjson` or `removed.ndjson`.
 * @throws Error when other than the counted number of them came: no departure may be missing unseen
 */
export async function writeChanges(
  tx: Transaction,
  path: string,
  { after, kinds }: { after: number; kinds: readonly ChangeKind[] },
  { signal }: { signal: AbortSignal },
): Promise<WrittenChanges> {
  const counts = await countChanges(tx, after, kinds);
  const expected = Object.values(counts).reduce((sum, count) => sum + count, 0);
  await using file = await HashedFile.create(path);
  let lines = 0;
  for await (const made of encodeRows(datasetChange, copyChanges(tx, after, kinds), { line: changeLine })) {
    signal.throwIfAborted();
    await file.write(made.lines);
    lines += made.rows;
  }
  if (lines !== expected) throw new Error(`The log has ${expected} changes, ${lines} of them came.`);
  return { digest: await file.finish(), lines, counts };
}
