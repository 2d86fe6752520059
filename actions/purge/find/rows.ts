import { join } from 'node:path';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { z } from 'zod';
import type { Entry } from '../../copy/entries.ts';
import { groundOf, type Survey } from '../../copy/survey.ts';
import type { Aside, Place, Task } from './found.ts';
import { obscure } from './lines.ts';
import { partsOf } from './parts.ts';

/** Whom a row of a Parquet file tells of. */
export const rowIdentity = z.object({ gist_id: z.string(), gist_version: z.string().nullish() });

/**
 * Rows of a Parquet file that were made of sessions which may not stay; null where there are none. Reads those columns
 * alone that tell whose they are.
 */
export async function rowsTask(
  copy: string,
  { path }: Entry,
  place: Place,
  survey: Survey,
  aside: Aside,
): Promise<Task | null> {
  const parts = partsOf(place, path);
  try {
    for await (const { gist_id, gist_version, bytes } of identities(join(copy, path), aside.signal)) {
      const ground = groundOf(survey, gist_id, gist_version ?? null);
      if (ground !== null) {
        parts.goes(gist_id, ground, bytes);
        continue;
      }
      parts.stays();
      aside.met(gist_id, path);
    }
    return parts.task('rows');
  } catch (error) {
    aside.signal.throwIfAborted();
    if (!isUnreadable(error)) throw error;
    aside.obstacle(obscure(path, 'cannot be read as Parquet with a column gist_id'));
    return null;
  }
}

/** What the disk says has a code; the rest is about what the file holds. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && !('code' in error);
}

/** Each row's gist, with an equal part of the bytes of its row group. */
async function* identities(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<z.infer<typeof rowIdentity> & { bytes: number }> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const columns = ['gist_id', 'gist_version'].filter((name) => columnsOf(metadata).includes(name));
  for (const { rowStart, rowEnd, bytes } of rowGroups(metadata)) {
    signal.throwIfAborted();
    const rows = await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd });
    for (const row of rows) yield { ...rowIdentity.parse(row), bytes: Math.round(bytes / rows.length) };
  }
}

/** Names of a Parquet file's columns: the children of its schema's root. */
export function columnsOf({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  let at = 1;
  for (let left = schema[0]?.num_children ?? 0; left > 0; left -= 1) {
    names.push(schema[at]?.name ?? '');
    at = endOf(schema, at);
  }
  return names;
}

/** Where the element after this one and all below it is. */
function endOf(schema: FileMetaData['schema'], at: number): number {
  let end = at + 1;
  for (let left = schema[at]?.num_children ?? 0; left > 0; left -= 1) end = endOf(schema, end);
  return end;
}

export function rowGroups({
  row_groups,
}: FileMetaData): { rowStart: number; rowEnd: number; bytes: number }[] {
  let rowStart = 0;
  return row_groups.map((group) => {
    const rowEnd = rowStart + Number(group.num_rows);
    const bytes = Number(group.total_compressed_size ?? group.total_byte_size);
    const one = { rowStart, rowEnd, bytes };
    rowStart = rowEnd;
    return one;
  });
}
