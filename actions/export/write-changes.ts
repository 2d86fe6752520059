import { datasetChange } from '#domain/snapshot.ts';
import { encodeRows } from './encode/encode.ts';
import { type FileDigest, HashedFile } from './hashed-file.ts';
import { changeLine } from './lines.ts';

/** Writes `changes.ndjson` or `removed.ndjson` from changes as COPY tells them. */
export async function writeChanges(
  path: string,
  pieces: AsyncIterable<Buffer>,
  { signal }: { signal: AbortSignal },
): Promise<FileDigest> {
  await using file = await HashedFile.create(path);
  for await (const { lines } of encodeRows(datasetChange, pieces, { line: changeLine })) {
    signal.throwIfAborted();
    await file.write(lines);
  }
  return await file.finish();
}
