import { createHash } from 'node:crypto';
import { datasetRow } from '#domain/dataset-row.ts';
import { datasetChange } from '#domain/snapshot.ts';
import { departures } from '#domain/submission.ts';
import type { Transaction } from '#sql/db.ts';
import { copyChanges, copyListedRows } from '#sql/queries/dataset.ts';
import { type Encoded, encodeRows } from './encode/encode.ts';
import type { FileDigest } from './hashed-file.ts';
import { changeLine, rowLine } from './lines.ts';

/** What an export would write of the database as this transaction sees it, without writing it. */
export async function hashExport(
  tx: Transaction,
  signal: AbortSignal,
): Promise<Record<'submissions.ndjson' | 'removed.ndjson', FileDigest>> {
  const rows = encodeRows(datasetRow, copyListedRows(tx), { line: rowLine });
  const submissions = await hashLines(rows, signal);
  const removals = encodeRows(datasetChange, copyChanges(tx, 0, departures), { line: changeLine });
  return { 'submissions.ndjson': submissions, 'removed.ndjson': await hashLines(removals, signal) };
}

async function hashLines(encoded: AsyncIterable<Encoded>, signal: AbortSignal): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const { lines } of encoded) {
    signal.throwIfAborted();
    hash.update(lines);
    bytes += lines.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
